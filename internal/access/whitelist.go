package access

import (
	"fmt"
	"slices"
	"strings"
)

// whiteList says who may read and write, and what.
type whiteList struct {
	allRead, allWrite bool
	readers, writers  map[string][]string // to paths of nodes and all below; none: everything
}

// everybody is the name that stands for all users.
const everybody = "*"

func newWhiteList() *whiteList {
	return &whiteList{readers: map[string][]string{}, writers: map[string][]string{}}
}

// allows says whether a user may read, or write, all nodes of some paths; none stands for the definition.
//
// The original lets everybody write where the list says no more than that everybody may read. Here the list means what it says.
//
// source: WhiteListFile.cpp, verify_read_access and verify_write_access
func (l *whiteList) allows(user string, write bool, paths []string) bool {
	switch {
	case l.empty(), l.allWrite, l.allRead && !write:
		return true
	case holds(l.writers, user, paths), holds(l.writers, everybody, paths):
		return true
	case write:
		return false
	}
	return holds(l.readers, user, paths) || holds(l.readers, everybody, paths)
}

// empty reports whether the list says nothing.
func (l *whiteList) empty() bool {
	return len(l.readers) == 0 && len(l.writers) == 0 && !l.allRead && !l.allWrite
}

func holds(users map[string][]string, user string, paths []string) bool {
	granted, known := users[user]
	if !known {
		return false
	}
	if len(granted) == 0 {
		return true
	}
	for _, path := range paths {
		if !slices.ContainsFunc(granted, func(at string) bool { return within(path, at) }) {
			return false
		}
	}
	return len(paths) > 0
}

// within reports whether a path is that of a node or of one below it.
func within(path, at string) bool {
	rest, below := strings.CutPrefix(path, at)
	return below && (rest == "" || rest[0] == '/')
}

// keepAdmin lets a user write, so that a list that was left without can be mended. A list that names nodes for him
// is left alone.
//
// source: WhiteListFile.cpp, allow_write_access_for_server_user
func (l *whiteList) keepAdmin(user string) {
	if user == "" || l.empty() || l.allWrite {
		return
	}
	if _, named := l.writers[user]; !named {
		l.writers[user] = nil
	}
}

// add takes one line, as words.
//
//	fred           # reads and writes
//	-joe           # reads
//	* /x,/y        # everybody reads and writes these, and what is below
//	-* /w /z
//
// Lines of one user add up; but paths narrow a line without any, whichever comes first.
//
// source: WhiteListFile.cpp, add_user
func (l *whiteList) add(words []string) (problem string) {
	if l.allWrite { // what follows cannot matter
		return ""
	}
	if len(words) == 1 {
		l.addWhole(words[0])
		return ""
	}
	readOnly, root := false, false
	user := ""
	var paths []string
	for _, word := range words {
		switch word[0] {
		case '/':
			for path := range strings.SplitSeq(word, ",") {
				if path != "" {
					paths = append(paths, path)
				}
			}
			root = root || slices.Contains(paths, "/")
			continue
		case '-':
			readOnly = true
			if word = word[1:]; word == "" {
				continue
			}
		case '*':
			if user == "" {
				word = everybody
			}
		}
		if user != "" {
			return fmt.Sprintf("Can only have one user per line, first user:%s second user:%s", user, word)
		}
		user = word
	}
	if root { // the root is everything
		paths = nil
		if user == everybody {
			l.openTo(!readOnly)
		}
	}
	for _, path := range paths {
		if path[0] != '/' {
			return "Paths must start with '/'"
		}
	}
	switch {
	case readOnly && !l.allRead:
		l.readers[user] = append(l.readers[user], paths...)
	case !readOnly && !l.allWrite:
		l.writers[user] = append(l.writers[user], paths...)
	}
	return ""
}

// addWhole takes a line without paths.
func (l *whiteList) addWhole(user string) {
	insert := func(users map[string][]string, user string) {
		if _, known := users[user]; !known {
			users[user] = nil
		}
	}
	name, readOnly := strings.CutPrefix(user, "-")
	if name == everybody {
		l.openTo(!readOnly)
		if !readOnly {
			l.allRead = true
			clear(l.readers)
		}
		return
	}
	if !l.allRead {
		insert(l.readers, name)
	}
	if !readOnly {
		insert(l.writers, name)
	}
}

// openTo lets everybody read, or write.
func (l *whiteList) openTo(write bool) {
	if write {
		l.allWrite = true
		clear(l.writers)
		return
	}
	l.allRead = true
	clear(l.readers)
}
