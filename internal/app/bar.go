package app

import (
	"fmt"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/watch"
)

// stateColours are those of the original's viewer, as far as terminals have them.
var stateColours = [...]struct {
	state  string
	colour terminal.Colour
}{
	{"complete", terminal.Yellow}, {"active", terminal.Green}, {"aborted", terminal.Red}, {"submitted", terminal.Cyan},
	{"queued", terminal.Blue}, {"unknown", terminal.Dim}, {"suspended", terminal.Magenta},
}

func colourOf(state string) terminal.Colour {
	for _, s := range stateColours {
		if s.state == state {
			return s.colour
		}
	}
	return terminal.Plain
}

// bar is the progress line of a look, for so many columns.
func bar(look *watch.Look, width int, elapsed time.Duration, utf8 bool) []terminal.Span {
	p := look.Progress
	var tail []terminal.Span
	add := func(colour terminal.Colour, format string, args ...any) {
		tail = append(tail, terminal.Span{Text: fmt.Sprintf(format, args...), Colour: colour})
	}
	add(terminal.Plain, " %d/%d complete", p.Complete, p.Tasks)
	for _, s := range [...]struct {
		count int
		state string
	}{{p.Active, "active"}, {p.Aborted, "aborted"}, {p.Submitted, "submitted"}, {p.Queued, "queued"}, {p.Unknown, "unknown"}, {p.Suspended, "suspended"}} {
		if s.count > 0 {
			add(terminal.Plain, "  ")
			add(colourOf(s.state), "%d %s", s.count, s.state)
		}
	}
	add(terminal.Dim, "  %s", clockText(elapsed))
	if look.Lost != nil {
		add(terminal.Red, "  no connection")
	}
	used := len([]rune(terminal.Paint(tail, 0, false)))
	return append(gauge(p, min(width-used-2, 30), utf8), tail...)
}

// gauge is the bar itself, left out where there is no room for it.
func gauge(p watch.Progress, width int, utf8 bool) []terminal.Span {
	if width < 6 || p.Tasks == 0 {
		return nil
	}
	full, busy, bad, empty := "#", "=", "!", "."
	if utf8 {
		full, busy, bad, empty = "█", "▒", "█", "·"
	}
	done := width * p.Complete / p.Tasks
	failed := width * p.Aborted / p.Tasks
	if p.Aborted > 0 && failed == 0 && done < width {
		failed = 1
	}
	working := min(width*(p.Active+p.Submitted)/p.Tasks, width-done-failed)
	rest := width - done - failed - working
	return []terminal.Span{
		{Text: "["},
		{Text: strings.Repeat(full, done), Colour: colourOf("complete")},
		{Text: strings.Repeat(bad, failed), Colour: colourOf("aborted")},
		{Text: strings.Repeat(busy, working), Colour: colourOf("active")},
		{Text: strings.Repeat(empty, rest), Colour: terminal.Dim},
		{Text: "]"},
	}
}

// clockText is a time as h:mm:ss.
func clockText(d time.Duration) string {
	s := int(d / time.Second)
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
