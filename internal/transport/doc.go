// Package transport carries one request to a server and brings its reply back.
//
// [Exchange] opens a connection, speaks TLS or HTTP over it when asked to,
// sends the request, reads the reply, and closes: real servers answer exactly
// one request per connection.
//
//	file, err := transport.FindCertificate(transport.CertificateSelection{Dir: dir, Host: "login1", Port: "3141"})
//	...
//	trust, err := transport.LoadTrust(file, transport.TrustOptions{})
//	...
//	cfg := &transport.Config{Mode: transport.TLS, Trust: trust, AttemptTimeout: 10 * time.Second}
//	reply, err := transport.Exchange(ctx, transport.Endpoint{Host: "login1", Port: "3141"}, cfg, request)
//
// With a [Proxy] the connection goes through that, and all else is as without.
//
// Every failure is a [*fault.Error] that says which peer, in which phase, and
// what kind of mismatch it looks like; its Unsent field says whether the
// request can have reached the server. A channel that was asked for is never
// exchanged for a weaker one.
//
// When Exchange returns, nothing of it is left: no socket, timer or goroutine.
// (One exception is not ours to mend: where the system's resolver is used, a
// thread may stay inside getaddrinfo until that gives up.)
//
// The package does not retry, reads no environment, prints nothing, and does
// not know what requests and replies mean.
package transport
