package cli

import (
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/cliargs"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/version"
)

func versionText() string { return version.Description() + "\n" }

// helpText is what --help=topic prints; an empty topic is --help alone. width is that of the
// terminal, 0 if there is none.
//
// Sections, columns and their order are those of 5.19.0. A topic that does not exist is no
// error there: what could have been meant is printed, and the exit code is 0. The beginning of
// several is one.
func helpText(topic string, width int) (string, error) {
	p := &page{width: lineWidth(width)}
	switch topic {
	case "":
		p.overview()
	case "all":
		p.everything()
	case "summary":
		p.list("Ecflow client commands:", command.KindTask, command.KindUser)
	case "task", "child": // child is the word of 5.9 and 5.13
		p.list("Ecflow task client commands:", command.KindTask)
	case "user":
		p.list("Ecflow user client commands:", command.KindUser)
	case "option":
		p.list("Ecflow generic options:", command.KindOption)
	case "definition":
		p.lines("", "Ecflow definition items:", "")
		p.items()
	case "environment":
		p.title(topic)
		p.environment(command.KindTask, true)
		p.lines("")
	default:
		if err := p.topic(topic); err != nil {
			return "", err
		}
	}
	return p.String(), nil
}

// topic is the page of one option or definition item, or what could have been meant. As much
// of an option's name as no other has will do; behind dashes, which the original does not take, the
// whole name.
func (p *page) topic(topic string) error {
	name := strings.TrimLeft(topic, "-")
	if names := cliargs.Beginning(command.Options(), topic); len(names) > 1 {
		last := len(names) - 1
		return fault.New(fault.Argument, "option is ambiguous and matches '"+strings.Join(names[:last], "', '")+"', and '"+names[last]+"'")
	} else if len(names) == 1 {
		name = names[0]
	}
	if h, known := command.HelpFor(name); known {
		p.option(h)
		return nil
	}
	item, ofDefinition := strings.CutPrefix(topic, "defs/")
	if d, known := command.HelpForItem(item); known {
		p.item(d)
		return nil
	}
	if ofDefinition {
		p.lines("No matching definition item found, please choose from:")
		p.items()
		return nil
	}
	p.lines("No matching command found, please choose from:", "")
	p.table(5, command.HelpNames(command.KindTask, command.KindUser))
	p.lines("")
	if near := nearest(name); near != "" {
		p.lines("Did you mean --help=" + near + " ?")
	}
	return nil
}

// overview is --help alone.
func (p *page) overview() {
	p.lines("", "The command line client of ecFlow, in one file:", "", strings.TrimSuffix(versionText(), "\n"), "",
		"ecflow_client sends one command to a server, for people and for jobs:", "Try:", "",
		"   ecflow_client --help=all         # everything there is to say",
		"   ecflow_client --help=summary     # one line for each command",
		"   ecflow_client --help=task        # one line for each command of jobs",
		"   ecflow_client --help=user        # one line for each command of people",
		"   ecflow_client --help=option      # one line for each option that goes with a command",
		"   ecflow_client --help=<command>   # all about one command",
		"   ecflow_client --help=environment # the variables that the client reads",
		"   ecflow_client --help=definition  # one line for each item of definition files",
		"   ecflow_client --help=defs/<item> # all about one of them",
		"", "Commands:", "")
	p.table(5, command.HelpNames(command.KindTask, command.KindUser))
	p.lines("", "Options:", "")
	p.table(8, command.HelpNames(command.KindOption))
	p.lines("", "Definition:", "")
	p.table(5, command.HelpItemNames())
	p.lines("")
}

// list is one line for each option of some kinds.
func (p *page) list(title string, kinds ...string) {
	names := command.HelpNames(kinds...)
	wide := longest(names)
	p.lines("", title, "")
	for _, name := range names {
		h, _ := command.HelpFor(name)
		p.lines("  " + pad(name, wide+2) + pad(h.Kind, 8) + h.Summary)
	}
	p.lines("")
}

// items is one line for each item of definition files.
func (p *page) items() {
	names := command.HelpItemNames()
	wide := longest(names)
	for _, name := range names {
		d, _ := command.HelpForItem(name)
		p.lines("  " + pad(name, wide+2) + pad(d.Kind, 10) + d.Summary)
	}
	p.lines("")
}

// everything is --help=all.
func (p *page) everything() {
	p.lines("", "  Client options:", "", "    "+strings.TrimSuffix(versionText(), "\n"), "")
	for _, kind := range []string{command.KindTask, command.KindUser, command.KindOption} {
		for _, name := range command.HelpNames(kind) {
			h, _ := command.HelpFor(name)
			p.lines("    --"+name, "")
			p.indent = "        "
			p.body(h)
			p.indent = ""
			p.lines("")
		}
	}
	p.indent = "    "
	p.environment(command.KindTask, true)
	p.indent = ""
	p.lines("")
}
