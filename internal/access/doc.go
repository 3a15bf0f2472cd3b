// Package access says who may do what on a server: password files, files of custom users, the white list, and the
// variable PERMISSIONS of nodes.
//
//	a, err := access.Open(access.Config{Host: host, Port: port, Dir: home, Passwords: "h.3141.ecf.passwd", ...})
//	r := &access.Request{User: "fred", Password: token, Write: true, Paths: []string{"/s"}, Permissions: lookup}
//	err = a.Authenticate(r)
//	err = a.Authorise(r)
//
// Errors begin with the words of 5.19.0, by which clients know a refusal. Tokens of users are worked out when a file is
// read, and compared in constant time. What is read is put in place as one: requests see the old or the new, and a file
// that cannot be used leaves the old. All methods may be called by many at once.
//
// Which permission a request needs, and for which nodes, is not known here: that is the engine's.
package access
