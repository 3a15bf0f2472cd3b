package runs

import (
	"regexp"
	"strings"
)

// story is what a log tells of each node, in its order.
type story map[string][]string

var (
	logLine  = regexp.MustCompile(`^(...):\[[^]]*\] ?(.*)$`)
	aboutOne = regexp.MustCompile(`(/[A-Za-z0-9_/]*)`)
	volatile = []struct {
		pattern *regexp.Regexp
		with    string
	}{
		{regexp.MustCompile(`job_size:\d+`), "job_size:N"},
		{regexp.MustCompile(`PID\(\d+\)`), "PID(N)"},
		{regexp.MustCompile(`\[ task:\S+ child:`), "[ task:P child:"},
		{regexp.MustCompile(` : \d+ : [./0-9A-Za-z]{8} :`), " : N : P :"},
		{regexp.MustCompile(` : \d+ : `), " : N : "},
		{regexp.MustCompile(`Task\(\d+\) zombie\(\d+\)`), "Task(N) zombie(N)"},
		{regexp.MustCompile(`exited with status (\d+) \[.*\]$`), "exited with status $1 [ COMMAND ]"},
		{regexp.MustCompile(`died of signal (\d+) \[.*\]$`), "died of signal $1 [ COMMAND ]"},
	}
)

// tell makes the story of a log: lines of jobs' commands, of states and of what went wrong.
func tell(log, home string) story {
	log = strings.ReplaceAll(log, home, "HOME")
	s := story{}
	for line := range strings.Lines(log) {
		m := logLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		kind, text := m[1], m[2]
		if kind == "MSG" && !strings.HasPrefix(text, "chd:") && !strings.HasPrefix(text, "Repeat") {
			continue
		}
		for _, v := range volatile {
			text = v.pattern.ReplaceAllString(text, v.with)
		}
		path := aboutOne.FindString(text)
		if strings.HasPrefix(text, "Tcp") || strings.HasPrefix(text, " ->Server") || text == "->Server" {
			continue // of the connections by which the test finds out whether the server listens
		}
		if at := strings.Index(text, "HOME"); at >= 0 && at < strings.Index(text, "/") {
			path = "files"
		}
		s[path] = append(s[path], kind+":"+text)
	}
	return s
}

func (s story) of(path string) string { return strings.Join(s[path], "\n") }
