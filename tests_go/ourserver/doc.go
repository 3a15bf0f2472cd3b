// Package ourserver holds our server against what the original's documentation promises and what original servers did:
// who may do what, files that are read again, TLS.
package ourserver
