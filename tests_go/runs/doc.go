// Package runs plays suites with real jobs on two servers, the original and ours, with the original's client in the jobs,
// and compares what becomes of them: the states that each node went through, what logs tell of it, and the definition at
// the end.
//
// It runs if ECFLOW_SERVER names a version; ECFLOW_CLIENT names that of the jobs' client, if it is another.
package runs
