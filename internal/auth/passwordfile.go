package auth

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// maxFile bounds the files read here; real ones have a few lines.
const maxFile = 16 << 20

// PasswordFile is the content of an ECF_PASSWD or ECF_CUSTOM_PASSWD file. It is
// immutable and safe for concurrent use. No way of printing it shows a
// password.
type PasswordFile struct {
	path     string
	entries  map[account]credential
	warnings []Warning
}

type account struct{ user, host, port string }

type credential struct {
	plain Secret
	line  int
}

// ReadPasswordFile reads a password file:
//
//	4.5.0                    # the version: 4.5.0 exactly, or later than 4.5
//	fred localhost 3141 pw   # user, host, port, password
//
// "#" begins a comment anywhere, blank lines are ignored, fields are separated
// by blanks or tabs, and words after the fourth are ignored.
//
// A file that does not exist gives fault.NotFound (and errors.Is with
// fs.ErrNotExist); the original goes on without a password then. Every other
// fault is of kind fault.Config, with path and line. Unlike the original, which
// takes a directory for an empty file, this refuses one.
//
// source: PasswdFile.cpp.
func ReadPasswordFile(path string) (*PasswordFile, error) {
	data, info, err := readSecretFile("read the password file", path)
	if err != nil {
		return nil, err
	}
	file, err := parsePasswordFile(path, data)
	if err != nil {
		return nil, err
	}
	file.warnings = append(permissionWarnings(path, info), file.warnings...)
	return file, nil
}

// Path is the path the file was read from.
func (f *PasswordFile) Path() string { return f.path }

// Len is the number of entries.
func (f *PasswordFile) Len() int { return len(f.entries) }

// Entry is one line of a password file.
type Entry struct {
	User, Host, Port string
	Password         Secret
	Line             int
}

// Entries are the lines of the file, in its order.
func (f *PasswordFile) Entries() []Entry {
	all := make([]Entry, 0, len(f.entries))
	for who, what := range f.entries {
		all = append(all, Entry{User: who.user, Host: who.host, Port: who.port, Password: what.plain, Line: what.line})
	}
	slices.SortFunc(all, func(a, b Entry) int { return a.Line - b.Line })
	return all
}

// ServerWords is what the original server says of a file that [ReadPasswordFile] refuses, as far as it holds no
// line of the file; "" for other errors.
func ServerWords(err error) string {
	var words originalWords
	if errors.As(err, &words) {
		return string(words)
	}
	return ""
}

// originalWords is the cause of an error, as the original names it.
type originalWords string

func (w originalWords) Error() string { return string(w) }

// Warnings tells what is wrong with the file that is no error: who can read it,
// and lines with words after the password.
func (f *PasswordFile) Warnings() []Warning { return f.warnings }

// Lookup gives the plain password for a user of the server host:port, as the
// caller names that host; if there is none, the one for localHost, the name of
// this machine (empty: do not try). The comparison is of characters: "localhost"
// and "127.0.0.1" differ, and so do "3141" and "03141".
func (f *PasswordFile) Lookup(user, host, port, localHost string) (plain string, ok bool) {
	found, ok := f.entries[account{user, host, port}]
	if !ok && localHost != "" {
		found, ok = f.entries[account{user, localHost, port}]
	}
	if !ok {
		return "", false
	}
	return found.plain(), true
}

func parsePasswordFile(path string, data []byte) (*PasswordFile, error) {
	file := &PasswordFile{path: path, entries: map[account]credential{}}
	versionSeen := false
	line := 0
	for text := range bytes.Lines(data) {
		line++
		text, _, _ = bytes.Cut(text, []byte("#"))
		fields := passwordFields(string(text))
		if len(fields) == 0 {
			continue
		}
		var problem, hint string
		var words originalWords
		if !versionSeen {
			versionSeen = true
			problem, hint, words = checkVersion(fields[0])
		} else {
			problem, hint, words = file.add(line, fields)
		}
		if problem != "" {
			return nil, &fault.Error{
				Kind: fault.Config, Op: "read the password file", Path: path, Line: line,
				Msg: place(path, line) + ": " + problem, Hint: hint, Err: words,
			}
		}
	}
	return file, nil
}

