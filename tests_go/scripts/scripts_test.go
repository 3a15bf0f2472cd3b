// Package scripts compares our ecflow_client with the original's: each script in
// this directory runs twice, on two fresh original servers, once with each
// program, and every step has to show the same standard output, exit code, first
// line of standard error, requests in the server's log, and definition in the
// server. README.md tells the language.
//
// ECFLOW_SERVER names the version of both server and original client, as in
// package realserver. ECFLOW_CLIENT names the program to compare, if it is not to
// be built from cmd/ecflow_client; "original" compares the original with itself.
// ECFLOW_SUBJECT=server compares our server instead: the original's client runs on
// both sides, and the second has our server, built from cmd/ecflow_server. A version of the
// original in place of "server" compares that.
package scripts

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/contrast"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// party is one side: the server it has, and the client's program.
type party struct {
	server *realserver.Installation
	client []string
}

var (
	original *realserver.Installation
	parties  [2]party
	tally    = count{differing: map[string]int{}}
)

// ofServer says that it is a server that is compared: ours, or another version of the original.
func ofServer() bool { return os.Getenv("ECFLOW_SUBJECT") != "" }

// count is what the last line tells.
type count struct {
	sync.Mutex
	scripts, steps, agreeing int
	differing                map[string]int
}

func TestMain(m *testing.M) {
	wanted := os.Getenv(realserver.Variable)
	if wanted == "" {
		fmt.Println("scripts: not asked for (" + realserver.Variable + " is not set; see make interop)")
		return
	}
	os.Exit(func() int {
		var err error
		if original, err = realserver.Find(wanted); err == nil {
			var remove func()
			remove, err = choose()
			defer remove()
		}
		if err != nil {
			fmt.Println("scripts:", err)
			return 1
		}
		code := realserver.Run(m)
		fmt.Printf("scripts: against %v: %d scripts, %d steps, %d agree", original, tally.scripts, tally.steps, tally.agreeing)
		for _, name := range sortedKeys(tally.differing) {
			fmt.Printf(", %s %d", name, tally.differing[name])
		}
		fmt.Println()
		return code
	}())
}

// choose says what is compared.
func choose() (remove func(), err error) {
	both := party{original, original.Client()}
	parties = [2]party{both, both}
	name, path := "ecflow_client", os.Getenv("ECFLOW_CLIENT")
	switch {
	case ofServer() && os.Getenv("ECFLOW_SUBJECT") != "server":
		parties[1].server, err = realserver.Find(os.Getenv("ECFLOW_SUBJECT"))
		return func() {}, err
	case ofServer():
		name = "ecflow_server"
	case path == "original":
		return func() {}, nil
	case path != "":
		parties[1].client = []string{path}
		return func() {}, nil
	}
	command, remove, err := program(name)
	if ofServer() {
		parties[1].server = original.With(command, decides)
	} else {
		parties[1].client = command
	}
	return remove, err
}

// program builds one of cmd.
func program(name string) (command []string, remove func(), err error) {
	directory, err := os.MkdirTemp("", name)
	if err != nil {
		return nil, func() {}, err
	}
	remove = func() { _ = os.RemoveAll(directory) }
	path := filepath.Join(directory, name)
	build := exec.Command("go", "build", "-o", path, "../../cmd/"+name)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return nil, remove, fmt.Errorf("%w: %s", err, text)
	}
	return []string{path}, remove, nil
}

