package realserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Programs builds our program under both of its names, and gives their directory.
func Programs(t testing.TB) string {
	t.Helper()
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "ecflow"), "github.com/ecflow-go/ecflow/cmd/ecflow")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	require(t, os.Symlink("ecflow", filepath.Join(bin, "ecflow_client")))
	return bin
}
