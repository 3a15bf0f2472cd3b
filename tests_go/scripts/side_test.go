package scripts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

const (
	patience  = 40 * time.Second // with one command
	endurance = 30 * time.Second
)

// side is one of the two that a script runs on: a client program with a server of its own.
type side struct {
	server    *realserver.Server
	client    []string
	work      string
	variables []string
	own       [][2]string // what only this side has, and its name
	port      *regexp.Regexp
	watched   bool   // the definition is compared after each step
	changes   [2]int // the server's counters when last looked at
	logged    int    // bytes of the server's log already looked at
}

// outcome is what a step shows, by name of its part.
type outcome map[string]string

// The parts of an outcome, in the order they are reported.
var parts = []string{"exit", "stdout", "stderr", "requests", "changes", "definition", "file"}

// newSide lays the files of testdata and those of the script into the directory
// where the clients run.
func newSide(server *realserver.Server, client []string, files []txtar.File) (*side, error) {
	s := &side{server: server, client: client, work: server.ClientHome, watched: true}
	bin := filepath.Join(filepath.Dir(s.work), "bin")
	s.own = [][2]string{
		{s.work, "$WORK"}, {server.Home, "$ECFHOME"}, {bin, "$BIN"}, {server.HostName + "." + server.Port, "$HOST.$PORT"},
	}
	s.port = regexp.MustCompile(`\b` + server.Port + `\b`)
	if err := os.MkdirAll(bin, 0o700); err != nil {
		return nil, err
	}
	wrapper := "#!/bin/sh\nexec " + strings.Join(client, " ") + " \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "ecflow_client"), []byte(wrapper), 0o700); err != nil {
		return nil, err
	}
	for _, file := range slices.Concat(everybody(), files) {
		path := filepath.Join(s.work, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, []byte(s.expand(string(file.Data))), 0o600); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// everybody are the files that every script has: those of testdata.
var everybody = sync.OnceValue(func() []txtar.File {
	var files []txtar.File
	root := os.DirFS("testdata")
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		files = append(files, txtar.File{Name: path, Data: text})
		return err
	})
	if err != nil {
		panic(err)
	}
	return files
})

// expand fills in $WORK, $ECFHOME, $BIN, $PORT, $HOST and $USER.
func (s *side) expand(text string) string {
	for _, own := range s.own {
		text = strings.ReplaceAll(text, own[1], own[0])
	}
	return strings.NewReplacer("$PORT", s.server.Port, "$HOST", s.server.HostName, "$USER", login()).Replace(text)
}

// do takes one step. An error is one of the script; what the client does is in the outcome.
func (s *side) do(one step) (outcome, error) {
	words := make([]string, len(one.words))
	for i, word := range one.words {
		words[i] = s.expand(word)
	}
	switch words[0] {
	case "client":
		return s.run(append(append([]string(nil), s.client...), words[1:]...), one.answer)
	case "sh": // a command of the shell, with ecflow_client in PATH
		return s.run(append([]string{"sh", "-c"}, words[1:]...), one.answer)
	case "env":
		s.variables = append(s.variables, words[1:]...)
		return nil, nil
	case "unwatched":
		s.watched = false
		return nil, nil
	case "watched":
		s.watched = true
		s.news()
		return nil, nil
	case "be":
		return nil, s.be(words[1])
	case "await":
		return nil, s.await(words[1], words[2])
	case "ended": // the server has to end
		s.watched = false
		if !s.server.Ended(endurance) {
			return nil, errors.New("the server runs on")
		}
		return outcome{}, nil
	case "cat":
		text, err := os.ReadFile(s.path(words[1]))
		if err != nil {
			text = []byte("no such file")
		}
		return outcome{"file": s.tighten(string(text))}, nil
	case "ls":
		found, err := filepath.Glob(s.path(words[1]))
		return outcome{"file": s.tighten(strings.Join(found, "\n"))}, err
	}
	return nil, fmt.Errorf("%s: no such step", words[0])
}

func (s *side) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.work, name)
}

