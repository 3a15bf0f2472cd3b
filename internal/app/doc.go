// Package app is the program ecflow, for people: certificates, passwords, a doctor,
// waiting and watching, and a terminal screen. Each command is one file, which parses
// options and prints; what it does lives in a room of its own (certs, doctor, watch, top).
//
// Scripts that were written for the original use ecflow_client instead; see package cli.
package app
