package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/watch"
)

// printer shows what wait and watch see.
type printer interface {
	look(*watch.Look) error
	end(result string, code int, v watch.Verdict, err error) error
}

// choice says which changes are shown.
type choice struct {
	paths  []string     // these nodes alone; none: all
	under  []string     // and what is below these; none: all
	kinds  []watch.Kind // none: all
	states watch.States // a change of state shows if the old or new state is one of them; 0: all
	start  []string     // nodes whose state is shown at the start
}

func (c *choice) shows(change *watch.Change) bool {
	if len(c.kinds) > 0 && !slices.Contains(c.kinds, change.Kind) {
		return false
	}
	if change.Kind == watch.Connection || change.Kind == watch.Server {
		return true
	}
	if len(c.paths) > 0 && !slices.Contains(c.paths, change.Path) {
		return false
	}
	if len(c.under) > 0 && !slices.ContainsFunc(c.under, func(above string) bool { return watch.Below(change.Path, above) }) {
		return false
	}
	if c.states != 0 {
		switch change.Kind {
		case watch.State, watch.Added, watch.Removed:
			return c.states.Names(change.Old) || c.states.Names(change.New)
		case watch.Suspended:
			return c.states.Names("suspended")
		}
		return false
	}
	return true
}

// lines prints a line for each change.
type lines struct {
	choice
	out      io.Writer
	coloured bool
	begun    bool
}

func (l *lines) look(look *watch.Look) error {
	var b strings.Builder
	if !l.begun && look.Defs != nil {
		l.begun = true
		for _, path := range l.start {
			l.line(&b, look.Time, stateSpans(path, stateNow(look, path)))
		}
	}
	for i := range look.Changes {
		if c := &look.Changes[i]; l.shows(c) {
			l.line(&b, c.Time, changeSpans(c))
		}
	}
	if b.Len() == 0 {
		return nil
	}
	_, err := io.WriteString(l.out, b.String())
	return err
}

func (l *lines) line(b *strings.Builder, at time.Time, spans []terminal.Span) {
	b.WriteString(terminal.Paint([]terminal.Span{{Text: at.UTC().Format(time.RFC3339) + " ", Colour: terminal.Dim}}, 0, l.coloured))
	b.WriteString(terminal.Paint(spans, 0, l.coloured))
	b.WriteByte('\n')
}

func (*lines) end(string, int, watch.Verdict, error) error { return nil }

func stateSpans(path, state string) []terminal.Span {
	if state == "" {
		return []terminal.Span{{Text: path + " is not there"}}
	}
	return []terminal.Span{{Text: path + " "}, {Text: state, Colour: colourOf(state)}}
}

// stateNow is the state of a node, "" if it is not there.
func stateNow(look *watch.Look, path string) string {
	if path == "/" {
		return look.Defs.State().String()
	}
	if n := look.Defs.Find(path); n != nil {
		return n.DState().String()
	}
	return ""
}

// changeSpans is a change in words.
func changeSpans(c *watch.Change) []terminal.Span {
	before, after := plain(c.Old), plain(c.New)
	text := c.Path + " "
	switch c.Kind {
	case watch.State:
	case watch.Suspended:
		if c.New == "true" {
			return []terminal.Span{{Text: text}, {Text: "suspended", Colour: colourOf("suspended")}}
		}
		return []terminal.Span{{Text: text + "resumed"}}
	case watch.Added:
		return []terminal.Span{{Text: text + "added, "}, {Text: after, Colour: colourOf(after)}}
	case watch.Removed:
		return []terminal.Span{{Text: text + "removed"}}
	case watch.Label:
		text += "label " + c.Name + " "
		before, after = strconv.Quote(c.Old), strconv.Quote(c.New)
	case watch.Server, watch.Connection:
		text += string(c.Kind) + " "
	default:
		text += string(c.Kind) + " " + c.Name + " "
	}
	spans := []terminal.Span{{Text: text}, {Text: before, Colour: colourOf(before)}, {Text: " -> "}, {Text: after, Colour: colourOf(after)}}
	if c.Reason != "" {
		spans = append(spans, terminal.Span{Text: " (" + plain(c.Reason) + ")"})
	}
	return spans
}

// plain is a text of one line that does nothing to a terminal.
func plain(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return text
	}
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// objects prints a JSON object a line; docs/watch.md has the schema.
type objects struct {
	choice
	out    io.Writer
	quiet  bool // the end alone
	begun  bool
	counts watch.Progress
}

// object is what a line of JSON holds.
type object struct {
	Time     string          `json:"time"`
	Kind     string          `json:"kind"`
	Path     string          `json:"path,omitempty"`
	Name     string          `json:"name,omitempty"`
	Old      string          `json:"old,omitempty"`
	New      string          `json:"new,omitempty"`
	Reason   string          `json:"reason,omitempty"`
	Progress *watch.Progress `json:"progress,omitempty"`
	Result   string          `json:"result,omitempty"`
	Exit     *int            `json:"exit,omitempty"`
	Facts    []string        `json:"facts,omitempty"`
}

func (o *objects) look(look *watch.Look) error {
	if o.quiet {
		return nil
	}
	at := stamp(look.Time)
	if !o.begun && look.Defs != nil {
		for _, path := range o.start {
			if err := o.write(object{Time: at, Kind: "start", Path: path, New: stateNow(look, path)}); err != nil {
				return err
			}
		}
	}
	for i := range look.Changes {
		c := &look.Changes[i]
		if !o.shows(c) {
			continue
		}
		if err := o.write(object{Time: stamp(c.Time), Kind: string(c.Kind), Path: c.Path, Name: c.Name, Old: c.Old, New: c.New, Reason: c.Reason}); err != nil {
			return err
		}
	}
	if o.counts != look.Progress || !o.begun {
		o.begun, o.counts = true, look.Progress
		return o.write(object{Time: at, Kind: "progress", Progress: &look.Progress})
	}
	return nil
}

func (o *objects) end(result string, code int, v watch.Verdict, err error) error {
	one := object{Time: stamp(time.Now()), Kind: "end", Result: result, Exit: &code, Facts: v.Facts}
	if err != nil {
		one.Reason, one.Facts = reasonOf(err), nil
	}
	return o.write(one)
}

func (o *objects) write(one object) error {
	text, err := json.Marshal(one)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_, err = o.out.Write(append(text, '\n'))
	return err
}

// reasonOf is an error in a line.
func reasonOf(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
