package daemon

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/settings"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func terminalOf(env map[string]string) (*terminal.Terminal, *bytes.Buffer) {
	var out bytes.Buffer
	return &terminal.Terminal{
		Out: &out, Err: io.Discard, Env: func(name string) (string, bool) { value, found := env[name]; return value, found },
	}, &out
}

func TestHostOf(t *testing.T) {
	home := t.TempDir()
	term, _ := terminalOf(map[string]string{"HOME": home, "USER": "fred"})
	require.Equal(t, "node17", hostOf(term, "node17", "3141"))
	rc := filepath.Join(home, ".ecflowrc")
	require.NoError(t, os.Mkdir(rc, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(rc, "node.fred.3141"), []byte("node04\n"), 0o600))
	require.Equal(t, "node04", hostOf(term, "node17", "3141"))
	require.Equal(t, "node17", hostOf(term, "node17", "3142"))
	require.Equal(t, "desk", hostOf(term, "desk", "3141"))
	require.NoError(t, os.WriteFile(filepath.Join(rc, "vm.fred.3141"), nil, 0o600))
	require.Equal(t, "vm", hostOf(term, "vm", "3141"))
}

func TestSetAside(t *testing.T) {
	home := t.TempDir()
	term, out := terminalOf(nil)
	b := &background{t: term}
	require.NoError(t, b.setAside(home, "h.1"), "nothing is there yet")
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(home, name), []byte(text), 0o600))
	}
	for _, name := range []string{"h.1.check", "h.1.check.b", "h.1.ecf.log", "h.1.ecf.out", "h.2.check"} {
		write(name, name)
	}
	require.NoError(t, b.setAside(home, "h.1"))
	for _, name := range []string{"h.1.check", "h.1.check.b", "h.1.ecf.log", "h.1.ecf.out"} {
		text, err := os.ReadFile(filepath.Join(home, "log", name))
		require.NoError(t, err)
		require.Equal(t, name, string(text))
		require.FileExists(t, filepath.Join(home, name))
	}
	require.NoFileExists(t, filepath.Join(home, "log", "h.2.check"))
	require.Empty(t, out.String())

	require.NoError(t, os.Truncate(filepath.Join(home, "h.1.ecf.log"), large+1))
	require.NoError(t, b.setAside(home, "h.1"))
	require.NoFileExists(t, filepath.Join(home, "h.1.ecf.log"))
	require.Contains(t, out.String(), "Moving, compressing logfile 100mb h.1.ecf.log.")
	packed, err := filepath.Glob(filepath.Join(home, "log", "h.1.ecf.log.*.log.gz"))
	require.NoError(t, err)
	require.Len(t, packed, 1)
	f, err := os.Open(packed[0])
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	unpacked, err := gzip.NewReader(f)
	require.NoError(t, err)
	size, err := io.Copy(io.Discard, unpacked)
	require.NoError(t, err)
	require.EqualValues(t, large+1, size)
}

// The lines are those of 5.19.0.
func TestLoaded(t *testing.T) {
	t.Chdir(t.TempDir())
	read := func(env map[string]string) *settings.Settings {
		set, err := settings.Read(settings.Given{Host: "vm", Args: []string{"--port", "27831"}, Env: func(name string) (string, bool) {
			value, found := env[name]
			return value, found
		}})
		require.NoError(t, err)
		return set
	}
	require.Equal(t, `Loaded server permissions based on Nodes
*** Password file not loaded: file 'vm.27831.ecf.passwd' does not exist
*** Custom Password file not loaded: file 'vm.27831.ecf.custom_passwd' does not exist
`, loaded(read(nil)))
	for _, name := range []string{"lists", "good", "vm.27831.ecf.custom_passwd"} {
		require.NoError(t, os.WriteFile(name, nil, 0o600))
	}
	set := read(map[string]string{"ECF_LISTS": "lists", "ECF_PASSWD": "good"})
	require.Equal(t, `Loaded server permissions based on Nodes
*** Password file located at 'good'
*** Password file successfully loaded
*** Custom Password file located at 'vm.27831.ecf.custom_passwd'
*** Custom Password file successfully loaded
*** White list file loaded from 'lists'
Loaded server permissions based on Whitelist file
`, loaded(set))
	require.True(t, strings.HasSuffix(dump(set), "ECF_SSL = \nECF_LISTS = ''\n No users specified. Everyone has read/write access\n\n"))
}
