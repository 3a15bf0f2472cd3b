package delta_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
)

// untold are those parts of the text that no server tells when they change: how long nodes ran, since when what is queued
// anew is in its state, what inlimits have taken, how often calendars were updated, and what makes nodes go by themselves.
var untold = regexp.MustCompile(` (?:rt|dur):[^ \n]*| # incremented:1| cal_count:\d+|(?m)^auto(?:cancel|archive|restore) .*\n`)

// plain is text without what is untold and without numbers of changes.
func plain(text string) string {
	return numbers.ReplaceAllString(strings.ReplaceAll(untold.ReplaceAllString(text, ""), " #\n", "\n"), "")
}

var numbers = regexp.MustCompile(` (?:state|modify)_change:\d+`)

// told is the text of a definition as far as clients are told of it.
func told(d *defs.Defs) string { return plain(net(d)) }

// editor changes a definition at random, as commands, jobs and the passing of time do.
type editor struct {
	*rand.Rand
	d   *defs.Defs
	now time.Time

	host    *defs.Host
	archive map[string][]*defs.Node
}

func newEditor(seed uint64) *editor {
	e := &editor{Rand: rand.New(rand.NewPCG(seed, 7)), d: defs.New(), archive: map[string][]*defs.Node{}, now: time.Date(2026, 3, 1, 11, 0, 0, 0, time.UTC)}
	e.host = &defs.Host{
		Now: func() time.Time { return e.now },
		Archive: func(n *defs.Node) error {
			e.archive[n.Path()] = n.Copy().Children()
			return nil
		},
		Restore: func(n *defs.Node) error {
			var back []*defs.Node
			for _, c := range e.archive[n.Path()] {
				back = append(back, c.Copy())
			}
			return n.ReplaceChildren(back)
		},
	}
	e.d.SetHost(e.host)
	for range 3 {
		e.addSuite()
	}
	e.d.Track()
	return e
}

func (e *editor) name(kind string) string { return fmt.Sprintf("%s%d", kind, e.IntN(4)) }

func (e *editor) addSuite() {
	s, err := e.d.AddSuite(e.name("s"))
	if err != nil {
		return
	}
	if e.IntN(3) == 0 {
		_ = s.SetClock(&defs.ClockAttr{Hybrid: e.IntN(2) == 0})
	}
	for range 3 {
		e.addBelow(s)
	}
}

func (e *editor) addBelow(n *defs.Node) {
	if !n.IsContainer() {
		if n.Kind() == defs.KindTask {
			_, _ = n.AddAlias("")
		}
		return
	}
	if e.IntN(3) > 0 {
		if c, err := n.AddTask(e.name("t")); err == nil {
			for range e.IntN(5) {
				e.addAttribute(c)
			}
		}
		return
	}
	if f, err := n.AddFamily(e.name("f")); err == nil {
		for range e.IntN(3) {
			e.addAttribute(f)
			e.addBelow(f)
		}
	}
}

// node is any of the nodes.
func (e *editor) node() *defs.Node {
	all := slices.Collect(e.d.All())
	if len(all) == 0 {
		e.addSuite()
		return e.d.Suites()[0]
	}
	return all[e.IntN(len(all))]
}

// pick gives the name of one of the attributes, or none.
func pick[T any](e *editor, items []T, name func(T) string) string {
	if len(items) == 0 {
		return "none"
	}
	return name(items[e.IntN(len(items))])
}

func (e *editor) series() defs.TimeSeries {
	start := fmt.Sprintf("%02d:%02d", e.IntN(23), e.IntN(60))
	if e.IntN(3) == 0 {
		start = "+" + start
	}
	if e.IntN(2) == 0 {
		start += " 23:50 00:07"
	}
	ts, err := defs.ParseTimeSeries(start)
	if err != nil {
		panic(err)
	}
	return ts
}

