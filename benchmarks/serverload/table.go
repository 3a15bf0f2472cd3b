package main

import (
	"fmt"
	"os"
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
	{"news", "incremental sync, p99, under 200 child commands a second", p99, "ms", "", "at most 0.5"},
	{"load", "load", p50, "ms", "", "at most 0.5"},
	{"checkpoint", "check point", p50, "ms", "", "at most 0.5"},
	{"ping-checkpoint", "ping, p99, during check points", p99, "ms", "", "10 ms"},
	{"ping-load", "ping, p99, during loads", p99, "ms", "", "10 ms"},
	{"alter", "memory with the tree", memory, "MB", "", "at most 0.8"},
}

// writeTable writes the comparison of the last server with the first.
func writeTable(path string, s settings, results []result) error {
	find := func(row, server string) (result, bool) {
		for _, r := range results {
			if r.Row == row && r.Server == server && r.Requests > 0 {
				return r, true
			}
		}
		return result{}, false
	}
	var b strings.Builder
	fmt.Fprintf(&b, `# The server, measured

Written by `+"`make bench-server`"+` (`+"`benchmarks/serverload`"+`) on %s. Do not edit: run it again.

First: %s. Second: %s. Rounds: %d, of %g s each; told is the median by CPU. Clients run on the same machine. The tree has
%d nodes.

| work | first | second | second to first | wanted |
|---|---|---|---|---|
`, time.Now().UTC().Format(time.DateOnly), s.servers[0], s.servers[len(s.servers)-1], s.rounds, s.seconds, s.suites*1011)
	for _, g := range goals {
		base := g.base
		if base == "" {
			base = g.row
		}
		first, ok := find(base, s.servers[0])
		second, too := find(g.row, s.servers[len(s.servers)-1])
		if ok && too {
			a, b2 := g.value(first), g.value(second)
			fmt.Fprintf(&b, "| %s | %.3g %s | %.3g %s | %.2f | %s |\n", g.what, a, g.unit, b2, g.unit, b2/a, g.aim)
		}
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
