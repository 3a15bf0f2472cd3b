package settings

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

// recorded is what an original server made of settings: testdata/README.md.
type recorded struct {
	Name   string
	Args   []string
	Env    map[string]string
	Cfg    *string
	Files  map[string]string
	Dirs   []string
	Exit   *int
	Vars   []string `json:"variables"`
	Stats  []string
	Stdout string
	Stderr string
	Made   []string
}

func recordings(t *testing.T, version string) []recorded {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", version+".jsonl.gz"))
	require.NoError(t, err)
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	require.NoError(t, err)
	var all []recorded
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one recorded
		require.NoError(t, json.Unmarshal(lines.Bytes(), &one))
		all = append(all, one)
	}
	require.NoError(t, lines.Err())
	require.Greater(t, len(all), 150)
	return all
}

const (
	host = "login7"
	port = "23456"
)

// place puts real names in, as the recorder did.
func place(text, dir string) string {
	text = strings.NewReplacer("PORT_", "PORT_", "_PORT", "_PORT", "PORT", port, "DIR", dir, "HOST", host).Replace(text)
	return text
}

func (r recorded) given(t *testing.T) (g Given, dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range r.Dirs {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
	}
	for name, text := range r.Files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	if r.Cfg != nil {
		require.NoError(t, os.WriteFile(filepath.Join(dir, FileName), []byte(place(*r.Cfg, dir)), 0o600))
	}
	var args []string
	for _, a := range r.Args {
		args = append(args, place(a, dir))
	}
	env := map[string]string{"HOME": dir}
	for name, value := range r.Env {
		env[name] = place(value, dir)
	}
	lookup := func(name string) (string, bool) { value, ok := env[name]; return value, ok }
	return Given{Args: args, Env: lookup, Dir: dir, Host: host, PID: 4711}, dir
}

// whole is the variables as --get_state shows them, with the names of the recording.
func whole(s *Settings, dir string) []string {
	var lines []string
	for _, v := range s.Variables() {
		value := strings.NewReplacer(dir, "DIR", host, "HOST", port, "PORT", "4711", "PID").Replace(v.Value)
		lines = append(lines, "edit "+v.Name+" '"+value+"' # server")
	}
	return lines
}

// meantDifferences are rows for which the original ends on an assertion, or goes on; ours says what is wrong.
var meantDifferences = map[string]string{
	"port '0' by option":      "", // any free port
	"port '0' by environment": "",
	"port '0' by file":        "",

	"ECF_LOG = '' by environment":           "No log file name specified. Please set in Server/server_environment.cfg or",
	"ECF_CHECK = '' by environment":         "No checkpoint file name specified. Please set in Server/server_environment.cfg or",
	"ECF_CHECKOLD = '' by environment":      "No old checkpoint file name specified. Please set in Server/server_environment.cfg or",
	"ECF_LISTS = '' by environment":         "No white list file name specified. Please set in Server/server_environment.cfg or",
	"ECF_PASSWD = '' by environment":        "No password file name specified. Please set in Server/server_environment.cfg or",
	"ECF_CUSTOM_PASSWD = '' by environment": "No custom password file name specified. Please set in Server/server_environment.cfg or",
	"ECF_LOG = '' by file":                  "No log file name specified. Please set in Server/server_environment.cfg or",
	"ECF_CHECK = '' by file":                "No checkpoint file name specified. Please set in Server/server_environment.cfg or",
	"ECF_CHECKOLD = '' by file":             "No old checkpoint file name specified. Please set in Server/server_environment.cfg or",
	"ECF_LISTS = '' by file":                "No white list file name specified. Please set in Server/server_environment.cfg or",
	"ECF_PASSWD = '' by file":               "No password file name specified. Please set in Server/server_environment.cfg or",
	"ECF_CUSTOM_PASSWD = '' by file":        "No custom password file name specified. Please set in Server/server_environment.cfg or",
}

// TestRead_asTheOriginal reads what original servers were given: the same variables in the same order, or the
// same refusal.
func TestRead_asTheOriginal(t *testing.T) {
	for _, r := range recordings(t, "5.19.0") {
		t.Run(r.Name, func(t *testing.T) {
			g, dir := r.given(t)
			s, err := Read(g)
			if err == nil && !s.Help && !s.ShowVersion {
				err = s.Check()
			}
			if meant, ok := meantDifferences[r.Name]; ok {
				if meant == "" {
					require.NoError(t, err)
					return
				}
				require.Equal(t, meant, firstLine(err))
				return
			}
			if strings.Contains(r.Stderr, "self-signed certificate") { // which files there are is for package certs to say
				require.NoError(t, err)
				require.True(t, s.TLS.Wanted)
				return
			}
			switch {
			case r.Exit == nil:
				require.NoError(t, err)
				if strings.Contains(r.Name, "last port") {
					require.Equal(t, 49150, s.Port)
					return
				}
				require.Equal(t, r.Vars, whole(s, dir))
				for _, line := range r.Stats {
					if mode, ok := strings.CutPrefix(line, "Check pt mode "); ok {
						require.Equal(t, strings.Replace(mode, "ON_ALWAYS", "ALWAYS", 1), s.CheckpointMode.String())
					}
				}
				require.Subset(t, []string{shown(s.Files().Log, dir), shown(s.Files().Checkpoint, dir), shown(s.Files().Backup, dir)}, r.Made)
			case *r.Exit == 0:
				require.NoError(t, err)
				require.True(t, s.Help || s.ShowVersion)
			default:
				require.Error(t, err)
				require.NotEqual(t, fault.Internal, fault.KindOf(err))
				want, _, _ := strings.Cut(place(r.Stderr, dir), "\n")
				require.Equal(t, want, firstLine(err))
				if strings.HasPrefix(want, "Could not load") { // the reason is in the second line
					require.Equal(t, strings.Split(place(r.Stderr, dir), "\n")[1], strings.Split(summary(err), "\n")[1])
				}
			}
		})
	}
}

func shown(path, dir string) string {
	return strings.NewReplacer(dir+"/", "", host, "HOST", port, "PORT").Replace(path)
}

func summary(err error) string {
	var e *fault.Error
	if err == nil {
		return ""
	}
	e, _ = err.(*fault.Error)
	return e.Summary()
}

func firstLine(err error) string {
	first, _, _ := strings.Cut(summary(err), "\n")
	return first
}

// TestRead_olderOriginal: 5.9.2 starts with what 5.19.0 starts with.
func TestRead_olderOriginal(t *testing.T) {
	older := map[string]recorded{}
	for _, r := range recordings(t, "5.9.2") {
		older[r.Name] = r
	}
	differs := []string{"http", "flag with a value", "word"}
	for _, r := range recordings(t, "5.19.0") {
		if o, ok := older[r.Name]; ok {
			if (o.Exit == nil) != (r.Exit == nil) {
				require.Contains(t, differs, r.Name)
			}
		}
	}
}
