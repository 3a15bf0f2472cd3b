package client_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func passwordFile(t *testing.T, mode os.FileMode, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "passwd")
	require.NoError(t, os.WriteFile(path, []byte("4.5.0\n"+strings.Join(lines, "\n")+"\n"), mode))
	require.NoError(t, os.Chmod(path, mode))
	return path
}

// sent is user and token of the last request.
func sent(p *peer) (user, token string, custom bool) {
	all := p.seen()
	base := all[len(all)-1].(wire.UserRequest).AsUser()
	return base.User, base.Password, base.Custom
}

func crypt(t *testing.T, user, plain string) string {
	t.Helper()
	token, err := auth.Crypt(user, plain)
	require.NoError(t, err)
	return token
}

func TestPassword_followsEveryChange(t *testing.T) {
	a, b := startPeer(t, always(ok())), startPeer(t, always(ok()))
	file := passwordFile(t, 0o600,
		"fred 127.0.0.1 "+a.port+" first",
		"fred 127.0.0.1 "+b.port+" second",
	)
	custom := passwordFile(t, 0o600, "bob desk "+a.port+" third")
	o := a.options()
	o.PasswordFile, o.CustomFile = file, custom
	c := newBench(t, o)

	require.NoError(t, c.Ping(ctx))
	user, token, isCustom := sent(a)
	require.Equal(t, "fred", user)
	require.Equal(t, crypt(t, "fred", "first"), token)
	require.False(t, isCustom)

	require.NoError(t, c.SetHostPort(b.host, b.port))
	require.NoError(t, c.Ping(ctx))
	_, token, _ = sent(b)
	require.Equal(t, crypt(t, "fred", "second"), token, "another server, another password")

	require.NoError(t, c.SetHostPort(a.host, a.port))
	c.SetUser("bob")
	require.NoError(t, c.Ping(ctx))
	user, token, isCustom = sent(a)
	require.Equal(t, "bob", user)
	require.Equal(t, crypt(t, "bob", "third"), token, "found under this machine's name")
	require.True(t, isCustom)

	c.SetUser("")
	require.NoError(t, os.WriteFile(file, []byte("4.5.0\nfred 127.0.0.1 "+a.port+" changed\n"), 0o600))
	require.NoError(t, c.Ping(ctx))
	_, token, _ = sent(a)
	require.Equal(t, crypt(t, "fred", "changed"), token, "the file changed")

	c.SetPassword("own")
	require.NoError(t, c.Ping(ctx))
	_, token, _ = sent(a)
	require.Equal(t, crypt(t, "fred", "own"), token)

	c.SetPassword("")
	require.NoError(t, os.Remove(file))
	require.NoError(t, c.Ping(ctx))
	_, token, _ = sent(a)
	require.Empty(t, token, "no file, no password")
}

func TestPassword_stampsAllMembersOfAGroup(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	b.SetPassword("secret")
	require.NoError(t, b.Group(ctx, "ping; suites"))
	for _, m := range p.seen()[0].(*wire.GroupCTSCmd).Commands {
		require.Equal(t, "frrkUcE9qDkFs", m.(wire.UserRequest).AsUser().Password)
	}
}

func TestCustomUser_needsAPassword(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	b.SetUser("bob")
	err := b.Ping(ctx)
	require.ErrorIs(t, err, client.NotAuthorised)
	require.True(t, client.SafeToRetry(err))
	require.True(t, strings.HasPrefix(client.Text(err),
		"Invalid custom user(ECF_USER || --user <user>) or authentication failed for ECF_CUSTOM_PASSWD | ECF_PASSWD\n"), client.Text(err))
	require.Empty(t, p.seen())
	require.Empty(t, b.clock.pauses)
}

func TestPasswordFile_faultsAreErrors(t *testing.T) {
	p := startPeer(t, always(ok()))
	o := p.options()
	o.PasswordFile = passwordFile(t, 0o600, "fred only-two")
	err := newBench(t, o).Ping(ctx)
	require.ErrorIs(t, err, client.BadConfig)
	require.Contains(t, client.Text(err), o.PasswordFile)
	require.Empty(t, p.seen())
}

func TestWarnings_areGivenOnceAndWithoutSecrets(t *testing.T) {
	p := startPeer(t, always(ok()))
	o := p.options()
	o.PasswordFile = passwordFile(t, 0o644, "fred 127.0.0.1 "+p.port+" averylongpassword")
	b := newBench(t, o)
	for range 3 {
		require.NoError(t, b.Ping(ctx))
	}
	told := ""
	for _, e := range b.journal.events {
		require.Equal(t, client.Warning, e.Kind)
		told += e.Text + "\n"
	}
	require.Len(t, b.journal.events, 2, told)
	require.Contains(t, told, "can read the secrets")
	require.Contains(t, told, "first 8 characters")
	require.NotContains(t, told, "averylong")
	require.NotContains(t, told, crypt(t, "fred", "averylongpassword"))
}

