package cmdline

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// recorded is how many lines were.
const recorded = 8000

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
	if !slices.Equal(a.Requests, b.Requests) {
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

// String is what came of a line, on one line.
func (l *Line) String() string {
	return fmt.Sprintf("exit %d, err %q, out %q, requests %q", l.Exit, l.Err, l.Out, l.Requests)
}

// more is a recording of other lines, for those who look for more: see README.md.
var more = flag.String("more", "", "a recording of 5.19.0 to compare with instead")

// Every recorded line does with ours what it did with 5.19.0, or differs by a rule.
func TestCommandLines_areTheOriginals(t *testing.T) {
	lines, err := Load("5.19.0")
	require.NoError(t, err)
	require.Len(t, lines, recorded)
	if *more != "" {
		f, err := os.Open(*more)
		require.NoError(t, err)
		defer f.Close()
		lines, err = Read(f)
		require.NoError(t, err)
	}
	counts := replay(t, lines)
	t.Logf("%d lines, %d agree", len(lines), counts[""])
	for _, r := range rules {
		t.Logf("%5d differ by the rule %q: %s", counts[r.name], r.name, r.reason)
		if counts[r.name] == 0 && *more == "" {
			t.Errorf("the rule %q is not needed", r.name)
		}
	}
}

// replay gives recorded lines to ours, and counts by which rules they differ; "" is not at all.
func replay(t *testing.T, lines []Line) map[string]int {
	o := start(t)
	counts := map[string]int{}
	for i := range lines {
		original := &lines[i]
		got := o.run(original)
		differ := differences(original, got)
		at := slices.IndexFunc(rules, func(r rule) bool { return r.applies(original, got) })
		switch {
		case differ == "":
			counts[""]++
		case at < 0:
			t.Errorf("line %d: %q %v differs in %s\n  5.19.0: %s\n  ours:   %s", i, original.Args, original.Env, differ, original, got)
		default:
			counts[rules[at].name]++
		}
	}
	return counts
}

// What 5.9.2 and 5.19.0 both send is what ours sends: there is nothing that only suits one of them.
func TestCommandLines_sendWhatBothVersionsSend(t *testing.T) {
	old, err := Load("5.9.2")
	require.NoError(t, err)
	lines, err := Load("5.19.0")
	require.NoError(t, err)
	require.Len(t, old, len(lines))
	o := start(t)
	both, agree := 0, 0
	for i := range lines {
		require.Equal(t, old[i].Args, lines[i].Args)
		if differences(&old[i], &lines[i]) == "" {
			agree++
		}
		if len(lines[i].Requests) == 0 || !sameRequests(&old[i], &lines[i]) {
			continue
		}
		both++
		if got := o.run(&lines[i]); !sameRequests(got, &lines[i]) && !slices.ContainsFunc(rules, func(r rule) bool { return r.applies(&lines[i], got) }) {
			t.Errorf("%q: ours sends %q", lines[i].Args, got.Requests)
		}
	}
	t.Logf("5.9.2 and 5.19.0 do the same with %d lines of %d, and send the same requests for %d", agree, len(lines), both)
}

// The documentation tells of every rule.
func TestRules_areDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/compat-cli.md")
	require.NoError(t, err)
	for _, r := range rules {
		require.Contains(t, string(page), "| "+r.name+" |", "docs/compat-cli.md")
	}
}

// Recordings are of the lines that the generator makes.
func TestGenerate_isWhatWasRecorded(t *testing.T) {
	lines, err := Load("5.19.0")
	require.NoError(t, err)
	for i, l := range Generate(recorded, 1) {
		require.Equal(t, l.Args, lines[i].Args, i)
		require.Equal(t, l.Env, lines[i].Env, i)
	}
}
