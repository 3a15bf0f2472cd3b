package daemon

import (
	"fmt"
	"os"
	"strings"

	"github.com/ecflow-go/ecflow/internal/settings"
)

// loaded are the lines by which a server of today tells that it has started, and by which files it lets users in. The first
// holds unless the last does.
//
// source: ServerEnvironment.cpp, AuthenticationService.cpp.
func loaded(set *settings.Settings) string {
	var b strings.Builder
	b.WriteString("Loaded server permissions based on Nodes\n")
	for _, file := range []struct{ kind, name string }{
		{"Password", set.PasswordsName()}, {"Custom Password", set.CustomPasswordsName()},
	} {
		switch {
		case file.name == "":
			fmt.Fprintf(&b, "*** %s file not loaded: no file specified\n", file.kind)
		case !isThere(file.name):
			fmt.Fprintf(&b, "*** %s file not loaded: file '%s' does not exist\n", file.kind, file.name)
		default:
			fmt.Fprintf(&b, "*** %s file located at '%s'\n*** %s file successfully loaded\n", file.kind, file.name, file.kind)
		}
	}
	if name := set.WhiteListName(); isThere(name) {
		fmt.Fprintf(&b, "*** White list file loaded from '%s'\nLoaded server permissions based on Whitelist file\n", name)
	}
	return b.String()
}

// dump are all settings, for --debug, before the files are read.
func dump(set *settings.Settings) string {
	return set.Dump("ECF_LISTS = ''\n No users specified. Everyone has read/write access\n\n")
}

// isThere looks from the server's home directory, where the process works.
func isThere(name string) bool {
	_, err := os.Stat(name)
	return name != "" && err == nil
}
