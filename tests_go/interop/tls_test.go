package interop

import (
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

func TestPlain(t *testing.T) {
	server := start(t, realserver.Config{})
	c := server.Client()
	require.NoError(t, c.Ping(ctx))
	version, err := c.ServerVersion(ctx)
	require.NoError(t, err)
	require.Equal(t, server.Installation.ServerVersion(), version)
	require.Empty(t, c.Certificate())

	t.Run("by address and by name", func(t *testing.T) {
		for _, host := range []string{"127.0.0.1", "localhost", server.HostName} {
			require.NoError(t, server.Client("ECF_HOST="+host).Ping(ctx), host)
		}
	})
	t.Run("TLS to it is diagnosed", func(t *testing.T) {
		realserver.MakeCertificate(t, server.SSL(), "server", server.HostName)
		e := fails(t, server.Client("ECF_SSL=1"), fault.TLSPlainServer)
		require.True(t, e.Unsent)
	})
	t.Run("no certificate is said before anything is sent", func(t *testing.T) {
		_, err := client.New(server.Options("ECF_SSL=1", "HOME="+t.TempDir()))
		require.ErrorIs(t, err, fault.TLSMissing)
	})
}

// Every way of enabling TLS, against a server with files server.*.
func TestTLS_serverFiles(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles})
	original := server.Original("--server_version")
	require.Contains(t, original, server.Installation.ServerVersion())

	// Certificates moved away from HOME, so that only the directory named finds them.
	elsewhere := filepath.Join(t.TempDir(), "ssl")
	require.NoError(t, os.Mkdir(elsewhere, 0o700))
	copyFile(t, server.Certificate(), filepath.Join(elsewhere, "server.crt"))
	bareHome := "HOME=" + t.TempDir()

	for name, variables := range map[string][]string{
		"ECF_SSL=1":                    {"ECF_SSL=1"},
		"ECF_SSL empty":                {"ECF_SSL="},
		"ECF_HOST_PROTOCOL=ssl":        {"ECF_SSL", "ECF_HOST_PROTOCOL=SSL"},
		"ECF_SSL_DIR":                  {"ECF_SSL=1", bareHome, "ECF_SSL_DIR=" + elsewhere},
		"ECF_SSL_DIR with slash":       {"ECF_SSL=1", bareHome, "ECF_SSL_DIR=" + elsewhere + "/"},
		"by address":                   {"ECF_SSL=1", "ECF_HOST=127.0.0.1"},
		"by the name of this machine":  {"ECF_SSL=1", "ECF_HOST=" + server.HostName},
		"both files, server preferred": {"ECF_SSL=1"},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(name, "both") {
				wrong := filepath.Join(server.SSL(), server.HostName+"."+server.Port+".crt")
				realserver.MakeCertificate(t, t.TempDir(), "server", server.HostName)
				require.NoError(t, os.WriteFile(wrong, []byte("no certificate"), 0o600))
				defer os.Remove(wrong)
			}
			c := server.Client(variables...)
			works(t, c)
			require.Equal(t, "server.crt", filepath.Base(c.Certificate()))
		})
	}
	t.Run("EnableTLS and DisableTLS", func(t *testing.T) {
		c := server.Client("ECF_SSL")
		require.Empty(t, c.Certificate())
		require.NoError(t, c.EnableTLS())
		works(t, c)
		c.DisableTLS()
		require.Empty(t, c.Certificate())
		fails(t, c, fault.PlainToTLS)
	})
	t.Run("cafile", func(t *testing.T) {
		c := server.Client("ECF_SSL", bareHome)
		require.NoError(t, c.EnableTLSWithCA(server.Certificate(), false))
		works(t, c)
		c = server.Client("ECF_SSL", bareHome, "ECF_HOST="+server.HostName)
		require.NoError(t, c.EnableTLSWithCA(filepath.Join(elsewhere, "server.crt"), true))
		// The documented certificate names its host in CN alone.
		_, err := c.Suites(ctx)
		if err != nil {
			require.ErrorIs(t, err, fault.TLSHostName)
		}
		other := server.Client("ECF_SSL", bareHome, "ECF_HOST=127.0.0.1")
		require.NoError(t, other.EnableTLSWithCA(server.Certificate(), true))
		fails(t, other, fault.TLSHostName)
	})
	t.Run("plain to it is diagnosed", func(t *testing.T) {
		fails(t, server.Client("ECF_SSL"), fault.PlainToTLS)
	})
	t.Run("wrong certificate", func(t *testing.T) {
		home := t.TempDir()
		directory := filepath.Join(home, ".ecflowrc", "ssl")
		realserver.MakeCertificate(t, directory, "server", server.HostName)
		e := fails(t, server.Client("HOME="+home), fault.TLSUntrusted)
		text := client.Text(e)
		trusted := filepath.Join(directory, "server.crt")
		require.Contains(t, text, trusted)
		require.Contains(t, plainHex(text), fingerprint(t, trusted))
		require.Contains(t, plainHex(text), fingerprint(t, server.Certificate()))
	})
	t.Run("child command", func(t *testing.T) {
		task := submitted(t, server)
		c := server.Client(task...)
		require.NoError(t, c.ChildInit(ctx))
		require.NoError(t, c.ChildComplete(ctx))
		require.Contains(t, server.Original("--query", "state", "/s/quiet"), "complete")
	})
}

func TestTLS_hostPortFiles(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.HostPortFiles})
	for _, value := range []string{server.CertificateName(), "1", "anything"} {
		c := server.Client("ECF_SSL=" + value)
		works(t, c)
		require.Equal(t, server.CertificateName()+".crt", filepath.Base(c.Certificate()))
	}
	t.Run("another port chooses again", func(t *testing.T) {
		o := server.Options("ECF_SSL")
		c, err := client.New(o)
		require.NoError(t, err)
		require.NoError(t, c.SetHostPort("localhost", "3141"))
		require.ErrorIs(t, c.EnableTLS(), fault.TLSMissing)
		require.NoError(t, c.SetHostPort("localhost", server.Port))
		works(t, c)
	})
	t.Run("an address has a file of its own", func(t *testing.T) {
		_, err := client.New(server.Options("ECF_HOST=127.0.0.1"))
		require.ErrorIs(t, err, fault.TLSMissing)
	})
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, text, 0o600))
}

func fingerprint(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	block, _ := pem.Decode(text)
	require.NotNil(t, block)
	return fmt.Sprintf("%x", sha256.Sum256(block.Bytes))[:16]
}

// plainHex makes fingerprints comparable however they are written.
func plainHex(text string) string {
	return strings.ToLower(strings.ReplaceAll(text, ":", ""))
}
