//go:build unix

package jobs

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// told is a runner with what it has told.
type told struct {
	*Runner
	failures chan Failure
}

func newTold(t *testing.T, environment ...string) *told {
	s := &told{failures: make(chan Failure, 10_000)}
	s.Runner = New(append(environment, "PATH="+os.Getenv("PATH")), func(failed []Failure) {
		for _, f := range failed {
			s.failures <- f
		}
	})
	t.Cleanup(s.Close)
	return s
}

func (s *told) settled() bool { return s.Running() == 0 }

func (s *told) wait(t *testing.T) {
	t.Helper()
	require.Eventually(t, s.settled, 20*time.Second, time.Millisecond)
}

func (s *told) next(t *testing.T) Failure {
	t.Helper()
	select {
	case f := <-s.failures:
		return f
	case <-time.After(10 * time.Second):
		t.Fatal("nothing told")
		return Failure{}
	}
}

func TestRunner_tellsWhatFailed(t *testing.T) {
	s := newTold(t)
	for _, c := range []struct {
		Command
		pattern string
	}{
		{Command{Submit, "/s/t", "exit 3"}, `^ECF_JOB_CMD PID\(\d+\) path\(/s/t\) exited with status 3 \[ exit 3 \]$`},
		{Command{Kill, "/s/t", "kill -9 $$"}, `^ECF_KILL_CMD PID\(\d+\) path\(/s/t\) died of signal 9 \[ kill -9 \$\$ \]$`},
		{Command{Status, "/s/t", "/no/such"}, `^ECF_STATUS_CMD PID\(\d+\) path\(/s/t\) exited with status 127 \[ /no/such \]$`},
	} {
		s.Start(c.Command)
		f := s.next(t)
		require.Equal(t, c.Command, f.Command)
		require.Regexp(t, c.pattern, f.Reason)
	}
	s.Start(Command{Submit, "/s/t", "exit 0"})
	s.wait(t)
	require.Empty(t, s.failures)
}

func TestRunner_tellsWhatCannotBeStarted(t *testing.T) {
	s := newTold(t)
	long := strings.Repeat("x", 1<<20)
	s.Start(Command{Submit, "/s/t", long})
	require.Equal(t, "Child process creation failed( fork() error(argument list too long)) for command "+long+" at path(/s/t)", s.next(t).Reason)
	s.Start(Command{Submit, "/s/t", "echo \x00"})
	require.Contains(t, s.next(t).Reason, "Child process creation failed")
}

func TestRunner_commandsHaveNothingOfTheServers(t *testing.T) {
	KeepFiles() // of the test
	file, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	out := filepath.Join(t.TempDir(), "out")
	s := newTold(t, "A=1 2")
	s.Start(Command{Text: `{ ls -l /proc/$$/fd; ps -o pid=,sid=,pgid= $$; echo "A=$A"; echo out; echo err >&2; cat; } > ` + out})
	s.wait(t)
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	lines := strings.Split(string(text), "\n")
	for _, line := range lines {
		if _, target, ok := strings.Cut(line, " -> "); ok {
			require.True(t, target == os.DevNull || target == out, line)
		}
	}
	require.Contains(t, lines, "A=1 2")
	ids := strings.Fields(lines[len(lines)-4])
	require.Len(t, ids, 3)
	require.Equal(t, []string{ids[0], ids[0]}, ids[1:], "session and group of its own")
	require.NotEqual(t, strconv.Itoa(os.Getpid()), ids[0])
}

func TestRunner_thousand(t *testing.T) {
	before := runtime.NumGoroutine()
	s := newTold(t)
	began := time.Now()
	for i := range 1000 {
		s.Start(Command{Submit, fmt.Sprint("/s/", i), "exit " + strconv.Itoa(i%2)})
	}
	queued := time.Since(began)
	require.LessOrEqual(t, runtime.NumGoroutine(), before+4)
	s.wait(t)
	t.Logf("queued in %v, all ended after %v", queued, time.Since(began))
	require.Eventually(t, func() bool { return len(s.failures) == 500 }, 5*time.Second, time.Millisecond)
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+1 }, 5*time.Second, time.Millisecond, "os/signal keeps one")
	s.Start(Command{Submit, "/s/t", "exit 9"})
	for len(s.failures) > 1 {
		<-s.failures
	}
	s.wait(t)
}

