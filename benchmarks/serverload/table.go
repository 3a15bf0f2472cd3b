package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// goal is a line of the table: what of a row counts, and how ours is to compare.
type goal struct {
	row, what string
	value     func(r result) float64
	unit      string
	base      string // the row of the original that it is compared with; "": the same
	aim       string
}

func cpu(r result) float64     { return r.CPU }
func rate(r result) float64    { return r.PerSecond }
func p50(r result) float64     { return r.P50 }
func p99(r result) float64     { return r.P99 }
func seconds(r result) float64 { return r.Seconds }
func memory(r result) float64  { return r.RSS }
func total(r result) float64   { return r.CPU * float64(r.Requests) }

var goals = []goal{
	{"ping", "server CPU of a plain ping", cpu, "ms", "", "at most 0.6"},
	{"alter", "server CPU of an alter", cpu, "ms", "", "at most 0.6"},
	{"child", "server CPU of a child command", cpu, "ms", "", "at most 0.6"},
	{"ping16", "pings a second, 16 clients", rate, "", "", "at least 1.3"},
	{"ping16", "server CPU of each of them", cpu, "ms", "", ""},
	{"tls-rsa", "server CPU of a TLS handshake and ping, RSA 2048", cpu, "ms", "", "at most 1.43 (0.7 of the handshakes)"},
	{"tls-p256", "the same, P-256, to the original's RSA", cpu, "ms", "tls-rsa", "at most 0.5"},
	{"tls-resumed", "the same, resumed, to the original's full one", cpu, "ms", "tls-rsa", "at most 0.5"},
	{"sync20", "full sync by 20 clients at once", seconds, "s", "", "at most 0.4"},
	{"news", "incremental sync each 50 ms, p99, under 200 child commands a second", p99, "ms", "", "at most 0.5"},
	{"news-second", "the same, each second", p99, "ms", "", "at most 0.5"},
	{"load", "load", p50, "ms", "", "at most 0.5"},
	{"checkpoint", "check point", p50, "ms", "", "at most 0.5"},
	{"ping-checkpoint", "ping, p99, during check points", p99, "ms", "", "10 ms"},
	{"ping-load", "ping, p99, during loads", p99, "ms", "", "10 ms"},
	{"alter", "memory with the tree", memory, "MB", "", "at most 0.8"},
	{"idle", "server CPU of an idle minute, all suites begun", total, "ms", "", "at most 1.0"},
	{"crowd", "server CPU of a ping with 5,000 silent connections", cpu, "ms", "", "as without"},
	{"crowd", "memory with them", memory, "MB", "", ""},
}

// writeTable writes the comparison of the last server with the others.
func writeTable(path string, s settings, results []result) error {
	find := func(row string, server program) result {
		for _, r := range results {
			if r.Row == row && r.Server == server.name {
				return r
			}
		}
		return result{}
	}
	last := len(s.servers) - 1
	others, ours := s.servers[:last], s.servers[last]
	var b strings.Builder
	fmt.Fprintf(&b, `# The server, measured

Written by `+"`make bench-server`"+` (`+"`benchmarks/serverload`"+`) on %s. Do not edit: run it again.

Rounds: %d, of %g s each, in fresh processes, by turns; told is the median of them. "Ours to" is ours divided by the original, with the
least and most of the rounds behind it. The clients run on the same computer, which has %d processors. The tree has %d nodes.

| work | wanted |`, time.Now().UTC().Format(time.DateOnly), s.rounds, s.seconds, runtime.NumCPU(), s.suites*1011)
	for _, server := range s.servers {
		b.WriteString(" " + server.name + " |")
	}
	for _, server := range others {
		b.WriteString(" ours to " + server.name + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(s.servers)+len(others)) + "\n")
	for _, g := range goals {
		mine := find(g.row, ours)
		if mine.Requests == 0 {
			continue
		}
		b.WriteString("| " + g.what + " | " + g.aim + " |")
		for _, server := range s.servers {
			b.WriteString(" " + told(g, find(g.row, server)) + " |")
		}
		for _, server := range others {
			b.WriteString(" " + compared(g, mine, find(g.baseRow(), server)) + " |")
		}
		b.WriteString("\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

func (g goal) baseRow() string {
	if g.base != "" {
		return g.base
	}
	return g.row
}

func told(g goal, r result) string {
	if r.Requests == 0 {
		return "-"
	}
	return strings.TrimSpace(fmt.Sprintf("%.3g %s", g.median(r), g.unit))
}

// median is the value in the middle of the rounds.
func (g goal) median(r result) float64 {
	var each []float64
	for _, round := range r.Rounds {
		if round.Requests > 0 {
			each = append(each, g.value(round))
		}
	}
	if len(each) == 0 {
		return g.value(r)
	}
	slices.Sort(each)
	return each[len(each)/2]
}

// compared is ours by theirs, and the least and most of it in the rounds.
func compared(g goal, ours, theirs result) string {
	if theirs.Requests == 0 || g.median(theirs) == 0 {
		return "-"
	}
	var each []float64
	for i := range min(len(ours.Rounds), len(theirs.Rounds)) {
		if base := g.value(theirs.Rounds[i]); base > 0 {
			each = append(each, g.value(ours.Rounds[i])/base)
		}
	}
	text := fmt.Sprintf("%.2f", g.median(ours)/g.median(theirs))
	if len(each) > 1 {
		text += fmt.Sprintf(" (%.2f-%.2f)", slices.Min(each), slices.Max(each))
	}
	return text
}
