package runs

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What users run by hand: tasks, families, edited scripts, aliases.
func TestByHand(t *testing.T) {
	original, ours := both(t, func(p *place) ending {
		for _, task := range []string{"t", "f/a", "f/b"} {
			p.script("run/"+task, "echo \"%WHO:nobody% try %ECF_TRYNO%\"; ecflow_client --label=l \"$ECF_NAME\"")
		}
		p.play("suite run\n" + preamble + `edit ECF_FILES '@HOME@/none'
edit WHO user
task t
 label l ''
family f
 defstatus complete
 task a
  label l ''
 task b
  trigger a == unknown
  label l ''
endfamily
endsuite
`)
		p.until("complete", "/run/t")
		p.ask("--run", "/run/t")
		p.eventually("second try", func() bool { n := p.node("/run/t"); return n.State().String() == "complete" && n.TryNo() == 2 })
		p.ask("--run", "/run/f")
		p.until("complete", "/run/f/a", "/run/f/b")

		edited := filepath.Join(p.home, "edited")
		require.NoError(p.t, os.WriteFile(edited, []byte("%comment - ecf user variables\nWHO = alias\n%end - ecf user variables\n"+
			"%include <head.h>\necho \"%WHO% of %ECF_NAME%\"; ecflow_client --meter=none 1\n%include <tail.h>\n"), 0o600))
		p.ask("--edit_script=/run/t", "submit_file", edited, "create_alias")
		p.until("complete", "/run/t/alias0")
		p.ask("--edit_script=/run/t", "submit_file", edited)
		p.eventually("third try", func() bool { n := p.node("/run/t"); return n.State().String() == "complete" && n.TryNo() == 3 })
		p.ask("--run", "/run/t/alias0")
		p.eventually("second try of the alias", func() bool {
			n := p.node("/run/t/alias0")
			return n.State().String() == "complete" && n.TryNo() == 2
		})
		return p.ending()
	})
	same(t, original, ours, "/run", "/", "/run/f")
}
