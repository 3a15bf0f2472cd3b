package model

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// make calls a constructor or fails.
func task(t *testing.T, args ...any) *defs.Node { return made(t, "Task", args...).(*defs.Node) }

func family(t *testing.T, args ...any) *defs.Node { return made(t, "Family", args...).(*defs.Node) }

// rest are arguments of a form with *args and **kwargs, by position of the signature.
func rest(name string, items []Value, keywords ...Value) *Args {
	a := &Args{}
	if name != "" {
		a.V = append(a.V, Value{Kind: String, S: name})
	}
	a.V = append(a.V, Value{Kind: List, L: items}, Value{Kind: Dict, L: keywords})
	return a
}

func object(o any) Value { return Value{Kind: Object, O: o} }

func word(s string) Value { return Value{Kind: String, S: s} }

func pair(name, value string) Value { return Value{Kind: Pair, L: []Value{word(name), word(value)}} }

func do(t *testing.T, class, name string, self any, a *Args) error {
	t.Helper()
	_, err := member(&Classes()[ClassNumber(class)], name).Forms[0].Call(self, a)
	return err
}

func print(n *defs.Node) string { return string(text.AppendNode(nil, n, text.Defs)) }

func TestNodes_haveTheMembersOfEveryVersion(t *testing.T) {
	f, err := os.Open("testdata/node_members.txt")
	require.NoError(t, err)
	defer f.Close() //nolint:errcheck // read only
	count := 0
	for lines := bufio.NewScanner(f); lines.Scan(); count++ {
		kind, name, _ := strings.Cut(lines.Text(), " ")
		class, name, _ := strings.Cut(name, ".")
		n := ClassNumber(class)
		require.GreaterOrEqualf(t, n, 0, "no class %s", class)
		if name == "__hash__" || name == "__init__" && Classes()[n].Virtual {
			continue
		}
		m := member(&Classes()[n], name)
		require.NotNilf(t, m, "%s.%s is missing", class, name)
		require.Equalf(t, map[string]MemberKind{"method": Method, "property": Property, "static": Static}[kind], m.Kind, "%s.%s", class, name)
		require.NotEmptyf(t, m.Doc, "%s.%s", class, name)
		require.Falsef(t, m.Ours, "%s.%s is the original's", class, name)
	}
	require.Equal(t, 228, count)
}

func TestAdd_takesWhatIsNested(t *testing.T) {
	event := made(t, "Event", num(1))
	n := task(t, "t")
	require.NoError(t, do(t, "Node", "add", n, rest("", []Value{
		pair("A", "1"), {Kind: Nil}, {Kind: List, L: []Value{object(event), {Kind: Dict, L: []Value{word("B"), {Kind: Int, I: 2}}}}},
	}, word("C"), Value{Kind: Bool, I: 1})))
	require.Equal(t, "  task t\n    edit A '1'\n    edit B '2'\n    edit C '1'\n    event 1 \n", print(n))
}

func TestAdd_happensOrDoesNot(t *testing.T) {
	n := task(t, "t")
	require.NoError(t, n.AddTrigger("a == complete"))
	n.AddVariable(defs.Variable{Name: "A", Value: "old"})
	before, revision := n.Copy(), n.Revision()
	for _, bad := range []Value{{Kind: Int, I: 1}, object(made(t, "Late")), object(family(t, "f")), {Kind: Dict, L: []Value{word("a b"), word("")}}} {
		good := []Value{
			pair("A", "new"), pair("B", "1"), object(made(t, "Event", num(1))), object(made(t, "Meter", "m", num(0), num(5))), object(made(t, "Trigger", "b", true)),
			object(made(t, "Defstatus", "complete")), object(made(t, "Time", "10:00")), object(made(t, "Late")), object(made(t, "RepeatDay", num(1))),
			object(made(t, "Limit", "l", num(1))), object(made(t, "Complete", "1 == 1")),
		}
		require.Error(t, do(t, "Node", "add", n, rest("", append(good, bad))))
		require.True(t, n.Equal(before))
		require.Equal(t, print(before), print(n))
		require.Greater(t, n.Revision(), revision)
	}
	f, child := family(t, "f"), task(t, "c")
	require.ErrorIs(t, do(t, "Node", "add", f, rest("", []Value{object(child), word("x")})), fault.Argument)
	require.Empty(t, f.Children())
	require.Nil(t, child.Parent())
	require.NoError(t, f.AddChild(child, -1))
}

