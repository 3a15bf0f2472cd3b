package interop

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// playground is the definition that the random changes begin with.
const playground = `suite NAME
  edit ECF_JOB_CMD 'true'
  edit ECF_TRIES '1'
  limit big 10
  family f
    repeat date YMD 20250101 20250110 1
    limit l 2
    inlimit l
    task t
      trigger u == complete or u:e
      meter m 0 100 90
      event e
      event 2 second
      label info "a label"
      queue q one two three
      late -s 00:15 -a 20:00 -c +02:00
    task u
      event e
      meter m 0 100
      time 23:59
      complete ../g:ready
    task v
      inlimit /NAME:big 3
      cron 23:00
  endfamily
  family g
    event ready
    repeat integer N 1 5
    defstatus complete
    task t
      date 1.*.*
      day monday
      today 23:00 23:58 00:10
    task w
      repeat string S a b c
      autocancel +10
      zombie user:fob::
      generic x 1 2
      verify complete:1
    family deep
      autorestore /NAME/f
      repeat enumerated COLOUR red green blue
      task z
    endfamily
  endfamily
endsuite
`

// script makes every task's job.
const script = "%manual\nwhat it does\n%end\necho %TASK%\n"

// walk is one run of random changes.
type walk struct {
	t       *testing.T
	s       *realserver.Server
	r       *rand.Rand
	driver  *client.Client // changes things
	watcher *client.Client // syncs after each change
	handled *client.Client // sees some suites only
	auto    *client.Client // changes things too, and syncs by itself
	log     []string
	done    map[string]int // changes that the server did, by name
	deltas  int
	full    int
}

func newWalk(t *testing.T, s *realserver.Server, seed uint64) *walk {
	w := &walk{t: t, s: s, r: rand.New(rand.NewPCG(seed, 1)), done: map[string]int{},
		driver: s.Client(), watcher: s.Client(), handled: s.Client(), auto: s.Client()}
	w.auto.SetAutoSync(true)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("after\n%s", strings.Join(w.log[max(0, len(w.log)-12):], "\n"))
		}
	})
	for _, name := range []string{"a", "b"} {
		for _, task := range []string{"f/t", "f/u", "f/v", "g/t", "g/w", "g/deep/z"} {
			path := filepath.Join(s.Home, name, task+".ecf")
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, []byte(script), 0o600))
		}
		require.NoError(t, w.driver.Load(ctx, strings.ReplaceAll(playground, "NAME", name), true, false))
		require.NoError(t, w.driver.BeginSuite(ctx, name, false))
	}
	_, err := w.handled.RegisterHandle(ctx, false, "a")
	require.NoError(t, err)
	return w
}

// ofCalendars are the generated variables that tell the time.
var ofCalendars = []string{
	"YYYY", "DOW", "DOY", "DATE", "DAY", "DD", "MM", "MONTH", "ECF_DATE", "ECF_CLOCK", "ECF_TIME", "TIME", "ECF_JULIAN",
}

// normal drops from a text what a sync does not bring up to date: calendars, counters, history, the times of
// states, which a requeue changes without telling, and run times, which clients work out by calendars; and externs, which
// the original client adds. Older servers do not tell at once that a node was edited or is late.
func (w *walk) normal(definition []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(definition)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0, strings.HasPrefix(line, "#5."), words[0] == "calendar", words[0] == "history", words[0] == "extern":
			continue
		case len(words) > 2 && words[0] == "#" && words[1] == "edit" && slices.Contains(ofCalendars, words[2]):
			continue
		case words[0] == "defs_state":
			if !w.s.Installation.AtLeast(5, 19) {
				for i, word := range words {
					if flags, found := strings.CutPrefix(word, "flag:"); found {
						left := slices.DeleteFunc(strings.Split(flags, ","), func(flag string) bool { return flag == "message" || flag == "late" })
						if words[i] = "flag:" + strings.Join(left, ","); len(left) == 0 {
							words[i] = "rt:"
						}
					}
				}
			}
			words = slices.DeleteFunc(words, func(word string) bool {
				return strings.HasPrefix(word, "state_change:") || strings.HasPrefix(word, "modify_change:") || strings.HasPrefix(word, "cal_count:")
			})
		}
		if !w.s.Installation.AtLeast(5, 19) {
			for i, word := range words {
				if flags, found := strings.CutPrefix(word, "flag:"); found {
					left := slices.DeleteFunc(strings.Split(flags, ","), func(flag string) bool { return flag == "message" || flag == "late" })
					if words[i] = "flag:" + strings.Join(left, ","); len(left) == 0 {
						words[i] = "rt:"
					}
				}
			}
		}
		words = slices.DeleteFunc(words, func(word string) bool { return strings.HasPrefix(word, "rt:") || strings.HasPrefix(word, "dur:") })
		b.WriteString(strings.TrimSuffix(strings.Join(words, " "), " #") + "\n")
	}
	return b.String()
}

