package command

import (
	"slices"
	"strconv"
	"strings"
)

// Since gives the first version of a server that knows what an alter asks for,
// or "" when all of 5 do. An older one answers OK to what it does not know, and
// does nothing.
func Since(row *Spec, a Args) string {
	if row.Name != "alter" || a["sort"] == true {
		return ""
	}
	verb, _ := a["alter_type"].(string)
	kind, _ := a["attribute_type"].(string)
	switch {
	case kind == "aviso" || kind == "mirror" || kind == "remote_error":
		return "5.13"
	case verb == "add" && (kind == "event" || kind == "meter"):
		return "5.14"
	}
	return ""
}

// AtLeast reports whether a server's version, such as 5.19.0, is not older than
// the one wanted. A version it cannot read counts as new enough.
func AtLeast(version, wanted string) bool {
	have, ok1 := numbers(version)
	want, ok2 := numbers(wanted)
	return !ok1 || !ok2 || slices.Compare(have, want) >= 0
}

func numbers(version string) ([]int, bool) {
	var out []int
	for part := range strings.SplitSeq(strings.TrimSpace(version), ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}
