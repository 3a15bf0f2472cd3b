package auth

import (
	"fmt"
	"io/fs"
	"strings"
)

// Warning is something the user should know that is no error. Warnings are
// comparable, so that a caller can show each one once.
type Warning struct {
	ID   string // one of the constants below, never changed
	Path string // the file, if it is about one
	Line int    // 1-based line in Path, 0 if it is about the whole file
	Msg  string // what is the matter, without any password
	Hint string // what to do about it
}

// The identifiers of warnings.
const (
	WarnWorldReadable = "file-world-readable"   // everybody on the machine can read the file
	WarnGroupReadable = "file-group-readable"   // the group of the file can read it
	WarnExtraFields   = "password-extra-fields" // words after the password are ignored
	WarnTruncated     = "password-truncated"    // only the first characters of the password count
	WarnSevenBits     = "password-seven-bits"   // only 7 bits of a non-ASCII character count
	WarnNoSalt        = "user-without-salt"     // the user name is no salt: any password is the right one
	WarnTooLong       = "password-too-long"     // crypt refuses the password: any password is the right one
	WarnNoTLS         = "password-without-tls"  // the token can be read on the network
)

// String is the message with the place, and the hint below it.
func (w Warning) String() string {
	var b strings.Builder
	if w.Path != "" {
		b.WriteString(place(w.Path, w.Line) + ": ")
	}
	b.WriteString(w.Msg)
	if w.Hint != "" {
		b.WriteString("\n" + w.Hint)
	}
	return b.String()
}

// NoTLS is the warning about a password that goes to addr (host:port) over a
// plain connection.
func NoTLS(addr string) Warning {
	return Warning{
		ID:   WarnNoTLS,
		Msg:  fmt.Sprintf("the password token goes to %s over a connection without TLS", addr),
		Hint: "whoever reads the network can use it: enable TLS on the server and here (ECF_SSL=1)",
	}
}

// place names a line of a file as compilers do.
func place(path string, line int) string {
	if line == 0 {
		return path
	}
	return fmt.Sprintf("%s:%d", path, line)
}

// permissionWarnings looks at who may read a file with secrets.
func permissionWarnings(path string, info fs.FileInfo) []Warning {
	who, id := "", ""
	switch mode := info.Mode(); {
	case !mode.IsRegular():
		return nil
	case mode.Perm()&0o004 != 0:
		who, id = "everybody on this machine", WarnWorldReadable
	case mode.Perm()&0o040 != 0:
		who, id = "the file's group", WarnGroupReadable
	default:
		return nil
	}
	return []Warning{{
		ID: id, Path: path,
		Msg:  fmt.Sprintf("%s can read the secrets in this file (mode %04o)", who, info.Mode().Perm()),
		Hint: "chmod 600 " + path,
	}}
}
