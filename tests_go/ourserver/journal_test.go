package ourserver

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/checkpoint"
	"github.com/ecflow-go/ecflow/internal/logfile"
	"github.com/ecflow-go/ecflow/server"
)

// steps are requests, by name; what they are refused does not matter here.
func steps(ctx context.Context, c *client.Client, child func(path string) *client.Client, dice *rand.Rand) (name string, err error) {
	pick := func(of ...string) string { return of[dice.IntN(len(of))] }
	path := pick("/s", "/s/f", "/s/f/a", "/s/f/b", "/s/g", "/s/g/c", "/s/new", "/u", "/u/x")
	task := pick("/s/f/a", "/s/f/b", "/s/g/c", "/u/x")
	number := strconv.Itoa(dice.IntN(9))
	alter := func(how, what, name, value string) (string, error) {
		return "alter " + how + " " + what + " " + name + " " + value + " " + path, c.Alter(ctx, how, what, name, value, path)
	}
	switch dice.IntN(34) {
	case 0:
		return alter("add", "variable", "V"+number, number)
	case 1:
		return alter("change", "variable", "QUOTED", "it's "+number)
	case 2:
		return alter("delete", "variable", pick("V1", "V2", ""), "")
	case 3:
		return alter("add", "label", "n"+number, "text")
	case 4:
		return alter("change", "label", "l", "a\nb "+number)
	case 5:
		return alter("delete", pick("label", "meter", "event", "time", "cron", "date", "day", "limit", "inlimit", "trigger", "complete", "repeat", "late", "queue"), "", "")
	case 6:
		return alter("add", "limit", "k"+number, "5")
	case 7:
		return alter("change", pick("limit_max", "limit_value"), "l", number)
	case 8:
		return alter("add", pick("time", "today"), "1"+number+":00", "")
	case 9:
		return alter("add", pick("date", "day"), pick("01.*.*", "monday"), "")
	case 10:
		return alter("change", pick("trigger", "complete"), pick("/s/f/a == complete", "1 == 0"), "")
	case 11:
		return alter("change", "repeat", pick("20260105", "20260301"), "")
	case 12:
		return alter("change", "defstatus", pick("complete", "queued", "suspended"), "")
	case 13:
		return alter(pick("set_flag", "clear_flag"), pick("late", "message", "no_script", "user_edit"), "", "")
	case 14:
		return alter("add", "late", "-s +00:15 -a 20:00 -c +02:00", "")
	case 15:
		return alter("add", pick("event", "meter"), "z"+number, pick("set", "0,10,5"))
	case 16:
		return alter("change", "event", "e", pick("set", "clear"))
	case 17:
		return alter("change", "meter", "m", number)
	case 18:
		return alter("sort", pick("variable", "label", "limit", "all"), "recursive", "")
	case 19:
		return "suspend " + path, c.Suspend(ctx, path)
	case 20:
		return "resume " + path, c.Resume(ctx, path)
	case 21:
		return "requeue " + path, c.Requeue(ctx, pick("", "force"), path)
	case 22:
		s := []client.State{client.StateComplete, client.StateQueued, client.StateAborted, client.StateActive}[dice.IntN(4)]
		return fmt.Sprint("force ", s, path), c.ForceStateRecursive(ctx, s, path)
	case 23:
		return "event", c.ForceEvent(ctx, pick("set", "clear"), "/s/f/a:e")
	case 24:
		return "order " + path, c.Order(ctx, path, pick("top", "bottom", "alpha", "up", "down"))
	case 25:
		return "run " + task, c.Run(ctx, true, task)
	case 26:
		return "init " + task, child(task).ChildInit(ctx)
	case 27:
		return "complete " + task, child(task).ChildComplete(ctx)
	case 28:
		return "abort " + task, child(task).ChildAbort(ctx, "because; of\nthis")
	case 29:
		_, err := child(task).ChildQueue(ctx, "q", pick("active", "complete", "aborted", "reset"), pick("one", "two"), "/s/g/c")
		return "queue", err
	case 30:
		return "label " + task, child(task).ChildLabel(ctx, "l", "from a job "+number)
	case 31:
		return "free " + path, c.FreeAllDependencies(ctx, path)
	case 32:
		d, err := text.ParseString("suite u\n task x\n  label l 'new'\n task y"+number+"\nendsuite\n", text.Options{})
		if err != nil {
			return "", err
		}
		return "load", c.LoadDefs(ctx, d, true)
	default:
		return "begin", c.BeginAllSuites(ctx, true)
	}
}

