// Package stats counts a server's requests by kind, tells their rates, and makes of the
// figures the table that --stats shows.
//
//	c.Add(&c.Requests.Ping)
//
// It measures the process as 5.19.0 does. It knows no tree and no settings: whoever answers
// fills in the rest of [wire.Stats].
package stats
