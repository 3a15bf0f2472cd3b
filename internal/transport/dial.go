package transport

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// dialer sends no keep-alive probes: an exchange is short, every phase of it
// has its time limit, and each probe setting costs a system call.
var dialer = net.Dialer{KeepAlive: -1}

// connect opens a connection to the first of the host's addresses that accepts
// one, in the order the resolver gives.
func (x *exchange) connect() (net.Conn, error) {
	dial := dialFunc(x.cfg.Dial)
	if dial == nil {
		dial = dialer.DialContext
	}
	addrs, err := x.targets()
	if err != nil {
		return nil, err
	}
	if x.cfg.Proxy != nil {
		if dial, err = x.through(x.cfg.Proxy, dial); err != nil {
			return nil, err
		}
	}
	x.phase = connecting
	var refusals []error
	for _, addr := range addrs {
		conn, err := x.dialOne(dial, addr)
		if err == nil {
			return conn, nil
		}
		if x.ctx.Err() != nil {
			return nil, x.ctx.Err()
		}
		if x.cfg.Proxy != nil && (len(addrs) == 1 || !errors.Is(err, errBeyond)) {
			return nil, err
		}
		refusals = append(refusals, err)
	}
	return nil, dialFailure(addrs, refusals, x.connectTimeout())
}

func (x *exchange) dialOne(dial dialFunc, addr string) (net.Conn, error) {
	ctx := x.ctx
	if limit := x.connectTimeout(); limit > 0 {
		var done context.CancelFunc
		ctx, done = context.WithTimeout(ctx, limit)
		defer done()
	}
	return dial(ctx, "tcp", addr)
}

func (x *exchange) connectTimeout() time.Duration {
	if x.cfg.ConnectTimeout > 0 {
		return x.cfg.ConnectTimeout
	}
	return x.cfg.AttemptTimeout
}

// targets are the server's addresses; its name as it stands if a proxy looks it up.
func (x *exchange) targets() ([]string, error) {
	if x.cfg.Proxy == nil || !x.cfg.Proxy.resolves() {
		return x.addresses(x.ep)
	}
	port, err := x.port(x.ep)
	if err != nil {
		return nil, err
	}
	return []string{net.JoinHostPort(x.ep.Host, port)}, nil
}

// addresses turns an endpoint into what Dial takes.
func (x *exchange) addresses(ep Endpoint) ([]string, error) {
	host := ep.Host
	if x.cfg.Dial != nil && x.cfg.Lookup == nil {
		return []string{net.JoinHostPort(host, ep.Port)}, nil
	}
	port, err := x.port(ep)
	if err != nil {
		return nil, err
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return []string{net.JoinHostPort(host, port)}, nil
	}
	lookup := x.cfg.Lookup
	if lookup == nil {
		lookup = Lookup
	}
	found, err := lookup(x.ctx, host)
	if err != nil {
		if x.ctx.Err() != nil {
			return nil, x.ctx.Err()
		}
		return nil, &fault.Error{Kind: fault.Connect, Msg: "the host name " + strconv.Quote(host) + " cannot be resolved: " + reason(err), Err: err}
	}
	if len(found) == 0 {
		return nil, fault.New(fault.Connect, "the host name "+strconv.Quote(host)+" has no address")
	}
	addrs := make([]string, len(found))
	for i, ip := range found {
		// Resolvers give v4 addresses in their v6 form at times.
		addrs[i] = net.JoinHostPort(ip.Unmap().String(), port)
	}
	return addrs, nil
}

// loopback is what the name localhost always means (RFC 6761, section 6.3), v4
// first as servers listen there unless told otherwise.
var loopback = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}

// Lookup is what finds the addresses of a host unless [Config] has another: the system's
// resolver, but for localhost, since asking takes a good part of the time that a whole
// request to a local server does.
func Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if strings.EqualFold(host, "localhost") {
		return loopback, nil
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// port gives the port as a number in text.
func (x *exchange) port(ep Endpoint) (string, error) {
	if n, err := strconv.Atoi(ep.Port); err == nil {
		if n < 1 || n > 65535 {
			return "", fault.New(fault.Argument, "the port "+strconv.Quote(ep.Port)+" is not between 1 and 65535")
		}
		return strconv.Itoa(n), nil
	}
	n, err := net.DefaultResolver.LookupPort(x.ctx, "tcp", ep.Port)
	if err != nil {
		if x.ctx.Err() != nil {
			return "", x.ctx.Err()
		}
		return "", &fault.Error{Kind: fault.Argument, Msg: "the port " + strconv.Quote(ep.Port) + " is neither a number nor a known service", Err: err}
	}
	return strconv.Itoa(n), nil
}
