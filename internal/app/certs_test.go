package app_test

import (
	"crypto/tls"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/certs"
)

func TestCertsNew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "home", "ssl")
	env := []string{"ECF_SSL_DIR=" + dir}
	r := ok(t, "a pass phrase\n", env, "certs", "new", "--passphrase", "--san", "alias.example.org", "--san", "10.0.0.1", "--days", "100")
	require.Equal(t, []string{"server.key", "server.crt", "dh2048.pem", "server.passwd"}, basenames(r.out))
	require.Contains(t, r.errout, "ECF_SSL=1")
	require.Contains(t, r.errout, "alias.example.org")
	require.NotContains(t, r.errout, "a pass phrase")
	modes := map[string]os.FileMode{"server.key": 0o600, "server.passwd": 0o600, "server.crt": 0o644, "dh2048.pem": 0o644}
	for name, mode := range modes {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm(), name)
	}
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())

	t.Run("never replaces", func(t *testing.T) {
		before, err := os.ReadFile(filepath.Join(dir, "server.key"))
		require.NoError(t, err)
		r := run(t, "", env, "certs", "new")
		require.Equal(t, 1, r.code)
		require.Contains(t, r.errout, "is there already")
		after, err := os.ReadFile(filepath.Join(dir, "server.key"))
		require.NoError(t, err)
		require.Equal(t, before, after)
	})
	t.Run("unless told to", func(t *testing.T) {
		r := ok(t, "", env, "certs", "new", "--force")
		require.Equal(t, []string{"server.key", "server.crt"}, basenames(r.out))
		require.Contains(t, r.errout, "kept: ")
		require.NoFileExists(t, filepath.Join(dir, "server.passwd"))
		ok(t, "", env, "certs", "show")
	})
	t.Run("for one server", func(t *testing.T) {
		r := ok(t, "", env, "certs", "new", "--for", "login1:3141", "--passphrase=random", "--key", "rsa2048")
		require.Equal(t, []string{"login1.3141.key", "login1.3141.crt", "login1.3141.pem", "login1.3141.passwd"}, basenames(r.out))
		require.Contains(t, r.errout, "ECF_SSL=login1.3141")
		require.Contains(t, r.errout, "CN=login1")
		require.Contains(t, r.errout, "RSA 2048")
	})
	t.Run("for this machine alone", func(t *testing.T) {
		r := ok(t, "", nil, "certs", "new", "--local", "--dir", t.TempDir(), "--san", "10.0.0.1")
		require.Contains(t, r.errout, "localhost, 127.0.0.1, ::1, 10.0.0.1\n")
	})
	t.Run("usage", func(t *testing.T) {
		for _, arguments := range [][]string{
			{"--key", "rsa1024"}, {"--days", "0"}, {"--days", "40000"}, {"--passphrase=secret"}, {"--san", "a b"}, {"--for", "login1"},
			{"--for", "../x:1"}, {"--cn", strings.Repeat("x", 65)}, {"surplus"}, {"--passphrase"},
		} {
			fresh := filepath.Join(t.TempDir(), "none")
			require.Equal(t, 2, run(t, "", nil, append([]string{"certs", "new", "--dir", fresh}, arguments...)...).code, arguments)
			require.NoDirExists(t, fresh)
		}
		require.Equal(t, 1, run(t, "", nil, "certs", "new").code) // no HOME
	})
}

func basenames(text string) []string {
	var names []string
	for _, path := range strings.Fields(text) {
		names = append(names, filepath.Base(path))
	}
	return names
}

func TestCertsShow(t *testing.T) {
	dir := t.TempDir()
	env := []string{"ECF_SSL_DIR=" + dir}
	require.Equal(t, 3, run(t, "", env, "certs", "show").code)
	ok(t, "", env, "certs", "new", "--days", "20")
	r := ok(t, "", env, "certs", "show")
	require.Contains(t, r.out, "warning: ")
	require.Contains(t, r.out, "fits the certificate")
	require.NotContains(t, r.out, "\x1b")
	require.Contains(t, runAt(t, true, "", env, "certs", "show").out, "\x1b[33m19 days left")
	require.NotContains(t, runAt(t, true, "", append(env, "NO_COLOR=1"), "certs", "show").out, "\x1b")

	r = ok(t, "", env, "certs", "show", "--output", "json")
	var reports []certs.Report
	require.NoError(t, json.Unmarshal([]byte(r.out), &reports))
	require.Len(t, reports, 1)
	require.Equal(t, 19, reports[0].Certificates[0].DaysLeft)
	require.True(t, *reports[0].Key.Matches)

	require.NoError(t, os.Remove(filepath.Join(dir, "dh2048.pem")))
	require.Equal(t, 1, run(t, "", env, "certs", "show").code)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "dh2048.pem"), []byte(ok(t, "", nil, "certs", "group").out), 0o644))
	ok(t, "", env, "certs", "show", filepath.Join(dir, "server.crt"))
}

