package command

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/version"
)

// Definition is definition text fit to be sent.
type Definition struct {
	Path string // file it came from, "" when the caller gave the text itself
	Text string
}

// ReadDefinition reads a definition file, or takes path for the text itself if
// it holds a suite ... endsuite, and makes it fit to be sent: lines with extern
// are left out, since real servers die of them. Only then a heading is put in
// front that tells the server not to check references, as it would miss what the
// externs declared; otherwise a trigger to a node that does not exist is refused.
//
// source: docs/decisions/0006-load.md
//
// Errors: fault.NotFound, and fault.Parse with path and line for text that is
// plainly no definition. All finer checks are the server's.
func ReadDefinition(path string) (*Definition, error) {
	if path == "" {
		return nil, argument("LoadDefsCmd::LoadDefsCmd: The pathname to the definition file must be provided")
	}
	text := path
	if strings.Contains(path, "suite") && strings.Contains(path, "endsuite") {
		path = ""
	} else {
		data, err := readFile(path)
		if err != nil {
			return nil, loadFailed(path, "cannot read the file: "+reason(err), 0, err)
		}
		text = string(data)
	}
	text, err := prepareDefinition(path, text)
	if err != nil {
		return nil, err
	}
	return &Definition{Path: path, Text: text}, nil
}

func prepareDefinition(path, text string) (string, error) {
	var b strings.Builder
	heading, opened, externs := false, false, false
	for i, line := range linesOf(text) {
		statements := []string{line}
		if !heading {
			statements = statementsOf(line)
		}
		for _, statement := range statements {
			keyword := keywordOf(statement)
			switch {
			case keyword == "extern":
				externs = true
				continue
			case keyword == "defs_state":
				heading = true
			case keyword == "suite":
				opened = true
			case keyword == "" || keyword == "history" || keyword == "edit":
			case !keywords[keyword] || !opened:
				return "", loadFailed(path, "Could not parse '"+clip(statement, 200)+"'", i+1, nil)
			}
			if !heading && keyword != "" {
				statement = withoutComment(statement)
			}
			b.WriteString(statement)
			b.WriteByte('\n')
		}
	}
	switch {
	case heading:
		return b.String(), nil
	case externs:
		return "#" + version.EcFlow + "\ndefs_state NET\n" + b.String(), nil
	}
	return "#" + version.EcFlow + "\n" + b.String(), nil
}

// keywords are those that may stand inside a suite.
var keywords = setOf(`suite endsuite family endfamily task endtask alias endalias edit label meter event trigger
	complete repeat time today date day cron late limit inlimit defstatus clock endclock calendar autocancel
	autoarchive autorestore verify zombie zombies queue generic aviso mirror action abort automigrate autorepeat owner
	extern defs_state history`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// keywordOf is a line's first word, "" for blank and comment lines.
func keywordOf(line string) string {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
		return ""
	}
	keyword, _, _ := strings.Cut(fields[0], ";")
	return keyword
}

// statementsOf splits a line at semicolons, as the original's client does: under
// a heading a server does not. Labels, and variables whose values hold
// semicolons, stay whole.
//
// source: DefsStructureParser::getNextLine
func statementsOf(line string) []string {
	fields := strings.Fields(line)
	if !strings.Contains(line, ";") || len(fields) == 0 || fields[0][0] == '#' || fields[0] == "label" {
		return []string{line}
	}
	code, _, _ := strings.Cut(line, "#")
	parts := strings.FieldsFunc(code, func(r rune) bool { return r == ';' })
	if len(parts) > 0 && strings.Contains(parts[0], "edit") {
		for _, part := range parts {
			if !strings.HasPrefix(strings.TrimSpace(part), "edit") {
				return []string{line}
			}
		}
	}
	return parts
}

// withoutComment leaves out what follows a # outside quotes: under a heading a
// server takes it for the state of things, "limit L 5 # 3 at once" for three in use.
func withoutComment(line string) string {
	quote := byte(0)
	for i := range len(line) {
		switch c := line[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '#' && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t'):
			return strings.TrimRight(line[:i], " \t")
		}
	}
	return line
}

// linesOf splits text at line ends, without an empty last line.
func linesOf(text string) []string {
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if text == "" {
		return []string{}
	}
	return strings.Split(text, "\n")
}

// loadFailed words a failure as the original's first lines do.
func loadFailed(path, detail string, line int, cause error) error {
	kind := fault.Parse
	if errors.Is(cause, fs.ErrNotExist) {
		kind = fault.NotFound
	}
	return &fault.Error{Kind: kind, Op: "load", Path: path, Line: line, Err: cause,
		Msg: "LoadDefsCmd::LoadDefsCmd. Failed to parse file/definition " + path + "\n" + detail + aroundLine(line)}
}

func aroundLine(line int) string {
	if line == 0 {
		return ""
	}
	return " around line number " + itoa(line)
}

// longestFile is the size above which a file is not a definition or a script, in
// bytes: a definition of a million nodes has some 200 MB.
const longestFile = 1 << 30

// readFile reads a file that a caller named, with a bound: it may be a device.
func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read from
	data, err := io.ReadAll(io.LimitReader(file, longestFile+1))
	if err == nil && len(data) > longestFile {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("the file is larger than 1 GiB")}
	}
	return data, err
}

func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// clip shortens text that goes into a message.
func clip(s string, most int) string {
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "..."
	}
	return s
}
