package defs

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// small is /s/{t, f/{x, g/u}}, with a second suite /r.
func small(t *testing.T) (d *Defs, s, task, f *Node) {
	t.Helper()
	d = New()
	s = good[*Node](t)(d.AddSuite("s"))
	task = good[*Node](t)(s.AddTask("t"))
	f = good[*Node](t)(s.AddFamily("f"))
	good[*Node](t)(f.AddTask("x"))
	good[*Node](t)(good[*Node](t)(f.AddFamily("g")).AddTask("u"))
	good[*Node](t)(d.AddSuite("r"))
	return d, s, task, f
}

// What 5.19.0 says when something is added twice, or where it cannot be.
func TestAdding_refusesAsTheOriginal(t *testing.T) {
	d, s, task, f := small(t)
	series := good[TimeSeries](t)(ParseTimeSeries("10:00"))
	ranged := good[TimeSeries](t)(ParseTimeSeries("10:00 11:00 00:10"))
	meter := good[Meter](t)(NewMeter("m", 1, 20, NoNumber))
	event := good[Event](t)(NewEvent("t", false))
	cancel := good[AutoCancel](t)(NewAutoCancelDays(1))
	zombie := good[ZombieAttr](t)(NewZombieAttr(ZombieEcf, nil, ZombieFob, 3))
	twice := func(add func() error) error {
		require.NoError(t, add())
		before := task.Revision()
		err := add()
		require.Equal(t, before, task.Revision(), "a refused edit changes nothing")
		return err
	}
	free := good[*Node](t)(NewTask("free"))
	require.NoError(t, f.AddChild(free, 0))
	for _, c := range []struct {
		err  error
		want string
	}{
		{fault1(s.AddTask("t")), "Add Task failed: A task/family of name 't' already exists on node SUITE:/s"},
		{fault1(s.AddFamily("t")), "Add Family failed: A Family/Task of name 't' already exists on node SUITE:/s"},
		{fault1(d.AddSuite("s")), "Add Suite failed: A Suite of name 's' already exists"},
		{s.AddChild(free, -1), "SUITE:/s: Add Task failed: A task of name 'free' is already owned by another node"},
		{New().Add(s, -1), "Place Suite failed: The suite of name 's' already owned by another Defs "},
		{twice(func() error { return task.AddLabel(Label{Name: "t"}) }), "Add Label failed: Duplicate label of name 't' already exists for node TASK:/s/t"},
		{twice(func() error { return task.AddEvent(event) }), "Add Event failed: Duplicate Event of name 't' already exists for node TASK:/s/t"},
		{twice(func() error { return task.AddMeter(meter) }), "Add Meter failed: Duplicate Meter of name 'm' already exists for node TASK:/s/t"},
		{twice(func() error { return task.AddLimit(&Limit{Name: "m", Max: 3}) }), "Add Limit failed: Duplicate Limit of name 'm' already exists for node TASK:/s/t"},
		{twice(func() error { return task.AddInLimit(InLimit{Name: "m", Tokens: 1}) }), "Add InLimit failed: already exists at TASK:/s/t"},
		{s.AddTrigger("1==1"), "Cannot add trigger on a suite"},
		{s.AddPartTrigger(PartExpression{Text: "a"}), "Cannot add trigger on a suite"},
		{twice(func() error { return task.AddTrigger("1==1") }), "Node::add_trigger_expression. A Node(/s/t can only have one trigger to add large triggers use multiple calls to Node::add_part_trigger( PartExpression('t1 == complete') )"},
		{f.AddPartTrigger(PartExpression{Text: "a", Type: PartAnd}), "Expression::add: expression a failed: The first expression should not have AND or OR set"},
		{twice(func() error { return f.AddPartTrigger(PartExpression{Text: "b"}) }), "Expression::add: expression b failed: Subsequent expression must have AND or OR set"},
		{s.AddTime(NewTimeAttr(series)), "Cannot add time based dependency on a suite"},
		{s.AddDay(DayAttr{}), "Cannot add time based dependency on a suite"},
		{task.AddCron(CronAttr{}), "Node::addCron: The cron is in-complete, no time specified"},
		{twice(func() error { return task.SetRepeat(NewRepeatDay(1)) }), "Add Repeat failed: Repeat of name 'day' already exists for node TASK:/s/t"},
		{task.AddCron(CronAttr{Series: ranged}), "Node::addCron: Node /s/t already has a repeat. Inappropriate to add two looping structures at the same level\n"},
		{twice(func() error { return task.SetLate(LateAttr{}) }), "Add Late failed: A node can only have one Late attribute, see node TASK:/s/t"},
		{twice(func() error { return task.AddVerify(VerifyAttr{State: Complete, Expected: 2}) }), "Add Verify failed: Duplicate 'verify complete:2' already exists for node TASK:/s/t"},
		{twice(func() error { return task.AddQueue(QueueAttr{Name: "q"}) }), "MiscAttrs::add_queue: Node /s/t already has a queue attribute of name q\n"},
		{twice(func() error { return task.AddGeneric(GenericAttr{Name: "q"}) }), "MiscAttrs::add_generic : Node /s/t already has a generic attribute of name q\n"},
		{twice(func() error { return task.SetAutoCancel(cancel) }), "Node::addAutoCancel: A node can only have one autocancel, see node TASK:/s/t"},
		{task.SetAutoArchive(AutoArchive{}), "Node::add_autoarchive: Cannot add autocancel and autoarchive on the same node TASK:/s/t"},
		{twice(func() error { return task.AddZombie(zombie) }), "MiscAttrs::addZombie: Node /s/t already has a zombie attribute of type ecf\n"},
		{twice(func() error { return s.AddClock(NewClockAttr(true), time.Unix(0, 0)) }), "Add Clock failed: Suite can only have one clock /s"},
		{d.AddExtern(""), "Defs::add_extern: Cannot add empty extern"},
	} {
		require.Equal(t, c.want, said(t, c.err))
	}
}

