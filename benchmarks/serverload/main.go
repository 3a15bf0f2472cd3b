// Serverload measures ecFlow servers, the original and ours alike: it starts them,
// sends what clients would send, and tells requests a second, latencies, and what
// the server's process took for it.
//
//	serverload -original 5.9.2 -server ours=build/bin/ecflow_server -rows ping,alter -json results.json
//	serverload -address localhost:3141 -pid 4711 -rows ping
//
// A -server may be several words (a dynamic linker before the program). Each row is measured
// for one server right after the other, each in a fresh process, -rounds times, and the order
// changes from round to round; told is the median.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// settings are those of the command line.
type settings struct {
	servers programs
	address string
	pid     int
	rows    string
	seconds float64
	minute  float64
	rounds  int
	clients int
	idle    int
	suites  int
	json    string
	write   string
}

// program is a server, and how the results call it.
type program struct{ name, command string }

type programs []program

func (p *programs) String() string { return "" }

func (p *programs) Set(s string) error {
	name, command, named := strings.Cut(s, "=")
	if !named || strings.Contains(name, "/") {
		name, command = s, s
	}
	*p = append(*p, program{name, command})
	return nil
}

// original adds the original's server of a version.
func (p *programs) original(version string) error {
	i, err := realserver.Find(version)
	if err != nil {
		return err
	}
	*p = append(*p, program{i.Version, strings.Join(i.Server(), " ")})
	return nil
}

func main() {
	log.SetFlags(0)
	var s settings
	flag.Func("original", "`version` of an original that is to be measured (see tests_go/realserver); may be given again", s.servers.original)
	flag.Var(&s.servers, "server", "`command` that starts a server, or NAME=command; may be given again")
	flag.StringVar(&s.address, "address", "", "HOST:PORT of a server that runs already")
	flag.IntVar(&s.pid, "pid", 0, "its process")
	flag.StringVar(&s.rows, "rows", "ping", "what to measure, with commas; all: "+strings.Join(rowNames(), ","))
	flag.Float64Var(&s.seconds, "seconds", 3, "how long each row is measured")
	flag.Float64Var(&s.minute, "minute", 60, "seconds of the row idle")
	flag.IntVar(&s.rounds, "rounds", 1, "how often")
	flag.IntVar(&s.clients, "clients", 16, "clients of the rows that have many")
	flag.IntVar(&s.idle, "idle", 0, "connections that are open meanwhile and silent; every second has sent half a length")
	flag.IntVar(&s.suites, "suites", 100, "suites of the tree, each of 1,011 nodes")
	flag.StringVar(&s.json, "json", "", "`file` for the results, - for standard output")
	flag.StringVar(&s.write, "write", "", "`file` for a table that compares the last server with the others")
	flag.Parse()

	chosen := rowNames()
	if s.rows != "all" {
		chosen = strings.Split(s.rows, ",")
	}
	results, err := measure(s, chosen)
	report(results)
	if s.json != "" {
		err = firstOf(err, writeJSON(s.json, results))
	}
	if s.write != "" && len(s.servers) > 1 {
		err = firstOf(err, writeTable(s.write, s, results))
	}
	if err != nil {
		log.Fatal("serverload: ", err)
	}
}

// measure runs every row against every server.
func measure(s settings, chosen []string) ([]result, error) {
	var results []result
	for _, name := range chosen {
		row, ok := findRow(name)
		if !ok {
			return results, fmt.Errorf("there is no row %q", name)
		}
		if s.address != "" {
			found, err := row.run(s, &server{address: s.address, pid: s.pid, kind: row.kind})
			results = append(results, found)
			if err != nil {
				return results, err
			}
			continue
		}
		all := map[string][]result{}
		rounds := s.rounds
		if row.once {
			rounds = 1
		}
		for round := range rounds {
			order := slices.Clone(s.servers)
			if round%2 == 1 {
				slices.Reverse(order)
			}
			for _, command := range order {
				found, err := measureOne(s, row, command.command)
				if err != nil { // an old server knows no HTTP
					found = result{Row: name, Note: "not measured: " + firstLine(err.Error())}
				}
				found.Server = command.name
				all[command.name] = append(all[command.name], found)
			}
		}
		for _, command := range s.servers {
			results = append(results, median(all[command.name]))
		}
	}
	return results, nil
}

func measureOne(s settings, row row, command string) (result, error) {
	running, err := start(command, row.kind)
	if err != nil {
		return result{}, err
	}
	defer running.stop()
	return row.run(s, running)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func report(results []result) {
	for _, r := range results {
		fmt.Fprintf(os.Stderr, "%-10s %-40.40s %8.0f/s  cpu %7.3f ms  p50 %8.3f  p99 %8.3f  max %8.3f ms  %5.1f MB  %7d ok %d failed %s\n",
			r.Row, r.Server, r.PerSecond, r.CPU, r.P50, r.P99, r.Max, r.RSS, r.Requests, r.Failed, r.Note)
	}
}

func writeJSON(path string, results []result) error {
	text, err := json.MarshalIndent(map[string]any{"when": time.Now().UTC().Format(time.RFC3339), "results": results}, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if path == "-" {
		_, err = os.Stdout.Write(text)
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
