package text

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// texts finds the definitions (or single nodes) in a message, by the names of their fields.
func texts(message []byte, found func(field, text string)) {
	var v any
	if json.Unmarshal(message, &v) == nil {
		walk(v, found)
	}
}

func walk(v any, found func(field, text string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if s, ok := inner.(string); ok {
				switch name {
				case "defs_", "value1", "server_defs_", "clientDefs_", "the_node_str_", "src_node_":
					found(name, s)
				}
			}
			walk(inner, found)
		}
	case []any:
		for _, inner := range v {
			walk(inner, found)
		}
	}
}

// reread is the text as the original prints it after reading it: a calendar
// that tells no increment, as servers write them, gets that of a minute. The
// original lists histories in no order, we by path.
func reread(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "calendar ") && !strings.Contains(line, "calendarIncrement:") {
			head, changed, found := strings.Cut(line, " dayChanged:1")
			if lines[i] = head + " calendarIncrement:00:01:00" + changed; found {
				lines[i] += " dayChanged:1"
			}
		}
	}
	isHistory := func(line string) bool { return strings.HasPrefix(line, "history ") }
	if first := slices.IndexFunc(lines, isHistory); first >= 0 {
		end := first
		for end < len(lines) && isHistory(lines[end]) {
			end++
		}
		slices.Sort(lines[first:end])
	}
	return strings.Join(lines, "\n")
}

// Whatever original clients and servers sent each other comes out of the
// printer as it went into the parser.
func TestGolden_definitionsOnTheWire(t *testing.T) {
	for _, version := range golden.Versions() {
		t.Run(version, func(t *testing.T) {
			exchanges, err := golden.Load(version)
			require.NoError(t, err)
			whole, nodes := map[string]bool{}, map[string]bool{}
			for _, x := range exchanges {
				for _, message := range [][]byte{x.Request, x.Reply} {
					texts(message, func(field, text string) {
						switch {
						case strings.HasPrefix(text, "#"):
							whole[text] = true
						case strings.HasSuffix(field, "_node_str_") || field == "src_node_":
							nodes[text] = true
						}
					})
				}
			}
			require.Greater(t, len(whole), 30)
			require.NotEmpty(t, nodes)
			for text := range whole {
				tree, err := ParseString(text, Options{})
				require.NoError(t, err, text)
				p := Printer{Style: Net, History: true}
				got := strings.Replace(string(p.Append(nil, tree)), "#"+Version+"\n", text[:strings.IndexByte(text, '\n')+1], 1)
				require.Equal(t, reread(text), got)
			}
			for text := range nodes {
				n, err := ParseNode(text, Options{})
				require.NoError(t, err, text)
				lines := strings.Split(string(AppendNode(nil, n, Net)), "\n")
				original := strings.Split(text, "\n")
				for i := range original {
					original[i] = strings.TrimLeft(original[i], " ") // versions before 5.19.0 indent
				}
				require.Equal(t, reread(strings.Join(original, "\n")), strings.Join(lines, "\n"))
			}
		})
	}
}
