package watch

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
)

// scope says which paths to look at, none below another, and which suites are needed for them and for an
// expression; nil for all.
func scope(given []string, e *expr.Expr) (paths, suites []string, err error) {
	for _, p := range given {
		clean := path.Clean(p)
		if !strings.HasPrefix(p, "/") {
			return nil, nil, &fault.Error{Kind: fault.Argument, Msg: "the path " + strconv.Quote(p) + " is not absolute", Hint: "paths begin with a slash: /suite/family/task"}
		}
		paths = append(paths, clean)
	}
	whole := false
	if e != nil {
		for _, r := range e.Refs() {
			switch {
			case strings.HasPrefix(r.Path, "/"):
				if len(given) == 0 && r.Path != "/" {
					paths = append(paths, path.Clean(r.Path))
				}
				if r.Path != "/" {
					suites = append(suites, suiteOf(r.Path))
				}
			case len(given) == 0:
				return nil, nil, &fault.Error{Kind: fault.Argument, Msg: "the expression refers to " + strconv.Quote(r.String()) + ", which is not absolute",
					Hint: "name the node from which it is seen, or write /suite/... in the expression"}
			default:
				whole = whole || slices.ContainsFunc(paths, func(from string) bool { return leaves(from, r.Path) })
			}
		}
	}
	if len(paths) == 0 {
		paths = []string{"/"}
	}
	paths = topmost(paths)
	for _, p := range paths {
		if p == "/" {
			return paths, nil, nil
		}
		suites = append(suites, suiteOf(p))
	}
	if whole {
		return paths, nil, nil
	}
	slices.Sort(suites)
	return paths, slices.Compact(suites), nil
}

// leaves reports whether a relative path may lead out of the suite of the node from where it is seen.
func leaves(from, relative string) bool {
	return strings.Count(from, "/") <= 1+strings.Count(relative, "..")
}

// suiteOf is the name of the suite in an absolute path.
func suiteOf(path string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return name
}

// topmost are the paths that are not below another, each once.
func topmost(paths []string) []string {
	sorted := slices.Clone(paths)
	slices.Sort(sorted)
	var top []string
	for _, p := range sorted {
		if !slices.ContainsFunc(top, func(above string) bool { return Below(p, above) }) {
			top = append(top, p)
		}
	}
	return top
}

// Below reports whether a path is another one or below it.
func Below(path, above string) bool {
	return above == "/" || path == above || strings.HasPrefix(path, above) && path[len(above)] == '/'
}

func itoa(n int) string { return strconv.Itoa(n) }