func TestClose_letsJobsRun(t *testing.T) {
	done := filepath.Join(t.TempDir(), "done")
	s := newTold(t)
	for range 20 {
		s.Start(Command{Text: "sleep 0.3; echo x >> " + done})
	}
	s.Close()
	s.Close()
	s.Start(Command{Text: "echo never >> " + done})
	require.Eventually(t, func() bool {
		text, _ := os.ReadFile(done)
		return string(text) == strings.Repeat("x\n", 20)
	}, 10*time.Second, 10*time.Millisecond)
}

func TestEnd_endsJobs(t *testing.T) {
	dir := t.TempDir()
	s := newTold(t)
	for i := range 5 {
		s.Start(Command{Text: fmt.Sprintf("sleep 1000 & echo $! > %s/%d; wait", dir, i)})
	}
	var children []string
	require.Eventually(t, func() bool {
		children = nil
		for i := range 5 {
			text, _ := os.ReadFile(fmt.Sprintf("%s/%d", dir, i))
			if pid := strings.TrimSpace(string(text)); pid != "" {
				children = append(children, pid)
			}
		}
		return len(children) == 5
	}, 10*time.Second, 10*time.Millisecond)
	s.End()
	require.Zero(t, s.Running())
	s.End()
	for _, pid := range children {
		require.Eventually(t, func() bool {
			stat, err := os.ReadFile("/proc/" + pid + "/stat")
			return err != nil || strings.Contains(string(stat), ") Z ")
		}, 10*time.Second, 10*time.Millisecond, "the child of a job")
	}
	require.Empty(t, s.failures)
}

// What a command has put into the background ends too, once it is marked; on Linux wherever it has gone.
func TestEnd_endsWhatIsLeft(t *testing.T) {
	commands := []string{"sleep 1000 & echo $! > %s", "(sleep 1000 & echo $! > %s) & sleep 1000"}
	if runtime.GOOS == "linux" {
		commands = append(commands, "setsid sh -c 'echo $$ > %s; exec sleep 1000' &", "setsid sh -c '(sleep 1000 & echo $! > %s) & :'; exit 3")
	}
	for _, marked := range []bool{true, false} {
		r := New([]string{"PATH=" + os.Getenv("PATH")}, func([]Failure) {})
		if marked {
			r.Mark()
		}
		dir := t.TempDir()
		for i, c := range commands {
			r.Start(Command{Text: fmt.Sprintf(c, filepath.Join(dir, strconv.Itoa(i)))})
		}
		var left []string
		require.Eventually(t, func() bool {
			left = nil
			for i := range commands {
				text, _ := os.ReadFile(filepath.Join(dir, strconv.Itoa(i)))
				left = append(left, strings.Fields(string(text))...)
			}
			return len(left) == len(commands) && r.Running() <= 1
		}, 10*time.Second, time.Millisecond)
		r.End()
		for _, pid := range left {
			if marked {
				require.Eventually(t, func() bool { return !runs(pid) }, 10*time.Second, time.Millisecond, pid)
			} else if runs(pid) {
				n, err := strconv.Atoi(pid)
				require.NoError(t, err)
				require.NoError(t, syscall.Kill(n, syscall.SIGKILL))
			}
		}
	}
}

// runs reports whether a process runs; a dead one that nobody takes from the system does not.
func runs(pid string) bool {
	out, err := exec.Command("ps", "-o", "stat=", "-p", pid).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(out)), "Z")
}

// BenchmarkStart is what a caller waits for, and all that is behind it.
func BenchmarkStart(b *testing.B) {
	r := New(nil, func([]Failure) {})
	for b.Loop() {
		r.Start(Command{Text: "exit 0"})
	}
	for r.Running() > 0 {
		time.Sleep(time.Millisecond)
	}
	r.Close()
}
