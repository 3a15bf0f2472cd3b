package ourserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

func login(t *testing.T) string {
	t.Helper()
	name, err := auth.LoginName()
	require.NoError(t, err)
	return name
}

const refusedUser = "Authentication (user) failed, due to: Incorrect credentials detected"

// denied says that a request of the original's client was refused, for that reason.
func denied(t *testing.T, s *realserver.Server, why string, variables []string, words ...string) {
	t.Helper()
	out, err := s.TryOriginal(variables, words...)
	require.Error(t, err, out)
	require.Contains(t, out, "Command not accepted, due to: "+why)
}

// module is a day's work in a few lines of Python; it ends with "done".
const module = `
import ecflow, os, sys
ci = ecflow.Client(os.environ["ECF_HOST"], os.environ["ECF_PORT"])
if os.environ.get("ECF_SSL"): ci.enable_ssl() # the module of 5.13.8 does not look at it
ci.ping()
d = ecflow.Defs()
d.add_suite("s").add_family("f").add_task("t").add_variable("A", "1")
ci.load(d)
ci.begin_suite("s")
ci.suspend("/s")
ci.alter("/s/f/t", "change", "variable", "A", "2")
ci.sync_local()
t = ci.get_defs().find_abs_node("/s/f/t")
assert t.find_variable("A").value() == "2", t
ci.resume("/s")
ci.delete("/s", True)
ci.sync_local()
assert len(list(ci.get_defs().suites)) == 0
print("done")
`

// moduleWorks runs it.
func moduleWorks(t *testing.T, s *realserver.Server, variables ...string) {
	t.Helper()
	out, err := s.Module(variables, module)
	require.NoError(t, err, out)
	require.Contains(t, out, "done")
}

// moduleIsDenied runs it as one who is refused.
func moduleIsDenied(t *testing.T, s *realserver.Server, why string, variables ...string) {
	t.Helper()
	out, err := s.Module(variables, module)
	require.Error(t, err, out)
	require.Contains(t, out, "RuntimeError")
	require.Contains(t, out, why)
}

// TestOriginals_overTLS: the original's clients and modules, with both sets of files and all forms of keys.
func TestOriginals_overTLS(t *testing.T) {
	withEach(t, func(t *testing.T, i *realserver.Installation) {
		for _, names := range []realserver.FileNames{realserver.ServerFiles, realserver.HostPortFiles} {
			for kind, make := range keys(t) {
				t.Run(string(names)+"/"+kind, func(t *testing.T) {
					s := realserver.Start(t, i, realserver.Config{TLS: names, MakeFiles: make})
					require.Contains(t, s.Original("--server_version"), "5.19.0")
					s.Original("--ping")
					moduleWorks(t, s)
					state := s.Original("--get_state")
					shown := "ECF_SSL '1'"
					if names == realserver.HostPortFiles {
						shown = "ECF_SSL '" + s.HostName + "." + s.Port + "'"
					}
					require.Contains(t, state, shown)
					out, err := s.TryOriginal([]string{"ECF_SSL"}, "--ping") // plain
					require.Error(t, err, out)
				})
			}
		}
	})
}

// keys are the forms of a key, each with what makes the files of a server.
func keys(t *testing.T) map[string]func(directory, name, commonName string) {
	t.Helper()
	by := func(steps ...string) func(directory, name, commonName string) {
		return func(directory, name, commonName string) {
			t.Helper()
			require.NoError(t, os.MkdirAll(directory, 0o700))
			group := name + ".pem"
			if name == "server" {
				group = "dh2048.pem"
			}
			steps := append(append([]string(nil), steps...), "genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out GROUP")
			for _, step := range steps {
				text := strings.NewReplacer("GROUP", group, "NAME", name, "HOST", commonName).Replace(step)
				if phrase, ok := strings.CutPrefix(text, "phrase "); ok {
					require.NoError(t, os.WriteFile(filepath.Join(directory, name+".passwd"), []byte(phrase+"\n"), 0o600))
					continue
				}
				command := exec.Command("openssl", strings.Fields(text)...)
				command.Dir = directory
				out, err := command.CombinedOutput()
				require.NoError(t, err, "%s: %s", text, out)
			}
		}
	}
	const sign = "req -new -x509 -key NAME.key -passin pass:words -subj /CN=HOST -days 100 -out NAME.crt"
	return map[string]func(directory, name, commonName string){
		"plain":           by("genrsa -out NAME.key 2048", sign),
		"pass phrase":     by("genrsa -des3 -passout pass:words -out NAME.key 2048", "phrase words", sign),
		"old pass phrase": by("genrsa -out plain.key 2048", "rsa -in plain.key -des3 -traditional -passout pass:words -out NAME.key", "phrase words", sign),
		"phrase test":     by("genrsa -des3 -passout pass:test -out NAME.key 2048", strings.Replace(sign, "pass:words", "pass:test", 1)),
		"elliptic curve":  by("ecparam -genkey -name prime256v1 -noout -out NAME.key", sign),
	}
}

