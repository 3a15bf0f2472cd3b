package defs

import "iter"

// undated are the days that have no date although their suites have begun, with the dates of the suites.
func (d *Defs) undated() iter.Seq2[*DayAttr, Date] {
	return func(yield func(*DayAttr, Date) bool) {
		for _, s := range d.suites {
			c := s.Calendar()
			if !c.Begun() {
				continue
			}
			for n := range s.All() {
				days := n.rare().days
				for i := range days {
					if days[i].Date == 0 && !yield(&days[i], c.Date()) {
						return
					}
				}
			}
		}
	}
}

// HasUndated reports whether there is something for [Defs.DateDays] to do.
func (d *Defs) HasUndated() bool {
	for range d.undated() {
		return true
	}
	return false
}

// DateDays gives days the dates that ecFlow 4 did not write: the next such day, or today, by the calendar of the suite, if
// that has begun.
//
// source: libs/node Defs.cpp, handle_migration; libs/attribute DayAttr.cpp.
func (d *Defs) DateDays() {
	for day, from := range d.undated() {
		day.Date = day.next(from)
		d.revision++
	}
}
