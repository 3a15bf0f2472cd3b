package main

import (
	"bytes"
	"context"
	"encoding/gob"

	"github.com/ecflow-go/ecflow/capi/inthread"
	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
)

// session is what a client handle stands for.
type session struct{ client *client.Client }

// newSession makes a client of the environment, for another server if one is
// named.
func newSession(host, port *string) (*session, error) {
	o := client.OptionsFromEnv(lookupEnv)
	switch {
	case host != nil && port != nil:
		o.Host, o.Port = *host, *port
	case host != nil:
		var err error
		if o.Host, o.Port, err = client.SplitHostPort(*host); err != nil {
			return nil, err
		}
	case port != nil:
		o.Port = *port
	}
	// New takes an empty name for the default; here it is a mistake.
	if host != nil && (o.Host == "" || o.Port == "") {
		what := "host"
		if o.Host != "" {
			what = "port"
		}
		return nil, fault.New(fault.Argument, "ClientEnvironment::set_host_port: Empty "+what+" specified ?")
	}
	return openSession(o)
}

// openSession lets a client wait in the thread of its caller, and tell its
// caller what it notices. This library's Go runtime has no other user, so its collector may be eased.
func openSession(o client.Options) (*session, error) {
	o.Dial, o.Lookup, o.Sleep, o.Notify = inthread.Dial, inthread.Lookup, inthread.Sleep, notify
	o.LockTree, o.EaseGC = lockTrees, true
	c, err := client.New(o)
	if err != nil {
		return nil, err
	}
	return &session{c}, nil
}

func notify(ctx context.Context, e client.Event) {
	level := noticeProgress
	switch e.Kind {
	case client.Warning:
		level = noticeWarning
	case client.Printed:
		level = noticePrint
	}
	tell(ctx, level, e.Text)
}

func (s *session) do(ctx context.Context, op *operation, args command.Args) (any, error) {
	had := s.client.Defs()
	result, err := s.client.Do(ctx, op.name, args)
	if had != nil && s.client.Defs() != had {
		dropped(had)
	}
	return result, err
}

// saved is a client's settings in another process. Functions do not travel, and
// a Secret is one.
type saved struct {
	Options         client.Options
	Password, Proxy *string
	Handle          uint64 // by which its tree is known, if that came along
}

func (s *session) settings(own handle) ([]byte, error) {
	out := saved{Options: s.client.Options(), Handle: uint64(own)}
	out.Password, out.Options.Password = reveal(out.Options.Password), nil
	out.Proxy, out.Options.Proxy = reveal(out.Options.Proxy), nil
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(out); err != nil {
		return nil, &fault.Error{Kind: fault.Internal, Op: "save settings", Err: err}
	}
	return b.Bytes(), nil
}

func reveal(s client.Secret) *string {
	if s == nil {
		return nil
	}
	plain := s()
	return &plain
}

func restoreSession(data []byte) (*session, error) {
	var in saved
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&in); err != nil {
		return nil, &fault.Error{Kind: fault.Argument, Op: "restore settings", Err: err}
	}
	if in.Password != nil {
		in.Options.Password = client.Hide(*in.Password)
	}
	if in.Proxy != nil {
		in.Options.Proxy = client.Hide(*in.Proxy)
	}
	s, err := openSession(in.Options)
	if err == nil {
		collect(in.Handle, s.client)
	}
	return s, err
}

func errorText(err error) string { return client.Text(err) }
