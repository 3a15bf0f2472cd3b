package certs_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
)

// material makes a key, in all forms that servers meet, with its certificate and a group, by openssl.
func material(t *testing.T) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, words := range []string{
		"genrsa -out plain 2048",
		"genrsa -out other 2048",
		"genrsa -out small.key 1024",
		"req -new -x509 -key plain -subj /CN=host -days 100 -out crt",
		"req -new -x509 -key small.key -subj /CN=host -days 100 -out small.crt",
		"rsa -in plain -des3 -passout pass:phrase -out encrypted",
		"rsa -in plain -des3 -traditional -passout pass:phrase -out legacy",
		"rsa -in plain -des3 -passout pass:test -out default",
		"ecparam -genkey -name prime256v1 -noout -out ec.key",
		"req -new -x509 -key ec.key -subj /CN=host -days 100 -out ec.crt",
	} {
		command := exec.Command("openssl", strings.Fields(words)...)
		command.Dir = dir
		out, err := command.CombinedOutput()
		require.NoError(t, err, "%s: %s", words, out)
	}
	found := map[string][]byte{"group": certs.Group()}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		found[e.Name()], err = os.ReadFile(at(e.Name()))
		require.NoError(t, err)
	}
	return found
}

// handshake makes a connection by a configuration, of any version that both have, and says which it was.
func handshake(t *testing.T, config *tls.Config, most uint16, crt []byte) uint16 {
	t.Helper()
	near, far := net.Pipe()
	server := tls.Server(far, config)
	go func() {
		_ = server.Handshake()
		_, _ = io.Copy(io.Discard, server)
	}()
	block, _ := pem.Decode(crt)
	leaf, err := x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)
	client := tls.Client(near, &tls.Config{
		InsecureSkipVerify: true, MaxVersion: most, //nolint:gosec // compared below
		VerifyConnection: func(s tls.ConnectionState) error {
			require.True(t, s.PeerCertificates[0].Equal(leaf))
			return nil
		},
	})
	require.NoError(t, client.Handshake())
	defer near.Close()
	return client.ConnectionState().Version
}

const hostPort = "host.3141"

