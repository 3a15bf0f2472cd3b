package access

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// recorded is what an original server answered: testdata/README.md.
type recorded struct {
	Kind, Name, By, Answer, Output string
	File, Then                     *string
	Custom                         bool
	Exit                           *int
	Given                          map[string]string
	Lists                          *string
	Load                           string
	Probes                         []probe
	Asks                           []ask
	Fields                         json.RawMessage
	Allowed                        []string
	Refusal                        map[string]string
}

type probe struct {
	User    string
	Write   bool
	Paths   []string
	Refusal string
}

type ask struct {
	User, Token   string
	Custom        bool
	Refusal, Ping string
}

func recordings(t *testing.T, version string) []recorded {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", version+".jsonl.gz"))
	require.NoError(t, err)
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	require.NoError(t, err)
	var all []recorded
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one recorded
		require.NoError(t, json.Unmarshal(lines.Bytes(), &one))
		all = append(all, one)
	}
	require.NoError(t, lines.Err())
	require.Greater(t, len(all), 200)
	return all
}

const (
	host  = "login7"
	port  = 23456
	admin = "ADMIN"
)

// desk is a directory with the files of a server that is tried.
type desk struct {
	t   *testing.T
	dir string
	Config
	warned []string
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, dir: t.TempDir()}
	d.Config = Config{
		Host: host, Port: port, Dir: d.dir, Admin: func() string { return admin },
		Passwords: own("passwd"), CustomPasswords: own("custom_passwd"), WhiteList: own("lists"),
		Warn: func(text string) { d.warned = append(d.warned, text) },
	}
	return d
}

func own(kind string) string { return host + "." + strconv.Itoa(port) + ".ecf." + kind }

func (d *desk) write(name string, text *string) {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if text == nil {
		_ = os.Remove(path)
		return
	}
	require.NoError(d.t, os.WriteFile(path, []byte(d.place(*text)), 0o600))
}

func (d *desk) place(text string) string {
	return strings.NewReplacer("PORT", strconv.Itoa(port), "HOST", host, "DIR", d.dir).Replace(text)
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(strings.TrimPrefix(err.Error(), "ecflow: "), "read who may do what: ")
}

func firstLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// meantLists are lists that mean another thing here: what users may do then, by the probes that are refused here alone.
var meantLists = map[string]string{
	"everybody reads":            "-* means that everybody reads; the original lets everybody write then",
	"everybody reads, one reads": "the same",
	"everybody reads the root":   "the same",
}

func TestWhiteList_asTheOriginal(t *testing.T) {
	n := 0
	for _, r := range recordings(t, "5.19.0") {
		if r.Kind != "list" {
			continue
		}
		n++
		t.Run(r.Name, func(t *testing.T) {
			d := newDesk(t)
			d.write(d.WhiteList, r.File)
			more, versioned := "bill /o\n", "4.4.14\nbill /o\n"
			d.write("more", &more)
			d.write("versioned", &versioned)
			a, err := Open(d.Config)
			if r.Exit != nil {
				require.Error(t, err)
				require.Contains(t, d.place(r.Output), firstLine(message(err)))
				return
			}
			require.NoError(t, err)
			if _, meant := meantLists[r.Name]; meant {
				for _, p := range r.Probes {
					err := a.Authorise(&Request{User: p.User, Write: p.Write, Paths: p.Paths})
					require.Equal(t, p.Write && p.User != admin, err != nil, "%v", p)
				}
				return
			}
			for _, p := range r.Probes {
				require.Equal(t, p.Refusal, message(a.Authorise(&Request{User: p.User, Write: p.Write, Paths: whole(p.Paths)})), "%v", p)
			}
		})
	}
	require.Greater(t, n, 60)
}

// whole is what the engine makes of no paths.
func whole(paths []string) []string {
	if len(paths) == 0 {
		return []string{"/"}
	}
	return paths
}

