package ourserver

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
)

// killsVariable says how often the server is killed; without it, a few times.
const killsVariable = "ECFLOW_KILLS"

func kills(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		return n
	}
	return 12
}

// victim is our server as a process.
type victim struct {
	t       *testing.T
	home    string
	process *exec.Cmd
	port    string
}

// start starts the server on what is in its home, and gives how long it took until it answered.
func (v *victim) start() time.Duration {
	v.t.Helper()
	begun := time.Now()
	ready, write, err := os.Pipe()
	require.NoError(v.t, err)
	defer ready.Close()
	v.process = exec.Command(binary(v.t), "--port", "0", "--ready-fd", "3")
	v.process.Dir = v.home
	v.process.Env = append(os.Environ(), "ECF_HOME="+v.home, "ECF_LOG=log", "ECF_CHECK=check", "ECF_CHECKOLD=check.b", "ECF_CHECKINTERVAL=1", "HOME="+v.home)
	v.process.ExtraFiles = []*os.File{write}
	output, err := os.Create(filepath.Join(v.home, "out"))
	require.NoError(v.t, err)
	defer output.Close()
	v.process.Stdout, v.process.Stderr = output, output
	require.NoError(v.t, v.process.Start())
	require.NoError(v.t, write.Close())
	var line struct{ Port int }
	text, err := bufio.NewReader(ready).ReadString('\n')
	if err != nil {
		said, _ := os.ReadFile(output.Name())
		log, _ := os.ReadFile(filepath.Join(v.home, "log"))
		v.t.Fatalf("the server does not start: %s\n%s", said, log[max(0, len(log)-2000):])
	}
	require.NoError(v.t, json.Unmarshal([]byte(text), &line))
	v.port = strconv.Itoa(line.Port)
	return time.Since(begun)
}

func (v *victim) kill(with syscall.Signal) {
	if v.process == nil {
		return
	}
	_ = v.process.Process.Signal(with)
	_ = v.process.Wait()
	v.process = nil
}

func (v *victim) client(task client.Task) *client.Client {
	v.t.Helper()
	c, err := client.New(client.Options{Host: "127.0.0.1", Port: v.port, Attempts: 1, RetryPeriod: -1, Denied: true, StepTimeout: 20 * time.Second, Task: task})
	require.NoError(v.t, err)
	return c
}

func newVictim(t *testing.T, mode string) *victim {
	t.Helper()
	v := &victim{t: t, home: t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(v.home, "server_environment.cfg"), []byte("ECF_CHECKMODE = "+mode+"\n"), 0o600))
	t.Cleanup(func() { v.kill(syscall.SIGKILL) })
	v.start()
	return v
}

const killed = `suite s
 edit A '0'
 family f
  edit A '0'
  task t
   label l '0'
   meter m 0 1000000
   edit A '0'
endsuite
`

// writer changes one thing again and again.
type writer struct {
	name        string
	change      func(ctx context.Context, c *client.Client, value string) error
	read        func(ctx context.Context, c *client.Client) (string, error)
	sent, acked int // values
	last        []ack
}

type ack struct {
	value int
	at    time.Time
}

func alters(name, path string) *writer {
	return &writer{
		name: name,
		change: func(ctx context.Context, c *client.Client, value string) error {
			return c.Alter(ctx, "change", "variable", "A", value, path)
		},
		read: func(ctx context.Context, c *client.Client) (string, error) {
			return c.Query(ctx, "variable", path, "A")
		},
	}
}

