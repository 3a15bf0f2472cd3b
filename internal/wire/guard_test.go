package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func TestEncodeRequest_refusesWhatKillsServers(t *testing.T) {
	itself := &wire.GroupCTSCmd{}
	itself.Commands = []wire.Request{itself}
	for name, request := range map[string]wire.Request{
		"nothing":             nil,
		"nil pointer":         (*wire.CtsCmd)(nil),
		"no request":          &wire.CtsCmd{API: wire.CtsNoCmd},
		"unknown request":     &wire.CtsCmd{API: 19},
		"negative request":    &wire.CtsCmd{API: -1},
		"node request":        &wire.CtsNodeCmd{},
		"paths request":       &wire.PathsCmd{Paths: []string{"/s"}},
		"handle request":      &wire.ClientHandleCmd{API: 7},
		"check point mode":    &wire.CheckPtCmd{Mode: 4},
		"edit type":           &wire.EditScriptCmd{EditType: 5},
		"requeue option":      &wire.RequeueNodeCmd{Option: 3},
		"order option":        &wire.OrderNodeCmd{Option: 7},
		"sync request":        &wire.CSyncCmd{API: 4},
		"file":                &wire.CFileCmd{File: 6},
		"log request":         &wire.LogCmd{API: 5},
		"zombie action":       &wire.ZombieCmd{UserAction: 6},
		"alter":               &wire.AlterCmd{AddAttrType: 15},
		"alter flag":          &wire.AlterCmd{FlagType: 26},
		"extern":              &wire.LoadDefsCmd{Defs: "suite s\nendsuite\nextern /a/b"},
		"extern indented":     &wire.LoadDefsCmd{Defs: "  \textern\t/a/b:x\nsuite s\n"},
		"extern by itself":    &wire.LoadDefsCmd{Defs: "extern\r\n"},
		"extern behind one":   &wire.LoadDefsCmd{Defs: "suite s; endsuite; extern /a # really"},
		"null in a group":     &wire.GroupCTSCmd{Commands: []wire.Request{ping(), nil}},
		"deep in groups":      &wire.GroupCTSCmd{Commands: []wire.Request{&wire.GroupCTSCmd{Commands: []wire.Request{&wire.CtsCmd{}}}}},
		"group in itself":     itself,
		"base of a request":   &wire.UserCmd{User: "fred"},
		"number of 33 bits":   &wire.MeterCmd{Value: 1 << 32},
		"enumeration below 0": &wire.PathsCmd{API: -1},
	} {
		_, err := wire.EncodeRequest(request)
		require.ErrorIs(t, err, fault.Argument, name)
	}
	for name, request := range map[string]wire.Request{
		"first": &wire.CtsCmd{API: wire.CtsRestoreDefsFromCheckpt},
		"last":  &wire.CtsCmd{API: wire.CtsReloadCustomPasswdFile},
		"externs elsewhere": &wire.LoadDefsCmd{Defs: "suite externs\n externally x\nlabel extern 'a; extern b'\n" +
			"# extern /a; extern /b\nedit X 'a; extern /b'\nedit Y ';'\nsuite t # ; extern /a\n"},
		"empty group": &wire.GroupCTSCmd{},
	} {
		_, err := wire.EncodeRequest(request)
		require.NoError(t, err, name)
	}
}

// Two requests of a group may be one and the same object.
func TestEncodeRequest_sharedInGroup(t *testing.T) {
	one := ping()
	payload, err := wire.EncodeRequest(&wire.GroupCTSCmd{Commands: []wire.Request{one, ping(), one}})
	require.NoError(t, err)
	request, err := wire.DecodeRequest(payload)
	require.NoError(t, err)
	commands := request.(*wire.GroupCTSCmd).Commands
	require.Len(t, commands, 3)
	require.Same(t, commands[0], commands[2])
	require.NotSame(t, commands[0], commands[1])
}