// What 5.19.0 says when what is to be deleted is not there.
func TestDeleting_refusesAsTheOriginal(t *testing.T) {
	_, _, task, _ := small(t)
	for _, c := range []struct {
		err  error
		want string
	}{
		{task.DeleteVariable("xx"), "Node::deleteVariable: Cannot find 'user' variable of name xx"},
		{task.DeleteEvent("xx"), "Node::deleteEvent: Cannot find event: xx"},
		{task.DeleteMeter("xx"), "Node::deleteMeter: Cannot find meter: xx"},
		{task.DeleteLabel("xx"), "Node::deleteLabel: Cannot find label: xx"},
		{task.DeleteLimit("xx"), "Node::deleteLimit: Cannot find limit: xx"},
		{task.DeleteInLimit("xx"), "InLimitMgr::deleteInlimit: Cannot find inlimit: xx"},
		{task.DeleteQueue("xx"), "Node::delete_queue: Cannot find queue: xx"},
		{task.DeleteGeneric("xx"), "Node::delete_generic : Cannot find generic: xx"},
		{task.DeleteZombie("xx"), ""},
		{task.DeleteTime("10:00"), "Node::delete_time: Cannot find time attribute: "},
		{task.DeleteToday("10:00"), "Node::delete_today: Cannot find today attribute: today 10:00"},
		{task.DeleteDate("xx"), "DateAttr::getDate Invalid date missing first dot :xx"},
		{task.DeleteDay("xx"), "Invalid day(xx) specification expected one of [monday,tuesday,wednesday,thursday,friday,saturday,sunday]: "},
		{task.AddZombie(ZombieAttr{Type: ZombiePath}), ""},
		{task.DeleteQueue("xx"), ""},
		{task.DeleteZombie("xx"), "MiscAttrs::deleteZombie failed: Expected one of [ ecf | path | user ] or empty string but found xx"},
		{task.ChangeEvent("e", true), "Node::changeEvent: Could not find event e"},
		{task.ChangeRepeat("1"), "Node::changeRepeat: Could not find repeat on /s/t"},
	} {
		require.Equal(t, c.want, said(t, c.err))
	}
}

