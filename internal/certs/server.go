package certs

import (
	"crypto/tls"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ecflow-go/ecflow/fault"
)

// Choice says which files a server takes.
type Choice struct {
	Dir        string // $HOME/.ecflowrc/ssl, or what ECF_SSL_DIR names
	Host, Port string // of the server, as names of files have them
	Value      string // of ECF_SSL: empty or "1" prefers the shared files; anything else means those of the server alone
	ByOption   bool   // --ssl asks, and no ECF_SSL: only the words of the error differ
}

// Choose gives the files of a server, and what its variable ECF_SSL shows: "1" for the shared files, else HOST.PORT. That
// certificate is there; nothing else has been looked at.
//
// Error: fault.TLSMissing.
//
// source: Openssl.cpp, enable and enable_if_defined
func Choose(c Choice) (files Files, shown string, err error) {
	base := c.Host + "." + c.Port
	if c.Dir == "" {
		return Files{}, "", &fault.Error{
			Kind: fault.TLSMissing, Op: "choose the certificate",
			Msg: startRefused + "Error: there is no directory of certificates: neither HOME nor ECF_SSL_DIR is set",
		}
	}
	if c.Value == "" || c.Value == "1" {
		if files = FilesIn(c.Dir, Shared); there(files.Certificate) {
			if !there(files.Group) { // the older name; the newer one is the one to miss
				if older := filepath.Join(c.Dir, "dh1024.pem"); there(older) {
					files.Group = older
				}
			}
			return files, "1", nil
		}
	}
	if files = FilesIn(c.Dir, base); there(files.Certificate) {
		return files, base, nil
	}
	msg := "Error: Unable to find the self-signed certificate file(CRT) "
	hint := "looked for " + filepath.Join(c.Dir, base+".crt")
	switch {
	case c.ByOption:
		msg += "server.crt or " + base + ".crt in $HOME/.ecflowrc/ssl"
	case c.Value == "1":
		msg += "server.crt *OR* " + base + ".crt in $HOME/.ecflowrc/ssl (with ECF_SSL=1)"
	default:
		msg += base + ".crt in $HOME/.ecflowrc/ssl (with ECF_SSL=" + base + ")"
	}
	if c.Value == "" || c.Value == "1" {
		hint = "looked for " + filepath.Join(c.Dir, Shared+".crt") + " and " + filepath.Join(c.Dir, base+".crt")
	}
	return Files{}, "", &fault.Error{
		Kind: fault.TLSMissing, Op: "choose the certificate", Path: filepath.Join(c.Dir, base+".crt"), Msg: startRefused + msg,
		Hint: hint + "\n\"ecflow certs new\" makes a key and its certificate there", Err: fs.ErrNotExist,
	}
}

// startRefused is how the original begins when it does not start.
//
// source: ServerMain.cpp
const startRefused = "Exception in ServerMain:: "

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// ServerTLS reads the files of a server, and makes of them what its connections need: TLS 1.2 and 1.3, sessions that
// can be resumed. All but the pass phrase has to be there and good, the Diffie-Hellman group too, which the original
// hands to OpenSSL and crypto/tls has no use for. What is expired is no error: clients say so.
//
// Errors: fault.TLSMissing, fault.TLSBadFile. The first line begins with the original's words and names the file.
//
// source: Openssl.cpp, check_server_certificates and init_for_server
func ServerTLS(files Files) (*tls.Config, error) {
	if !there(files.Key) {
		return nil, missing(files.Key, "Error: The password protected private server key file '"+files.Key+"' does not exist")
	}
	if !there(files.Group) {
		return nil, missing(files.Group, "Error: The dhparam file(pem) '"+files.Group+"' does not exist")
	}
	pair, err := Load(files)
	if err != nil {
		return nil, startWords(files, err)
	}
	group, err := readFile(files.Group)
	if err == nil && groupBits(group) == 0 {
		err = errors.New("there is no Diffie-Hellman group in it")
	}
	if err != nil {
		return nil, startWords(files, unreadable(files.Group, err))
	}
	return &tls.Config{Certificates: []tls.Certificate{pair.TLS()}, MinVersion: tls.VersionTLS12}, nil
}

func missing(path, words string) error {
	return &fault.Error{
		Kind: fault.TLSMissing, Op: "read", Path: path, Msg: startRefused + words,
		Hint: "\"ecflow certs new\" makes all files that a server needs", Err: fs.ErrNotExist,
	}
}

// startWords puts the original's words before what is wrong with a file.
func startWords(files Files, err error) error {
	var e *fault.Error
	if !errors.As(err, &e) {
		return err
	}
	var words string
	switch {
	case e.Path == files.Certificate:
		words = "use_certificate_chain_file: no start line"
	case e.Path == files.Group:
		words = "use_tmp_dh_file: no start line"
	case e.Path == files.Phrase:
		words = "Error: Unable to open password file '" + files.Phrase + "'"
	case errors.Is(err, errPhrase):
		words = "use_private_key_file: bad decrypt"
	case errors.Is(err, errMismatch):
		words = "use_private_key_file: key values mismatch"
	default:
		words = "use_private_key_file: unsupported"
	}
	worded := *e
	worded.Msg = startRefused + words + ": " + e.Msg
	if errors.Is(err, errPhrase) {
		worded.Hint = files.Phrase + " holds the pass phrase, and nothing else but one line end"
		if !there(files.Phrase) {
			worded.Hint = "there is no " + files.Phrase + ", so the pass phrase \"" + defaultPhrase + "\" was tried"
		}
	}
	return &worded
}
