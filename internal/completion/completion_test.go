package completion_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/completion"
)

// lines are what a person has typed, and what can follow.
var lines = []struct {
	typed string
	want  []string // all of them, or with "..." as the last, some
}{
	{"ecflow_client --sus", []string{"--suspend"}},
	{"ecflow_client --zombie_", []string{"--zombie_adopt", "--zombie_block", "--zombie_fail", "--zombie_fob", "--zombie_get", "--zombie_kill", "--zombie_remove"}},
	{"ecflow_client --host=ops1 --por", []string{"--port"}},
	{"ecflow_client --", []string{"--abort", "--help", "--output", "--why", "..."}},
	{"ecflow_client --force=", []string{"unknown", "complete", "queued", "aborted", "submitted", "active", "set", "clear"}},
	{"ecflow_client --force=co", []string{"complete"}},
	{"ecflow_client --force a", []string{"aborted", "active"}},
	{"ecflow_client --force=complete re", []string{"recursive"}},
	{"ecflow_client --force complete recursive fu", []string{"full"}},
	{"ecflow_client --alter=", []string{"add", "change", "clear_flag", "delete", "set_flag", "sort"}},
	{"ecflow_client --alter=add l", []string{"label", "late", "limit"}},
	{"ecflow_client --alter change clock_", []string{"clock_date", "clock_gain", "clock_sync", "clock_type"}},
	{"ecflow_client --alter=set_flag k", []string{"killcmd_failed", "killed"}},
	{"ecflow_client --alter=add label ", nil},
	{"ecflow_client --query=", []string{"state", "dstate", "repeat", "event", "meter", "label", "limit", "limit_max", "variable", "trigger"}},
	{"ecflow_client --query repeat /s ", []string{"next", "prev"}},
	{"ecflow_client --event=done c", []string{"clear"}},
	{"ecflow_client --event=", nil},
	{"ecflow_client --file=/s/f/t:x job", []string{"job", "jobout"}},
	{"ecflow_client --host=ops1 --requeue=", []string{"abort", "force"}},
	{"ecflow_client --load=/nosuchdirectory/", nil},
	{"ecflow_client --load=all.def che", []string{"check_only"}},
	{"ecflow_client --load=su", []string{"suite.def"}},
	{"ecflow_client --load su", []string{"suite.def"}},
	{"ecflow_client --replace=/s su", []string{"suite.def"}},
	{"ecflow_client --help=defs/t", []string{"defs/task", "defs/time", "defs/today", "defs/trigger"}},
	{"ecflow_client --help alt", []string{"alter"}},
	{"ecflow_client --output=", []string{"json", "text"}},
	{"ecflow_client --nosuch=", nil},
	{"ecflow_client --ping ", nil},
}

// In bash the words come as they are: it cuts at = itself.
const bashDriver = `source "$1"; COMP_LINE=$2; COMP_POINT=${#2}; COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'; _ecflow_client; printf '%s\n' "${COMPREPLY[@]}"`

// The functions of zsh's completion system are not there without a terminal; these print what
// they are given.
const zshDriver = `
compdef() { : }
_describe() { local x; for x in ${(P)3}; do print -r -- ${x%%:*}; done }
compset() { PREFIX=${PREFIX#--*=} }
compadd() { shift; print -l -- $@ }
_files() { print -l -- ${PREFIX}*(N) }
source $1
words=(${(s: :)2}); [[ $2 == *' ' ]] && words+=('')
CURRENT=$#words; PREFIX=$words[CURRENT]
_ecflow_client | while read -r line; do [[ $line == ${PREFIX}* || $line == ${PREFIX#--*=}* ]] && print -r -- $line; done; true`

func TestScripts_completeWhatIsTyped(t *testing.T) {
	directory := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(directory, "suite.def"), nil, 0o600))
	for shell, call := range map[string]func(script, typed string) []string{
		"bash": func(script, typed string) []string {
			return []string{"--norc", "-c", bashDriver, "bash", script, typed}
		},
		"zsh": func(script, typed string) []string { return []string{"-f", "-c", zshDriver, "zsh", script, typed} },
		"fish": func(script, typed string) []string {
			return []string{"--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, typed}
		},
	} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skip(shell + " is not installed")
			}
			script := filepath.Join(t.TempDir(), "ecflow_client")
			require.NoError(t, os.WriteFile(script, []byte(completion.Script(shell)), 0o600))
			for _, c := range lines {
				cmd := exec.Command(shell, call(script, c.typed)...)
				cmd.Dir, cmd.Env = directory, append(os.Environ(), "HOME="+directory)
				out, err := cmd.CombinedOutput()
				require.NoError(t, err, "%s\n%s", c.typed, out)
				compare(t, c.typed, string(out), c.want)
			}
		})
	}
}

func compare(t *testing.T, typed, out string, want []string) {
	t.Helper()
	var have []string
	for line := range strings.Lines(out) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "\t") // fish describes behind a tab
		if option, value, found := strings.Cut(word, "="); found && strings.HasPrefix(option, "--") {
			word = value // and repeats the option
		}
		if word != "" {
			have = append(have, word)
		}
	}
	slices.Sort(have)
	if n := len(want); n > 0 && want[n-1] == "..." {
		require.Subset(t, have, want[:n-1], typed)
		return
	}
	want = slices.Sorted(slices.Values(want))
	require.Equal(t, want, have, typed)
}

func TestScripts_knowEveryOption(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish"} {
		for _, name := range command.HelpNames() {
			require.Contains(t, completion.Script(shell), name, shell)
		}
	}
	require.Empty(t, completion.Script("tcsh"))
}
