//go:build !unix

package listen

// defaultConnections is a number that no system minds.
func defaultConnections() int { return DefaultMaxConnections }
