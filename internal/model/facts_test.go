package model

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// oracleFact is a case with what the original answered to each of its steps.
type oracleFact struct {
	Case  [][]any `json:"case"`
	Gives []any   `json:"gives"`
}

func oracleFacts(t *testing.T) []oracleFact {
	t.Helper()
	f, err := os.Open("testdata/facts.json.gz")
	require.NoError(t, err)
	defer f.Close() //nolint:errcheck // read only
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	var all struct{ Facts []oracleFact }
	d := json.NewDecoder(z)
	d.UseNumber()
	require.NoError(t, d.Decode(&all))
	return all.Facts
}

func TestAttributes_answerAsTheOriginal(t *testing.T) {
	var wrong []string
	for _, f := range oracleFacts(t) {
		name, _ := json.Marshal(f.Case[0])
		if f.Gives == nil { // ended the original's process
			require.NotPanicsf(t, func() { answers(f.Case) }, "%s", name)
			continue
		}
		got := answers(f.Case)
		for i := range f.Gives {
			if got[i] == notOurs {
				continue
			}
			step, _ := json.Marshal(f.Case[i])
			if want := expected(f.Gives[i]); !reflect.DeepEqual(want, got[i]) {
				wrong = append(wrong, fmt.Sprintf("%s, step %s: want %v, got %v", name, step, want, got[i]))
			}
		}
	}
	require.Empty(t, wrong, strings.Join(wrong, "\n"))
}

// expected puts our kind of error where the original has it from casting items of lists.
func expected(fact any) any {
	e, ok := fact.(map[string]any)
	if !ok || e["error"] == nil {
		return fact
	}
	if text := e["message"].(string); strings.HasPrefix(text, "Unable to cast") || e["error"] == "TypeError" || e["error"] == "AttributeError" {
		if e["error"] == "RuntimeError" {
			e["error"] = "TypeError"
		}
		e["message"] = ""
	}
	return e
}

// notOurs stands for the answer to a step that is the node's or the language's.
const notOurs = "not ours"

// skipped is what is the node's or the language's part.
func skipped(step string, class *Class) bool {
	return step == "add" || step == "hash" || (step == "==" || step == "copy") && member(class, "__eq__") == nil
}

// answers runs a case and gives what record.py would.
func answers(steps [][]any) []any {
	var self any
	out := []any{nil}
	class := &Class{}
	if steps[0] != nil {
		var err error
		class = &Classes()[ClassNumber(steps[0][0].(string))]
		self, err = invoke(member(class, "__init__"), nil, steps[0][1:])
		out[0] = told(class.Name, self, err)
		if err != nil {
			return out
		}
	}
	for _, s := range steps[1:] {
		name := s[0].(string)
		if skipped(name, class) {
			out = append(out, notOurs)
			continue
		}
		out = append(out, answer(class, self, name, s[1:]))
	}
	return out
}

func answer(class *Class, self any, name string, args []any) any {
	special := map[string]string{"str": "__str__", "==": "__eq__", "<": "__lt__", "copy": "__copy__", "append": "add"}
	if s, ok := special[name]; ok {
		name = s
	}
	if c, m, ok := strings.Cut(name, "::"); ok {
		class, name = &Classes()[ClassNumber(c)], m
	}
	m := member(class, strings.TrimPrefix(name, "."))
	if m == nil {
		return map[string]any{"error": map[bool]string{true: "TypeError", false: "AttributeError"}[strings.HasPrefix(name, "__")], "message": ""}
	}
	result, err := invoke(m, self, args)
	switch {
	case name == "__eq__" && errors.Is(err, fault.WrongType): // NotImplemented
		return false
	case name == "__copy__":
		eq, _ := invoke(member(class, "__eq__"), self, []any{result})
		return []any{eq, reflect.TypeOf(result) == reflect.TypeOf(self), result == self}
	}
	return told(ParseSignature(m.Forms[len(m.Forms)-1].Signature).Returns, result, err)
}

func member(c *Class, name string) *Member {
	for i := range c.Members {
		if c.Members[i].Name == name {
			return &c.Members[i]
		}
	}
	return nil
}

