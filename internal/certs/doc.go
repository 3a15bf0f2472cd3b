// Package certs makes, reads and compares what TLS between ecFlow servers and clients
// needs: a private key, the self-signed certificate that both ends have, a Diffie-Hellman
// group, and the file the server takes the key's pass phrase from.
//
//	made, err := certs.Create(certs.Request{Dir: dir, Names: certs.LocalNames(ctx), Days: 3650})
//	pair, err := certs.Load(certs.FilesIn(dir, certs.Shared))
//	shown, err := certs.Probe(ctx, transport.Endpoint{Host: "login1", Port: "3141"}, nil, 10*time.Second)
//
// It decides nothing about trust: that is package transport's. It reads no environment and
// prints nothing. Pass phrases and keys are in no error and no formatted value.
package certs
