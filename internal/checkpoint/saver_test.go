package checkpoint

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/logfile"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// owner is a server's tree.
type owner struct {
	mu       sync.RWMutex
	d        *defs.Defs
	warnings []string
}

func newOwner(t testing.TB) *owner {
	t.Helper()
	d, err := text.ParseString("#5.19.0\nsuite s\n task t\n  label l ''\n  event e\n  meter m 0 100\nendsuite\nsuite u\nendsuite\n", text.Options{})
	require.NoError(t, err)
	d.Track()
	return &owner{d: d}
}

func (o *owner) View(read func(d *defs.Defs)) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	read(o.d)
}

func (o *owner) Checkpoint(read func(d *defs.Defs)) { o.View(read) }

func (o *owner) Saved() {}

func (o *owner) Report(mark defs.FlagType, variable, text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.warnings = append(o.warnings, mark.String()+" "+variable+" "+text)
}

// set is a command: a variable gets a value.
func (o *owner) set(s *Saver, name, value string) {
	o.mu.Lock()
	o.d.AddVariable(defs.Variable{Name: name, Value: value})
	o.d.AddHistory("/", "MSG:"+name+"="+value)
	o.mu.Unlock()
	s.Changed()
}

// restructure is a command after which a client has to sync in full.
func (o *owner) restructure(s *Saver) {
	o.mu.Lock()
	u := o.d.Suites()[1]
	u.SetBegun(false)
	_ = u.Begin(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	o.mu.Unlock()
	s.Changed()
}

func (o *owner) text() string {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return string(text.Printer{Style: text.Migrate, History: true}.Append(nil, o.d))
}

func newSaver(t testing.TB, o *owner, on disk, mode Mode) (*Saver, *logfile.File) {
	t.Helper()
	directory := t.TempDir()
	log := logfile.New(directory, "log")
	t.Cleanup(log.Close)
	s := New(o, log, Settings{Path: directory + "/check", Old: directory + "/check.b", Mode: mode, Port: "3141"})
	if on != nil {
		s.path, s.old, s.disk = "/h/check", "/h/check.b", on
	}
	return s, log
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(b)
}

// loaded is what a server that starts finds.
func loaded(t testing.TB, s *Saver) (string, error) {
	t.Helper()
	d := defs.New()
	found, err := s.Start(d)
	if err != nil || !found {
		return "", err
	}
	return string(text.Printer{Style: text.Migrate, History: true}.Append(nil, d)), nil
}

func TestSave_isTheTextOfSaveCheckpoint(t *testing.T) {
	o := newOwner(t)
	s, log := newSaver(t, o, nil, wire.CheckPtOnTime)
	require.NoError(t, s.Save(false))
	require.NoError(t, text.SaveCheckpoint(s.path+".other", o.d))
	require.Equal(t, read(t, s.path+".other"), read(t, s.path))
	require.NoFileExists(t, s.old)
	require.NoFileExists(t, s.path+".new")
	first := read(t, s.path)
	o.set(s, "A", "1")
	require.Equal(t, first, read(t, s.path), "on_time: not yet")
	require.NoError(t, s.Save(true))
	require.Equal(t, first, read(t, s.old))
	require.Contains(t, read(t, s.path), "edit A '1'")
	require.Contains(t, read(t, log.Path()), "svr:check_pt in 0 seconds\n")
	require.Empty(t, o.warnings)

	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, o.text(), got)
	require.Contains(t, read(t, log.Path()), "Loading check point file "+s.path+" port:3141\n")
	require.Contains(t, read(t, log.Path()), "Loading of *DEFS* check point file SUCCEDED. Loaded 2 suites\n")
}

func TestSave_anEmptyFileIsNotKept(t *testing.T) {
	s, _ := newSaver(t, newOwner(t), nil, wire.CheckPtOnTime)
	require.NoError(t, os.WriteFile(s.path, nil, 0o600))
	require.NoError(t, os.WriteFile(s.old, []byte("precious"), 0o600))
	require.NoError(t, s.Save(false))
	require.Equal(t, "precious", read(t, s.old))
}

