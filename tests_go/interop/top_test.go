//go:build unix

package interop

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// A plain server and one with TLS side by side, on a real terminal: what is drawn, and what keys do.
func TestTop_onATerminal(t *testing.T) {
	plain, secure := start(t, realserver.Config{}), start(t, realserver.Config{TLS: realserver.ServerFiles})
	for server, suite := range map[*realserver.Server]string{plain: "plainsuite", secure: "securesuite"} {
		d, err := text.ParseString("suite "+suite+"\n  family f\n    task mytask\n      trigger 1 == 0\n  endfamily\nendsuite\n", text.Options{})
		require.NoError(t, err)
		require.NoError(t, server.Client().LoadDefs(ctx, d, false))
	}
	master, tty, err := pty.Open()
	require.NoError(t, err)
	defer master.Close()
	require.NoError(t, pty.Setsize(master, &pty.Winsize{Rows: 30, Cols: 120}))
	screen := vt.NewSafeEmulator(120, 30)
	go func() { _, _ = io.Copy(screen, master) }()
	go func() { _, _ = io.Copy(master, screen) }() // what a terminal answers when it is asked what it is
	variables := append(secure.Environment(), "LC_ALL=C.UTF-8")
	finished := make(chan int, 1)
	var diagnostics bytes.Buffer
	go func() {
		defer tty.Close()
		finished <- app.Run(context.Background(), &terminal.Terminal{In: tty, Out: tty, Err: &diagnostics, InIsTerminal: true, OutIsTerminal: true,
			Env: func(name string) (string, bool) {
				for _, one := range variables {
					if value, found := strings.CutPrefix(one, name+"="); found {
						return value, true
					}
				}
				return "", false
			}}, []string{"top", "--interval", "200ms", "localhost:" + plain.Port, "tls://localhost:" + secure.Port})
	}()
	appears := func(words string) {
		t.Helper()
		shown := func() bool { return strings.Contains(screen.String(), words) }
		if !assert.Eventually(t, shown, 20*time.Second, 20*time.Millisecond) {
			t.Fatalf("%q does not appear:\n%s", words, screen.String())
		}
	}
	press := func(keys ...string) {
		for _, key := range keys {
			_, err := master.WriteString(key)
			require.NoError(t, err)
			time.Sleep(50 * time.Millisecond)
		}
	}
	suspended := func(server *realserver.Server, path string, want bool) {
		t.Helper()
		c := server.Client()
		require.Eventually(t, func() bool {
			require.NoError(t, c.Sync(ctx, false))
			return c.Defs().Find(path).Suspended() == want
		}, 20*time.Second, 100*time.Millisecond)
	}
	appears("plainsuite")
	appears("securesuite")
	press("/", "m", "y", "t", "a", "s", "k", "\r")
	appears("mytask")
	press("x", "s", "y")
	appears("suspend /plainsuite/f/mytask: done")
	suspended(plain, "/plainsuite/f/mytask", true)
	press(">", "x", "s", "n", "x", "s", "y")
	appears("suspend /securesuite/f/mytask: done")
	suspended(secure, "/securesuite/f/mytask", true)
	press("w")
	appears("is suspended")
	press("x", "b", "k", "y") // b is for suites alone
	appears("kill /securesuite/f/mytask: ")
	secure.Kill()
	appears("no connection")
	secure.StartAgain()
	appears("connected again")
	press("q")
	select {
	case code := <-finished:
		require.Zero(t, code, diagnostics.String())
	case <-time.After(20 * time.Second):
		t.Fatal("q does not leave")
	}
	require.Empty(t, diagnostics.String())
}
