package dual

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// The variables that say what is compared; make dual sets them.
const (
	subjectVariable = "ECFLOW_SUBJECT" // "ours" (the default), the path of a server that is ours, or a version of the original
	seedsVariable   = "ECFLOW_SEEDS"   // as 1,3,7-9
	stepsVariable   = "ECFLOW_STEPS"   // of a seed

	shrinkVariable     = "ECFLOW_SHRINK"     // what differs first is told in the fewest steps; if not 1, first in a step with this text
	transcriptVariable = "ECFLOW_TRANSCRIPT" // if set, what the original answers is printed
)

// The seeds of the ordinary tests. With the version that decides they show each meant difference.
const (
	ordinary      = "1,2,4,6,11,12,16,20,26,32,34,37,408"
	ordinaryOlder = "1,2,3,4,6"
)

var (
	original *realserver.Installation
	subject  *realserver.Installation
)

func TestMain(m *testing.M) {
	wanted := os.Getenv(realserver.Variable)
	if wanted == "" {
		fmt.Println("dual: not asked for (" + realserver.Variable + " is not set; see make dual)")
		return
	}
	os.Exit(func() int {
		remove, err := choose(wanted)
		defer remove()
		if err != nil {
			fmt.Println("dual:", err)
			return 1
		}
		code := realserver.Run(m)
		if code == 0 && flag.Lookup("test.run").Value.String() == "" && os.Getenv(seedsVariable) == "" && comparesAll() {
			for _, d := range meant {
				if tally.meant[d.name] == 0 {
					fmt.Println("dual: no step shows the difference", d.name, "any more")
					code = 1
				}
			}
		}
		fmt.Printf("dual: %v and %v: %d steps, %v, meant differences: %v\n", original, subject, tally.steps, tally.replies, tally.meant)
		return code
	}())
}

// isOurs reports whether the subject is a server of ours.
func isOurs() bool {
	other := os.Getenv(subjectVariable)
	return other == "" || other == "ours" || strings.Contains(other, "/")
}

// comparesAll reports whether ours is compared with the version that it is to equal.
func comparesAll() bool { return subject.Version == decides && original.Version == decides && isOurs() }

func choose(wanted string) (remove func(), err error) {
	remove = func() {}
	if original, err = realserver.Find(wanted); err != nil {
		return remove, err
	}
	other := os.Getenv(subjectVariable)
	if strings.Contains(other, "/") {
		subject = original.With([]string{other}, decides)
		return remove, nil
	}
	if !isOurs() {
		subject, err = realserver.Find(other)
		return remove, err
	}
	directory, err := os.MkdirTemp("", "ecflow_server")
	if err != nil {
		return remove, err
	}
	remove = func() { _ = os.RemoveAll(directory) }
	path := filepath.Join(directory, "ecflow_server")
	build := exec.Command("go", "build", "-o", path, "../../cmd/ecflow_server")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return remove, fmt.Errorf("%w: %s", err, text)
	}
	subject = original.With([]string{path}, decides)
	return remove, nil
}

// contest is two servers that get the same requests.
type contest struct {
	sides [2]*side
	told  map[string]string // what differed after the last step, by part: it is not told again
}

// begin starts the two servers.
func begin(t *testing.T, files reads) *contest {
	t.Helper()
	var sides [2]*side
	var group sync.WaitGroup
	for i, one := range []*realserver.Installation{original, subject} {
		group.Go(func() {
			server := realserver.Start(t, one, realserver.Config{})
			t.Cleanup(func() {
				if !server.Ended(0) {
					server.Kill() // quicker than to ask it
				}
			})
			if err := os.CopyFS(filepath.Join(server.Home, "files"), os.DirFS("testdata/files")); err == nil {
				sides[i] = newSide(server, files)
				sides[i].eager = i == 1 && isOurs()
			}
		})
	}
	group.Wait()
	for _, s := range sides {
		require.NotNil(t, s, "both have started")
		_, err := s.changedFiles()
		require.NoError(t, err)
		_, err = s.news()
		require.NoError(t, err)
	}
	return &contest{sides: sides, told: map[string]string{}}
}

// finding is something that differs.
type finding struct {
	step step
	part string
	text string
}

func clip(text string, most int) string {
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}

// tally is what the last line tells.
var tally = counts{replies: map[string]int{}, meant: map[string]int{}}

type counts struct {
	sync.Mutex
	steps   int
	replies map[string]int
	meant   map[string]int
}

// shown is how often each meant difference has come.
func (c *counts) shown() map[string]int {
	c.Lock()
	defer c.Unlock()
	return maps.Clone(c.meant)
}

