package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func paths(api wire.PathsAPI, paths ...string) wire.Request {
	return &wire.PathsCmd{UserCmd: fred, API: api, Paths: paths}
}

func archived(t *testing.T) (b *bench, file string) {
	b = newBench(t)
	home := t.TempDir()
	b.load("suite s\nedit ECF_HOME '" + home + "'\nfamily f\ntask t\nlabel l a\nendfamily\ntask u\nlabel l a\nendsuite\n")
	return b, filepath.Join(home, "host.3141.:s:f.check")
}

func (b *bench) label(path, value string) (ok bool) {
	alter := wire.NewAlterCmd(fred, []string{path}, "l", value)
	alter.ChangeAttrType = wire.AlterChangeLabel
	_, wrong := b.ask(alter).(*wire.ErrorCmd)
	return !wrong
}

func TestArchive_whatIsWrittenAheadIsUsed(t *testing.T) {
	b, file := archived(t)
	c := &call{Engine: b.Engine, row: row{access: edits}}
	b.mu.Lock()
	waiting, other := make(chan struct{}), make(chan struct{})
	go func() {
		close(waiting)
		b.Look(func(*defs.Defs) {})
		close(other)
	}()
	<-waiting
	time.Sleep(50 * time.Millisecond) // until it waits for the lock
	n := b.tree.Find("/s/f")
	over := c.writeAhead([]*defs.Node{n})
	<-other // it had the lock meanwhile
	require.NoFileExists(t, file)
	parts, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".host*"))
	require.NoError(t, err)
	require.Len(t, parts, 1)
	before, err := os.Stat(parts[0])
	require.NoError(t, err)
	require.NoError(t, n.Archive())
	over()
	b.mu.Unlock()
	after, err := os.Stat(file)
	require.NoError(t, err)
	require.True(t, os.SameFile(before, after))
	require.Empty(t, n.Children())
	for _, f := range c.later {
		f()
	}
	require.NoFileExists(t, parts[0])
	require.FileExists(t, file)
}

func TestArchive_whatHasChangedMeanwhileIsWrittenAgain(t *testing.T) {
	b, file := archived(t)
	c := &call{Engine: b.Engine, row: row{access: edits}}
	b.mu.Lock()
	n := b.tree.Find("/s/f")
	over := c.writeAhead([]*defs.Node{n})
	require.NoError(t, n.Child("t").ChangeLabel("l", "b"))
	require.NoError(t, n.Archive())
	over()
	b.mu.Unlock()
	for _, f := range c.later {
		f()
	}
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(content), `label l "a" # "b"`)
	left, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	require.Len(t, left, 1)
}

// What is read ahead is not used if an archive was written meanwhile.
func TestRestore_anotherArchiveMeanwhile(t *testing.T) {
	b, _ := archived(t)
	b.must(paths(wire.PathsArchive, "/s/f"))
	c := &call{Engine: b.Engine, row: row{access: edits}}
	b.mu.Lock()
	over := c.readAhead([]string{"/s/f"})
	require.Len(t, b.ahead.read, 1)
	over()
	require.Nil(t, b.ahead.read)
	b.mu.Unlock()
	b.must(paths(wire.PathsRestore, "/s/f"))
	require.Equal(t, "a", b.node("/s/f/t").Labels()[0].Value)
}

// Many archive, restore and change at the same time: no change that was acknowledged is lost.
func TestArchive_atTheSameTime(t *testing.T) {
	b, _ := archived(t)
	var last atomic.Value
	last.Store("")
	until := time.Now().Add(300 * time.Millisecond)
	var all sync.WaitGroup
	for _, api := range []wire.PathsAPI{wire.PathsArchive, wire.PathsArchive, wire.PathsRestore, wire.PathsRestore} {
		all.Go(func() {
			for time.Now().Before(until) {
				b.ask(paths(api, "/s/f"))
			}
		})
	}
	all.Go(func() {
		for i := 0; time.Now().Before(until); i++ {
			value := fmt.Sprint("v", i)
			if b.label("/s/f/t", value) {
				last.Store(value)
			}
		}
	})
	all.Wait()
	b.ask(paths(wire.PathsRestore, "/s/f"))
	label := b.node("/s/f/t").Labels()[0]
	require.Equal(t, last.Load(), label.New)
	require.NotContains(t, strings.Join(b.log.text, "\n"), "internal error")
}
