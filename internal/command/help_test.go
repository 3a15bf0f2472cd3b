package command_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/command"
)

func TestHelp_tellsAboutEveryOption(t *testing.T) {
	for _, o := range command.Options() {
		h, known := command.HelpFor(o.Name)
		require.True(t, known, "no help for --%s", o.Name)
		require.NotEmpty(t, h.Summary, o.Name)
		require.NotContains(t, h.Summary, "\n", o.Name)
		require.NotEqual(t, ".", h.Summary[len(h.Summary)-1:], o.Name)
		require.NotEmpty(t, h.Text, o.Name)
		require.NotEmpty(t, h.Examples, o.Name)
		require.Contains(t, h.Shapes[0], o.Name, "the first shape shows the option")
		require.Contains(t, h.Examples[0].Line, o.Name, "the first example shows the option")
		for _, e := range h.Examples {
			require.Contains(t, e.Line, "ecflow_client ", o.Name)
		}
		if o.Arity != 0 && o.Name != "get" {
			require.NotEmpty(t, h.Arguments, o.Name)
		}
		for _, a := range h.Arguments {
			require.NotEmpty(t, a.Name, o.Name)
			require.NotEmpty(t, a.Shape, "--%s %s", o.Name, a.Name)
			require.NotEmpty(t, a.Text, "--%s %s", o.Name, a.Name)
			require.False(t, strings.HasSuffix(a.Text, "."), "--%s %s", o.Name, a.Name)
		}
		if row, ok := command.Lookup(o.Name); ok && row.Confirm {
			require.Contains(t, h.Text, "asked first", o.Name)
		}
	}
	_, known := command.HelpFor("nosuch")
	require.False(t, known)
	_, known = command.HelpFor("")
	require.False(t, known)
}

// What a method says about the rights it needs, the option says as well.
func TestHelp_saysWhatNeedsWriteAccess(t *testing.T) {
	for i := range command.Table() {
		row := &command.Table()[i]
		if row.Words == nil {
			continue
		}
		h, _ := command.HelpFor(row.Name)
		for _, m := range row.Methods {
			if strings.Contains(m.Doc, "Needs write access") {
				require.Regexp(t, "(?i)needs? write access", h.Text, row.Name)
			}
		}
	}
}

func TestHelp_tellsAboutEveryItem(t *testing.T) {
	names := command.HelpItemNames()
	require.True(t, slices.IsSorted(names))
	for _, name := range names {
		d, known := command.HelpForItem(name)
		require.True(t, known, name)
		require.NotEmpty(t, d.Summary, name)
		require.NotEmpty(t, d.Examples, name)
		require.Contains(t, []string{"node", "attribute"}, d.Kind, name)
	}
}

// The variables that the client reads and those that the help lists are the same.
func TestHelp_tellsAboutEveryVariable(t *testing.T) {
	source, err := os.ReadFile("../../client/env.go")
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, v := range append(command.EnvironmentForAll(), command.EnvironmentForTasks()...) {
		listed[v.Name] = true
		require.NotEmpty(t, v.Text, v.Name)
	}
	for _, m := range regexp.MustCompile(`"((?:NO_)?ECF[A-Z_]*)"`).FindAllStringSubmatch(string(source), -1) {
		require.True(t, listed[m[1]], m[1])
	}
}

// The examples of definition items are definitions that can be read.
func TestHelp_examplesOfItemsCanBeRead(t *testing.T) {
	for _, name := range command.HelpItemNames() {
		d, _ := command.HelpForItem(name)
		lines := strings.Join(d.Examples, "\n")
		files := []string{"suite s\n" + lines + "\nendsuite\n"}
		switch {
		case name == "definition" || name == "suite":
			files = []string{lines}
		case name == "extern":
			files = []string{lines + "\nsuite s\nendsuite\n"}
		case name == "autorestore":
			files = []string{"suite s\nfamily f\n" + lines + "\nendfamily\nendsuite\n"}
		case d.Kind == "attribute":
			files = nil
			for _, line := range d.Examples {
				in := "task t"
				if name == "clock" || name == "autoarchive" || name == "autocancel" {
					in = ""
				}
				files = append(files, "suite s\n"+in+"\n"+line+"\nendsuite\n")
			}
		}
		for _, file := range files {
			_, err := text.ParseString(file, text.Options{})
			require.NoError(t, err, "%s:\n%s", name, file)
		}
	}
}
