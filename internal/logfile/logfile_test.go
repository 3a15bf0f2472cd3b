package logfile

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func at(f *File, clock string) {
	f.now = func() time.Time {
		t, _ := time.ParseInLocation("02.01.2006 15:04:05", clock, time.Local)
		return t
	}
}

func newLog(t *testing.T) *File {
	t.Helper()
	f := New(t.TempDir(), "a.log")
	at(f, "01.02.2026 03:04:05")
	t.Cleanup(f.Close)
	return f
}

func content(t *testing.T, f *File) string {
	t.Helper()
	b, err := os.ReadFile(f.Path())
	require.NoError(t, err)
	return string(b)
}

const stamp = "[03:04:05 01.02.2026] "

func TestLog_lines(t *testing.T) {
	f := newLog(t)
	for kind, text := range []string{"--ping :fred@h", "l", "e", "w", "d", "x\\ny\tz"} {
		f.Log(Kind(kind), text)
	}
	f.Log(Message, "--msg=a\n\nb\n :root@vm") // as 5.19.0 splits it
	f.Log(Message, "")
	f.Log(Message, "\n")
	require.NoFileExists(t, f.Path(), "nothing is written before the flush")
	f.Flush()
	require.Equal(t, "MSG:"+stamp+"--ping :fred@h\nLOG:"+stamp+"l\nERR:"+stamp+"e\nWAR:"+stamp+"w\nDBG:"+stamp+"d\nOTH:"+stamp+"x\\ny\tz\n"+
		"MSG:"+stamp+"--msg=a\nMSG:"+stamp+"b\nMSG:"+stamp+" :root@vm\nMSG:"+stamp+"\n", content(t, f))
	require.Equal(t, "WAR", Warning.String())
	require.Empty(t, f.Trouble())
}

func TestSoon_theFirstLineAtOnceTheRestTogether(t *testing.T) {
	f := newLog(t)
	f.Log(Message, "first")
	f.Soon()
	require.Equal(t, "MSG:"+stamp+"first\n", content(t, f))
	writes := map[string]bool{}
	for deadline := time.Now().Add(5 * pace); time.Now().Before(deadline); {
		f.Log(Message, "more")
		f.Soon()
		writes[content(t, f)] = true
	}
	require.Less(t, len(writes), 10)
	f.Log(Message, "last")
	f.Soon()
	require.Eventually(t, func() bool { return strings.HasSuffix(content(t, f), "last\n") }, 5*time.Second, time.Millisecond)
}

func TestLog_appendsToWhatIsThere(t *testing.T) {
	f := newLog(t)
	require.NoError(t, os.WriteFile(f.Path(), []byte("before\n"), 0o600))
	f.Log(Message, "a")
	f.Flush()
	at(f, "01.02.2026 03:04:06")
	f.Log(Message, "b")
	f.Close()
	f.Log(Message, "c")
	f.Flush()
	require.Equal(t, "before\nMSG:"+stamp+"a\nMSG:[03:04:06 01.02.2026] b\nMSG:[03:04:06 01.02.2026] c\n", content(t, f))
}

func TestLog_muchIsWrittenUnasked(t *testing.T) {
	f := newLog(t)
	for range 100 {
		f.Log(Message, strings.Repeat("x", 1000))
	}
	require.Greater(t, len(content(t, f)), enough)
}

func TestClose_aLogThatWasMovedAwayIsMadeAnew(t *testing.T) {
	f := newLog(t)
	f.Log(Message, "a")
	f.Close()
	require.NoError(t, os.Rename(f.Path(), f.Path()+".1"))
	f.Log(Message, "b")
	f.Flush()
	require.Equal(t, "MSG:"+stamp+"b\n", content(t, f))
}

func TestClear(t *testing.T) {
	f := newLog(t)
	f.Log(Message, "a")
	f.Clear()
	require.Empty(t, content(t, f))
	f.Log(Message, "b")
	f.Flush()
	require.Equal(t, "MSG:"+stamp+"b\n", content(t, f))
}

func TestMove(t *testing.T) {
	f := newLog(t)
	old := f.Path()
	f.Log(Message, "a")
	require.NoError(t, f.Move("  b.log "))
	require.Equal(t, filepath.Join(filepath.Dir(old), "b.log"), f.Path())
	f.Log(Message, "b")
	f.Flush()
	require.Equal(t, "MSG:"+stamp+"b\n", content(t, f))
	b, err := os.ReadFile(old)
	require.NoError(t, err)
	require.Equal(t, "MSG:"+stamp+"a\n", string(b))

	where := f.Path()
	for path, want := range map[string]string{
		"":                "Log::check_new_path: No path name specified for the new log file",
		"/nonexist/dir/x": `Log::check_new_path: Cannot create new log file, since the directory part "/nonexist/dir" does not exist`,
		"/tmp":            `LogCmd::LogCmd: Cannot create new log file, since the path correspond to a directory "/tmp"`,
	} {
		err := f.Move(path)
		require.ErrorIs(t, err, fault.Argument)
		require.Equal(t, want, err.(*fault.Error).Msg)
	}
	require.Equal(t, where, f.Path())
}