func TestReloadLists_asTheOriginal(t *testing.T) {
	n := 0
	for _, r := range recordings(t, "5.19.0") {
		if r.Kind != "reload" {
			continue
		}
		n++
		t.Run(r.Name, func(t *testing.T) {
			d := newDesk(t)
			d.write(d.WhiteList, r.File)
			a, err := Open(d.Config)
			require.NoError(t, err)
			d.write(d.WhiteList, r.Then)
			answer := message(a.Authorise(&Request{User: r.By, Write: true}))
			if answer == "" {
				answer = message(a.ReloadLists())
			}
			want := strings.TrimPrefix(d.place(r.Answer), "error: ")
			if r.Answer == "StcCmd" {
				want = ""
			}
			require.Equal(t, firstLine(want), firstLine(answer))
			if strings.HasPrefix(r.Answer, "error: ") {
				// The original throws the old list away before it reads the new one. Here the old one holds.
				require.NoError(t, os.WriteFile(filepath.Join(d.dir, "old"), []byte(*r.File), 0o600))
				old := d.Config
				old.WhiteList = "old"
				before, err := Open(old)
				require.NoError(t, err)
				for _, p := range r.Probes {
					q := &Request{User: p.User, Write: p.Write, Paths: whole(p.Paths)}
					require.Equal(t, before.Authorise(q), a.Authorise(q))
				}
				return
			}
			for _, p := range r.Probes {
				require.Equal(t, p.Refusal, message(a.Authorise(&Request{User: p.User, Write: p.Write, Paths: whole(p.Paths)})), "%v", p)
			}
		})
	}
	require.GreaterOrEqual(t, n, 10)
}

// meantAsks are users for whom the answer is another one here.
func meantAsk(r recorded, a ask) (refused, meant bool) {
	switch {
	case a.User == "j-doe" && strings.HasPrefix(a.Token, "*") && strings.Contains(r.Name, "no salt"):
		return true, true // any password would do
	case a.Custom && a.Token == "" && r.Kind != "none" && a.Refusal == "":
		return true, true // nobody is custom by his own word where others need passwords
	case strings.Contains(r.Name, "first line of a user counts") && a.User == "fred" && a.Custom == (r.Kind == "custom"):
		return a.Token != "frrkUcE9qDkFs", true // the line for this server counts
	}
	return false, false
}

func TestPasswords_asTheOriginal(t *testing.T) {
	n := 0
	for _, r := range recordings(t, "5.19.0") {
		if r.Kind != "passwords" && r.Kind != "custom" && r.Kind != "both" && r.Kind != "none" {
			continue
		}
		n++
		t.Run(r.Name, func(t *testing.T) {
			d := newDesk(t)
			switch r.Kind {
			case "passwords":
				d.write(d.Passwords, r.File)
			case "custom":
				d.write(d.CustomPasswords, r.File)
			case "both":
				one, two := "4.5.0\nfred HOST PORT secret\n", "4.5.0\nbob HOST PORT secretpw\n"
				d.write(d.Passwords, &one)
				d.write(d.CustomPasswords, &two)
			}
			a, err := Open(d.Config)
			if r.Exit != nil {
				require.Error(t, err)
				require.Contains(t, d.place(r.Output), firstLine(message(err)))
				require.Contains(t, message(err), host+"."+strconv.Itoa(port))
				require.NotContains(t, message(err), "secret")
				return
			}
			require.NoError(t, err)
			require.Equal(t, r.Name == "passwords: name that is no salt" || r.Name == "custom: name that is no salt", strings.Contains(strings.Join(d.warned, "\n"), "is no salt"))
			checkAsks(t, a, r)
		})
	}
	require.GreaterOrEqual(t, n, 46)
}

func checkAsks(t *testing.T, a *Access, r recorded) {
	t.Helper()
	for _, q := range r.Asks {
		request := &Request{User: q.User, Password: q.Token, Custom: q.Custom}
		got := message(a.Authenticate(request))
		if refused, meant := meantAsk(r, q); meant {
			require.Equal(t, refused, got != "", "%v", q)
		} else {
			require.Equal(t, q.Refusal, got, "%v", q)
		}
		request.Ping = true
		require.Equal(t, q.Ping, message(a.Authenticate(request)))
	}
}