func writers() []*writer {
	return []*writer{
		alters("variable of a task", "/s/f/t"),
		alters("variable of a family", "/s/f"),
		{
			name: "label",
			change: func(ctx context.Context, c *client.Client, value string) error {
				return c.ChildLabel(ctx, "l", value)
			},
			read: func(ctx context.Context, c *client.Client) (string, error) {
				return c.Query(ctx, "label", "/s/f/t", "l")
			},
		},
		{
			name: "meter",
			change: func(ctx context.Context, c *client.Client, value string) error {
				n, _ := strconv.Atoi(value)
				return c.ChildMeter(ctx, "m", n)
			},
			read: func(ctx context.Context, c *client.Client) (string, error) {
				return c.Query(ctx, "meter", "/s/f/t", "m")
			},
		},
		{
			name: "suite that is replaced", // a client has to sync in full, so it is a check point
			change: func(ctx context.Context, c *client.Client, value string) error {
				d, err := text.ParseString("suite other\n edit A '"+value+"'\nendsuite\n", text.Options{})
				if err != nil {
					return err
				}
				return c.LoadDefs(ctx, d, true)
			},
			read: func(ctx context.Context, c *client.Client) (string, error) {
				return c.Query(ctx, "variable", "/other", "A")
			},
		},
	}
}

// work changes until the server is gone.
func (w *writer) work(ctx context.Context, c *client.Client, pause time.Duration) {
	for {
		w.sent++
		if err := w.change(ctx, c, strconv.Itoa(w.sent)); err != nil {
			return
		}
		w.acked = w.sent
		w.last = append(w.last, ack{w.acked, time.Now()})
		time.Sleep(pause)
	}
}

// found is the value that the server has.
func (w *writer) found(t *testing.T, c *client.Client) int {
	t.Helper()
	value, err := w.read(t.Context(), c)
	if err != nil && w.acked == 0 {
		return 0 // never there
	}
	require.NoError(t, err, w.name)
	n, err := strconv.Atoi(value)
	require.NoError(t, err, w.name)
	return n
}

// round lets all work, kills the server after a while, and starts it again.
func (v *victim) round(all []*writer, life, pause time.Duration) (killed time.Time) {
	v.t.Helper()
	var group sync.WaitGroup
	for _, w := range all {
		c := v.client(client.Task{Path: "/s/f/t", Password: "_DJP_", TryNo: 1, RemoteID: "1"})
		group.Go(func() { w.work(v.t.Context(), c, pause) })
	}
	time.Sleep(life)
	killed = time.Now()
	v.kill(syscall.SIGKILL)
	group.Wait()
	v.start()
	return killed
}

func (v *victim) load(t *testing.T) {
	t.Helper()
	d, err := text.ParseString(killed, text.Options{})
	require.NoError(t, err)
	c := v.client(client.Task{})
	require.NoError(t, c.LoadDefs(t.Context(), d, false))
	require.NoError(t, c.RestartServer(t.Context()))
}

func TestKill_alwaysLosesNothingThatWasAcknowledged(t *testing.T) {
	v := newVictim(t, "CHECK_ALWAYS")
	v.load(t)
	all := writers()
	done := 0
	for i := range kills(t) {
		v.round(all, time.Duration(5+rand.IntN(150))*time.Millisecond, 0)
		c := v.client(client.Task{})
		for _, w := range all {
			n := w.found(t, c)
			require.GreaterOrEqual(t, n, w.acked, "kill %d: %s: what was acknowledged is lost", i, w.name)
			require.LessOrEqual(t, n, w.sent, "kill %d: %s: what was never asked for", i, w.name)
			done += len(w.last)
			w.last, w.sent = nil, n
		}
		require.NoError(t, c.RestartServer(t.Context()))
	}
	t.Logf("%d changes acknowledged, %d kills, none lost", done, kills(t))
	require.NotZero(t, done)
}

func TestKill_onTimeLosesNoMoreThanTheInterval(t *testing.T) {
	v := newVictim(t, "CHECK_ON_TIME") // each second
	v.load(t)
	require.NoError(t, v.client(client.Task{}).Checkpoint(t.Context(), client.CheckPtUndefined, 0, 0))
	all := writers()
	for i := range min(2+kills(t)/10, 30) {
		late := hindrance(t)
		at := v.round(all, time.Duration(1500+rand.IntN(2500))*time.Millisecond, 2*time.Millisecond)
		slack := late()
		c := v.client(client.Task{})
		oldest := time.Duration(0)
		for _, w := range all {
			n, least := w.found(t, c), 0
			for _, a := range w.last {
				if at.Sub(a.at) > time.Second+slack {
					least = a.value
				}
				if a.value > n {
					oldest = max(oldest, at.Sub(a.at))
					break
				}
			}
			require.GreaterOrEqual(t, n, least, "kill %d: %s: older than the interval", i, w.name)
			require.LessOrEqual(t, n, w.sent, "kill %d: %s", i, w.name)
			w.sent, w.acked = n, n
			if n == 0 {
				w.last = nil
			}
		}
		t.Logf("kill %d: what was lost was %v old at most; %v more than the interval were allowed, as the machine was late", i, oldest, slack)
		require.NoError(t, c.RestartServer(t.Context()))
	}
}

