package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ecflow-go/ecflow/fault"
)

// Error is one mistake in a definition.
type Error struct {
	Line     int    // 1 for the first
	Column   int    // in bytes, 1 for the first; of the word that is wrong
	Source   string // the line, shortened when it is very long
	Msg      string // what is wrong; its first line is the original's
	Expected string // what would have been right, if that can be said
	Cause    error  // the error of package defs about a value, if there was one
	caret    int    // where in Source the column is
}

// longestSource is how much of a line an Error keeps.
const longestSource = 160

// newError makes an error about the byte at column (from 0) of a line.
func newError(line, column int, source, msg, expected string) *Error {
	e := &Error{Line: line, Column: column + 1, Msg: msg, Expected: expected, caret: min(column, len(source))}
	begin, end := 0, len(source)
	if end > longestSource {
		begin = max(0, min(e.caret-longestSource/2, end-longestSource))
		end = begin + longestSource
	}
	e.caret -= begin
	e.Source = strings.Clone(source[begin:end])
	return e
}

// Error is the message, then the place, the source line and a caret below it.
func (e *Error) Error() string {
	var b strings.Builder
	e.write(&b)
	return b.String()
}

func (e *Error) write(b *strings.Builder) {
	b.WriteString(strings.TrimRight(e.Msg, "\n"))
	fmt.Fprintf(b, "\n  line %d, column %d:\n  | ", e.Line, e.Column)
	pad := make([]byte, 0, e.caret)
	for i := 0; i < len(e.Source); {
		r, n := utf8.DecodeRuneInString(e.Source[i:])
		switch {
		case r == utf8.RuneError && n == 1, r < ' ' && r != '\t':
			b.WriteByte('?')
		default:
			b.WriteString(e.Source[i : i+n])
		}
		if i < e.caret {
			if r == '\t' {
				pad = append(pad, '\t')
			} else {
				pad = append(pad, ' ')
			}
		}
		i += n
	}
	fmt.Fprintf(b, "\n  | %s^", pad)
	if e.Expected != "" {
		b.WriteString(" expected " + e.Expected)
	}
}

// Errors are the mistakes of one text, in the order of their lines.
type Errors struct {
	List []*Error
	More bool // there are more, but the limit was reached
}

// Error tells all of them; its first line is the original's for the first mistake.
func (e *Errors) Error() string {
	var b strings.Builder
	for i, one := range e.List {
		if i > 0 {
			b.WriteByte('\n')
		}
		one.write(&b)
	}
	if e.More {
		b.WriteString("\n... and more")
	}
	return b.String()
}

// Unwrap makes errors.As find a *fault.Error of kind Parse.
func (e *Errors) Unwrap() error {
	return &fault.Error{Kind: fault.Parse, Line: e.List[0].Line, Msg: e.Error()}
}

// keywordsFor says which statements a place takes, for Error.Expected; first of all one that word may have been meant for.
func keywordsFor(in context, word string) string {
	var names []string
	for k := keyword(1); k < keywords; k++ {
		if allowed[in]&(1<<k) != 0 {
			names = append(names, k.String())
		}
	}
	slices.Sort(names)
	list := "one of " + strings.Join(names, ", ")
	if near := nearest(word, names); near != "" {
		return near + "? Or " + list
	}
	return list
}

// nearest is the name that takes one or two letters to make of a word, "" if none is that close.
func nearest(word string, names []string) string {
	best, least := "", 3
	if len(word) < 3 || len(word) > 2*len("autorestore") {
		return ""
	}
	for _, name := range names {
		if d := distance(strings.ToLower(word), name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is how many letters to add, leave out, change, or swap with the next make b of a.
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := slices.Clone(row)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before = last
	}
	return row[len(b)]
}
