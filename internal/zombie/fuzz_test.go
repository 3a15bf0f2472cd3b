package zombie

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// FuzzList lets a list see any commands, of jobs and of users, and checks that it stays in order.
func FuzzList(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252, 253, 254, 255})
	f.Fuzz(func(t *testing.T, steps []byte) {
		s := newScene(t, defs.Active)
		words := []string{"", "pw", "1", "x"}
		paths := []string{"/s/f/t", "/s/f", "/gone", ""}
		states := []defs.NState{defs.Queued, defs.Submitted, defs.Active, defs.Complete, defs.Aborted}
		for i, b := range steps {
			at := func(n int) byte { return steps[(i+n)%len(steps)] }
			switch b % 8 {
			case 0, 1, 2, 3:
				c := Child{Cmd: defs.ChildCmd(at(1) % 8), Path: paths[at(2)%4], Password: words[at(3)%4], ID: words[at(4)%4]}
				v := s.Judge(s.tree, c)
				require.Equal(t, v.Answer == Proceed, v.Task != nil)
				require.Equal(t, v.Answer == Fail, v.Reason != "")
			case 4:
				_ = s.Act(s.tree, defs.ZombieAction(at(1)%6), []string{paths[at(2)%4]}, words[at(3)%4], words[at(4)%4])
			case 5:
				s.task.SetState(states[at(1)%5])
				s.task.SetJob(words[at(2)%4], words[at(3)%4], "", 1)
			case 6:
				s.AddUser(s.task, "run")
			case 7:
				s.now = s.now.Add(time.Duration(at(1)) * 30 * time.Second)
				s.RemoveStale()
			}
			all := s.All()
			require.Len(t, all, s.Len())
			for j := range all {
				require.LessOrEqual(t, all[j].Age, time.Duration(255*30*len(steps))*time.Second)
				require.True(t, j == 0 || all[j-1].seq < all[j].seq)
			}
		}
	})
}
