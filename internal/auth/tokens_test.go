package auth

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

const bearer = `{"type": "bearer", "server": %q, "api": {"url": "http://x", "key": %q, "email": "me@x"}}`

func readTokens(t *testing.T, content string) (*TokenFile, error) {
	t.Helper()
	return ReadTokenFile(write(t, content))
}

func TestTokenFile_lookup(t *testing.T) {
	file, err := readTokens(t, `{"version": 1, "more": [], "tokens": [
		{"type": "other", "server": 7},
		`+fmt.Sprintf(bearer, `http://one:8080`, "key1")+`,
		`+fmt.Sprintf(bearer, `https?:\/\/(a|b)\.example:\d+`, "key2")+`,
		{"type": "basic", "server": "http://two:.*", "api": {"username": "Aladdin", "password": "open sesame"}},
		`+fmt.Sprintf(bearer, `.*`, "key3")+`]}`)
	require.NoError(t, err)
	require.Empty(t, file.Warnings())
	for server, want := range map[string]string{
		"http://one:8080":      "Bearer key1",
		"http://one:80801":     "Bearer key3", // all of it must match
		"xhttp://one:8080":     "Bearer key3",
		"https://a.example:1":  "Bearer key2",
		"http://b.example:443": "Bearer key2",
		"http://bxexample:443": "Bearer key3",
		"http://two:1":         "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", // example of RFC 7617
	} {
		header, ok, err := file.Lookup(server)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, want, header, server)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		require.NotContains(t, fmt.Sprintf(verb, *file)+fmt.Sprintf(verb, file), "key1")
	}
}

func TestTokenFile_noMatch(t *testing.T) {
	for _, content := range []string{
		`{"version": 1}`, `{"version": 1, "tokens": null}`, `{"version": 1, "tokens": []}`,
		`{"version": 1, "tokens": [` + fmt.Sprintf(bearer, "http://one:1", "k") + `]}`,
	} {
		file, err := readTokens(t, content)
		require.NoError(t, err, content)
		_, ok, err := file.Lookup("http://one:2")
		require.NoError(t, err)
		require.False(t, ok)
	}
}

func TestTokenFile_expressions(t *testing.T) {
	for pattern, kind := range map[string]fault.Kind{
		`http://(?!bad).*`: fault.Unsupported,
		`http://(?=a)a.*`:  fault.Unsupported,
		`(h)\1`:            fault.Unsupported,
		`a)(b`:             fault.Config,
		`[`:                fault.Config,
		`*`:                fault.Config,
	} {
		file, err := readTokens(t, `{"version": 1, "tokens": [`+
			fmt.Sprintf(bearer, "http://first:1", "k")+","+fmt.Sprintf(bearer, pattern, "hushhush")+`]}`)
		require.NoError(t, err)
		header, ok, err := file.Lookup("http://first:1")
		require.NoError(t, err, "an entry after the match is not looked at")
		require.True(t, ok)
		require.Equal(t, "Bearer k", header)
		_, ok, err = file.Lookup("http://second:1")
		require.False(t, ok)
		require.Equal(t, kind, fault.KindOf(err), "%s: %v", pattern, err)
		require.ErrorContains(t, err, "token 2")
		require.ErrorContains(t, err, file.Path())
		require.NotContains(t, err.Error(), "hush")
	}
}

func TestReadTokenFile_faults(t *testing.T) {
	for content, want := range map[string]string{
		``:      "not valid JSON",
		"{\n\n": ":3: is not valid JSON",
		`{"version": 1, "tokens": [{"type": "bearer" "hushhush"}]}`: "not valid JSON",
		"\xff":                                   "not UTF-8",
		`[]`:                                     "version",
		`{}`:                                     "version",
		`{"version": "1", "tokens": []}`:         "version",
		`{"version": 2, "tokens": []}`:           "version",
		`{"version": 1, "tokens": {}}`:           "not a list",
		`{"version": 1, "tokens": ["hushhush"]}`: "token 1: is not an object",
		`{"version": 1, "tokens": [{"type": "bearer", "api": {"key": "hushhush"}}]}`:                    `"server" is missing`,
		`{"version": 1, "tokens": [{"type": "bearer", "server": "a"}]}`:                                 `"key" is missing`,
		`{"version": 1, "tokens": [{"type": "bearer", "server": "a", "api": {"key": 1}}]}`:              `"key" is missing or not a string`,
		`{"version": 1, "tokens": [{"type": "basic", "server": "a", "api": {"password": "hushhush"}}]}`: `"username" is missing`,
		`{"version": 1, "tokens": [` + fmt.Sprintf(bearer, "a", "hush\r\nX-Auth-Username: root") + `]}`: "control character",
	} {
		_, err := readTokens(t, content)
		require.ErrorIs(t, err, fault.Config, content)
		require.ErrorContains(t, err, want)
		require.NotContains(t, fmt.Sprintf("%+v", err), "hush")
	}
	_, err := ReadTokenFile(filepath.Join(t.TempDir(), "missing"))
	require.ErrorIs(t, err, fault.NotFound)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestTokenFile_readableByOthers(t *testing.T) {
	path := write(t, `{"version": 1}`)
	require.NoError(t, os.Chmod(path, 0o644)) //nolint:gosec // what is to be warned about
	file, err := ReadTokenFile(path)
	require.NoError(t, err)
	require.Equal(t, WarnWorldReadable, file.Warnings()[0].ID)
}

func TestTokenFilePath(t *testing.T) {
	home := t.TempDir()
	env := map[string]string{}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	require.Equal(t, ".ecflowapirc", TokenFilePath(lookup))
	env["HOME"] = home
	require.Equal(t, ".ecflowapirc", TokenFilePath(lookup))
	require.NoError(t, os.WriteFile(home+"/.ecflowapirc", nil, 0o600))
	require.Equal(t, home+"/.ecflowapirc", TokenFilePath(lookup))
	env["ECF_AUTHTOKENS"] = "mine"
	require.Equal(t, "mine", TokenFilePath(lookup))
}

func FuzzTokenFile(f *testing.F) {
	f.Add([]byte(`{"version": 1, "tokens": [` + fmt.Sprintf(bearer, "http://a:1", "key") + `]}`))
	f.Add([]byte(`{"version": 1, "tokens": [{"type": "basic", "server": "(", "api": {"username": "u", "password": "p"}}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := parseTokenFile("f", content)
		if err != nil {
			require.ErrorIs(t, err, fault.Config)
			return
		}
		header, ok, err := file.Lookup("http://a:1")
		require.Equal(t, ok, header != "")
		if err != nil {
			require.False(t, ok)
		}
	})
}