// serverCases are files as a server may find them, and the first line with which 5.19.0 refuses to start; "": it starts.
// The lines were seen with 5.19.0 and 5.9.2, which ends them with OpenSSL's own numbers.
var serverCases = []struct {
	name  string
	files map[string]string // name to material; "=text" is a text, "/" a directory
	value string            // of ECF_SSL
	line  string
	names string // the file that the line names
}{
	{name: "plain", files: with()},
	{name: "no certificate", files: with("server.crt", ""), line: "Error: Unable to find the self-signed certificate file(CRT) server.crt *OR* host.3141.crt in $HOME/.ecflowrc/ssl (with ECF_SSL=1)", names: "server.crt"},
	{name: "no key", files: with("server.key", ""), line: "Error: The password protected private server key file 'DIR/server.key' does not exist", names: "server.key"},
	{name: "no group", files: with("dh2048.pem", ""), line: "Error: The dhparam file(pem) 'DIR/dh2048.pem' does not exist", names: "dh2048.pem"},
	{name: "older group", files: with("dh2048.pem", "", "dh1024.pem", "group")},
	{name: "newer group before older", files: with("dh2048.pem", "=rubbish", "dh1024.pem", "group"), line: "use_tmp_dh_file: ", names: "dh2048.pem"},
	{name: "group is garbage", files: with("dh2048.pem", "=rubbish"), line: "use_tmp_dh_file: ", names: "dh2048.pem"},
	{name: "group is a certificate", files: with("dh2048.pem", "crt"), line: "use_tmp_dh_file: ", names: "dh2048.pem"},
	{name: "certificate is garbage", files: with("server.crt", "=rubbish"), line: "use_certificate_chain_file: no start line", names: "server.crt"},
	{name: "certificate is empty", files: with("server.crt", "="), line: "use_certificate_chain_file: no start line", names: "server.crt"},
	{name: "certificate is a key", files: with("server.crt", "plain"), line: "use_certificate_chain_file: no start line", names: "server.crt"},
	{name: "certificate is a directory", files: with("server.crt", "/"), line: "use_certificate_chain_file: no start line", names: "server.crt"},
	{name: "key is garbage", files: with("server.key", "=rubbish"), line: "use_private_key_file: unsupported", names: "server.key"},
	{name: "key is a certificate", files: with("server.key", "crt"), line: "use_private_key_file: unsupported", names: "server.key"},
	{name: "key of another", files: with("server.key", "other"), line: "use_private_key_file: key values mismatch", names: "server.key"},
	{name: "phrase", files: with("server.key", "encrypted", "server.passwd", "=phrase\n")},
	{name: "phrase without line end", files: with("server.key", "encrypted", "server.passwd", "=phrase")},
	{name: "phrase with two line ends", files: with("server.key", "encrypted", "server.passwd", "=phrase\n\n"), line: "use_private_key_file: bad decrypt", names: "server.key"},
	{name: "phrase with a carriage return", files: with("server.key", "encrypted", "server.passwd", "=phrase\r\n"), line: "use_private_key_file: bad decrypt", names: "server.key"},
	{name: "wrong phrase", files: with("server.key", "encrypted", "server.passwd", "=other\n"), line: "use_private_key_file: bad decrypt", names: "server.key"},
	{name: "empty phrase", files: with("server.key", "encrypted", "server.passwd", "="), line: "use_private_key_file: bad decrypt", names: "server.key"},
	{name: "no phrase", files: with("server.key", "encrypted"), line: "use_private_key_file: bad decrypt", names: "server.key"},
	{name: "no file is the phrase test", files: with("server.key", "default")},
	{name: "phrase for a plain key", files: with("server.passwd", "=phrase\n")},
	{name: "legacy key", files: with("server.key", "legacy", "server.passwd", "=phrase\n")},
	{name: "legacy key, wrong phrase", files: with("server.key", "legacy", "server.passwd", "=other\n"), line: "use_private_key_file: bad decrypt", names: "server.key"},
	{name: "elliptic curve", files: with("server.crt", "ec.crt", "server.key", "ec.key")},
	{name: "1024 bits", files: with("server.crt", "small.crt", "server.key", "small.key")}, // OpenSSL 3 refuses by its security level

	{name: "own files", files: own(), value: hostPort},
	{name: "own files, any text", files: own(), value: "text"},
	{name: "own files, 1", files: own()},
	{name: "own files, no key", files: own(".key", ""), value: hostPort, line: "Error: The password protected private server key file 'DIR/host.3141.key' does not exist", names: "host.3141.key"},
	{name: "own files, no group", files: own(".pem", ""), value: hostPort, line: "Error: The dhparam file(pem) 'DIR/host.3141.pem' does not exist", names: "host.3141.pem"},
	{name: "own files, phrase", files: own(".key", "encrypted", ".passwd", "=phrase\n"), value: hostPort},
	{name: "own files, phrase of the shared ones", files: own(".key", "encrypted", "server.passwd", "=phrase\n"), value: hostPort, line: "use_private_key_file: bad decrypt", names: "host.3141.key"},
	{name: "shared files, but own ones wanted", files: with(), value: "text", line: "Error: Unable to find the self-signed certificate file(CRT) host.3141.crt in $HOME/.ecflowrc/ssl (with ECF_SSL=host.3141)", names: "host.3141.crt"},
	{name: "both, shared are bad", files: with("server.key", "=x", hostPort+".crt", "crt", hostPort+".key", "plain", hostPort+".pem", "group"), line: "use_private_key_file: unsupported", names: "server.key"},
	{name: "both, own are bad", files: with(hostPort+".crt", "crt", hostPort+".key", "=x", hostPort+".pem", "group")},
}

func with(changes ...string) map[string]string {
	files := map[string]string{"server.crt": "crt", "server.key": "plain", "dh2048.pem": "group"}
	for i := 0; i < len(changes); i += 2 {
		files[changes[i]] = changes[i+1]
	}
	return files
}

