package text

import (
	"math/bits"
	"strings"
)

// scanner splits a text into statements: lines, or parts of lines between
// semicolons. Words are substrings of the text; nothing is copied.
type scanner struct {
	src       string
	next      int      // where the next line begins
	line      int      // number of the current line, from 1
	begin     int      // where the current line begins
	semi      int      // where the next semicolon is, len(src) when there is none
	pending   []string // statements of the current line yet to come
	whole     bool     // semicolons are text
	skipEmpty bool     // lines without a byte are not counted, as when the original reads from memory
	words     []string // of the current statement
	at        []int32  // where in the statement each word begins
	stmt      string   // the current statement
	shift     int      // where in its line the statement begins
}

func newScanner(src string) scanner {
	s := scanner{src: src, words: make([]string, 0, 64), at: make([]int32, 0, 64)}
	s.semi = s.find(0)
	return s
}

// find is where the next semicolon from i on is.
func (s *scanner) find(i int) int {
	if n := strings.IndexByte(s.src[i:], ';'); n >= 0 {
		return i + n
	}
	return len(s.src)
}

// advance makes the next statement the current one, and false at the end of the text.
func (s *scanner) advance() bool {
	if len(s.pending) > 0 {
		s.take()
		return true
	}
	if s.next >= len(s.src) {
		s.stmt, s.words, s.at = "", s.words[:0], s.at[:0]
		return false
	}
	s.begin = s.next
	end := len(s.src)
	if n := strings.IndexByte(s.src[s.begin:], '\n'); n >= 0 {
		end = s.begin + n
	}
	s.next = end + 1
	if end > s.begin || !s.skipEmpty {
		s.line++
	}
	s.stmt, s.shift = s.src[s.begin:end], 0
	if s.semi < end {
		if s.semi < s.begin {
			s.semi = s.find(s.begin)
		}
		if s.semi < end && !s.whole {
			s.divide()
			return true
		}
	}
	s.split()
	return true
}

// divide makes statements of a line with semicolons. Comments and labels are
// left alone; so are lines of edits with a semicolon inside a value.
//
// source: libs/node/parser DefsStructureParser.cpp, getNextLine.
func (s *scanner) divide() {
	s.split()
	if len(s.words) > 0 && (s.words[0][0] == '#' || s.words[0] == "label") {
		return
	}
	if i := strings.IndexByte(s.stmt, '#'); i >= 0 {
		s.stmt = s.stmt[:i]
	}
	for rest := s.stmt; rest != ""; {
		var part string
		part, rest, _ = strings.Cut(rest, ";")
		if part != "" {
			s.pending = append(s.pending, part)
		}
	}
	if len(s.pending) == 0 {
		s.stmt = ""
		s.split()
		return
	}
	if strings.Contains(s.pending[0], "edit") {
		for i, part := range s.pending {
			s.pending[i] = strings.Trim(part, " \t")
			if !strings.HasPrefix(s.pending[i], "edit") {
				s.pending = s.pending[:0]
				s.split()
				return
			}
		}
	}
	s.take()
}

// take makes the first pending statement the current one.
func (s *scanner) take() {
	line := s.source()
	from := min(s.shift, len(line))
	if s.stmt != line {
		from = min(from+len(s.stmt), len(line))
	}
	s.stmt = s.pending[0]
	if s.pending = s.pending[1:]; len(s.pending) == 0 {
		s.pending = nil
	}
	s.shift = max(0, strings.Index(line[from:], s.stmt)) + from
	s.split()
}

// source is the current line as it stands in the text.
func (s *scanner) source() string {
	return s.src[s.begin:max(s.begin, min(s.next-1, len(s.src)))]
}

// split finds the words of the current statement, between blanks and tabs.
func (s *scanner) split() {
	text := s.stmt
	words, at := s.words[:cap(s.words)], s.at[:cap(s.at)]
	n := 0
	for i := 0; i < len(text); {
		if c := text[i]; c == ' ' || c == '\t' {
			i++
			continue
		}
		begin := i
		i = wordEnd(text, i+1)
		if n >= len(words) || n >= len(at) {
			words, at = append(words, make([]string, n+1)...), append(at, make([]int32, n+1)...)
		}
		words[n], at[n] = text[begin:i], int32(begin)
		n++
	}
	s.words, s.at = words[:n], at[:n]
}

// wordEnd is where the first blank or tab from i on is. It looks at eight bytes at a time: words are short, and
// guessing wrong about the length of each costs more than anything else here.
func wordEnd(text string, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(text); i += 8 {
		w := text[i : i+8]
		x := uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
			uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
		blank, tab := x^(ones*' '), x^(ones*'\t')
		if found := ((blank-ones)&^blank | (tab-ones)&^tab) & tops; found != 0 { // the lowest one is certain
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(text); i++ {
		if c := text[i]; c == ' ' || c == '\t' {
			break
		}
	}
	return i
}

// join is the words i to j, without j, with one blank between each.
func (s *scanner) join(i, j int) string {
	if i >= j {
		return ""
	}
	begin, end := int(s.at[i]), int(s.at[j-1])+len(s.words[j-1])
	for k := i + 1; k < j; k++ {
		if gap := int(s.at[k]) - 1; gap != int(s.at[k-1])+len(s.words[k-1]) || s.stmt[gap] != ' ' {
			return strings.Join(s.words[i:j], " ")
		}
	}
	return s.stmt[begin:end]
}

// column is where in its line word i begins; the end of the statement when there is no such word.
func (s *scanner) column(i int) int {
	if i < len(s.at) {
		return s.shift + int(s.at[i])
	}
	return s.shift + len(strings.TrimRight(s.stmt, " \t"))
}

// comment is the first word from i on that begins a comment, or the number of words.
func (s *scanner) comment(i int) int {
	for ; i < len(s.words); i++ {
		if s.words[i][0] == '#' {
			return i
		}
	}
	return len(s.words)
}
