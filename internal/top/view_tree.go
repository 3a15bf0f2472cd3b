package top

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// drawLine draws a row in sight, or an empty line.
func (m *Model) drawLine(i, width int) string {
	if i >= len(m.lines) {
		if i == 1 && len(m.servers) == 0 {
			return fit("  No servers yet: press + to add one.", width)
		}
		return spaces(width)
	}
	l := &m.lines[i]
	var text string
	switch {
	case l.row.kind == rowServer:
		text = m.drawServer(l.server)
	case l.row.kind == rowNote:
		text = "  " + m.drawNote(l)
	case l.row.kind == rowNode:
		text = spaces(2*int(l.row.depth)) + m.drawNode(&l.node)
	default:
		text = spaces(2*int(l.row.depth)+2) + m.drawAttribute(l)
	}
	marked := len(m.marks) > 0 && l.row.kind == rowNode && m.markOf(l.server, l.path) >= 0
	if marked {
		text = yellow.draw(m.signs.set) + strings.TrimPrefix(text, " ")
	}
	if m.top+i == m.cursor {
		style := bold
		if m.panel.focused {
			style = dim
		}
		return style.draw(m.signs.cursor) + underCursor(fit(text, width-1))
	}
	return fit(" "+text, width)
}

// underCursor makes a line stand out, but for what has a background of its own.
func underCursor(text string) string {
	on := "\x1b[" + string(selected) + "m"
	for _, hard := range []style{red, redBold} {
		text = strings.ReplaceAll(text, "\x1b["+string(hard)+"m", "\x1b["+string(redSelected)+"m")
	}
	return on + strings.ReplaceAll(text, "\x1b[m", "\x1b[m"+on) + "\x1b[m"
}

func (m *Model) fold(open, inside bool) string {
	switch {
	case !inside:
		return m.signs.leaf
	case open:
		return m.signs.open
	}
	return m.signs.closed
}

// drawServer draws a server's line: name, address, whether TLS, state, connection.
func (m *Model) drawServer(s *server) string {
	parts := []string{m.fold(s.open, true) + " " + bold.draw(plain(s.worker.server.Title()))}
	if s.worker.server.Name != "" {
		parts = append(parts, plain(s.worker.server.Address()))
	}
	if s.worker.server.SSL {
		parts = append(parts, m.signs.lock)
	}
	if user := s.worker.server.User; user != "" {
		parts = append(parts, "as "+plain(user))
	}
	st := &s.status
	if st.known {
		style := green
		if st.state != defs.Running {
			style = redBold
		}
		parts = append(parts, style.draw(strings.ToLower(st.state.String())))
	}
	parts = append(parts, m.connection(st))
	if n := st.totals[defs.DAborted]; n > 0 {
		parts = append(parts, redBold.draw(strconv.Itoa(n)+" aborted"))
	}
	return strings.Join(parts, "  ")
}

// connection tells how a server is reached.
func (m *Model) connection(st *status) string {
	now := m.now()
	age := ""
	if !st.updated.IsZero() {
		age = "as of " + ago(now.Sub(st.updated))
	}
	switch {
	case st.err != nil && st.syncing:
		return redBold.draw("reconnecting") + join(age)
	case st.err != nil:
		return redBold.draw("no connection") + ", again in " + seconds(st.next.Sub(now)) + join(age)
	case st.updated.IsZero():
		return yellow.draw("connecting")
	case st.syncing && now.Sub(st.updated) > 10*time.Second:
		return yellow.draw("slow") + join(age)
	}
	return dim.draw("connected, " + age)
}

func join(text string) string {
	if text == "" {
		return ""
	}
	return ", " + text
}

func ago(d time.Duration) string {
	if d < time.Second {
		return "now"
	}
	return seconds(d) + " ago"
}

func seconds(d time.Duration) string {
	switch {
	case d < 0:
		return "0 s"
	case d < 2*time.Minute:
		return strconv.Itoa(int(d/time.Second)) + " s"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	}
	return strconv.Itoa(int(d/time.Hour)) + " h"
}

