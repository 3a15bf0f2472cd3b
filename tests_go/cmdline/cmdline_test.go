package cmdline

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// ours gives lines to our program, and fills in what it did.
type ours struct {
	server *Server
	home   string
}

func start(t *testing.T) *ours {
	server, err := Serve()
	require.NoError(t, err)
	t.Cleanup(server.Close)
	home := t.TempDir()
	require.NoError(t, Prepare(home))
	t.Chdir(home)
	return &ours{server, home}
}

// run is what ours does with a recorded line.
func (o *ours) run(recorded *Line) *Line {
	env := recorded.Environment(o.home, o.server.Port())
	var out, failed bytes.Buffer
	outside := &terminal.Terminal{
		In: strings.NewReader(""), Out: &out, Err: &failed,
		Env: func(name string) (string, bool) { value, ok := env[name]; return value, ok },
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	line := &Line{Args: recorded.Args, Env: recorded.Env}
	line.Exit = cli.Run(ctx, outside, line.Words(o.server.Port()))
	if ctx.Err() != nil {
		line.Exit = -1
	}
	line.Out, line.Err = Bytes(out.String()), Bytes(failed.String())
	for _, request := range o.server.Take() {
		line.Requests = append(line.Requests, Bytes(request))
	}
	line.Normal(o.home, o.server.Port())
	return line
}

// differences names what two runs of a line differ in.
func differences(a, b *Line) string {
	var d []string
	if a.Exit != b.Exit {
		d = append(d, "exit")
	}
	if strings.Join(text(a.Requests), "\x00") != strings.Join(text(b.Requests), "\x00") {
		d = append(d, "requests")
	}
	if a.Out != b.Out {
		d = append(d, "out")
	}
	if a.Err != b.Err {
		d = append(d, "err")
	}
	return strings.Join(d, " ")
}

func text(all []Bytes) []string {
	texts := make([]string, len(all))
	for i, b := range all {
		texts[i] = string(b)
	}
	return texts
}
