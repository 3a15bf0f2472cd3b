package command

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// Definition is a definition that was read and found fit to be sent.
type Definition struct {
	Path     string // file it came from, "" when the caller gave the text itself
	Tree     *defs.Defs
	Warnings string // what the original prints of it; lines with their ends
}

// DefinitionText is a definition in the form in which it travels: style NET, in
// which externs, of which servers die, have no place.
func DefinitionText(d *defs.Defs) string {
	b := text.Append(nil, d, text.Net)
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody else has b
}

// CheckedText is [DefinitionText] of a definition that a program made, if [defs.Defs.Check] finds
// nothing wrong in it.
//
// source: ClientInvoker::load_in_memory_defs
func CheckedText(d *defs.Defs) (text, warnings string, err error) {
	if d == nil {
		return "", "", argument("The client definition is empty.")
	}
	problems, warnings := d.Check()
	if problems != "" {
		return "", "", fault.New(fault.Check, problems)
	}
	if d.HasUndated() {
		d = d.Clone()
		d.DateDays()
	}
	return DefinitionText(d), warnings, nil
}

// CheckedReplacement is [CheckedText] for a definition that holds a node to replace another.
//
// source: ReplaceNodeCmd.cpp
func CheckedReplacement(node string, d *defs.Defs) (text, warnings string, err error) {
	failed := "ClientInvoker::replace_1(" + node + " ...) failed: "
	if d == nil {
		return "", "", argument("%sReplaceNodeCmd::ReplaceNodeCmd: client definition is empty", failed)
	}
	problems, warnings := d.Check()
	switch {
	case problems != "":
		return "", "", fault.New(fault.Check, failed+problems)
	case d.Find(node) == nil:
		return "", "", &fault.Error{Kind: fault.NotFound, Op: "replace", Path: node,
			Msg: failed + notThere + node + ", does not exist in the client definition "}
	}
	return DefinitionText(d), warnings, nil
}

const notThere = "ReplaceNodeCmd::ReplaceNodeCmd: Cannot replace child since path "

// ReadDefinition reads a definition file, or takes path for the text itself if
// it holds a suite ... endsuite. Text without a state is checked. host is the name
// of this computer, of which the original makes default variables.
//
// source: LoadDefsCmd.cpp, DefsStructureParser.cpp
//
// Errors: fault.NotFound; fault.Parse with path and line; fault.Check for expressions
// that cannot hold.
func ReadDefinition(path, host string) (*Definition, error) {
	if path == "" {
		return nil, argument("LoadDefsCmd::LoadDefsCmd: The pathname to the definition file must be provided")
	}
	d, err := parseDefinition(path, host)
	if err != nil {
		return nil, loadFailed("LoadDefsCmd::LoadDefsCmd. Failed to parse file/definition ", "\n", path, err)
	}
	d.Tree.DateDays()
	return d, nil
}

// ReadReplacement is [ReadDefinition] for the definition that holds a node to replace another.
//
// source: ReplaceNodeCmd.cpp
func ReadReplacement(node, path, host string) (*Definition, error) {
	d, err := parseDefinition(path, host)
	if err != nil {
		began := "ReplaceNodeCmd::ReplaceNodeCmd: Could not parse file "
		failed := loadFailed(began, " : ", path, err)
		if failed.Kind == fault.NotFound {
			failed.Msg = began + path + " : DefsStructureParser::DefsStructureParser: Unable to open file! " + path + "\ncannot read the file: " + reason(err)
		}
		return nil, failed
	}
	if d.Tree.Find(node) == nil {
		return nil, &fault.Error{Kind: fault.NotFound, Op: "replace", Path: node,
			Msg: notThere + node + ", does not exist in the client definition " + clip(path, 200)}
	}
	return d, nil
}

// ReplacementFailed puts before an error of [ReadReplacement] what the original's methods do, and
// its command line does not; nil stays nil.
func ReplacementFailed(node, path string, err error) error {
	var e *fault.Error
	if !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Msg = "ClientInvoker::replace(" + node + "," + clip(path, 200) + ", ...) failed: " + e.Msg
	return &named
}

// isText reports whether what is given in place of a path is a definition itself.
func isText(path string) bool {
	return strings.Contains(path, "suite") && strings.Contains(path, "endsuite")
}

func parseDefinition(path, host string) (*Definition, error) {
	d := &Definition{Path: path}
	var style text.Style
	options := text.Options{Host: host, Found: &style, Warn: func(s string) { d.Warnings += s }}
	src := path
	if isText(path) {
		d.Path, options.Memory = "", true
	} else {
		data, err := readFile(path)
		if err != nil {
			return nil, err
		}
		src = string(data)
	}
	var err error
	if d.Tree, err = text.ParseString(strings.ReplaceAll(src, "\r\n", "\n"), options); err != nil {
		return nil, err
	}
	if style != text.Migrate && style != text.Net { // those that hold the state of things are taken as checked
		var problems string
		if problems, d.Warnings = d.Tree.Check(); problems != "" {
			return nil, fault.New(fault.Check, problems)
		}
	}
	return d, nil
}

// loadFailed words a failure as the original's first lines do.
func loadFailed(began, between, path string, err error) *fault.Error {
	e := &fault.Error{Kind: fault.KindOf(err), Op: "load", Path: path, Err: err}
	if isText(path) {
		e.Path = ""
	}
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		e.Line, e.Msg = known.Line, began+e.Path+between+known.Msg
	case errors.Is(err, fs.ErrNotExist):
		e.Kind = fault.NotFound
		e.Msg = began + e.Path + between + unopened + e.Path + "\ncannot read the file: " + reason(err)
	default: // a directory, no permission, ...
		e.Kind = fault.Argument
		e.Msg = began + e.Path + between + unopened + e.Path + "\ncannot read the file: " + reason(err)
	}
	return e
}

// linesOf splits text at line ends, without an empty last line.
func linesOf(text string) []string {
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if text == "" {
		return []string{}
	}
	return strings.Split(text, "\n")
}

// longestFile is the size above which a file is not a definition or a script, in
// bytes: a definition of a million nodes has some 200 MB.
const longestFile = 1 << 30

const unopened = "DefsStructureParser::DefsStructureParser: Unable to open file! " // source: DefsStructureParser.cpp

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
