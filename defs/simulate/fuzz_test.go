package simulate_test

import (
	"context"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/defs/simulate"
	"github.com/ecflow-go/ecflow/defs/text"
)

// Whatever definition can be read can be simulated, without a panic and until it is stopped.
func FuzzRun(f *testing.F) {
	for _, s := range []string{
		deadlock,
		"suite s # begun:1 state:queued\n task t\n  cron 10:00\nendsuite\n",
		"suite s\n clock hybrid 1.1.2020 +10:00\n repeat day 1\n task t\n  time +00:00 23:59 00:01\n  day monday\n  late -c +00:01\nendsuite\n",
		"suite s\n limit l 1\n family f\n  inlimit -n l 2\n  autoarchive +00:00 -i\n  autocancel 0\n  task t\n   event 1 a set\n   complete :a\n endfamily\n autorestore f\nendsuite\n",
		"suite s\n task t\n  queue q a b\n  meter m 0 5\n  date 30.2.*\n  cron -d 31 -m 2 10:00\n  trigger t:q ge 1 and :m > 2\nendsuite\n",
		"suite s\n task t # try:3 state:aborted flag:killed\n  defstatus aborted\n  edit ECF_TRIES x\n  today 10:00\n  today +01:00 03:00 00:30\nendsuite\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tree, err := text.ParseString(s, text.Options{})
		if err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		defer cancel()
		_, _ = simulate.Run(ctx, tree, simulate.Options{})
	})
}
