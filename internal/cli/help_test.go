package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/version"
)

// ours are options that the original does not have.
var ours = regexp.MustCompile(`^ +output +`)

func page519(t *testing.T, section string) []string {
	t.Helper()
	recorded, err := os.ReadFile("testdata/help-5.19.0.txt")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(recorded), "== "+section+"\n")
	require.True(t, found, section)
	before, _, _ := strings.Cut(after, "== ")
	return strings.Split(strings.TrimSuffix(before, "\n"), "\n")
}

func help(t *testing.T, topic string) string {
	t.Helper()
	text, err := helpText(topic, 0)
	require.NoError(t, err)
	return text
}

// Names, kinds, columns and empty lines are those of the original; words are not.
func TestHelp_listsAreLaidOutAsTheOriginals(t *testing.T) {
	text := help(t, "")
	want := strings.Join(page519(t, "overview"), "\n") + "\n"
	have := text[strings.Index(text, "Commands:"):]
	options := regexp.MustCompile(`(?s)\nOptions:.*\nDefinition:`)
	require.Equal(t, options.ReplaceAllString(want, ""), options.ReplaceAllString(have, ""))

	columns := regexp.MustCompile(`^  \S+ +(?:task|user|option) +`)
	for _, topic := range []string{"summary", "task", "option"} {
		var have []string
		for line := range strings.SplitSeq(strings.TrimSuffix(help(t, topic), "\n"), "\n") {
			if ours.MatchString(line) {
				continue
			}
			if begin := columns.FindString(line); begin != "" {
				require.Greater(t, len(line), len(begin), "%s has no summary", line)
				line = begin
			}
			have = append(have, line)
		}
		require.Equal(t, page519(t, topic), have, topic)
	}
	require.Equal(t, help(t, "task"), help(t, "child"), "the word of 5.9 and 5.13")
}

func TestHelp_everyTopicHasItsPage(t *testing.T) {
	for _, name := range command.HelpNames() {
		text := help(t, "--"+name)
		require.True(t, strings.HasPrefix(text, "\n"+name+"\n"+strings.Repeat("-", len(name))+"\n\n"), name)
		if name != "user" { // alone it is the list of commands for users
			require.Equal(t, text, help(t, name))
		}
		for _, section := range []string{"\n\nUsage:\n\n    ", "\n\nExamples:\n\n    ", "\n\nExit code:\n\n    "} {
			require.Contains(t, text, section, name)
		}
		require.Contains(t, help(t, "all"), "    --"+name+"\n\n        ")
		h, _ := command.HelpFor(name)
		require.Equal(t, h.Kind != command.KindOption, strings.Contains(text, "\n  ECF_HOST <string> [mandatory*]\n    "), name)
		require.Equal(t, h.Kind == command.KindTask, strings.Contains(text, "\n  ECF_NAME <string> [mandatory]\n    "), name)
	}
	for _, name := range command.HelpItemNames() {
		text := help(t, "defs/"+name)
		require.True(t, strings.HasPrefix(text, "\n"+name+"\n"+strings.Repeat("-", len(name))+"\n\n"), name)
		require.Contains(t, text, "\nSyntax\n", name)
		require.Contains(t, text, "\nExamples\n", name)
	}
	require.Contains(t, help(t, "trigger"), "\nSyntax\n", "an item that is no command needs no defs/")
	require.Contains(t, help(t, "environment"), "ECF_SSL_DIR")
}

// No option of any version is without a page.
func TestHelp_hasTheOptionsOfAllVersions(t *testing.T) {
	recorded, err := os.ReadFile("testdata/options.txt")
	require.NoError(t, err)
	versions := 0
	for line := range strings.Lines(string(recorded)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		require.Greater(t, len(words), 80, words[0])
		require.Subset(t, command.HelpNames(), words[1:], words[0])
		versions++
	}
	require.Equal(t, 3, versions)
}

func TestHelp_unknownTopicsTellWhatThereIs(t *testing.T) {
	text := help(t, "evnt")
	require.True(t, strings.HasPrefix(text, "No matching command found, please choose from:\n\n   abort "), text)
	require.Contains(t, text, "--help=event ?")
	require.NotContains(t, help(t, "nothing of the kind"), "Did you mean")
	require.True(t, strings.HasPrefix(help(t, "defs/evnt"), "No matching definition item found, please choose from:\n  alias        node      "))
}

func TestHelp_beginningsOfNamesWillDo(t *testing.T) {
	require.Equal(t, help(t, "zombie_get"), help(t, "zombie_g"))
	_, err := helpText("zombie_f", 0)
	require.EqualError(t, err, "ecflow: option is ambiguous and matches 'zombie_fail', and 'zombie_fob'")
	for _, topic := range []string{"-", "--", "--zombie_f", "--pin"} {
		require.Contains(t, help(t, topic), "No matching command found", topic)
	}
}

func TestHelp_fitsTheTerminal(t *testing.T) {
	fixed := regexp.MustCompile(`^ |^-+$`) // examples and tables are written as they are
	for _, width := range []int{-1, 0, 1, 40, 60, 80, 1000} {
		for _, name := range command.HelpNames() {
			text, err := helpText(name, width)
			require.NoError(t, err)
			for line := range strings.SplitSeq(text, "\n") {
				if !fixed.MatchString(line) {
					require.LessOrEqual(t, len(line), max(lineWidth(width), 40), "%s: %s", name, line)
				}
				if !strings.HasPrefix(line, "   ") {
					require.Equal(t, strings.TrimRight(line, " "), line, name)
				}
			}
		}
	}
}

// Scripts read the number with patterns such as this.
func TestVersion_beginsAsTheOriginals(t *testing.T) {
	require.Regexp(t, `^Ecflow version\(\d+\.\d+\.\d+\) .*\n$`, versionText())
	require.Contains(t, versionText(), "Ecflow version("+version.EcFlow+") ecflow-go("+version.Number()+") ")
	require.Equal(t, 1, strings.Count(versionText(), "\n"))
}

func FuzzHelp(f *testing.F) {
	for _, topic := range []string{"", "all", "event", "--event", "defs/", "defs/trigger", "evnt", "ä"} {
		f.Add(topic, 80)
	}
	f.Fuzz(func(t *testing.T, topic string, width int) {
		text, err := helpText(topic, width)
		if err != nil {
			require.ErrorIs(t, err, fault.Argument)
			require.Contains(t, err.Error(), "option is ambiguous and matches '"+topic)
			return
		}
		require.NotEmpty(t, text)
	})
}