func TestReloadPasswords_asTheOriginal(t *testing.T) {
	n := 0
	for _, r := range recordings(t, "5.19.0") {
		if r.Kind != "reload passwords" {
			continue
		}
		n++
		t.Run(r.Name, func(t *testing.T) {
			d := newDesk(t)
			name, kind := d.Passwords, "passwords"
			if r.Custom {
				name, kind = d.CustomPasswords, "custom"
			}
			d.write(name, r.File)
			a, err := Open(d.Config)
			require.NoError(t, err)
			if r.File != nil || r.Then == nil || *r.Then != "" {
				d.write(name, r.Then)
			}
			answer := message(a.Authenticate(&Request{User: r.By, Password: tokenOf(r), Custom: r.Custom}))
			if answer == "" && r.Custom {
				answer = message(a.ReloadCustomPasswords())
			} else if answer == "" {
				answer = message(a.ReloadPasswords())
			}
			r.Kind = kind
			switch {
			case strings.HasSuffix(r.Name, ": empty"), strings.HasSuffix(r.Name, "nobody for this host"):
				// The original opens itself to everybody, or to those of another server.
				require.Contains(t, answer, "does not contain any users with access on this server")
				require.NoError(t, a.Authenticate(&Request{User: "fred", Password: "frrkUcE9qDkFs", Custom: r.Custom}))
				require.Error(t, a.Authenticate(&Request{User: "mary", Custom: r.Custom}))
			case strings.HasSuffix(r.Name, ": bad"):
				// The original goes on with what it has read so far, and shows the line.
				require.Equal(t, "expected <user> <host> <port> <passwd> # comment", firstLine(answer))
				require.NoError(t, a.Authenticate(&Request{User: "fred", Password: "frrkUcE9qDkFs", Custom: r.Custom}))
			default:
				want := strings.TrimPrefix(d.place(r.Answer), "error: ")
				if r.Answer == "StcCmd" {
					want = ""
				}
				require.Equal(t, want, answer)
				if r.File == nil && r.Then != nil && *r.Then == "" {
					r.Kind = "none"
				}
				checkAsks(t, a, r)
			}
		})
	}
	require.GreaterOrEqual(t, n, 16)
}

func tokenOf(r recorded) string {
	switch {
	case r.File == nil:
		return ""
	case r.By == "bob":
		return "bo2xzGnsDNT5g"
	}
	return "frrkUcE9qDkFs"
}

func TestPermissions_asTheOriginal(t *testing.T) {
	there := map[string]bool{"/": true, "/s": true, "/s/f": true, "/s/f/t": true, "/s/f/u": true, "/sx": true, "/sx/t": true, "/o": true, "/o/t": true}
	n := 0
	for _, r := range recordings(t, "5.19.0") {
		if r.Kind != "permissions" {
			continue
		}
		n++
		t.Run(r.Name, func(t *testing.T) {
			d := newDesk(t)
			d.write(d.WhiteList, r.Lists)
			a, err := Open(d.Config)
			require.NoError(t, err)
			lookup := from(r.Given)
			for _, p := range r.Probes {
				got := message(a.Authorise(&Request{User: p.User, Write: p.Write, Paths: p.Paths, Permissions: lookup}))
				if len(p.Paths) == 1 && !there[strings.TrimSuffix(p.Paths[0], "/")] && !there[p.Paths[0]] && r.Lists == nil {
					// a node that is not there: its parents decide
					require.Equal(t, message(a.Authorise(&Request{User: p.User, Paths: []string{"/"}, Permissions: lookup})), got)
					continue
				}
				require.Equal(t, p.Refusal, got, "%v", p)
			}
		})
	}
	require.GreaterOrEqual(t, n, 20)
}