func TestFind_pathsAsTheOriginal(t *testing.T) {
	d, s, task, f := small(t)
	for path, want := range map[string]bool{
		"/s": true, "/s/f/g": true, "s/f": true, "//s//f": true, "/s/": true, "/s/f/y": false, "": false, "/": false,
	} {
		require.Equal(t, want, d.Find(path) != nil, path)
	}
	require.Equal(t, "/s/f/g/u", d.PathOf(KindTask, "u"))
	require.Nil(t, d.FindKind(KindTask, "/s/f"))
	u := d.Find("/s/f/g/u")
	for path, want := range map[string]string{
		"/s/t": "/s/t", "u": "/s/f/g/u", "../x": "/s/f/x", "../../t": "/s/t", "../../../r": "/r", "./u": "/s/f/g/u", "../g/u": "/s/f/g/u",
	} {
		found, err := u.Referenced(path, "")
		require.NoError(t, err, path)
		require.Equal(t, want, found.Path(), path)
	}
	_, err := u.Referenced("nix", "")
	require.Contains(t, said(t, err), "Could not find node 'nix' from node /s/f/g/u . Expected 'nix' to be a sibling.")
	require.NoError(t, d.AddExtern("/a/b:ev"))
	found, err := u.Referenced("/a/b", "ev")
	require.NoError(t, err)
	require.Nil(t, found)
	require.Equal(t, f, u.FindUp("f"))
	require.Equal(t, task, u.FindUp("t"))
	require.Equal(t, s, u.Suite())
}

func TestGenerated_asTheOriginal(t *testing.T) {
	d, s, _, f := small(t)
	u := d.Find("/s/f/g/u")
	u.AddVariable(Variable{"ECF_OUT", "/o/%TASK%/%ECF_JOBOUT%x%ECF_TRYNO%"})
	require.Equal(t, []Variable{
		{"TASK", "u"}, {"ECF_DIRNAME", "/s/f/g"}, {"ECF_BASENAME", "u"}, {"ECF_JOB", "./s/f/g/u.job0"},
		{"ECF_SCRIPT", "./s/f/g/u.ecf"}, {"ECF_JOBOUT", "/o/u/x0/s/f/g/u.0"}, {"ECF_TRYNO", "0"}, {"ECF_RID", ""},
		{"ECF_NAME", "/s/f/g/u"}, {"ECF_PASS", ""},
	}, u.Generated())
	require.Equal(t, []Variable{{"FAMILY", "f/g"}, {"FAMILY1", "g"}, {"ECF_DIRNAME", "/s/f"}, {"ECF_BASENAME", "g"}}, f.Child("g").Generated())
	require.Equal(t, []Variable{{"FAMILY", "/q"}, {"FAMILY1", "q"}, {"ECF_DIRNAME", ""}, {"ECF_BASENAME", "q"}}, good[*Node](t)(NewFamily("q")).Generated())
	require.NoError(t, s.SetRepeat(good[*RepeatDate](t)(NewRepeatDate("YMD", 20200101, 20200110, 1))))
	names := []string{}
	for _, v := range s.Generated() {
		names = append(names, v.Name)
	}
	require.Equal(t, []string{
		"YMD_YYYY", "YMD_MM", "YMD_DD", "YMD_DOW", "YMD_JULIAN", "YMD", "SUITE", "ECF_DIRNAME", "ECF_BASENAME", "ECF_DATE", "YYYY",
		"DOW", "DOY", "DATE", "DAY", "DD", "MM", "MONTH", "ECF_CLOCK", "ECF_TIME", "ECF_JULIAN", "TIME",
	}, names)
	require.NoError(t, s.Begin(time.Date(2020, 2, 29, 12, 5, 0, 0, time.UTC)))
	for name, want := range map[string]string{
		"ECF_DATE": "20200229", "DATE": "29.02.2020", "DAY": "saturday", "ECF_CLOCK": "saturday:february:6:60", "ECF_JULIAN": "2458909", "TIME": "1205", "YMD": "20200101",
	} {
		value, ok := u.InheritedVariable(name)
		require.True(t, ok, name)
		require.Equal(t, want, value)
	}
	text, ok := u.Substitute("%YMD%-%nix:d%-%%-%SUITE%", nil, '%')
	require.True(t, ok)
	require.Equal(t, "20200101-d-%-s", text)
	_, ok = u.Substitute("%nix%", nil, '%')
	require.False(t, ok)
}

