package text

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// number reads a whole number of 32 bits, with or without a sign.
func number(word string) (int, bool) {
	if n := 0; len(word) < 10 && word != "" {
		for i := 0; i < len(word); i++ {
			digit := word[i] - '0'
			if digit > 9 {
				n = -1
				break
			}
			n = 10*n + int(digit)
		}
		if n >= 0 {
			return n, true
		}
	}
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, false
	}
	return int(n), true
}

// word is word i, empty when there is none.
func (p *parser) word(i int) string {
	if i < len(p.words) {
		return p.words[i]
	}
	return ""
}

// optional is the number at word i; fallback when there is none, or a comment.
func (p *parser) optional(i, fallback int) (int, bool) {
	if i >= len(p.words) || p.words[i][0] == '#' {
		return fallback, true
	}
	return number(p.words[i])
}

// event reads: event NUMBER [NAME] [set], or event NAME [set].
//
// source: libs/node/parser EventParser.cpp.
func (p *parser) event() error {
	if len(p.words) < 2 {
		return want(1, "event <number> [<name>] or event <name>", "EventParser::doParse: Invalid event : "+p.stmt)
	}
	e := defs.Event{Number: defs.NoNumber, Name: p.words[1]}
	if c := e.Name[0]; c >= '0' && c <= '9' {
		if n, ok := number(e.Name); ok {
			e.Number, e.Name = n, ""
			if w := p.word(2); w != "" && w[0] != '#' {
				e.Name, e.Initial = w, p.word(3) == "set"
			}
		}
	}
	if e.Number == defs.NoNumber || e.Name == "" {
		e.Initial = p.word(2) == "set"
	}
	if p.style != Net && e.Name != "" && !defs.ValidName(e.Name) {
		_, err := defs.NewNumberedEvent(e.Number, e.Name, false)
		return at(slices.Index(p.words, e.Name), err)
	}
	e.Value = e.Initial
	if p.style != Defs {
		switch p.words[len(p.words)-1] {
		case "set":
			e.Value = true
		case "clear":
			e.Value = false
		}
	}
	return at(1, p.build.AddEvent(p.top(), e))
}

// meter reads: meter NAME MIN MAX [COLOUR CHANGE] [# VALUE].
//
// source: libs/node/parser MeterParser.cpp.
func (p *parser) meter() error {
	const shape = "meter <name> <min> <max> [<color change>]"
	if len(p.words) < 4 {
		return want(len(p.words), shape, "MeterParser::doParse: Invalid meter :"+p.stmt)
	}
	low, ok1 := number(p.words[2])
	high, ok2 := number(p.words[3])
	change, ok3 := p.optional(4, defs.NoNumber)
	for i, ok := range []bool{ok1, ok2, ok3} {
		if !ok {
			return want(2+i, "a whole number", "Invalid meter : "+p.stmt)
		}
	}
	value, stated := 0, false
	if hash := slices.Index(p.words[3:], "#"); p.style != Defs && hash >= 0 && 4+hash < len(p.words) {
		if value, stated = number(p.words[4+hash]); !stated {
			return want(4+hash, "the value, a whole number", "MeterParser::doParse, could not extract meter value")
		}
	}
	name := p.words[1]
	checked := name
	if p.style == Net {
		checked = "m"
	}
	if _, twice := p.top().Meter(name); twice {
		return at(1, p.top().AddMeter(defs.Meter{Name: name}))
	}
	m, err := defs.NewMeter(checked, low, high, change)
	if err != nil {
		return at(1, err)
	}
	if m.Name = name; stated {
		m.Value = value
	}
	return at(1, p.build.AddMeter(p.top(), m))
}

// limit reads: limit NAME MAX [# VALUE PATH...].
//
// source: libs/node/parser LimitParser.cpp.
func (p *parser) limit() error {
	if len(p.words) < 3 {
		return want(len(p.words), "limit <name> <maximum>", "LimitParser::doParse: Invalid limit "+p.stmt)
	}
	maximum, ok := number(p.words[2])
	if !ok {
		return want(2, "a whole number", "LimitParser::doParse: Invalid limit value: "+p.stmt)
	}
	l := &defs.Limit{Name: p.words[1], Max: maximum}
	if hash := slices.Index(p.words[3:], "#"); p.style != Defs && hash >= 0 && 4+hash < len(p.words) {
		if l.Value, ok = number(p.words[4+hash]); !ok {
			return want(4+hash, "the tokens in use", "LimitParser::doParse: Could not extract limit value: "+p.words[4+hash])
		}
		l.Paths = slices.Clone(p.words[5+hash:])
		slices.Sort(l.Paths)
		l.Paths = slices.Compact(l.Paths)
	}
	if p.style != Net && !defs.ValidName(l.Name) {
		_, err := defs.NewLimit(l.Name, 0)
		return at(1, err)
	}
	return at(1, p.top().AddLimit(l))
}

// inlimit reads: inlimit [-n] [-s] [PATH:]NAME [TOKENS] [# incremented:1].
//
// source: libs/node/parser InlimitParser.cpp.
func (p *parser) inlimit() error {
	i := 1
	l := defs.InLimit{Tokens: 1}
	if p.word(i) == "-n" {
		l.ThisNodeOnly = true
		i++
	}
	if p.word(i) == "-s" {
		l.SubmissionOnly = true
		i++
	}
	if l.ThisNodeOnly && l.SubmissionOnly {
		return bad(2, "InlimitParser::doParse: can't limit family only(-n) and limit submission(-s) at the same time")
	}
	if i >= len(p.words) {
		return want(i, "inlimit [-n|-s] [<path>:]<name> [<tokens>]", "InlimitParser::doParse: Invalid inlimit :"+p.stmt)
	}
	where := i
	if path, name, found := strings.Cut(p.words[i], ":"); found {
		l.Path, l.Name = path, name
	} else if path[0] == '/' {
		l.Path = path
	} else {
		l.Name = path
	}
	i++
	var ok bool
	if l.Tokens, ok = p.optional(i, 1); !ok {
		return want(i, "the number of tokens", "Invalid in limit : "+p.stmt)
	}
	if p.style != Net && !defs.ValidName(l.Name) {
		_, err := defs.NewInLimit(l.Name, l.Path, 1, false, false)
		return at(where, err)
	}
	if p.style != Defs {
		for i++; i < len(p.words); i++ {
			if strings.Contains(p.words[i], "incremented:1") {
				l.Incremented = true
				break
			}
		}
	}
	return at(where, p.build.AddInLimit(p.top(), l))
}