func TestTLS_fileIsChosenForTheServerInUse(t *testing.T) {
	dir := t.TempDir()
	o := client.Options{Host: "h1", Port: "3141", SSLDir: dir, Protocol: client.TLS}
	_, err := client.New(o)
	require.ErrorIs(t, err, client.BadTLS, "as the original's constructor")
	require.True(t, strings.HasPrefix(client.Text(err), "Error: Unable to find the self-signed certificate file(CRT)"), client.Text(err))

	require.NoError(t, os.WriteFile(filepath.Join(dir, "h2.4000.crt"), nil, 0o600))
	b := newBench(t, client.Options{Host: "h1", Port: "3141", SSLDir: dir})
	require.Empty(t, b.Certificate())
	require.ErrorIs(t, b.EnableTLS(), client.BadTLS)
	require.ErrorIs(t, b.Ping(ctx), client.BadTLS, "plain is not spoken in its place")
	require.NoError(t, b.SetHostPort("h2", "4000"))
	require.Equal(t, filepath.Join(dir, "h2.4000.crt"), b.Certificate(), "chosen again")
	name, err := b.Do(ctx, "get_certificate", nil)
	require.NoError(t, err)
	require.Equal(t, "h2.4000.crt", name)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "server.crt"), nil, 0o600))
	require.Equal(t, filepath.Join(dir, "server.crt"), b.Certificate())
	b.DisableTLS()
	require.Empty(t, b.Certificate())
	require.ErrorIs(t, b.EnableTLSWithCA(filepath.Join(dir, "h2.4000.crt"), true), fault.TLSBadFile, "said at once, not at the first request")
	require.Equal(t, filepath.Join(dir, "h2.4000.crt"), b.Certificate())
	require.ErrorIs(t, b.EnableTLSWithCA(filepath.Join(dir, "none.crt"), false), fault.TLSMissing)
	pem := filepath.Join("..", "internal", "transport", "testdata", "ec.crt")
	require.NoError(t, b.EnableTLSWithCA(pem, true))
	require.Equal(t, pem, b.Certificate())
}

func TestSetHostPort_refusesWhatTheOriginalRefuses(t *testing.T) {
	b := newBench(t, client.Options{})
	require.Equal(t, "localhost", b.Host())
	require.Equal(t, "3141", b.Port())
	for _, c := range []struct {
		args client.Args
		want string
	}{
		{client.Args{"host_port": "a"}, "ClientInvoker::set_host_port: expected <host>:<port> || <host>@<port> in a"},
		{client.Args{"host": "", "port": "1"}, "ClientEnvironment::set_host_port: Empty host specified ?"},
		{client.Args{"host": "a", "port": ""}, "ClientEnvironment::set_host_port: Empty port specified ?"},
		{client.Args{"host": "a", "port": "x"}, "ClientEnvironment::set_host_port: Invalid port number x"},
		{client.Args{"host_port": "a:b"}, "ClientEnvironment::set_host_port: Invalid port number b"},
	} {
		_, err := b.Do(ctx, "set_host_port", c.args)
		require.ErrorIs(t, err, client.InvalidArgument)
		require.Equal(t, c.want, client.Text(err))
	}
	require.Equal(t, "localhost", b.Host())
	for _, args := range []client.Args{{"host_port": "h@3"}, {"host_port": "h:3"}, {"host": "h", "port": int64(3)}} {
		_, err := b.Do(ctx, "set_host_port", args)
		require.NoError(t, err)
		require.Equal(t, "h:3", b.Host()+":"+b.Port())
	}
}