func TestSubstitute_endsWhenVariablesContainThemselves(t *testing.T) {
	_, _, task, _ := small(t)
	task.AddVariable(Variable{"A", "%B%%B%"})
	task.AddVariable(Variable{"B", "%A%%A%"})
	task.AddVariable(Variable{"ECF_OUT", "%ECF_OUT%%ECF_JOBOUT%"})
	_, ok := task.Substitute("%A%", nil, '%')
	require.False(t, ok)
	require.NotEmpty(t, task.Generated())
}

func TestOrderAndSort_asTheOriginal(t *testing.T) {
	_, s, _, _ := small(t)
	for _, name := range []string{"b", "A", "c", "B", "_z", "ECF_EXTN"} {
		s.AddVariable(Variable{Name: name})
	}
	for _, name := range []string{"z", "3", "20", "A"} {
		require.NoError(t, s.AddEvent(good[Event](t)(NewEvent(name, false))))
	}
	s.SortAttributes(AttrAll, false, nil)
	var got []string
	for _, v := range s.Variables() {
		got = append(got, v.Name)
	}
	for _, e := range s.Events() {
		got = append(got, e.NameOrNumber())
	}
	require.Equal(t, []string{"A", "b", "B", "c", "ECF_EXTN", "_z", "20", "3", "A", "z"}, got)

	p := good[*Node](t)(NewFamily("p"))
	for _, name := range []string{"b", "A", "c", "10", "9"} {
		good[*Node](t)(p.AddTask(name))
	}
	childNames := func() (names []string) {
		for _, c := range p.Children() {
			names = append(names, c.Name())
		}
		return names
	}
	for _, c := range []struct {
		node  string
		order Order
		want  []string
	}{
		{"c", OrderTop, []string{"c", "b", "A", "10", "9"}},
		{"b", OrderBottom, []string{"c", "A", "10", "9", "b"}},
		{"10", OrderUp, []string{"c", "10", "A", "9", "b"}},
		{"c", OrderUp, []string{"c", "10", "A", "9", "b"}},
		{"c", OrderDown, []string{"10", "c", "A", "9", "b"}},
		{"c", OrderAlpha, []string{"9", "10", "A", "b", "c"}},
		{"c", OrderOrder, []string{"c", "b", "A", "9", "10"}},
	} {
		require.NoError(t, p.Child(c.node).Order(c.order))
		require.Equal(t, c.want, childNames(), c.order)
	}
	require.Equal(t, "NodeContainer::order: To order by RUNTIME All nodes must be complete", said(t, p.Child("c").Order(OrderRuntime)))
	p.ReorderChildren([]string{"9", "10", "A", "b", "nix"})
	require.Equal(t, "c", p.Children()[0].Name(), "names that do not match are ignored")
}

func TestCopy_isEqualAndIndependent(t *testing.T) {
	d := wide(t, 2, 40)
	c := d.Copy()
	require.True(t, d.Equal(c))
	task := c.Find("/s0/f0/t39")
	require.Equal(t, c, task.Defs())
	for _, change := range []func(){
		func() { require.NoError(t, task.ChangeMeter("m", 7)) },
		func() { task.SetState(Active) },
		func() { require.NoError(t, task.ChangeEvent("e", true)) },
		func() { require.NoError(t, c.Suites()[0].ChangeLimitValue("L", 2)) },
		func() { require.NoError(t, task.Remove()) },
	} {
		before := c.Revision()
		change()
		require.Greater(t, c.Revision(), before)
		require.False(t, d.Equal(c))
		require.True(t, d.Equal(d.Clone()))
		c = d.Copy()
		task = c.Find("/s0/f0/t39")
	}
}

