package wire_test

import (
	"bytes"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// fill sets every field to something that is neither zero nor the default, so
// that nothing is left out when written. Lists get two elements, the second a
// copy of the first.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type().Name() == "Scalar" {
			v.SetString("12.5")
			return
		}
		v.SetString("täxt \"\\\n\xff")
	case reflect.Int:
		v.SetInt(1)
		if v.Type().Name() == "int" {
			v.SetInt(-42)
		}
	case reflect.Int64:
		v.SetInt(-1 << 62)
	case reflect.Uint32:
		v.SetUint(1 << 31)
	case reflect.Uint64:
		v.SetUint(1 << 63)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth)
	case reflect.Slice:
		n := 2
		if depth > 2 {
			return // trees have to end
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		fill(v.Index(0), depth+1)
		v.Index(1).Set(v.Index(0))
	case reflect.Interface:
		v.Set(reflect.ValueOf(example(v.Type(), depth+1)))
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Name != "_" {
				fill(v.Field(i), depth)
			}
		}
	}
}

// example gives a filled value for an interface.
func example(t reflect.Type, depth int) any {
	var v any
	switch t {
	case reflect.TypeFor[wire.Request]():
		v = &wire.CtsCmd{}
	case reflect.TypeFor[wire.Reply]():
		v = &wire.SStringCmd{}
	case reflect.TypeFor[wire.TreeNode]():
		v = &wire.Task{}
	case reflect.TypeFor[wire.RepeatKind]():
		v = &wire.RepeatDateTimeList{}
	default:
		v = &wire.SuiteClockMemento{}
	}
	fill(reflect.ValueOf(v).Elem(), depth)
	return v
}

// enclose puts any message into a payload, and takes it out again.
func enclose(t *testing.T, v any) (payload []byte, open func([]byte) (any, error)) {
	var err error
	switch v := v.(type) {
	case wire.Request:
		payload, err = wire.EncodeRequest(v)
		open = func(b []byte) (any, error) { return wire.DecodeRequest(b) }
	case wire.Reply:
		payload, err = wire.EncodeReply(v)
		open = func(b []byte) (any, error) { return wire.DecodeReply(b) }
	case wire.Memento:
		payload, open = enclose(t, &wire.SSyncCmd{IncrementalChanges: wire.DefsDelta{
			CompoundMementos: []*wire.CompoundMemento{{Vec: []wire.Memento{v}}},
		}})
		outer := open
		open = func(b []byte) (any, error) {
			reply, err := outer(b)
			if err != nil {
				return nil, err
			}
			return reply.(*wire.SSyncCmd).IncrementalChanges.CompoundMementos[0].Vec[0], nil
		}
	case wire.TreeNode:
		payload, open = enclose(t, &wire.ChildrenMemento{Children: []wire.TreeNode{v}})
		outer := open
		open = func(b []byte) (any, error) {
			memento, err := outer(b)
			if err != nil {
				return nil, err
			}
			return memento.(*wire.ChildrenMemento).Children[0], nil
		}
	case wire.RepeatKind:
		payload, open = enclose(t, &wire.NodeRepeatMemento{Repeat: wire.Repeat{Kind: v}})
		outer := open
		open = func(b []byte) (any, error) {
			memento, err := outer(b)
			if err != nil {
				return nil, err
			}
			return memento.(*wire.NodeRepeatMemento).Repeat.Kind, nil
		}
	default:
		t.Fatalf("%T travels nowhere", v)
	}
	require.NoError(t, err)
	return payload, open
}

func TestEveryType_bothWays(t *testing.T) {
	names := wire.TypeNames()
	require.Len(t, names, 101)
	for _, name := range names {
		message := wire.New(name)
		require.Equal(t, name, wire.TypeName(message))
		fill(reflect.ValueOf(message).Elem(), 0)
		payload, open := enclose(t, message)
		require.Contains(t, string(payload), `"polymorphic_name": "`+name+`"`)
		back, err := open(payload)
		require.NoError(t, err, name)
		require.Equal(t, message, back, name)
		again, _ := enclose(t, back)
		require.Equal(t, string(payload), string(again), name)
		require.NotContains(t, wire.Describe(payload), "malformed", name)
	}
}

// Which types the recorded conversations show; the rest stands on the source
// of the original alone.
func TestEveryType_seenLive(t *testing.T) {
	var all strings.Builder
	for _, version := range golden.Versions() {
		exchanges, err := golden.Load(version)
		require.NoError(t, err)
		for _, x := range exchanges {
			all.Write(x.Request)
			all.Write(x.Reply)
		}
	}
	var unseen []string
	for _, name := range wire.TypeNames() {
		if !strings.Contains(all.String(), `"polymorphic_name": "`+name+`"`) {
			unseen = append(unseen, name)
		}
	}
	require.Equal(t, []string{"Alias", "NodeAvisoMemento", "Suite", "SuiteBeginDeltaMemento", "SuiteClockMemento"}, unseen)
	require.Contains(t, all.String(), `"polymorphic_id": 1073741824`, "an Alias travels without its name")
}

func TestTypeName(t *testing.T) {
	require.Equal(t, "CtsCmd", wire.TypeName(ping()))
	require.Empty(t, wire.TypeName(nil))
	require.Empty(t, wire.TypeName(5))
	require.Nil(t, wire.New("NoSuchCmd"))
}

