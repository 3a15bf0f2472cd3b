package certs

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

// Each way to spoil the files is told, as an error or a warning.
func TestExamine_problems(t *testing.T) {
	now := time.Now()
	put := func(data string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(data), 0o600) }
	}
	mode := func(m fs.FileMode) func(string) error {
		return func(path string) error { return os.Chmod(path, m) }
	}
	for name, c := range map[string]struct {
		extension string // of the file to spoil, in a pair of login1.3141
		spoil     func(string) error
		days      int
		warning   bool
		text      string
	}{
		"nothing":             {},
		"soon":                {days: 20, warning: true, text: "in 20 days"},
		"expired":             {days: 1, text: "expired on"},
		"no phrase":           {extension: ".passwd", spoil: os.Remove, text: "there is no "},
		"wrong phrase":        {extension: ".passwd", spoil: put("other\n"), text: "is not that of"},
		"phrase for all":      {extension: ".passwd", spoil: mode(0o644), warning: true, text: "mode 0644"},
		"key for the group":   {extension: ".key", spoil: mode(0o640), warning: true, text: "mode 0640"},
		"certificate for all": {extension: ".crt", spoil: mode(0o666), warning: true, text: "can change it"},
		"another key":         {extension: ".key", spoil: put(string(sample(t, "plain-sec1.pem"))), text: "the key is not that of"},
		"unknown encryption":  {extension: ".key", spoil: put(string(sample(t, "unknown-scrypt.pem"))), warning: true, text: "not known here"},
		"no key in the file":  {extension: ".key", spoil: put("x"), text: "no private key"},
		"no group":            {extension: ".pem", spoil: os.Remove, text: "no Diffie-Hellman group"},
		"small group":         {extension: ".pem", spoil: put(string(sample(t, "dh1024.pem"))), text: "1024 bits"},
		"no group in it":      {extension: ".pem", spoil: put("x"), text: "no Diffie-Hellman group in"},
		"no certificate":      {extension: ".crt", spoil: put("x"), text: "no certificate in"},
		"damaged":             {extension: ".crt", spoil: put("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"), text: "damaged"},
		"key in certificate":  {extension: ".crt", spoil: put(string(sample(t, "plain.crt")) + string(sample(t, "plain-sec1.pem"))), text: "given to clients"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{Dir: t.TempDir(), Base: "login1.3141", Phrase: hidden, Days: 365, Now: now}
			at := now
			switch c.days {
			case 20:
				at = now.AddDate(0, 0, 365-20).Add(-time.Hour)
			case 1:
				at = now.AddDate(0, 0, 366)
			}
			files := create(t, r).Files
			if c.spoil != nil {
				require.NoError(t, c.spoil(strings.TrimSuffix(files.Key, ".key")+c.extension))
			}
			reports, err := Examine(r.Dir, at)
			require.NoError(t, err)
			require.Len(t, reports, 1)
			require.NotNil(t, reports[0].Key)
			if c.text == "" {
				require.Empty(t, reports[0].Problems)
				require.True(t, *reports[0].Key.Matches)
				require.True(t, reports[0].Key.Encrypted)
				return
			}
			found := false
			for _, p := range reports[0].Problems {
				if strings.Contains(p.Text, c.text) {
					found = true
					require.Equal(t, c.warning, p.Warning)
				}
				require.NotContains(t, p.Text+p.Hint, hidden)
			}
			require.True(t, found, "%+v", reports[0].Problems)
			require.Equal(t, !c.warning, reports[0].Bad())
		})
	}
}

func TestExamine_places(t *testing.T) {
	dir := t.TempDir()
	_, err := Examine(dir, time.Now())
	require.ErrorIs(t, err, fault.TLSMissing)
	_, err = Examine(filepath.Join(dir, "none.crt"), time.Now())
	require.ErrorIs(t, err, fault.TLSMissing)

	files := create(t, Request{Dir: dir}).Files
	require.NoError(t, os.WriteFile(filepath.Join(dir, "other.1.crt"), sample(t, "plain.crt"), 0o644)) // as on a client
	require.NoError(t, os.WriteFile(filepath.Join(dir, "alone.key"), sample(t, "plain-sec1.pem"), 0o600))
	reports, err := Examine(dir, time.Now())
	require.NoError(t, err)
	require.Len(t, reports, 3)
	require.Equal(t, "other.1.crt", filepath.Base(reports[0].Path))
	require.Nil(t, reports[0].Key)
	require.False(t, reports[0].Bad())
	require.False(t, reports[1].Bad())
	require.Equal(t, "alone.key", filepath.Base(reports[2].Path))
	require.True(t, reports[2].Bad())

	for _, path := range []string{files.Certificate, files.Key} {
		reports, err = Examine(path, time.Now())
		require.NoError(t, err)
		require.Len(t, reports, 1)
		require.Equal(t, files.Certificate, reports[0].Path)
		require.True(t, *reports[0].Key.Matches)
	}
	copied := filepath.Join(dir, "copy.txt")
	require.NoError(t, os.WriteFile(copied, sample(t, "plain.crt"), 0o600))
	reports, err = Examine(copied, time.Now())
	require.NoError(t, err)
	require.Equal(t, copied, reports[0].Path)
	require.Len(t, reports[0].Certificates, 1)
}
