package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// slow is when waiting for a name or for the server is worth a word.
const slow = time.Second

// settings looks at what can be wrong before anything is asked.
func (e *examination) settings() {
	o := e.o
	if o.Protocol == client.TLS {
		o.Protocol = client.Plain // a missing certificate is told of in its place
	}
	if _, err := client.New(o); err != nil {
		e.fail(checkSettings, err)
		e.stopped = true
		return
	}
	from, portFrom := e.from("ECF_HOST", e.o.Host, client.DefaultHost), e.from("ECF_PORT", e.o.Port, client.DefaultPort)
	if portFrom != from {
		from += ", " + portFrom
	}
	e.ok(checkSettings, "server %s (%s), %s (%s)", e.at, from, e.mode, e.modeFrom())
	if e.o.NoServer {
		e.o.NoServer = false
		e.add(checkSettings, Warning, "NO_ECF is set: clients send nothing, and every request succeeds", "unset NO_ECF if a server is meant to be told")
	}
}

// from says where a setting comes from.
func (e *examination) from(variable, value, usual string) string {
	switch {
	case e.value(variable) == value:
		return variable
	case value == usual && e.value(variable) == "":
		return "the default"
	}
	return "as given"
}

func (e *examination) modeFrom() string {
	switch {
	case e.mode == transport.TLS && e.has("ECF_SSL"):
		return "ECF_SSL"
	case e.mode != transport.Plain && e.value("ECF_HOST_PROTOCOL") != "":
		return "ECF_HOST_PROTOCOL"
	case e.mode == transport.Plain:
		return "ECF_SSL is not set"
	}
	return "as given"
}

// name looks the host up.
func (e *examination) name() {
	if e.stopped {
		e.skip(checkName, "the settings come first")
		return
	}
	if url, err := e.o.ProxyFor(e.at.Host); err == nil && url != "" && !strings.HasPrefix(url, "socks5:") {
		e.skip(checkName, "the proxy looks it up")
		return
	}
	host := strings.Trim(e.at.Host, "[]")
	if addr, err := netip.ParseAddr(host); err == nil {
		e.where = []string{addr.String()}
		e.ok(checkName, "%s is an address", host)
		return
	}
	lookup := e.o.Lookup
	if lookup == nil {
		lookup = transport.Lookup
	}
	ctx, done := e.step()
	defer done()
	start := time.Now()
	found, err := lookup(ctx, host)
	took := time.Since(start)
	if err == nil && len(found) == 0 {
		err = errors.New("it has no address")
	}
	if err != nil {
		e.stopped = true
		e.add(checkName, Problem, fmt.Sprintf("%s cannot be looked up: %s", host, reason(err)),
			"check the spelling (ECF_HOST); if it is right, the name service of this machine (/etc/resolv.conf, /etc/hosts)")
		return
	}
	for _, addr := range found {
		e.where = append(e.where, addr.Unmap().String())
	}
	if took > slow {
		e.add(checkName, Warning, fmt.Sprintf("%s is %s, but the look-up took %v", host, strings.Join(e.where, ", "), rounded(took)),
			"every request waits for it: ask who looks after the name service, or use the address")
		return
	}
	e.ok(checkName, "%s is %s", host, strings.Join(e.where, ", "))
}

// reason is what the system said.
func reason(err error) string {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return dns.Err
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	}
	return err.Error()
}

