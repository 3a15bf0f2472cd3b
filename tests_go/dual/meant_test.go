package dual

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// meantFile lists the meant differences by name, with the reasons.
const meantFile = "../../docs/compat-server.md"

// difference is one that is meant: which steps may show it, in which parts of what they show.
type difference struct {
	name  string
	step  *regexp.Regexp
	parts []string
	ours  *regexp.Regexp // what our side shows; nil: anything
}

var meant = []difference{
	{"kill-is-told", regexp.MustCompile(`^raw ZombieCmd .*"UserAction":5`), []string{"sync", "followed"}, nil},
	{"archives-go-later", regexp.MustCompile(`.`), []string{"files"}, regexp.MustCompile(`^$`)},
	{"where-it-is-wrong", regexp.MustCompile(`^(load|replace) `), []string{"reply", "log"}, regexp.MustCompile(`line \d+, column \d+`)},
}

// meantBy is the name of the difference that a step shows in a part, "" if it shows none or one that is not meant.
func meantBy(one step, part string, shown [2]string) string {
	if shown[0] == shown[1] || subject.Version != decides || os.Getenv(subjectVariable) == decides {
		return ""
	}
	for _, d := range meant {
		if !d.step.MatchString(string(one)) || !strings.Contains(" "+strings.Join(d.parts, " ")+" ", " "+part+" ") {
			continue
		}
		if d.ours != nil && !d.ours.MatchString(shown[1]) {
			continue
		}
		if d.name == "archives-go-later" && !onlyGone.MatchString(shown[0]) {
			continue
		}
		return d.name
	}
	return ""
}

// onlyGone are archives that were deleted.
var onlyGone = regexp.MustCompile(`^(== \S+\.:\S+\.check is gone\n)+$`)

// Each meant difference is explained, and each that is explained for this test is one.
func TestMeant_isExplained(t *testing.T) {
	text, err := os.ReadFile(meantFile)
	require.NoError(t, err)
	for _, d := range meant {
		require.Contains(t, string(text), "| `"+d.name+"` | "+strings.Join(d.parts, ", ")+" |")
	}
}