func (w *walk) migrated(d *defs.Defs) string { return w.normal(text.Append(nil, d, text.Migrate)) }

// differing are the lines that only one of two texts has, beside each other.
func differing(want, have string) string {
	a, b := strings.Split(want, "\n"), strings.Split(have, "\n")
	var out []string
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			out = append(out, fmt.Sprintf("line %d\n  server %q\n  ours   %q", i+1, x, y))
		}
		if len(out) == 6 {
			break
		}
	}
	return strings.Join(out, "\n")
}

// check compares the clients' definitions with that of a client that gets all of it;
// twice, as the server may do something by itself in between.
func (w *walk) check(withOriginal bool) {
	w.t.Helper()
	for attempt := 0; ; attempt++ {
		problem := w.compare(withOriginal)
		if problem == "" {
			return
		}
		if attempt == 2 {
			w.t.Fatal(problem)
		}
	}
}

func (w *walk) compare(withOriginal bool) string {
	before := w.watcher.Defs()
	require.NoError(w.t, w.watcher.Sync(ctx, w.r.IntN(8) == 0))
	require.NoError(w.t, w.handled.Sync(ctx, false))
	if w.watcher.Defs() == before {
		w.deltas++
	} else {
		w.full++
	}
	fresh := w.s.Client()
	require.NoError(w.t, fresh.FetchDefs(ctx))
	want := w.migrated(fresh.Defs())
	if have := w.migrated(w.watcher.Defs()); have != want {
		return "the definition that was synced differs:\n" + differing(want, have)
	}
	if w.auto.Defs() != nil {
		// The server marks nodes that were edited after it has answered.
		require.NoError(w.t, w.auto.Sync(ctx, false))
		if have := w.migrated(w.auto.Defs()); have != want {
			return "the definition that syncs by itself differs:\n" + differing(want, have)
		}
	}
	for _, suite := range w.handled.Defs().Suites() {
		all := fresh.Defs().Suite(suite.Name())
		if all == nil {
			return "the handle has a suite that is gone: " + suite.Name()
		}
		want, have := w.normal(text.AppendNode(nil, all, text.Migrate)), w.normal(text.AppendNode(nil, suite, text.Migrate))
		if have != want {
			return "suite " + suite.Name() + " of the handle differs:\n" + differing(want, have)
		}
	}
	if !withOriginal {
		return ""
	}
	if original := w.normal([]byte(w.s.Original("--migrate"))); original != want {
		return "the original client shows something else:\n" + differing(original, want)
	}
	state := w.normal([]byte(w.s.Original("--get_state")))
	if have := w.normal(text.Append(nil, w.watcher.Defs(), text.State)); w.s.Installation.AtLeast(5, 19) && have != state {
		return "the original client shows another state:\n" + differing(state, have)
	}
	return ""
}

// ECFLOW_SYNC_WALKS asks for more walks than the usual few.
func TestSync_randomChanges(t *testing.T) {
	walks, err := strconv.ParseUint(os.Getenv("ECFLOW_SYNC_WALKS"), 10, 64)
	if err != nil {
		walks = 3
	}
	for seed := range walks {
		t.Run(strconv.Itoa(int(seed)), func(t *testing.T) {
			w := newWalk(t, start(t, realserver.Config{}), seed)
			w.check(true)
			for i := range 160 {
				w.step()
				w.check(i%4 == 0)
			}
			t.Logf("%d syncs brought changes, %d all; done: %v", w.deltas, w.full, w.done)
			require.Greater(t, w.deltas, w.full)
			require.Greater(t, len(w.done), 20)
		})
	}
}