func TestSave_late(t *testing.T) {
	o := newOwner(t)
	s, log := newSaver(t, o, nil, wire.CheckPtOnTime)
	clock := time.Unix(1000, 0)
	s.now = func() time.Time { clock = clock.Add(20 * time.Second); return clock }
	require.NoError(t, s.Save(true))
	require.Empty(t, o.warnings, "as long as the alarm is not late")
	s.Set(wire.CheckPtUndefined, 0, 19*time.Second)
	require.NoError(t, s.Save(true))
	require.Equal(t, []string{"late  "}, o.warnings)
	require.Contains(t, read(t, log.Path()),
		"Check pt save time(20) is greater than alarm time(19). Excessive save times can interfere with scheduling!\n")
}

func TestSave_failures(t *testing.T) {
	o := newOwner(t)
	s, log := newSaver(t, o, nil, wire.CheckPtOnTime)
	require.NoError(t, os.Mkdir(s.path, 0o700))
	err := s.Save(false)
	require.ErrorIs(t, err, fault.Config)
	// As 5.19.0 says it.
	want := "Could not save checkPoint file! filesystem error: cannot get file size: Is a directory [" + s.path + "]"
	require.Equal(t, want, err.(*fault.Error).Msg)
	require.Equal(t, []string{"checkpt_error ECF_CHECKPT_ERROR " + want}, o.warnings)
	require.Contains(t, read(t, log.Path()), "ERR:")
	require.Contains(t, read(t, log.Path()), want)
	require.NoFileExists(t, s.path+".new")

	require.NoError(t, os.Remove(s.path))
	s.path = filepath.Join(filepath.Dir(s.path), "none", "check")
	require.ErrorContains(t, s.Save(false), "Could not save checkPoint file! Defs::write_to_file: path("+s.path+
		".new) failed:  Logical error on i/o operation, errno:No such file or directory")
}

func TestSave_aFullDiskSpoilsNothing(t *testing.T) {
	o, on := newOwner(t), newPowercut(1)
	s, _ := newSaver(t, o, on, wire.CheckPtAlways)
	o.set(s, "A", "1")
	o.set(s, "A", "2")
	require.Empty(t, o.warnings)
	before := o.text()
	on.full = 0
	o.set(s, "A", "3")
	require.Contains(t, o.warnings[0], "No space left on device")
	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, before, got)
	on.full = -1
	o.warnings = nil
	o.set(s, "A", "4")
	require.Empty(t, o.warnings)
	got, err = loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, o.text(), got)
}

func TestStart_refuses(t *testing.T) {
	for _, c := range []struct{ path, old, want string }{
		{"", "", ""},
		{"garbage", "", "Cannot start server, please handle the checkpoint file first"},
		{"", "garbage", "Cannot start server, please handle the backup checkpoint file first"},
		{"garbage", "garbage", "Cannot start server, please handle the checkpoint file first"},
		{"garbage", "#5.19.0\nsuite old\nendsuite\n", "suite old"},
		{"#5.19.0\nsuite new\nendsuite\n", "garbage", "suite new"},
	} {
		s, log := newSaver(t, newOwner(t), nil, wire.CheckPtOnTime)
		for path, content := range map[string]string{s.path: c.path, s.old: c.old} {
			if content != "" {
				require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
			}
		}
		got, err := loaded(t, s)
		if strings.HasPrefix(c.want, "Cannot") {
			var e *fault.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.want, e.Msg)
			require.NotEmpty(t, e.Hint)
			require.Contains(t, read(t, log.Path()), "because: Defs::defs_restore_from_checkpt: ")
			continue
		}
		require.NoError(t, err)
		require.Contains(t, got, c.want)
	}
}

