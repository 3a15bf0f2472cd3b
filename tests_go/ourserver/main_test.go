package ourserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// program is our server as a program: what ECFLOW_OUR_SERVER names, else built here.
var program = sync.OnceValues(func() (string, error) {
	if path := os.Getenv(realserver.OursVariable); path != "" {
		return path, nil
	}
	path := filepath.Join(built, "ecflow_server")
	out, err := exec.Command("go", "build", "-o", path, "../../cmd/ecflow_server").CombinedOutput()
	if err != nil {
		return string(out), err
	}
	return path, nil
})

var built string // a directory for it

func TestMain(m *testing.M) {
	var err error
	if built, err = os.MkdirTemp("", "ourserver"); err != nil {
		panic(err)
	}
	code := realserver.Run(m)
	_ = os.RemoveAll(built)
	os.Exit(code)
}

// binary is the path of our server's program.
func binary(t *testing.T) string {
	t.Helper()
	path, err := program()
	require.NoError(t, err, path)
	return path
}

// originals are the original's installations of the versions that ECFLOW_SERVER names, as "5.9.2,5.19.0".
func originals(t *testing.T) []*realserver.Installation {
	t.Helper()
	wanted := os.Getenv(realserver.Variable)
	if wanted == "" {
		t.Skip("not asked for (" + realserver.Variable + " is not set)")
	}
	var all []*realserver.Installation
	for version := range strings.SplitSeq(wanted, ",") {
		one, err := realserver.Find(version)
		require.NoError(t, err)
		all = append(all, one)
	}
	return all
}

// withEach runs a test with our server's program and the original's clients of each of those versions.
func withEach(t *testing.T, f func(t *testing.T, i *realserver.Installation)) {
	t.Helper()
	for _, one := range originals(t) {
		t.Run(one.Version, func(t *testing.T) { f(t, one.WithServer(binary(t))) })
	}
}
