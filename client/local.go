package client

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/version"
)

// Version is the release of ecFlow whose behaviour this client follows, for
// comparison with that of servers.
func (c *Client) Version() string { return version.EcFlow }

// WaitForServer pings the server every two seconds until it answers, and reports
// whether it did within the time.
//
// source: ClientInvoker::wait_for_server_reply
func (c *Client) WaitForServer(ctx context.Context, within time.Duration) (bool, error) {
	const period = 2 * time.Second
	ping, _ := command.Lookup("ping")
	s := c.snapshot()
	started := s.Now()
	for {
		if err := s.Sleep(ctx, period); err != nil {
			return false, interrupted(err)
		}
		if _, err := c.ask(ctx, c.snapshot(), ping, Args{}); err == nil {
			return true, nil
		}
		if err := ctx.Err(); err != nil {
			return false, interrupted(err)
		}
		if s.Now().Sub(started) > within {
			return false, nil
		}
	}
}

// localMethod is a method that the client answers itself.
type localMethod func(c *Client, ctx context.Context, a *localArgs) any

var localMethods = map[string]localMethod{
	"version":  func(c *Client, _ context.Context, _ *localArgs) any { return c.Version() },
	"get_host": func(c *Client, _ context.Context, _ *localArgs) any { return c.Host() },
	"get_port": func(c *Client, _ context.Context, _ *localArgs) any { return c.Port() },
	"set_host_port": func(c *Client, _ context.Context, a *localArgs) any {
		if a.has("host_port") {
			host, port, err := SplitHostPort(a.str("host_port"))
			if a.check(err) {
				a.check(c.SetHostPort(host, port))
			}
			return nil
		}
		host, port := a.str("host"), a.str("port")
		if a.err == nil {
			a.check(c.SetHostPort(host, port))
		}
		return nil
	},
	"set_user_name": setting(func(s *settings, a *localArgs) { s.User = a.str("user") }),
	"set_password": func(c *Client, _ context.Context, a *localArgs) any {
		if plain := a.str("password"); a.err == nil {
			c.SetPassword(plain)
		}
		return nil
	},
	"set_connection_attempts":     setting(func(s *settings, a *localArgs) { s.Attempts = max(1, a.unsigned("attempts")) }),
	"set_retry_connection_period": setting(func(s *settings, a *localArgs) { s.RetryPeriod = a.pause("seconds") }),
	"set_timeout":                 setting(func(s *settings, a *localArgs) { s.StepTimeout = a.fraction("seconds") }),
	"set_connect_timeout":         setting(func(s *settings, a *localArgs) { s.ConnectTimeout = a.fraction("seconds") }),
	"enable_ssl": func(c *Client, _ context.Context, a *localArgs) any {
		cafile, verify := a.str("cafile"), a.boolean("verify_host_name")
		if a.err == nil {
			a.check(c.enableTLS(cafile, verify))
		}
		return nil
	},
	"disable_ssl": func(c *Client, _ context.Context, _ *localArgs) any { c.DisableTLS(); return nil },
	"get_certificate": func(c *Client, _ context.Context, _ *localArgs) any {
		path := c.Certificate()
		if path == "" {
			return ""
		}
		return filepath.Base(path)
	},
	"enable_http":  func(c *Client, _ context.Context, _ *localArgs) any { c.EnableHTTP(); return nil },
	"enable_https": func(c *Client, _ context.Context, _ *localArgs) any { c.EnableHTTPS(); return nil },
	"debug":        setting(func(s *settings, a *localArgs) { s.Debug = a.boolean("on") }),
	"get_defs": func(c *Client, _ context.Context, _ *localArgs) any {
		if d := c.Defs(); d != nil {
			return d
		}
		return nil
	},
	"in_sync":              func(c *Client, _ context.Context, _ *localArgs) any { return c.InSync() },
	"changed_node_paths":   func(c *Client, _ context.Context, _ *localArgs) any { return c.ChangedNodePaths() },
	"reset":                func(c *Client, _ context.Context, _ *localArgs) any { c.Reset(); return nil },
	"set_auto_sync":        setting(func(s *settings, a *localArgs) { s.AutoSync = a.boolean("on") }),
	"is_auto_sync_enabled": func(c *Client, _ context.Context, _ *localArgs) any { return c.AutoSync() },
	"ch_handle":            func(c *Client, _ context.Context, _ *localArgs) any { return int64(c.Handle()) },
	"wait_for_server_reply": func(c *Client, ctx context.Context, a *localArgs) any {
		within := 60
		if a.has("time_out") {
			within = a.integer("time_out")
		}
		if a.err != nil {
			return nil
		}
		alive, err := c.WaitForServer(ctx, time.Duration(within)*time.Second)
		a.check(err)
		return alive
	},
	"set_child_path":           setting(func(s *settings, a *localArgs) { s.Task.Path = a.str("path") }),
	"set_child_password":       setting(func(s *settings, a *localArgs) { s.Task.Password = a.str("password") }),
	"set_child_pid":            setting(func(s *settings, a *localArgs) { s.Task.RemoteID = a.str("pid") }),
	"set_child_try_no":         setting(func(s *settings, a *localArgs) { s.Task.TryNo = a.unsigned("try_no") }),
	"set_child_timeout":        setting(func(s *settings, a *localArgs) { s.ChildTimeout = a.seconds("seconds") }),
	"set_zombie_child_timeout": setting(func(s *settings, a *localArgs) { s.ZombieTimeout = a.seconds("seconds") }),
	"set_child_init_add_vars": setting(func(s *settings, a *localArgs) {
		s.AddVariables = a.pairs("variables")
		for _, v := range s.AddVariables {
			_, err := defs.NewVariable(v.Name, v.Value)
			a.check(err)
		}
	}),
	"set_child_complete_del_vars": setting(func(s *settings, a *localArgs) { s.DropVariables = a.strs("names") }),
}

