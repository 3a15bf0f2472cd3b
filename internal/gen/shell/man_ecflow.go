package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/command"
)

// ecflowPages are ecflow(1) and a page for each of its commands, by file name.
func ecflowPages() map[string]string {
	root := app.Tree()
	r := newPage("ecflow", "1", root.Short)
	r.synopsis("ecflow <command> [<argument> ...]")
	r.section("DESCRIPTION")
	r.paragraphs("For people: what looks after servers, suites, certificates and passwords. Jobs and scripts use ecflow_client(1), which the same file is " +
		"when it is called by that name, or as \"ecflow client\".\n\n" +
		"Data goes to standard output, everything else to standard error.")
	if root.Long != "" {
		r.paragraphs(prose(root.Long))
	}
	r.section("COMMANDS")
	pages := map[string]string{}
	also := "ecflow_client(1), ecflow_server(1)"
	for _, cmd := range shown(root) {
		r.item(cmd.Name(), "", command.Sentence(strings.TrimSuffix(cmd.Short, ".")))
		pages["ecflow-"+cmd.Name()+".1"] = commandPage(cmd)
		also += ", ecflow-" + cmd.Name() + "(1)"
	}
	r.section("EXIT STATUS")
	r.item("0", "", "it was done.")
	r.item("1", "", "it was tried and did not work.")
	r.item("2", "", "the command line makes no sense.")
	r.macro(".PP")
	r.text("Some commands have further codes, which their own pages tell.")
	r.section("ENVIRONMENT")
	r.text("Servers are found as by ecflow_client(1), which lists the variables.")
	r.item("NO_COLOR", "", "if set, nothing is coloured.")
	r.section("SEE ALSO")
	r.text(also)
	pages["ecflow.1"] = r.String()
	return pages
}

// commandPage is the page of one command and those below it.
func commandPage(cmd *cobra.Command) string {
	r := newPage("ecflow-"+cmd.Name(), "1", strings.TrimSuffix(cmd.Short, "."))
	var shapes []string
	for _, c := range withBelow(cmd) {
		shapes = append(shapes, useLine(c))
	}
	r.synopsis(shapes...)
	r.section("DESCRIPTION")
	r.command(cmd)
	for _, c := range withBelow(cmd)[1:] {
		r.section(strings.ToUpper(strings.TrimPrefix(c.CommandPath(), "ecflow ")))
		r.text(command.Sentence(strings.TrimSuffix(c.Short, ".")))
		r.command(c)
	}
	r.section("SEE ALSO")
	r.text("ecflow(1), ecflow_client(1)")
	return r.String()
}

// withBelow is a command, then all below it.
func withBelow(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, c := range shown(cmd) {
		all = append(all, withBelow(c)...)
	}
	return all
}

// shown are the commands below one that its help lists.
func shown(cmd *cobra.Command) []*cobra.Command {
	var list []*cobra.Command
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			list = append(list, c)
		}
	}
	return list
}

func useLine(cmd *cobra.Command) string {
	if !cmd.Runnable() {
		return cmd.CommandPath() + " <command>"
	}
	return cmd.UseLine()
}

func (r *roff) command(cmd *cobra.Command) {
	long := cmd.Long
	if long == "" {
		long = command.Sentence(strings.TrimSuffix(cmd.Short, "."))
	}
	r.paragraphs(prose(long))
	first := true
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		if first {
			r.macro(".PP")
			r.text("Options:")
			first = false
		}
		name, value := flagTitle(f)
		r.item(name, value, command.Sentence(flagText(f)))
	})
	if cmd.Example != "" {
		r.macro(".PP")
		r.text("Examples:")
		r.lines(strings.Split(strings.Trim(cmd.Example, "\n"), "\n")...)
	}
}

func flagTitle(f *pflag.Flag) (name, value string) {
	name = "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	if kind, _ := pflag.UnquoteUsage(f); kind != "" {
		value = " <" + kind + ">"
	}
	return name, value
}

func flagText(f *pflag.Flag) string {
	_, text := pflag.UnquoteUsage(f)
	switch f.DefValue {
	case "", "false", "[]", "0", "0s", "<nil>":
		return text
	}
	if strings.Contains(text, "default") {
		return text
	}
	return text + " (default " + f.DefValue + ")"
}

// prose joins the lines of paragraphs that were broken by hand, so that they can be filled;
// indented lines stay.
func prose(long string) string {
	var b strings.Builder
	last := ""
	for line := range strings.SplitSeq(strings.TrimSpace(long), "\n") {
		flows := line != "" && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t")
		line = strings.ReplaceAll(line, "\t", "    ")
		switch {
		case b.Len() == 0:
		case flows && last == "text":
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(line)
		last = ""
		if flows {
			last = "text"
		}
	}
	return b.String()
}
