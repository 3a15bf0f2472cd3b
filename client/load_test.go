package client_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func definition(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.def")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestLoad_sendsWhatServersSurvive(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	path := definition(t, "# comment\n  extern /a/b\nextern\t/c\nsuite s\n  task t\n    label l \"extern\"\nendsuite\n")
	require.NoError(t, b.Load(ctx, path, true, false))
	load := p.seen()[0].(*wire.LoadDefsCmd)
	require.Equal(t, "#5.19.0\ndefs_state NET\n# comment\nsuite s\n  task t\n    label l \"extern\"\nendsuite\n", load.Defs)
	require.Equal(t, path, load.DefsFilename)
	require.True(t, load.Force)

	with := "#4.8.0\ndefs_state MIGRATE state:queued\nedit A 'x' # server\nsuite s\nendsuite\n"
	require.NoError(t, b.Load(ctx, definition(t, with), false, false))
	require.Equal(t, with, p.seen()[1].(*wire.LoadDefsCmd).Defs, "a heading is kept")

	require.NoError(t, b.Load(ctx, "suite s\nendsuite", false, false))
	inMemory := p.seen()[2].(*wire.LoadDefsCmd)
	require.Empty(t, inMemory.DefsFilename)
	require.Equal(t, "#5.19.0\nsuite s\nendsuite\n", inMemory.Defs, "without externs the server checks references")
}

func TestLoad_splitsStatementsAsTheOriginal(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	path := definition(t, "extern /x; suite s; task t # a; b\nedit A 'x;y'; edit B z\nlabel l 'p;q'\n;\n# c; d\ntask u;endsuite; extern /y\n")
	require.NoError(t, b.Load(ctx, path, false, false))
	require.Equal(t, "#5.19.0\ndefs_state NET\n suite s\n task t \nedit A 'x;y'; edit B z\nlabel l 'p;q'\n# c; d\ntask u\nendsuite\n",
		p.seen()[0].(*wire.LoadDefsCmd).Defs)
	history := "#5.9.2\ndefs_state MIGRATE\nhistory /s MSG:--group=a; b\nsuite s\nendsuite\n"
	require.NoError(t, b.Load(ctx, definition(t, history), false, false))
	require.Equal(t, history, p.seen()[1].(*wire.LoadDefsCmd).Defs, "what a server has written stays as it is")
}

func TestLoad_commentsAreNoStates(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	path := definition(t, "suite s # state:complete\n\tlimit L 5\t# 3 at once\n repeat integer R 1 9 #5 days\n label l 'a # b' # \"c\"\n edit V \"it's # here\" # d\n edit W a#b\nendsuite\n")
	require.NoError(t, b.Load(ctx, path, false, false))
	require.Equal(t, "#5.19.0\nsuite s\n\tlimit L 5\n repeat integer R 1 9\n label l 'a # b'\n edit V \"it's # here\"\n edit W a#b\nendsuite\n",
		p.seen()[0].(*wire.LoadDefsCmd).Defs)
	saved := "defs_state NET\nsuite s # state:complete\nendsuite\n"
	require.NoError(t, b.Load(ctx, definition(t, saved), false, false))
	require.Equal(t, saved, p.seen()[1].(*wire.LoadDefsCmd).Defs)
}

func TestLoad_checkOnlySendsNothing(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	require.NoError(t, b.Load(ctx, definition(t, "suite s\nendsuite\n"), false, true))
	require.Error(t, b.Load(ctx, definition(t, "sweet s\n"), false, true))
	_, err := b.Do(ctx, "load", client.Args{"path_to_defs": definition(t, "suite s\nendsuite\n"), "stats": true})
	require.ErrorIs(t, err, client.Unsupported)
	require.Empty(t, p.seen())
}

func TestLoad_refusesWhatIsNoDefinition(t *testing.T) {
	b := newBench(t, client.Options{})
	for name, text := range map[string]string{
		"prose":         "Dear all,\nhere is the suite\n",
		"passwd":        "root:x:0:0:root:/root:/bin/bash\n",
		"binary":        "\x7fELF\x02\x01\x01\x00",
		"task outside":  "task t\n",
		"unknown below": "suite s\n  famly f\nendsuite\n",
	} {
		err := b.Load(ctx, definition(t, text), false, false)
		require.ErrorIs(t, err, fault.Parse, name)
		require.Contains(t, client.Text(err), "LoadDefsCmd::LoadDefsCmd. Failed to parse file/definition ", name)
		var e *client.Error
		require.ErrorAs(t, err, &e)
		require.NotZero(t, e.Line, name)
	}
	require.ErrorIs(t, b.Load(ctx, "/nonexistent/x.def", false, false), client.NotFound)
	require.ErrorIs(t, b.Load(ctx, "", false, false), client.InvalidArgument)
}
