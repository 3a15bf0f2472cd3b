package realserver

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/ecflow-go/ecflow/internal/version"
)

// Variable names the environment variable that asks for a version.
const Variable = "ECFLOW_SERVER"

// Installation is one original ecFlow, or the original's clients with a server of ours.
type Installation struct {
	Ours    bool   // the server is ours
	Root    string // "" for this machine's own packages
	Version string // as "5.9.2"
	server  []string
	client  []string
}

func (i *Installation) String() string {
	where := i.Root
	if where == "" {
		where = "this machine"
	}
	text := "ecFlow " + i.Version + " (" + where + ")"
	if i.Ours {
		text = "our server, with clients of " + text
	}
	return text
}

// OursVariable names the environment variable that asks for a server of ours in place of the original's, by the path of its
// program. [Variable] says then whose clients are meant.
const OursVariable = "ECFLOW_OUR_SERVER"

// With is the same installation with another server program in place of its own,
// which says that it is of the version given: how our server is started as the
// original's are.
func (i *Installation) With(server []string, version string) *Installation {
	return &Installation{Root: i.Root, Version: version, server: server, client: i.client}
}

// Client is the command that runs the original command-line client.
func (i *Installation) Client() []string { return append([]string(nil), i.client...) }

// Server is the command of its server.
func (i *Installation) Server() []string { return append([]string(nil), i.server...) }

// AtLeast reports whether the version is major.minor or newer.
func (i *Installation) AtLeast(major, minor int) bool {
	parts := strings.Split(i.Version, ".")
	a, _ := strconv.Atoi(parts[0])
	b, _ := strconv.Atoi(parts[1])
	return a > major || a == major && b >= minor
}

// Selected is the installation that ECFLOW_SERVER asks for, this machine's own
// if it is empty. The test fails if it is not here.
func Selected(t testing.TB) *Installation {
	t.Helper()
	found, err := Asked()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Asked is the installation that the environment asks for.
func Asked() (*Installation, error) {
	found, err := Find(os.Getenv(Variable))
	if ours := os.Getenv(OursVariable); err == nil && ours != "" {
		found = found.WithServer(ours)
	}
	return found, err
}

// ServerVersion is what the server says its version is.
func (i *Installation) ServerVersion() string {
	if i.Ours {
		return version.EcFlow
	}
	return i.Version
}

// WithServer is the installation with the server of ours that a program is.
func (i *Installation) WithServer(program string) *Installation {
	other := *i
	other.Ours, other.server = true, []string{program}
	return &other
}

// Find gives the installation of a version or root directory; "" is this
// machine's own.
func Find(wanted string) (*Installation, error) {
	if wanted == "" || strings.Contains(wanted, "/") {
		return open(wanted)
	}
	roots, _ := filepath.Glob(filepath.Join(rootsDirectory(), "*"))
	var present []string
	for _, root := range append([]string{""}, roots...) {
		if one, err := open(root); err == nil {
			if one.Version == wanted {
				return one, nil
			}
			present = append(present, one.String())
		}
	}
	return nil, fmt.Errorf("ecFlow %s is not here (present: %s); apt-get install ecflow-server ecflow-client, or scripts/roots.sh",
		wanted, strings.Join(present, ", "))
}

func rootsDirectory() string {
	cache := os.Getenv("XDG_CACHE_HOME")
	if cache == "" {
		cache = filepath.Join(os.Getenv("HOME"), ".cache")
	}
	return filepath.Join(cache, "ecflow-go", "roots")
}

var versionPattern = regexp.MustCompile(`version\((\d+\.\d+\.\d+)\)`)

func open(root string) (*Installation, error) {
	i := &Installation{Root: root}
	var err error
	if i.server, err = program(root, "ecflow_server"); err != nil {
		return nil, err
	}
	if i.client, err = program(root, "ecflow_client"); err != nil {
		return nil, err
	}
	text, err := exec.Command(i.client[0], append(i.client[1:], "--version")...).Output()
	if err != nil {
		return nil, fmt.Errorf("%s --version: %w", strings.Join(i.client, " "), err)
	}
	found := versionPattern.FindSubmatch(text)
	if found == nil {
		return nil, fmt.Errorf("no version in what %s prints", strings.Join(i.client, " "))
	}
	i.Version = string(found[1])
	return i, nil
}

func program(root, name string) ([]string, error) {
	folders := []string{"/usr/bin", "/usr/sbin"}
	if root == "" {
		folders = append(folders, "/usr/local/bin")
	}
	for _, folder := range folders {
		path := filepath.Join(root, folder, name)
		if info, err := os.Stat(path); err != nil || info.Mode()&0o111 == 0 {
			continue
		}
		if root == "" {
			return []string{path}, nil
		}
		linkers, _ := filepath.Glob(filepath.Join(root, "lib*/ld-linux*.so.*"))
		libraries, _ := filepath.Glob(filepath.Join(root, "usr/lib/*-linux-gnu"))
		if len(linkers) == 0 || len(libraries) == 0 {
			return nil, errors.New(root + " is not a Debian root")
		}
		return []string{linkers[0], "--library-path", strings.Join(libraries, ":"), path}, nil
	}
	return nil, fmt.Errorf("no %s in %s", name, filepath.Join("/", root))
}

// Python is the command of a Python that imports the original's module, and variables that it needs.
func (i *Installation) Python() (command, variables []string, err error) {
	if i.Root == "" {
		return []string{"/usr/bin/python3"}, nil, nil
	}
	found, _ := filepath.Glob(filepath.Join(i.Root, "usr/bin/python3.[0-9]*[0-9]"))
	linkers, _ := filepath.Glob(filepath.Join(i.Root, "lib*/ld-linux*.so.*"))
	libraries, _ := filepath.Glob(filepath.Join(i.Root, "usr/lib/*-linux-gnu"))
	if len(found) == 0 || len(linkers) == 0 {
		return nil, nil, errors.New("no Python in " + i.Root)
	}
	return []string{linkers[0], "--library-path", strings.Join(libraries, ":"), found[len(found)-1]},
		[]string{"PYTHONHOME=" + filepath.Join(i.Root, "usr"), "PYTHONPATH=" + filepath.Join(i.Root, "usr/lib/python3/dist-packages")}, nil
}