func TestConstructor_thatFailsLeavesChildrenFree(t *testing.T) {
	child := task(t, "c")
	require.Error(t, do(t, "Family", "__init__", nil, rest("f", []Value{object(child), {Kind: Int, I: 1}})))
	require.Nil(t, child.Parent())
}

func TestAdd_passesOverNodesThatCannotStandThere(t *testing.T) {
	f := family(t, "f")
	for _, n := range []*defs.Node{task(t, "a"), task(t, "a"), f, made(t, "Suite", "s").(*defs.Node)} {
		require.NoError(t, do(t, "Node", "add", f, rest("", []Value{object(n)})))
	}
	require.Equal(t, "  family f\n    task a\n  endfamily\n", print(f))
	require.EqualError(t, do(t, "Node", "add", task(t, "t"), rest("", []Value{object(f)})), "ecflow: ExportNode::add() : Can only add a child to Suite or Family")
}

func TestAdd_joinsTriggers(t *testing.T) {
	n := task(t, "t")
	for _, trigger := range []any{made(t, "Trigger", []any{"a", "b"}), made(t, "Trigger", "c == complete"), made(t, "Trigger", "d", false)} {
		require.NoError(t, do(t, "Node", "add", n, rest("", []Value{object(trigger)})))
	}
	require.Equal(t, "a == complete AND b == complete AND c == complete OR d", n.Trigger().String())
	require.ErrorContains(t, do(t, "Node", "add", task(t, "t"), rest("", []Value{object(made(t, "Trigger", "a", true))})), "The first expression should not have AND or OR set")
}

func TestShift_chainsWhatIsNotCompleteByDefault(t *testing.T) {
	f := family(t, "h")
	done := task(t, "a")
	done.SetDefStatus(defs.DComplete)
	waits := task(t, "c")
	require.NoError(t, waits.AddTrigger("a:1"))
	for _, n := range []*defs.Node{done, task(t, "b"), waits} {
		require.NoError(t, do(t, "Node", "__rshift__", f, &Args{V: []Value{object(n)}}))
	}
	require.NoError(t, do(t, "Node", "__lshift__", f, &Args{V: []Value{object(task(t, "d"))}}))
	require.Equal(t, "  family h\n    task a\n      defstatus complete\n    task b\n    task c\n      trigger a:1\n      trigger -a b == complete\n"+
		"      trigger -a d == complete\n    task d\n  endfamily\n", print(f))
	require.EqualError(t, do(t, "Node", "__rshift__", f, &Args{V: []Value{{Kind: Int}}}), "ecflow: ExportNode::do_rshift() : Argument must be a node_ptr")
	require.EqualError(t, do(t, "Node", "__lshift__", done, &Args{V: []Value{object(f)}}), "ecflow: ExportNode::do_lshift() : Can only add a child to Suite or Family")
}