// passwordFields splits as the original does: carriage returns, form feeds and
// the like are trimmed off the ends of a line, but separate nothing within it.
func passwordFields(line string) []string {
	line = strings.Trim(line, " \t\n\v\f\r")
	return strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
}

// checkVersion accepts what the original does: 4.5.0 and everything from 4.6,
// each part an int32 with or without a sign, empty parts ignored.
func checkVersion(version string) (problem, hint string, words originalWords) {
	const form = "Expected version of the form <int>.<int>.<int> i.e 4.4.0. but found invalid version number"
	hint = "the first line must be the version of the format: 4.5.0"
	if version[0] < '0' || version[0] > '9' || !strings.Contains(version, ".") {
		words = "The version number not found. The version number must appear before the users."
		return "the version is missing before the first user", hint, words // not quoted: it may be a line of secrets
	}
	parts := strings.FieldsFunc(version, func(r rune) bool { return r == '.' })
	var numbers []int64
	for _, part := range parts {
		n, err := strconv.ParseInt(part, 10, 32)
		if err != nil {
			if words = "Invalid version number "; len(parts) != 3 {
				words = form
			}
			return fmt.Sprintf("the version %q is not made of three numbers", version), hint, words
		}
		numbers = append(numbers, n)
	}
	if len(numbers) != 3 {
		return fmt.Sprintf("the version %q is not made of three numbers", version), hint, form
	}
	major, minor, patch := numbers[0], numbers[1], numbers[2]
	if major < 4 || major == 4 && (minor < 5 || minor == 5 && patch > 0) {
		return fmt.Sprintf("version %s of the format is not supported: 4.5.0, or 4.6 and later", version), hint,
			"Only passwd files with a version >= 4.5.0 is supported"
	}
	return "", "", ""
}

func (f *PasswordFile) add(line int, fields []string) (problem, hint string, words originalWords) {
	hint = "a line reads: user host port password  # comment"
	if len(fields) < 4 {
		return fmt.Sprintf("4 fields are needed, there are %d", len(fields)), hint, "expected <user> <host> <port> <passwd> # comment"
	}
	if _, err := strconv.ParseInt(fields[2], 10, 32); err != nil {
		return "the third field, the port, is not a number", hint, "Port number must be integer's" // not quoted: a misplaced password may be there
	}
	key := account{user: fields[0], host: fields[1], port: fields[2]}
	if before, ok := f.entries[key]; ok {
		return fmt.Sprintf("user %s is already given for the same host and port in line %d", key.user, before.line),
			"keep one of the two lines", originalWords("user " + key.user + " can only appear once for given host/port")
	}
	f.entries[key] = credential{plain: Hide(fields[3]), line: line}
	if len(fields) > 4 {
		f.warnings = append(f.warnings, Warning{
			ID: WarnExtraFields, Path: f.path, Line: line,
			Msg:  "what follows the fourth field, the password, is ignored",
			Hint: "a password cannot hold blanks; a comment begins with #",
		})
	}
	return "", "", ""
}

// readSecretFile reads a whole file and says what it is.
func readSecretFile(op, path string) ([]byte, fs.FileInfo, error) {
	fail := func(kind fault.Kind, msg string, cause error) error {
		return &fault.Error{Kind: kind, Op: op, Path: path, Msg: path + ": " + msg, Err: cause}
	}
	file, err := os.Open(path)
	if err != nil {
		kind := fault.Config
		if errors.Is(err, fs.ErrNotExist) {
			kind = fault.NotFound
		}
		return nil, nil, fail(kind, reason(err), err)
	}
	defer file.Close() //nolint:errcheck // only read from
	info, err := file.Stat()
	if err != nil {
		return nil, nil, fail(fault.Config, reason(err), err)
	}
	if info.IsDir() {
		return nil, nil, fail(fault.Config, "is a directory", nil)
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, nil, fail(fault.Config, reason(err), err)
	}
	if len(data) > maxFile {
		return nil, nil, fail(fault.Config, fmt.Sprintf("is larger than %d MiB", maxFile>>20), nil)
	}
	return data, info, nil
}

// reason is the system's word for a failure, without operation and path.
func reason(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err.Error()
	}
	return err.Error()
}
