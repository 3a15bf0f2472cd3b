package cli_test

import (
	"net"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cliargs"
	"github.com/ecflow-go/ecflow/internal/command"
)

// Whatever the environment asks for, help and version ask no server and read no file.
func TestRun_helpAndVersionTouchNothing(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	called := make(chan struct{})
	go func() {
		defer close(called)
		if conn, err := l.Accept(); err == nil {
			_ = conn.Close()
			t.Error("the server was called")
		}
	}()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	nowhere := t.TempDir() + "/nothing/here"
	env := map[string]string{
		"ECF_HOST": "127.0.0.1", "ECF_PORT": port, "ECF_SSL": "1", "ECF_SSL_DIR": nowhere, "HOME": nowhere, "ECF_HOSTFILE": nowhere,
		"ECF_PASSWD": nowhere, "ECF_CUSTOM_PASSWD": nowhere, "ECF_USER": "nobody", "ECF_AUTHTOKENS": nowhere, "ECF_HOST_PROTOCOL": "nonsense",
		"ECF_PROXY": "nonsense://", "ECF_TRYNO": "x", "ECF_TIMEOUT": "x",
	}
	for _, args := range []string{
		"--help", "-h", "--help=all", "--help=summary", "--help=event", "--help event", "--help=nosuch", "--help=defs/trigger", "--hel", "--version", "-v",
		"--version --help", "--ping --help=alter", "--ssl --help", "--ssl --version", "--https --version",
	} {
		got := run(t.Context(), env, "", strings.Fields(args)...)
		require.Zero(t, got.code, "%s\n%s", args, got.err)
		require.Empty(t, got.err, args)
		require.NotEmpty(t, got.out, args)
	}
	require.NoError(t, l.Close())
	<-called
}

// The examples of the help are command lines that the program understands.
func TestRun_examplesOfTheHelpMakeSense(t *testing.T) {
	understood := 0
	for _, name := range command.HelpNames() {
		h, _ := command.HelpFor(name)
		for _, e := range h.Examples {
			for _, words := range calls(e.Line) {
				line, err := cliargs.Parse(words, command.Options())
				require.NoError(t, err, e.Line)
				row, args := command.Chosen(line)
				if row == nil {
					_, help := line.Get("help")
					_, version := line.Get("version")
					require.True(t, help || version, e.Line)
					continue
				}
				_, err = row.Words(args)
				require.NoError(t, err, e.Line)
				understood++
			}
		}
	}
	require.Greater(t, understood, 150)
}

var expansion = regexp.MustCompile(`\$\([^)]*\)|\$\$|\$[A-Za-z_]+`)

// calls are the calls of ecflow_client in a line for a shell, with 1 for whatever the shell
// would put in.
func calls(line string) (found [][]string) {
	line = strings.ReplaceAll(line, "$(ecflow_client", "( ecflow_client")
	line = expansion.ReplaceAllString(line, "1")
	var words []string
	var word strings.Builder
	quote, open := rune(0), false
	end := func() {
		if open {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	stop := func() {
		end()
		if i := slices.Index(words, "ecflow_client"); i >= 0 {
			found = append(found, words[i+1:])
		}
		words = nil
	}
	for _, c := range line {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, open = c, true
		case quote == 0 && c == ' ':
			end()
		case quote == 0 && strings.ContainsRune("|;&()<>", c):
			stop()
		default:
			word.WriteRune(c)
			open = true
		}
	}
	stop()
	return found
}
