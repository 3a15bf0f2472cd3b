package text

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/parallel"
)

// Large texts are cut into pieces before lines that begin a suite, and the
// pieces are read side by side.
const (
	largeText     = 1 << 20
	smallestPiece = 256 << 10
)

// parseSuites is [ParseString] for large texts. It reports false when it met
// anything that only the whole text in order tells about, above all a mistake:
// then all of it is to be read again, in one go.
func parseSuites(src string, opts Options, smallest int) (*parser, bool) {
	cuts := piecesOf(src, smallest)
	if len(cuts) < 3 {
		return nil, false
	}
	var warnings []string
	keep := func(w *[]string) Options {
		o := opts
		o.Warn = func(msg string) { *w = append(*w, msg) }
		return o
	}
	head := newParser(src[:cuts[0]], keep(&warnings))
	head.definition(opts)
	if head.run(); !head.finished() {
		return nil, false
	}
	pieces := make([]*piece, len(cuts)-1)
	parallel.Do(len(pieces), func(i int) {
		p := &piece{last: i == len(pieces)-1}
		p.parser = *newParser(src[cuts[i]:cuts[i+1]], keep(&p.warnings))
		p.style, p.whole = head.style, head.whole
		p.root, p.suites = inDefs, []*defs.Node{}
		p.run()
		pieces[i] = p
	})
	for _, p := range pieces {
		if !p.complete() {
			return nil, false
		}
		for _, s := range p.suites {
			if head.tree.Add(s, -1) != nil {
				return nil, false
			}
		}
		warnings = append(warnings, p.warnings...)
	}
	if !head.tail(pieces[len(pieces)-1].rest()) {
		return nil, false
	}
	if opts.Warn != nil {
		for _, w := range warnings {
			opts.Warn(w)
		}
	}
	head.opts = opts
	return head, true
}

// piece is a run of suites of a large text, read by itself.
type piece struct {
	parser
	last     bool
	warnings []string
}

// complete tells whether the piece was read to its end, and that no statement runs on into the next.
func (p *piece) complete() bool {
	return p.last && len(p.found.List) == 0 && !p.lost ||
		p.finished() && !p.stopped && !strings.HasSuffix(strings.TrimRight(strings.TrimSuffix(p.src, "\n"), " \t"), `\`)
}

// rest is what the last piece left unread: what stands after the suites, such as histories.
func (p *piece) rest() string {
	if p.stopped {
		return p.src[p.begin:]
	}
	return ""
}

// finished tells whether all was read without a mistake and no node is open.
func (p *parser) finished() bool { return len(p.found.List) == 0 && len(p.open) == 0 && !p.lost }

// tail goes on with what stands after the suites.
func (p *parser) tail(rest string) bool {
	p.scanner = newScanner(rest)
	style := p.style
	p.whole = style.persistent()
	p.run()
	return len(p.found.List) == 0 && p.style == style
}

// outside tells, while a piece is read, whether the statement belongs to the definition rather than to a suite: reading stops there.
func (p *parser) outside() bool {
	if p.suites == nil || len(p.open) > 0 || p.words[0] == "suite" || p.words[0][0] == '#' {
		return false
	}
	p.stopped = true
	p.lost = p.shift > 0 || p.pending != nil
	return true
}

// piecesOf gives where the pieces begin, and the end of the text: the first at the first suite.
func piecesOf(src string, smallest int) []int {
	first := suiteLine(src, 0)
	size := max((len(src)-first)/(4*parallel.Workers()), smallest)
	var cuts []int
	for at := first; at < len(src); at = suiteLine(src, min(at+size, len(src))) {
		cuts = append(cuts, at)
	}
	return append(cuts, len(src))
}

// suiteLine is where the first line from a position on begins whose first word is "suite"; the end of the text if there is none.
func suiteLine(src string, from int) int {
	for {
		n := strings.Index(src[from:], "suite")
		if n < 0 {
			return len(src)
		}
		word := from + n
		from = word + len("suite")
		begin := word
		for begin > 0 && (src[begin-1] == ' ' || src[begin-1] == '\t') {
			begin--
		}
		if (begin == 0 || src[begin-1] == '\n') && from < len(src) && (src[from] == ' ' || src[from] == '\t') {
			return begin
		}
	}
}