func TestAttribute_byNameInTheOriginalsOrder(t *testing.T) {
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	n, err := s.AddTask("t")
	require.NoError(t, err)
	s.AddVariable(defs.Variable{Name: "t", Value: "x"})
	for name, of := range map[string]any{"t": n, "SUITE": defs.Variable{Name: "SUITE", Value: "s"}} {
		got, err := call(t, "Node", "__getattr__", s, name)
		require.NoError(t, err)
		require.Equal(t, of, got)
	}
	_, err = call(t, "Node", "__getattr__", n, "x")
	require.ErrorIs(t, err, fault.Attribute)
	require.ErrorContains(t, err, "ExportNode::node_getattr: function of name 'x' does not exist *OR* child node, variable, meter, event or limit on node /s/t")
	home, err := call(t, "Defs", "__getattr__", d, "ECF_HOME")
	require.NoError(t, err)
	require.Equal(t, defs.Variable{Name: "ECF_HOME", Value: "."}, home)
	_, err = call(t, "Defs", "__getattr__", d, "x")
	require.ErrorContains(t, err, "ExportDefs::defs_getattr : function of name 'x' does not exist *OR* suite or defs variable")
}

func TestFind_givesEmptyAttributes(t *testing.T) {
	n := task(t, "t")
	for name, class := range map[string]string{"find_event": "Event", "find_meter": "Meter", "find_label": "Label", "find_queue": "Queue", "find_generic": "Generic"} {
		got, err := call(t, "Node", name, n, "x")
		require.NoError(t, err)
		empty, err := call(t, class, "empty", got)
		require.NoError(t, err)
		require.Equal(t, true, empty, name)
	}
	got, err := call(t, "Node", "find_variable", n, "x")
	require.NoError(t, err)
	require.Equal(t, defs.Variable{}, got)
}

func TestSubstitution_ofADefinitionsVariablesKnowsThoseAlone(t *testing.T) { // recorded from 5.19.0
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	n, err := s.AddTask("t")
	require.NoError(t, err)
	n.AddVariable(defs.Variable{Name: "Q", Value: "%TASK% %ECF_HOME% %NOPE%"})
	d.AddVariable(defs.Variable{Name: "W", Value: "%ECF_HOME%x"})
	d.AddVariable(defs.Variable{Name: "X", Value: "%TASK%x"})
	for name, want := range map[string]string{"Q": "t . %NOPE%", "W": ".x", "X": "%TASK%x", "ECF_JOB_CMD": "%ECF_JOB% 1> %ECF_JOBOUT% 2>&1", "NO": ""} {
		got, err := call(t, "Node", "find_parent_variable_sub_value", n, name)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
	}
}

