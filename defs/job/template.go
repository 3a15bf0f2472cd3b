package job

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// client is the client as scripts call it.
const client = "%ECF_CLIENT_EXE_PATH:ecflow_client%"

// headText is the head.h of scripts that are generated: what a job needs to
// speak to the server, and its report when something fails.
const headText = `#!/usr/bin/env bash
set -euxo pipefail  # a command that fails, anywhere, ends the job

# By these the client finds the server, and the server knows the job.
export ECF_PORT=%ECF_PORT%
export ECF_HOST=%ECF_HOST%
export ECF_NAME=%ECF_NAME%
export ECF_PASS=%ECF_PASS%
export ECF_TRYNO=%ECF_TRYNO%
export ECF_RID=$$
export ECF_TIMEOUT=300  # seconds to try for; by default a day
if [[ -n "%ECF_SSL:%" ]]; then
   export ECF_SSL=%ECF_SSL:%
fi

` + client + ` --init=$$

# Whatever ends the job before its end is reported, once.
ERROR() {
   set +e
   wait
   ` + client + ` --abort=trap
   trap 0
   exit 0
}
trap ERROR 0
trap '{ echo "Killed by a signal"; ERROR; }' 1 2 3 4 5 6 7 8 10 12 13 15
`

// tailText is the tail.h of scripts that are generated.
const tailText = client + ` --complete
trap 0
exit 0
`

// scriptText is a script that reports all that a task can report.
func scriptText(n *defs.Node) string {
	var b strings.Builder
	pause := "sleep 1\n"
	if _, ok := n.UserVariable("SLEEP"); ok {
		pause = "sleep %SLEEP%\n"
	}
	b.WriteString("%include <head.h>\n%manual\nThis script was generated. It does what the task's events, meters, labels and queues\n" +
		"ask for, and sleeps in between: a second, or as long as the variable SLEEP says.\n%end\n\necho do some work\n")
	for _, e := range n.Events() {
		mark := ""
		if e.Initial {
			mark = " clear"
		}
		fmt.Fprintf(&b, "%s --event=%s%s\n%s", client, e.NameOrNumber(), mark, pause)
	}
	for _, m := range n.Meters() {
		fmt.Fprintf(&b, "\nfor i in $(seq %d %d)\ndo\n   %s --meter=%s $i\n   %sdone\n", m.Min, m.Max, client, m.Name, pause)
	}
	for _, l := range n.Labels() {
		value := l.New
		if value == "" {
			value = l.Value
		}
		if value != "" {
			fmt.Fprintf(&b, "\n%s --label=%s %s\n", client, l.Name, quoted(value))
		}
		b.WriteString(pause)
	}
	for holder := n; holder != nil; holder = holder.Parent() {
		for _, q := range holder.Queues() {
			scriptQueue(&b, q, holder.Path(), pause)
		}
	}
	if len(n.Events())+len(n.Meters())+len(n.Queues()) == 0 {
		b.WriteString(pause)
	}
	b.WriteString("\necho end of job\n\n%include <tail.h>\n")
	return b.String()
}

// scriptQueue works off a queue.
func scriptQueue(b *strings.Builder, q defs.QueueAttr, path, pause string) {
	b.WriteString("\nfor i in")
	for _, item := range q.Steps {
		b.WriteString(" " + quoted(item))
	}
	fmt.Fprintf(b, "\ndo\n   step=$(%s --queue=%s active %s)\n   echo $step\n   %s", client, q.Name, path, pause)
	fmt.Fprintf(b, "   %s --queue=%s complete $step %s\ndone\n", client, q.Name, path)
}

// quoted is a text as one word of the shell in a script.
func quoted(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "%", "%%"), "\n", " ")
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
