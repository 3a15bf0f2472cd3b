package client_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func TestText_beginsAsTheOriginalAndSaysMoreBelow(t *testing.T) {
	at := func(kind client.Kind, msg string) *client.Error {
		return &client.Error{Kind: kind, Op: "--ping", Addr: "h:1", Msg: msg, Hint: "do this"}
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{at(fault.Connect, "refused"), "Error: request( --ping ) failed! Failed to connect to h:1. Cannot communicate with the server\nrefused\ndo this"},
		{at(fault.TLSPlainServer, "m"), "Error: request( --ping ) failed! Protocol mismatch: the client is using TCP/IP with SSL to reach h:1. The TLS handshake did not complete.\nm\ndo this"},
		{at(fault.TLSUntrusted, "m"), "Error: request( --ping ) failed! Cannot communicate with the server: the client is using TCP/IP with SSL to reach h:1. The TLS handshake failed while verifying the server certificate.\nm\ndo this"},
		{at(fault.PlainToTLS, "m"), "Error: request( --ping ) failed! Protocol mismatch: the client is using TCP/IP to reach h:1.\nm\ndo this"},
		{at(fault.Protocol, "m"), "Error: request( --ping ) failed! Server replied with: invalid_argument(Could not decode client protocol)\nm\ndo this"},
		{at(fault.TLSMissing, "no file"), "Error: Unable to find the self-signed certificate file(CRT)\nno file\ndo this"},
		{at(fault.Cancelled, "cancelled"), "cancelled\ndo this"},
		{at(fault.Config, "line 3 is bad"), "line 3 is bad\ndo this"},
		{at(fault.Timeout, "ClientInvoker: Timed out after ECF_TIMEOUT(60) seconds : for h:1"), "ClientInvoker: Timed out after ECF_TIMEOUT(60) seconds : for h:1\ndo this"},
		{&client.Error{Kind: fault.Argument, Msg: "Child Path not set"}, "Child Path not set"},
		{&client.Error{Kind: fault.Refused, Op: "--kill /s", Addr: "h:1", Server: "no"}, "Error: request( --kill /s ) failed! Server reply: no"},
		{errors.New("plain"), "plain"},
	} {
		require.Equal(t, c.want, client.Text(c.err))
	}
}

func TestZombies_areNamedOneByOne(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	zombies := []client.Zombie{
		{PathToTask: "/s/a", ProcessOrRemoteID: "1", JobsPassword: "x"},
		{PathToTask: "/s/b", ProcessOrRemoteID: "2", JobsPassword: "y"},
	}
	_, err := b.Do(ctx, "zombie_kill", client.Args{"zombie": zombies})
	require.NoError(t, err)
	require.Len(t, p.seen(), 2)
	second := p.seen()[1].(*wire.ZombieCmd)
	require.Equal(t, wire.ZombieKill, second.UserAction)
	require.Equal(t, []string{"/s/b"}, second.Paths)
	require.Equal(t, "2", second.ProcessID)
	require.Equal(t, "y", second.Password)
	require.NoError(t, b.ZombieFob(ctx, "/s/a", "/s/b"))
	require.Equal(t, []string{"/s/a", "/s/b"}, p.seen()[2].(*wire.ZombieCmd).Paths)
}

func TestDo_unknownMethodsAndWrongValues(t *testing.T) {
	b := newBench(t, client.Options{})
	_, err := b.Do(ctx, "nosuch", nil)
	require.ErrorIs(t, err, client.InvalidArgument)
	for method, args := range map[string]client.Args{
		"set_connection_attempts":     {"attempts": int64(-1)},
		"set_child_try_no":            {"try_no": "x"},
		"set_child_init_add_vars":     {"variables": "x"},
		"set_child_complete_del_vars": {"names": int64(1)},
		"set_timeout":                 {"seconds": -1.5},
		"debug":                       {"on": "yes"},
		"set_child_path":              {"path": []string{}},
	} {
		_, err := b.Do(ctx, method, args)
		require.ErrorIs(t, err, client.InvalidArgument, method)
		require.Contains(t, err.Error(), method)
	}
}
