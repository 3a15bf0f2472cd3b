package doctor

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/transport"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// protocol finds out what the server speaks, first of all whether it is what is set.
func (e *examination) protocol() {
	if e.stopped {
		e.skip(checkProtocol, "there is no connection")
		return
	}
	set := e.mode
	told, err := e.speaks(set)
	if err == nil {
		e.ok(checkProtocol, "%s", told)
		return
	}
	if kind := fault.KindOf(err); kind == fault.TLSBadFile || kind == fault.TLSMissing {
		e.fail(checkProtocol, err)
		e.stopped = true
		return
	}
	for _, other := range []transport.Mode{transport.TLS, transport.Plain, transport.HTTP} {
		if other == set || set == transport.HTTPS && other == transport.TLS || e.ctx.Err() != nil {
			continue
		}
		if _, otherErr := e.speaks(other); otherErr == nil {
			e.mismatch(set, other)
			return
		}
	}
	e.stopped = true
	e.add(checkProtocol, Problem, "the server is neither ecFlow nor TLS: "+summary(err), "check host and port (ECF_HOST, ECF_PORT)\n"+hint(err))
}

// mismatch tells that the server speaks otherwise than set, and goes on its way where nothing
// that should be secret becomes public by it.
func (e *examination) mismatch(set, found transport.Mode) {
	secure := set == transport.TLS || set == transport.HTTPS
	switch {
	case found == transport.TLS:
		variable := "ECF_SSL is not set"
		if set == transport.HTTP {
			variable = "HTTP is set"
		}
		e.add(checkProtocol, Problem, "the server speaks TLS, but "+variable, "export ECF_SSL=1 (or ecflow_client --ssl, Client.enable_ssl())")
	case found == transport.HTTP && secure:
		e.add(checkProtocol, Problem, "the server speaks HTTP without TLS, but "+set.String()+" is set",
			"unset ECF_SSL and export ECF_HOST_PROTOCOL=HTTP, if that is what you want: everybody on the way can read it")
	case found == transport.HTTP:
		e.add(checkProtocol, Problem, "the server speaks HTTP (it was started with --http), but ECF_HOST_PROTOCOL is not set", "export ECF_HOST_PROTOCOL=HTTP (or ecflow_client --http)")
	case secure:
		e.add(checkProtocol, Problem, "the server speaks plain TCP, but "+set.String()+" is set ("+e.modeFrom()+")",
			"start the server with ECF_SSL=1 as well; or unset ECF_SSL, if everybody on the way may read what is sent")
	default:
		e.add(checkProtocol, Problem, "the server speaks plain TCP, but "+set.String()+" is set", "unset ECF_HOST_PROTOCOL")
	}
	e.mode = found
	e.stopped = secure
}

// speaks tries one way. It sends a ping of nobody, without any password: a server may refuse it, but does so
// in its own protocol.
func (e *examination) speaks(mode transport.Mode) (told string, err error) {
	ctx, done := e.step()
	defer done()
	start := time.Now()
	if mode == transport.TLS || mode == transport.HTTPS {
		state, err := transport.Inspect(ctx, e.at, e.config(mode))
		if state == nil {
			return "", err
		}
		if err != nil && len(state.PeerCertificates) == 0 {
			return "", err
		}
		e.shown = state.PeerCertificates
		return fmt.Sprintf("%s: %s, %s, made in %v", mode, tls.VersionName(state.Version), tls.CipherSuiteName(state.CipherSuite), rounded(time.Since(start))), nil
	}
	ping, err := wire.EncodeRequest(&wire.CtsCmd{API: wire.CtsPing})
	if err != nil {
		return "", err
	}
	reply, err := transport.Exchange(ctx, e.at, e.config(mode), ping)
	if err != nil {
		return "", err
	}
	if _, err := wire.DecodeReply(reply); err != nil {
		return "", err
	}
	return mode.String() + ": what is sent can be read on the way", nil
}

// certificate looks at the file that clients here trust.
func (e *examination) certificate() {
	switch e.mode {
	case transport.TLS:
	case transport.HTTPS:
		e.skip(checkCertificate, "HTTPS is vouched for by this system's authorities, or --cafile")
		return
	default:
		e.skip(checkCertificate, "only TLS needs one")
		return
	}
	path, err := e.o.CAFile, error(nil)
	if path == "" {
		host := e.at.Host
		path, err = transport.FindCertificate(transport.CertificateSelection{
			Dir: e.o.SSLDir, Host: host, Port: e.at.Port, Value: e.o.SSLValue, LocalHost: e.localHost(),
		})
	}
	if err == nil {
		_, err = transport.LoadTrust(path, transport.TrustOptions{})
	}
	if err != nil {
		e.stopped = true
		advice := hint(err)
		if errors.Is(err, fault.TLSMissing) {
			advice = "copy the .crt file of the server's account (~/.ecflowrc/ssl) there, or: ecflow certs fetch " + e.at.String()
		}
		e.add(checkCertificate, Problem, summary(err), advice)
		return
	}
	e.trusted = path
	reports, err := certs.Examine(path, e.now())
	if err != nil || len(reports) == 0 || len(reports[0].Certificates) == 0 {
		e.ok(checkCertificate, "%s", path)
		return
	}
	r := reports[0]
	c := r.Certificates[0]
	described := fmt.Sprintf("%s: %s, %s, until %s", path, c.Subject, c.Key, c.NotAfter.Format(time.DateOnly))
	if more := len(r.Certificates) - 1; more > 0 {
		described += fmt.Sprintf(", and %d more", more)
	}
	if len(r.Problems) == 0 {
		e.ok(checkCertificate, "%s", described)
	}
	for _, p := range r.Problems {
		status := Warning // what is wrong with a server's key is no hindrance to a client
		if !p.Warning && p.Path == path {
			status = Problem
		}
		text := p.Text
		if p.Path != "" {
			text = p.Path + ": " + text
		}
		e.add(checkCertificate, status, text, p.Hint)
	}
}

// trust compares the file with what the server shows.
func (e *examination) trust() {
	switch {
	case e.mode != transport.TLS:
		e.skip(checkTrust, "only TLS compares certificates")
		return
	case e.trusted == "" || len(e.shown) == 0:
		e.skip(checkTrust, "there are no two certificates to compare")
		return
	}
	trust, err := transport.LoadTrust(e.trusted, transport.TrustOptions{VerifyHostName: e.o.VerifyHostName})
	if err == nil {
		err = trust.Accepts(e.shown, e.at.Host)
	}
	if err != nil {
		e.stopped = true
		e.add(checkTrust, Problem, summary(err), hint(err)+"\nmore: ecflow certs check "+e.at.String())
		return
	}
	how := "what the server shows is vouched for by this file"
	if same, _ := certs.Same(e.trusted, e.shown[0]); same {
		how = "the server shows this very certificate"
	}
	e.ok(checkTrust, "%s; %s", how, e.namesOf(e.shown[0]))
}

func (e *examination) namesOf(leaf *x509.Certificate) string {
	switch {
	case leaf.VerifyHostname(e.at.Host) == nil:
		return "it is for " + e.at.Host
	case leaf.Subject.CommonName == e.at.Host:
		return "its common name is " + e.at.Host
	}
	return "it is not for the name " + e.at.Host + ", which clients do not look at"
}