func (e *editor) addAttribute(n *defs.Node) {
	ts := e.series()
	repeats := []func() (defs.Repeat, error){
		func() (defs.Repeat, error) { return defs.NewRepeatInteger("R", 1, 3, 1) },
		func() (defs.Repeat, error) { return defs.NewRepeatDate("R", 20260301, 20260303, 1) },
		func() (defs.Repeat, error) { return defs.NewRepeatDateTime("R", 1772323200, 1772499200, 3600) },
		func() (defs.Repeat, error) { return defs.NewRepeatDateList("R", []int{20260301, 20260401}) },
		func() (defs.Repeat, error) {
			return defs.NewRepeatDateTimeList("R", []defs.Instant{1772323200, 1772499200})
		},
		func() (defs.Repeat, error) { return defs.NewRepeatEnumerated("R", []string{"a", "2", "c"}) },
		func() (defs.Repeat, error) { return defs.NewRepeatString("R", []string{"a", "b"}) },
		func() (defs.Repeat, error) { return defs.NewRepeatDay(1), nil },
	}
	switch e.IntN(22) {
	case 0:
		n.AddVariable(defs.Variable{Name: e.name("V"), Value: e.name("w")})
	case 1:
		_ = n.AddMeter(defs.Meter{Name: e.name("m"), Max: 100, ColorChange: 100})
	case 2:
		number := e.IntN(4)
		_ = n.AddEvent(defs.Event{Name: fmt.Sprint("e", number), Number: number, Initial: e.IntN(4) == 0})
	case 3:
		_ = n.AddLabel(defs.Label{Name: e.name("l"), Value: "at first"})
	case 4:
		_ = n.AddLimit(&defs.Limit{Name: e.name("L"), Max: 1 + e.IntN(3)})
	case 5, 6:
		kind := e.IntN(4)
		_ = n.AddInLimit(defs.InLimit{Name: e.name("L"), Tokens: 1, SubmissionOnly: kind == 0, ThisNodeOnly: kind == 1})
	case 7:
		_ = n.AddTrigger(e.node().Path() + " == complete")
	case 8:
		_ = n.AddComplete(e.node().Path() + " == aborted")
	case 9:
		if r, err := repeats[e.IntN(len(repeats))](); err == nil {
			_ = n.SetRepeat(r)
		}
	case 10:
		if !slices.ContainsFunc(n.Times(), func(t defs.TimeAttr) bool { return t.Series.SameStructure(ts) }) {
			_ = n.AddTime(defs.TimeAttr{Series: ts})
		}
	case 11:
		if !slices.ContainsFunc(n.Todays(), func(t defs.TodayAttr) bool { return t.Series.SameStructure(ts) }) {
			_ = n.AddToday(defs.TodayAttr{Series: ts})
		}
	case 12:
		if len(n.Dates()) == 0 {
			_ = n.AddDate(defs.DateAttr{Day: e.IntN(4), Month: 3})
		}
	case 13:
		if len(n.Days()) == 0 {
			_ = n.AddDay(defs.DayAttr{Day: e.IntN(7)})
		}
	case 14:
		c := defs.CronAttr{Series: ts, WeekDays: []int{e.IntN(7), 6}}
		if !slices.ContainsFunc(n.Crons(), func(t defs.CronAttr) bool { return t.SameStructure(&c) }) {
			_ = n.AddCron(c)
		}
	case 15:
		_ = n.SetLate(defs.LateAttr{Active: ts.Start})
	case 16:
		_ = n.AddZombie(defs.ZombieAttr{Type: defs.ZombieType(e.IntN(3)), Action: defs.ZombieAction(e.IntN(3)), Lifetime: 300})
	case 17:
		_ = n.AddVerify(defs.VerifyAttr{State: defs.NState(e.IntN(6)), Expected: 2})
	case 18:
		if q, err := defs.NewQueueAttr(e.name("q"), []string{"a", "b", "c"}); err == nil {
			_ = n.AddQueue(q)
		}
	case 19:
		_ = n.AddGeneric(defs.GenericAttr{Name: e.name("g"), Values: []string{"x"}})
	case 20:
		if e.IntN(4) == 0 {
			_ = n.AddAviso(defs.AvisoAttr{Name: "A", Listener: "'{}'", URL: "u", Schema: "s", Polling: "60", Auth: "a", Reason: "''"})
		}
	case 21:
		if e.IntN(4) == 0 {
			_ = n.AddMirror(defs.MirrorAttr{Name: "M", RemotePath: "/s", RemoteHost: "h", RemotePort: "3141", Polling: "60", Auth: "a", Reason: "''"})
		}
	}
}

