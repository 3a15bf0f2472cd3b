package client_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func definition(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.def")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// loaded is what a load sent, without the default server variables.
func loaded(r wire.Request) string {
	var b strings.Builder
	for line := range strings.Lines(r.(*wire.LoadDefsCmd).Defs) {
		if !strings.HasSuffix(line, " # server\n") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func TestLoad_sendsTheTreeAnew(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	path := definition(t, "# comment\n  extern /a/b\nsuite s # state:complete\r\n  task t; task u\n\tlimit L 5 # 3 at once\n    trigger /a/b == complete\n")
	require.NoError(t, b.Load(ctx, path, true, false))
	load := p.seen()[0].(*wire.LoadDefsCmd)
	require.Equal(t, "#5.19.0\ndefs_state NET cal_count:0\nsuite s\ntask t\ntask u\ntrigger /a/b == complete\nlimit L 5\nendsuite\n# enddef\n", loaded(load))
	require.Contains(t, load.Defs, "edit ECF_LOG 'desk.3141.ecf.log' # server\n")
	require.Equal(t, path, load.DefsFilename)
	require.True(t, load.Force)

	saved := "#4.8.0\ndefs_state MIGRATE state>:queued\nedit A 'x'\nsuite s # begun:1 state:queued\nlabel l \"a\" # \"b;c\"\nendsuite\n"
	require.NoError(t, b.Load(ctx, definition(t, saved), false, false))
	require.Equal(t, "#5.19.0\ndefs_state NET state>:queued cal_count:0\nedit A 'x'\nsuite s # begun:1 state:queued\nlabel l \"a\" # \"b;c\"\nendsuite\n# enddef\n", loaded(p.seen()[1]))

	require.NoError(t, b.Load(ctx, "suite s\nendsuite", false, false))
	require.Empty(t, p.seen()[2].(*wire.LoadDefsCmd).DefsFilename)
}

func TestLoad_ofATree(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	require.NoError(t, d.AddExtern("/x"))
	before := d.Revision()
	require.NoError(t, b.LoadDefs(ctx, d, true))
	load := p.seen()[0].(*wire.LoadDefsCmd)
	require.Equal(t, "#5.19.0\ndefs_state NET cal_count:0\nsuite s\nendsuite\n# enddef\n", loaded(load))
	require.True(t, load.Force)
	require.Empty(t, load.DefsFilename)
	require.Equal(t, before, d.Revision())

	task, err := s.AddTask("t")
	require.NoError(t, err)
	require.NoError(t, task.SetTrigger(defs.NewExpression("nosuch == complete")))
	err = b.LoadDefs(ctx, d, false)
	require.ErrorIs(t, err, fault.Check)
	require.Contains(t, client.Text(err), "Error: Expression node tree references failed for 'trigger nosuch == complete' at TASK:/s/t")
	require.ErrorContains(t, b.LoadDefs(ctx, nil, false), "The client definition is empty.")
	require.ErrorContains(t, b.ReplaceDefs(ctx, "/s", nil, true, true), "ReplaceNodeCmd::ReplaceNodeCmd: client definition is empty")
	_, err = b.Do(ctx, "load", client.Args{"defs": "x"})
	require.ErrorIs(t, err, fault.Argument)
	require.Len(t, p.seen(), 1)
}

func TestReplace(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	path := definition(t, "suite s\n family f\n  task t\n endfamily\nendsuite\n")
	require.NoError(t, b.Replace(ctx, "/s/f/t", path, false, true))
	r := p.seen()[0].(*wire.ReplaceNodeCmd)
	require.Equal(t, "/s/f/t", r.PathToNode)
	require.Equal(t, path, r.PathToDefs)
	require.False(t, r.CreateNodesAsNeeded)
	require.True(t, r.Force)
	require.True(t, strings.HasSuffix(r.ClientDefs, "suite s\nfamily f\ntask t\nendfamily\nendsuite\n# enddef\n"), r.ClientDefs)
	_, err := b.Do(ctx, "replace", client.Args{"path": "/s", "path_to_defs": path})
	require.NoError(t, err)
	require.True(t, p.seen()[1].(*wire.ReplaceNodeCmd).CreateNodesAsNeeded, "the two argument form makes parents")

	err = b.Replace(ctx, "/s/x", path, false, true)
	require.ErrorIs(t, err, client.NotFound)
	require.Contains(t, client.Text(err), "Cannot replace child since path /s/x, does not exist in the client definition "+path)
	err = b.Replace(ctx, "/s", definition(t, "sweet s\n"), false, true)
	require.ErrorIs(t, err, fault.Parse)
	require.Contains(t, client.Text(err), "ReplaceNodeCmd::ReplaceNodeCmd: Could not parse file ")
	require.Len(t, p.seen(), 2)
}

func TestLoad_checkOnlySendsNothing(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	path := definition(t, "suite s\n inlimit nosuch\nendsuite\n")
	require.NoError(t, b.Load(ctx, path, false, true))
	require.Equal(t, []client.Event{{Kind: client.Printed,
		Text: "Warning: SUITE /s has a inlimit nosuch, which cannot be found on the parent nodes\n"}}, b.journal.events)
	require.Error(t, b.Load(ctx, definition(t, "sweet s\n"), false, true))
	_, err := b.Do(ctx, "load", client.Args{"path_to_defs": path, "stats": true, "print": true})
	require.NoError(t, err)
	require.Contains(t, b.journal.events[1].Text, "suite s\ninlimit nosuch\nendsuite\n# enddef\nDefinition statistics\nNodes               1\n")
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
