package defs

// HasAlike reports whether several of the node's times, todays, dates, days or crons are alike, so that a memento of one of
// them does not tell which is meant.
func (n *Node) HasAlike() bool {
	return alike(n.Times(), func(a, b *TimeAttr) bool { return a.SameStructure(*b) }) ||
		alike(n.Todays(), func(a, b *TodayAttr) bool { return a.SameStructure(*b) }) ||
		alike(n.Dates(), func(a, b *DateAttr) bool { return a.SameStructure(*b) }) ||
		alike(n.Days(), func(a, b *DayAttr) bool { return a.SameStructure(*b) }) ||
		alike(n.Crons(), func(a, b *CronAttr) bool { return a.SameStructure(b) })
}

func alike[T any](items []T, same func(a, b *T) bool) bool {
	for i := range items {
		for j := range items[:i] {
			if same(&items[i], &items[j]) {
				return true
			}
		}
	}
	return false
}
