package transport

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// SharedCertificate is the file that serves all servers of one account.
const SharedCertificate = "server.crt"

// CertificateSelection is what decides which file is trusted.
type CertificateSelection struct {
	Dir       string // ECF_SSL_DIR, else $HOME/.ecflowrc/ssl; with or without a last slash
	Host      string // as used to connect
	Port      string
	Value     string // of ECF_SSL, or "" when TLS is enabled in another way
	LocalHost string // this machine's name, which stands in for "localhost"
}

// FindCertificate gives the path of the certificate file to trust, by the
// documented rules: with Value empty or "1" server.crt if it is there, else
// HOST.PORT.crt; with any other Value HOST.PORT.crt (the text itself does not
// matter). Its last element is what get_certificate() returns.
//
// A file that is not there is an error of kind TLSMissing that names every path
// looked at.
//
// source: libs/base Openssl::enable_no_throw, Openssl::enable_if_defined
func FindCertificate(sel CertificateSelection) (path string, err error) {
	host := sel.Host
	if host == "localhost" && sel.LocalHost != "" {
		host = sel.LocalHost
	}
	names := []string{host + "." + sel.Port + ".crt"}
	if sel.Value == "" || sel.Value == "1" {
		names = append([]string{SharedCertificate}, names...)
	}
	var troubles []error
	for _, name := range names {
		path := filepath.Join(sel.Dir, name)
		_, err := os.Stat(path)
		if err == nil {
			return path, nil
		}
		troubles = append(troubles, err)
	}
	return "", missingCertificate(sel.Dir, names, troubles)
}

func missingCertificate(dir string, names []string, troubles []error) *fault.Error {
	path := filepath.Join(dir, names[0])
	msg := "no certificate file to trust: there is no " + path
	for _, name := range names[1:] {
		msg += " and no " + filepath.Join(dir, name)
	}
	for _, err := range troubles {
		if !errors.Is(err, fs.ErrNotExist) {
			msg += " (" + reasonOfFile(err) + ")"
			break
		}
	}
	return &fault.Error{
		Kind: fault.TLSMissing,
		Path: path,
		Msg:  msg,
		Hint: "copy the server's own certificate to " + strings.Join(quoted(names), " or ") + " in that directory; it is the .crt file\n" +
			"in $HOME/.ecflowrc/ssl of the account that runs the server. For a new server, \"ecflow certs new\" makes it there.",
		Err: errors.Join(troubles...),
	}
}

// reasonOfFile is what the system said about a file, without the path.
func reasonOfFile(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func quoted(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = `"` + name + `"`
	}
	return out
}
