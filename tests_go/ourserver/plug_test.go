package ourserver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// A node goes from the original to ours and the other way, with its state.
func TestPlug_betweenServers(t *testing.T) {
	for _, one := range originals(t) {
		t.Run(one.Version, func(t *testing.T) {
			for _, c := range []struct {
				name string
				tls  realserver.FileNames
			}{{"plain", realserver.NoTLS}, {"tls", realserver.ServerFiles}} {
				t.Run(c.name, func(t *testing.T) {
					config := realserver.Config{TLS: c.tls, MakeFiles: sameFiles(t)}
					theirs, ours := realserver.Start(t, one, config), realserver.Start(t, one.WithServer(binary(t)), config)
					t.Run("to ours", func(t *testing.T) { plug(t, theirs, ours) })
					t.Run("to theirs", func(t *testing.T) { plug(t, ours, theirs) })
				})
			}
		})
	}
}

// sameFiles gives all servers of a user the same certificate, as servers of one account have it: the one that sends trusts
// its own.
func sameFiles(t *testing.T) func(directory, name, commonName string) {
	made := filepath.Join(t.TempDir(), "made")
	return func(directory, name, commonName string) {
		if _, err := os.Stat(made); err != nil {
			realserver.MakeCertificate(t, made, name, commonName)
		}
		require.NoError(t, os.CopyFS(directory, os.DirFS(made)))
	}
}

// plug moves a family, then a suite.
func plug(t *testing.T, from, to *realserver.Server) {
	t.Helper()
	ctx := t.Context()
	source, err := client.New(from.Options())
	require.NoError(t, err)
	target, err := client.New(to.Options())
	require.NoError(t, err)
	load := func(c *client.Client, definition string) {
		t.Helper()
		require.NoError(t, c.DeleteAll(ctx, true))
		d, err := text.ParseString(definition, text.Options{})
		require.NoError(t, err)
		require.NoError(t, c.LoadDefs(ctx, d, false))
	}
	load(source, rich)
	load(target, "suite there\n family f\n  task x\n endfamily\nendsuite\n")
	require.NoError(t, source.BeginAllSuites(ctx, false))
	require.NoError(t, source.ForceEvent(ctx, "set", "/s/f/a:e"))
	require.NoError(t, source.Alter(ctx, "change", "meter", "m", "7", "/s/f/a"))
	require.NoError(t, source.Alter(ctx, "change", "label", "l", "told\nmeanwhile", "/s/f/a"))
	require.NoError(t, source.ForceState(ctx, client.StateAborted, "/s/g/c"))
	require.NoError(t, source.Suspend(ctx, "/s/g/c"))
	before, there := plain(t, source), plain(t, target)
	address := "//localhost:" + to.Port

	// What is refused changes nothing on either side.
	for _, c := range []struct{ node, destination, why string }{
		{"/s/f", address + "/there", "f"}, // the name is there
		{"/s/f", address + "/nowhere", "nowhere"},
		{"/s/f", address, "Destination path can only be empty when moving a whole suite to a new server"},
		{"/s/f", "//localhost:1/there", "localhost:1"},
		{"/s/no", address + "/there", "Could not find source path /s/no"},
	} {
		err := source.Plug(ctx, c.node, c.destination)
		require.ErrorIs(t, err, client.Refused, "%v", c)
		require.ErrorContains(t, err, c.why)
		require.Equal(t, before, plain(t, source))
		require.Equal(t, there, plain(t, target))
	}

	family := block(t, before, "family g")
	require.NoError(t, source.Plug(ctx, "/s/g", address+"/there"))
	require.Equal(t, strings.Replace(before, family, "", 1), plain(t, source))
	require.Equal(t, family, block(t, plain(t, target), "family g"))

	suite := block(t, plain(t, source), "suite s")
	require.NoError(t, source.Plug(ctx, "/s", address))
	require.NotContains(t, plain(t, source), "suite s")
	require.Equal(t, suite, block(t, plain(t, target), "suite s"))
}

// plain is state without marks that somebody has edited a node, which plugging makes anew.
func plain(t *testing.T, c *client.Client) string {
	t.Helper()
	return strings.NewReplacer(" flag:message", "", ",message", "").Replace(state(t, c))
}

// block are the lines of a node, which is first, as "family g"; no other of its kind is within.
func block(t *testing.T, definition, first string) string {
	t.Helper()
	kind, _, _ := strings.Cut(first, " ")
	_, rest, found := strings.Cut("\n"+definition, "\n"+first+" ")
	inside, _, ends := strings.Cut(rest, "\nend"+kind)
	require.True(t, found && ends, "no %q in\n%s", first, definition)
	return "\n" + first + " " + inside + "\nend" + kind
}
