package realserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// MakeCertificate makes key, certificate, DH group and pass phrase file NAME.*
// in a directory with openssl, as the original's documentation tells.
//
// Differences from its letter: 2048 bits, since OpenSSL 3 refuses 1024, and the
// DH group of RFC 7919, which takes no time.
func MakeCertificate(t testing.TB, directory, name, commonName string) {
	t.Helper()
	require(t, os.MkdirAll(directory, 0o700))
	file := func(extension string) string { return filepath.Join(directory, name+extension) }
	require(t, os.WriteFile(file(".passwd"), []byte("a pass phrase\n"), 0o600))
	phrase := "file:" + file(".passwd")
	group := file(".pem")
	if name == "server" {
		group = filepath.Join(directory, "dh2048.pem")
	}
	for _, arguments := range [][]string{
		{"genrsa", "-des3", "-passout", phrase, "-out", file(".key"), "2048"},
		{"req", "-new", "-key", file(".key"), "-passin", phrase, "-subj", "/CN=" + commonName, "-out", file(".csr")},
		{"x509", "-req", "-days", "365", "-in", file(".csr"), "-signkey", file(".key"), "-passin", phrase, "-out", file(".crt")},
		{"genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", group},
	} {
		if out, err := exec.Command("openssl", arguments...).CombinedOutput(); err != nil {
			t.Fatalf("openssl %s: %v\n%s", arguments[0], err, out)
		}
	}
}

// OpenKey takes the pass phrase from NAME.key, and its file away, as documented.
func OpenKey(t testing.TB, directory, name string) {
	t.Helper()
	key, phrase := filepath.Join(directory, name+".key"), filepath.Join(directory, name+".passwd")
	out, err := exec.Command("openssl", "rsa", "-in", key, "-passin", "file:"+phrase, "-out", key+".open").CombinedOutput()
	if err != nil {
		t.Fatalf("openssl rsa: %v\n%s", err, out)
	}
	require(t, os.Rename(key+".open", key))
	require(t, os.Remove(phrase))
}

func require(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
