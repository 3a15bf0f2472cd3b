package client

import (
	"errors"
	"fmt"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/hostfile"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// certificate is the path of the file to trust for a server. It is chosen anew
// for each request, so it follows the host and what is in the directory.
func (s settings) certificate(at transport.Endpoint) (string, error) {
	if s.CAFile != "" {
		return s.CAFile, nil
	}
	return transport.FindCertificate(transport.CertificateSelection{
		Dir: s.SSLDir, Host: at.Host, Port: at.Port, Value: s.SSLValue, LocalHost: s.LocalHost,
	})
}

// channel says how to reach a server.
func (c *Client) channel(s *settings, at transport.Endpoint, spec *command.Spec, tell teller) (*transport.Config, error) {
	cfg := &transport.Config{
		Mode:           transport.Mode(s.Protocol),
		MaxReply:       s.MaxReply,
		ConnectTimeout: s.ConnectTimeout,
		AttemptTimeout: spec.Timeout,
		Dial:           s.Dial,
		Lookup:         s.Lookup,
	}
	if s.StepTimeout > 0 {
		cfg.AttemptTimeout = s.StepTimeout
	}
	var err error
	if cfg.Proxy, err = s.proxyFor(at.Host); err != nil {
		return nil, err
	}
	switch s.Protocol {
	case TLS:
		path, err := s.certificate(at)
		if err != nil {
			return nil, err
		}
		if cfg.Trust, err = transport.LoadTrust(path, transport.TrustOptions{VerifyHostName: s.VerifyHostName}); err != nil {
			return nil, err
		}
	case HTTP, HTTPS:
		cfg.HTTP = transport.HTTPOptions{CAFile: s.CAFile, InsecureSkipVerify: s.InsecureHTTPS}
		header, err := c.authorization(s, at, tell)
		if err != nil {
			return nil, err
		}
		cfg.HTTP.Authorization = header
	}
	return cfg, nil
}

// authorization is the header that the token file has for a server. Without a
// file or a token the request goes without, as in the original. Tokens are for what stands before a server on another machine,
// so nobody is told that one for this machine is missing.
func (c *Client) authorization(s *settings, at transport.Endpoint, tell teller) (string, error) {
	if s.TokenFile == "" {
		return "", nil
	}
	file, err := auth.ReadTokenFile(s.TokenFile)
	if errors.Is(err, fault.NotFound) {
		if !transport.Loopback(at.Host) {
			c.warn(tell, auth.Warning{ID: "no-token-file", Path: s.TokenFile, Msg: "there is no file of tokens; the request goes without one"})
		}
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, w := range file.Warnings() {
		c.warn(tell, w)
	}
	scheme := "http"
	if s.Protocol == HTTPS {
		scheme = "https"
	}
	url := scheme + "://" + at.Host + ":" + at.Port
	header, found, err := file.Lookup(url)
	if err == nil && !found {
		c.warn(tell, auth.Warning{ID: "no-token", Path: s.TokenFile, Msg: "no token for " + url + "; the request goes without one"})
	}
	return header, err
}

// next moves to the next server, reading the host file when it is first needed.
func (c *Client) next(s *settings, tell teller) {
	if !s.fileRead && s.HostFile != "" {
		s.fileRead = true
		more, err := hostfile.Read(s.HostFile, s.servers[0].Port)
		if err != nil {
			c.warn(tell, auth.Warning{ID: "hostfile", Path: s.HostFile, Msg: fmt.Sprintf("not all of the host file can be used: %v", err)})
		}
		servers := append([]transport.Endpoint(nil), s.servers...)
		for _, h := range more {
			servers = append(servers, transport.Endpoint{Host: h.Name, Port: h.Port})
		}
		s.servers = servers
	}
	s.current = (s.current + 1) % len(s.servers)
}

// keep lets following requests begin with the server that answered this one.
func (c *Client) keep(s *settings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.s.generation == s.generation {
		c.s.servers, c.s.current, c.s.fileRead = s.servers, s.current, s.fileRead
	}
}
