package dual

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func shrinking() bool { return os.Getenv(shrinkVariable) != "" }

// shrink leaves out steps, then lines of the definitions, while the last step still shows what it did.
func shrink(t *testing.T, files reads, steps []step, wanted *finding) string {
	last := steps[len(steps)-1]
	end := time.Now().Add(time.Minute)
	shows := func(files reads, some []step) bool {
		same := false
		if time.Now().After(end) {
			return false
		}
		t.Run("shorter", func(t *testing.T) {
			found := replay(t, files, append(slices.Clone(some), last))
			same = found != nil && found.part == wanted.part && alike(found.text) == alike(wanted.text)
			if same {
				wanted = found
			}
		})
		return same
	}
	kept := fewer(steps[:len(steps)-1], func(some []step) bool { return shows(files, some) })
	used := maps.Clone(files)
	for name := range files {
		if !slices.ContainsFunc(append(slices.Clone(kept), last), func(one step) bool { return strings.Contains(string(one), name) }) {
			delete(used, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		used[name] = lessOf(used[name], func(text string) bool {
			smaller := maps.Clone(used)
			smaller[name] = text
			return shows(smaller, kept)
		})
	}
	var text strings.Builder
	for _, one := range append(kept, last) {
		fmt.Fprintln(&text, one)
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(&text, "-- %s --\n%s", name, used[name])
	}
	fmt.Fprintf(&text, "=> %s\n%s", wanted.part, wanted.text)
	return text.String()
}

// lessOf leaves out of a definition nodes and attributes that are not needed.
func lessOf(definition string, enough func(text string) bool) string {
	lines := strings.SplitAfter(definition, "\n")
	depth := func(i int) int { return len(lines[i]) - len(strings.TrimLeft(lines[i], " ")) }
	for i := 0; i < len(lines); {
		if strings.HasPrefix(strings.TrimSpace(lines[i]), "end") || strings.TrimSpace(lines[i]) == "" {
			i++
			continue
		}
		end := i + 1
		for end < len(lines) && depth(end) > depth(i) {
			end++
		}
		if end < len(lines) && depth(end) == depth(i) && strings.HasPrefix(strings.TrimSpace(lines[end]), "end") {
			end++
		}
		less := slices.Delete(slices.Clone(lines), i, end)
		if enough(strings.Join(less, "")) {
			lines = less
		} else {
			i++
		}
	}
	return strings.Join(lines, "")
}

// alike is what two showings of one difference have in common: the first line, without names.
func alike(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return regexp.MustCompile(`^ *[a-z]+ +\d+|[\w./:'<>"-]*[\d/][\w./:'<>"-]*`).ReplaceAllString(line, "0")
}

// replay takes steps on fresh servers, and gives what differs at the last, if the definitions were still the same.
func replay(t *testing.T, files reads, steps []step) *finding {
	both := begin(t, files)
	for i, one := range steps {
		found, fatal := both.take(one)
		if i == len(steps)-1 && len(found) > 0 {
			return &found[0]
		}
		if fatal {
			return nil
		}
	}
	return nil
}

// fewer leaves out of a list what is not needed, in halves, quarters and so on.
func fewer[T any](all []T, enough func(some []T) bool) []T {
	for size := (len(all) + 1) / 2; size > 0; size /= 2 {
		for at := 0; at < len(all); {
			some := slices.Delete(slices.Clone(all), at, min(at+size, len(all)))
			if enough(some) {
				all = some
			} else {
				at += size
			}
		}
	}
	return all
}
