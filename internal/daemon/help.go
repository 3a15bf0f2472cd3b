package daemon

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/version"
)

// Entry is one thing that help and manual page tell of: as it is written, and what it means.
type Entry struct{ Name, Text string }

// Section is a group of entries under a line of text.
type Section struct {
	Title   string // "": what is written goes on
	Entries []Entry
}

// Options are what the server's command line takes.
func Options() []Section {
	return []Section{
		{"Server options:", []Entry{
			{"-h [ --help ]", "Shows this, then exits."},
			{"--port arg", "The port that the server listens to, 1024-49150; 0 is any free one. It goes before ECF_PORT. The default is 3141."},
			{"--ecfinterval arg", "Seconds between looks at time dependencies, 1-60. For tests only."},
			{"--v6", "Use IPv6. The default is IPv4."},
			{"--ssl", "Speak TLS, with the files of $HOME/.ecflowrc/ssl: server.crt, server.key, server.passwd, " +
				"dh2048.pem (or dh1024.pem), or <host>.<port>.crt, .key, .passwd and .pem."},
			{"--http", "Answer HTTP, for clients with --http."},
			{"--dis_job_gen", "Make no jobs. For tests only."},
			{"-d [ --debug ]", "Tell more."},
			{"-v [ --version ]", "Shows the version, then exits."},
		}},
		{"For programs that start a server for themselves:", []Entry{
			{"--listen-fd arg", "A socket that listens already, inherited under that number."},
			{"--ready-fd arg", `Where a line {"port": 3141} is written once requests are answered.`},
			{"--until-eof-fd arg", "A pipe; the server ends, with its jobs, when nobody holds the other end."},
			{"--new-certificate", "With TLS: make a key and a certificate for localhost first, where they are looked for."},
		}},
	}
}

// Commands are what stands in the place of options.
func Commands() []Entry {
	return []Entry{
		{"start [-b] [-c] [-d home] [-H] [-p port] [-s] [-v]", "Starts a server in the background, as the script ecflow_start does; start -h tells more."},
		{"stop [-b] [-p port] [-s]", "Halts a server, lets it write its check point and ends it, as the script ecflow_stop does."},
	}
}

// Variables are those of the environment that the server reads.
func Variables() []Entry {
	return []Entry{
		{"ECF_PORT", "As --port."},
		{"ECF_HOME", "The directory of scripts, jobs and the files below; the server works there. The default is the current directory."},
		{"ECF_LOG", "The log file. The default is <host>.<port>.ecf.log."},
		{"ECF_CHECK", "The check point file: the definition with its state, which the server reads when it starts. " +
			"The default is <host>.<port>.ecf.check."},
		{"ECF_CHECKOLD", "The check point before. The default is <host>.<port>.ecf.check.b."},
		{"ECF_CHECKINTERVAL", "Seconds between check points. The default is 120."},
		{"ECF_LISTS", "The white list: which users may read and write. The default is <host>.<port>.ecf.lists. Without that file all may."},
		{"ECF_PASSWD", "The password file. The default is <host>.<port>.ecf.passwd."},
		{"ECF_CUSTOM_PASSWD", "The password file of users who choose a name. The default is <host>.<port>.ecf.custom_passwd."},
		{"ECF_TASK_THRESHOLD", "Milliseconds that making a job may take before the log tells. The default is 4000."},
		{"ECF_PRUNE_NODE_LOG", "Days after which edit history is dropped when a check point is read. The default is 30; 0 keeps it."},
		{"ECF_SSL", "As --ssl; with a value other than 1, the files named <host>.<port> are used."},
		{"ECF_SSL_DIR", "Another directory for the files of TLS."},
		{"ECF_DEBUG_SERVER", "As --debug."},
	}
}

// Notes are what else help and manual page tell, a paragraph each.
func Notes() []string {
	return []string{
		"These variables, and ECF_CHECKMODE, ECF_INTERVAL, ECF_JOB_CMD, ECF_KILL_CMD, ECF_STATUS_CMD and a few more, can be set in the file " +
			"server_environment.cfg of the current directory. The environment goes before it, and options before both.",
		"SIGTERM, SIGINT and SIGHUP write a check point and end the server.",
	}
}

const (
	helpWidth = 108
	nameWidth = 21
)

// help is the text of --help.
func help() string {
	var b strings.Builder
	b.WriteString("\n" + version.Description() + "\n")
	options := Options()
	write(&b, options[0])
	write(&b, Section{"", Commands()})
	write(&b, options[1])
	write(&b, Section{"The server reads these variables of its environment:", Variables()})
	for i, note := range Notes() {
		if i > 0 {
			b.WriteByte('\n')
		}
		wrap(&b, note, 0)
	}
	return b.String()
}

func write(b *strings.Builder, s Section) {
	if s.Title != "" {
		b.WriteString(s.Title + "\n")
	}
	for _, e := range s.Entries {
		b.WriteString("  " + e.Name)
		if n := nameWidth - 2 - len(e.Name); n > 0 {
			b.WriteString(strings.Repeat(" ", n))
		} else {
			b.WriteString("\n" + strings.Repeat(" ", nameWidth))
		}
		wrap(b, e.Text, nameWidth)
	}
	b.WriteByte('\n')
}

// wrap writes words in lines, of which all but the first begin with blanks.
func wrap(b *strings.Builder, text string, indent int) {
	column := indent
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case column+1+len(word) > helpWidth:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	b.WriteByte('\n')
}
