package scripts

import (
	"regexp"
	"strings"
)

type loosened struct {
	name string
	text *regexp.Regexp
	as   string
}

// loose are the texts that may differ, and what is compared instead. First those
// of each side: its directories, port, process.
var loose = []loosened{
	{"universal times", regexp.MustCompile(`\d{8}T\d{6}`), "DATE+TIME"},
	{"blanks before the server's words", regexp.MustCompile(`failed! +Server reply`), "failed! Server reply"},
	{"the time before an error", regexp.MustCompile(`^\[\d\d:\d\d:\d\d \d+\.\d+\.\d+\] (Error|Request)`), "$1"},
	{"fractions of seconds", regexp.MustCompile(`\d\d:\d\d:\d\d[.,]\d+`), "TIME"},
	{"how long a state lasted", regexp.MustCompile(` (dur|rt):\d\d:\d\d:\d\d`), ""},
	{"times", regexp.MustCompile(`\b\d\d:\d\d:\d\d\b`), "TIME"},
	{"dates", regexp.MustCompile(`\b\d{1,2}\.\d{1,2}\.20\d\d\b`), "DATE"},
	{"dates in words", regexp.MustCompile(`\b20\d\d-[A-Z][a-z][a-z]-\d\d\b`), "DATE"},
	{"durations", regexp.MustCompile(`~\d+ milliseconds`), "~N milliseconds"},
	{"process ids", regexp.MustCompile(`(ECF_PID'? '?|rid:|\bpid +)\d+`), "${1}PID"},
	{"minutes gone by", regexp.MustCompile(`cal_count:\d+`), "cal_count:N"},
	{"counters of changes", regexp.MustCompile(`(state_change|modify_change):\d+`), "${1}:N"}, // how much they grow is compared
	{"passwords of jobs", regexp.MustCompile(`passwd:\S+`), "passwd:PASSWORD"},
	{"passwords in jobs", regexp.MustCompile(`(ECF_PASS(?:=| '))[./0-9A-Za-z]{8}`), "${1}PASSWORD"},
	{"passwords of zombies", regexp.MustCompile(`(?m)^(/\S+ +(?:user|ecf|path|ecf_pid\S*|ecf_passwd\S*)) +\d+ +[./0-9A-Za-z]{8}`), "${1} AGE PASSWORD"},
	{"requests per second", regexp.MustCompile(`(Request\S* per [0-9,]+ min) .*`), "$1"},
	{"uptime", regexp.MustCompile(`(Up since +)\S+( \S+)?`), "${1}TIME"},
}

// looseInOlder are more of them, with versions other than the one that decides.
var looseInOlder = []loosened{
	{"the version before a definition", regexp.MustCompile(`(?m)^#5\.\d+\.\d+$`), "#VERSION"},
	{"generated variables", regexp.MustCompile(`(?m)^ *# edit (ECF_DIRNAME|ECF_BASENAME|\w+_(DD|MM|YYYY|DOW|JULIAN)) .*\n`), ""},
	{"names of a server's files", regexp.MustCompile(`ecf\.(passwd|custom_passwd)' # server|ECF_(PASSWD|CUSTOM_PASSWD)' # server`), "FILE' # server"},
	{"version of the server's variables", regexp.MustCompile(`ECF_VERSION '[0-9.]+'`), "ECF_VERSION"},
	{"how far in definitions are", regexp.MustCompile(`(?m)^ +`), ""},
}

// looseOfServers are more of them when servers are compared.
var looseOfServers = []loosened{
	{"how servers are built", regexp.MustCompile(`(Version +Ecflow version\(\S+\)) .*`), "$1"},
	{"memory and threads", regexp.MustCompile(`(\w+_memory\w*|n_threads|major_page_faults|minor_page_faults) +\d+.*`), "$1 N"},
	{"length of statistics", regexp.MustCompile(`str\.size\(\)= \d+`), "str.size()= N"},
	{"counters of changes in the log", regexp.MustCompile(`(server(?: handle)?|scale changes)\(\d+(,\d+)?\)`), "$1(N)"},
}

// tighten takes from a text what may differ.
func (s *side) tighten(text string) string {
	if text == "" {
		return ""
	}
	for _, own := range s.own {
		text = strings.ReplaceAll(text, own[0], own[1])
	}
	text = s.port.ReplaceAllString(text, "$$PORT")
	for _, one := range loose {
		text = one.text.ReplaceAllString(text, one.as)
	}
	if ofServer() {
		for _, one := range looseOfServers {
			text = one.text.ReplaceAllString(text, one.as)
		}
	}
	if s.server.Installation.Version != decides {
		for _, one := range looseInOlder {
			text = one.text.ReplaceAllString(text, one.as)
		}
	}
	return text
}
