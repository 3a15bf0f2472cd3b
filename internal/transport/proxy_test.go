package transport

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

func TestParseProxy(t *testing.T) {
	for text, want := range map[string]string{
		"socks5://h":                     "socks5://h:1080",
		"SOCKS5H://u:secret@h:99":        "socks5h://h:99",
		"http://u:secret@h:3128/":        "http://h:3128",
		"http://u@h":                     "http://h:1080",
		"https://h":                      "https://h:443",
		" h:8080\n":                      "http://h:8080",
		"u:secret@h:8080":                "http://h:8080",
		"socks5h://[::1]:7":              "socks5h://[::1]:7",
		"socks5h://u:secret%2F%40x@h:99": "socks5h://h:99",
	} {
		p, err := ParseProxy(text)
		require.NoError(t, err, text)
		require.Equal(t, want, p.String())
		for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
			require.NotContains(t, fmt.Sprintf(format, p)+fmt.Sprintf(format, *p), "secret")
		}
	}
	p, err := ParseProxy("socks5h://u:secret%2F%40x@h:99")
	require.NoError(t, err)
	user, password := p.login()
	require.Equal(t, "u secret/@x", user+" "+password)
}

func TestParseProxy_bad(t *testing.T) {
	for _, text := range []string{
		"", "://", "socks5://", "socks5://:1080", "socks4://h", "socks://h", "ftp://u:secret@h", "http://h:port", "http://[::1", "http://h:0", "http://h:65536", "http://h:99999999999999999999",
		"socks5h://u:secret/x@h:1", "socks5h://u:secret?x@h:1", "socks5h://u:secret#x@h:1", "socks5h://u:1234/secret@h:1", "socks5h://u:1234?secret@h",
		"socks5h://u:1234#secret@h", "socks5h://u:%zzsecret@h", "socks5://u:secret@h:x", "http://u:secret@h\x01", "http://a b:secret@h", "socks5://u@h",
		"socks5://:secret@h", "socks5://u:secret" + strings.Repeat("x", 250) + "@h",
	} {
		_, err := ParseProxy(text)
		require.ErrorIs(t, err, fault.Config, text)
		require.NotContains(t, err.Error(), "secret")
		require.Contains(t, err.Error(), "ECF_PROXY")
	}
}

func FuzzParseProxy(f *testing.F) {
	f.Add("socks5h://u:secret@h:1080")
	f.Add("http://[fe80::1%25eth0]:1")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParseProxy(text)
		if err != nil {
			require.ErrorIs(t, err, fault.Config)
			return
		}
		require.NotEmpty(t, p.at.Host)
		require.NotEmpty(t, p.at.Port)
		_ = Direct(text, text)
	})
}

func TestDirect(t *testing.T) {
	for _, c := range []struct {
		host, noProxy string
		want          bool
	}{
		{"h", "", false},
		{"localhost", "", true},
		{"LocalHost", "", true},
		{"127.0.0.1", "", true},
		{"127.9.9.9", "", true},
		{"::1", "", true},
		{"[::1]", "", true},
		{"::ffff:127.0.0.1", "", true},
		{"localhost.example", "", false},
		{"h", "*", true},
		{"h", " * ", true},
		{"h", "a,*", false}, // as curl: alone it means all
		{"h.example.org", "example.org", true},
		{"h.example.org", ".example.org", true},
		{"h.example.org", "EXAMPLE.ORG.", true},
		{"h.example.org.", "example.org", true},
		{"example.org", ".example.org", true},
		{"notexample.org", "example.org", false},
		{"h", "a, h", true},
		{"h", "a h", true},
		{"h", ",.,,", false},
		{"10.1.2.3", "10.1.2.3", true},
		{"10.1.2.3", "10.0.0.0/8", true},
		{"10.1.2.3", "11.0.0.0/8", false},
		{"10.1.2.3", "2.3", false}, // no name
		{"fd00::1", "fd00::/8", true},
		{"fd00::1", "[fd00::1]", true},
		{"::ffff:10.1.2.3", "10.0.0.0/8", true},
		{"fe80::1%eth0", "fe80::/10", true},
		{"10.example", "10.0.0.0/8", false},
	} {
		require.Equal(t, c.want, Direct(c.host, c.noProxy), "%+v", c)
	}
}
