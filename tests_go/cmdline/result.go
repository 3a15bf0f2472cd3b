package cmdline

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

//go:embed testdata/*.jsonl.bz2
var files embed.FS

// Versions are those of the original that were recorded.
var Versions = []string{"5.9.2", "5.19.0"}

// Line is one call of ecflow_client, and what came of it.
type Line struct {
	Args []Bytes           `json:"args"`
	Env  map[string]string `json:"env,omitempty"` // beside the usual; an empty value: not set

	Exit     int     `json:"exit"` // as a shell gives it; -1: it had to be ended
	Out      Bytes   `json:"out,omitempty"`
	Err      Bytes   `json:"err,omitempty"`
	Requests []Bytes `json:"requests,omitempty"`
}

// Words are the arguments, of which those that stand for the server's port have it.
func (l *Line) Words(port string) []string {
	words := make([]string, len(l.Args))
	for i, a := range l.Args {
		words[i] = strings.ReplaceAll(string(a), "{PORT}", port)
	}
	return words
}

// Environment is what the call sees, and nothing else.
func (l *Line) Environment(home, port string) map[string]string {
	env := map[string]string{
		"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
		"ECF_HOST": "127.0.0.1", "ECF_PORT": port,
		"ECF_NAME": "/s/t", "ECF_PASS": "secret", "ECF_TRYNO": "1", "ECF_RID": "77",
	}
	maps.Copy(env, l.Env)
	maps.DeleteFunc(env, func(_, value string) bool { return value == "" })
	return env
}

// Load reads what was recorded of a version.
func Load(version string) ([]Line, error) {
	f, err := files.Open("testdata/" + version + ".jsonl.bz2")
	if err != nil {
		return nil, fmt.Errorf("cmdline: nothing was recorded of version %s: %w", version, err)
	}
	defer f.Close()
	lines, err := Read(f)
	if err != nil {
		return nil, fmt.Errorf("cmdline: %s: %w", version, err)
	}
	return lines, nil
}

// Read reads a recording, packed by bzip2.
func Read(from io.Reader) ([]Line, error) {
	var lines []Line
	decoder := json.NewDecoder(bufio.NewReader(bzip2.NewReader(from)))
	for {
		var line Line
		switch err := decoder.Decode(&line); {
		case errors.Is(err, io.EOF):
			return lines, nil
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", len(lines)+1, err)
		}
		lines = append(lines, line)
	}
}

// Bytes is text that may be no UTF-8. In JSON it is a string then {"base64": ...}.
type Bytes string

// MarshalJSON writes a string, or what it stands for.
func (b Bytes) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if utf8.ValidString(string(b)) {
		err := encoder.Encode(string(b))
		return out.Bytes(), err
	}
	err := encoder.Encode(map[string]string{"base64": base64.StdEncoding.EncodeToString([]byte(b))})
	return out.Bytes(), err
}

// UnmarshalJSON reads what MarshalJSON writes.
func (b *Bytes) UnmarshalJSON(text []byte) error {
	if text[0] == '"' {
		return json.Unmarshal(text, (*string)(b))
	}
	var coded struct{ Base64 []byte }
	err := json.Unmarshal(text, &coded)
	*b = Bytes(coded.Base64)
	return err
}

// Prepare puts the files that command lines name into a directory.
func Prepare(directory string) error {
	for name, text := range map[string]string{
		"good.def": "suite su\n  edit A 'b'\n  family f\n    task t\n      trigger u == complete\n    task u\n  endfamily\nendsuite\n",
		"bad.def":  "suite su\n  task t\n    trigger nosuch == complete\nendsuite\n",
		"no.def":   "nothing\n",
		"edit.ecf": "%include <head.h>\n%comment\nA = 'b'\nC=d\n%end\necho\n",
	} {
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

var (
	whoAsks   = regexp.MustCompile(`"(cl_host_|user_)": "[^"]*"`)
	encrypted = regexp.MustCompile(`"(pswd_)": "[^"]+"`)
	pingTime  = regexp.MustCompile(`succeeded in .*`)
)

// Normal takes out of what was seen all that another machine, moment or port would change.
// Of the errors it leaves the first line, and a second one if the first says little.
func (l *Line) Normal(home, port string) {
	for i, r := range l.Requests {
		text := whoAsks.ReplaceAllString(string(r), `"$1": "*"`)
		l.Requests[i] = Bytes(place(encrypted.ReplaceAllString(text, `"$1": "*"`), home, port))
	}
	l.Out = Bytes(pingTime.ReplaceAllString(place(string(l.Out), home, port), "succeeded"))
	first, rest, _ := strings.Cut(place(string(l.Err), home, port), "\n")
	if strings.HasSuffix(first, "Caught exception whilst parsing arguments:") {
		second, _, _ := strings.Cut(strings.TrimLeft(rest, "\n"), "\n")
		first += "\n" + second
	}
	l.Err = Bytes(first)
}

func place(text, home, port string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, home, "{HOME}"), port, "{PORT}")
}
