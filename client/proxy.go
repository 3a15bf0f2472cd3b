package client

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/transport"
)

const (
	proxyVariable = "ECF_PROXY"
	noProxy       = "none" // as the value of a proxy: without one
)

// UseSystemProxy takes the proxy of all_proxy or ALL_PROXY, unless ECF_PROXY has
// settled the matter or a proxy is set already. It is for programs that people run:
// a library that sent everything elsewhere because of a variable that the original does
// not know would surprise.
//
// lookup is os.LookupEnv or the like.
//
// source: docs/decisions/0011-proxy.md
func (o *Options) UseSystemProxy(lookup func(name string) (value string, ok bool)) {
	e := environment{lookup}
	if o.Proxy != nil || e.has(proxyVariable) {
		return
	}
	if url := e.either("all_proxy", "ALL_PROXY"); url != "" {
		o.setProxy(url, lookup)
	}
}

func (o *Options) setProxy(url string, lookup func(string) (string, bool)) {
	o.Proxy, o.NoProxy = Hide(url), environment{lookup}.either("no_proxy", "NO_PROXY")
}

// either is the first of two variables that is set to something: curl looks at the
// lower case first.
func (e environment) either(first, second string) string {
	if value := e.str(first); value != "" {
		return value
	}
	return e.str(second)
}

// ProxyFor names the proxy that connections to a host go through, without its
// password; "" if they go straight there. Error: fault.Config for a URL that is none.
func (o *Options) ProxyFor(host string) (string, error) {
	p, err := o.proxyFor(host)
	if p == nil {
		return "", err
	}
	return p.String(), nil
}

// proxyFor gives nil where none is needed; a URL that nobody needs is not looked at.
func (o *Options) proxyFor(host string) (*transport.Proxy, error) {
	if o.Proxy == nil {
		return nil, nil
	}
	url := strings.TrimSpace(o.Proxy())
	if url == "" || strings.EqualFold(url, noProxy) || transport.Direct(host, o.NoProxy) {
		return nil, nil
	}
	return transport.ParseProxy(url)
}
