package interop

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// ecflow runs the program for people, with lines of input, in an environment.
func ecflow(input string, variables []string, arguments ...string) (code int, out, diagnostics string) {
	var o, e bytes.Buffer
	code = app.Run(context.Background(), &terminal.Terminal{
		In: strings.NewReader(input), Out: &o, Err: &e,
		Env: func(name string) (string, bool) {
			for _, one := range variables {
				if value, found := strings.CutPrefix(one, name+"="); found {
					return value, true
				}
			}
			return "", false
		},
	}, arguments)
	return code, o.String(), e.String()
}

// What "certs new" makes is taken by the original server, and its certificate by the
// original client and by ours.
func TestCerts_new(t *testing.T) {
	for _, names := range []realserver.FileNames{realserver.ServerFiles, realserver.HostPortFiles} {
		for _, options := range [][]string{
			{}, {"--passphrase"}, {"--key=p384", "--passphrase=random"},
			{"--key=rsa2048"}, {"--key=rsa2048", "--passphrase"}, {"--key=rsa3072"}, {"--key=rsa4096", "--passphrase"},
		} {
			t.Run(string(names)+strings.Join(options, " "), func(t *testing.T) {
				server := start(t, realserver.Config{TLS: names, MakeFiles: func(directory, name, _ string) {
					arguments := append([]string{"certs", "new", "--dir", directory}, options...)
					if host, port, found := strings.Cut(name, "."); found {
						arguments = append(arguments, "--for", host+":"+port)
					}
					code, _, diagnostics := ecflow("a pass phrase\n", nil, arguments...)
					require.Zero(t, code, diagnostics)
				}})
				require.Contains(t, server.Original("--server_version"), server.Installation.ServerVersion())
				require.Contains(t, server.Original("--stats"), "ECF_SSL")
				works(t, server.Client())
				strict := server.Options()
				strict.VerifyHostName = true
				c, err := client.New(strict)
				require.NoError(t, err)
				works(t, c)

				code, out, _ := ecflow("", server.Environment(), "certs", "check")
				require.Zero(t, code, out)
				require.Contains(t, out, "ok: clients here trust this server")
				require.Contains(t, out, "TLS 1.3")
			})
		}
	}
}

func TestCerts_check(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles})
	address := "localhost:" + server.Port

	t.Run("of openssl's", func(t *testing.T) {
		code, out, _ := ecflow("", server.Environment(), "certs", "check", address)
		require.Zero(t, code, out)
		require.Contains(t, out, server.Certificate())
	})
	t.Run("another file, then fetched", func(t *testing.T) {
		directory := filepath.Join(t.TempDir(), "ssl")
		code, _, diagnostics := ecflow("", nil, "certs", "new", "--dir", directory)
		require.Zero(t, code, diagnostics)
		environment := []string{"ECF_SSL=1", "ECF_SSL_DIR=" + directory}
		code, out, _ := ecflow("", environment, "certs", "check", address)
		require.Equal(t, 4, code, out)

		require.NoError(t, os.Remove(filepath.Join(directory, "server.key")))
		_, out, _ = ecflow("", nil, "certs", "show", server.Certificate())
		print := regexp.MustCompile(`SHA256:[0-9A-F:]{95}`).FindString(out)
		code, _, diagnostics = ecflow("", environment, "certs", "fetch", address, "--shared", "--fingerprint", print)
		require.Equal(t, 1, code, diagnostics) // another is there
		code, _, diagnostics = ecflow("", environment, "certs", "fetch", address, "--shared", "--force", "--fingerprint", print)
		require.Zero(t, code, diagnostics)
		code, out, _ = ecflow("", environment, "certs", "check", address)
		require.Zero(t, code, out)
		works(t, server.Client(environment...))
	})
	t.Run("no file", func(t *testing.T) {
		code, out, _ := ecflow("", []string{"ECF_SSL_DIR=" + t.TempDir()}, "certs", "check", address)
		require.Equal(t, 3, code, out)
	})
	works(t, server.Client())

	t.Run("plain", func(t *testing.T) {
		plain := start(t, realserver.Config{})
		code, out, _ := ecflow("", server.Environment(), "certs", "check", "localhost:"+plain.Port)
		require.Equal(t, 6, code, out)
		code, _, diagnostics := ecflow("", server.Environment(), "certs", "fetch", "localhost:"+plain.Port)
		require.Equal(t, 6, code, diagnostics)
		fails(t, plain.Client("ECF_SSL=1", "HOME="+server.ClientHome), fault.TLSPlainServer)
	})
}

// Openssl reads what "certs new" writes, and opens the key with the pass phrase alone.
func TestCerts_openssl(t *testing.T) {
	openssl := func(arguments ...string) (string, error) {
		out, err := exec.Command("openssl", arguments...).CombinedOutput()
		return string(out), err
	}
	for _, kind := range []string{"p256", "p384", "rsa2048"} {
		directory := t.TempDir()
		at := func(name string) string { return filepath.Join(directory, name) }
		code, _, diagnostics := ecflow("a pass phrase\n", nil, "certs", "new", "--dir", directory, "--passphrase", "--key", kind)
		require.Zero(t, code, diagnostics)
		out, err := openssl("pkey", "-in", at("server.key"), "-passin", "file:"+at("server.passwd"), "-check", "-noout")
		require.NoError(t, err, out)
		out, err = openssl("pkey", "-in", at("server.key"), "-passin", "pass:another", "-noout")
		require.Error(t, err, out)
		for _, strict := range [][]string{nil, {"-x509_strict", "-purpose", "sslserver", "-verify_hostname", "localhost"}} {
			out, err = openssl(append(append([]string{"verify"}, strict...), "-CAfile", at("server.crt"), at("server.crt"))...)
			require.NoError(t, err, out)
		}
		made, err := os.ReadFile(at("dh2048.pem"))
		require.NoError(t, err)
		out, err = openssl("genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048")
		require.NoError(t, err, out)
		require.Equal(t, out, string(made))
	}
}

// A certificate and its successor, of the same name, in one file of a client: it goes on without a break.
func TestCerts_renewal(t *testing.T) {
	make := func(directory string) []byte {
		code, _, diagnostics := ecflow("", nil, "certs", "new", "--dir", directory)
		require.Zero(t, code, diagnostics)
		text, err := os.ReadFile(filepath.Join(directory, "server.crt"))
		require.NoError(t, err)
		return text
	}
	server := start(t, realserver.Config{TLS: realserver.ServerFiles, MakeFiles: func(directory, _, _ string) { make(directory) }})
	current, err := os.ReadFile(server.Certificate())
	require.NoError(t, err)
	next := make(t.TempDir())
	for _, both := range [][2][]byte{{current, next}, {next, current}} {
		require.NoError(t, os.WriteFile(server.Certificate(), append(both[0], both[1]...), 0o600))
		require.Contains(t, server.Original("--server_version"), server.Installation.ServerVersion())
		works(t, server.Client())
	}
}
