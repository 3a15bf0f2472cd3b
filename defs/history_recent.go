package defs

// Edit is an entry of the edit history.
type Edit struct{ Path, Entry string }

// recentEdits is how many of the last entries are remembered in their order.
const recentEdits = 1 << 10

// recent are the last entries of the edit history, of all paths. Unlike all else that is kept of a definition they have no change
// number.
type recent struct {
	count int    // of entries ever
	last  []Edit // the newest last
}

func (r *recent) add(path, entry string) {
	if len(r.last) >= 2*recentEdits {
		r.last = append(r.last[:0], r.last[len(r.last)-recentEdits:]...)
	}
	r.last = append(r.last, Edit{path, entry})
	r.count++
}

// forget tells that the history has become another.
func (r *recent) forget() { r.count, r.last = r.count+1, nil }

// EditsSince are the entries that were added to the edit history since it had so many, and how many it has now.
// !ok: not all of them are remembered, or the history has become another.
func (d *Defs) EditsSince(count int) (edits []Edit, now int, ok bool) {
	r := &d.recent
	n := r.count - count
	if n < 0 || n > len(r.last) {
		return nil, r.count, false
	}
	return append([]Edit(nil), r.last[len(r.last)-n:]...), r.count, true
}