func TestChanged_always(t *testing.T) {
	o := newOwner(t)
	s, log := newSaver(t, o, nil, wire.CheckPtAlways)
	o.set(s, "A", "0")
	require.FileExists(t, s.path)
	first := read(t, s.path)
	for i := range 50 {
		o.set(s, "A", strconv.Itoa(i))
		got, err := loaded(t, s)
		require.NoError(t, err)
		require.Equal(t, o.text(), got)
	}
	require.Equal(t, first, read(t, s.path), "the journal has the rest")
	journals := s.disk.List(s.path + middle)
	require.Len(t, journals, 1)

	o.restructure(s)
	require.NotEqual(t, first, read(t, s.path), "the journal cannot tell it")
	require.Equal(t, first, read(t, s.old))
	require.Len(t, s.disk.List(s.path+middle), 2)
	require.NoError(t, os.Rename(s.path, s.path+".away"))
	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Contains(t, got, "edit A '49'", "the old check point has its journal too")
	require.NoError(t, os.Rename(s.path+".away", s.path))

	require.NoError(t, os.WriteFile(s.path, []byte("#5.19.0\nsuite newer\nendsuite\n"), 0o600))
	got, err = loaded(t, s)
	require.NoError(t, err)
	require.NotContains(t, got, "edit A", "a check point of another server has no journal of ours")
	require.Contains(t, got, "suite newer")
	require.Contains(t, read(t, log.Path()), "Changes after the check point: 50 records of the journal "+s.path+".journal.")

	o.set(s, "A", "x")
	require.NoError(t, s.Close())
	require.Empty(t, s.disk.List(s.path+middle), "nothing is left behind")
	got, err = loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, o.text(), got)
}

func TestChanged_editsAreKeptWithoutOtherChanges(t *testing.T) {
	o := newOwner(t)
	s, _ := newSaver(t, o, nil, wire.CheckPtAlways)
	s.Changed()
	o.d.AddHistory("/s", "MSG:looked at")
	s.Changed()
	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Contains(t, got, "history /s \bMSG:looked at")
}

func TestChanged_modes(t *testing.T) {
	o := newOwner(t)
	s, _ := newSaver(t, o, nil, wire.CheckPtNever)
	o.set(s, "A", "1")
	require.NoFileExists(t, s.path)
	s.Set(wire.CheckPtAlways, 0, 0)
	o.set(s, "A", "2")
	o.set(s, "A", "3")
	s.Set(wire.CheckPtOnTime, 0, 0)
	o.set(s, "A", "4")
	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Contains(t, got, "edit A '3'")
	require.NoError(t, s.Save(true))
	got, err = loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, o.text(), got)
	require.Nil(t, s.journal)
}

func TestRun_onTime(t *testing.T) {
	o := newOwner(t)
	s, _ := newSaver(t, o, nil, wire.CheckPtOnTime)
	s.interval.Store(0)
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Add(1)
	go func() { defer group.Done(); s.Run(ctx) }()
	o.set(s, "A", "1")
	time.Sleep(50 * time.Millisecond)
	require.NoFileExists(t, s.path, "a halted server saves nothing")
	s.SetRunning(true)
	require.Eventually(t, func() bool {
		b, _ := os.ReadFile(s.path)
		return strings.Contains(string(b), "edit A '1'")
	}, 5*time.Second, time.Millisecond)
	before, err := os.Stat(s.path)
	require.NoError(t, err)
	time.Sleep(50 * time.Millisecond)
	after, err := os.Stat(s.path)
	require.NoError(t, err)
	require.True(t, os.SameFile(before, after), "nothing changed, nothing is written")
	cancel()
	group.Wait()
}

func TestRun_compacts(t *testing.T) {
	o := newOwner(t)
	s, _ := newSaver(t, o, nil, wire.CheckPtAlways)
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Add(1)
	go func() { defer group.Done(); s.Run(ctx) }()
	big := strings.Repeat("x", leastLimit/8)
	for i := range 20 {
		o.set(s, "A", strconv.Itoa(i)+big)
	}
	require.Eventually(t, func() bool {
		s.writing.Lock()
		defer s.writing.Unlock()
		return s.journal != nil && s.journal.size <= s.limit
	}, 10*time.Second, time.Millisecond)
	cancel()
	group.Wait()
	require.FileExists(t, s.old)
	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, o.text(), got)
}

