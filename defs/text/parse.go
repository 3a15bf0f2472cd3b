package text

import (
	"errors"
	"io"
	"strings"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/gcpace"
	"github.com/ecflow-go/ecflow/internal/parallel"
)

// Options say how to read.
type Options struct {
	MaxErrors int              // how many mistakes to collect; 0 means 20
	Host      string           // this computer's name, for the default server variables; empty: "localhost"
	Memory    bool             // count lines as the original does for text in memory: empty ones do not count
	Warn      func(msg string) // told what was passed over, variables set twice, and what a check warns of; may be nil
	Strict    bool             // unknown keywords are mistakes in texts written by machines too
	Found     *Style           // if not nil, told the style of the text
	Check     bool             // refuse what does not pass [defs.Defs.Check], as the original does unless a server wrote the text
	EaseGC    bool             // large texts: collect garbage less often meanwhile; for who owns the process, see internal/gcpace
	into      *defs.Defs       // what is to be filled anew, see restore
}

const defaultMaxErrors = 20

// Parse reads a definition of any style; src may be changed afterwards. The
// tree keeps one copy of it, which names and values share.
//
// Errors: *[Errors] (fault.Parse); fault.Check.
//
// source: libs/node/parser DefsStructureParser.cpp.
func Parse(src []byte, opts Options) (*defs.Defs, error) {
	return ParseString(string(src), opts)
}

// ParseReader is [Parse] for all that r gives.
//
// Errors: those of r, *[Errors] (fault.Parse).
func ParseReader(r io.Reader, opts Options) (*defs.Defs, error) {
	src, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return ParseOwned(src, opts)
}

// ParseOwned is [Parse] without the copy, for bytes that nobody will change any more.
func ParseOwned(src []byte, opts Options) (*defs.Defs, error) {
	return ParseString(unsafe.String(unsafe.SliceData(src), len(src)), opts)
}

// ParseString is [Parse] without the copy.
func ParseString(src string, opts Options) (*defs.Defs, error) {
	large := len(src) >= largeText
	if large && opts.EaseGC {
		defer gcpace.Ease()()
	}
	if large && parallel.Workers() > 1 {
		if p, ok := parseSuites(src, opts, smallestPiece); ok {
			if opts.Found != nil {
				*opts.Found = p.style
			}
			return p.checked()
		}
	}
	p := newParser(src, opts)
	p.definition(opts)
	p.run()
	if opts.Found != nil {
		*opts.Found = p.style
	}
	if err := p.failed(); err != nil {
		return nil, err
	}
	return p.checked()
}

// checked is the tree, after the check that was asked for.
func (p *parser) checked() (*defs.Defs, error) {
	if p.opts.Check && !p.style.persistent() {
		errors, warnings := p.tree.Check()
		if errors != "" {
			return nil, fault.New(fault.Check, errors)
		}
		if warnings != "" {
			p.warn(warnings)
		}
	}
	return p.tree, nil
}

// definition makes the parser one of whole definitions.
func (p *parser) definition(opts Options) {
	p.root, p.tree = inDefs, defs.New()
	if opts.into != nil {
		p.tree = opts.into.Restart()
	} else if opts.Host != "" {
		p.tree.SetServerHost(opts.Host)
	}
}

// ParseNode reads a single suite, family, task or alias with all that is below
// it, as it travels in a plug or is given to add. State is read.
//
// Errors: *[Errors] (fault.Parse).
func ParseNode(src string, opts Options) (*defs.Node, error) {
	if src == "" {
		return nil, fault.New(fault.Parse, "DefsStructureParser::DefsStructureParser :  Unable to parse empty string")
	}
	p := newParser(src, opts)
	p.root = inNode
	p.style = Migrate
	p.whole = true
	p.run()
	if err := p.failed(); err != nil {
		return nil, err
	}
	if p.single == nil {
		return nil, fault.New(fault.Parse, "no node in the text")
	}
	return p.single, nil
}

// parser is the state while reading one text.
type parser struct {
	scanner
	opts   Options
	style  Style
	root   context
	tree   *defs.Defs // nil when a single node is read
	single *defs.Node
	open   []level       // the nodes that statements may still be added to, outermost first
	inside [contexts]int // how many of them are of each kind
	found  Errors
	build  defs.Builder

	// While a piece of a large text is read, see parseSuites.
	suites  []*defs.Node // not nil then
	stopped bool         // at a statement that is of no suite
	lost    bool         // in the middle of a line
}

