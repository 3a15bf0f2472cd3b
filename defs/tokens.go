package defs

import "slices"

// Tokens of limits: which a task takes as it is submitted and gives back later.
//
// source: libs/node InLimitMgr.cpp, Limit.cpp, Submittable.cpp.

// limitAt finds the limit that an inlimit of the node means, and whose it is.
func (n *Node) limitAt(l *InLimit) (*Limit, *Node) {
	if l.Path == "" {
		for ; n != nil; n = n.parent {
			if found := n.Limit(l.Name); found != nil {
				return found, n
			}
		}
		return nil, nil
	}
	if owner, _ := n.Referenced(l.Path, l.Name); owner != nil {
		return owner.Limit(l.Name), owner
	}
	return nil, nil
}

// hasTokens reports whether the limits of the node's own inlimits have tokens left.
func (n *Node) hasTokens() bool {
	inlimits := n.some().inlimits
	for i := range inlimits {
		l := &inlimits[i]
		if l.ThisNodeOnly && l.Incremented {
			continue
		}
		if limit, _ := n.limitAt(l); limit != nil && !limit.Free(l.Tokens) {
			return false
		}
	}
	return true
}

// hasTokensUp reports the same of the node and all above it.
func (n *Node) hasTokensUp() bool {
	for ; n != nil; n = n.parent {
		if !n.hasTokens() {
			return false
		}
	}
	return true
}

// updateTokens does with the tokens what the task's state asks for.
func (n *Node) updateTokens(s *suiteData) {
	switch n.state {
	case Submitted:
		n.takeTokens(s)
	case Active:
		n.giveTokens(s, true)
	default:
		n.giveTokens(s, false)
	}
}

// eachInLimit goes through the inlimits of the node and of those above; of several for one limit the lowest counts.
func (n *Node) eachInLimit(do func(holder *Node, l *InLimit, limit *Limit, owner *Node)) {
	var seen []*Limit
	for holder := n; holder != nil; holder = holder.parent {
		inlimits := holder.some().inlimits
		for i := range inlimits {
			limit, owner := holder.limitAt(&inlimits[i])
			if limit == nil || slices.Contains(seen, limit) {
				continue
			}
			seen = append(seen, limit)
			do(holder, &inlimits[i], limit, owner)
		}
	}
}

func (n *Node) takeTokens(s *suiteData) {
	n.eachInLimit(func(holder *Node, l *InLimit, limit *Limit, owner *Node) {
		user := n
		if l.ThisNodeOnly {
			if l.Incremented {
				return
			}
			user, l.Incremented = holder, true
		}
		path := user.Path()
		s.limitUse(owner, limit, func() { limit.Increment(l.Tokens, path) })
		owner.logLimit(s, "increment ("+itoa(int64(l.Tokens))+", "+path+")", limit)
	})
}

// giveTokens gives back tokens; when active only those that were for the submission.
func (n *Node) giveTokens(s *suiteData, active bool) {
	n.eachInLimit(func(holder *Node, l *InLimit, limit *Limit, owner *Node) {
		user := n
		switch {
		case active:
			if !l.SubmissionOnly {
				return
			}
		case l.ThisNodeOnly:
			if !l.Incremented || holder.isRunning() {
				return
			}
			user, l.Incremented = holder, false
		}
		path := user.Path()
		s.limitUse(owner, limit, func() { limit.Decrement(l.Tokens, path) })
		owner.logLimit(s, "decrement ("+itoa(int64(l.Tokens))+", "+path+")", limit)
	})
}

// isRunning reports whether the node is, or has below it, a task that is submitted or active.
func (n *Node) isRunning() bool {
	if n.kind == KindTask {
		return n.state == Active || n.state == Submitted
	}
	return slices.ContainsFunc(n.children, (*Node).isRunning)
}
