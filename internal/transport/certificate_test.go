package transport

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

// The names expected are those that get_certificate() of the original 5.19.0
// gave for the same files and settings.
func TestFindCertificate(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		sel   CertificateSelection
		want  string // empty: missing
	}{
		"shared":                        {[]string{"server.crt", "vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3141"}, "server.crt"},
		"shared, value 1":               {[]string{"server.crt", "vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3141", Value: "1"}, "server.crt"},
		"own":                           {[]string{"vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3141"}, "vm.3141.crt"},
		"own, value 1":                  {[]string{"vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3141", Value: "1"}, "vm.3141.crt"},
		"own by value":                  {[]string{"server.crt", "vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3141", Value: "vm.3141"}, "vm.3141.crt"},
		"value is any text":             {[]string{"server.crt", "vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3141", Value: "zzz"}, "vm.3141.crt"},
		"value 1 with a blank":          {[]string{"server.crt"}, CertificateSelection{Host: "vm", Port: "3141", Value: " 1"}, ""},
		"value, shared only":            {[]string{"server.crt"}, CertificateSelection{Host: "vm", Port: "3141", Value: "vm.3141"}, ""},
		"localhost":                     {[]string{"vm.3141.crt"}, CertificateSelection{Host: "localhost", Port: "3141", LocalHost: "vm"}, "vm.3141.crt"},
		"localhost is never looked for": {[]string{"localhost.3141.crt"}, CertificateSelection{Host: "localhost", Port: "3141", LocalHost: "vm"}, ""},
		"address is not replaced":       {[]string{"vm.3141.crt"}, CertificateSelection{Host: "127.0.0.1", Port: "3141", LocalHost: "vm"}, ""},
		"other port":                    {[]string{"vm.3141.crt"}, CertificateSelection{Host: "vm", Port: "3142"}, ""},
		"nothing there":                 {nil, CertificateSelection{Host: "vm", Port: "3141"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range c.files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, file), nil, 0o600))
			}
			for _, end := range []string{"", "/"} {
				c.sel.Dir = dir + end
				path, err := FindCertificate(c.sel)
				if c.want != "" {
					require.NoError(t, err)
					require.Equal(t, filepath.Join(dir, c.want), path)
					continue
				}
				require.ErrorIs(t, err, fault.TLSMissing)
				require.Empty(t, path)
			}
		})
	}
}

func TestFindCertificate_saysWhereItLooked(t *testing.T) {
	_, err := FindCertificate(CertificateSelection{Dir: "/no/such/dir", Host: "vm", Port: "3141"})
	require.Contains(t, err.Error(), "/no/such/dir/server.crt")
	require.Contains(t, err.Error(), "/no/such/dir/vm.3141.crt")
	require.Contains(t, err.Error(), "ecflow certs new")
	require.ErrorIs(t, err, os.ErrNotExist)

	_, err = FindCertificate(CertificateSelection{Dir: "/no/such/dir", Host: "vm", Port: "3141", Value: "x"})
	require.NotContains(t, err.Error(), "/server.crt")

	file := writeFile(t, nil)
	_, err = FindCertificate(CertificateSelection{Dir: file, Host: "vm", Port: "3141"})
	require.Contains(t, err.Error(), "not a directory")
}
