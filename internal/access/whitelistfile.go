package access

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

const (
	maxFile  = 16 << 20
	maxDepth = 16 // of files that include others
)

// readList reads the white list. nil without an error: no file is named. A missing file is an error that errors.Is
// fs.ErrNotExist.
//
// source: WhiteListFile.cpp, load; ServerEnvironment.cpp, load_whitelist_file
func (a *Access) readList() (*whiteList, error) {
	name := a.config.WhiteList
	if name == "" {
		return nil, nil
	}
	read := listReader{list: newWhiteList(), name: name, open: func(name string) ([]byte, error) { return readFile(a.path(name)) }}
	if err := read.file(name, 0); err != nil {
		return nil, err
	}
	if a.config.Admin != nil && !read.list.empty() {
		read.list.keepAdmin(a.config.Admin())
	}
	return read.list, nil
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read from
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("is a directory")}
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("is too large")}
	}
	return data, err
}

// reason is the system's word for a failure, with a capital letter as strerror(3) has it.
func reason(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// listReader makes a list of a file and those it includes.
type listReader struct {
	list      *whiteList
	name      string // of the first file
	open      func(name string) ([]byte, error)
	versioned bool // the version has been seen
	left      int  // bytes read
}

// file reads one file. Lines read
//
//	4.4.14               # the version: 4.4.5 or later
//	#include <FILE>      # another file, from the server's directory
//	user path,path ...   # see whiteList.add
func (l *listReader) file(name string, depth int) error {
	data, err := l.open(name)
	if depth > maxDepth || l.left+len(data) > maxFile {
		return l.fail("the files include each other, or are too large", name, 0)
	}
	l.left += len(data)
	if err != nil {
		if depth == 0 && errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return &fault.Error{
			Kind: fault.Config, Path: name,
			Msg:  fmt.Sprintf("Could not open invalid file specified by ECF_LISTS %s (%s) -- check also if #included files exist", l.name, reason(err)),
			Hint: "it is " + name + " that cannot be read",
		}
	}
	number := 0
	for raw := range bytes.Lines(data) {
		number++
		line := strings.TrimSuffix(string(raw), "\n")
		if other, found := included(line); found {
			if err := l.file(other, depth+1); err != nil {
				return err
			}
			continue
		}
		line, _, _ = strings.Cut(line, "#")
		words := strings.FieldsFunc(strings.Trim(line, " \t\n\v\f\r"), func(r rune) bool { return r == ' ' || r == '\t' })
		if len(words) == 0 {
			continue
		}
		var problem string
		if l.versioned {
			problem = l.list.add(words)
		} else {
			problem, l.versioned = checkVersion(words[0]), true
		}
		if problem != "" {
			return l.fail(problem, name, number)
		}
	}
	return nil
}

func (l *listReader) fail(problem, name string, line int) error {
	e := &fault.Error{Kind: fault.Config, Path: name, Line: line, Msg: problem + "\nfor ECF_LISTS file " + name}
	if line > 0 {
		e.Msg += ", line " + strconv.Itoa(line)
	}
	return e
}

// included gives the file of a line that includes one.
func included(line string) (name string, found bool) {
	rest, found := strings.CutPrefix(strings.TrimLeft(line, " "), "#include")
	if !found {
		return "", false
	}
	rest, found = strings.CutPrefix(strings.TrimLeft(rest, " "), "<")
	name, rest, closed := strings.Cut(rest, ">")
	rest = strings.TrimLeft(rest, " ")
	if !found || !closed || strings.ContainsAny(line, "\r\n") || rest != "" && rest[0] != '#' {
		return "", false
	}
	return name, true
}

// checkVersion says what is wrong with a version; "" if nothing is.
//
// source: WhiteListFile.cpp, validateVersionNumber
func checkVersion(version string) string {
	if version[0] < '0' || version[0] > '9' || !strings.Contains(version, ".") {
		return "The version number not found. The version number must appear before the users."
	}
	parts := strings.FieldsFunc(version, func(r rune) bool { return r == '.' })
	if len(parts) != 3 {
		return "Expected version of the form <int>.<int>.<int> i.e 4.4.14. but found invalid version number"
	}
	var n [3]int64
	for i, part := range parts {
		var err error
		if n[i], err = strconv.ParseInt(part, 10, 32); err != nil {
			return "Invalid version number "
		}
	}
	if n[0] < 4 || n[0] == 4 && (n[1] < 4 || n[1] == 4 && n[2] < 5) {
		return "Only white list files with a version >= 4.4.5 is supported"
	}
	return ""
}