// hindrance measures, until what it gives is called, how late this machine does what a server does that saves in time: be
// waked, write and sync a file. An idle machine is some milliseconds late; the server does it several times a save.
func hindrance(t *testing.T) (late func() time.Duration) {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "probe"))
	require.NoError(t, err)
	const tick = 20 * time.Millisecond
	stop, worst := make(chan struct{}), make(chan time.Duration)
	go func() {
		defer f.Close() //nolint:errcheck // nobody reads it
		var most time.Duration
		for {
			began := time.Now()
			select {
			case <-stop:
				worst <- most
				return
			case <-time.After(tick):
			}
			_, _ = f.WriteAt(make([]byte, 1000), 0)
			_ = f.Sync()
			most = max(most, time.Since(began)-tick)
		}
	}()
	return func() time.Duration {
		close(stop)
		return 4 * <-worst
	}
}

// SIGTERM writes what there is, whatever the mode, and ends the server well. The original stays.
func TestSigterm_keepsAllAndEndsWell(t *testing.T) {
	for _, mode := range []string{"CHECK_ALWAYS", "CHECK_ON_TIME", "CHECK_NEVER"} {
		t.Run(mode, func(t *testing.T) {
			v := newVictim(t, mode)
			v.load(t)
			require.NoError(t, v.client(client.Task{}).Alter(t.Context(), "change", "variable", "A", "5", "/s"))
			process := v.process
			v.kill(syscall.SIGTERM)
			require.Equal(t, 0, process.ProcessState.ExitCode())
			left, err := filepath.Glob(filepath.Join(v.home, "check*"))
			require.NoError(t, err)
			for _, path := range left {
				require.Contains(t, []string{"check", "check.b"}, filepath.Base(path), "nothing else is left")
			}
			v.start()
			value, err := v.client(client.Task{}).Query(t.Context(), "variable", "/s", "A")
			require.NoError(t, err)
			require.Equal(t, "5", value)
			d, err := text.Load(filepath.Join(v.home, "check"), text.Options{})
			require.NoError(t, err)
			require.Contains(t, d.Flag().String(), "sigterm")
		})
	}
}

func TestStart_aCheckpointThatCannotBeRead(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(home, "check"), []byte("garbage\n"), 0o600))
	cmd := exec.Command(binary(t), "--port", "0")
	cmd.Dir, cmd.Env = home, append(os.Environ(), "ECF_HOME="+home, "ECF_LOG=log", "ECF_CHECK=check", "ECF_CHECKOLD=check.b")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	require.True(t, errors.As(err, &exit), "%s", out)
	require.Equal(t, 1, exit.ExitCode())
	require.Contains(t, string(out), "Exception in ServerMain:: Cannot start server, please handle the checkpoint file first\n"+home+"/check cannot be read")
	require.Equal(t, "garbage\n", func() string { b, _ := os.ReadFile(filepath.Join(home, "check")); return string(b) }())
}

// The program answers in less than 50 ms; a machine that does much else takes longer.
func TestStart_isFast(t *testing.T) {
	v := newVictim(t, "CHECK_ON_TIME")
	best := time.Hour
	for range 10 {
		v.kill(syscall.SIGKILL)
		best = min(best, v.start())
	}
	t.Log(best)
	require.Less(t, best, 50*time.Millisecond, fmt.Sprint(best))
}