func (e *editor) deleteAttribute(n *defs.Node) {
	deletes := []func(){
		func() { _ = n.DeleteVariable(pick(e, n.Variables(), func(v defs.Variable) string { return v.Name })) },
		func() { _ = n.DeleteMeter(pick(e, n.Meters(), func(m defs.Meter) string { return m.Name })) },
		func() { _ = n.DeleteEvent(pick(e, n.Events(), defs.Event.NameOrNumber)) },
		func() { _ = n.DeleteLabel("") },
		func() { _ = n.DeleteLimit(pick(e, n.Limits(), func(l *defs.Limit) string { return l.Name })) },
		func() { _ = n.DeleteInLimit("") },
		n.DeleteTrigger, n.DeleteComplete, n.DeleteRepeat, n.DeleteLate, n.DeleteCrons,
		func() { _ = n.DeleteTime("") },
		func() { _ = n.DeleteToday("") },
		func() { _ = n.DeleteDate("") },
		func() { _ = n.DeleteDay("") },
		func() { _ = n.DeleteQueue("") },
		func() { _ = n.DeleteZombie("") },
		func() { _ = n.DeleteAviso("") },
		func() { _ = n.DeleteMirror("") },
	}
	deletes[e.IntN(len(deletes))]()
}

func (e *editor) changeAttribute(n *defs.Node) {
	limit := func() string { return pick(e, n.Limits(), func(l *defs.Limit) string { return l.Name }) }
	changes := []func(){
		func() {
			_ = n.ChangeVariable(pick(e, n.Variables(), func(v defs.Variable) string { return v.Name }), e.name("x"))
		},
		func() {
			_ = n.ChangeMeter(pick(e, n.Meters(), func(m defs.Meter) string { return m.Name }), e.IntN(100))
		},
		func() { _ = n.ChangeEvent(pick(e, n.Events(), defs.Event.NameOrNumber), e.IntN(2) == 0) },
		func() {
			_ = n.ChangeLabel(pick(e, n.Labels(), func(l defs.Label) string { return l.Name }), "new\n"+e.name("x"))
		},
		func() { _ = n.ChangeLimitMax(limit(), 1+e.IntN(5)) },
		func() { _ = n.ChangeLimitValue(limit(), e.IntN(5)) },
		func() { _ = n.DeleteLimitPath(limit(), e.node().Path()) },
		func() { n.SetTriggerFree(e.IntN(2) == 0) },
		func() { n.SetCompleteFree(e.IntN(2) == 0) },
		func() { _ = n.WithRepeat(func(r defs.Repeat) error { r.Increment(); return nil }) },
		func() {
			_ = n.WithQueue(pick(e, n.Queues(), func(q defs.QueueAttr) string { return q.Name }), func(q *defs.QueueAttr) error { q.Active(); return nil })
		},
		func() { _ = n.ChangeTrigger("1 == " + e.name("")) },
		func() { n.ChangeLate(defs.LateAttr{Active: e.series().Start}) },
		n.FreeDate, n.FreeTime, n.MissTime, n.ClearProgress, n.FinishRepeats,
		func() { n.SetEvent(e.name("e"), e.IntN(2) == 0) },
		func() { n.ForceState(defs.NState(1+e.IntN(5)), e.IntN(2) == 0) },
		func() {
			_ = n.ChangeTime(pick(e, n.Times(), func(t defs.TimeAttr) string { return t.Series.String() }), fmt.Sprintf("11:%02d", e.IntN(60)))
		},
		func() {
			if e.IntN(5) == 0 {
				_ = n.Suite().ChangeClockGain("100")
			}
		},
		func() { n.SortAttributes(defs.AttrAll, e.IntN(2) == 0, nil) },
	}
	changes[e.IntN(len(changes))]()
}

