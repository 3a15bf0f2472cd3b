package main

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/ecflow-go/ecflow/internal/command"
)

// pyTypes are the types of parameters and results as Python writes them.
var pyTypes = map[command.Type]string{
	command.None: "None", command.String: "str", command.Int: "int", command.Bool: "bool", command.Strings: "list[str]",
	command.Paths: "str | list[str]", command.Pairs: "dict[str, str] | list[Variable]", command.Bytes: "bytes",
	command.StringInt: "str | int", command.State: "State", command.CheckPt: "CheckPt", command.Zombies: "list[Zombie]",
	command.Float: "float", command.Text: "str | bytes", command.Object: "object", command.Status: "int",
	command.Tree: "Defs",
}

// reference is docs/commands.md.
func reference() []byte {
	var b bytes.Buffer
	b.WriteString(`# Commands

Generated from the command table (internal/command) by go generate ./client; do not edit.

Each command is named by its command-line option, whose shapes and examples come first; ecflow_client --help and the manual
page say the same. Then follow the methods of Python and Go. Arguments that Python takes without a keyword stand before "/".
Python's int results are 0: the original's return code; a failure raises. "Ours" marks what the original does not have.
Times are those allowed for each of connecting, sending and receiving.

`)
	rows := append([]command.Spec(nil), command.Table()...)
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].Class < rows[j].Class })
	headings := map[command.Class]string{
		command.User: "## For people and scripts", command.Child: "## For running tasks",
		command.Group: "## Inside a group only", command.Local: "## Answered by the client itself",
	}
	last := command.Class(255)
	for i := range rows {
		row := &rows[i]
		if row.Class != last {
			fmt.Fprintf(&b, "%s\n\n", headings[row.Class])
			last = row.Class
		}
		writeRow(&b, row)
	}
	b.WriteString("## Options that go with a command\n\n")
	for _, name := range command.HelpNames() {
		if _, isRow := command.Lookup(name); !isRow {
			h, _ := command.HelpFor(name)
			fmt.Fprintf(&b, "### --%s\n\n%s\n\n", name, command.Sentence(h.Summary))
			writeCommandLine(&b, h)
		}
	}
	return b.Bytes()
}

func writeRow(b *bytes.Buffer, row *command.Spec) {
	if row.Class == command.Local {
		fmt.Fprintf(b, "### %s\n\n", row.Methods[0].Py)
		writeMethods(b, row)
		return
	}
	fmt.Fprintf(b, "### --%s\n\n%s", row.Name, command.Sentence(row.Summary))
	fmt.Fprintf(b, " Time: %d s", int(row.Timeout.Seconds()))
	if row.Idempotent {
		b.WriteString("; asking twice does no harm")
	}
	b.WriteString(".\n\n")
	if h, known := command.HelpFor(row.Name); known {
		writeCommandLine(b, h)
	}
	writeMethods(b, row)
}

// writeCommandLine is what the option's help says, as Markdown.
func writeCommandLine(b *bytes.Buffer, h command.Help) {
	fmt.Fprintf(b, "```\n%s\n```\n\n", strings.Join(h.Shapes, "\n"))
	table := false
	for line := range strings.SplitSeq(h.Text, "\n") {
		indented := strings.HasPrefix(line, " ")
		if indented != table {
			b.WriteString("```\n")
			table = indented
		}
		b.WriteString(strings.TrimPrefix(markup(line, table), " ") + "\n")
	}
	if table {
		b.WriteString("```\n")
	}
	b.WriteByte('\n')
	if h.Since != "" {
		fmt.Fprintf(b, "Needs a server from %s.\n\n", h.Since)
	}
	for _, a := range h.Arguments {
		fmt.Fprintf(b, "- `%s`: `%s`. %s\n", a.Name, a.Shape, markup(command.Remark(a.Text), false))
	}
	if len(h.Arguments) > 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "```sh\n%s\n```\n\n", strings.Join(command.ExampleLines(h.Examples), "\n"))
	if h.Exit != "" {
		fmt.Fprintf(b, "Exit code: %s\n\n", h.ExitCodes())
	}
}

// markup keeps Markdown from taking characters of the text for its own.
func markup(line string, asItIs bool) string {
	if asItIs {
		return line
	}
	return strings.NewReplacer("<", `\<`, "*", `\*`, "_", `\_`, "|", `\|`).Replace(line)
}

func writeMethods(b *bytes.Buffer, row *command.Spec) {
	for _, m := range row.Methods {
		for _, f := range m.Forms {
			if m.Py != "" {
				fmt.Fprintf(b, "- `%s(%s) -> %s`\n", m.Py, signature(f), pyTypes[f.Returns])
			}
		}
		if m.Go != "" {
			fmt.Fprintf(b, "- Go: `Client.%s`\n", m.Go)
		}
		if m.Ours {
			b.WriteString("- Ours\n")
		}
		b.WriteString("\n" + m.Doc + "\n\n")
		writeParams(b, m)
	}
}

func writeParams(b *bytes.Buffer, m command.Method) {
	seen := map[string]bool{}
	for _, f := range m.Forms {
		for _, p := range f.Params {
			if !seen[p.Name] {
				seen[p.Name] = true
				fmt.Fprintf(b, "- `%s`: %s\n", p.Name, p.Doc)
			}
		}
	}
	if len(seen) > 0 {
		b.WriteByte('\n')
	}
}

func signature(f command.Form) string {
	var parts []string
	open := false
	for i, p := range f.Params {
		part := p.Name + ": " + pyTypes[p.Type]
		if p.Default != nil {
			part += " = " + literal(p)
		}
		parts = append(parts, part)
		open = p.Unnamed
		if open && (i+1 == len(f.Params) || !f.Params[i+1].Unnamed) {
			parts = append(parts, "/")
		}
	}
	return strings.Join(parts, ", ")
}

func literal(p command.Param) string {
	switch v := p.Default.(type) {
	case bool:
		if v {
			return "True"
		}
		return "False"
	case string:
		return "'" + v + "'"
	case int64:
		if p.Type == command.CheckPt {
			return "CheckPt.UNDEFINED"
		}
		return fmt.Sprint(v)
	}
	return fmt.Sprint(p.Default)
}
