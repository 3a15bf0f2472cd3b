package model

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// call calls a member of a class by name, with values as in facts.
func call(t *testing.T, class, name string, self any, args ...any) (any, error) {
	t.Helper()
	m := member(&Classes()[ClassNumber(class)], name)
	require.NotNilf(t, m, "%s.%s", class, name)
	return invoke(m, self, args)
}

func made(t *testing.T, class string, args ...any) any {
	t.Helper()
	o, err := call(t, class, "__init__", nil, args...)
	require.NoError(t, err)
	return o
}

func num(n int64) json.Number { return number(n) }

func obj(o any) any { return o }

func TestAttributes_haveTheMembersOfEveryVersion(t *testing.T) {
	text, err := os.ReadFile("testdata/members.json")
	require.NoError(t, err)
	var union map[string]map[string]string
	require.NoError(t, json.Unmarshal(text, &union))
	require.Len(t, union, 38)
	kinds := map[string]MemberKind{"method": Method, "property": Property, "static": Static}
	for class, members := range union {
		n := ClassNumber(class)
		require.GreaterOrEqualf(t, n, 0, "no class %s", class)
		for name, kind := range members {
			if name == "__hash__" { // every object's own
				continue
			}
			m := member(&Classes()[n], name)
			require.NotNilf(t, m, "%s.%s is missing", class, name)
			require.Equalf(t, kinds[kind], m.Kind, "%s.%s", class, name)
			require.NotEmptyf(t, m.Doc, "%s.%s", class, name)
		}
	}
}

func TestAttributes_refuseWhatEndsTheOriginalsProcess(t *testing.T) {
	for _, c := range [][]any{
		{"TimeSlot", num(-1), num(0)}, {"TimeSlot", num(0), num(-1)}, {"TimeSeries", num(-1), num(0)}, {"Time", num(-1), num(0)},
		{"Today", num(0), num(-1)}, {"Autocancel", num(-1)}, {"Autocancel", num(-1), num(0), true}, {"Autocancel", num(100000000)},
		{"Autoarchive", num(-1), true}, {"Autoarchive", num(-1), num(0), true, true}, {"TimeSlot", num(math.MaxInt32), num(0)},
	} {
		_, err := call(t, c[0].(string), "__init__", nil, c[1:]...)
		require.ErrorIsf(t, err, fault.Index, "%v", c)
	}
	late := made(t, "Late")
	_, err := call(t, "Late", "active", late, num(-1), num(0))
	require.ErrorIs(t, err, fault.Index)
	require.True(t, late.(*defs.LateAttr).IsNull())
	cron := made(t, "Cron")
	_, err = call(t, "Cron", "set_time_series", cron, "")
	require.ErrorIs(t, err, fault.Argument)
	null, err := call(t, "Late", "active", late)
	require.NoError(t, err)
	_, err = call(t, "Time", "__init__", nil, obj(null))
	require.ErrorIs(t, err, fault.Index)
	zero := made(t, "RepeatInteger", "i", num(0), num(10), num(0))
	at, err := call(t, "RepeatInteger", "current_index", zero)
	require.NoError(t, err)
	require.Zero(t, at)
}

func TestAttributes_refuseAbsurdNumbers(t *testing.T) {
	_, err := call(t, "Meter", "__init__", nil, "m", num(0), num(math.MaxInt32+1))
	require.ErrorIs(t, err, fault.WrongType)
	_, err = call(t, "RepeatDateList", "__init__", nil, "d", []any{num(math.MaxInt64)})
	require.ErrorIs(t, err, fault.WrongType)
	for _, year := range []string{"99991231T000000", "16000101T000000"} {
		_, err = call(t, "RepeatDateTime", "__init__", nil, "d", year, "20300101T000000")
		require.ErrorIs(t, err, fault.Argument, year)
	}
	clock := made(t, "Clock", false)
	_, err = call(t, "Clock", "set_gain", clock, num(math.MaxInt32), num(math.MaxInt32), true)
	require.ErrorIs(t, err, fault.Index)
	flag := new(defs.Flag)
	_, err = member(&Classes()[ClassNumber("Flag")], "set").Forms[0].Call(flag, &Args{V: []Value{{Kind: Int, I: 300}}})
	require.ErrorIs(t, err, fault.Argument)
	require.Zero(t, *flag)
	limit := made(t, "Limit", "l", num(1))
	for _, path := range []string{"/a", "/b"} {
		_, err = call(t, "Limit", "increment", limit, num(math.MaxInt32), path)
		require.NoError(t, err)
	}
}