// Servers let two replies of one type share one object, which then holds what
// the last request got.
func TestDecodeReply_sharedInGroup(t *testing.T) {
	for _, version := range golden.Versions() {
		exchanges, err := golden.Load(version)
		require.NoError(t, err)
		shared := 0
		for _, x := range exchanges {
			reply, err := wire.DecodeReply(x.Reply)
			require.NoError(t, err)
			group, ok := reply.(*wire.GroupSTCCmd)
			if !ok {
				continue
			}
			for i, a := range group.Commands {
				for _, b := range group.Commands[:i] {
					if a == b {
						shared++
						require.NotEqual(t, "ErrorCmd", wire.TypeName(a))
					}
				}
			}
		}
		require.Positive(t, shared, version)
	}
}

// A request as real servers take it, though no client writes it so.
func TestDecodeRequest_tolerance(t *testing.T) {
	payload, err := wire.EncodeRequest(ping())
	require.NoError(t, err)
	usual := string(payload)
	replace := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(usual) }
	for name, document := range map[string]string{
		"as written":             usual,
		"compact":                replace("\n", "", ": ", ":"),
		"spread out":             replace("\n", "\r\n\t ", ":", " : "),
		"other outer name":       replace("21ClientToServerRequest", "whatever"),
		"in an array":            "[" + usual[strings.Index(usual, ": ")+2:len(usual)-1] + "]",
		"base by another name":   replace("value0", "base"),
		"required out of order":  replace("\"api_\": 8\n", "\"api_\": 8,\n\"extra\": [{}]\n"),
		"other ids":              replace("2147483649", "2147483700"),
		"versions not looked at": replace("version\": 0", "version\": 7"),
	} {
		request, err := wire.DecodeRequest([]byte(document))
		require.NoError(t, err, name)
		require.Equal(t, ping(), request, name)
	}
	for name, document := range map[string]string{
		"nothing":           "",
		"trailing text":     usual + "x",
		"unknown type":      replace("CtsCmd", "NoSuchCmd"),
		"a reply":           replace("CtsCmd", "StcCmd"),
		"null":              `{"21ClientToServerRequest": {"cmd_": {"polymorphic_id": 0}}}`,
		"api_ missing":      replace("api_", "apx_"),
		"api_ as float":     replace("8\n", "8.0\n"),
		"api_ as string":    replace("8\n", "\"8\"\n"),
		"api_ negative":     replace("\"api_\": 8", "\"api_\": -8"),
		"user_ missing":     replace("user_", "usex_"),
		"extra before base": replace("\"value0\"", "\"extra\": 1,\n\"value0\""),
	} {
		request, err := wire.DecodeRequest([]byte(document))
		require.ErrorIs(t, err, fault.Protocol, name)
		require.Nil(t, request, name)
	}
}

// The password comes before cu_; where it stands elsewhere, servers do not see
// it, and neither do we.
func TestDecodeRequest_optionalOutOfPlace(t *testing.T) {
	request := ping()
	request.Password, request.Custom = "xyz", true
	payload, err := wire.EncodeRequest(request)
	require.NoError(t, err)
	document := string(payload)
	require.Contains(t, document, "\"user_\": \"fred\",\n\"pswd_\": \"xyz\",\n\"cu_\": true\n")
	swapped := strings.Replace(document, "\"pswd_\": \"xyz\",\n\"cu_\": true", "\"cu_\": true,\n\"pswd_\": \"xyz\"", 1)
	back, err := wire.DecodeRequest([]byte(swapped))
	require.NoError(t, err)
	require.Empty(t, back.(wire.UserRequest).AsUser().Password)
	require.True(t, back.(wire.UserRequest).AsUser().Custom)
	require.Equal(t, "ecfhost", *back.Host())
}

func TestStats_byVersion(t *testing.T) {
	for version, want := range map[string]uint32{"5.9.2": 0, "5.13.8": 0, "5.19.0": 2} {
		exchanges, err := golden.Load(version)
		require.NoError(t, err)
		found := false
		for _, x := range exchanges {
			reply, err := wire.DecodeReply(x.Reply)
			require.NoError(t, err)
			if s, ok := reply.(*wire.SStatsCmd); ok {
				found = true
				require.Equal(t, want, s.Stats.Version)
				require.Contains(t, s.Stats.ServerVersion, version)
				require.Equal(t, want >= 1, s.Stats.Metrics != nil)
				if want >= 2 {
					require.Equal(t, "PLAIN", s.Stats.Protocol)
					require.Equal(t, "pid", s.Stats.Metrics.List[0].Name)
				}
			}
		}
		require.True(t, found)
	}
}

func TestCodec_manyGoroutines(t *testing.T) {
	exchanges, err := golden.Load("5.19.0")
	require.NoError(t, err)
	exchanges = exchanges[len(exchanges)-100:]
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, x := range exchanges {
				reply, err := wire.DecodeReply(x.Reply)
				if err != nil {
					t.Error(err)
					return
				}
				payload, err := wire.EncodeReply(reply)
				if err != nil || !bytes.Equal(x.Reply, payload) {
					t.Error("payload differs", err)
					return
				}
			}
		})
	}
	wait.Wait()
}
