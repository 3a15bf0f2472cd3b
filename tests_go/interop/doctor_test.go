package interop

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/doctor"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// consult has a server and the environment of its clients examined; change alters the options. Each
// finding reads "status: summary", those of one check on lines of their own.
func consult(t *testing.T, s *realserver.Server, change func(*client.Options), more ...string) map[string]string {
	t.Helper()
	variables := s.Environment(more...)
	env := func(name string) (string, bool) {
		for _, one := range variables {
			if value, found := strings.CutPrefix(one, name+"="); found {
				return value, true
			}
		}
		return "", false
	}
	o := client.OptionsFromEnv(env)
	if change != nil {
		change(&o)
	}
	told := map[string]string{}
	findings, err := doctor.Examine(ctx, doctor.Case{Options: o, Env: env, Timeout: 2 * time.Second, Report: func(f doctor.Finding) {
		text := string(f.Status) + ": " + f.Summary
		t.Logf("%-12s %s\n%s", f.Check, text, f.Advice)
		require.NotContains(t, text+f.Advice, "a-secret")
		require.NotContains(t, f.Summary, "\n")
		told[f.Check] = strings.TrimPrefix(told[f.Check]+"\n"+text, "\n")
	}})
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(findings), len(doctor.Checks()))
	for _, check := range doctor.Checks() {
		require.Contains(t, told, check)
	}
	return told
}

// tells checks findings: a check's name, then how its text begins, or what it holds.
func tells(t *testing.T, told map[string]string, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, told[pairs[i]], pairs[i+1], pairs[i])
	}
}

func as(user string) func(*client.Options) { return func(o *client.Options) { o.Login = user } }

func TestDoctor_plain(t *testing.T) {
	s := start(t, realserver.Config{})
	before, err := s.Client().ServerStats(ctx)
	require.NoError(t, err)
	told := consult(t, s, nil)
	tells(t, told, "settings", "ok: server localhost:"+s.Port+" (ECF_HOST, ECF_PORT), plain TCP", "name", "ok: localhost is 127.0.0.1", "proxy", "ok: none",
		"port", "ok: ", "protocol", "ok: plain TCP", "certificate", "skipped", "trust", "skipped", "user", "ok: "+login(t), "password", "skipped",
		"access", "ok: ", "writing", "ok: ", "version", s.Installation.ServerVersion(), "state", "warning: HALTED", "clock", "ok: ", "clock", "same time zone",
		"round trip", "ok: ", "task", "skipped")
	require.NoError(t, s.Client().RestartServer(ctx))
	tells(t, consult(t, s, nil), "state", "ok: RUNNING")
	after, err := s.Client().ServerStats(ctx)
	require.NoError(t, err)
	require.Equal(t, before.Counts.Suspend+2, after.Counts.Suspend)

	tells(t, consult(t, s, nil, "NO_ECF=1"), "settings", "warning: NO_ECF", "access", "ok: ")
	tells(t, consult(t, s, nil, "ECF_SSL=1"), "protocol", "problem: the server speaks plain TCP, but TLS is set (ECF_SSL)", "access", "skipped")
	tells(t, consult(t, s, nil, "ECF_PORT=1"), "port", "problem: port 1 does not answer at 127.0.0.1: connection refused", "protocol", "skipped", "user", "ok: ")
	tells(t, consult(t, s, nil, "ECF_PORT=x"), "settings", "problem: ")
	tells(t, consult(t, s, nil, "ECF_HOST=no-such-host.invalid"), "name", "problem: no-such-host.invalid cannot be looked up")
	tells(t, consult(t, s, nil, "ECF_HOST_PROTOCOL=gopher"), "settings", "problem: ECF_HOST_PROTOCOL")
	tells(t, consult(t, s, nil, "ECF_HOST_PROTOCOL=HTTP"), "protocol", "problem: the server speaks plain TCP, but HTTP is set")
	tells(t, consult(t, s, nil, "ECF_HOST=far.away", "ECF_PROXY=socks5h://localhost:1"), "proxy", "problem: socks5h://localhost:1 cannot be reached", "port", "skipped")
	tells(t, consult(t, s, nil, "ECF_PROXY=socks5h://localhost:1"), "proxy", "ok: there is one, but not for this server", "access", "ok: ")
	tells(t, consult(t, s, nil, "ECF_HOST=far.away", "ECF_PROXY=ftp://u:a-secret@h"), "proxy", "problem: ")
}

func TestDoctor_task(t *testing.T) {
	s := start(t, realserver.Config{})
	require.NoError(t, os.WriteFile(s.Home+"/d.def", []byte("suite s\n  task t\n"), 0o600))
	require.NoError(t, s.Client().Load(ctx, s.Home+"/d.def", false, false))
	tells(t, consult(t, s, nil, "ECF_NAME=/s/t", "ECF_PASS=a-secret", "ECF_TRYNO=1"), "task", "ok: /s/t is unknown")
	tells(t, consult(t, s, nil, "ECF_NAME=/s/t"), "task", "problem: /s/t: not set: ECF_PASS, ECF_TRYNO")
	tells(t, consult(t, s, nil, "ECF_NAME=/s/gone", "ECF_PASS=a-secret", "ECF_TRYNO=1"), "task", "problem: /s/gone: the server knows no such node")
}

