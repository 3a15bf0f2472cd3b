package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/stats"
)

// document is what --output json prints, one line of it for one call; docs/json.md describes it.
type document struct {
	OK      bool     `json:"ok"`
	Command string   `json:"command,omitempty"`
	Server  string   `json:"server,omitempty"` // host:port
	Seconds float64  `json:"seconds,omitempty"`
	Kind    string   `json:"kind,omitempty"` // what result is
	Result  any      `json:"result,omitempty"`
	Printed string   `json:"printed,omitempty"`
	Error   *problem `json:"error,omitempty"`
}

type problem struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Server  string `json:"server_reply,omitempty"`
	Path    string `json:"path,omitempty"`
	Hint    string `json:"hint,omitempty"`
}

func failure(p *program, err error) document {
	d := document{Command: p.command, Server: p.server, Error: &problem{Kind: "internal", Message: err.Error()}}
	var e *fault.Error
	if errors.As(err, &e) {
		d.Error = &problem{Kind: e.Kind.String(), Message: strings.TrimRight(client.Text(err), "\n"), Server: e.Server, Path: e.Path, Hint: e.Hint}
	}
	return d
}

func (p *program) writeJSON(d document) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(d); err != nil { // texts and numbers only: it cannot fail
		return
	}
	_, _ = p.t.Out.Write(b.Bytes())
}

func (p *program) showJSON(row *command.Spec, a command.Args, answer *client.Answer, took time.Duration) {
	d := document{OK: true, Command: p.command, Server: p.server, Seconds: took.Seconds()}
	d.Kind, d.Result = content(answer)
	d.Printed = p.printed.String()
	if row.Name == "group" {
		d.Result = groupContent(a, answer)
		d.Kind = "group"
	}
	p.writeJSON(d)
}

// content is an answer as a value for JSON, and the word for its kind.
func content(answer *client.Answer) (kind string, value any) {
	switch answer.Kind {
	case client.AnswerText:
		return "text", answer.Text
	case client.AnswerHandles:
		return "handles", handleRows(answer.Text)
	case client.AnswerLog:
		return "log", answer.Text
	case client.AnswerLines:
		return "lines", nonNil(answer.Lines)
	case client.AnswerSuites:
		return "suites", nonNil(answer.Lines)
	case client.AnswerDefs, client.AnswerSync:
		if answer.Defs == nil {
			return "done", nil
		}
		return "definition", defsJSON(answer.Defs)
	case client.AnswerNode:
		return "node", nodeJSON(answer.Node)
	case client.AnswerStats:
		return "stats", statsJSON(answer.Stats)
	case client.AnswerZombies:
		return "zombies", zombiesJSON(answer.Zombies)
	case client.AnswerHandle:
		return "handle", answer.Handle
	case client.AnswerNews:
		return "news", answer.News
	}
	return "done", nil
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// member is one answer in a group.
type member struct {
	Kind   string `json:"kind"`
	Result any    `json:"result"`
}

// groupContent lists the members' answers; why, which is found here, comes last.
func groupContent(a command.Args, answer *client.Answer) []member {
	text, _ := a["commands"].(string)
	asked, _ := command.ReadGroup(text) // which went well when it was sent
	out := []member{}
	for _, m := range answer.Members {
		kind, value := content(m)
		out = append(out, member{kind, value})
		if m.Defs == nil {
			continue
		}
		for _, wish := range asked {
			if !isA("why")(wish) {
				continue
			}
			path, _ := wish.Args["path"].(string)
			if reasons, err := m.Defs.WhyNot(path); err == nil {
				out = append(out, member{"why", strings.Split(reasons, "\n")})
			}
		}
	}
	return out
}

// handleRows reads the table of handles again.
func handleRows(table string) []map[string]any {
	rows := []map[string]any{}
	user := ""
	for i, line := range strings.Split(table, "\n") {
		words := strings.Fields(line)
		if i < 2 || len(words) == 0 {
			continue
		}
		if !strings.HasPrefix(line, " ") {
			user, words = words[0], words[1:]
		}
		if len(words) > 0 {
			rows = append(rows, map[string]any{"user": user, "handle": json.Number(words[0]), "suites": words[1:]})
		}
	}
	return rows
}

func zombiesJSON(zombies []client.Zombie) []map[string]any {
	rows := []map[string]any{}
	for _, z := range zombies {
		rows = append(rows, map[string]any{
			"path": z.PathToTask, "type": z.ZombieType.String(), "age_seconds": z.Duration, "password": z.JobsPassword,
			"process_id": z.ProcessOrRemoteID, "try": z.TryNo, "action": zombieAction(z), "child_command": z.LastChildCmd.String(),
			"calls": z.Calls, "host": z.Host, "explanation": explanation(z),
		})
	}
	return rows
}

func statsJSON(s *client.ServerStats) map[string]any {
	metrics := map[string]any{}
	if s.Metrics != nil {
		for _, m := range s.Metrics.List {
			metrics[m.Name] = map[string]any{"value": json.Number(m.Value.Data), "unit": m.Unit}
		}
	}
	return map[string]any{
		"version": s.ServerVersion, "status": s.Status.String(), "host": s.Host, "port": s.Port, "protocol": s.Protocol,
		"up_since": s.UpSince, "job_interval_seconds": s.JobSubInterval, "checkpoint_interval_seconds": s.CheckptInterval,
		"checkpoint_alarm_seconds": s.CheckptSaveTimeAlarm, "checkpoint_mode": stats.ModeName(s.CheckptMode), "suites": s.NoOfSuites,
		"requests_per_second": s.RequestStats, "ecf_home": s.EcfHome, "ecf_check": s.EcfCheck, "ecf_log": s.EcfLog, "ecf_ssl": s.EcfSSL,
		"locked_by": s.LockedByUser, "requests": s.Counts, "metrics": metrics,
	}
}
