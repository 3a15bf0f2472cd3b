package access

import "strings"

// permitted says whether the variables PERMISSIONS let a user do something with all nodes of a request.
//
// A variable is a list of names with commas between, and nothing else: blanks are part of a name. Whoever is named may
// read and write; others may do neither. The variable of a node counts for all below it that have none, or one without a name;
// the definition's own comes last. Nobody is excepted: the user who runs the server is not, either.
//
// A ping is let through, so that it has not to wait for whoever changes the definition just now.
//
// For a node that is not there the original lets everybody through. Here its parents decide, so that a new node, or an
// event by the name of /suite/task:event, is no way around them.
//
// source: Permissions.cpp; AuthorisationService.cpp, allows; seen with 5.19.0
func permitted(r *Request) bool {
	if r.Permissions == nil || r.Ping {
		return true
	}
	if len(r.Paths) == 0 {
		return permittedAt("/", r)
	}
	for _, path := range r.Paths {
		if !permittedAt(path, r) {
			return false
		}
	}
	return true
}

func permittedAt(path string, r *Request) bool {
	for path = tidy(path); ; path = parent(path) {
		value, at := r.Permissions(path)
		if at == "" {
			return true
		}
		if named, empty := lists(value, r.User); !empty {
			return named
		}
		if path = at; path == "/" {
			return true
		}
	}
}

// parent is the path of what the node at a path is in.
func parent(path string) string {
	if slash := strings.LastIndexByte(path, '/'); slash > 0 {
		return path[:slash]
	}
	return "/"
}

// tidy is a path as the original takes it: between slashes, however many; "/" for nothing.
func tidy(path string) string {
	if path == "" || path == "/" {
		return "/"
	}
	if path[0] == '/' && path[len(path)-1] != '/' && !strings.Contains(path, "//") {
		return path
	}
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	return "/" + strings.Join(parts, "/")
}

// lists says whether a value of PERMISSIONS names a user; empty: it names nobody.
func lists(value, user string) (named, empty bool) {
	empty = true
	for name := range strings.SplitSeq(value, ",") {
		if name == "" {
			continue
		}
		empty = false
		if name == user {
			return true, false
		}
	}
	return false, empty
}
