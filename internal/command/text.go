package command

import (
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

func containsFold(s, part string) bool { return strings.Contains(strings.ToLower(s), part) }

// cutTrimmed splits "name = value" and trims both.
func cutTrimmed(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, "=")
	name = strings.TrimSpace(name)
	return name, strings.TrimSpace(value), ok && name != ""
}
