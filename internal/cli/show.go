package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/stats"
)

// show writes an answer as the original does. succeeded is false for a group of which some
// members were refused.
//
// source: handle_server_response of the replies, ServerReply.cpp
func (p *program) show(c *client.Client, row *command.Spec, a command.Args, answer *client.Answer, took time.Duration, succeeded bool) error {
	if p.json {
		if succeeded {
			p.showJSON(row, a, answer, took)
		}
		return nil
	}
	switch answer.Kind {
	case client.AnswerSuites:
		p.print(suiteTable(answer.Lines))
	case client.AnswerDefs:
		return p.showDefs(answer.Defs, styles[row.Name])
	case client.AnswerNode:
		return p.showNode(answer.Node, styles[row.Name], c.Options().LocalHost)
	case client.AnswerHandles:
		if answer.Text != "" {
			p.print(answer.Text + "\n")
		}
	case client.AnswerLog:
		return p.drawLoad(answer.Text, c.Options())
	case client.AnswerGroup:
		return p.showGroup(c, a, answer)
	case client.Done:
		if row.Name == "ping" && succeeded {
			p.print(pong(c, took))
		}
		if row.Name == "group" {
			return p.showGroup(c, a, answer)
		}
	default:
		p.showData(answer)
	}
	return nil
}

// styles are those in which commands show definitions. One that is not here shows none.
var styles = map[string]text.Style{"get": text.Defs, "get_state": text.State, "migrate": text.Migrate}

// showData writes what is shown within a group as well.
func (p *program) showData(answer *client.Answer) {
	switch answer.Kind {
	case client.AnswerText:
		p.print(answer.Text + "\n")
	case client.AnswerLines:
		if len(answer.Lines) > 0 {
			p.print(strings.Join(answer.Lines, "\n") + "\n")
		}
	case client.AnswerStats:
		p.print(stats.Table(answer.Stats, 0))
	case client.AnswerZombies:
		p.print(zombieTable(answer.Zombies))
	}
}

func (p *program) showDefs(d *defs.Defs, style text.Style) error {
	if d == nil {
		return nil
	}
	if style == text.Defs || style == text.State {
		if err := d.AutoAddExterns(false); err != nil {
			return err
		}
	}
	_, err := p.t.Out.Write(text.Append(nil, d, style))
	return err
}

// showNode writes a node. The original puts a suite into a definition of its own, whose variables name the client's host.
func (p *program) showNode(n *defs.Node, style text.Style, host string) error {
	whole := style == text.Defs || style == text.State
	if n.Kind() == defs.KindSuite && whole {
		d := defs.New()
		d.SetServerHost(host)
		if err := d.Add(n, -1); err != nil {
			return err
		}
		return p.showDefs(d, style)
	}
	var b []byte
	if n.Kind() == defs.KindSuite {
		b = append(b, "defs_state "+style.String()+"\n"...)
	}
	b = append(text.AppendNode(b, n, style), '\n')
	_, err := p.t.Out.Write(b)
	return err
}

// showGroup writes the data of a group's members, and then, if show or why was among them, the
// definition or node that came last.
//
// source: GroupSTCCmd::handle_server_response
func (p *program) showGroup(c *client.Client, a command.Args, answer *client.Answer) error {
	var d *defs.Defs
	var node *defs.Node
	for _, m := range answer.Members {
		switch m.Kind {
		case client.AnswerDefs, client.AnswerSync:
			d = m.Defs
		case client.AnswerNode:
			node = m.Node
		default:
			p.showData(m)
		}
	}
	if d == nil && node == nil {
		return nil
	}
	commands, _ := a["commands"].(string)
	members, err := command.ReadGroup(commands)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(members, isA("show")); i >= 0 {
		style := showStyle(members[i].Args)
		if d != nil {
			err = p.showDefs(d, style)
		} else {
			_, err = p.t.Out.Write(append(text.AppendNode(nil, node, style), '\n'))
		}
		if err != nil {
			return err
		}
	}
	if i := slices.IndexFunc(members, isA("why")); i >= 0 && d != nil {
		path, _ := members[i].Args["path"].(string)
		return p.showWhy(d, path)
	}
	return nil
}

func isA(name string) func(command.Member) bool {
	return func(m command.Member) bool { return m.Row.Name == name }
}

func showStyle(a command.Args) text.Style {
	switch a["style"] {
	case "state":
		return text.State
	case "migrate":
		return text.Migrate
	}
	return text.Defs
}

// pong is what a ping prints. The form of the time is Boost's.
func pong(c *client.Client, took time.Duration) string {
	took = took.Truncate(time.Microsecond)
	clock := fmt.Sprintf("%02d:%02d:%02d", int(took.Hours()), int(took.Minutes())%60, int(took.Seconds())%60)
	if rest := took % time.Second; rest != 0 {
		clock += fmt.Sprintf(".%06d", rest.Microseconds())
	}
	return fmt.Sprintf("ping server(%s:%s) succeeded in %s  ~%d milliseconds\n", c.Host(), c.Port(), clock, took.Milliseconds())
}

// suiteTable sets names in columns, five in a row.
//
// source: SSuitesCmd.cpp
func suiteTable(names []string) string {
	if len(names) == 0 {
		return "No suites\n\n"
	}
	width := 0
	for _, n := range names {
		width = max(width, len(n)+1)
	}
	var b strings.Builder
	for i, n := range names {
		fmt.Fprintf(&b, "%-*s", width, n)
		if i%5 == 4 {
			b.WriteByte('\n')
		}
	}
	b.WriteByte('\n')
	return b.String()
}
