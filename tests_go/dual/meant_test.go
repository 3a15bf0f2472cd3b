package dual

import (
	"os"
	"regexp"
	"slices"
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
	{"told-at-once", regexp.MustCompile(`.`), []string{"news", "sync", "followed"}, nil},
	{"more-is-told", regexp.MustCompile(`^raw AlterCmd .*"Value":"recursive"`), []string{"sync"}, nil},
	{"archives-go-later", regexp.MustCompile(`.`), []string{"files"}, nil},
	{"where-it-is-wrong", regexp.MustCompile(`^(load|replace|client --restore|raw PathsCmd .*"API":8) ?`), []string{"reply", "log"}, regexp.MustCompile(`line \d+, column \d+|No such file or directory`)},
	{"files-of-now", regexp.MustCompile(`^raw (CFileCmd .*"File":[1245]|QueryCmd .*"ECF_(JOB|JOBOUT|TRYNO|RID)")`), []string{"reply", "log"}, regexp.MustCompile(`Failed to open the |SStringCmd (.*\d)?$`)},
	{"reading-is-no-change", regexp.MustCompile(`^raw CtsNodeCmd .*"API":[356]`), []string{"changes", "news"}, nil},
	{"moved-nodes", regexp.MustCompile(`^raw PlugCmd `), all, nil},
	{"replaced-look", regexp.MustCompile(`^replace `), all, nil},
	{"loads-whole", regexp.MustCompile(`^load `), all, nil},
}

// meantBy is the name of the difference that a step shows in a part, "" if it shows none or one that is not meant.
func meantBy(sides [2]*side, one step, part string, shown [2]outcome) string {
	for _, d := range meant {
		if isOurs() && d.step.MatchString(string(one)) && slices.Contains(d.parts, part) && d.shows(sides, one, part, shown) {
			return d.name
		}
	}
	return ""
}

// shows reports whether what differs is of that kind.
func (d *difference) shows(sides [2]*side, one step, part string, shown [2]outcome) bool {
	switch d.name {
	case "moved-nodes":
		return movedOne(sides[0], one, shown[0])
	case "replaced-look":
		return replacedOne(sides[0], one)
	case "loads-whole":
		return strings.HasPrefix(shown[1]["reply"], "ErrorCmd Add Suite failed: A Suite of name ")
	case "where-it-is-wrong":
		return kindOf(shown[0]["reply"]) == kindOf(shown[1]["reply"]) && d.ours.MatchString(shown[1][part])
	case "told-at-once":
		toldNothing := strings.HasPrefix(shown[0]["changes"], "state grew") && shown[0]["sync"] == "" // marks taken and set again
		return toldNothing || len(shown[0][behind]) > len(shown[1][behind])
	case "archives-go-later":
		var kept [2]string
		for i := range kept {
			kept[i] = archiveGone.ReplaceAllString(shown[i][part], "")
		}
		return kept != [2]string{shown[0][part], shown[1][part]} && compare(sides, kept) == ""
	case "reading-is-no-change":
		return strings.HasPrefix(shown[0]["changes"], "state grew") && strings.HasPrefix(shown[1]["changes"], "state stayed")
	}
	return d.ours == nil || d.ours.MatchString(shown[1][part])
}

// archiveGone is said of an archive that was deleted.
var archiveGone = regexp.MustCompile(`(?m)^== \S+\.:\S+\.check is gone\n`)

// Each meant difference is explained, and each that is explained for this test is one.
func TestMeant_isExplained(t *testing.T) {
	text, err := os.ReadFile(meantFile)
	require.NoError(t, err)
	for _, d := range meant {
		require.Contains(t, string(text), "| `"+d.name+"` | "+strings.Join(d.parts, ", ")+" |")
	}
}
