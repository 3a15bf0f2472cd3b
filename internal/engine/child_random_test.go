package engine

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Whatever a job sends, the server goes on, and what it holds can be written and read again.
func TestChildren_anything(t *testing.T) {
	words := []string{
		"", "e", "m", "l", "q", "1", "a", "<NULL>", "/s/t", "/s/u", "/s", "/", "..", "t:e", "t ==", "1/0 == 1", "a\nb", "'", "\"", "%", "é\xff", "; # x",
		"active", "complete", "aborted", "reset", "no_of_aborted", "a b", "task", "endsuite",
	}
	for seed := range uint64(30) {
		y := newYard(t)
		y.load("queue q a b\ntask t\nevent e\nmeter m 0 10\nlabel l x\nrepeat integer I 1 3\ntask u\ntrigger t:e\nzombie ecf:fob::\nzombie ecf_pid:adopt::")
		random := rand.New(rand.NewPCG(seed, 7))
		word := func() string { return words[random.IntN(len(words))] }
		one := func() string { return strings.ReplaceAll(word(), " ", "_") } // a check point keeps only the first word, as the original's
		for range 120 {
			c := wire.TaskCmd{Path: word(), JobsPassword: one(), RemoteID: one(), TryNo: random.IntN(5) - 1}
			c.ClHost = word()
			if random.IntN(3) > 0 {
				c = y.of([]string{"/s/t", "/s/u"}[random.IntN(2)])
				if random.IntN(3) == 0 {
					c.RemoteID = one()
				}
			}
			request := []wire.Request{
				&wire.InitCmd{TaskCmd: c, VarToAdd: []wire.Variable{{Name: word(), Value: word()}}}, &wire.InitCmd{TaskCmd: c}, &wire.CompleteCmd{TaskCmd: c, VarToDel: []string{word()}},
				&wire.AbortCmd{TaskCmd: c, Reason: word()}, &wire.EventCmd{TaskCmd: c, Name: word(), Value: true}, &wire.LabelCmd{TaskCmd: c, Name: word(), Label: word()},
				&wire.MeterCmd{TaskCmd: c, Name: word(), Value: random.IntN(14) - 2}, &wire.CtsWaitCmd{TaskCmd: c, Expression: word()},
				&wire.QueueCmd{TaskCmd: c, Name: word(), Action: word(), Step: word(), PathToNodeWithQueue: word()},
			}[random.IntN(9)]
			if e, failed := y.ask(request).(*wire.ErrorCmd); failed {
				require.NotContains(t, e.ErrorMsg, "internal error", "seed %d: %+v", seed, request)
			}
			y.mu.Lock()
			y.lookNow()
			y.mu.Unlock()
		}
		y.Look(func(d *defs.Defs) {
			written := text.Append(nil, d, text.Migrate)
			again, err := text.ParseString(string(written), text.Options{})
			require.NoError(t, err, "seed %d: %s", seed, written)
			require.Equal(t, string(written), string(text.Append(nil, again, text.Migrate)), "seed %d", seed)
		})
	}
}