// setting is a method that changes settings, unless an argument cannot be used.
func setting(f func(s *settings, a *localArgs)) localMethod {
	return func(c *Client, _ context.Context, a *localArgs) any {
		s := c.snapshot()
		f(&s, a)
		if a.err == nil {
			c.change(func(now *settings) { f(now, a) })
		}
		return nil
	}
}

func (c *Client) local(ctx context.Context, method string, args Args) (any, error) {
	f, ok := localMethods[method]
	if !ok {
		return nil, fault.New(fault.Internal, "the method "+method+" is in the table, but not in the client")
	}
	a := &localArgs{method: method, args: args}
	result := f(c, ctx, a)
	if a.err != nil {
		return nil, a.err
	}
	return result, nil
}

// localArgs reads arguments and keeps the first error.
type localArgs struct {
	method string
	args   Args
	err    error
}

// check keeps an error and reports whether there is none.
func (a *localArgs) check(err error) bool {
	if a.err == nil {
		a.err = err
	}
	return err == nil
}

func (a *localArgs) has(name string) bool { return a.args[name] != nil }

func (a *localArgs) bad(name, want string) {
	a.check(fault.New(fault.Argument, fmt.Sprintf("%s: %s must be %s, not %T", a.method, name, want, a.args[name])))
}

func (a *localArgs) str(name string) string {
	switch v := a.args[name].(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case int:
		return strconv.Itoa(v)
	}
	a.bad(name, "a string")
	return ""
}

func (a *localArgs) integer(name string) int {
	switch v := a.args[name].(type) {
	case int64:
		return int(v)
	case int:
		return v
	}
	a.bad(name, "an int")
	return 0
}

var errNegative = errors.New("a negative number")

func (a *localArgs) unsigned(name string) int {
	n := a.integer(name)
	if n < 0 {
		a.check(&fault.Error{Kind: fault.Argument, Err: errNegative, Msg: fmt.Sprintf("%s: %s must not be negative", a.method, name)})
	}
	return n
}

func (a *localArgs) seconds(name string) time.Duration {
	return time.Duration(min(a.unsigned(name), math.MaxInt32)) * time.Second
}

// pause is seconds, where 0 means no pause rather than the default.
func (a *localArgs) pause(name string) time.Duration {
	if d := a.seconds(name); d != 0 {
		return d
	}
	return -1
}

func (a *localArgs) fraction(name string) time.Duration {
	var f float64
	switch v := a.args[name].(type) {
	case float64:
		f = v
	case int64:
		f = float64(v)
	case int:
		f = float64(v)
	default:
		a.bad(name, "a number of seconds")
	}
	if f < 0 || math.IsNaN(f) || f > math.MaxInt32 {
		a.check(fault.New(fault.Argument, fmt.Sprintf("%s: %s must be between 0 and %d", a.method, name, math.MaxInt32)))
		return 0
	}
	return time.Duration(f * float64(time.Second))
}

func (a *localArgs) boolean(name string) bool {
	switch v := a.args[name].(type) {
	case nil:
		return false
	case bool:
		return v
	}
	a.bad(name, "a bool")
	return false
}

func (a *localArgs) strs(name string) []string {
	v, ok := a.args[name].([]string)
	if !ok {
		a.bad(name, "a list of strings")
	}
	return append([]string(nil), v...)
}

func (a *localArgs) pairs(name string) []Pair {
	v, ok := a.args[name].([]Pair)
	if !ok {
		a.bad(name, "names with values")
	}
	return append([]Pair(nil), v...)
}
