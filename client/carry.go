package client

// TreeState is what a client knows of its definition, to be given to a client of
// the same settings in another process. It shares the definition.
type TreeState struct{ tree tree }

// TreeState gives what the client knows; nil when it has no definition.
func (c *Client) TreeState() *TreeState {
	t := c.treeNow()
	if t.defs == nil {
		return nil
	}
	return &TreeState{t}
}

// SetTreeState makes the client go on from there.
func (c *Client) SetTreeState(s *TreeState) {
	if s != nil {
		c.changeTree(func(t *tree) { *t = s.tree })
	}
}
