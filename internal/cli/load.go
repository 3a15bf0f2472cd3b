package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
)

// mostPlotted is how many suites get a line of their own.
const mostPlotted = 5

// drawLoad draws the requests a server had, second by second, from its log, with gnuplot. It leaves HOST.PORT.gnuplot.dat,
// HOST.PORT.gnuplot.script and HOST.PORT.png in the working directory, as the original does.
//
// source: Gnuplot.cpp
func (p *program) drawLoad(log string, o client.Options) error {
	file, err := os.Open(log)
	if errors.Is(err, fs.ErrNotExist) {
		return &fault.Error{Kind: fault.NotFound, Msg: "Gnuplot::Gnuplot: The log file " + log + " does not exist", Err: err,
			Hint: "it is looked for on this machine; --server_load=PATH takes a copy of the server's log"}
	} else if err != nil {
		return &fault.Error{Kind: fault.Config, Msg: "Gnuplot::prepare_for_gnuplot: Could not open log file " + log, Err: err}
	}
	defer file.Close() //nolint:errcheck // only read from
	gnuplot := findProgram("gnuplot", p.t.Getenv("PATH"))
	if gnuplot == "" {
		return &fault.Error{Kind: fault.Config, Msg: "Gnuplot::Gnuplot: could not find gnuplot on $PATH.", Hint: "install gnuplot, which draws the picture"}
	}
	prefix := o.Host
	if prefix == "" || prefix == client.DefaultHost {
		prefix = o.LocalHost
	}
	port := o.Port
	if port == "" {
		port = client.DefaultPort
	}
	if prefix == "" {
		prefix, _ = os.Hostname()
	}
	prefix += "." + port
	data, script := prefix+".gnuplot.dat", prefix+".gnuplot.script"
	load := serverLoad{suites: map[string]int{}}
	if err := load.read(file); err != nil {
		return err
	}
	if err := os.WriteFile(data, []byte(load.rows.String()), 0o644); err != nil {
		return &fault.Error{Kind: fault.Config, Msg: "Gnuplot::prepare_for_gnuplot: Could not open output file: " + data, Err: err}
	}
	if err := os.WriteFile(script, []byte(load.script(data, prefix+".png")), 0o755); err != nil {
		return &fault.Error{Kind: fault.Config, Msg: "Gnuplot::create_gnuplot_script: Could not open output file: " + script, Err: err}
	}
	run := exec.CommandContext(p.ctx, gnuplot, script)
	run.Stdout, run.Stderr = p.t.Err, p.t.Err
	if err := run.Run(); err != nil {
		return &fault.Error{Kind: fault.Config, Msg: "gnuplot could not draw " + script + ": " + err.Error(), Err: err}
	}
	return nil
}

func findProgram(name, path string) string {
	for _, dir := range filepath.SplitList(path) {
		found := filepath.Join(dir, name)
		if info, err := os.Stat(found); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			return found
		}
	}
	return ""
}

// serverLoad counts requests by second.
type serverLoad struct {
	rows        strings.Builder
	lines       int
	child, user int
	names       []string // of suites, in the order of the log
	suites      map[string]int
	now, total  []int // by suite
}

// read takes the requests from a log: lines "MSG:[HH:MM:SS D.M.YYYY] chd:..." and "... --...".
func (l *serverLoad) read(log *os.File) error {
	l.rows.WriteString("#time    date     total-request child user suite_0  suite_1 suite_2  suite_3  suite_n\n")
	at := ""
	lines := bufio.NewScanner(log)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		rest, ok := strings.CutPrefix(lines.Text(), "MSG:[")
		moment, request, found := strings.Cut(rest, "]")
		child := strings.Contains(request, "chd:")
		if !ok || !found || len(strings.Fields(moment)) != 2 || !(child || strings.Contains(request, "--")) {
			continue
		}
		if at != "" && strings.Fields(at)[0] != strings.Fields(moment)[0] {
			l.row(at)
		}
		at = moment
		l.add(request, child)
	}
	if err := lines.Err(); err != nil {
		return &fault.Error{Kind: fault.Config, Msg: "the log cannot be read: " + err.Error(), Err: err}
	}
	if l.lines < 3 {
		return fault.New(fault.Argument, "Gnuplot::prepare_for_gnuplot: Log file empty or not enough data for plot")
	}
	return nil
}

func (l *serverLoad) add(request string, child bool) {
	if child {
		l.child++
	} else {
		l.user++
	}
	suite := suiteOf(request, child)
	if suite == "" {
		return
	}
	i, known := l.suites[suite]
	if !known {
		i = len(l.names)
		l.suites[suite] = i
		l.names, l.now, l.total = append(l.names, suite), append(l.now, 0), append(l.total, 0)
	}
	l.now[i]++
	l.total[i]++
}

// suiteOf finds the first path of a request; that of a label comes after its text.
func suiteOf(request string, child bool) string {
	if !child && strings.Contains(request, "--news") {
		return ""
	}
	if i := strings.LastIndexByte(request, '\''); i >= 0 && strings.Contains(request, "chd:label") && strings.Contains(request[i:], "/") {
		request = request[i:]
	}
	_, path, found := strings.Cut(request, "/")
	if !found {
		return ""
	}
	path, _, _ = strings.Cut(path, " ")
	suite, _, _ := strings.Cut(path, "/")
	return suite
}

func (l *serverLoad) row(at string) {
	l.lines++
	fmt.Fprintf(&l.rows, "%s %d %d %d ", at, l.child+l.user, l.child, l.user)
	for i := range l.now {
		fmt.Fprintf(&l.rows, "%d ", l.now[i])
		l.now[i] = 0
	}
	l.rows.WriteByte('\n')
	l.child, l.user = 0, 0
}

// script draws child, user and all requests, and the busiest suites.
func (l *serverLoad) script(data, picture string) string {
	busiest := make([]int, len(l.names))
	for i := range busiest {
		busiest[i] = i
	}
	slices.SortStableFunc(busiest, func(a, b int) int { return l.total[b] - l.total[a] })
	busiest = busiest[:min(mostPlotted, len(busiest))]
	slices.Sort(busiest)
	curves := []string{
		fmt.Sprintf("%q using 1:4 title \"child\" with lines", data),
		fmt.Sprintf("%q using 1:5 title \"user\" with lines", data),
		fmt.Sprintf("%q using 1:3 smooth bezier title \"total-load\" with lines lt 3", data),
	}
	for _, i := range busiest {
		curves = append(curves, fmt.Sprintf("%q using 1:%d smooth bezier title %q with lines", data, 6+i, l.names[i]))
	}
	return "set term png\nset output \"" + picture + "\"\nset autoscale\nset xtic auto rotate\nset ytic auto\n" +
		"set title \"Server request per second\"\nset x2label \"time/min\" textcolor lt 3\nset ylabel \"requests\"\n" +
		"set xdata time\nset grid\nset timefmt \"%H:%M:%S %d.%m.%Y\"\nplot " + strings.Join(curves, ", ") + "\n"
}