// TestOriginals_passwords: who is in the file and has the right password is served, and nobody else; the file is read again.
func TestOriginals_passwords(t *testing.T) {
	me := login(t)
	withEach(t, func(t *testing.T, i *realserver.Installation) {
		s := realserver.Start(t, i, realserver.Config{TLS: realserver.ServerFiles, Passwords: map[string]string{me: "secret"}})
		s.Original("--ping")
		s.Original("--suites")
		moduleWorks(t, s)

		none := []string{"ECF_PASSWD"}
		denied(t, s, refusedUser, none, "--suites")
		denied(t, s, refusedUser, none, "--halt=yes")
		denied(t, s, refusedUser, none, "--reloadpasswdfile")
		out, err := s.TryOriginal(none, "--ping") // the one thing that needs none
		require.NoError(t, err, out)
		moduleIsDenied(t, s, refusedUser, none...)

		wrong := filepath.Join(t.TempDir(), "wrong")
		require.NoError(t, os.WriteFile(wrong, []byte("4.5.0\n"+me+" "+s.HostName+" "+s.Port+" guessed\n"), 0o600))
		denied(t, s, refusedUser, []string{"ECF_PASSWD=" + wrong}, "--suites")
		moduleIsDenied(t, s, refusedUser, "ECF_PASSWD="+wrong)

		right := filepath.Join(t.TempDir(), "right")
		text, err := os.ReadFile(filepath.Join(s.ClientHome, "passwd"))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(right, text, 0o600))
		s.WritePasswords(map[string]string{me: "changed"}) // of server and clients
		denied(t, s, refusedUser, nil, "--suites")         // the server does not know yet
		out, err = s.TryOriginal([]string{"ECF_PASSWD=" + right}, "--reloadpasswdfile")
		require.NoError(t, err, out)
		s.Original("--suites")
		denied(t, s, refusedUser, []string{"ECF_PASSWD=" + right}, "--suites")

		// A file that cannot be used leaves the old one.
		require.NoError(t, os.WriteFile(s.File("passwd"), []byte("4.5.0\n"+me+" elsewhere 1 hidden-word\n"), 0o600))
		out, err = s.TryOriginal(nil, "--reloadpasswdfile")
		require.Error(t, err)
		require.Contains(t, out, "does not contain any users with access on this server")
		require.NotContains(t, out, "hidden-word")
		require.NoError(t, os.WriteFile(s.File("passwd"), []byte("4.5.0\n"+me+" hidden-word\n"), 0o600))
		out, err = s.TryOriginal(nil, "--reloadpasswdfile")
		require.Error(t, err)
		require.Contains(t, out, "expected <user> <host> <port> <passwd> # comment")
		require.NotContains(t, out, "hidden-word")
		s.Original("--suites")

		log := s.Log()
		for _, secret := range []string{"secret", "guessed", "changed", "hidden-word"} {
			require.NotContains(t, log, secret)
			token, err := auth.Crypt(me, secret)
			require.NoError(t, err)
			require.NotContains(t, log, token)
		}
	})
}

// TestOriginals_customUsers: custom users need their password, login users none.
func TestOriginals_customUsers(t *testing.T) {
	withEach(t, func(t *testing.T, i *realserver.Installation) {
		s := realserver.Start(t, i, realserver.Config{CustomPasswords: map[string]string{"fred": "fredpw"}})
		s.Original("--suites")
		out, err := s.TryOriginal([]string{"ECF_USER=fred"}, "--suites")
		require.NoError(t, err, out)
		moduleWorks(t, s, "ECF_USER=fred")
		wrong := filepath.Join(t.TempDir(), "wrong")
		require.NoError(t, os.WriteFile(wrong, []byte("4.5.0\nfred "+s.HostName+" "+s.Port+" guessed\n"), 0o600))
		denied(t, s, refusedUser+" [fred]", []string{"ECF_USER=fred", "ECF_CUSTOM_PASSWD=" + wrong}, "--suites")

		s.WriteCustomPasswords(map[string]string{"fred": "fredpw", "j-doe": "any", "mary": "marypw"})
		s.Original("--reloadcustompasswdfile")
		out, err = s.TryOriginal([]string{"ECF_USER=mary"}, "--suites")
		require.NoError(t, err, out)
		denied(t, s, refusedUser+" [j-doe]", []string{"ECF_USER=j-doe"}, "--suites") // a name that is no salt
		require.Contains(t, s.Log(), `user "j-doe" is refused: the name is no salt for crypt(3)`)
	})
}

