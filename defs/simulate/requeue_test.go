package simulate_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// requeued is a suite that the original's server has begun, and of which a node was queued again.
type requeued struct {
	Name    string `json:"name"`
	Text    string `json:"text"`
	Bad     string `json:"bad"`
	Begun   string `json:"begun"`
	Edited  string `json:"edited"`
	Requeue string `json:"requeue"`
	After   string `json:"after"`
}

// offClock are the parts that depend on when it was done.
var offClock = regexp.MustCompile(` (dur|suiteTime|duration|initLocalTime|lastTime):\S+( \d\d:\d\d:\d\d)?`)

// suitesOf is a tree's suites in style MIGRATE, without times of the computer.
func suitesOf(d *defs.Defs) string {
	all := string(text.Append(nil, d, text.Migrate))
	_, suites, _ := strings.Cut(all, "\nsuite ")
	return offClock.ReplaceAllString(suites, "")
}

// The server of the original and this tree begin and requeue alike.
func TestBeginAndRequeue_asTheOriginalsServer(t *testing.T) {
	file, err := os.Open("testdata/requeue.5.19.0.jsonl.gz")
	require.NoError(t, err)
	defer file.Close()
	in, err := gzip.NewReader(file)
	require.NoError(t, err)
	parse := func(s string) *defs.Defs {
		d, err := text.ParseString(s, text.Options{})
		require.NoError(t, err)
		d.SetHost(&defs.Host{ByCommand: true})
		return d
	}
	count := 0
	for d := json.NewDecoder(in); ; {
		var r requeued
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
		if r.Bad != "" {
			continue
		}
		count++
		tree := parse(r.Text)
		tree.Begin(parse(r.Begun).Suites()[0].Calendar().InitLocal)
		want, got := suitesOf(parse(r.Begun)), suitesOf(tree)
		if want != got {
			t.Errorf("%s: begin: %s", r.Name, firstDifference(want, got))
		}
		tree = parse(r.Edited)
		node := tree.Find(r.Requeue)
		now := parse(r.After).Suite(node.Suite().Name()).Calendar().InitLocal
		tree.SetHost(&defs.Host{ByCommand: true, Now: func() time.Time { return now }})
		node.SetFlag(node.Flag().With(defs.FlagMessage)) // as every command of a user does
		require.NoError(t, node.Requeue())
		if want, got := suitesOf(parse(r.After)), suitesOf(tree); want != got {
			t.Errorf("%s: requeue %s: %s", r.Name, r.Requeue, firstDifference(want, got))
		}
	}
	t.Logf("%d suites", count)
}
