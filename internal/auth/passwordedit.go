package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/fileset"
)

// PasswordEntry names a line of a password file; the password itself stays there.
type PasswordEntry struct {
	User string `json:"user"`
	Host string `json:"host"`
	Port string `json:"port"`
	Line int    `json:"line"`
}

// PasswordText is the text of a password file for editing. What is not asked to change
// stays byte for byte: comments, order, blanks, line ends, passwords of others.
type PasswordText struct {
	path    string
	lines   [][]byte // with their ends
	version bool     // there is a line with the version
}

// newPasswordFile is what a file begins with that is made here.
const newPasswordFile = "4.5.0\n# user host port password\n"

// ParsePasswordText takes a password file apart. Errors: as [ReadPasswordFile].
func ParsePasswordText(path string, data []byte) (*PasswordText, error) {
	if _, err := parsePasswordFile(path, data); err != nil {
		return nil, err
	}
	t := &PasswordText{path: path}
	for line := range bytes.Lines(data) {
		t.lines = append(t.lines, line)
		t.version = t.version || len(passwordFieldSpans(line)) > 0
	}
	return t, nil
}

// Bytes is the text as it is now.
func (t *PasswordText) Bytes() []byte { return bytes.Join(t.lines, nil) }

// Entries lists who has a password for which server, in the order of the file.
func (t *PasswordText) Entries() []PasswordEntry {
	var entries []PasswordEntry
	versionSeen := false
	for i, line := range t.lines {
		spans := passwordFieldSpans(line)
		if len(spans) == 0 {
			continue
		}
		if !versionSeen {
			versionSeen = true
			continue
		}
		field := func(n int) string { return string(line[spans[n].from:spans[n].to]) }
		entries = append(entries, PasswordEntry{User: field(0), Host: field(1), Port: field(2), Line: i + 1})
	}
	return entries
}

// Set gives a user of the server host:port a password: in the line there is, of which all
// else stays, or in a new one at the end.
//
// Errors: fault.Argument for what the format cannot hold.
func (t *PasswordText) Set(user, host, port, plain string) (replaced bool, err error) {
	if err := checkEntry(user, host, port); err != nil {
		return false, err
	}
	if err := checkPassword(plain); err != nil {
		return false, err
	}
	for _, e := range t.Entries() {
		if e.User == user && e.Host == host && e.Port == port {
			line := t.lines[e.Line-1]
			old := passwordFieldSpans(line)[3]
			t.lines[e.Line-1] = bytes.Join([][]byte{line[:old.from], []byte(plain), line[old.to:]}, nil)
			return true, nil
		}
	}
	end := "\n"
	if n := len(t.lines); n > 0 {
		if bytes.HasSuffix(t.lines[0], []byte("\r\n")) {
			end = "\r\n"
		}
		if !bytes.HasSuffix(t.lines[n-1], []byte("\n")) {
			t.lines[n-1] = append(bytes.Clone(t.lines[n-1]), end...)
		}
	}
	if !t.version {
		t.version = true
		t.lines = append(t.lines, bytes.SplitAfter([]byte(newPasswordFile), []byte("\n"))[:2]...)
	}
	t.lines = append(t.lines, []byte(strings.Join([]string{user, host, port, plain}, " ")+end))
	return false, nil
}

// Remove takes out the lines of all entries that match, and gives these.
func (t *PasswordText) Remove(match func(PasswordEntry) bool) []PasswordEntry {
	var removed []PasswordEntry
	for _, e := range t.Entries() {
		if match(e) {
			t.lines[e.Line-1] = nil
			removed = append(removed, e)
		}
	}
	kept := t.lines[:0:0]
	for _, line := range t.lines {
		if line != nil {
			kept = append(kept, line)
		}
	}
	t.lines = kept
	return removed
}

// EditPasswordFile changes a password file, or makes it, mode 0600. Nobody sees it half
// written; who edits it at the same time in this way waits, until ctx ends. A file that is
// there keeps mode and owner. When change returns an error, or changes nothing, the file stays as it is.
//
// The warnings are of who can read the file. Errors: those of change; fault.Config for a file that cannot
// be read or written, or is none; fault.Busy when it stays locked.
func EditPasswordFile(ctx context.Context, path string, change func(*PasswordText) error) ([]Warning, error) {
	unlock, err := lockFile(ctx, path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	data, _, err := readSecretFile("read the password file", path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	text, err := ParsePasswordText(path, data)
	if err != nil {
		return nil, err
	}
	if err := change(text); err != nil {
		return nil, err
	}
	edited := text.Bytes()
	if !bytes.Equal(edited, data) {
		if _, err := parsePasswordFile(path, edited); err != nil {
			return nil, &fault.Error{Kind: fault.Internal, Op: "edit the password file", Path: path, Msg: "the file would not be valid afterwards", Err: err}
		}
		if err := fileset.Write([]fileset.File{{Path: path, Data: edited, Mode: 0o600, Keep: true}}, true); err != nil {
			return nil, err
		}
	}
	_, info, err := readSecretFile("read the password file", path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	return permissionWarnings(path, info), nil
}

// checkEntry refuses names that the format cannot hold. No name is quoted that may be a
// misplaced password.
func checkEntry(user, host, port string) error {
	refuse := func(msg, hint string) error {
		return &fault.Error{Kind: fault.Argument, Op: "edit the password file", Msg: msg, Hint: hint}
	}
	for i, name := range []string{user, host} {
		if name == "" || strings.ContainsFunc(name, breaksField) {
			return refuse("the name of a "+[]string{"user", "host"}[i]+" cannot be empty, nor hold blanks, control characters or #", "")
		}
	}
	if strings.HasPrefix(user, "$") {
		return refuse(fmt.Sprintf("the user name %q begins with \"$\", which crypt(3) takes for the name of another algorithm", user),
			"choose another name, for a custom user if need be")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 || strconv.Itoa(n) != port {
		return refuse("the port is a number from 1 to 65535", "")
	}
	return nil
}

func checkPassword(plain string) error {
	msg := ""
	switch {
	case plain == "":
		msg = "the password is empty"
	case strings.ContainsFunc(plain, breaksField):
		msg = "a password cannot hold blanks, control characters or #: the format of the file has no way to write them"
	default:
		return nil
	}
	return &fault.Error{Kind: fault.Argument, Op: "edit the password file", Msg: msg}
}

// breaksField reports whether a character ends a field, a line or what is no comment.
func breaksField(r rune) bool { return r <= ' ' || r == '#' || r == 0x7f }

// span is where a field stands in a line.
type span struct{ from, to int }

// passwordFieldSpans is passwordFields with the places of the fields, comments left out.
func passwordFieldSpans(line []byte) []span {
	text, _, _ := bytes.Cut(line, []byte("#"))
	end := len(bytes.TrimRight(text, " \t\n\v\f\r"))
	at := end - len(bytes.TrimLeft(text[:end], " \t\n\v\f\r"))
	var spans []span
	for at < end {
		if text[at] == ' ' || text[at] == '\t' {
			at++
			continue
		}
		s := span{at, at}
		for s.to < end && text[s.to] != ' ' && text[s.to] != '\t' {
			s.to++
		}
		spans, at = append(spans, s), s.to
	}
	return spans
}
