// Package tests_go holds the black-box tests: they see the module as its users
// do, or look at its sources from outside.
package tests_go

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/ecflow-go/ecflow/"

// mayImport is the direction of dependencies: a room and the rooms it may use.
// What is missing here fails, so a new room has to say where it stands.
var mayImport = map[string][]string{
	"fault":                   {},
	"internal/version":        {},
	"internal/cereal":         {"fault"},
	"internal/wire":           {"fault", "internal/cereal"},
	"internal/auth":           {"fault", "internal/auth/unixcrypt", "internal/fileset"},
	"internal/auth/unixcrypt": {"fault"},
	"internal/hostfile":       {"fault"},
	"internal/api":            {"fault"},
	"internal/parallel":       {},
	"internal/gcpace":         {},
	"internal/completion":     {},
	"defs":                    {"fault", "defs/expr", "internal/parallel"},
	"defs/expr":               {"fault"},
	"defs/text":               {"fault", "defs", "internal/gcpace", "internal/parallel"},
	"defs/job":                {"fault", "defs"},
	"defs/simulate":           {"fault", "defs", "defs/text"},
	"internal/delta":          {"fault", "defs", "internal/wire"},
	"internal/handles":        {"fault", "defs", "defs/text", "internal/delta", "internal/wire"},
	"internal/transport":      {"fault", "internal/wire"},
	"internal/cliargs":        {"fault"},
	"internal/listen":         {"fault", "internal/wire"},
	"internal/command":        {"fault", "defs", "defs/expr", "defs/text", "internal/cliargs", "internal/wire", "internal/version"},
	"client": {
		"fault", "defs", "defs/text", "internal/auth", "internal/auth/unixcrypt", "internal/command", "internal/delta", "internal/hostfile",
		"internal/transport", "internal/version", "internal/wire",
	},
	"internal/model": {"fault", "defs", "defs/text", "defs/expr", "defs/job", "defs/simulate", "client", "internal/version"},
	"capi":           {"fault", "client", "defs", "internal/model", "internal/command", "internal/version", "capi/inthread", "capi/carry"},
	"capi/carry":     {},
	"capi/inthread":  {},
	"goface":         {"fault", "client"},

	// The server.
	"internal/engine":     {"fault", "defs", "defs/text", "defs/job", "defs/expr", "internal/command", "internal/delta", "internal/handles", "internal/logfile", "internal/stats", "internal/version", "internal/wire", "internal/zombie", "internal/jobs", "internal/auth", "client"},
	"server":              {"fault", "defs", "internal/instance", "internal/settings"},
	"internal/parent":     {"fault"},
	"ecftest":             {"client", "defs", "defs/text", "internal/certs", "internal/cli", "internal/terminal", "server"},
	"internal/zombie":     {"fault", "defs"},
	"internal/jobs":       {"fault"},
	"internal/logfile":    {"fault"},
	"internal/stats":      {"internal/cereal", "internal/wire"},
	"internal/checkpoint": {"fault", "defs", "defs/text", "internal/delta", "internal/logfile", "internal/wire"},
	"internal/settings":   {"fault", "defs", "internal/cliargs", "internal/version"},
	"internal/access":     {"fault", "internal/auth", "internal/auth/unixcrypt"},
	"internal/daemon":     {"client", "defs/text", "fault", "internal/certs", "internal/gcpace", "internal/instance", "internal/jobs", "internal/parallel", "internal/parent", "internal/settings", "internal/terminal", "internal/version"},
	"cmd/ecflow_server":   {"internal/daemon", "internal/terminal"},
	"internal/instance":   {"fault", "defs", "internal/access", "internal/auth", "internal/certs", "internal/checkpoint", "internal/command", "internal/engine", "internal/jobs", "internal/listen", "internal/logfile", "internal/settings", "internal/transport", "internal/version", "internal/wire"},

	// The programs.
	"internal/terminal": {},
	"internal/cli":      {"fault", "client", "defs", "defs/text", "internal/cliargs", "internal/terminal", "internal/command", "internal/stats", "internal/version", "internal/wire"},
	"internal/app":      {"fault", "client", "defs", "internal/terminal", "internal/version", "internal/auth", "internal/certs", "internal/fileset", "internal/transport", "defs/expr", "internal/watch", "internal/top", "internal/doctor", "internal/completion"},
	"internal/certs":    {"fault", "internal/fileset", "internal/transport"},
	"internal/fileset":  {"fault"},
	"internal/watch":    {"fault", "defs", "defs/expr"},
	"internal/top":      {"fault", "client", "defs"},
	"internal/doctor":   {"fault", "client", "internal/auth", "internal/certs", "internal/transport", "internal/version", "internal/wire"},
	"cmd/ecflow_client": {"internal/cli", "internal/terminal"},
	"cmd/ecflow":        {"internal/cli", "internal/app", "internal/daemon", "internal/terminal"},
}

// outside are the other modules that shipped code may use.
var outside = []string{
	"golang.org/x/crypto", "golang.org/x/sync", "golang.org/x/net", "golang.org/x/sys", "golang.org/x/term",
	"github.com/spf13/cobra", "charm.land/bubbletea", "github.com/charmbracelet/x/ansi",
}

// free rooms are not shipped: generators, tests, examples.
var free = []string{"internal/gen", "tests_go", "benchmarks", "examples", "capi/capitest"}

