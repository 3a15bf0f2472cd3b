package certs

import (
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// Shared is the base name of the files that serve all servers of an account.
const Shared = "server"

// Files are the paths of what belongs together.
type Files struct {
	Key         string // the server's private key
	Certificate string // the one file that clients need, too
	Group       string // Diffie-Hellman group, which servers ask for whether they use it or not
	Phrase      string // pass phrase of the key, if it has one
}

// All lists the paths, those that both ends have first.
func (f Files) All() []string { return []string{f.Certificate, f.Key, f.Group, f.Phrase} }

// FilesIn are the files of a base name, [Shared] or HOST.PORT, as the server looks for them.
//
// source: Openssl.cpp, pem, crt, key, passwd.
func FilesIn(dir, base string) Files {
	at := func(extension string) string { return filepath.Join(dir, base+extension) }
	f := Files{Key: at(".key"), Certificate: at(".crt"), Group: at(".pem"), Phrase: at(".passwd")}
	if base == Shared {
		f.Group = filepath.Join(dir, "dh2048.pem")
	}
	return f
}

// FilesOf are the files that a certificate's path belongs to.
func FilesOf(certificate string) Files {
	base := filepath.Base(certificate)
	return FilesIn(filepath.Dir(certificate), strings.TrimSuffix(base, filepath.Ext(base)))
}

// BaseOf is the base name of the files of one server. localHost is this machine's
// name, which servers and clients alike put in for "localhost".
//
// source: Openssl.cpp, enable_no_throw.
func BaseOf(host, port, localHost string) (string, error) {
	if host == "localhost" && localHost != "" {
		host = localHost
	}
	switch {
	case host == "" || port == "":
		return "", fault.New(fault.Argument, "host and port are needed, as HOST:PORT")
	case strings.ContainsAny(host+port, "/\\ \t\r\n\x00") || strings.HasPrefix(host, "."):
		return "", fault.New(fault.Argument, "host and port name files, so they cannot hold blanks or slashes")
	}
	return host + "." + port, nil
}
