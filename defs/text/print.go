package text

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/parallel"
)

// Version is the version of the original whose text the printers write.
const Version = "5.19.0"

// Printer says how to write.
type Printer struct {
	Style   Style
	History bool // with edit history (not in style Defs)
	Part    *Part
	Out     Out // if there is one, takes the text in pieces as it comes into being; Append gives the last
	Expect  int // about how many bytes Out will get; 0: nobody knows
}

// Out takes a text in pieces.
type Out interface {
	Room() []byte      // for a piece; called by many at once
	Pass(piece []byte) // the next one, which is the callee's from then on
}

// Part is what a server shows of a definition to a client that is interested in some suites only.
type Part struct {
	Suites                        []*defs.Node
	StateChangeNo, ModifyChangeNo int // in place of the definition's
}

// Append appends a definition.
func Append(b []byte, d *defs.Defs, style Style) []byte { return Printer{Style: style}.Append(b, d) }

// AppendNode appends a node and all below it, without a header; in style Defs
// indented as the original does for a node by itself.
func AppendNode(b []byte, n *defs.Node, style Style) []byte {
	w := writer{b: b, style: style}
	w.node(n)
	return w.b
}

// Print writes a definition.
//
// Errors: those of out.
func Print(out io.Writer, d *defs.Defs, style Style) error {
	_, err := out.Write(Append(nil, d, style))
	return err
}

// Append appends a definition.
//
// source: libs/node/formatter DefsWriter.hpp.
func (p Printer) Append(b []byte, d *defs.Defs) []byte {
	w := writer{b: b, style: p.Style, out: p.Out}
	w.put("#" + Version + "\n")
	if p.Style != Defs {
		w.header(d, p.History, p.Part)
	}
	if p.Style == State {
		w.put("# server state: " + d.ServerState().String() + "\n")
	}
	if !p.Style.persistent() {
		for _, name := range d.Externs() {
			w.put("extern ")
			w.put(name)
			w.end()
		}
	}
	suites := d.Suites()
	if p.Part != nil {
		suites = p.Part.Suites
	}
	if w.out != nil && w.large(p.Expect) {
		w.inTurn(suites, p.Expect)
	} else {
		w.suites(suites)
	}
	w.put("# enddef\n")
	return w.b
}

const (
	enoughToGuess = 1 << 16
	enoughToShare = 1 << 20
	enoughToPass  = 1 << 18
)

// suites writes suites, large definitions on all processors.
func (w *writer) suites(list []*defs.Node) {
	from := w.passed + len(w.b)
	for i, s := range list {
		if written := w.passed + len(w.b) - from; written > enoughToGuess {
			// Suites are often alike.
			remain := written / i * (len(list) - i)
			switch large := w.large(remain); {
			case large && w.out != nil:
				w.inTurn(list[i:], remain)
				return
			case large && parallel.Workers() > 1:
				w.sideBySide(list[i:], remain)
				return
			case w.out == nil:
				w.b = slices.Grow(w.b, remain*17/16)
			}
			for _, s := range list[i:] {
				w.node(s)
			}
			return
		}
		w.node(s)
	}
}

// large reports whether suites of so many bytes are worth to be shared.
func (w *writer) large(size int) bool {
	return size > enoughToShare && w.style != State && parallel.Processors() > 1
}

// writer appends text; depth counts as the original's indentation does.
type writer struct {
	b     []byte
	style Style
	depth int

	out    Out // nil: all stays in b
	passed int // bytes
}

// hand passes on what has been written.
func (w *writer) hand() {
	w.passed += len(w.b)
	w.out.Pass(w.b)
	w.b = w.out.Room()
}

func (w *writer) put(s string) { w.b = append(w.b, s...) }

func (w *writer) number(n int) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

func (w *writer) end() { w.b = append(w.b, '\n') }

// roomForNode is more than most nodes need; buffers double when less is left,
// as append by itself copies large ones too often.
const roomForNode = 4096

const blanks = "                                                                "

// indent begins a line, so many levels in.
func (w *writer) indent(levels int) {
	if w.style != Defs {
		return
	}
	n := 2 * levels
	for n > len(blanks) {
		w.put(blanks)
		n -= len(blanks)
	}
	w.put(blanks[:n])
}