// Whatever requests do, check point and journal together are the definition, to the byte.
func TestJournal_holdsWhateverHappens(t *testing.T) {
	for seed := range seeds(t) {
		t.Run(strconv.Itoa(int(seed)), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 7))
			home := t.TempDir()
			at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
			s, err := server.Start(t.Context(), server.Options{
				Home: home, CheckFile: "check", OldCheckFile: "check.b", LogFile: "log", CheckMode: server.Always, NoJobs: true,
				Clock: func() time.Time { return at },
			})
			require.NoError(t, err)
			defer func() { require.NoError(t, s.Close(context.Background())) }()
			open := func(task client.Task) *client.Client {
				c, err := client.New(client.Options{Host: "127.0.0.1", Port: strconv.Itoa(s.Port()), Task: task, Denied: true, Attempts: 1, RetryPeriod: -1})
				require.NoError(t, err)
				return c
			}
			c := open(client.Task{})
			child := func(path string) *client.Client {
				return open(client.Task{Path: path, Password: "_DJP_", RemoteID: "7", TryNo: 1})
			}
			d, err := text.ParseString(rich, text.Options{})
			require.NoError(t, err)
			require.NoError(t, c.LoadDefs(t.Context(), d, false))
			require.NoError(t, c.RestartServer(t.Context()))
			records := 0
			for i := range 150 {
				// A job that is refused waits to be adopted: that is not for now.
				ctx, done := context.WithTimeout(t.Context(), 2*time.Second)
				name, err := steps(ctx, c, child, dice)
				done()
				if err != nil && i > 140 {
					t.Log(name, err)
				}
				// What has become free is looked after beside requests, and comes to the disk a little later.
				require.EventuallyWithT(t, func(t *assert.CollectT) {
					var live string
					s.Look(func(d *defs.Defs) { live = string(text.Printer{Style: text.Migrate, History: true}.Append(nil, d)) })
					kept, followed := load(t, home)
					records = max(records, followed)
					require.Equal(t, live, kept, "after step %d, %s", i, name)
				}, 5*time.Second, 10*time.Millisecond, "after step %d, %s", i, name)
			}
			require.NotZero(t, records, "there was nothing in any journal")
		})
	}
}

// load reads a copy of what is in a server's home.
func load(t require.TestingT, home string) (kept string, records int) {
	copied, err := os.MkdirTemp("", "journal")
	require.NoError(t, err)
	defer os.RemoveAll(copied)
	files, err := filepath.Glob(filepath.Join(home, "check*"))
	require.NoError(t, err)
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(copied, filepath.Base(name)), b, 0o600))
	}
	log := logfile.New(copied, "log")
	defer log.Close()
	saver := checkpoint.New(nil, log, checkpoint.Settings{Path: filepath.Join(copied, "check"), Old: filepath.Join(copied, "check.b")})
	d := defs.New()
	require.True(t, saver.Load(d))
	said := log.Tail(10)
	require.NotContains(t, said, "ERR:")
	if _, followed, found := strings.Cut(said, "Changes after the check point: "); found {
		_, err := fmt.Sscanf(followed, "%d", &records)
		require.NoError(t, err)
	}
	return string(text.Printer{Style: text.Migrate, History: true}.Append(nil, d)), records
}

// seeds are how many plays there are: few, or as many as the server is killed.
func seeds(t *testing.T) uint64 { return uint64(max(5, kills(t)/4)) }
