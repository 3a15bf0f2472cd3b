package ecftest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

const clientName = "ecflow_client"

// programs is the directory of the links that make this program an ecflow_client; "" if Main was not called.
var programs struct {
	sync.Mutex
	dir string
}

// Main runs the tests, and makes the test program an ecflow_client for the jobs of servers:
//
//	func TestMain(m *testing.M) { os.Exit(ecftest.Main(m)) }
//
// It returns the program's exit code.
func Main(m *testing.M) int {
	if filepath.Base(os.Args[0]) == clientName {
		ctx, done := terminal.Interruptible()
		defer done()
		return cli.Run(ctx, terminal.System(), os.Args[1:])
	}
	dir, err := os.MkdirTemp("", "ecftest-")
	if err == nil {
		defer os.RemoveAll(dir)
		var self string
		if self, err = os.Executable(); err == nil {
			err = os.Symlink(self, filepath.Join(dir, clientName))
		}
	}
	if err == nil {
		programs.Lock()
		programs.dir = dir
		programs.Unlock()
	}
	return m.Run() // without the link, jobs take the ecflow_client in PATH
}

// Environment is that of the server's jobs, and of an ecflow_client that is to talk to it: as this process's, but for
// what steers ecFlow.
func (s *Server) Environment() []string {
	programs.Lock()
	dir := programs.dir
	programs.Unlock()
	var env []string
	path := "/usr/local/bin:/usr/bin:/bin"
	for _, v := range os.Environ() {
		name, value, _ := strings.Cut(v, "=")
		switch {
		case name == "PATH":
			path = value
		case !strings.HasPrefix(name, "ECF_") && name != "NO_ECF":
			env = append(env, v)
		}
	}
	if dir != "" {
		path = dir + string(os.PathListSeparator) + path
	}
	env = append(env, "PATH="+path, "ECF_HOST="+Host, "ECF_PORT="+s.port)
	if s.SSLDir != "" {
		env = append(env, "ECF_SSL=1", "ECF_SSL_DIR="+s.SSLDir)
	}
	if s.users != "" {
		env = append(env, "ECF_PASSWD="+s.users, "ECF_CUSTOM_PASSWD="+s.users, "ECF_USER="+s.config.users[0].name)
	}
	return env
}