// level is one open node.
type level struct {
	node   *defs.Node
	in     context
	status bool // it had a defstatus
}

func newParser(src string, opts Options) *parser {
	if opts.MaxErrors <= 0 {
		opts.MaxErrors = defaultMaxErrors
	}
	p := &parser{scanner: newScanner(src), opts: opts, open: make([]level, 0, 16)}
	p.skipEmpty = opts.Memory
	return p
}

func (p *parser) failed() error {
	if len(p.found.List) == 0 {
		return nil
	}
	return &p.found
}

func (p *parser) run() {
	for p.advance() {
		if len(p.words) == 0 {
			continue
		}
		if p.outside() {
			return
		}
		err := p.statement()
		if err == nil {
			continue
		}
		p.report(err)
		if len(p.found.List) >= p.opts.MaxErrors {
			p.found.More = p.next < len(p.src)
			return
		}
	}
}

// badWord is an error about one word of the statement.
type badWord struct {
	word     int
	msg      string
	expected string
	cause    error
}

func (e *badWord) Error() string { return e.msg }

// bad is an error about word i of the statement, counted from 0.
func bad(i int, msg string) error { return &badWord{word: i, msg: msg} }

// want is bad with what would have been right.
func want(i int, expected, msg string) error { return &badWord{word: i, msg: msg, expected: expected} }

// at gives an error of package defs a place.
func at(i int, err error) error {
	if err == nil {
		return nil
	}
	return &badWord{word: i, msg: message(err), cause: err}
}

// message is the text of an error without the decoration.
func message(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Msg
	}
	return err.Error()
}

func (p *parser) report(err error) {
	e := &badWord{msg: message(err)}
	errors.As(err, &e)
	found := newError(p.line, p.column(e.word), p.source(), e.msg, e.expected)
	found.Cause = e.cause
	p.found.List = append(p.found.List, found)
}

func (p *parser) warn(msg string) {
	if p.opts.Warn != nil {
		p.opts.Warn(msg)
	}
}

// top is the innermost open node, nil outside of all.
func (p *parser) top() *defs.Node {
	if len(p.open) == 0 {
		return nil
	}
	return p.open[len(p.open)-1].node
}

func (p *parser) context() context {
	if len(p.open) == 0 {
		return p.root
	}
	return p.open[len(p.open)-1].in
}

func (p *parser) push(n *defs.Node, in context) {
	p.open = append(p.open, level{node: n, in: in})
	p.inside[in]++
}

func (p *parser) pop() {
	if last := len(p.open) - 1; last >= 0 {
		p.inside[p.open[last].in]--
		p.open = p.open[:last]
	}
}

// statement reads the current statement.
func (p *parser) statement() error {
	k := keywordOf(p.words[0])
	in := p.context()
	if allowed[in]&(1<<k) != 0 && k != kwNone {
		return p.read(k)
	}
	return p.beyond(k, in)
}

// read handles a statement that its place takes.
func (p *parser) read(k keyword) error {
	switch k {
	case kwSuite, kwFamily, kwTask, kwAlias, kwEndsuite, kwEndfamily, kwEndtask, kwEndalias:
		return p.structure(k)
	case kwEdit:
		return p.edit()
	case kwTrigger:
		return p.expression(k, p.build.AddPartTrigger)
	case kwComplete:
		return p.expression(k, (*defs.Node).AddPartComplete)
	case kwLabel:
		return p.label()
	case kwMeter:
		return p.meter()
	case kwEvent:
		return p.event()
	case kwLimit:
		return p.limit()
	case kwInlimit:
		return p.inlimit()
	case kwRepeat:
		return p.repeat()
	case kwTime, kwToday, kwDate, kwDay, kwCron, kwLate:
		return p.timed(k)
	case kwDefsState, kwHistory, kwExtern:
		return p.header(k)
	default:
		return p.rare(k)
	}
}

// unexpected is the error for a keyword that does not fit; written by machines it is passed over.
func (p *parser) unexpected(in context) error {
	msg := "# Unexpected keyword " + p.words[0] + " found whilst parsing " + contextNames[in]
	if n := p.top(); n != nil {
		msg += " " + n.Path()
	}
	if p.style.persistent() && !p.opts.Strict {
		p.warn(strings.Clone(msg) + " -> ignoring\n")
		return nil
	}
	return want(0, keywordsFor(p.context(), p.words[0]), msg)
}
