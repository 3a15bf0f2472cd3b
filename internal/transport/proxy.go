package transport

import (
	"crypto/x509"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// Proxy is what stands between this machine and the servers: a SOCKS5 server, or
// an HTTP proxy that tunnels with CONNECT. It is immutable and may be shared. No way
// of printing it shows its password.
type Proxy struct {
	scheme string
	at     Endpoint
	login  func() (user, password string) // nil: none

	roots *x509.CertPool // vouch for a proxy of scheme https; nil: those of the system
}

// The schemes of a proxy's URL, as curl names them.
const (
	socks5  = "socks5"  // host names are looked up here
	socks5h = "socks5h" // host names are looked up by the proxy, as they are with the two below
	connect = "http"
	secure  = "https" // HTTP CONNECT, and TLS to the proxy itself
)

const maxSOCKSField = 255 // bytes of a user name, password or host name

// ParseProxy reads the URL of a proxy, SCHEME://[USER:PASSWORD@]HOST[:PORT], as curl
// does: the schemes are socks5, socks5h, http and https, without one it is http, and
// the port is 1080 (443 for https) unless given.
//
// Errors are of kind Config and quote nothing of a text that may hold a password.
func ParseProxy(text string) (*Proxy, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = connect + "://" + text
	}
	parsed, err := url.Parse(text)
	// With an unescaped / ? or # in the password the rest of the URL is its path or more.
	if err != nil || parsed.Hostname() == "" || strings.Trim(parsed.Path, "/") != "" || parsed.RawQuery != "" || parsed.Fragment != "" {
		return nil, badProxy("the URL of the proxy is not of the form SCHEME://[USER:PASSWORD@]HOST[:PORT]",
			"in user and password write %2F for /, %3F for ?, %23 for #, %40 for @, %3A for :, %25 for %")
	}
	p := &Proxy{scheme: strings.ToLower(parsed.Scheme), at: Endpoint{parsed.Hostname(), parsed.Port()}}
	switch p.scheme {
	case socks5, socks5h, connect, secure:
	default:
		return nil, badProxy("proxies of the scheme "+p.scheme+" are not known", "those known are socks5, socks5h, http and https")
	}
	if p.at.Port == "" {
		p.at.Port = "1080"
		if p.scheme == secure {
			p.at.Port = "443"
		}
	}
	if n, err := strconv.Atoi(p.at.Port); err != nil || n < 1 || n > 65535 {
		return nil, badProxy("the port of the proxy is not between 1 and 65535", "")
	}
	if parsed.User != nil {
		user := parsed.User.Username()
		password, _ := parsed.User.Password()
		if p.socks() && (user == "" || password == "" || len(user) > maxSOCKSField || len(password) > maxSOCKSField) {
			return nil, badProxy("a SOCKS5 proxy needs both a user and a password, of at most 255 bytes each, or neither", "")
		}
		p.login = func() (string, string) { return user, password }
	}
	return p, nil
}

func badProxy(msg, hint string) *fault.Error {
	return &fault.Error{Kind: fault.Config, Unsent: true, Msg: msg, Hint: strings.TrimPrefix(hint+"\n"+proxyHint, "\n")}
}

// proxyHint ends the advice about any proxy that does not do.
const proxyHint = "the proxy is that of ECF_PROXY, else of ALL_PROXY; ECF_PROXY=none goes without, NO_PROXY lists servers that need none"

// String is the proxy's URL without user and password.
func (p *Proxy) String() string { return p.scheme + "://" + p.at.String() }

// Endpoint is where the proxy listens.
func (p *Proxy) Endpoint() Endpoint { return p.at }

func (p *Proxy) socks() bool { return p.scheme == socks5 || p.scheme == socks5h }

// resolves reports whether the proxy looks host names up.
func (p *Proxy) resolves() bool { return p.scheme != socks5 }

// Loopback reports whether a host is this machine itself, by the name localhost or a loopback address: what goes there is on
// no network. Names are not looked up.
func Loopback(host string) bool {
	host = plainName(host)
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.Unmap().IsLoopback()
}

// plainName is a host as it is compared: without brackets, small, without the dot that ends full names.
func plainName(host string) string {
	return strings.ToLower(strings.TrimSuffix(Endpoint{Host: host}.bare().Host, "."))
}

// Direct reports whether a host is reached without a proxy: it is this machine, see
// [Loopback], or noProxy lists it. As curl reads it,
// that is a list separated by commas or blanks; an entry is a host name, which stands
// for all names below it too (a dot before it does not matter), an address, or a range
// of addresses such as 10.0.0.0/8. A single * stands for everything. Names are not
// looked up.
func Direct(host, noProxy string) bool {
	if Loopback(host) {
		return true
	}
	host = plainName(host)
	addr, err := netip.ParseAddr(host)
	isAddr := err == nil
	addr = addr.Unmap()
	if strings.TrimSpace(noProxy) == "*" {
		return true
	}
	for _, entry := range strings.FieldsFunc(noProxy, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		entry = strings.ToLower(Endpoint{Host: entry}.bare().Host)
		if isAddr {
			if one, err := netip.ParseAddr(entry); err == nil && one.Unmap().WithZone("") == addr.WithZone("") {
				return true
			}
			if several, err := netip.ParsePrefix(entry); err == nil && several.Contains(addr.WithZone("")) {
				return true
			}
			continue
		}
		name := strings.Trim(entry, ".")
		if name != "" && (host == name || strings.HasSuffix(host, "."+name)) {
			return true
		}
	}
	return false
}
