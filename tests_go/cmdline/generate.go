package cmdline

import (
	"math/rand/v2"
	"strings"
)

// Generate makes n command lines, the same ones for the same seed: first every template as it
// stands, then variations of them, most of which are wrong somehow.
func Generate(n int, seed uint64) []Line {
	g := &generator{rand.New(rand.NewPCG(seed, 1))}
	var lines []Line
	for _, template := range templates {
		lines = append(lines, line(assigned(split(template))), line(spaced(split(template))))
	}
	lines = append(lines, special()...)
	for len(lines) < n {
		if l := g.line(); !slow(l.Args) && !foreign(l.Args) {
			lines = append(lines, l)
		}
	}
	return lines[:n]
}

type generator struct{ *rand.Rand }

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// chance is true once in n times.
func (g *generator) chance(n int) bool { return g.IntN(n) == 0 }

func line(words []string) Line {
	l := Line{}
	for _, w := range words {
		l.Args = append(l.Args, Bytes(w))
	}
	return l
}

// split gives the words of a template: the option's name and its words.
func split(template string) []string { return strings.Split(template, "|") }

// assigned writes "--option=word ...", spaced "--option word ...".
func assigned(words []string) []string {
	if len(words) == 1 {
		return []string{"--" + words[0]}
	}
	return append([]string{"--" + words[0] + "=" + words[1]}, words[2:]...)
}

func spaced(words []string) []string { return append([]string{"--" + words[0]}, words[1:]...) }

// line varies a template.
func (g *generator) line() Line {
	if g.chance(6) {
		return g.withEnvironment(line(g.around([]string{"--group=" + g.group()})))
	}
	words := split(pick(g, templates))
	for g.chance(2) {
		words = g.vary(words)
	}
	if g.chance(6) {
		words[0] = words[0][:g.IntN(len(words[0])+1)]
	}
	written := assigned(words)
	if g.chance(2) {
		written = spaced(words)
	}
	return g.withEnvironment(line(g.around(written)))
}

// vary changes one of the words behind the name.
func (g *generator) vary(words []string) []string {
	words = append([]string{}, words...)
	if len(words) == 1 {
		return append(words, pick(g, odd))
	}
	at := 1 + g.IntN(len(words)-1)
	switch g.IntN(6) {
	case 0: // one less
		return append(words[:at], words[at+1:]...)
	case 1: // another one
		return append(words[:at], append([]string{pick(g, odd)}, words[at:]...)...)
	case 2: // two in the wrong order
		with := 1 + g.IntN(len(words)-1)
		words[at], words[with] = words[with], words[at]
	case 3: // one twice
		return append(words, words[at])
	case 4: // one of another command
		other := split(pick(g, templates))
		words[at] = other[len(other)-1]
	default:
		words[at] = pick(g, odd)
	}
	return words
}

// around adds what else may be on a line.
func (g *generator) around(words []string) []string {
	if g.chance(8) {
		words = append(words, pick(g, also)...)
	}
	if g.chance(12) {
		words = append(append([]string{}, pick(g, also)...), words...)
	}
	if g.chance(12) {
		words = append(words, assigned(split(pick(g, templates)))...)
	}
	if g.chance(25) {
		at := g.IntN(len(words) + 1)
		words = append(words[:at:at], append([]string{pick(g, odd)}, words[at:]...)...)
	}
	return words
}

func (g *generator) withEnvironment(l Line) Line {
	if g.chance(15) {
		variable := pick(g, environment)
		l.Env = map[string]string{variable[0]: variable[1]}
	}
	return l
}

// group makes the text of a group of commands.
func (g *generator) group() string {
	var b strings.Builder
	members := 1 + g.IntN(3)
	for i := range members {
		words := split(pick(g, templates))
		if g.chance(3) {
			words = g.vary(words)
		}
		if g.chance(10) {
			words[0] = words[0][:g.IntN(len(words[0])+1)]
		}
		for i, w := range words {
			switch {
			case i == 0:
				b.WriteString(pick(g, []string{"", "", "", " ", "--", "  "}))
			case i == 1:
				b.WriteString(pick(g, []string{"=", " ", " ", "  "}))
			default:
				b.WriteByte(' ')
			}
			if strings.Contains(w, " ") {
				w = `"` + w + `"`
			}
			b.WriteString(w)
		}
		switch {
		case i+1 < members:
			b.WriteString(pick(g, []string{";", ";", "; ", " ; ", ";;", " ;\n"}))
		case g.chance(4):
			b.WriteString(pick(g, []string{";", ";", ";", ";;", "; "}))
		}
	}
	return b.String()
}

// slow reports whether a line would make the original wait for a server that is not there, or
// speak TLS or HTTP, which the recording server does not.
func slow(args []Bytes) bool {
	for i, a := range args {
		name, value, assigned := strings.Cut(strings.TrimLeft(string(a), "-"), "=")
		if !strings.HasPrefix(string(a), "--") || name == "" {
			continue
		}
		if !assigned && i+1 < len(args) {
			value = string(args[i+1])
		}
		switch {
		case strings.HasPrefix("ssl", name) || strings.HasPrefix("https", name) && len(name) > 1 && name != "ho":
			return true
		case strings.HasPrefix("port", name) && name != "p" && value != "{PORT}" && value != "x" && value != "":
			return true
		case strings.HasPrefix("host", name) && len(name) > 1 && value != "127.0.0.1" && value != "":
			return true
		}
	}
	return false
}

// foreign reports whether a line may read a file that is not the recorder's own: what comes of
// it would depend on the machine.
func foreign(args []Bytes) bool {
	reads, absolute := false, false
	for _, a := range args {
		for _, word := range strings.FieldsFunc(string(a), func(r rune) bool { return strings.ContainsRune(" =;\n", r) }) {
			absolute = absolute || word == "/s" || strings.HasPrefix(word, "/s/f") || strings.Trim(word, "/") == ""
			name := strings.TrimLeft(word, "-")
			for _, reader := range []string{"load", "replace", "edit_script", "server_load"} {
				reads = reads || len(name) > 1 && strings.HasPrefix(reader, name)
			}
		}
	}
	return reads && absolute
}