// escaped appends s with each new line as \n.
func (w *writer) escaped(s string) { w.b = appendEscaped(w.b, s) }

func appendEscaped(b []byte, s string) []byte {
	for {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			return append(b, s...)
		}
		b = append(append(b, s[:i]...), `\n`...)
		s = s[i+1:]
	}
}

func (w *writer) header(d *defs.Defs, history bool, part *Part) {
	state, modify, calendars := d.StateChangeNo(), d.ModifyChangeNo(), d.CalendarCount()
	if part != nil {
		state, modify, calendars = part.StateChangeNo, part.ModifyChangeNo, 0
	}
	w.put("defs_state ")
	w.put(w.style.String())
	if s := d.State(); s != defs.Unknown {
		w.put(" state>:")
		w.put(s.String())
	}
	if f := d.Flag(); f != 0 {
		w.put(" flag:")
		w.put(f.String())
	}
	if state != 0 {
		w.put(" state_change:")
		w.number(state)
	}
	if modify != 0 {
		w.put(" modify_change:")
		w.number(modify)
	}
	if s := d.ServerState(); s != defs.Running {
		w.put(" server_state:")
		w.put(s.String())
	}
	w.put(" cal_count:")
	w.number(calendars)
	w.end()
	for _, v := range d.UserVariables() {
		w.variable(v)
		w.end()
	}
	for _, v := range d.ServerVariables() {
		w.variable(v)
		w.put(" # server\n")
	}
	if !history {
		return
	}
	for _, path := range d.HistoryPaths() {
		w.put("history ")
		w.put(path)
		w.put(" ")
		for _, entry := range d.History(path) {
			w.put("\b")
			w.escaped(entry)
		}
		w.end()
	}
}

// node appends a node with all that belongs to it.
func (w *writer) node(n *defs.Node) {
	kind := n.Kind()
	if w.out != nil && len(w.b) > enoughToPass {
		w.hand()
	}
	if cap(w.b)-len(w.b) < roomForNode {
		w.b = slices.Grow(w.b, cap(w.b)+roomForNode)
	}
	if kind != defs.KindSuite {
		w.depth++
		w.indent(w.depth)
	}
	w.b = append(append(append(w.b, kind.String()...), ' '), n.Name()...)
	if w.style != Defs {
		w.state(n)
	}
	w.end()
	w.depth++
	w.attributes(n)
	if kind == defs.KindSuite {
		w.clocks(n)
	}
	w.depth--
	switch kind {
	case defs.KindSuite, defs.KindFamily:
		for _, c := range n.Children() {
			w.node(c)
		}
		if kind == defs.KindSuite {
			w.put("endsuite\n")
			return
		}
		w.indent(w.depth)
		w.put("endfamily\n")
		w.depth--
	case defs.KindTask:
		if aliases := n.Children(); w.style != Defs && len(aliases) > 0 {
			for _, a := range aliases {
				w.node(a)
			}
			w.put("endalias\n")
		}
		w.depth--
	case defs.KindAlias:
		w.depth--
	}
}

// clocks appends what only suites have.
func (w *writer) clocks(n *defs.Node) {
	for _, c := range []*defs.ClockAttr{n.Clock(), n.EndClock()} {
		if c != nil {
			w.indent(w.depth)
			w.put(c.String())
			w.end()
		}
	}
	c := n.Calendar()
	if w.style == Defs || !c.Begun() {
		return
	}
	w.put("calendar initTime:")
	w.b = defs.AppendPoint(w.b, c.Init)
	w.put(" suiteTime:")
	w.b = defs.AppendPoint(w.b, c.Suite)
	w.put(" duration:")
	w.b = defs.AppendDuration(w.b, c.Duration)
	w.put(" initLocalTime:")
	w.b = defs.AppendPoint(w.b, c.InitLocal)
	w.put(" lastTime:")
	w.b = defs.AppendPoint(w.b, c.Last)
	if c.Increment != 0 {
		w.put(" calendarIncrement:")
		w.b = defs.AppendDuration(w.b, c.Increment)
	}
	if c.DayChanged {
		w.put(" dayChanged:1")
	}
	w.end()
}