// Many at once: each is on disk when it returns, and they share their syncs.
func TestChanged_fromManyAtOnce(t *testing.T) {
	o := newOwner(t)
	s, _ := newSaver(t, o, nil, wire.CheckPtAlways)
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	for w := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range 40 {
				o.set(s, fmt.Sprintf("V%d", w), strconv.Itoa(i))
				if i%15 == w {
					o.restructure(s)
				}
				if i == 20 {
					_ = s.Save(false)
				}
			}
		}()
	}
	go s.Run(ctx)
	group.Wait()
	cancel()
	got, err := loaded(t, s)
	require.NoError(t, err)
	require.Equal(t, o.text(), got)
	require.Empty(t, o.warnings)
}

// Wherever the power goes, what was acknowledged is there when it is back.
func TestPowerCut(t *testing.T) {
	for seed := range uint64(80) {
		o, on := newOwner(t), newPowercut(seed)
		dice := rand.New(rand.NewPCG(seed, 2))
		s, _ := newSaver(t, o, on, wire.CheckPtAlways)
		done, life := 0, 0 // the last value acknowledged
		for ; life < 4; life++ {
			on.left = 3 + dice.IntN(120)
			for i := done + 1; ; i++ {
				switch dice.IntN(12) {
				case 0:
					o.restructure(s)
				case 1:
					_ = s.Save(true)
				}
				o.set(s, "A", strconv.Itoa(i))
				if on.left == 0 {
					break
				}
				done = i
			}
			on = on.after()
			o = newOwner(t)
			s, _ = newSaver(t, o, on, wire.CheckPtAlways)
			_, err := s.Start(o.d)
			require.NoError(t, err, "seed %d, life %d", seed, life)
			got := -1
			for _, v := range o.d.UserVariables() {
				got, err = strconv.Atoi(v.Value)
				require.NoError(t, err)
			}
			if done > 0 {
				require.GreaterOrEqual(t, got, done, "seed %d, life %d", seed, life)
				require.LessOrEqual(t, got, done+1, "seed %d, life %d: what was never asked for", seed, life)
				entries := o.d.History("/")
				require.Equal(t, fmt.Sprintf("MSG:A=%d", got), entries[len(entries)-1], "seed %d, life %d", seed, life)
				done = got
			}
			o.d.Track() // as a server that starts
		}
	}
}

// The disk fills up, and empties: nothing that was said to be saved is lost.
func TestDiskFull_comesAndGoes(t *testing.T) {
	for seed := range uint64(8) {
		o, on := newOwner(t), newPowercut(seed)
		s, _ := newSaver(t, o, on, wire.CheckPtAlways)
		dice := rand.New(rand.NewPCG(seed, 3))
		saved := 0
		for i := 1; i < 60; i++ {
			if dice.IntN(6) == 0 {
				on.full = dice.IntN(4)
			} else if dice.IntN(3) == 0 {
				on.full = -1
			}
			o.warnings = nil
			if dice.IntN(9) == 0 {
				o.restructure(s)
			}
			o.set(s, "A", strconv.Itoa(i))
			if len(o.warnings) == 0 {
				saved = i
			}
			if saved > 0 {
				d := defs.New()
				fresh, _ := newSaver(t, o, on, wire.CheckPtAlways)
				_, err := fresh.Start(d)
				require.NoError(t, err, "seed %d, step %d", seed, i)
				got, err := strconv.Atoi(d.UserVariables()[0].Value)
				require.NoError(t, err)
				require.GreaterOrEqual(t, got, saved, "seed %d, step %d", seed, i)
			}
		}
	}
}