func TestCron_isAsItWasAfterAnError(t *testing.T) { // the original's is not
	cron := made(t, "Cron", "10:00")
	_, err := call(t, "Cron", "set_week_days", cron, []any{num(1)})
	require.NoError(t, err)
	for _, c := range [][]any{{"set_week_days", []any{num(2), num(7)}}, {"set_last_week_days_of_the_month", []any{num(0), num(1)}}} {
		_, err = call(t, "Cron", c[0].(string), cron, c[1])
		require.Error(t, err)
		require.Equal(t, "cron -w 1 10:00", cron.(*defs.CronAttr).String())
	}
}

func TestAutorestore_tellsItsNodes(t *testing.T) { // 5.19.0 cannot, 5.9.2 can
	paths, err := call(t, "Autorestore", "nodes_to_restore", made(t, "Autorestore", []any{"/s/f", "t"}))
	require.NoError(t, err)
	require.Equal(t, []string{"/s/f", "t"}, paths)
}

func TestRepeat_isTheNodesOwn(t *testing.T) {
	n, err := defs.NewTask("t")
	require.NoError(t, err)
	date := made(t, "RepeatDate", "d", num(20100101), num(20100103))
	require.NoError(t, n.SetRepeat(repeatOf(&Args{V: []Value{{Kind: Object, O: date}}}, 0)))
	r := wrapRepeat(n)
	// Recorded from 5.19.0: value, current_index and current_value, step by step.
	for _, want := range [][3]int64{{20100101, 0, 20100101}, {20100102, 1, 20100102}, {20100103, 2, 20100103}, {20100103, 3, 20100104}} {
		var got [3]int64
		for i, name := range []string{"value", "current_index", "current_value"} {
			v, err := call(t, "Repeat", name, r)
			require.NoError(t, err)
			got[i] = v.(int64)
		}
		require.Equal(t, want, got)
		_, err := call(t, "Repeat", "increment", r)
		require.NoError(t, err)
	}
	require.False(t, n.Repeat().Valid(), "the node has made the steps")
	require.True(t, date.(*defs.RepeatDate).Valid(), "what it was made of has not")
	eq, err := call(t, "Repeat", "__eq__", r, obj(wrapRepeat(n)))
	require.NoError(t, err)
	require.Equal(t, true, eq)
}

func TestRepeat_ofTextsGoesOnPastTheEnd(t *testing.T) {
	r := &Repeat{of: made(t, "RepeatEnumerated", "e", []any{"10", "b"}).(*defs.RepeatEnumerated)}
	for _, want := range []struct {
		value, index int64
		current      string
	}{{10, 0, "10"}, {1, 1, "b"}, {1, 2, ""}, {1, 3, ""}} {
		require.Equal(t, want.value, r.of.LastValid())
		require.Equal(t, want.index, r.of.CurrentIndex())
		require.Equal(t, want.current, currentValue(r.of))
		require.NoError(t, r.increment())
	}
}

func TestRepeat_ofANodeWithoutOneIsEmpty(t *testing.T) {
	n, err := defs.NewTask("t")
	require.NoError(t, err)
	r := wrapRepeat(n)
	for name, want := range map[string]any{"empty": true, "name": "", "value": 0, "current_index": 0, "current_value": nil, "__str__": "", "increment": nil} {
		got, err := call(t, "Repeat", name, r)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
	}
	copied, err := call(t, "Repeat", "__copy__", r)
	require.NoError(t, err)
	eq, err := call(t, "Repeat", "__eq__", r, obj(copied))
	require.NoError(t, err)
	require.Equal(t, true, eq)
	require.Nil(t, repeatOf(&Args{V: []Value{{Kind: Object, O: r}}}, 0))
	require.Nil(t, repeatOf(&Args{V: []Value{{Kind: Object, O: n}}}, 0))
}

