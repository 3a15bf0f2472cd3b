package engine

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// recorded is a request, and what came of it in the original. See testdata/README.md.
type recorded struct{ Step, Request, Reply, Definition, Log string }

func recordings(t *testing.T) (all []recorded) {
	t.Helper()
	file, err := os.Open("testdata/users.5.19.0.jsonl.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one recorded
		require.NoError(t, json.Unmarshal(lines.Bytes(), &one))
		all = append(all, one)
	}
	require.NoError(t, lines.Err())
	return all
}

// What differs from one minute to the next.
var passing = regexp.MustCompile(`\[\d\d:\d\d:\d\d \d+\.\d+\.\d{4}\] ?| (dur|rt):\S+|(state_change|modify_change|cal_count):\d+|(initTime|suiteTime|duration|initLocalTime|lastTime|calendarIncrement):\S+( \d\d:\d\d:\d\d)?| # server$|date:\S+|nextTimeSlot/\S+|relativeDuration/\S+`)

// lasting are the lines of a text without what passes, those of histories sorted.
func lasting(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "edit ") && strings.HasSuffix(line, "# server") || line == "" {
			continue
		}
		lines = append(lines, strings.TrimRight(passing.ReplaceAllString(line, ""), " #"))
	}
	begin := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "history ") })
	if begin >= 0 {
		end := begin
		for end < len(lines) && strings.HasPrefix(lines[end], "history ") {
			end++
		}
		slices.Sort(lines[begin:end])
	}
	return strings.Join(lines, "\n")
}

func TestUsers_asTheOriginal(t *testing.T) {
	b := &bench{t: t, log: &lines{}, now: time.Date(2026, 11, 25, 0, 0, 10, 0, time.UTC)} // when it was recorded
	e, err := New(Options{
		Log: b.log, Clock: func() time.Time { return b.now }, Host: "HOST", Port: "PORT",
		Variables: []defs.Variable{{Name: "ECF_HOME", Value: "HOME"}},
	})
	require.NoError(t, err)
	b.Engine = e
	for i, one := range recordings(t) {
		request, err := wire.DecodeRequest([]byte(one.Request))
		require.NoError(t, err, one.Step)
		seen := len(b.log.text)
		reply := b.ask(request)
		payload, err := wire.EncodeReply(reply)
		require.NoError(t, err, one.Step)
		want, err := wire.DecodeReply([]byte(one.Reply))
		require.NoError(t, err, one.Step)
		require.Equal(t, lasting(shown(want, one.Reply)), lasting(shown(reply, string(payload))), "%d: %s", i, one.Step)
		var definition string
		b.Look(func(d *defs.Defs) {
			definition = string(text.Printer{Style: text.Net, History: true}.Append(nil, d))
		})
		require.Equal(t, lasting(one.Definition), lasting(definition), "%d: %s", i, one.Step)
		var log []string
		for _, entry := range b.log.text[seen:] {
			kind, words, _ := strings.Cut(entry, ":")
			for line := range strings.SplitSeq(words, "\n") {
				if line != "" { // nor has a log file empty lines
					log = append(log, kind+":"+line)
				}
			}
		}
		require.Equal(t, lasting(one.Log), lasting(strings.Join(log, "\n")), "%d: %s", i, one.Step)
	}
}

// shown is what a reply says.
func shown(reply wire.Reply, payload string) string {
	switch r := reply.(type) {
	case *wire.DefsCmd:
		return r.Defs
	case *wire.SNodeCmd:
		return r.TheNodeStr
	case *wire.ErrorCmd:
		return "error: " + r.ErrorMsg
	case *wire.SStringCmd:
		return "text: " + r.Str
	}
	return payload
}