// run lets something happen that a running server does.
func (e *editor) run(n *defs.Node) {
	task := n.Kind() == defs.KindTask
	switch e.IntN(9) {
	case 0:
		_ = n.Suite().Begin(e.now)
	case 1:
		_ = n.Requeue()
	case 2, 3:
		e.now = e.now.Add(time.Duration(1+e.IntN(200)) * time.Minute)
		e.d.UpdateCalendars(e.now)
	case 4, 5:
		e.d.Resolve(func(t *defs.Node) bool {
			t.SetJob("pass", "", "", t.TryNo())
			t.JobSubmitted(e.IntN(2) * 100)
			return e.IntN(4) > 0
		})
	case 6:
		if task {
			n.JobActive("123")
		}
	case 7:
		if task {
			n.JobComplete()
		}
	case 8:
		if task && e.IntN(2) == 0 {
			n.JobAborted("why; not\nso")
		} else if n.Kind() != defs.KindAlias { // the text of an alias does not tell unknown from queued
			n.Become(defs.NState(e.IntN(6)))
		}
	}
}

// user lets a user do something to a node as such.
func (e *editor) user(n *defs.Node) {
	switch e.IntN(17) {
	case 12:
		_ = n.MoveBeside(e.node())
	case 13:
		if n.Kind() == defs.KindFamily {
			_ = n.Archive()
		}
	case 14:
		if n.Kind() == defs.KindFamily {
			_ = n.Restore(e.host)
		}
	case 15:
		n.BeginBelow()
	case 16:
		_ = n.RequeueAborted()
	case 0:
		n.SetSuspended(e.IntN(2) == 0)
	case 1:
		n.SetDefStatus(defs.DState(e.IntN(7)))
	case 2:
		n.SetFlag(defs.Flag(0).With(defs.FlagType(e.IntN(18))))
	case 3:
		if n.Kind() != defs.KindAlias {
			n.SetStateDeep(defs.NState(e.IntN(6)))
		}
	case 4:
		e.addBelow(n)
	case 5:
		if n.Kind() != defs.KindSuite {
			_ = n.Remove()
		}
	case 6:
		_ = n.Order(defs.Order(e.IntN(7)))
	case 7:
		if to := e.node(); n.Kind() != defs.KindSuite && n.Kind() != defs.KindAlias { // aliases of one name cannot be told apart
			_ = n.MoveTo(to)
		}
	case 8:
		if n.Kind() == defs.KindFamily {
			_ = n.ReplaceChildren(nil)
		}
	case 9:
		n.ClearLabels()
	case 10:
		n.UpdateStateUp()
	case 11:
		if n.Kind() != defs.KindAlias && (n.Kind() != defs.KindSuite || e.IntN(5) == 0) {
			n.Reset()
		}
	}
}

// server changes what belongs to the definition itself.
func (e *editor) server() {
	switch e.IntN(9) {
	case 8: // a check point is read
		if e.IntN(4) == 0 {
			e.d.Become(e.d.Clone())
			e.d.SetHost(e.host)
		} else if e.IntN(8) == 0 {
			e.d.Clear()
		}
	case 0:
		e.d.SetServerState(defs.SState(e.IntN(3)))
	case 1:
		e.d.AddVariable(defs.Variable{Name: e.name("U"), Value: e.name("v")})
	case 2:
		e.d.DeleteVariable(e.name("U"))
	case 3:
		e.d.SetFlag(defs.Flag(0).With(defs.FlagType(e.IntN(18))))
	case 4:
		e.d.UpdateState()
	case 5:
		e.addSuite()
	case 6:
		if e.IntN(4) == 0 {
			_ = e.d.Remove(e.node().Suite())
		}
	case 7:
		if e.IntN(4) == 0 {
			_ = e.node().Suite().SetClock(&defs.ClockAttr{Hybrid: e.IntN(2) == 0, Gain: int64(e.IntN(100))})
		}
	}
}

