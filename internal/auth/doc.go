// Package auth holds what a client proves itself with: the login name, the
// password file and the token that crypt(3) makes of a password, and the file
// of HTTP authorization tokens.
//
//	file, err := auth.ReadPasswordFile(path)
//	plain, ok := file.Lookup("fred", "localhost", "3141", hostname)
//	token, err := auth.Crypt("fred", plain)
//
// It reads the files it is told to read, and in a build without cgo runs getent(1) or
// id(1) for a user whom /etc/passwd does not have; it looks at no environment variable
// of its own accord, prints nothing and opens no connection. What a user should
// know, such as a password file that everybody can read, comes as [Warning]
// values for the caller to show.
//
// No error, warning or formatted value of this package contains a password, a
// hash or a token.
package auth