// take takes a step on both sides; fatal is true when nothing more can be compared.
func (c *contest) take(one step) (found []finding, fatal bool) {
	sides := c.sides
	awaitQuiet()
	var outcomes [2]outcome
	var errs [2]error
	var group sync.WaitGroup
	for i := range sides {
		group.Go(func() { outcomes[i], errs[i] = sides[i].do(one) })
	}
	group.Wait()
	if errs[0] != nil || errs[1] != nil {
		return []finding{{one, "error", fmt.Sprintf("    original| %v\n    ours    | %v\n", errs[0], errs[1])}}, true
	}
	if outcomes[0] == nil {
		return nil, false
	}
	tally.Lock()
	tally.replies[kindOf(outcomes[0]["reply"])]++
	tally.steps++
	tally.Unlock()
	if os.Getenv(transcriptVariable) != "" {
		fmt.Printf("%s\n    %s\n", one, strings.ReplaceAll(clip(outcomes[0]["reply"], 400)+"\n"+outcomes[0]["log"], "\n", "\n    "))
	}
	compared := parts
	if original.Version != subject.Version { // versions differ in much that is said, less in what is done
		compared = []string{"reply", "definition"}
	}
	for _, part := range compared {
		shown := [2]string{outcomes[0][part], outcomes[1][part]}
		if part == "reply" && original.Version != subject.Version {
			shown = [2]string{kindOf(shown[0]), kindOf(shown[1])}
		}
		text := compare(sides, shown)
		if part == "followed" && outcomes[1][part] == "" {
			text = "" // our copies are complete, whatever the original's lack
		}
		if part == "sync" && asMuch(outcomes[0][part], outcomes[1][part]) || part == "news" && asNew(outcomes[0][part], outcomes[1][part]) {
			text = ""
		}
		if name := meantBy(sides, one, part, outcomes); text != "" && name != "" {
			tally.Lock()
			tally.meant[name]++
			tally.Unlock()
			c.told[part] = text
			fatal = fatal || part == "definition"
			continue
		}
		lasting := part == "zombies" || part == "followed"
		if text != "" && !(lasting && text == c.told[part]) {
			found = append(found, finding{one, part, text})
			fatal = fatal || part == "definition"
		}
		c.told[part] = text
	}
	return found, fatal || isOurs() && movedOne(sides[0], one, outcomes[0])
}

// kindOf is the first word of a reply as written.
func kindOf(reply string) string { return strings.Fields(reply + " -")[0] }

// awaitQuiet waits while the minute ends: servers do then what is due, and not at the same instant.
func awaitQuiet() {
	now := time.Now()
	const before, after = 600 * time.Millisecond, 1300 * time.Millisecond // the original looks every second
	begun := now.Add(before).Truncate(time.Minute)
	if now.Before(begun.Add(after)) {
		time.Sleep(begun.Add(after).Sub(now))
	}
}

func setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// seeds are those of a list as "1,3,7-9".
func seeds(t *testing.T) (all []uint64) {
	text := os.Getenv(seedsVariable)
	switch {
	case text != "":
	case original.Version == decides:
		text = ordinary
	default:
		text = ordinaryOlder
	}
	for some := range strings.SplitSeq(text, ",") {
		a, b, isRange := strings.Cut(some, "-")
		if !isRange {
			b = a
		}
		first, err := strconv.ParseUint(a, 10, 32)
		require.NoError(t, err)
		last, err := strconv.ParseUint(b, 10, 32)
		require.NoError(t, err)
		for ; first <= last; first++ {
			all = append(all, first)
		}
	}
	return all
}

func TestSeeds(t *testing.T) {
	for _, seed := range seeds(t) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { tryOut(t, seed) })
	}
}

// tryOut is one seed: definitions and steps made from it.
func tryOut(t *testing.T, seed uint64) {
	c := newChooser(seed)
	older := !original.AtLeast(5, 14) || !subject.AtLeast(5, 14)
	before := tally.shown()
	files := reads{
		"first.def":  c.definition(older, "s0", "s1"),
		"second.def": c.definition(older, "s1", "s2"),
		"third.def":  c.definition(older, "s3"),
	}
	p := &speaker{chooser: c, files: files, older: older}
	steps := []step{"load first.def", "client --begin", "client --restart"}
	count := setting(stepsVariable, 150)
	begun := time.Now()
	both := begin(t, files)
	var first *finding
	for i := range count {
		if i >= len(steps) {
			p.see(both.sides[0].tree)
			steps = append(steps, p.next())
		}
		found, fatal := both.take(steps[i])
		for _, f := range found {
			t.Errorf("seed %d, step %d: %s\n  %s\n%s", seed, i, f.step, f.part, f.text)
			if wanted := os.Getenv(shrinkVariable); first == nil && (wanted == "1" || strings.Contains(string(f.step), wanted)) {
				first = &f
			}
		}
		if fatal || first != nil && shrinking() {
			break
		}
	}
	var names []string
	for name, times := range tally.shown() {
		if times > before[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	t.Logf("seed %d: %d steps in %v, meant: %s", seed, len(steps), time.Since(begun).Round(time.Millisecond), strings.Join(names, " "))
	if first != nil && shrinking() {
		t.Logf("seed %d, in short:\n%s", seed, shrink(t, files, steps, first))
	}
}
