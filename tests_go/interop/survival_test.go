package interop

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// The command line leaves it to the server whether a changed value is well-formed, as the
// original's does. A server must live through that; what one would die of is refused.
func TestCommandLine_killsNoServer(t *testing.T) {
	server := realserver.Start(t, realserver.Selected(t), realserver.Config{})
	env := map[string]string{}
	for _, variable := range server.Environment() {
		name, value, _ := strings.Cut(variable, "=")
		env[name] = value
	}
	run := func(args ...string) (int, string) {
		var out, failed bytes.Buffer
		code := cli.Run(context.Background(), &terminal.Terminal{In: strings.NewReader(""), Out: &out, Err: &failed,
			Env: func(name string) (string, bool) { value, ok := env[name]; return value, ok }}, args)
		return code, failed.String()
	}
	path := filepath.Join(t.TempDir(), "s.def")
	require.NoError(t, os.WriteFile(path, []byte("suite s\n clock real 1\n repeat integer I 1 3\n limit l 3\n task t\n  trigger 1==1\n"+
		"  complete 1==0\n  event e\n  meter m 0 10 5\n  label l 'x'\n  late -s 00:01\n  time 10:00\n  today 11:00\n"), 0o600))
	code, text := run("--load", path)
	require.Zero(t, code, text)

	for _, change := range []string{
		"trigger|((|/s/t", "trigger||/s/t", "complete|é|/s/t", "clock_type|x|/s", "clock_date|x|/s", "clock_date||/s", "clock_date|99.99.99|/s", "clock_gain|x|/s",
		"event|(|set|/s/t", "event||set|/s/t", "event|e|x|/s/t", "meter|m|x|/s/t", "meter|(|1|/s/t", "label|(|x|/s/t", "label||x|/s/t", "late|x|/s/t", "late||/s/t", "late|\t|/s/t", "late|-s|/s/t",
		"time|x|y|/s/t", "time|10:00|+|/s/t", "time|10:00|10:00 20:00|/s/t", "today|11:00|99:99|/s/t", "limit_max|l|x|/s", "limit_max|(|1|/s", "limit_value|l|x|/s",
		"defstatus|x|/s/t", "defstatus||/s/t", "repeat|x|/s", "repeat||/s", "variable|(|x|/s", "variable||x|/s", "mirror|m||/s/t", "aviso|a||/s/t",
	} {
		code, text := run(append([]string{"--alter=change"}, strings.Split(change, "|")...)...)
		require.Equal(t, 1, code, "%q\n%s", change, text)
		code, text = run("--ping")
		require.Zero(t, code, "the server has died of %q\n%s", change, text)
	}
	for _, value := range []string{"", " ", "\t", "\n"} {
		for _, kind := range []string{"time", "today"} {
			_, text := run("--alter=change", kind, "10:00", value, "/s/t")
			require.Contains(t, text, "TimeSeries::create: Invalid time series :")
		}
	}
	code, text = run("--ping")
	require.Zero(t, code, text)
}
