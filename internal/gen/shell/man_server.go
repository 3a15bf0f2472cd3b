package main

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/daemon"
)

// serverPage is ecflow_server(1).
func serverPage() string {
	r := newPage("ecflow_server", "1", "server of ecFlow, which runs suites")
	shapes := []string{"ecflow_server [<option> ...]"}
	for _, c := range daemon.Commands() {
		shapes = append(shapes, "ecflow_server "+c.Name)
	}
	r.synopsis(shapes...)
	r.section("DESCRIPTION")
	r.paragraphs("Keeps a definition of suites, submits the jobs of tasks that may run, and answers clients and jobs. The server takes the place of the original's: " +
		"options, environment, files and words are the same.\n\n" +
		"Without start or stop it runs in the foreground, and works in the directory ECF_HOME. A server begins HALTED, unless start has started it; " +
		"ecflow_client --restart lets it run jobs.")
	r.section("COMMANDS")
	for _, c := range daemon.Commands() {
		word, rest, _ := strings.Cut(c.Name, " ")
		r.item(word, " "+rest, c.Text)
	}
	for _, usage := range []string{daemon.StartUsage, daemon.StopUsage} {
		r.lines(strings.Split(strings.TrimSpace(usage), "\n")...)
	}
	r.section("OPTIONS")
	for i, s := range daemon.Options() {
		if i > 0 {
			r.macro(".PP")
			r.text(s.Title)
		}
		for _, e := range s.Entries {
			r.item(e.Name, "", e.Text)
		}
	}
	r.section("ENVIRONMENT")
	for _, e := range daemon.Variables() {
		r.item(e.Name, "", e.Text)
	}
	r.paragraphs(strings.Join(daemon.Notes(), "\n\n"))
	r.section("FILES")
	for _, f := range [][2]string{
		{"<host>.<port>.ecf.log", "the log."},
		{"<host>.<port>.ecf.check, .ecf.check.b", "the check point, and the one before."},
		{"<host>.<port>.ecf.check.journal.*", "in mode always: what has happened since a check point."},
		{"<host>.<port>.ecf.lists, .ecf.passwd, .ecf.custom_passwd", "who may do what."},
		{"server_environment.cfg", "variables, in the directory that the server is started in."},
		{"~/.ecflowrc/ssl", "keys and certificates of TLS. \"ecflow certs new\" makes them."},
		{"~/.ecflowrc/<host>.<user>.<port>", "for start and stop: the name of the computer that the server is on, if it moves; <host> is the first four letters of this one's."},
	} {
		r.item(f[0], "", f[1])
	}
	r.section("EXIT STATUS")
	r.item("0", "", "it was told to end.")
	r.item("1", "", "it could not start, and has said why on standard error.")
	r.section("EXAMPLES")
	r.lines("ecflow_server --port 3141  # in the foreground", "ecflow_server start -p 3141 -d ~/suites  # in the background, and running", "ecflow_server stop -p 3141")
	r.section("SEE ALSO")
	r.text("ecflow_client(1), ecflow(1), ecflow-certs(1), https://ecflow.readthedocs.io")
	return r.String()
}