func TestTail(t *testing.T) {
	f := newLog(t)
	require.Empty(t, f.Tail(10))
	var all []string
	for i := range 300 {
		line := fmt.Sprintf("%d %s", i, strings.Repeat("y", i%170))
		f.Log(Message, line)
		all = append(all, "MSG:"+stamp+line+"\n")
	}
	for _, n := range []int{1, 2, 3, 17, 100, 299, 300, 301, 1 << 30} {
		from := max(0, len(all)-n)
		require.Equal(t, strings.Join(all[from:], ""), f.Tail(n), "the last %d", n)
		require.Equal(t, strings.Join(all[:min(n, len(all))], ""), f.Tail(-n), "the first %d", n)
	}
	require.Empty(t, f.Tail(0))
	require.NoError(t, os.WriteFile(f.Path(), []byte("a\nb\nc"), 0o600))
	require.Equal(t, "b\nc", f.Tail(1), "as the original: one end of line")
	require.Equal(t, "a\nb\nc\n", f.Tail(-5))
}

func TestTrouble_aFileThatCannotBeOpened(t *testing.T) {
	f := newLog(t)
	directory := filepath.Dir(f.Path())
	require.NoError(t, os.Mkdir(directory+"/logs", 0o700))
	require.NoError(t, f.Move("logs/x"))
	require.NoError(t, os.RemoveAll(directory+"/logs"))
	f.Log(Message, "lost")
	f.Flush()
	// The words are those of 5.19.0.
	require.Equal(t, "Could not open log file '"+directory+"/logs/x'.  Logical error on i/o operation, errno:No such file or directory "+
		stamp+"\nAttempting to close/reopen log file did not work!", f.Trouble())
	require.Empty(t, f.Trouble(), "told once")
	require.NoError(t, os.Mkdir(directory+"/logs", 0o700))
	f.Log(Message, "again")
	f.Flush()
	require.Equal(t, "MSG:"+stamp+"again\n", content(t, f))
}

func TestTrouble_aFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("/dev/full is Linux's")
	}
	f := newLog(t)
	require.NoError(t, f.Move("/dev/full"))
	f.Log(Message, "lost")
	f.Flush()
	require.Equal(t, "\nFailed to write to log file:  Logical error on i/o operation Read/Writing error on i/o operation, "+
		"errno:No space left on device "+stamp+"\nAttempting to close/reopen log file.", f.Trouble())
	require.Empty(t, f.Tail(10))
}

func TestTrouble_whatWasWrittenIsNotWrittenTwice(t *testing.T) {
	f := newLog(t)
	f.Log(Message, "a")
	f.Flush()
	require.NoError(t, f.file.Close()) // the next write fails, the one after finds a new file
	f.Log(Message, "b")
	f.Flush()
	require.Regexp(t, `^MSG:\S+ \S+ a\nERR:.*Failed to write to log file: .*\nERR:.*Attempting to close/reopen log file\.\nMSG:\S+ \S+ b\n$`, content(t, f))
	require.NotEmpty(t, f.Trouble())
}

func TestLog_fromManyAtOnce(t *testing.T) {
	f := newLog(t)
	var group sync.WaitGroup
	for w := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range 200 {
				f.Log(Message, fmt.Sprintf("%d:%d", w, i))
				f.Flush()
				switch i % 50 {
				case 10:
					_ = f.Tail(5)
				case 20:
					f.Close()
				case 30:
					_ = f.Trouble()
				}
			}
		}()
	}
	group.Wait()
	lines := strings.Split(strings.TrimSuffix(content(t, f), "\n"), "\n")
	require.Len(t, lines, 1600)
	next := map[int]int{}
	for _, line := range lines {
		var w, i int
		_, err := fmt.Sscanf(strings.TrimPrefix(line, "MSG:"+stamp), "%d:%d", &w, &i)
		require.NoError(t, err, line)
		require.Equal(t, next[w], i, "one after the other")
		next[w]++
	}
}

func BenchmarkLogAndFlush(b *testing.B) {
	f := New(b.TempDir(), "a.log")
	b.ReportAllocs()
	for b.Loop() {
		f.Log(Message, "--ping :fred@host")
		f.Flush()
	}
}
