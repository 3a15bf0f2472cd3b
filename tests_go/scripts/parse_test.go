package scripts

import (
	"fmt"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// script is one file: what server it wants, what is done with it, and files.
type script struct {
	config   realserver.Config
	noServer bool
	steps    []step
	files    []txtar.File
}

// step is one line of a script, all "each" unrolled.
type step struct {
	line    int
	text    string   // as it was written, values of "each" filled in
	differs []string // names of meant differences
	since   string   // versions of the original it is for, "" for all
	until   string
	answer  string // standard input
	words   []string
}

func readScript(path string) (*script, error) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		return nil, err
	}
	s := &script{files: archive.Files}
	for i, line := range strings.Split(string(archive.Comment), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := s.add(step{line: i + 1}, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", filepath.Base(path), i+1, err)
		}
	}
	return s, nil
}

// each finds the first loop of a line: "each NAME in VALUES : STEP".
var each = regexp.MustCompile(`^(.*?)\beach ([A-Z]+) in (.*?) : (.*)$`)

func (s *script) add(one step, line string) error {
	if loop := each.FindStringSubmatch(line); loop != nil {
		values, err := split(loop[3])
		if err != nil {
			return err
		}
		for _, value := range values {
			if err := s.add(one, loop[1]+strings.ReplaceAll(loop[4], "$"+loop[2], value)); err != nil {
				return err
			}
		}
		return nil
	}
	one.text = line
	words, err := split(line)
	if err != nil {
		return err
	}
	for len(words) > 1 {
		switch words[0] {
		case "differs":
			one.differs = strings.Split(words[1], ",")
		case "since":
			one.since = words[1]
		case "until":
			one.until = words[1]
		case "answer":
			if one.answer, err = strconv.Unquote(`"` + words[1] + `"`); err != nil {
				return fmt.Errorf("answer %s: %w", words[1], err)
			}
		default:
			one.words = words
			if words[0] == "server" {
				return s.configure(words[1:])
			}
			s.steps = append(s.steps, one)
			return nil
		}
		words = words[2:]
	}
	one.words = words
	s.steps = append(s.steps, one)
	return nil
}

// login is the name of who runs the test.
var login = sync.OnceValue(func() string {
	me, err := user.Current()
	if err != nil {
		panic(err)
	}
	return me.Username
})

// configure reads "server none", "server tls", "server http",
// "server passwords USER=PASSWORD...", "server custom USER=PASSWORD...", "server lists LINE...".
func (s *script) configure(words []string) error {
	users := map[string]string{}
	for _, word := range words[1:] {
		name, password, _ := strings.Cut(word, "=")
		users[strings.ReplaceAll(name, "$USER", login())] = password
	}
	switch words[0] {
	case "none":
		s.noServer = true
	case "tls":
		s.config.TLS = realserver.ServerFiles
	case "tls-host-port":
		s.config.TLS = realserver.HostPortFiles
	case "http":
		s.config.HTTP = true
	case "passwords":
		s.config.Passwords = users
	case "custom":
		s.config.CustomPasswords = users
	case "lists":
		s.config.WhiteList = strings.Join(words[1:], "\n")
	default:
		return fmt.Errorf("server %s: not known", words[0])
	}
	return nil
}

// split takes a line apart as a shell would: '...', "..." and \ as there, nothing else.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	inside := false
	var quote byte
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote == '\'' && c != '\'', quote == '"' && c != '"' && c != '\\':
			word.WriteByte(c)
		case quote != 0 && c == quote:
			quote = 0
		case c == '\\' && i+1 < len(line):
			i++
			if quote == '"' && line[i] != '"' && line[i] != '\\' {
				word.WriteByte('\\')
			}
			word.WriteByte(line[i])
			inside = true
		case c == '\'' || c == '"':
			quote, inside = c, true
		case c == ' ' || c == '\t':
			if inside {
				words = append(words, word.String())
				word.Reset()
				inside = false
			}
		default:
			word.WriteByte(c)
			inside = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("no closing %c: %s", quote, line)
	}
	if inside {
		words = append(words, word.String())
	}
	return words, nil
}

// wants reports whether a step is for a version.
func (one step) wants(i *realserver.Installation) bool {
	return (one.since == "" || atLeast(i, one.since)) && (one.until == "" || !atLeast(i, one.until))
}

func atLeast(i *realserver.Installation, version string) bool {
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil {
		panic("a version is written 5.13: " + version)
	}
	return i.AtLeast(major, minor)
}