func own(changes ...string) map[string]string {
	files := map[string]string{hostPort + ".crt": "crt", hostPort + ".key": "plain", hostPort + ".pem": "group"}
	for i := 0; i < len(changes); i += 2 {
		name := changes[i]
		if name[0] == '.' {
			name = hostPort + name
		}
		files[name] = changes[i+1]
	}
	return files
}

func TestServerTLS_asTheOriginal(t *testing.T) {
	made := material(t)
	for _, c := range serverCases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			crt := made["crt"]
			for name, what := range c.files {
				path := filepath.Join(dir, name)
				content, literal := strings.CutPrefix(what, "=")
				switch {
				case what == "":
				case what == "/":
					require.NoError(t, os.Mkdir(path, 0o700))
				case literal:
					require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
				default:
					require.NotEmpty(t, made[what])
					require.NoError(t, os.WriteFile(path, made[what], 0o600))
					if name == "server.crt" {
						crt = made[what]
					}
				}
			}
			value := c.value
			if value == "" {
				value = "1"
			}
			files, shown, err := certs.Choose(certs.Choice{Dir: dir, Host: "host", Port: "3141", Value: value})
			var config *tls.Config
			if err == nil {
				config, err = certs.ServerTLS(files)
			}
			if c.line != "" {
				require.Error(t, err)
				first, _, _ := strings.Cut(strings.TrimPrefix(err.(*fault.Error).Summary(), "Exception in ServerMain:: "), "\n")
				require.True(t, strings.HasPrefix(first, strings.ReplaceAll(c.line, "DIR", dir)), first)
				require.Contains(t, first, c.names)
				require.NotContains(t, err.Error(), "phrase\n")
				require.NotContains(t, err.Error(), "rubbish")
				return
			}
			require.NoError(t, err)
			if strings.HasPrefix(c.name, "own files") {
				require.Equal(t, hostPort, shown)
			} else {
				require.Equal(t, "1", shown)
			}
			require.Equal(t, uint16(tls.VersionTLS13), handshake(t, config, 0, crt))
			require.Equal(t, uint16(tls.VersionTLS12), handshake(t, config, tls.VersionTLS12, crt))
		})
	}
}

// --ssl alone chooses as an empty ECF_SSL does; only the words differ.
func TestChoose_byOption(t *testing.T) {
	_, _, err := certs.Choose(certs.Choice{Dir: t.TempDir(), Host: "host", Port: "3141", ByOption: true})
	require.ErrorIs(t, err, fault.TLSMissing)
	require.ErrorContains(t, err, "server.crt or host.3141.crt in $HOME/.ecflowrc/ssl")
	_, _, err = certs.Choose(certs.Choice{Host: "host", Port: "3141", ByOption: true})
	require.ErrorContains(t, err, "HOME")
}

// Sessions can be resumed, which saves both ends the work of the key.
func TestServerTLS_resumption(t *testing.T) {
	made := material(t)
	dir := t.TempDir()
	for name, what := range with() {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), made[what], 0o600))
	}
	config, err := certs.ServerTLS(certs.FilesIn(dir, certs.Shared))
	require.NoError(t, err)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	require.NoError(t, err)
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = conn.Write([]byte("x"))
				_ = conn.Close()
			}()
		}
	}()
	for _, most := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		cache := tls.NewLRUClientSessionCache(1)
		for resumed := range []bool{false, true} {
			conn, err := tls.Dial("tcp", listener.Addr().String(), &tls.Config{
				InsecureSkipVerify: true, ServerName: "host", MaxVersion: most, ClientSessionCache: cache, //nolint:gosec // nothing is trusted
			})
			require.NoError(t, err)
			_, err = io.ReadAll(conn)
			require.NoError(t, err, "%d %d", most, resumed)
			require.Equal(t, resumed == 1, conn.ConnectionState().DidResume)
			require.NoError(t, conn.Close())
		}
	}
}