func TestCopies_shareNothing(t *testing.T) {
	limit := made(t, "Limit", "l", num(5)).(*defs.Limit)
	limit.Increment(1, "/a")
	c, err := call(t, "Limit", "__copy__", limit)
	require.NoError(t, err)
	c.(*defs.Limit).Increment(1, "/b")
	require.Equal(t, []string{"/a"}, limit.Paths)
	e := made(t, "Expression", "a == 1").(*defs.Expression)
	partList, err := call(t, "Expression", "parts", e)
	require.NoError(t, err)
	partList.([]any)[0].(*defs.PartExpression).Text = "b"
	require.Equal(t, "a == 1", e.String())
}

func TestTrigger_namesNodesInDefinitionsByPath(t *testing.T) {
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	task, err := s.AddTask("t")
	require.NoError(t, err)
	trigger := made(t, "Trigger", []any{obj(s), obj(task)})
	require.Equal(t, "s == complete AND /s/t == complete", trigger.(*Trigger).text())
}

func TestAttributes_thatOnlyOldVersionsMakeOfNothing(t *testing.T) { // recorded from 5.9.2
	require.Equal(t, "autorestore", made(t, "Autorestore").(*defs.AutoRestore).String())
	z := made(t, "ZombieAttr")
	require.Equal(t, "zombie not_set:block::0", z.(*defs.ZombieAttr).String())
	empty, err := call(t, "ZombieAttr", "empty", z)
	require.NoError(t, err)
	require.Equal(t, true, empty)
}

// FuzzAttributes gives constructors texts and numbers of all kinds; none may panic.
func FuzzAttributes(f *testing.F) {
	f.Add(uint8(ClassNumber("Cron")), "10:00 20:00 01:00", "x", int64(1), int64(-1), true)
	f.Add(uint8(ClassNumber("Date")), "29.2.2100", "", int64(0), int64(20100101), false)
	f.Add(uint8(ClassNumber("RepeatDateTime")), "d", "99991231T000000", int64(1<<40), int64(-1<<63), false)
	f.Fuzz(func(t *testing.T, class uint8, s1, s2 string, n1, n2 int64, b bool) {
		first := ClassNumber("Expression")
		n := first + int(class)%(ClassNumber("Repeat")-first+1)
		pool := map[string][]Value{
			"str": {{Kind: String, S: s1}, {Kind: String, S: s2}, {Kind: String, S: s1 + s2}}, "int": {{Kind: Int, I: n1}, {Kind: Int, I: n2}, {Kind: Int, I: n1 - n2}},
			"bool": {{Kind: Bool, I: int64(digit(b))}}, "list": {{Kind: List, L: []Value{{Kind: Int, I: n1}, {Kind: Int, I: n2}}}, {Kind: List, L: []Value{{Kind: String, S: s1}}}},
			"TimeSlot": {{Kind: Object, O: &defs.TimeSlot{}}}, "TimeSeries": {{Kind: Object, O: &defs.TimeSeries{}}}, "PartExpression": {{Kind: Object, O: &defs.PartExpression{Text: s1}}},
		}
		for _, form := range member(&Classes()[n], "__init__").Forms {
			var v []Value
			for i, p := range ParseSignature(form.Signature).Params {
				choices := pool[p.Type]
				switch {
				case p.Rest || p.Keys:
					v = append(v, Value{Kind: Dict, L: []Value{{Kind: String, S: s1}, pool["list"][0]}})
				case len(choices) == 0:
					v = append(v, Value{Kind: Int, I: n1})
				default:
					v = append(v, choices[i%len(choices)])
				}
			}
			o, err := form.Call(nil, &Args{V: v})
			if err != nil {
				continue
			}
			for _, m := range Classes()[n].Members {
				if params := ParseSignature(m.Forms[0].Signature).Params; m.Kind != Static && m.Name != "__init__" && len(params) == 0 {
					_, err := m.Forms[0].Call(o, &Args{})
					require.NoError(t, err, m.Name)
				}
			}
		}
	})
}
