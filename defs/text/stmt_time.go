package text

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// timed reads what makes a node wait for time, and late.
func (p *parser) timed(k keyword) error {
	if k == kwLate {
		return p.late()
	}
	if len(p.words) < 2 {
		return p.timedShort(k)
	}
	node := p.top()
	switch k {
	case kwTime, kwToday:
		series, err := p.series(1)
		if err != nil {
			return err
		}
		free := p.freed(1, 2)
		if k == kwToday {
			return at(1, node.AddToday(defs.TodayAttr{Series: series, Free: free}))
		}
		return at(1, node.AddTime(defs.TimeAttr{Series: series, Free: free}))
	case kwDate:
		d, err := defs.ParseDateAttr(p.words[1])
		if err != nil {
			return at(1, err)
		}
		d.Free = p.style != Defs && len(p.words) > 3 && slices.Contains(p.words[3:], "free")
		return at(1, node.AddDate(d))
	case kwDay:
		return p.day()
	default:
		return p.cron()
	}
}

func (p *parser) timedShort(k keyword) error {
	msgs := map[keyword]string{
		kwTime: "TimeParser::doParse: Invalid time :", kwToday: "TodayParser::doParse: Invalid today :",
		kwDate: "DateParser::doParse: Invalid date :", kwDay: "DayParser::doParse: Invalid day :",
		kwCron: "CronParser::doParse: Invalid cron: ",
	}
	shapes := map[keyword]string{
		kwTime: "[+]hh:mm, or hh:mm hh:mm hh:mm", kwToday: "[+]hh:mm, or hh:mm hh:mm hh:mm",
		kwDate: "dd.mm.yyyy, * for any", kwDay: "a day of the week", kwCron: "[-w days] [-d days] [-m months] and a time",
	}
	return want(1, shapes[k], msgs[k]+p.stmt)
}

// timeOfDay reads [+]hh:mm at word i.
func (p *parser) timeOfDay(i int) (defs.TimeSlot, bool, error) {
	slot, relative, err := defs.ParseTime(p.words[i])
	if err != nil {
		return slot, relative, want(i, "hh:mm", message(err))
	}
	return slot, relative, nil
}

// series reads [+]hh:mm or hh:mm hh:mm hh:mm from word i on, and the state after a hash.
//
// source: libs/core TimeSeries.cpp.
func (p *parser) series(i int) (defs.TimeSeries, error) {
	var ts defs.TimeSeries
	start, relative, err := p.timeOfDay(i)
	if err != nil {
		return ts, err
	}
	if i+1 < len(p.words) && p.words[i+1][0] != '#' {
		if i+2 >= len(p.words) {
			return ts, want(i+2, "start, end and step", "TimeSeries::create: Invalid time series :")
		}
		end, _, err := p.timeOfDay(i + 1)
		if err != nil {
			return ts, err
		}
		step, _, err := p.timeOfDay(i + 2)
		if err != nil {
			return ts, err
		}
		if ts, err = defs.NewTimeRange(start, end, step, relative); err != nil {
			return ts, at(i, err)
		}
		i += 2
	} else if ts, err = defs.NewTimeSeries(start, relative); err != nil {
		return ts, at(i, err)
	}
	if p.style == Defs {
		return ts, nil
	}
	return ts, p.seriesState(i, &ts)
}

// seriesState reads: # free isValid:false nextTimeSlot/10:30 relativeDuration/00:00:00.
func (p *parser) seriesState(i int, ts *defs.TimeSeries) error {
	hash := slices.Index(p.words[i:], "#")
	if hash < 0 {
		return nil
	}
	for i += hash + 1; i < len(p.words); i++ {
		w := p.words[i]
		_, value, found := strings.Cut(w, "/")
		switch {
		case w == "isValid:false":
			ts.Expired = true
		case strings.Contains(w, "nextTimeSlot"):
			if !found {
				return bad(i, "TimeSeries::parse_state: could not extract state.")
			}
			hours, minutes, _ := strings.Cut(value, ":")
			h, ok1 := number(hours)
			m, ok2 := number(minutes)
			next, err := defs.NewTimeSlot(h, m)
			if !ok1 || !ok2 || err != nil {
				return want(i, "hours:minutes", "TimeSeries::getTime: Invalid time :'"+value+"'")
			}
			ts.Next = next
		case strings.Contains(w, "relativeDuration"):
			if !found {
				return bad(i, "TimeSeries::parse_state: could not extract state.")
			}
			d, err := duration(i, value)
			if err != nil {
				return err
			}
			ts.RelativeDuration = d
		}
	}
	return nil
}

// day reads: day NAME [# free expired date:2020-Jan-07].
//
// source: libs/attribute DayAttr.cpp.
func (p *parser) day() error {
	d, err := defs.ParseDayAttr(p.words[1])
	if err != nil {
		return at(1, err)
	}
	for i := 3; i < len(p.words) && p.style != Defs; i++ {
		w := p.words[i]
		switch {
		case w == "free":
			d.Free = true
		case w == "expired":
			d.Expired = true
		case strings.Contains(w, "date:"):
			if date := second(w); !strings.Contains(date, "not") {
				if d.Date, err = defs.ParseDate(date); err != nil {
					return want(i, "yyyy-Mon-dd", message(err))
				}
			}
		}
	}
	return at(1, p.top().AddDay(d))
}

// late reads: late [-s +hh:mm] [-a hh:mm] [-c [+]hh:mm] [# late].
//
// source: libs/attribute LateAttr.cpp.
func (p *parser) late() error {
	const shape = "late [-s +hh:mm] [-a hh:mm] [-c [+]hh:mm]"
	if len(p.words) < 3 {
		return want(len(p.words), shape, "LateParser::doParse: Invalid late :"+p.stmt)
	}
	var l defs.LateAttr
	for i := 1; i < len(p.words) && p.words[i][0] != '#'; i += 2 {
		var slot *defs.TimeSlot
		name, missing := "", "active"
		switch p.words[i] {
		case "-s":
			slot, name, missing = &l.Submitted, "submitted", "submitted"
		case "-a":
			slot, name = &l.Active, "active"
		case "-c":
			slot, name = &l.Complete, "complete"
		default:
			return want(i, shape, "LateParser::doParse:5: Invalid late :"+p.stmt)
		}
		if !slot.IsNull() {
			return bad(i, "LateParser::doParse: Invalid late, "+name+" specified twice :"+p.stmt)
		}
		if i+1 >= len(p.words) {
			return want(i+1, "hh:mm", "LateParser::doParse: Invalid late, "+missing+" time not specified :"+p.stmt)
		}
		t, relative, err := p.timeOfDay(i + 1)
		if err != nil {
			return err
		}
		if *slot = t; slot == &l.Complete {
			l.CompleteRelative = relative
		}
	}
	if l.IsNull() {
		return want(1, shape, "LateParser::doParse:6: Invalid late :"+p.stmt)
	}
	l.Late = p.style != Defs && p.words[len(p.words)-1] == "late"
	return at(1, p.top().SetLate(l))
}