// proxy looks whether there is one, and whether it can be reached.
func (e *examination) proxy() {
	url, err := e.o.ProxyFor(e.at.Host)
	switch {
	case err != nil:
		e.fail(checkProxy, err)
		e.stopped = true
		return
	case url == "" && e.o.Proxy != nil && e.o.Proxy() != "" && !strings.EqualFold(e.o.Proxy(), "none"):
		e.ok(checkProxy, "there is one, but not for this server (it is on this machine, or NO_PROXY lists it)")
		return
	case url == "":
		e.ok(checkProxy, "none")
		return
	case e.stopped:
		e.skip(checkProxy, "%s was not tried", url)
		return
	}
	via, err := transport.ParseProxy(e.o.Proxy())
	if err != nil {
		e.fail(checkProxy, err)
		return
	}
	ctx, done := e.step()
	defer done()
	start := time.Now()
	if err := transport.Reach(ctx, via.Endpoint(), e.config(transport.Plain)); err != nil {
		e.stopped = true
		e.add(checkProxy, Problem, fmt.Sprintf("%s cannot be reached: %s", url, summary(err)), "check "+e.proxyFrom()+"; ECF_PROXY=none goes without")
		return
	}
	e.via = via
	e.ok(checkProxy, "%s (%s) is there, after %v", url, e.proxyFrom(), rounded(time.Since(start)))
}

func (e *examination) proxyFrom() string {
	for _, variable := range []string{"ECF_PROXY", "all_proxy", "ALL_PROXY"} {
		if value := e.value(variable); value != "" && value == e.o.Proxy() {
			return variable
		}
	}
	return "as given"
}

// port connects to each address.
func (e *examination) port() {
	if e.stopped {
		e.skip(checkPort, "not tried")
		return
	}
	if e.via != nil {
		e.portBehindProxy()
		return
	}
	var open, shut []string
	var last error
	late := false
	start := time.Now()
	took := time.Duration(0)
	for _, addr := range e.where {
		ctx, done := e.step()
		err := transport.Reach(ctx, transport.Endpoint{Host: addr, Port: e.at.Port}, e.config(transport.Plain))
		done()
		if err == nil {
			if open = append(open, addr); len(open) == 1 {
				took = time.Since(start)
			}
			continue
		}
		last = err
		late = late || len(open) == 0 && fault.IsTimeout(err)
		shut = append(shut, addr+": "+strings.TrimPrefix(summary(err), "no connection: "))
	}
	switch {
	case len(open) == 0:
		e.stopped = true
		e.add(checkPort, Problem, fmt.Sprintf("port %s does not answer at %s", e.at.Port, strings.Join(shut, "; ")), portAdvice(last))
	case late:
		e.add(checkPort, Warning, fmt.Sprintf("port %s is open at %s, but first clients wait for %s", e.at.Port, strings.Join(open, ", "), strings.Join(shut, "; ")),
			"use the address or a name that has only that one")
	case len(shut) > 0:
		e.ok(checkPort, "port %s is open at %s (not at %s)", e.at.Port, strings.Join(open, ", "), strings.Join(shut, "; "))
	default:
		e.ok(checkPort, "port %s is open, connected in %v", e.at.Port, rounded(took))
	}
}

func (e *examination) portBehindProxy() {
	ctx, done := e.step()
	defer done()
	start := time.Now()
	if err := transport.Reach(ctx, e.at, e.config(transport.Plain)); err != nil {
		e.stopped = true
		e.fail(checkPort, err)
		return
	}
	e.ok(checkPort, "the proxy reaches port %s, in %v", e.at.Port, rounded(time.Since(start)))
}

func portAdvice(err error) string {
	if fault.IsTimeout(err) {
		return "nothing came back, not even a refusal: the machine is down, or a firewall drops what is sent to this port;\n" +
			"where there is a gateway: ssh -D 1080 GATEWAY, and ECF_PROXY=socks5h://localhost:1080"
	}
	if strings.Contains(summary(err), "refused") {
		return "the machine is up, but no server listens there: is it running, and is the port right (ECF_PORT)?"
	}
	return "check host and port (ECF_HOST, ECF_PORT)"
}

func rounded(d time.Duration) time.Duration {
	switch {
	case d > time.Second:
		return d.Round(10 * time.Millisecond)
	case d > time.Millisecond:
		return d.Round(100 * time.Microsecond)
	}
	return d.Round(10 * time.Microsecond)
}