func (s *side) run(command []string, answer string) (outcome, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Dir = s.work
	c.Env = s.server.Environment(append([]string{"PATH=" + s.expand("$BIN") + ":" + os.Getenv("PATH")}, s.variables...)...)
	c.WaitDelay = time.Second // what it leaves behind may hold its output
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.Stdin = strings.NewReader(answer)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if ctx.Err() != nil {
		return nil, fmt.Errorf("no end after %v", patience)
	}
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	got := outcome{
		"exit":   fmt.Sprint(c.ProcessState.ExitCode()),
		"stdout": s.tighten(stdout.String()),
		"stderr": s.tighten(firstLine(stderr.String())),
	}
	if s.watched {
		got["requests"] = s.tighten(s.news())
		got["changes"], got["definition"] = s.definition()
	}
	return got, nil
}

// definition is what the server has, and by how much its counters have grown.
func (s *side) definition() (changes, definition string) {
	defer s.news()
	answer, err := s.server.Client().Command(context.Background(), "migrate", nil)
	if err != nil {
		s.watched = false
		return "", "no answer"
	}
	state, structure := answer.Defs.StateChangeNo(), answer.Defs.ModifyChangeNo()
	changes = fmt.Sprintf("of state +%d, of structure +%d", state-s.changes[0], structure-s.changes[1])
	if ofServer() { // another server may count otherwise, but has to count
		changes = fmt.Sprintf("of state %t, of structure %t", state > s.changes[0], structure > s.changes[1])
	}
	s.changes = [2]int{state, structure}
	return changes, s.tighten(string(text.Append(nil, answer.Defs, text.Migrate)))
}

// notice is a line of standard error that tells of no failure: what the client is
// doing, tries again, or did not find.
var notice = regexp.MustCompile(`^\[[^]]*\] ClientInvoker: |^Unable to open : .*to load tokens|^whoever reads the network`)

// firstLine is the first line of standard error that says what went wrong; the
// original's heading says nothing.
func firstLine(text string) string {
	var heading string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || notice.MatchString(line):
		case heading == "" && strings.HasSuffix(line, ":"):
			heading = line + "\n"
		default:
			return heading + line
		}
	}
	return heading
}

// news are the requests in the server's log that are new. Our server, which may write it some milliseconds later, is asked to write it,
// and then the original as well; that shows in no result.
func (s *side) news() string {
	if ofServer() {
		_ = s.server.Client().FlushLog(context.Background()) // a server that has ended has written all
	}
	log := s.server.Log()
	if len(log) < s.logged {
		s.logged = 0
	}
	fresh := log[s.logged:]
	s.logged = len(log)
	var requests strings.Builder
	for _, line := range strings.SplitAfter(fresh, "\n") {
		if ofServer() && strings.Contains(line, "] --log=flush :") {
			continue
		}
		if strings.Contains(line, "] --") || strings.Contains(line, "] chd:") {
			requests.WriteString(line)
		}
	}
	return requests.String()
}

// be is the task: the variables that its job would have.
func (s *side) be(path string) error {
	for _, name := range []string{"ECF_PASS", "ECF_TRYNO"} {
		value, err := s.server.TryOriginal(nil, "--query=variable", path+":"+name)
		if err != nil {
			return fmt.Errorf("%s of %s: %w: %s", name, path, err, value)
		}
		value = strings.TrimSpace(value)
		s.variables = append(s.variables, name+"="+value)
		if name == "ECF_PASS" {
			s.own = append(s.own, [2]string{value, "PASSWORD"})
		}
	}
	s.variables = append(s.variables, "ECF_NAME="+path, "ECF_RID=4711")
	s.news()
	return nil
}

// await waits until a node has a state.
func (s *side) await(path, state string) error {
	var now string
	for end := time.Now().Add(endurance); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		now, _ = s.server.TryOriginal(nil, "--query=state", path)
		if now = strings.TrimSpace(now); now == state {
			s.news()
			return nil
		}
	}
	return fmt.Errorf("%s is %s, not %s", path, now, state)
}