func TestScripts(t *testing.T) {
	paths, err := filepath.Glob("*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	file := meantFile
	if ofServer() {
		file = meantOfServer
	}
	meant, err := readMeant(file)
	require.NoError(t, err)
	for _, other := range []string{meantFile, meantOfServer} {
		names, err := readMeant(other)
		require.NoError(t, err)
		for name := range names {
			elsewhere[name] = other != file
		}
	}
	complete := t.Run("all", func(t *testing.T) {
		for _, path := range paths {
			if ofServer() && path == "fatal.txtar" {
				continue // what ends the original does not end ours
			}
			t.Run(strings.TrimSuffix(path, ".txtar"), func(t *testing.T) {
				t.Parallel()
				compare(t, path, meant)
			})
		}
	})
	if whole := flag.Lookup("test.run").Value.String() == ""; !complete || !whole || os.Getenv("ECFLOW_CLIENT") == "original" {
		return
	}
	for name, d := range meant {
		if d.in(original.Version) && tally.differing[name] == 0 {
			t.Errorf("%s: no step shows the difference %s any more", file, name)
		}
	}
}

// elsewhere are the names of the differences that this run does not compare, which steps may show as well.
var elsewhere = map[string]bool{}

// compare runs a script on both sides.
func compare(t *testing.T, path string, meant map[string]difference) {
	s, err := readScript(path)
	require.NoError(t, err)
	if s.config.HTTP && !original.AtLeast(5, 14) {
		t.Skip("servers speak HTTP since 5.14")
	}
	var sides [2]*side
	for i, one := range parties {
		sides[i], err = newSide(realserver.Start(t, one.server, s.config), one.client, s.files)
		require.NoError(t, err)
		if s.noServer {
			sides[i].server.Stop()
			sides[i].watched = false
		}
	}
	tally.Lock()
	tally.scripts++
	tally.Unlock()
	var before string
	for _, one := range s.steps {
		if !one.wants(original) {
			continue
		}
		var outcomes [2]outcome
		var errs [2]error
		var both sync.WaitGroup
		for i := range sides {
			both.Go(func() { outcomes[i], errs[i] = sides[i].do(one) })
		}
		both.Wait()
		for i, who := range []string{"original", "ours"} {
			if errs[i] != nil {
				t.Fatalf("%s:%d: %s\n%s: %v", path, one.line, one.text, who, errs[i])
			}
		}
		if outcomes[0] != nil {
			show(t, one, outcomes[0])
			before = judge(t, path, one, outcomes, meant, before)
		}
	}
}

// show logs what the original did, if ECFLOW_TRANSCRIPT is set: for who writes a script.
func show(t *testing.T, one step, o outcome) {
	if os.Getenv("ECFLOW_TRANSCRIPT") == "" {
		return
	}
	text := one.text
	for _, part := range parts {
		lines := strings.SplitN(strings.TrimSpace(o[part]), "\n", 6)
		if part != "definition" && part != "changes" && o[part] != "" && lines[0] != "0" {
			text += "\n    " + part + ": " + strings.Join(lines[:min(len(lines), 5)], "\n        ")
		}
	}
	t.Log(text)
}

// judge tells what differs and was not meant to. Definitions that differ as they did
// before are not told again: before is how they did, the result how they do now.
func judge(t *testing.T, path string, one step, outcomes [2]outcome, meant map[string]difference, before string) string {
	t.Helper()
	definitions := contrast.Show(outcomes[0]["definition"], outcomes[1]["definition"])
	if definitions == before {
		outcomes[1]["definition"] = outcomes[0]["definition"]
	}
	excused := map[string]string{} // part to name of difference
	for _, name := range one.differs {
		d, known := meant[name]
		if !known && !elsewhere[name] {
			t.Errorf("%s:%d: no difference is named %s in %s", path, one.line, name, meantFile+" or "+meantOfServer)
		}
		if d.in(original.Version) {
			for _, part := range d.parts {
				excused[part] = name
			}
		}
	}
	used := map[string]bool{}
	agree := true
	for _, part := range parts {
		if outcomes[0][part] == outcomes[1][part] {
			continue
		}
		agree = false
		if excused[part] == "" && part == "stderr" && meant[newerWords].in(original.Version) && outcomes[0][part] != "" && outcomes[1][part] != "" {
			excused[part] = newerWords
		}
		if name := excused[part]; name != "" {
			used[name] = true
			continue
		}
		t.Errorf("%s:%d: %s\n  %s\n%s", path, one.line, one.text, part, contrast.Show(outcomes[0][part], outcomes[1][part]))
	}
	tally.Lock()
	defer tally.Unlock()
	tally.steps++
	if agree {
		tally.agreeing++
	}
	for name := range used {
		tally.differing[name]++
	}
	return definitions
}

func sortedKeys(m map[string]int) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
