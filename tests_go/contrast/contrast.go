// Package contrast shows how two texts differ, for tests that compare what two
// programs do.
package contrast

import (
	"fmt"
	"strconv"
	"strings"
)

// few lines of a difference are shown.
const few = 12

// Show shows the lines of two texts that are not in both; it is "" if there are none.
func Show(original, ours string) string {
	if original == ours {
		return ""
	}
	a, b := strings.Split(original, "\n"), strings.Split(ours, "\n")
	same := common(a, b)
	return alone("original", a, func(i int) bool { return same[0][i] }) + alone("ours    ", b, func(i int) bool { return same[1][i] })
}

func alone(who string, lines []string, shared func(int) bool) string {
	var text strings.Builder
	shown := 0
	for i, line := range lines {
		if shared(i) {
			continue
		}
		if shown++; shown <= few {
			fmt.Fprintf(&text, "    %s| %s\n", who, visible(line))
		}
	}
	if shown > few {
		fmt.Fprintf(&text, "    %s| ... %d more\n", who, shown-few)
	}
	return text.String()
}

// visible shows what cannot be seen in a line.
func visible(line string) string {
	quoted := strconv.Quote(line)
	if strings.TrimRight(line, " ") == line && strings.ReplaceAll(strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`), `\\`, `\`) == line {
		return line
	}
	return quoted
}

// common marks the lines of a longest common subsequence in both texts.
func common(a, b []string) [2][]bool {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	same := [2][]bool{make([]bool, len(a)), make([]bool, len(b))}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			same[0][i], same[1][j] = true, true
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return same
}