func TestMoving_keepsTreesWhole(t *testing.T) {
	d, s, _, f := small(t)
	g := f.Child("g")
	require.Error(t, f.MoveTo(g), "not below itself")
	require.NoError(t, g.MoveTo(s))
	require.Equal(t, "/s/g/u", g.Child("u").Path())
	require.NoError(t, s.Remove())
	require.Nil(t, g.Defs())
	other := New()
	require.NoError(t, other.Add(s, 0))
	require.Equal(t, other, g.Defs())
	require.Len(t, d.Suites(), 1)
	x := good[*Node](t)(NewTask("x"))
	require.Error(t, s.ReplaceChildren([]*Node{x, x}))
	require.Equal(t, []string{"t", "f", "g"}, []string{s.Children()[0].Name(), s.Children()[1].Name(), s.Children()[2].Name()})
	require.Nil(t, x.Parent())
}

func TestBegin_givesStates(t *testing.T) {
	d, s, task, f := small(t)
	task.SetDefStatus(DComplete)
	f.Child("x").SetDefStatus(DSuspended)
	d.Begin(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
	require.Equal(t, []NState{Queued, Complete, Queued, Queued}, []NState{s.State(), task.State(), f.State(), d.Suite("r").State()})
	require.True(t, f.Child("x").Suspended())
	d.Find("/s/f/g/u").SetState(Aborted)
	d.Find("/s/f/g/u").UpdateStateUp()
	require.Equal(t, []NState{Aborted, Aborted, Aborted}, []NState{f.State(), s.State(), d.State()})
	require.NoError(t, s.Requeue())
	require.Equal(t, Queued, d.State())
	require.Equal(t, DSuspended, f.Child("x").DState())
}

// wide is a tree of suites with one family of tasks with usual attributes each.
func wide(t testing.TB, suites, tasks int) *Defs {
	t.Helper()
	d := New()
	for i := range suites {
		s, err := d.AddSuite(fmt.Sprintf("s%d", i))
		require.NoError(t, err)
		require.NoError(t, s.AddLimit(&Limit{Name: "L", Max: 10}))
		f, err := s.AddFamily("f0")
		require.NoError(t, err)
		for j := range tasks {
			n, err := f.AddTask(fmt.Sprintf("t%d", j))
			require.NoError(t, err)
			n.AddVariable(Variable{"VAR", fmt.Sprintf("value %d", j)})
			require.NoError(t, n.AddTrigger(fmt.Sprintf("/s%d/f0/t%d == complete", i, max(j-1, 0))))
			require.NoError(t, n.AddMeter(Meter{Name: "m", Max: 100, ColorChange: 100}))
			require.NoError(t, n.AddEvent(Event{Name: "e", Number: NoNumber}))
			require.NoError(t, n.AddLabel(Label{Name: "l", Value: "a label"}))
			require.NoError(t, n.AddInLimit(InLimit{Name: "L", Path: "/s0", Tokens: 1}))
		}
	}
	return d
}

func TestMemory_staysUnderOneKilobytePerNode(t *testing.T) {
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	d := wide(t, 10, 10000)
	nodes := len(slices.Collect(d.All()))
	perNode := (heap() - before) / uint64(nodes)
	t.Logf("%d nodes, %d bytes each", nodes, perNode)
	require.Less(t, perNode, uint64(1024))
	runtime.KeepAlive(d)
}

func TestAutoAddExterns_asTheOriginal(t *testing.T) {
	d := New()
	s := good[*Node](t)(d.AddSuite("s"))
	f := good[*Node](t)(s.AddFamily("f"))
	task, u := good[*Node](t)(f.AddTask("t")), good[*Node](t)(f.AddTask("u"))
	require.NoError(t, task.AddTrigger("/a/b == complete and u == complete and u:ev == set and ../q/z:m > 3 and :NOPE == 1 and /s/x<flag>late and nix == complete"))
	require.NoError(t, task.AddComplete("/c/d:v == 2"))
	for _, l := range []InLimit{{Name: "L"}, {Name: "M", Path: "/x/y"}, {Name: "N", Path: "/s/f"}} {
		require.NoError(t, u.AddInLimit(l))
	}
	require.NoError(t, d.AddExtern("/old"))
	require.NoError(t, d.AutoAddExterns(true))
	want := []string{"/s/f:N", "/s/x:late", "/a/b", "/c/d:v", "../q/z:m", "u:ev", "/s/f/t:NOPE", "nix", "/x/y:M", "L"}
	slices.Sort(want)
	require.Equal(t, want, d.Externs())

	require.NoError(t, u.AddInLimit(InLimit{}))
	require.EqualError(t, d.AutoAddExterns(true), "ecflow: Defs::add_extern: Cannot add empty extern")
	require.Equal(t, want, d.Externs())
}

// What 5.19.0 finds equal to a node without any attributes, or to one with others.
func TestEqual_asTheOriginal(t *testing.T) {
	nothing := func(*Node) {}
	days := good[AutoCancel](t)(NewAutoCancelDays(1))
	restore := func(n *Node) { require.NoError(t, n.SetAutoRestore(AutoRestore{[]string{"/a"}})) }
	for name, c := range map[string]struct {
		a, b func(*Node)
		want bool
	}{
		"nothing":                    {nothing, nothing, true},
		"a variable":                 {func(n *Node) { n.AddVariable(Variable{"a", "b"}) }, nothing, false},
		"aviso":                      {func(n *Node) { require.NoError(t, n.AddAviso(AvisoAttr{Name: "a"})) }, nothing, true},
		"autocancel":                 {func(n *Node) { require.NoError(t, n.SetAutoCancel(days)) }, nothing, false},
		"autorestore hides the rest": {func(n *Node) { restore(n); require.NoError(t, n.SetAutoCancel(days)) }, restore, true},
		"a queue that is gone": {func(n *Node) {
			require.NoError(t, n.AddQueue(QueueAttr{Name: "q"}))
			require.NoError(t, n.DeleteQueue("q"))
		}, nothing, false},
		"an empty late": {func(n *Node) { require.NoError(t, n.SetLate(LateAttr{})) }, nothing, false},
		"defstatus":     {func(n *Node) { n.SetDefStatus(DComplete) }, nothing, false},
		"a deleted meter": {func(n *Node) {
			require.NoError(t, n.AddMeter(Meter{Name: "m"}))
			require.NoError(t, n.DeleteMeter("m"))
		}, nothing, true},
	} {
		a, b := good[*Node](t)(NewTask("t")), good[*Node](t)(NewTask("t"))
		c.a(a)
		c.b(b)
		require.Equal(t, c.want, a.Equal(b), name)
		require.Equal(t, c.want, b.Equal(a), name)
	}
	d, o := New(), New()
	require.NoError(t, d.AddExtern("x"))
	require.True(t, d.Equal(o))
}

// As 5.19.0: a repeat without a name, what counts as a time, expressions outside a definition and with parts that cannot be read.
func TestNode_looseEndsAsTheOriginal(t *testing.T) {
	task := good[*Node](t)(NewTask("t"))
	require.EqualError(t, task.SetRepeat(new(RepeatDateList)), "ecflow: Variable::set_name: Invalid name '': empty string")
	require.Nil(t, task.Repeat())

	require.False(t, task.HasTimes())
	require.NoError(t, task.AddAviso(AvisoAttr{Name: "a"}))
	require.True(t, task.HasTimes())

	require.NoError(t, task.ChangeTrigger("./x == complete"))
	require.EqualError(t, task.ChangeTrigger(":X == 1"), "ecflow: Node::changeTrigger: Error: Expression node tree references failed for 'trigger :X == 1' at TASK:/t\n"+
		"  Could not find variable X on node TASK:/t OR any of its parent nodes")

	e := Expression{Parts: []PartExpression{{Text: "1 == 1"}, {Text: "a == == b", Type: PartAnd}, {Text: "2 == 2", Type: PartAnd}}}
	require.Equal(t, "# Warning: Full/correct AST evaluation requires the definition\n# Trigger Evaluation Tree\n# EQUAL (true)\n# INTEGER 1\n# INTEGER 1\n",
		string(task.AppendEvaluation(nil, &e)))
}