func TestDoctor_tls(t *testing.T) {
	s := start(t, realserver.Config{TLS: realserver.ServerFiles})
	told := consult(t, s, nil)
	tells(t, told, "settings", "TLS (ECF_SSL)", "protocol", "ok: TLS: TLS 1.3", "certificate", s.Certificate()+": CN="+s.HostName+", RSA 2048", "trust", "ok: the server shows this very certificate",
		"access", "ok: ", "writing", "ok: ", "version", s.Installation.ServerVersion())

	told = consult(t, s, nil, "ECF_SSL")
	tells(t, told, "protocol", "problem: the server speaks TLS, but ECF_SSL is not set", "trust", "ok: ", "access", "ok: ")
	tells(t, consult(t, s, nil, "ECF_SSL", "ECF_HOST_PROTOCOL=HTTP"), "protocol", "problem: the server speaks TLS, but HTTP is set")

	require.NoError(t, os.Chmod(s.Certificate(), 0o666)) //nolint:gosec // that is the point
	tells(t, consult(t, s, nil), "certificate", "warning: "+s.Certificate()+": others than its owner can change it")

	tells(t, consult(t, s, nil, "ECF_SSL_DIR="+t.TempDir()), "certificate", "problem: no certificate file to trust", "trust", "skipped", "access", "skipped")
	other := t.TempDir()
	realserver.MakeCertificate(t, other, "server", "elsewhere")
	tells(t, consult(t, s, nil, "ECF_SSL_DIR="+other), "certificate", "ok: ", "trust", "problem: the server's certificate is not vouched for", "access", "skipped")
	require.NoError(t, os.WriteFile(other+"/server.crt", []byte("nonsense"), 0o600))
	tells(t, consult(t, s, nil, "ECF_SSL_DIR="+other), "certificate", "problem: the certificate file", "access", "skipped")
}

func TestDoctor_passwords(t *testing.T) {
	me := login(t)
	s := start(t, realserver.Config{Passwords: map[string]string{me: "a-secret", "reader": "a-secret-2"}, CustomPasswords: map[string]string{"guest": "a-secret"}})
	at := func(o *client.Options) { o.Host = s.HostName }
	tells(t, consult(t, s, at), "password", "ok: ", "password", "has an entry for "+me, "access", "ok: ")
	tells(t, consult(t, s, at, "ECF_PASSWD"), "password", "skipped: ECF_PASSWD is not set", "access", "problem: the server does not answer "+me, "writing", "skipped")
	tells(t, consult(t, s, at, "ECF_PASSWD=/no/such/file"), "password", "warning: ECF_PASSWD names /no/such/file, which is not there", "access", "problem: ")
	tells(t, consult(t, s, at, "ECF_USER=guest"), "user", "ok: guest, a custom user (ECF_USER)", "password", "ok: ", "access", "ok: ")
	tells(t, consult(t, s, at, "ECF_USER=guest", "ECF_CUSTOM_PASSWD"), "password", "problem: there is none", "access", "skipped")
	tells(t, consult(t, s, func(o *client.Options) { o.Host, o.Login = s.HostName, "stranger" }), "password", "warning: ", "password", "has no entry for stranger", "access", "problem: ")
	require.NoError(t, os.Chmod(s.ClientHome+"/passwd", 0o644)) //nolint:gosec // that is the point
	tells(t, consult(t, s, at), "password", "everybody on this machine can read the secrets in this file (mode 0644)", "access", "ok: ")
	require.NoError(t, os.WriteFile(s.ClientHome+"/passwd", []byte("4.5.0\na-secret\n"), 0o600))
	tells(t, consult(t, s, at), "password", "problem: ", "password", "4 fields are needed", "access", "skipped")
	s.WritePasswords(s.Passwords) // with which the test ends it
}

func TestDoctor_whiteList(t *testing.T) {
	s := start(t, realserver.Config{WhiteList: "writer\n-reader"})
	tells(t, consult(t, s, as("writer")), "access", "ok: ", "writing", "ok: writer may change suites")
	tells(t, consult(t, s, as("reader")), "access", "ok: ", "writing", "warning: reader may look, but not change every suite", "state", "HALTED", "clock", "ok: ")
	tells(t, consult(t, s, as("stranger")), "access", "problem: the server does not answer stranger", "writing", "skipped", "round trip", "skipped")
}

func TestDoctor_http(t *testing.T) {
	if !realserver.Selected(t).AtLeast(5, 14) {
		t.Skip("servers speak HTTP from 5.14 on")
	}
	s := start(t, realserver.Config{HTTP: true})
	tells(t, consult(t, s, nil), "protocol", "ok: HTTP", "access", "ok: ", "writing", "ok: ")
	tells(t, consult(t, s, nil, "ECF_HOST_PROTOCOL"), "protocol", "problem: the server speaks HTTP (it was started with --http)", "access", "ok: ")
	tells(t, consult(t, s, nil, "ECF_HOST_PROTOCOL", "ECF_SSL=1"), "protocol", "problem: the server speaks HTTP without TLS", "access", "skipped")
}

// The program prints a line for each finding, or JSON.
func TestDoctor_program(t *testing.T) {
	s := start(t, realserver.Config{})
	code, out, diagnostics := ecflow("", s.Environment(), "doctor")
	require.Zero(t, code, diagnostics)
	require.Contains(t, out, "ok       access       the server answers "+login(t)+"\n")
	require.NotContains(t, out, "\x1b")
	require.Empty(t, diagnostics)

	code, out, diagnostics = ecflow("", s.Environment(), "doctor", "localhost:1", "--output", "json")
	require.Equal(t, 1, code, diagnostics)
	require.Empty(t, diagnostics)
	var told struct {
		Server, Status string
		Findings       []doctor.Finding
	}
	require.NoError(t, json.Unmarshal([]byte(out), &told))
	require.Equal(t, "localhost:1 problem", told.Server+" "+told.Status)
	require.Len(t, told.Findings, len(doctor.Checks()))
	code, _, _ = ecflow("", s.Environment(), "doctor", "--timeout=0s")
	require.Equal(t, 2, code)
	code, _, _ = ecflow("", s.Environment(), "doctor", "--output=xml")
	require.Equal(t, 2, code)
}
