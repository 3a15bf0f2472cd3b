package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/daemon"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func TestChoose(t *testing.T) {
	type program = func(context.Context, *terminal.Terminal, []string) int
	for _, c := range []struct {
		line []string
		run  program
		args []string
	}{
		{nil, app.Run, nil},
		{[]string{"ecflow"}, app.Run, []string{}},
		{[]string{"/usr/bin/ecflow", "ping"}, app.Run, []string{"ping"}},
		{[]string{"ecflow", "client"}, cli.Run, []string{}},
		{[]string{"ecflow", "client", "--ping"}, cli.Run, []string{"--ping"}},
		{[]string{"ecflow", "ping", "client"}, app.Run, []string{"ping", "client"}},
		{[]string{"/a b/ecflow_client", "--ping"}, cli.Run, []string{"--ping"}},
		{[]string{"ecflow_client.exe"}, cli.Run, []string{}},
		{[]string{"ecflow_client", "client"}, cli.Run, []string{"client"}},
		{[]string{"ecflow_client", "ecflow", "--ping"}, cli.Run, []string{"ecflow", "--ping"}}, // the original pings
		{[]string{"ecflow_client", "--as=ecflow"}, app.Run, []string{}},
		{[]string{"ecflow_client", "--as=ecflow_server", "--port", "1"}, daemon.Run, []string{"--port", "1"}},
		{[]string{"ecflow_client", "--as=ecflow", "client", "x"}, app.Run, []string{"client", "x"}},
		{[]string{"ecflow_client", "--ping", "--as=ecflow"}, cli.Run, []string{"--ping", "--as=ecflow"}},
	} {
		run, args := choose(c.line)
		require.Equal(t, pointer(c.run), pointer(run), "%q", c.line)
		require.Equal(t, c.args, args, "%q", c.line)
	}
}

// The script finds the program beside it, however it is called itself.
func TestScript_findsItsNeighbour(t *testing.T) {
	script, err := filepath.Abs("ecflow.sh")
	require.NoError(t, err)
	folder := filepath.Join(t.TempDir(), "a folder's \"bin\" $HOME")
	other := filepath.Join(t.TempDir(), "else where")
	for _, path := range []string{folder, other} {
		require.NoError(t, os.Mkdir(path, 0o700))
	}
	text, err := os.ReadFile(script)
	require.NoError(t, err)
	write := func(path, text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o700)) }
	write(filepath.Join(folder, "ecflow"), string(text))
	write(filepath.Join(folder, "ecflow_client"), "#!/bin/sh\nprintf '[%s]' \"$@\"\nexit 7\n")
	write(filepath.Join(other, "ecflow_client"), "#!/bin/sh\necho the wrong one\n")
	link := func(target, name string) string {
		path := filepath.Join(other, name)
		require.NoError(t, os.Symlink(target, path))
		return path
	}
	absolute := link(filepath.Join(folder, "ecflow"), "absolute")
	relative, err := filepath.Rel(other, filepath.Join(folder, "ecflow"))
	require.NoError(t, err)
	link(relative, "relative")
	link("relative", "ecflow") // a link to a link
	for name, c := range map[string]struct {
		directory string
		command   []string
	}{
		"by its path":               {"/", []string{filepath.Join(folder, "ecflow")}},
		"by a link":                 {"/", []string{absolute}},
		"by a link to a link":       {"/", []string{filepath.Join(other, "ecflow")}},
		"by a path from here":       {folder, []string{"./ecflow"}},
		"from PATH":                 {"/", []string{"sh", "-c", `PATH=$1:$PATH; shift; ecflow "$@"`, "sh", folder}},
		"from PATH by a link":       {"/", []string{"sh", "-c", `PATH=$1:$PATH; shift; ecflow "$@"`, "sh", other}},
		"by a shell and its name":   {folder, []string{"sh", "ecflow"}},
		"by a shell, a link's name": {other, []string{"sh", "ecflow"}},
	} {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(c.command[0], append(c.command[1:], "one two", "", "*", `"'$x`)...)
			command.Dir = c.directory
			out, err := command.CombinedOutput()
			require.Equal(t, `[--as=ecflow][one two][][*]["'$x]`, string(out))
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit)
			require.Equal(t, 7, exit.ExitCode())
		})
	}
}

func pointer(f any) uintptr { return reflect.ValueOf(f).Pointer() }
