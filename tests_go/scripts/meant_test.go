package scripts

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// meantFile lists the meant differences by name, meantOfServer those of our server.
const (
	meantFile     = "../../docs/compat-cli.md"
	meantOfServer = "../../docs/compat-server.md"
)

// decides is the version whose ways are ours where versions differ.
const decides = "5.19.0"

// newerWords is the difference that no step names: in versions whose words do not
// decide, both sides have to say something, in whatever words.
const newerWords = "newer-words"

// difference is one that is meant: which parts of an outcome, against which versions.
type difference struct {
	parts    []string
	versions []string // empty: all
}

func (d difference) in(version string) bool {
	return len(d.parts) > 0 && (len(d.versions) == 0 || slices.Contains(d.versions, version))
}

// row is "| `name` | parts | versions | why |".
var row = regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` \\| ([a-z, ]+) \\| ([0-9a-z., ]+) \\| (.+) \\|$")

func readMeant(file string) (map[string]difference, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	meant := map[string]difference{}
	for _, found := range row.FindAllStringSubmatch(string(text), -1) {
		d := difference{parts: strings.Split(found[2], ", "), versions: strings.Split(found[3], ", ")}
		if found[3] == "all" {
			d.versions = nil
		}
		for _, part := range d.parts {
			if !slices.Contains(parts, part) {
				return nil, fmt.Errorf("%s: %s: %s is no part of an outcome", file, found[1], part)
			}
		}
		meant[found[1]] = d
	}
	return meant, nil
}
