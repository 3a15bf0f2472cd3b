package transport

import (
	"bytes"
	"encoding/pem"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

func TestLoadTrust_badFiles(t *testing.T) {
	good := pemOf(selfSigned(t).cert)
	block, _ := pem.Decode(good)
	asType := func(kind string, der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}) }
	for name, c := range map[string]struct {
		data []byte
		text string
	}{
		"empty":            {nil, "is empty"},
		"blank":            {[]byte("\n \t\n"), "is empty"},
		"text":             {[]byte("see the wiki\n"), "no certificate in PEM form"},
		"a key":            {asType("PRIVATE KEY", []byte{0x30, 0}), `no certificate, but "PRIVATE KEY"`},
		"a request":        {asType("CERTIFICATE REQUEST", []byte{0x30, 0}), `no certificate, but "CERTIFICATE REQUEST"`},
		"garbage inside":   {asType("CERTIFICATE", []byte("garbage")), "cannot be read"},
		"cut certificate":  {asType("CERTIFICATE", block.Bytes[:len(block.Bytes)/2]), "cannot be read"},
		"cut text":         {good[:len(good)/2], "damaged PEM block"},
		"no last line":     {bytes.Replace(good, []byte("-----END CERTIFICATE-----\n"), nil, 1), "damaged PEM block"},
		"binary":           {block.Bytes, "DER"},
		"larger than life": {make([]byte, maxTrustFile+1), "too large"},
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, c.data)
			_, err := LoadTrust(path, TrustOptions{})
			require.ErrorIs(t, err, fault.TLSBadFile)
			require.Contains(t, err.Error(), path)
			require.Contains(t, err.Error(), c.text)
		})
	}
	_, err := LoadTrust(t.TempDir(), TrustOptions{})
	require.ErrorIs(t, err, fault.TLSBadFile)
	_, err = LoadTrust(filepath.Join(t.TempDir(), "no.crt"), TrustOptions{})
	require.ErrorIs(t, err, fault.TLSMissing)
	_, err = LoadTrust("", TrustOptions{})
	require.ErrorIs(t, err, fault.TLSMissing)
	if os.Geteuid() != 0 { // root may read everything
		path := writeFile(t, good)
		require.NoError(t, os.Chmod(path, 0))
		_, err = LoadTrust(path, TrustOptions{})
		require.ErrorIs(t, err, fault.TLSBadFile)
	}
}

func TestLoadTrust_goodFiles(t *testing.T) {
	one, two := selfSigned(t), selfSigned(t)
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")})
	bad := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("x")})
	for name, c := range map[string]struct {
		data []byte
		n    int
	}{
		"one":              {pemOf(one.cert), 1},
		"two":              {pemOf(one.cert, two.cert), 2},
		"with text around": {append([]byte("Certificate:\n    Data:\n"), append(pemOf(one.cert), "end"...)...), 1},
		"with DOS lines":   {bytes.ReplaceAll(pemOf(one.cert), []byte("\n"), []byte("\r\n")), 1},
		"no last newline":  {bytes.TrimSpace(pemOf(one.cert)), 1},
		"after a key":      {append(key, pemOf(one.cert)...), 1},
		"after a bad one":  {append(bad, pemOf(one.cert)...), 1},
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, c.data)
			trust, err := LoadTrust(path, TrustOptions{})
			require.NoError(t, err)
			require.Len(t, trust.Fingerprints(), c.n)
			require.Equal(t, fingerprint(one.cert), trust.Fingerprints()[0])
			require.Equal(t, path, trust.Path())
		})
	}
}

// The reference value is what openssl x509 -noout -fingerprint -sha256 prints.
func TestFingerprint_asOpenssl(t *testing.T) {
	want, err := os.ReadFile("testdata/ec.fingerprint")
	require.NoError(t, err)
	require.Equal(t, string(bytes.TrimSpace(want)), load(t, "testdata/ec.crt", TrustOptions{}).Fingerprints()[0])
}

func TestLoadTrust_seesEveryChange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "server.crt")
	for range 20 { // as fast as they come, with equal sizes often
		id := selfSigned(t)
		require.NoError(t, os.WriteFile(path, pemOf(id.cert), 0o600))
		require.Equal(t, fingerprint(id.cert), load(t, path, TrustOptions{}).Fingerprints()[0])
	}
	require.NoError(t, os.Remove(path))
	_, err := LoadTrust(path, TrustOptions{})
	require.ErrorIs(t, err, fault.TLSMissing)
}

func TestLoadTrust_parsesOnce(t *testing.T) {
	padded := func(id *identity) []byte { return append(pemOf(id.cert), make([]byte, 2000)...)[:2000] }
	path := writeFile(t, padded(selfSigned(t)))
	old := time.Now().Add(-time.Hour)
	require.NoError(t, os.Chtimes(path, old, old))
	first := load(t, path, TrustOptions{})
	require.Same(t, first.file, load(t, path, TrustOptions{VerifyHostName: true}).file)

	// Another file under the same name, of the same size and time.
	other := selfSigned(t)
	require.NoError(t, os.WriteFile(path+".new", padded(other), 0o600))
	require.NoError(t, os.Chtimes(path+".new", old, old))
	require.NoError(t, os.Rename(path+".new", path))
	require.Equal(t, fingerprint(other.cert), load(t, path, TrustOptions{}).Fingerprints()[0])

	for range 2 * maxCachedTrust {
		again := writeFile(t, pemOf(other.cert))
		require.NoError(t, os.Chtimes(again, old, old))
		load(t, again, TrustOptions{})
	}
	require.LessOrEqual(t, len(trusted.files), maxCachedTrust)
}

func TestLoadTrust_fromManyGoroutines(t *testing.T) {
	path := writeFile(t, pemOf(selfSigned(t).cert))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				_, err := LoadTrust(path, TrustOptions{})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

func FuzzLoadTrust(f *testing.F) {
	f.Add(pemOf(selfSigned(f).cert))
	f.Add(pemOf(selfSigned(f).cert)[:300])
	for _, name := range []string{"v1.crt", "v1-trusted.crt", "ec.key"} {
		data, err := os.ReadFile("testdata/" + name)
		require.NoError(f, err)
		f.Add(data)
	}
	peer := certs(selfSigned(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parseTrust("some file", data)
		if err != nil {
			require.ErrorIs(t, err, fault.TLSBadFile)
			return
		}
		require.NotEmpty(t, file.certs)
		trust := &Trust{file: file, opts: TrustOptions{VerifyHostName: true}}
		require.NotEmpty(t, trust.Fingerprints())
		require.Error(t, trust.verifyAt(peer, "h", time.Now()), "nothing here vouches for it")
	})
}