func TestChangeTime_formats(t *testing.T) {
	d, err := text.ParseString("#5.19.0\ndefs_state MIGRATE\nsuite s # begun:1 state:complete dur:01:30:00\n"+
		"calendar initTime:2026-Nov-24 17:02:22 suiteTime:2026-Nov-25 17:02:22 duration:24:00:00 initLocalTime:2026-Nov-24 17:02:22 lastTime:2026-Nov-24 17:02:22 calendarIncrement:01:00:00\nendsuite\n", text.Options{})
	require.NoError(t, err)
	for format, want := range map[string]string{"iso_extended": "2026-11-24T18:32:22", "iso": "20261124T183222", "simple": "2026-Nov-24 18:32:22", "x": "2026-Nov-24 18:32:22"} {
		got, err := call(t, "Node", "get_state_change_time", d.Suite("s"), format)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Equal(t, "not-a-date-time", changeTime(task(t, "t"), "iso"))
}

func TestDefs_suitesOfAnotherDefinition(t *testing.T) {
	one, other := defs.New(), defs.New()
	s, err := one.AddSuite("s")
	require.NoError(t, err)
	_, err = call(t, "Defs", "add_suite", other, obj(s))
	require.ErrorContains(t, err, "Place Suite failed: The suite of name 's' already owned by another Defs")
	require.NoError(t, do(t, "Defs", "add", other, rest("", []Value{object(s)})))
	require.NotSame(t, s, other.Suite("s"))
	require.Same(t, one, s.Defs())
	require.NoError(t, s.Remove())
	three := defs.New()
	require.Error(t, do(t, "Defs", "add", three, rest("", []Value{object(s), pair("A", "1"), {Kind: Int}})))
	require.Nil(t, s.Defs())
	require.Empty(t, three.UserVariables())
	require.NoError(t, do(t, "Defs", "add", three, rest("", []Value{object(s)})))
	require.Same(t, three, s.Defs())
}

func TestRestore_thatFailsLeavesTheDefinition(t *testing.T) {
	file := t.TempDir() + "/x.chk"
	d := newDefs()
	_, err := d.AddSuite("s")
	require.NoError(t, err)
	_, err = call(t, "Defs", "save_as_checkpt", d, file)
	require.NoError(t, err)
	o := newDefs()
	old, err := o.AddSuite("z")
	require.NoError(t, err)
	o.AddVariable(defs.Variable{Name: "U", Value: "1"})
	_, err = call(t, "Defs", "restore_from_checkpt", o, "/nonexisting")
	require.ErrorContains(t, err, "Defs::defs_restore_from_checkpt: DefsStructureParser::DefsStructureParser: Unable to open file! /nonexisting")
	require.NotNil(t, o.Suite("z"))
	_, err = call(t, "Defs", "restore_from_checkpt", o, file)
	require.NoError(t, err)
	require.Nil(t, o.Suite("z"))
	require.Nil(t, old.Defs())
	require.Same(t, o, o.Suite("s").Defs())
	require.Equal(t, []defs.Variable{{Name: "U", Value: "1"}}, o.UserVariables())
}

func TestRecord_roundTrip(t *testing.T) {
	src := "suite s\n  edit A 'it''s \\n'\n  clock real 1.1.2030 +60\n  endclock 1.2.2030 \n  limit l 3\n  repeat date YMD 20300101 20300131 2\n  family f\n    autocancel 3\n" +
		"    autorestore /s\n    inlimit -n /s:l 2\n    task t\n      trigger a == complete\n      trigger -a b == complete\n      complete 1 == 1\n      label x \"a\\nb\"\n" +
		"      meter m 0 10 5\n      event 1 e\n      event f set\n      defstatus suspended\n      late -s +00:10\n      time 10:00\n      today +01:00\n      date 1.*.2030\n      day monday\n" +
		"      cron -w 0,1 10:00 20:00 01:00\n      zombie user:fob:label:500\n      verify complete:2\n      queue q a b\n      generic g x y\n" +
		"      aviso --name av --listener '{ \"event\": \"e\" }'\n      mirror --name mi --remote_path /x\n  endfamily\nendsuite\n"
	d, err := text.ParseString(src, text.Options{})
	require.NoError(t, err)
	d.Find("/s/f/t").SetState(defs.Active)
	require.NoError(t, d.AddExtern("/a"))
	d.AddVariable(defs.Variable{Name: "V", Value: "x"})
	again, err := defsOfRecord(asValue(defsRecord(d)))
	require.NoError(t, err)
	require.Equal(t, string(text.Append(nil, d, text.Defs)), string(text.Append(nil, again, text.Defs)))
	require.True(t, d.Suite("s").Equal(again.Suite("s")))
	require.Equal(t, d.Externs(), again.Externs())
}

// asValue is a record as an argument.
func asValue(v any) *Value {
	switch v := v.(type) {
	case Record:
		out := &Value{Kind: Dict}
		for _, f := range v {
			out.L = append(out.L, word(f.Name), *asValue(f.Value))
		}
		return out
	case []any:
		out := &Value{Kind: List}
		for _, i := range v {
			out.L = append(out.L, *asValue(i))
		}
		return out
	case []string:
		out := &Value{Kind: List}
		for _, s := range v {
			out.L = append(out.L, word(s))
		}
		return out
	case string:
		return &Value{Kind: String, S: v}
	case bool:
		return &Value{Kind: Bool, I: int64(digit(v))}
	case int:
		return &Value{Kind: Int, I: int64(v)}
	}
	return &Value{Kind: Nil}
}

func TestRecord_thatIsNone(t *testing.T) {
	for _, bad := range []string{
		`1`, `{}`, `{"type":"task"}`, `{"type":"x","name":"t"}`, `{"type":"task","name":"a b"}`, `{"type":"task","name":"t","x":1}`,
		`{"type":"task","name":"t","attributes":["family f"]}`, `{"type":"task","name":"t","attributes":["time 10:00\nfamily f"]}`,
		`{"type":"task","name":"t","attributes":["time 10:00; family f"]}`, `{"type":"task","name":"t","attributes":[1]}`, `{"type":"task","name":"t","attributes":"time"}`,
		`{"type":"task","name":"t","meters":[1]}`, `{"type":"task","name":"t","meters":[{"name":"m","min":5,"max":1}]}`, `{"type":"task","name":"t","meters":[{"name":"m","max":1e30}]}`,
		`{"type":"task","name":"t","children":[{"type":"task","name":"u"}]}`, `{"type":"family","name":"t","children":[{"type":"suite","name":"u"}]}`,
		`{"type":"task","name":"t","state":"x"}`, `{"type":"task","name":"t","trigger":["a","b"]}`, `{"type":"suite","name":"t","trigger":"a"}`,
		`{"type":"task","name":"t","variables":{"a b":1}}`, `{"type":"task","name":"t","variables":{"a":[]}}`, `{"type":"task","name":"t","events":[{}]}`,
	} {
		var v any
		require.NoError(t, json.Unmarshal([]byte(bad), &v))
		_, err := nodeOfRecord(fromJSON(v))
		require.Error(t, err, bad)
		require.NotErrorIs(t, err, fault.Internal, bad)
	}
}

func fromJSON(v any) *Value {
	switch v := v.(type) {
	case map[string]any:
		out := &Value{Kind: Dict}
		for name, f := range v {
			out.L = append(out.L, word(name), *fromJSON(f))
		}
		return out
	case []any:
		out := &Value{Kind: List}
		for _, i := range v {
			out.L = append(out.L, *fromJSON(i))
		}
		return out
	case float64:
		return &Value{Kind: Int, I: int64(v)}
	}
	return asValue(v)
}

func TestHTML_isSafeAndBounded(t *testing.T) {
	n := defs.NewNodeUnchecked(defs.KindFamily, `<script>"x"&`)
	for i := range 3 * mostShown {
		require.NoError(t, n.AddChild(defs.NewNodeUnchecked(defs.KindTask, "t"+strings.Repeat("x", i%7)+string(rune('0'+i%10))+strings.Repeat("y", i/70)), -1))
	}
	out := nodesHTML([]*defs.Node{n})
	require.NotContains(t, out, "<script")
	require.NotContains(t, out, `"x"`)
	require.Contains(t, out, "more here")
	require.Less(t, len(out), 2<<20)
}

func TestWhy_namesWhatHolds(t *testing.T) { // recorded from 5.19.0
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	_, err = s.AddTask("t")
	require.NoError(t, err)
	for path, want := range map[string]string{
		"/s/t": "The definition state(unknown) is not queued or aborted.\nSUITE:/s (unknown) is not queued or aborted\nTASK:/s/t (unknown) is not queued or aborted",
		"":     "The definition state(unknown) is not queued or aborted.\nSUITE:/s (unknown) is not queued or aborted",
	} {
		why, err := askOf("WhyCmd", d, path)
		require.NoError(t, err)
		got, err := call(t, "WhyCmd", "why", why)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err = askOf("WhyCmd", d, "/x")
	require.ErrorContains(t, err, "WhyCmd: The node path parameter '/x' cannot be found.")
	_, err = askOf("UrlCmd", d, "")
	require.ErrorContains(t, err, "UrlCmd: The node path parameter is empty")
}

func askOf(class string, d *defs.Defs, path string) (any, error) {
	return member(&Classes()[ClassNumber(class)], "__init__").Forms[0].Call(nil, &Args{V: []Value{object(d), word(path)}})
}