// mayUse lists what libraries must not do behind their caller's back, and who may all the same.
var mayUse = map[string][]string{
	"fmt.Print":          {},
	"fmt.Printf":         {},
	"fmt.Println":        {},
	"os.Exit":            {"cmd/ecflow/main.go", "cmd/ecflow_client/main.go", "cmd/ecflow_server/main.go"},
	"os.Stdout":          {"internal/terminal/terminal.go", "internal/model/class_other.go"},                  // where the commands of UrlCmd show what they print
	"os.Stderr":          {"internal/terminal/terminal.go", "capi/guard.go", "internal/model/class_other.go"}, // the trace of a panic, when ECFLOW_PANIC_TRACE asks for it
	"os.Getenv":          {"capi/guard.go"},
	"os.LookupEnv":       {"internal/terminal/terminal.go"},
	"os.Environ":         {"ecftest/main.go"}, // that of jobs is made of it
	"log.Print":          {},
	"log.Printf":         {},
	"log.Println":        {},
	"log.Fatal":          {},
	"log.Fatalf":         {},
	"http.DefaultClient": {},
}

const longest = 400

// isTable says which files may be longer: those that only list things.
func isTable(path string) bool {
	matched, _ := filepath.Match("internal/command/rows_*.go", path)
	return matched
}

// source is one Go file of the module.
type source struct {
	path string // from the root, with slashes
	room string // its directory
	text []byte
	file *ast.File
}

// sources parses every Go file that is not a test, nor test data.
func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			name := entry.Name()
			if path != "." && (strings.HasPrefix(name, ".") || slices.Contains([]string{"testdata", "build", "dist"}, name)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		found = append(found, source{path: path, room: filepath.ToSlash(filepath.Dir(path)), text: text, file: file})
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, found)
	return found
}

func isFree(room string) bool {
	return slices.ContainsFunc(free, func(base string) bool { return room == base || strings.HasPrefix(room, base+"/") })
}

func isGenerated(s source) bool { return ast.IsGenerated(s.file) }

func imports(s source) []string {
	var paths []string
	for _, spec := range s.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

// Arrows between rooms point one way.
func TestLayering_importsPointDownwards(t *testing.T) {
	for _, s := range sources(t) {
		if isFree(s.room) {
			continue
		}
		allowed, known := mayImport[s.room]
		if !known {
			t.Errorf("%s: room %q is not in mayImport; say there what it may use", s.path, s.room)
			continue
		}
		for _, path := range imports(s) {
			room, ours := strings.CutPrefix(path, module)
			switch {
			case ours && !slices.Contains(allowed, room):
				t.Errorf("%s imports %s: not allowed", s.path, room)
			case !ours && strings.Contains(strings.SplitN(path, "/", 2)[0], ".") &&
				!slices.ContainsFunc(outside, func(base string) bool { return strings.HasPrefix(path+"/", base+"/") }):
				t.Errorf("%s imports %s: shipped code uses %v only", s.path, path, outside)
			}
		}
	}
}

// Everything but capi builds with CGO_ENABLED=0.
func TestLayering_cgoInCapiAlone(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(imports(s), "C") && s.room != "capi" && !strings.HasPrefix(s.room, "capi/") {
			t.Errorf("%s uses cgo", s.path)
		}
	}
}

// Programs are started thousands of times by jobs; what only few of them use must not cost all of them.
func TestLayering_programsStartQuickly(t *testing.T) {
	for _, s := range sources(t) {
		if !isFree(s.room) && slices.Contains(imports(s), "net/http") {
			t.Errorf("%s imports net/http, whose init every start would pay for", s.path)
		}
		for _, d := range s.file.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || isFree(s.room) {
				continue
			}
			for _, spec := range decl.Specs {
				values, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for _, v := range values.Values {
					if call, ok := v.(*ast.CallExpr); ok && types.ExprString(call.Fun) == "regexp.MustCompile" {
						t.Errorf("%s compiles a regular expression at start-up; use sync.OnceValue", s.path)
					}
				}
			}
		}
	}
}

// Libraries never print, never exit, and do not read the environment.
func TestLayering_nothingBehindTheCallersBack(t *testing.T) {
	for _, s := range sources(t) {
		if isFree(s.room) {
			continue
		}
		ast.Inspect(s.file, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.SelectorExpr:
				holder, ok := n.X.(*ast.Ident)
				if !ok {
					return true
				}
				name := holder.Name + "." + n.Sel.Name
				if allowed, forbidden := mayUse[name]; forbidden && !slices.Contains(allowed, s.path) {
					t.Errorf("%s uses %s", s.path, name)
				}
			case *ast.CallExpr:
				if called, ok := n.Fun.(*ast.Ident); ok && (called.Name == "print" || called.Name == "println") {
					t.Errorf("%s calls %s", s.path, called.Name)
				}
			}
			return true
		})
	}
}

// Files are small and named for what they hold; packages say what they are for.
func TestLayering_filesAndRooms(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sources(t) {
		lines := bytes.Count(s.text, []byte("\n"))
		if lines > longest && !isGenerated(s) && !isTable(s.path) {
			t.Errorf("%s has %d lines, %d are enough for one concept", s.path, lines, longest)
		}
		name := filepath.Base(s.path)
		// The z sorts what nobody edits behind what somebody does.
		if isGenerated(s) && !strings.HasPrefix(name, "z") {
			t.Errorf("%s is generated, so its name should begin with z", s.path)
		}
		for _, word := range []string{"util", "utils", "helpers", "common", "misc"} {
			if s.file.Name.Name == word || strings.TrimSuffix(name, ".go") == word {
				t.Errorf("%s: %q says nothing", s.path, word)
			}
		}
		documented[s.room] = documented[s.room] || s.file.Doc != nil
	}
	for room, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", room)
		}
	}
}