func TestReplay_tornAnywhere(t *testing.T) {
	o := newOwner(t)
	s, _ := newSaver(t, o, nil, wire.CheckPtAlways)
	var states []string
	for i := range 4 {
		o.set(s, "A", strconv.Itoa(i))
		states = append(states, o.text())
	}
	whole := read(t, s.journal.name)
	for cut := 0; cut < len(whole); cut += 7 {
		require.NoError(t, os.WriteFile(s.journal.name, []byte(whole[:cut]), 0o600))
		got, err := loaded(t, s)
		require.NoError(t, err)
		require.Contains(t, states, got, "cut at %d", cut)
	}
	for at := 0; at < len(whole); at += 17 {
		bad := []byte(whole)
		bad[at] ^= 0x10
		require.NoError(t, os.WriteFile(s.journal.name, bad, 0o600))
		got, err := loaded(t, s)
		require.NoError(t, err)
		require.Contains(t, states, got, "spoilt at %d", at)
	}
}

func TestReplay_whatDoesNotFitIsTold(t *testing.T) {
	o := newOwner(t)
	s, log := newSaver(t, o, nil, wire.CheckPtAlways)
	o.set(s, "A", "1")
	o.set(s, "A", "2")
	for _, r := range []*record{
		{changes: &wire.DefsDelta{CompoundMementos: []*wire.CompoundMemento{{AbsNodePath: "/nowhere"}}}},
	} {
		b, err := r.append(nil)
		require.NoError(t, err)
		require.NoError(t, s.journal.add(b))
		got, err := loaded(t, s)
		require.NoError(t, err)
		require.Equal(t, o.text(), got)
		require.Contains(t, read(t, log.Path()), "is followed to its record 1, because: ")
	}
}

func TestDecode_whatIsWhole(t *testing.T) {
	for _, bad := range []string{"", "\x01", "\x00\x01", "\x00\x01\x05ab", "\x00\x00{}", "\x00\x00[", "\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"} {
		_, err := decode([]byte(bad))
		require.Error(t, err, "%q", bad)
	}
	_, err := decode([]byte("\x00\x00"))
	require.NoError(t, err)
	require.True(t, errors.Is(fault.New(fault.Protocol, ""), fault.Protocol))
}

func FuzzReplay(f *testing.F) {
	r := record{calendars: 3, edits: []defs.Edit{{Path: "/s", Entry: "MSG:x"}}, changes: &wire.DefsDelta{CompoundMementos: []*wire.CompoundMemento{
		{AbsNodePath: "/s/t", Vec: []wire.Memento{&wire.FlagMemento{}}},
	}}}
	b, err := r.append(nil)
	require.NoError(f, err)
	f.Add(b)
	f.Add(append(b, b[:10]...))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, records []byte) {
		o := newOwner(t)
		of := identify(nil)
		n, err := replay(o.d, append([]byte(magic+of.String()+"\n"), records...), of)
		if n == 0 && err == nil {
			require.Equal(t, newOwner(t).text(), o.text())
		}
		if len(records) > 0 {
			_, _ = decode(records)
		}
	})
}

func BenchmarkChanged(b *testing.B) {
	o := newOwner(b)
	s, _ := newSaver(b, o, nil, wire.CheckPtAlways)
	o.set(s, "A", "1")
	i := 0
	for b.Loop() {
		i++
		o.set(s, "A", strconv.Itoa(i))
	}
}

func TestPause_leavesTimeForTheSave(t *testing.T) {
	for _, c := range []struct{ interval, took, want time.Duration }{
		{120 * time.Second, 0, 119 * time.Second},
		{120 * time.Second, 300 * time.Millisecond, 119 * time.Second},
		{120 * time.Second, 2 * time.Second, 116 * time.Second},
		{120 * time.Second, time.Hour, 60 * time.Second},
		{time.Second, 0, 900 * time.Millisecond},
		{time.Second, 100 * time.Millisecond, 800 * time.Millisecond},
	} {
		var s Saver
		s.interval.Store(int64(c.interval / time.Second))
		require.Equal(t, c.want, s.pause(c.took), "%v", c)
	}
}