func TestOptionsFromEnv(t *testing.T) {
	read := func(env map[string]string) client.Options {
		return client.OptionsFromEnv(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	}
	o := read(nil)
	require.Equal(t, client.DefaultChildTimeout, o.ChildTimeout)
	require.Equal(t, 1, o.Task.TryNo)
	require.Equal(t, client.Plain, o.Protocol)
	require.False(t, o.Denied || o.NoServer || o.Debug)

	o = read(map[string]string{
		"ECF_HOST": "h", "ECF_PORT": "4", "ECF_HOSTFILE": "f", "ECF_HOSTFILE_POLICY": "ALL", "ECF_SSL": "1", "HOME": "/home/x",
		"ECF_USER": "bob", "ECF_PASSWD": "pw", "ECF_CUSTOM_PASSWD": "cpw", "ECF_NAME": "/s/t", "ECF_PASS": "p", "ECF_RID": "9", "ECF_TRYNO": "2",
		"ECF_TIMEOUT": "5", "ECF_ZOMBIE_TIMEOUT": "999999", "ECF_CONNECT_TIMEOUT": "7s", "ECF_DENIED": "", "NO_ECF": "", "ECF_DEBUG_CLIENT": "",
	})
	require.Equal(t, "h:4", o.Host+":"+o.Port)
	require.Equal(t, client.Task{Path: "/s/t", Password: "p", RemoteID: "9", TryNo: 2}, o.Task)
	require.True(t, o.HostFileForAll && o.Denied && o.NoServer && o.Debug)
	require.Equal(t, client.TLS, o.Protocol)
	require.Equal(t, "1", o.SSLValue)
	require.Equal(t, "/home/x/.ecflowrc/ssl", o.SSLDir)
	require.Equal(t, time.Minute, o.ChildTimeout)
	require.Equal(t, 24*time.Hour, o.ZombieTimeout)
	require.Equal(t, 7*time.Second, o.StepTimeout)
	require.Equal(t, "bob pw cpw f", strings.Join([]string{o.User, o.PasswordFile, o.CustomFile, o.HostFile}, " "))

	require.Equal(t, "/d", read(map[string]string{"ECF_SSL_DIR": "/d", "HOME": "/h"}).SSLDir)
	require.Equal(t, client.HTTPS, read(map[string]string{"ECF_HOST_PROTOCOL": "https"}).Protocol)
}

// A misspelt protocol must not end in plain text on the wire.
func TestOptionsFromEnv_unknownProtocolIsRefused(t *testing.T) {
	for word, ok := range map[string]bool{"": true, "Plain": true, "http": true, "HTPS": false, "TLS1": false} {
		_, err := client.New(client.OptionsFromEnv(func(name string) (string, bool) {
			if name == "ECF_HOST_PROTOCOL" {
				return word, true
			}
			return "", false
		}))
		if ok {
			require.NoError(t, err, word)
			continue
		}
		require.ErrorIs(t, err, fault.Config, word)
		require.ErrorContains(t, err, word)
	}
}

func TestOptionsFromEnv_someVariablesAreLookedUpWhenNeeded(t *testing.T) {
	p := startPeer(t, always(ok()))
	env := map[string]string{"ECF_HOST": p.host, "ECF_PORT": p.port, "HOME": "/nonexistent"}
	b := newBench(t, client.OptionsFromEnv(func(name string) (string, bool) { v, ok := env[name]; return v, ok }))
	require.NoError(t, b.Ping(ctx))
	_, token, _ := sent(p)
	require.Empty(t, token)
	env["ECF_PASSWD"] = passwordFile(t, 0o600, "fred 127.0.0.1 "+p.port+" pw")
	require.NoError(t, b.Ping(ctx))
	_, token, _ = sent(p)
	require.Equal(t, crypt(t, "fred", "pw"), token)

	require.ErrorIs(t, b.EnableTLS(), client.BadTLS)
	env["ECF_SSL_DIR"], env["ECF_SSL"] = t.TempDir(), "x"
	require.NoError(t, os.WriteFile(filepath.Join(env["ECF_SSL_DIR"], "server.crt"), nil, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(env["ECF_SSL_DIR"], "127.0.0.1."+p.port+".crt"), nil, 0o600))
	require.NoError(t, b.EnableTLS())
	require.Equal(t, filepath.Join(env["ECF_SSL_DIR"], "127.0.0.1."+p.port+".crt"), b.Certificate())
}

func TestOptions_canBeTakenOver(t *testing.T) {
	b := newBench(t, client.Options{})
	require.NoError(t, b.SetHostPort("h", "5"))
	b.SetUser("bob")
	_, err := b.Do(ctx, "set_child_init_add_vars", client.Args{"variables": []client.Pair{{Name: "a", Value: "b"}}})
	require.NoError(t, err)
	c, err := client.New(b.Options())
	require.NoError(t, err)
	require.Equal(t, "h:5", c.Host()+":"+c.Port())
	require.Equal(t, "bob", c.Options().User)
	require.Equal(t, []client.Pair{{Name: "a", Value: "b"}}, c.Options().AddVariables)
}

func TestChildVariables_haveTheNamesOfVariables(t *testing.T) {
	b := newBench(t, client.Options{})
	for _, bad := range []string{"", "a b", ".x", "a=b", "é"} {
		_, err := b.Do(ctx, "set_child_init_add_vars", client.Args{"variables": []client.Pair{{Name: "OK", Value: "1"}, {Name: bad}}})
		require.ErrorIs(t, err, client.InvalidArgument, bad)
	}
	require.Empty(t, b.Options().AddVariables, "nothing is kept of a list that is refused")
	_, err := b.Do(ctx, "set_child_init_add_vars", client.Args{"variables": []client.Pair{{Name: "_a.B9", Value: ""}}})
	require.NoError(t, err)
}

// Who can read this machine's own network can do worse; what goes elsewhere is told of.
func TestWarnings_passwordWithoutTLS(t *testing.T) {
	p := startPeer(t, always(ok()))
	const elsewhere = "203.0.113.7" // for documentation: nobody is there
	for _, c := range []struct {
		host  string
		warns bool
	}{{"127.0.0.1", false}, {"localhost", false}, {elsewhere, true}} {
		o := client.Options{Host: c.host, Port: p.port, Password: client.Hide("secret")}
		o.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(p.host, p.port))
		}
		b := newBench(t, o)
		require.NoError(t, b.Ping(ctx))
		require.Equal(t, c.warns, len(b.journal.events) == 1, "%s: %v", c.host, b.journal.events)
		if c.warns {
			require.Contains(t, b.journal.events[0].Text, "without TLS")
		}
	}
}
