package expr

import (
	"math/bits"
	"strings"
)

// scanner reads the words of the language from a text. A method that finds its
// word moves behind it; one that does not, leaves the position where it was.
type scanner struct {
	src string
	pos int
	// What the last attempt to read a path found, as several rules begin with one.
	pathAt, pathEnd, pathFrom int
	far                       int // the furthest position where something was looked for, for error messages
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isName(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

// skip passes over white space.
func (s *scanner) skip() {
	for s.pos < len(s.src) && isSpace(s.src[s.pos]) {
		s.pos++
	}
	s.far = max(s.far, s.pos)
}

// word reads a fixed word after white space.
func (s *scanner) word(w string) bool {
	from := s.pos
	s.skip()
	if strings.HasPrefix(s.src[s.pos:], w) && s.ends(s.pos+len(w)) {
		s.pos += len(w)
		return true
	}
	s.pos = from
	return false
}

// ends reports whether a word that is read up to a position is whole: a letter or digit at its end is not followed by
// what could be more of a name. (Releases before 5.19 did without: to them "1 eq1" was an expression.)
func (s *scanner) ends(at int) bool {
	return at == 0 || at >= len(s.src) || !isName(s.src[at-1]) || !isName(s.src[at]) && s.src[at] != '.'
}

// sign reads one character after white space. White space is passed over even if the character is another one:
// it shows in the original's error messages.
func (s *scanner) sign(c byte) bool {
	s.skip()
	if s.pos < len(s.src) && s.src[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

// joiner reads "and" or "or". In the original several spellings may follow each other, in the order of the table.
func (s *scanner) joiner(op Op) bool {
	found := false
	for _, w := range operators[op].spell {
		if s.word(w) {
			found = true
		}
	}
	return found
}

// operator reads an operator of a level between the two given.
func (s *scanner) operator(from, to level) (Op, bool) {
	at := s.pos
	s.skip()
	rest := s.src[s.pos:]
	if rest == "" {
		s.pos = at
		return 0, false
	}
	for rows := startsWith[rest[0]]; rows != 0; rows &= rows - 1 {
		o := &operators[bits.TrailingZeros16(rows)]
		if o.level < from || o.level > to {
			continue
		}
		for _, w := range o.spell {
			if strings.HasPrefix(rest, w) && s.ends(s.pos+len(w)) {
				s.pos += len(w)
				return o.op, true
			}
		}
	}
	s.pos = at
	return 0, false
}

// negation reads a "not".
func (s *scanner) negation() (string, bool) {
	for _, w := range negations {
		if s.word(w) {
			return w, true
		}
	}
	return "", false
}

// name reads the name of a node or attribute.
func (s *scanner) name() (string, bool) {
	from := s.pos
	s.skip()
	at := s.pos
	if at >= len(s.src) || !isName(s.src[at]) {
		s.pos = from
		return "", false
	}
	for s.pos < len(s.src) && (isName(s.src[s.pos]) || s.src[s.pos] == '.') {
		s.pos++
	}
	return s.src[at:s.pos], true
}

// here reads a fixed word at the very position.
func (s *scanner) here(w string) bool {
	if !strings.HasPrefix(s.src[s.pos:], w) {
		return false
	}
	s.pos += len(w)
	return true
}

// step reads one or more slashes and then what is behind them, or nothing at all.
func (s *scanner) step(behind func() bool) bool {
	from := s.pos
	if s.here("/") {
		for s.here("/") {
		}
		if behind() {
			return true
		}
	}
	s.pos = from
	return false
}

func (s *scanner) named() bool { _, ok := s.name(); return ok }

// path reads the path of a node. White space is allowed before names, and stays part of
// the path.
func (s *scanner) path() (string, bool) {
	if s.pathAt != s.pos+1 {
		from := s.pos
		s.skip()
		s.pathFrom = s.pos
		ok := s.absolute() || s.upward() || s.dotted()
		s.pathAt, s.pathEnd = from+1, s.pos
		if !ok {
			s.pathEnd = -1
		}
		s.pos = from
	}
	if s.pathEnd < 0 {
		return "", false
	}
	s.pos = s.pathEnd
	return s.src[s.pathFrom:s.pathEnd], true
}

// absolute reads /a/b, and a/b without its first slash.
func (s *scanner) absolute() bool {
	from := s.pos
	s.here("/")
	if !s.named() {
		s.pos = from
		return false
	}
	for s.step(s.named) {
	}
	return true
}

// upward reads ../a, ../../a/b.
func (s *scanner) upward() bool {
	from := s.pos
	up := func() bool { return s.here("..") }
	if !up() {
		return false
	}
	for s.step(up) {
	}
	if !s.step(s.named) {
		s.pos = from
		return false
	}
	for s.step(s.named) {
	}
	return true
}

// dotted reads ./a/b, where slashes do not repeat.
func (s *scanner) dotted() bool {
	from := s.pos
	if !s.here(".") {
		return false
	}
	found := false
	for {
		before := s.pos
		if !s.here("/") || !s.named() {
			s.pos = before
			break
		}
		found = true
	}
	if !found {
		s.pos = from
	}
	return found
}

// integer reads an unsigned number of 32 bits. One that is longer is none.
func (s *scanner) integer() (uint32, bool) {
	from := s.pos
	s.skip()
	at := s.pos
	var n uint64
	for s.pos < len(s.src) && isDigit(s.src[s.pos]) {
		n = n*10 + uint64(s.src[s.pos]-'0')
		if n > 1<<32-1 {
			s.pos = from
			return 0, false
		}
		s.pos++
	}
	if s.pos == at || !s.ends(s.pos) {
		s.pos = from
		return 0, false
	}
	return uint32(n), true
}

// instant reads yyyymmddTHHMMSS. before is the white space in front of it, which shows in the original's error messages.
func (s *scanner) instant() (before, text string, ok bool) {
	from := s.pos
	s.skip()
	rest := s.src[s.pos:]
	if len(rest) >= 15 && s.ends(s.pos+15) {
		rest = rest[:15]
		ok := rest[8] == 'T'
		for i := range 15 {
			ok = ok && (i == 8 || isDigit(rest[i]))
		}
		if ok {
			s.pos += 15
			return s.src[from : s.pos-15], rest, true
		}
	}
	s.pos = from
	return "", "", false
}
