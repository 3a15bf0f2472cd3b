package text

import (
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// clock reads: clock real|hybrid [-s | [dd.mm.yyyy] [gain]]; endclock [dd.mm.yyyy] [gain].
//
// source: libs/node/parser ClockParser.cpp.
func (p *parser) clock(k keyword) error {
	i, class := 2, "ClockParser"
	if k == kwEndclock {
		i, class = 1, "ClockEndParser"
	}
	if len(p.words) < 2 {
		return want(1, "real or hybrid", class+"::doParse: Invalid clock :"+p.stmt)
	}
	c := defs.NewClockAttr(k == kwClock && p.words[1] == "hybrid")
	if k == kwClock && p.words[1] != "real" && p.words[1] != "hybrid" {
		return want(1, "real or hybrid", "Invalid clock :"+p.stmt)
	}
	if w := p.word(i); w != "" && w[0] != '#' {
		if strings.IndexByte(w, '.') >= 0 {
			d, err := defs.ParseDateAttr(w)
			if err == nil {
				err = c.SetDate(d.Day, d.Month, d.Year)
			}
			if err != nil {
				return at(i, err)
			}
			i++
		}
		if w := p.word(i); w != "" && w[0] != '#' && (w != "-s" || i != 2) {
			if err := p.gain(i, &c); err != nil {
				return err
			}
		}
	}
	suite := p.top()
	if k == kwEndclock {
		if start := suite.Clock(); start != nil {
			c.Hybrid = start.Hybrid
			if !c.Start(time.Time{}).After(start.Start(time.Time{})) {
				return bad(0, "Add end Clock failed: End time must be greater than start time "+suite.Path())
			}
		}
		if suite.EndClock() != nil {
			return bad(0, "Add end Clock failed: Suite can only have one clock end "+suite.Path())
		}
		return at(0, suite.SetEndClock(&c))
	}
	if suite.Clock() != nil {
		return bad(0, "Add Clock failed: Suite can only have one clock "+suite.Path())
	}
	return at(0, suite.SetClock(&c))
}

// gain reads [+]hh:mm or [+]seconds.
func (p *parser) gain(i int, c *defs.ClockAttr) error {
	w := p.words[i]
	if strings.IndexByte(w, ':') >= 0 {
		slot, positive, err := p.timeOfDay(i)
		if err != nil {
			return err
		}
		c.SetGain(slot.Hour(), slot.Minute(), positive)
		return nil
	}
	digits, positive := strings.CutPrefix(w, "+")
	seconds, ok := number(digits)
	if !ok {
		return want(i, "[+]hh:mm or [+]seconds", "Invalid clock gain:"+w)
	}
	c.SetGainSeconds(int64(seconds), positive)
	return nil
}

// calendar reads the running time of a suite; points in time are two words.
//
// source: libs/core Calendar.cpp, read_state.
func (p *parser) calendar() error {
	if len(p.words) < 2 {
		return want(1, "initTime:...", "CalendarParser::doParse: Invalid calendar :"+p.stmt)
	}
	suite := p.top()
	c := suite.Calendar()
	c.Increment = time.Minute
	points := []struct {
		name string
		into *time.Time
	}{{"initTime:", &c.Init}, {"suiteTime:", &c.Suite}, {"initLocalTime:", &c.InitLocal}, {"lastTime:", &c.Last}}
words:
	for i := 0; i < len(p.words); i++ {
		w := p.words[i]
		for _, point := range points {
			if strings.Contains(w, point.name) {
				if i+1 >= len(p.words) {
					return want(i+1, "hh:mm:ss", "Calendar::read_state failed: 1")
				}
				t, err := defs.ParsePoint(second(w) + " " + p.words[i+1])
				if err != nil {
					return want(i, "yyyy-Mon-dd hh:mm:ss", message(err))
				}
				*point.into = t
				continue words
			}
		}
		var err error
		switch {
		case strings.Contains(w, "duration:"):
			c.Duration, err = duration(i, second(w))
		case strings.Contains(w, "calendarIncrement:"):
			c.Increment, err = duration(i, second(w))
		case w == "dayChanged:1":
			c.DayChanged = true
		}
		if err != nil {
			return err
		}
	}
	suite.SetCalendar(c)
	return nil
}