// told is a result as record.py tells it.
func told(typ string, result any, err error) any {
	if err != nil {
		var e *fault.Error
		if !errors.As(err, &e) {
			return err.Error()
		}
		text, _, _ := strings.Cut(e.Msg, "\n")
		switch {
		case errors.Is(err, fault.WrongType):
			return map[string]any{"error": "TypeError", "message": ""}
		case errors.Is(err, fault.Index):
			return map[string]any{"error": "IndexError", "message": text}
		}
		return map[string]any{"error": "RuntimeError", "message": text}
	}
	if item, ok := strings.CutPrefix(typ, "List["); ok {
		typ = strings.TrimSuffix(item, "]")
	}
	if typ == "FlagTypeVec" {
		typ = "FlagType"
	}
	if v := reflect.ValueOf(result); v.Kind() == reflect.Slice {
		out := []any{}
		for i := range v.Len() {
			out = append(out, told(typ, v.Index(i).Interface(), nil))
		}
		return out
	}
	if enums[typ] {
		return map[string]any{"enum": typ, "int": number(result)}
	}
	switch v := result.(type) {
	case int, int64:
		return number(v)
	case nil, bool, string:
		return v
	}
	class := &Classes()[ClassOf(result)]
	text := "__str__"
	if class.Name == "PartExpression" {
		text = "get_expression"
	}
	s, _ := invoke(member(class, text), result, nil)
	return map[string]any{"class": class.Name, "str": s}
}

func number(v any) json.Number { return json.Number(fmt.Sprint(v)) }

var enums = map[string]bool{"State": true, "DState": true, "Days": true, "FlagType": true, "ZombieType": true, "ZombieUserActionType": true, "ChildCmdType": true}

// invoke chooses an overload by types, exactly and then leniently, as the binding does.
func invoke(m *Member, self any, args []any) (any, error) {
	for _, lenient := range []bool{false, true} {
		for _, f := range m.Forms {
			if v, ok := fit(ParseSignature(f.Signature), args, lenient); ok {
				return f.Call(self, &Args{V: v})
			}
		}
	}
	return nil, wrongf("no form of %s fits", m.Name)
}

func fit(s Signature, args []any, lenient bool) ([]Value, bool) {
	out := make([]Value, len(s.Params))
	var rest, keys []Value
	at := 0
	for _, a := range args {
		if kw, ok := a.(map[string]any); ok && kw["kw"] != nil {
			given := kw["kw"].(map[string]any)
			for _, name := range slices.Sorted(maps.Keys(given)) { // in the same order each time
				keys = append(keys, Value{Kind: String, S: name}, valueOf(given[name]))
			}
			continue
		}
		if at < len(s.Params) && !s.Params[at].Rest && !s.Params[at].Keys {
			out[at] = valueOf(a)
			at++
			continue
		}
		rest = append(rest, valueOf(a))
	}
	var unknown []Value
	for i := 0; i < len(keys); i += 2 {
		found := false
		for j, p := range s.Params {
			if p.Named && !p.Keys && p.Name == keys[i].S && out[j].Kind == Absent {
				out[j], found = keys[i+1], true
			}
		}
		if !found {
			unknown = append(unknown, keys[i:i+2]...)
		}
	}
	for i, p := range s.Params {
		switch {
		case p.Rest:
			out[i], rest = Value{Kind: List, L: rest}, nil
		case p.Keys:
			out[i], unknown = Value{Kind: Dict, L: unknown}, nil
		case out[i].Kind == Absent && p.Default == "", out[i].Kind != Absent && !fits(p.Type, out[i], lenient):
			return nil, false
		}
	}
	return out, len(rest) == 0 && len(unknown) == 0
}

func fits(typ string, v Value, lenient bool) bool {
	switch typ {
	case "str":
		return v.Kind == String
	case "int":
		return v.Kind == Int && v.S == "" || v.Kind == Bool
	case "bool":
		return v.Kind == Bool || lenient && (v.Kind == Int || v.Kind == Nil)
	case "list":
		return v.Kind == List
	case "object":
		return true
	}
	if enums[typ] {
		return v.Kind == Int && v.S == typ
	}
	return v.Kind == Object && Classes()[ClassOf(v.O)].Name == typ
}

func valueOf(x any) Value {
	switch x := x.(type) {
	case nil:
		return Value{Kind: Nil}
	case bool:
		return Value{Kind: Bool, I: int64(digit(x))}
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return Value{Kind: Int, I: n}
		}
		f, _ := x.Float64()
		return Value{Kind: Float, F: f}
	case string:
		return Value{Kind: String, S: x}
	case []any:
		v := Value{Kind: List}
		for _, item := range x {
			v.L = append(v.L, valueOf(item))
		}
		return v
	case map[string]any:
		if x["enum"] != nil {
			return Value{Kind: Int, S: x["enum"].(string), I: valueOf(x["int"]).I}
		}
		call := x["new"].([]any)
		if kind, ok := map[string]defs.Kind{"Task": defs.KindTask, "Family": defs.KindFamily, "Suite": defs.KindSuite}[call[0].(string)]; ok {
			return Value{Kind: Object, O: defs.NewNodeUnchecked(kind, call[1].(string))}
		}
		o, err := invoke(member(&Classes()[ClassNumber(call[0].(string))], "__init__"), nil, call[1:])
		if err != nil {
			panic(fmt.Sprint(call, err))
		}
		return Value{Kind: Object, O: o}
	}
	return Value{Kind: Object, O: x}
}