// serve is a server of nothing but TLS.
func serve(t *testing.T, dir string) (address string) {
	t.Helper()
	pair, err := certs.Load(certs.FilesIn(dir, certs.Shared))
	require.NoError(t, err)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair.TLS()}})
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_ = conn.(*tls.Conn).Handshake()
				conn.Close()
			}()
		}
	}()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return "localhost:" + port
}

func TestCertsCheckAndFetch(t *testing.T) {
	home, there := t.TempDir(), t.TempDir()
	ok(t, "", nil, "certs", "new", "--dir", there, "--days", "50")
	address := serve(t, there)
	env := []string{"HOME=" + home}
	require.Equal(t, 3, run(t, "", env, "certs", "check", address).code)

	r := run(t, "", env, "certs", "fetch", address)
	require.Equal(t, 1, r.code)
	require.Contains(t, r.errout, "--fingerprint is needed")
	print := regexp.MustCompile(`SHA256:[0-9A-F:]{95}`).FindString(r.errout)
	require.NotEmpty(t, print)
	require.NoDirExists(t, filepath.Join(home, ".ecflowrc"))

	wrong := strings.Repeat("0", 64)
	require.Equal(t, 4, run(t, "", env, "certs", "fetch", address, "--fingerprint", wrong).code)
	require.Equal(t, 2, run(t, "", env, "certs", "fetch", address, "--fingerprint", "0123").code)
	require.NoDirExists(t, filepath.Join(home, ".ecflowrc"))

	require.Equal(t, 1, runAt(t, true, "y\n", env, "certs", "fetch", address).code)
	require.Equal(t, 1, runAt(t, true, "", env, "certs", "fetch", address).code)
	require.NoDirExists(t, filepath.Join(home, ".ecflowrc"))
	elsewhere := filepath.Join(home, "elsewhere", "x.crt")
	require.Zero(t, runAt(t, true, "yes\n", env, "certs", "fetch", address, "--out", elsewhere).code)
	ok(t, "", env, "certs", "check", address, "--cafile", elsewhere)

	r = ok(t, "", env, "certs", "fetch", address, "--fingerprint", strings.ToLower(strings.TrimPrefix(print, "SHA256:")))
	host, err := os.Hostname()
	require.NoError(t, err)
	saved := filepath.Join(home, ".ecflowrc", "ssl", host+"."+strings.TrimPrefix(address, "localhost:")+".crt")
	require.Equal(t, saved+"\n", r.out)
	ok(t, "", env, "certs", "fetch", address) // the same is there: nothing to ask

	r = ok(t, "", env, "certs", "check", address)
	require.Contains(t, r.out, saved)
	require.Equal(t, 5, run(t, "", env, "certs", "check", address, "--days", "60").code)
	r = ok(t, "", env, "certs", "check", address, "--output", "json")
	var a certs.Answer
	require.NoError(t, json.Unmarshal([]byte(r.out), &a))
	require.Equal(t, certs.Fine, a.Status)
	require.Equal(t, "TLS 1.3", a.TLS)
	require.Equal(t, print, a.Shown[0].SHA256)
	require.Equal(t, saved, a.Trusting)

	t.Run("another", func(t *testing.T) {
		ok(t, "", nil, "certs", "new", "--dir", filepath.Dir(saved))
		r := run(t, "", append(env, "ECF_SSL=1"), "certs", "check", address) // server.crt comes first
		require.Equal(t, 4, r.code, r.out)
		require.Contains(t, r.out, saved+" holds the server's certificate")
		require.Equal(t, 1, run(t, "", env, "certs", "fetch", address, "--shared", "--force", "--fingerprint", print).code) // a server's own
		ok(t, "", append(env, "ECF_SSL=other"), "certs", "check", address)
	})
	require.Equal(t, 1, run(t, "", env, "certs", "check", "localhost:1").code)
	require.Equal(t, 2, run(t, "", env, "certs", "fetch", "localhost").code)
}
