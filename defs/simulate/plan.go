package simulate

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// plan is how long the suites are simulated, and in which steps.
type plan struct {
	step     time.Duration // an hour, or a minute when some time wants it
	longest  time.Duration
	periods  map[*defs.Node]time.Duration
	crons    bool // there are crons: suites with them never complete
	timed    bool // tasks depend on times
	times    bool
	tasks    bool
	endClock bool // some suite so far has an end clock; then no attribute matters any more
	atSuite  time.Duration
}

const (
	day  = 24 * time.Hour
	year = 8760 * time.Hour
)

// plan begins all suites, and looks through them. What one suite wants the suites after it get too, as in the original.
func (s *simulation) plan() (*plan, error) {
	p := &plan{step: time.Hour, longest: day, atSuite: day, periods: map[*defs.Node]time.Duration{}}
	for _, suite := range s.defs.Suites() {
		if err := suite.Begin(s.opts.Now()); err != nil {
			return nil, err
		}
		start, end := suite.Clock(), suite.EndClock()
		if start != nil && end != nil {
			now := s.opts.Now()
			p.atSuite, p.endClock = end.Start(now).Sub(start.Start(now)), true
		}
		for n := range suite.All() {
			p.lookAt(n)
			if n.IsContainer() && len(n.Crons()) > 0 {
				s.log.write(defs.LogMsg, s.opts.Name+": Found crons on NodeContainer")
			}
		}
		if !p.tasks {
			_ = suite.Become(defs.Complete) // it has begun
			s.log.write(defs.LogWarning, "The defs file "+s.opts.Name+" has a suite '/"+suite.Name()+"' which has no tasks. Ignoring \n")
		}
		calendar := suite.Calendar()
		if (p.crons || p.times) && p.step == time.Hour && calendar.Suite.Minute() != 0 {
			s.log.write(defs.LogWarning, "Found cron or time based attributes, with 1 hour resolution, however suite calendar "+
				"start time has minute resolution, reverting to minute resolution for simulation.")
			s.log.write(defs.LogWarning,
				"To speed up resolution use suite calendar with hour setting only, i.e where minutes is zero")
			p.step = time.Minute
		}
		p.periods[suite] = p.atSuite
		p.longest = max(p.longest, p.atSuite)
	}
	return p, nil
}

func (p *plan) lookAt(n *defs.Node) {
	if n.Kind() == defs.KindAlias {
		return
	}
	if wantsMinutes(n) {
		p.step = time.Minute
	}
	if !p.endClock {
		p.atSuite = period(n, p.atSuite)
	}
	p.crons = p.crons || len(n.Crons()) > 0
	p.times = p.times || len(n.Times()) > 0
	if n.Kind() == defs.KindTask {
		p.tasks = true
		p.timed = p.timed || len(n.Times())+len(n.Todays())+len(n.Crons())+len(n.Dates())+len(n.Days())+len(n.Avisos()) > 0
	}
}

// periodOf is how long a suite is simulated.
func (p *plan) periodOf(suite *defs.Node) time.Duration {
	if period, ok := p.periods[suite]; ok {
		return period
	}
	return p.longest
}

// String is what the log says of it.
func (p *plan) String() string {
	timed := "0"
	if p.timed {
		timed = "1"
	}
	return " time dependency(" + timed + ") max_simulation_period(" + defs.FormatDuration(p.longest) +
		") calendarIncrement(" + defs.FormatDuration(p.step) + ")"
}

// wantsMinutes reports whether a time of the node is not on the hour.
func wantsMinutes(n *defs.Node) bool {
	odd := func(t *defs.TimeSeries) bool {
		return t.Start.Minute() != 0 || t.HasIncrement() && (t.Finish.Minute() != 0 || t.Incr.Minute() != 0)
	}
	for i := range n.Times() {
		if odd(&n.Times()[i].Series) {
			return true
		}
	}
	for i := range n.Todays() {
		if odd(&n.Todays()[i].Series) {
			return true
		}
	}
	for i := range n.Crons() {
		if odd(&n.Crons()[i].Series) {
			return true
		}
	}
	return false
}

// period is how long the node's attributes want to be simulated, if that is more than what others want.
func period(n *defs.Node, least time.Duration) time.Duration {
	if len(n.Times())+len(n.Todays()) > 0 {
		least = max(least, day)
	}
	if len(n.Days()) > 0 {
		least = max(least, 7*day)
	}
	if len(n.Dates()) > 0 {
		least = max(least, 7*31*day)
	}
	if len(n.Crons()) > 0 || n.Repeat() != nil {
		least = year
	}
	return least
}
