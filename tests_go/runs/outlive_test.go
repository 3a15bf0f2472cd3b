package runs

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// Jobs go on when our server ends, and the next one, which starts from the check point, knows them.
func TestJobsOutliveTheServer(t *testing.T) {
	home := t.TempDir()
	s, port := ourServer(t, home, "0")
	p := newPlace(t, "ours", port, home, filepath.Join(home, "log"))
	p.script("t", "sleep 2")
	p.play("suite run\n" + preamble + "task t\nendsuite\n")
	p.until("active", "/run/t")
	before := p.node("/run/t")
	end(t, s)

	s, _ = ourServer(t, home, port)
	defer end(t, s)
	require.Equal(t, defs.Active, p.node("/run/t").State())
	require.Equal(t, before.ProcessID(), p.node("/run/t").ProcessID())
	p.ask("--restart") // only then are child commands answered
	p.until("complete", "/run/t")
}