// drawNote tells why a server shows no suites.
func (m *Model) drawNote(l *line) string {
	st := &l.server.status
	switch {
	case l.row.index == noteFiltered:
		return dim.draw("nothing fits the filter")
	case st.err != nil:
		return red.draw(strings.TrimPrefix(plain(short(st.err)), "no connection: ")) + dim.draw("  (i: what to do)")
	case st.updated.IsZero():
		return dim.draw("...")
	}
	return dim.draw("no suites")
}

// short is an error in a line: what is wrong, without the request that nobody made by hand.
func short(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}

// drawNode draws a node: its name in the colour of its state, then what else is of interest.
func (m *Model) drawNode(n *nodeLine) string {
	var b strings.Builder
	b.WriteString(m.fold(n.open || m.filter != nil, n.inside))
	b.WriteByte(' ')
	b.WriteString(states[n.seen].draw(" " + n.name + " "))
	b.WriteByte(' ')
	b.WriteString(dim.draw(n.seen.String()))
	if n.suspended && n.state != defs.Unknown {
		b.WriteString(dim.draw(" (" + n.state.String() + ")"))
	}
	if n.kind <= defs.KindFamily && n.tally.all > 0 {
		fmt.Fprintf(&b, "  %d/%d", n.tally.complete, n.tally.all)
		if n.tally.aborted > 0 && n.state != defs.Aborted || n.tally.aborted > 1 {
			b.WriteString("  " + redBold.draw(strconv.Itoa(int(n.tally.aborted))+" aborted"))
		}
	}
	if n.tryNo > 1 {
		fmt.Fprintf(&b, "  try %d", n.tryNo)
	}
	if words := flagWords(n.flag); words != "" {
		b.WriteString("  " + yellow.draw(words))
	}
	if n.reason != "" {
		b.WriteString("  " + red.draw(n.reason))
	}
	return b.String()
}

// shownFlags are the marks that are of interest in the tree.
var shownFlags = [...]struct {
	flag defs.FlagType
	word string
}{
	{defs.FlagLate, "late"}, {defs.FlagZombie, "zombie"}, {defs.FlagKilled, "killed"}, {defs.FlagForceAbort, "forced"},
	{defs.FlagByRule, "by rule"}, {defs.FlagNoScript, "no script"}, {defs.FlagEditFailed, "edit failed"},
	{defs.FlagJobCmdFailed, "job command failed"}, {defs.FlagKillCmdFailed, "kill failed"}, {defs.FlagStatusCmdFailed, "status failed"},
	{defs.FlagWait, "waiting"}, {defs.FlagQueueLimit, "limit"}, {defs.FlagLocked, "locked"}, {defs.FlagArchived, "archived"},
	{defs.FlagUserEdit, "edited"}, {defs.FlagRemoteError, "remote error"},
}

func flagWords(f defs.Flag) string {
	if f == 0 {
		return ""
	}
	var words []string
	for _, s := range shownFlags {
		if f.Has(s.flag) {
			words = append(words, s.word)
		}
	}
	return strings.Join(words, ", ")
}

// barWidth is how wide the bars of meters and limits are.
const barWidth = 10

func (m *Model) drawAttribute(l *line) string {
	a := &l.attr
	word := ""
	if a.word != "" {
		word = dim.draw(a.word) + " "
	}
	switch {
	case l.row.kind == attrEvent && a.set:
		return word + green.draw(m.signs.set) + " " + a.text
	case l.row.kind == attrEvent:
		return word + m.signs.unset + " " + a.text
	case a.full >= 0:
		n := int(a.full*barWidth + 0.5)
		style := blue
		if a.set {
			style = yellow
		}
		return word + style.draw(strings.Repeat(m.signs.full, n)+strings.Repeat(m.signs.empty, barWidth-n)) + " " + a.text
	case l.row.kind == attrReason:
		return word + red.draw(a.text)
	case a.set:
		return word + a.text + " " + green.draw("("+setWord(l.row.kind)+")")
	}
	return word + a.text
}
