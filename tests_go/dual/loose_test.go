package dual

import (
	"regexp"
	"strings"

	"github.com/ecflow-go/ecflow/tests_go/contrast"
)

// decides is the version whose ways are ours where versions differ.
const decides = "5.19.0"

type loosened struct {
	name string
	text *regexp.Regexp
	as   string
}

var (
	lasted = regexp.MustCompile(` (dur|rt):-?\d\d:\d\d:\d\d`)
	waited = regexp.MustCompile(`(?m) # relativeDuration/\d\d:\d\d:\d\d$| relativeDuration/\d\d:\d\d:\d\d`)
)

// loose are the texts that may differ, and what is compared instead.
var loose = []loosened{
	{"times of the log", regexp.MustCompile(`\[\d\d:\d\d:\d\d \d+\.\d+\.\d+\]`), "[TIME]"},
	{"universal times", regexp.MustCompile(`\d{8}T\d{6}`), "DATE+TIME"},
	{"how long a state lasted", lasted, ""},
	{"states that are no more than that", regexp.MustCompile(`^( *(?:suite|family|task|alias) \S+) #$`), "$1"},
	{"whether a calendar has moved by a second", regexp.MustCompile(` calendarIncrement:\S+`), ""},
	{"seconds that relative times have waited", regexp.MustCompile(` # relativeDuration/00:00:\d\d$| relativeDuration/00:00:\d\d`), ""},
	{"fractions of seconds", regexp.MustCompile(`\d\d:\d\d:\d\d[.,]\d+`), "TIME"},
	{"times", regexp.MustCompile(`\b\d\d:\d\d:\d\d\b`), "TIME"},
	{"process ids", regexp.MustCompile(`(ECF_PID'? '?|rid:|\bpid +|_CMD PID\()\d+`), "${1}PID"},
	{"minutes gone by", regexp.MustCompile(`cal_count:\d+`), "cal_count:N"},
	{"counters of changes", regexp.MustCompile(` (state_change|modify_change):\d+`), ""}, // they are not written when they are 0; how they grow is compared
	{"passwords of zombies", regexp.MustCompile(`JobsPassword:[./0-9A-Za-z]{8}`), "JobsPassword:PASSWORD"},
	{"passwords of zombies in the log", regexp.MustCompile(`( zombie.* : chd:\w+ : .* : )\S+( : (already|passwd|pid|action))`), "${1}hidden$2"},
	{"passwords that differ in the log", regexp.MustCompile(`passwd != \[ task:\S* child:\S* \]`), "passwd != [ task:hidden child:hidden ]"},
	{"passwords in jobs", regexp.MustCompile(`(ECF_PASS(?:=| '))[./0-9A-Za-z]{8}`), "${1}PASSWORD"},
	{"how many files a look has read, which slices begin anew", regexp.MustCompile(`(include file cache size:)\d+`), "${1}N"},
	{"requests per second", regexp.MustCompile(`(Request\S* per [0-9,]+ min) .*`), "$1"},
	{"uptime", regexp.MustCompile(`(Up since +)\S+( \S+)?`), "${1}TIME"},
}

// looseInOlder are more of them, with versions other than the one that decides.
var looseInOlder = []loosened{
	{"the version before a definition", regexp.MustCompile(`^#5\.\d+\.\d+$`), "#VERSION"},
	{"names of a server's files", regexp.MustCompile(`ecf\.(passwd|custom_passwd)' # server|ECF_(PASSWD|CUSTOM_PASSWD)' # server`), "FILE' # server"},
	{"version of the server's variables", regexp.MustCompile(`ECF_VERSION '[0-9.]+'`), "ECF_VERSION"},
	{"a word of alter", regexp.MustCompile(`--alter add time; `), "--alter add time "},
	{"how far in definitions are", regexp.MustCompile(`^ +`), ""},
}

// tighten takes from a line what may differ.
func (s *side) tighten(line string, older bool) string {
	line = strings.ReplaceAll(line, s.server.Home, "$ECFHOME")
	line = strings.ReplaceAll(line, s.server.Port, "$PORT")
	for password := range s.passwords {
		line = strings.ReplaceAll(line, password, "PASSWORD")
	}
	for _, one := range loose {
		line = one.text.ReplaceAllString(line, one.as)
	}
	if older {
		for _, one := range looseInOlder {
			line = one.text.ReplaceAllString(line, one.as)
		}
	}
	return line
}

// compare gives what differs between what two sides show, and was not to; "" is nothing.
// Most lines are the same as they stand, so the others alone are tightened.
func compare(sides [2]*side, texts [2]string) string {
	if texts[0] == texts[1] {
		return ""
	}
	older := sides[0].server.Installation.Version != sides[1].server.Installation.Version
	lines := [2][]string{strings.Split(texts[0], "\n"), strings.Split(texts[1], "\n")}
	same := len(lines[0]) == len(lines[1])
	for i := 0; same && i < len(lines[0]); i++ {
		same = lines[0][i] == lines[1][i] || sides[0].tighten(lines[0][i], older) == sides[1].tighten(lines[1][i], older)
	}
	if same {
		return ""
	}
	for which := range lines {
		for i, line := range lines[which] {
			lines[which][i] = sides[which].tighten(line, older)
		}
	}
	return contrast.Show(strings.Join(lines[0], "\n"), strings.Join(lines[1], "\n"))
}

// differing is compare of two texts of the same side.
func differing(s *side, full, copied string) string {
	return strings.ReplaceAll(compare([2]*side{s, s}, [2]string{full, copied}), "original", "full    ")
}
