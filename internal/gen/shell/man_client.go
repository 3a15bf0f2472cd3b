package main

import "github.com/ecflow-go/ecflow/internal/command"

// clientPage is ecflow_client(1).
func clientPage() string {
	r := newPage("ecflow_client", "1", "command line client of ecFlow, for people and jobs")
	r.synopsis("ecflow_client --<command>[=<argument> ...] [--<option>[=<argument>] ...]", "ecflow_client --help[=<topic>]", "ecflow_client --version")
	r.section("DESCRIPTION")
	r.paragraphs("Sends one command to an ecFlow server and prints what it answers. The client takes the place of the original's: " +
		"options, output, exit codes and environment are the same.\n\n" +
		"A command's first argument follows after an equal sign or a blank, further ones after blanks. Options may be cut short as long as only one begins so. " +
		"Paths are absolute: they begin with a slash. What is in brackets may be missing.\n\n" +
		"Data goes to standard output, everything else to standard error.")
	for _, family := range []struct{ title, kind string }{
		{"COMMANDS FOR JOBS", command.KindTask}, {"COMMANDS FOR PEOPLE AND SCRIPTS", command.KindUser}, {"OPTIONS THAT GO WITH A COMMAND", command.KindOption},
	} {
		r.section(family.title)
		for _, name := range command.HelpNames(family.kind) {
			h, _ := command.HelpFor(name)
			r.option(h)
		}
	}
	r.section("ENVIRONMENT")
	r.text("For variables with a star there are options or arguments, which count more.")
	r.variables(command.EnvironmentForAll())
	r.macro(".PP")
	r.text("Commands of jobs also read these, which jobs have from the server:")
	r.variables(command.EnvironmentForTasks())
	r.section("FILES")
	for _, f := range [][2]string{
		{"~/.ecflowrc/ssl/server.crt", "certificate of the servers that are spoken to by TLS. ECF_SSL_DIR names another directory."},
		{"~/.ecflowrc/ssl/<host>.<port>.crt", "the same for one server."},
		{"~/.ecflowapirc", "tokens for servers that are spoken to by HTTP. ECF_AUTHTOKENS names another file."},
		{"$ECF_PASSWD, $ECF_CUSTOM_PASSWD", "passwords for servers that ask for one; see --reloadpasswdfile for their form."},
		{"$ECF_HOSTFILE", "further servers, for when the first does not answer."},
	} {
		r.item(f[0], "", f[1])
	}
	r.section("EXIT STATUS")
	r.item("0", "", "the server did what it was asked, or took the job's message; also with NO_ECF, --help and --version.")
	r.item("1", "", "it refused, no server answered, or the command line makes no sense. The first line on standard error tells.")
	r.item("128 + n", "", "signal n ended it: 130 after Ctrl-C, 143 after SIGTERM.")
	r.section("EXAMPLES")
	r.lines(command.ExampleLines([]command.HelpExample{
		{Line: "ecflow_client --init=$$; trap 'ecflow_client --abort; exit 1' ERR; work; ecflow_client --complete", Text: "what a job does"},
		{Line: "ecflow_client --load=forecast.def && ecflow_client --begin=forecast", Text: "load a suite and start it"},
		{Line: "ecflow_client --host=ops1 --ssl --get_state=/forecast", Text: "look at a suite of another server, over TLS"},
		{Line: `ecflow_client --group="get; why=/forecast/analysis"`, Text: "why a family does not run"},
	})...)
	r.section("SEE ALSO")
	r.text("ecflow(1), ecflow_server(1), ecflow_definition(5), https://ecflow.readthedocs.io")
	return r.String()
}

func (r *roff) option(h command.Help) {
	r.subsection("--" + h.Name)
	r.text(command.Sentence(h.Summary))
	r.lines(h.Shapes...)
	r.paragraphs(h.Text)
	if h.Since != "" {
		r.macro(".PP")
		r.text("Needs a server from " + h.Since + ".")
	}
	for _, a := range h.Arguments {
		r.item(a.Name, ": "+a.Shape, command.Remark(a.Text))
	}
	if h.Exit != "" {
		r.macro(".PP")
		r.text("Exit code: " + h.ExitCodes())
	}
	r.examples(h.Examples)
}

func (r *roff) variables(list []command.HelpVariable) {
	for _, v := range list {
		r.item(v.Name, " "+v.Shape+" ["+v.Need+"]", command.Remark(v.Text))
	}
}

// definitionPage is ecflow_definition(5).
func definitionPage() string {
	r := newPage("ecflow_definition", "5", "definition files of ecFlow")
	r.section("DESCRIPTION")
	r.paragraphs("A definition file describes suites, families and tasks, line by line: a word, and what it takes. Blanks at the beginning of a line mean nothing. " +
		"ecflow_client --load reads such files, --get writes them.")
	for _, family := range []struct{ title, kind string }{{"NODES", "node"}, {"ATTRIBUTES", "attribute"}} {
		r.section(family.title)
		for _, name := range command.HelpItemNames() {
			d, _ := command.HelpForItem(name)
			if d.Kind != family.kind {
				continue
			}
			r.subsection(name)
			r.text(command.Sentence(d.Summary))
			r.lines(d.Shapes...)
			r.paragraphs(d.Text)
			for _, a := range d.Arguments {
				r.item(a.Name, "", command.Remark(a.Text))
			}
			r.macro(".PP")
			r.text("Examples:")
			r.lines(d.Examples...)
		}
	}
	r.section("SEE ALSO")
	r.text("ecflow_client(1)")
	return r.String()
}
