package interop

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// ear listens as a server would, answers yes to everything, and keeps what it was asked.
type ear struct {
	port  string
	heard chan []byte
}

func listen(t *testing.T) *ear {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	e := &ear{heard: make(chan []byte, 1)}
	_, e.port, err = net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	yes, err := wire.EncodeReply(&wire.StcCmd{API: wire.StcOK})
	require.NoError(t, err)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			payload, err := wire.ReadFrame(conn, 0)
			if err == nil && wire.WriteFrame(conn, yes) == nil {
				e.heard <- payload
			}
			_ = conn.Close()
		}
	}()
	return e
}

// What is sent for a definition file is what the original client sends, byte for byte.
func TestLoad_sendsTheOriginalsBytes(t *testing.T) {
	s := start(t, realserver.Config{})
	if !s.Installation.AtLeast(5, 19) {
		t.Skip("the text of definitions is that of 5.19.0, whatever the server")
	}
	e := listen(t)
	files := map[string]string{
		"playground": playground,
		"externs": "extern /other/x\nextern /other:y\nsuite NAME # a comment; not split\n family f; task z; task b\n" +
			"   trigger /other/x == complete and ../f/a:1 == set or /other:y > 3\n   inlimit /nosuch:l\n   edit A 'b;c'\n" +
			"   label l \"two\\nlines\" # x\n  task a\n   event 1 e\n",
		"saved": "#5.9.2\ndefs_state MIGRATE state>:queued server_state:HALTED cal_count:7\nedit V 'w'\nhistory /NAME \bMSG:[a] :fred\bMSG:[b] :fred\n" +
			"suite NAME # begun:1 state:queued dur:00:01:00 flag:message\ncalendar initTime:2026-Nov-24 10:00:00 suiteTime:2026-Nov-24 10:01:00 duration:00:01:00 initLocalTime:2026-Nov-24 10:00:00 lastTime:2026-Nov-24 10:01:00 calendarIncrement:00:01:00\n" +
			"task t # state:aborted try:1 abort<:why not>abort passwd:abc rid:12\nmeter m 0 10 10 # 5\nendsuite\n",
	}
	for name, text := range files {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name+".def")
			text := replaceName(text, "s")
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			ours := s.Client()
			require.NoError(t, ours.SetHostPort("localhost", e.port))
			compare := func(send func() error, arguments ...string) {
				t.Helper()
				said, err := s.TryOriginal([]string{"ECF_PORT=" + e.port}, arguments...)
				require.NoError(t, err, said)
				want := string(<-e.heard)
				require.NoError(t, send())
				require.Equal(t, want, string(<-e.heard))
			}
			compare(func() error { return ours.Load(ctx, path, true, false) }, "--load="+path, "force")
			compare(func() error { return ours.Replace(ctx, "/s", path, true, false) }, "--replace=/s", path)

			printed, err := s.TryOriginal(nil, "--load="+path, "check_only", "print", "stats")
			require.NoError(t, err)
			o := s.Options()
			shown := ""
			o.Notify = heard(&shown)
			silent, err := client.New(o)
			require.NoError(t, err)
			_, err = silent.Do(ctx, "load", client.Args{"path_to_defs": path, "check_only": true, "print": true, "stats": true})
			require.NoError(t, err)
			require.Equal(t, printed, shown)
		})
	}
}

func replaceName(text, name string) string { return strings.ReplaceAll(text, "NAME", name) }

// heard collects what a client prints.
func heard(to *string) func(context.Context, client.Event) {
	return func(_ context.Context, e client.Event) {
		if e.Kind == client.Printed {
			*to += e.Text
		}
	}
}
