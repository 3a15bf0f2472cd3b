// Package cmdline holds what the original ecflow_client did with thousands of generated
// command lines: its exit code, what it printed, and the requests it sent to a server that
// answers everything. The test gives the same lines to ours. README.md tells how the
// recordings came about.
package cmdline