func (e *editor) step() {
	n := e.node()
	switch k := e.IntN(20); {
	case k < 3:
		e.addAttribute(n)
	case k < 4:
		e.deleteAttribute(n)
	case k < 8:
		e.changeAttribute(n)
	case k < 15:
		e.run(n)
	case k < 18:
		e.user(n)
	default:
		e.server()
	}
}

// Clients that sync now and then have what the server has, whatever it did meanwhile.
func TestSince_whatIsToldIsAll(t *testing.T) {
	const rounds = 10
	incremental, whole := 0, 0
	for seed := range uint64(rounds) {
		e := newEditor(seed)
		clients := []*client{newClient(t, e.d), newClient(t, e.d), newClient(t, e.d)}
		for i := range 150 {
			e.step()
			for j, c := range clients {
				if e.IntN(1+4*j*j) > 0 {
					continue
				}
				was := told(c.tree)
				full, mementos := c.sync(t, e.d, true)
				if full {
					whole++
				} else if mementos > 0 {
					incremental++
				}
				if want, got := told(e.d), told(c.tree); want != got {
					t.Fatalf("seed %d, step %d, client %d (full %v)\n%s", seed, i, j, full, difference(was, got, want))
				}
				require.Equal(t, delta.Of(e.d), delta.Of(c.tree))
				_, again := c.sync(t, e.d, false)
				require.Zero(t, again, "nothing is new")
			}
		}
	}
	t.Logf("%d incremental syncs, %d full", incremental, whole)
	require.Greater(t, incremental, 3*whole)
}

// difference shows the lines that differ, with the path of lines before.
func difference(was, got, want string) string {
	var b strings.Builder
	w, g, o := strings.Split(want, "\n"), strings.Split(got, "\n"), strings.Split(was, "\n")
	for i := range max(len(w), len(g)) {
		at := func(l []string) string {
			if i < len(l) {
				return l[i]
			}
			return "(no more)"
		}
		if at(w) != at(g) {
			for k := max(0, i-4); k < i; k++ {
				fmt.Fprintf(&b, "    %s\n", w[k])
			}
			fmt.Fprintf(&b, "want %s\ngot  %s\nwas  %s\n", at(w), at(g), at(o))
			break
		}
	}
	return b.String()
}

// A client that is only told of calendars where something else has changed has the same but for calendars.
func TestSince_calendarsOnTheirOwn(t *testing.T) {
	e := newEditor(3)
	for _, s := range e.d.Suites() {
		require.NoError(t, s.Begin(e.now))
	}
	c := newClient(t, e.d)
	e.now = e.now.Add(time.Minute)
	state := e.d.StateChangeNo()
	for _, s := range e.d.Suites() {
		for n := range s.All() {
			n.DeleteCrons()
			_ = n.DeleteTime("")
			_ = n.DeleteToday("")
			_ = n.DeleteDay("")
			_ = n.DeleteDate("")
			n.DeleteLate()
		}
	}
	require.Greater(t, e.d.StateChangeNo(), state)
	_, n := c.sync(t, e.d, false)
	require.NotZero(t, n)
	state = e.d.StateChangeNo()
	e.d.UpdateCalendars(e.now)
	require.Equal(t, state, e.d.StateChangeNo(), "calendars are no change")
	_, n = c.sync(t, e.d, false)
	require.Zero(t, n)
	for range 2 {
		_, n = c.sync(t, e.d, true)
		require.Equal(t, len(e.d.Suites()), n, "until a change comes")
	}
	require.Equal(t, told(e.d), told(c.tree))
	e.d.Suites()[0].SetSuspended(true)
	_, n = c.sync(t, e.d, false)
	require.Equal(t, 2, n, "the change, and the calendar with it")
	_, err := text.ParseString(net(e.d), text.Options{})
	require.NoError(t, err)
}
