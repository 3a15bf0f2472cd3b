package defs

// timesFree reports whether the node's times, dates and so on let it run: of each kind that it has one must be free.
//
// source: libs/node NodeTime.cpp, timeDependenciesFree.
func (n *Node) timesFree(c *Calendar) bool {
	m := n.rare()
	if m == &noMoreAttributes {
		return true
	}
	// a notification arrives through a server only
	return len(m.avisos) == 0 &&
		anyFree(m.days, c, (*DayAttr).IsFree) && anyFree(m.dates, c, (*DateAttr).IsFree) &&
		anyFree(m.times, c, (*TimeAttr).IsFree) && anyFree(m.crons, c, (*CronAttr).IsFree) && todaysFree(m.todays, c)
}

// anyFree reports whether one of the attributes is free, or there is none.
func anyFree[T any](items []T, c *Calendar, isFree func(*T, *Calendar) bool) bool {
	for i := range items {
		if isFree(&items[i], c) {
			return true
		}
	}
	return len(items) == 0
}

// todaysFree: several times of today must have passed all, or one must be now.
func todaysFree(todays []TodayAttr, c *Calendar) bool {
	if len(todays) < 2 {
		return anyFree(todays, c, (*TodayAttr).IsFree)
	}
	free := 0
	for i := range todays {
		if todays[i].Series.isFree(c) {
			return true
		}
		if todays[i].IsFree(c) {
			free++
		}
	}
	return free == len(todays)
}