// TestOriginals_whiteList: readers read, writers write, where they may; the list is read again.
func TestOriginals_whiteList(t *testing.T) {
	const unfit = "Authorisation (user) failed, due to: Insufficient permissions"
	users := map[string]string{"writer": "aa", "reader": "bb", "owner": "cc", "stranger": "dd"}
	withEach(t, func(t *testing.T, i *realserver.Installation) {
		s := realserver.Start(t, i, realserver.Config{CustomPasswords: users, WhiteList: "writer\n-reader\nowner /s\n"})
		as := func(name string) []string { return []string{"ECF_USER=" + name} }
		moduleWorks(t, s, as("writer")...)
		definition := filepath.Join(t.TempDir(), "s.def")
		require.NoError(t, os.WriteFile(definition, []byte("suite s\n task t\nendsuite\nsuite o\nendsuite\n"), 0o600))
		out, err := s.TryOriginal(as("writer"), "--load="+definition)
		require.NoError(t, err, out)

		for _, words := range []string{"--suites", "--ping", "--get", "--get_state=/s"} {
			out, err := s.TryOriginal(as("reader"), words)
			require.NoError(t, err, out)
		}
		for _, words := range []string{"--halt=yes", "--suspend=/s", "--load=" + definition, "--reloadwsfile"} {
			denied(t, s, unfit+" [reader]", as("reader"), words)
		}
		out, err = s.TryOriginal(as("owner"), "--suspend=/s", "/s/t")
		require.NoError(t, err, out)
		denied(t, s, unfit+" [owner]", as("owner"), "--suspend=/o")
		denied(t, s, unfit+" [owner]", as("owner"), "--suspend", "/s", "/o")
		denied(t, s, unfit+" [owner]", as("owner"), "--suites")
		denied(t, s, unfit+" [stranger]", as("stranger"), "--suites")
		moduleIsDenied(t, s, unfit+" [stranger]", as("stranger")...)
		moduleIsDenied(t, s, unfit+" [reader]", as("reader")...)

		s.WriteWhiteList("reader\n-writer")
		out, err = s.TryOriginal(as("writer"), "--reloadwsfile")
		require.NoError(t, err, out)
		denied(t, s, unfit+" [writer]", as("writer"), "--suspend=/s")
		out, err = s.TryOriginal(as("reader"), "--resume=/s")
		require.NoError(t, err, out)

		s.WriteWhiteList("reader writer")
		out, err = s.TryOriginal(as("reader"), "--reloadwsfile")
		require.Error(t, err)
		require.Contains(t, out, "Can only have one user per line, first user:reader second user:writer")
		denied(t, s, unfit+" [stranger]", as("stranger"), "--suites") // the old list holds
		s.Original("--suspend=/s")                                    // the user who runs the server
	})
}

// TestProgram_refusesToStart: in one line that names the file, and with exit code 1.
func TestProgram_refusesToStart(t *testing.T) {
	path := binary(t)
	host, err := os.Hostname()
	require.NoError(t, err)
	own := host + ".23999.ecf."
	for _, c := range []struct {
		name      string
		file      string
		text      string
		variables []string
		says      string
	}{
		{"nobody for this server", own + "passwd", "4.5.0\nfred other 1 pw\n", nil, "Password file '" + own + "passwd' does not contain any users with access on this server"},
		{"no version", own + "passwd", "fred " + host + " 23999 hidden-word\n", nil, "The version number not found. The version number must appear before the users."},
		{"custom", own + "custom_passwd", "4.5.0\n", nil, "Custom Password file '" + own + "custom_passwd' does not contain any users with access on this server"},
		{"named by ECF_PASSWD", "mine", "4.5.0\n", []string{"ECF_PASSWD=mine"}, "Password file 'mine' does not contain any users with access on this server"},
		{"white list", own + "lists", "4.4.14\na b\n", nil, "Can only have one user per line, first user:a second user:b"},
		{"no certificate", "x", "", []string{"ECF_SSL=1"}, "Exception in ServerMain:: Error: Unable to find the self-signed certificate file(CRT) server.crt *OR* " + host + ".23999.crt in $HOME/.ecflowrc/ssl (with ECF_SSL=1)"},
		{"no key", ".ecflowrc/ssl/server.crt", "x", []string{"ECF_SSL=1"}, "Exception in ServerMain:: Error: The password protected private server key file 'HOME/.ecflowrc/ssl/server.key' does not exist"},
	} {
		t.Run(c.name, func(t *testing.T) {
			home := t.TempDir()
			file := filepath.Join(home, c.file)
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
			require.NoError(t, os.WriteFile(file, []byte(c.text), 0o600))
			command := exec.Command(path, "--port=23999")
			command.Dir = home
			command.Env = append([]string{"HOME=" + home, "ECF_HOME=" + home}, c.variables...)
			out, err := command.CombinedOutput()
			var failed *exec.ExitError
			require.ErrorAs(t, err, &failed)
			require.Equal(t, 1, failed.ExitCode())
			first, _, _ := strings.Cut(string(out), "\n")
			require.Equal(t, strings.ReplaceAll(c.says, "'HOME/", "'"+home+"/"), first)
			require.NotContains(t, string(out), "hidden-word")
		})
	}
}
