package main

import (
	"cmp"
	"slices"
	"time"
)

// result is one row of one server. Times are milliseconds.
type result struct {
	Row       string  `json:"row"`
	Server    string  `json:"server"`
	Requests  int     `json:"requests"`
	Failed    int     `json:"failed"`
	PerSecond float64 `json:"per_second"`
	Seconds   float64 `json:"seconds"` // of the whole row
	CPU       float64 `json:"cpu_ms"`  // of the server, a request
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
	Max       float64 `json:"max_ms"`
	RSS       float64 `json:"rss_mb"`
	Note      string  `json:"note,omitempty"`

	Rounds []result `json:"rounds,omitempty"` // in the order of the rounds, if this is their median
}

// measured puts a load on a server and tells what it took.
func measured(name string, s *server, l load) (result, error) {
	before := s.cpu()
	c := l.run(s)
	took := s.cpu() - before
	r := result{Row: name, Server: s.address, Requests: len(c.latencies) - c.failed, Failed: c.failed, Seconds: c.took.Seconds(), RSS: s.memory()}
	if n := len(c.latencies); n > 0 {
		r.PerSecond = float64(n) / c.took.Seconds()
		r.CPU = milliseconds(took) / float64(n)
		r.P50, r.P99, r.Max = milliseconds(c.latencies[n/2]), milliseconds(c.latencies[n*99/100]), milliseconds(c.latencies[n-1])
	}
	if c.err != nil {
		r.Note = c.err.Error()
	}
	if len(c.latencies) == 0 {
		return r, c.err
	}
	return r, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// median is the result in the middle, by CPU.
func median(rounds []result) result {
	sorted := slices.SortedStableFunc(slices.Values(rounds), func(a, b result) int { return cmp.Compare(a.CPU, b.CPU) })
	middle := sorted[len(sorted)/2]
	middle.Rounds = rounds
	return middle
}
