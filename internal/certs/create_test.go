package certs

import (
	"context"
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

const hidden = "not to be seen"

func create(t *testing.T, r Request) *Made {
	t.Helper()
	if r.Names == nil {
		r.Names = []string{"login1", "login1.example.org", "127.0.0.1", "::1"}
	}
	made, err := Create(r)
	require.NoError(t, err)
	return made
}

func TestCreate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	now := time.Date(2026, 11, 24, 12, 0, 0, 500, time.UTC)
	made := create(t, Request{Dir: dir, Days: 30, Phrase: hidden, Now: now})
	c := made.Certificate
	require.Equal(t, "login1", c.Subject.CommonName)
	require.Equal(t, []string{"login1", "login1.example.org"}, c.DNSNames)
	require.Len(t, c.IPAddresses, 2)
	require.Equal(t, now.Truncate(time.Second).AddDate(0, 0, 30), c.NotAfter)
	require.False(t, c.IsCA)
	require.Equal(t, 3, c.Version)
	require.NoError(t, c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature))
	pool := x509.NewCertPool()
	pool.AddCert(c)
	for _, name := range []string{"login1", "login1.example.org", "127.0.0.1", "::1"} {
		_, err := c.Verify(x509.VerifyOptions{Roots: pool, DNSName: name, CurrentTime: now})
		require.NoError(t, err, name)
	}

	pair, err := Load(made.Files)
	require.NoError(t, err)
	require.True(t, pair.Chain[0].Equal(c))
	require.NotEmpty(t, pair.TLS().Certificate)
	text, err := os.ReadFile(made.Files.Phrase)
	require.NoError(t, err)
	require.Equal(t, hidden+"\n", string(text))

	_, err = Create(Request{Dir: dir, Names: []string{"x"}})
	require.ErrorIs(t, err, fs.ErrExist)
	again := create(t, Request{Dir: dir, Overwrite: true})
	require.True(t, again.KeptGroup)
	require.NoFileExists(t, again.Files.Phrase)
	require.NotEqual(t, c.SerialNumber, again.Certificate.SerialNumber)
}

// A group that is too small is not kept, and not replaced without being told to.
func TestCreate_smallGroup(t *testing.T) {
	dir := t.TempDir()
	group := filepath.Join(dir, "dh2048.pem")
	require.NoError(t, os.WriteFile(group, sample(t, "dh1024.pem"), 0o644))
	_, err := Create(Request{Dir: dir, Names: []string{"x"}})
	require.ErrorIs(t, err, fs.ErrExist)
	require.NoFileExists(t, filepath.Join(dir, "server.key"))
	require.False(t, create(t, Request{Dir: dir, Overwrite: true}).KeptGroup)
}

func TestCreate_refused(t *testing.T) {
	for name, r := range map[string]Request{
		"no name":         {},
		"bad name":        {Names: []string{"a b"}},
		"empty label":     {Names: []string{"a..b"}},
		"long name":       {CommonName: strings.Repeat("x", 65)},
		"control":         {CommonName: "a\nb"},
		"days":            {CommonName: "a", Days: -1},
		"many days":       {CommonName: "a", Days: maxDays + 1},
		"short phrase":    {CommonName: "a", Phrase: "abc"},
		"long phrase":     {CommonName: "a", Phrase: strings.Repeat("x", maxPhrase+1)},
		"phrase of lines": {CommonName: "a", Phrase: "one\ntwo"},
		"kind":            {CommonName: "a", Key: "dsa"},
	} {
		r.Dir = filepath.Join(t.TempDir(), "none")
		_, err := Create(r)
		require.ErrorIs(t, err, fault.Argument, name)
		require.NoDirExists(t, r.Dir, name)
		if r.Phrase != "" {
			require.NotContains(t, err.Error(), r.Phrase)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := Create(Request{Dir: file, CommonName: "a"})
	require.ErrorIs(t, err, fault.Config)
}

func TestBaseOf(t *testing.T) {
	base, err := BaseOf("localhost", "3141", "login1")
	require.NoError(t, err)
	require.Equal(t, "login1.3141", base)
	for _, c := range [][2]string{{"", "1"}, {"a", ""}, {"../a", "1"}, {"a", "1/2"}, {".a", "1"}, {"a b", "1"}} {
		_, err := BaseOf(c[0], c[1], "")
		require.ErrorIs(t, err, fault.Argument, c)
	}
	require.Equal(t, FilesIn("d", "server"), FilesOf("d/server.crt"))
	require.Equal(t, Files{Key: "d/h.1.key", Certificate: "d/h.1.crt", Group: "d/h.1.pem", Phrase: "d/h.1.passwd"}, FilesOf("d/h.1.crt"))
	require.Equal(t, filepath.Join("d", "dh2048.pem"), FilesIn("d", "server").Group)
}

func TestParseFingerprint(t *testing.T) {
	c, err := parseCertificates(sample(t, "plain.crt"))
	require.NoError(t, err)
	want := Fingerprint(c[0])
	bare := strings.TrimPrefix(want, "SHA256:")
	for _, text := range []string{want, bare, strings.ToLower(want), strings.ReplaceAll(bare, ":", ""), " " + want + "\n", "sha256 Fingerprint=" + bare} {
		got, err := ParseFingerprint(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "SHA256:", bare[:90], bare + ":00", "MD5:" + bare, strings.Repeat("x", 64)} {
		_, err := ParseFingerprint(text)
		require.ErrorIs(t, err, fault.Argument, text)
	}
}

func TestNamesOf(t *testing.T) {
	ctx, done := context.WithCancel(context.Background())
	done() // whatever the resolver, it is not asked
	require.Equal(t, []string{"login1", "localhost", "127.0.0.1", "::1"}, NamesOf(ctx, "login1"))
	require.Equal(t, []string{"localhost", "127.0.0.1", "::1"}, NamesOf(ctx, "localhost"))
	require.NotEmpty(t, LocalNames(ctx))
}

func TestLoad_refused(t *testing.T) {
	for name, spoil := range map[string]func(Files) error{
		"no certificate": func(f Files) error { return os.Remove(f.Certificate) },
		"no key":         func(f Files) error { return os.Remove(f.Key) },
		"no phrase":      func(f Files) error { return os.Remove(f.Phrase) },
		"wrong phrase":   func(f Files) error { return os.WriteFile(f.Phrase, []byte(hidden+"\r\n"), 0o600) },
		"phrase a directory": func(f Files) error {
			return errors.Join(os.Remove(f.Phrase), os.Mkdir(f.Phrase, 0o700))
		},
		"another key": func(f Files) error { return os.WriteFile(f.Key, sample(t, "plain-sec1.pem"), 0o600) },
		"empty key":   func(f Files) error { return os.WriteFile(f.Key, nil, 0o600) },
		"empty":       func(f Files) error { return os.WriteFile(f.Certificate, nil, 0o600) },
		"damaged": func(f Files) error {
			return os.WriteFile(f.Certificate, []byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"), 0o600)
		},
	} {
		files := create(t, Request{Dir: t.TempDir(), Phrase: hidden}).Files
		require.NoError(t, spoil(files))
		_, err := Load(files)
		require.ErrorIs(t, err, fault.TLS, name)
		require.NotContains(t, err.Error(), hidden)
	}
}
