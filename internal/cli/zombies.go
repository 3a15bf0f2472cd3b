package cli

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// zombieTable lists zombies in columns, each as wide as its widest cell; lines are padded to
// their end, as the original's are.
//
// source: Zombie::pretty_print
func zombieTable(zombies []client.Zombie) string {
	rows := [][]string{{"task-path", "type", "age(s)", "password", "pid", "try_no", "action", "child", "calls", "host", "explanation"}}
	for _, z := range zombies {
		rows = append(rows, []string{
			z.PathToTask, z.ZombieType.String(), strconv.Itoa(z.Duration), z.JobsPassword, z.ProcessOrRemoteID,
			strconv.Itoa(z.TryNo), zombieAction(z), z.LastChildCmd.String(), strconv.Itoa(z.Calls), z.Host, explanation(z),
		})
	}
	widths := make([]int, len(rows[0]))
	for r, row := range rows {
		for i, cell := range row {
			if r == 0 || i != ageColumn {
				widths[i] = max(widths[i], len(cell))
			}
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(cell)
			b.WriteString(strings.Repeat(" ", max(0, widths[i]-len(cell))))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const ageColumn = 2 // the original does not widen it

// zombieAction is what will be done about a zombie, and whether a person or a rule said so.
func zombieAction(z client.Zombie) string {
	if z.UserActionSet {
		return "manual-" + z.UserAction.String()
	}
	for _, c := range z.Attr.ChildCmds {
		if c == z.LastChildCmd {
			return "auto-" + z.Attr.Action.String()
		}
	}
	if len(z.Attr.ChildCmds) == 0 {
		return "auto-" + z.Attr.Action.String()
	}
	return "auto-" + wire.ZombieBlock.String()
}

func explanation(z client.Zombie) string {
	switch z.ZombieType {
	case wire.ZombieUser:
		return "Created by user action(" + z.UserCmd + ")"
	case wire.ZombieECF:
		return "Two init commands or task complete or aborted but receives another child cmd"
	case wire.ZombieECFPid:
		return "PID miss-match, password matches. Job scheduled twice. Check submitter"
	case wire.ZombieECFPasswd:
		return "Password miss-match, PID matches, system has re-cycled PID or hacked job file?"
	case wire.ZombieECFPidPasswd:
		return "Both PID and password miss-match. Re-queue & submit of active job?"
	case wire.ZombiePath:
		return "Task not found. Nodes replaced whilst jobs were running"
	}
	return ""
}
