package expr

import (
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// Error says why a text is not an expression.
type Error struct {
	Text   string // the expression
	Reason string // why not, in the original's words; may span lines
	Column int    // 1-based, in bytes, where reading stopped; 0 when it was not for the grammar
}

// Headline is the first line of the original's message.
func (e *Error) Headline() string {
	reason, _, _ := strings.Cut(e.Reason, "\n")
	return "Failed to parse expression '" + e.Text + "'.  " + reason
}

// Error is the headline, and below it the place where reading stopped.
func (e *Error) Error() string {
	if e.Column == 0 {
		return e.Headline()
	}
	return e.Headline() + "\n" + e.Caret()
}

// Caret shows where reading stopped: the text around it, and a caret below.
func (e *Error) Caret() string {
	if e.Column == 0 {
		return ""
	}
	const around = 60
	at := e.Column - 1
	from, to := max(0, at-around), min(len(e.Text), at+around)
	line := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xfffd {
			return '?'
		}
		return r
	}, e.Text[from:at])
	rest := strings.Map(func(r rune) rune {
		if r < ' ' {
			return '?'
		}
		return r
	}, e.Text[at:to])
	what := "not understood from here on"
	if at >= len(e.Text) {
		what = "the expression ends too early"
	}
	return "    " + line + strings.ToValidUTF8(rest, "?") + "\n    " + strings.Repeat(" ", len([]rune(line))) + "^ " + what
}

// Unwrap makes it an error of kind Parse.
func (e *Error) Unwrap() error { return fault.New(fault.Parse, e.Headline()) }

func newError(text, reason string) *Error { return &Error{Text: text, Reason: reason} }

// syntaxError is about a text that the grammar does not accept: stop is where the original stops,
// far how far the text can be understood.
func syntaxError(text string, stop, far int) *Error {
	rest, _, _ := strings.Cut(text[stop:], "\x00")
	return &Error{
		Text:   text,
		Reason: "Parsing failed\nlength = 18446744073709551615\nstopped at: \": " + rest + "\"\n",
		Column: max(stop, far) + 1,
	}
}

// verify finds what is wrong in a tree with something missing or unusable: numbers first, then what is missing.
func verify(n Node) string {
	if reason := unusable(n); reason != "" {
		return reason
	}
	if n == nil {
		return "AstTop: Abstract syntax tree creation failed"
	}
	return incomplete(n)
}

func unusable(n Node) string {
	switch n := n.(type) {
	case *Binary:
		if reason := unusable(n.Left); reason != "" {
			return reason
		}
		return unusable(n.Right)
	case *Not:
		return unusable(n.Operand)
	case *Function:
		return unusable(n.Argument)
	case *Integer:
		if n.wide {
			return "bad lexical cast: source type value could not be interpreted as target"
		}
	case *Instant:
		return n.problem()
	}
	return ""
}

func incomplete(n Node) string {
	switch n := n.(type) {
	case *Binary:
		class := operators[n.Op].class
		switch {
		case n.Left == nil && n.Right == nil:
			return class + ": has no left part"
		case n.Left == nil || n.Right == nil:
			return class + ": has no right part"
		}
		if reason := incomplete(n.Left); reason != "" {
			return reason
		}
		return incomplete(n.Right)
	case *Not:
		if n.Operand == nil {
			return "AstNot: Does not have root"
		}
		return incomplete(n.Operand)
	}
	return ""
}
