package access

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/stretchr/testify/require"
)

func text(s string) *string { return &s }

func token(t *testing.T, user, password string) string {
	t.Helper()
	made, err := auth.Crypt(user, password)
	require.NoError(t, err)
	return made
}

func TestOpen_noFiles(t *testing.T) {
	a, err := Open(newDesk(t).Config)
	require.NoError(t, err)
	require.NoError(t, a.Authenticate(&Request{User: "anybody"}))
	require.NoError(t, a.Authorise(&Request{User: "anybody", Write: true}))
	require.ErrorIs(t, a.Authenticate(&Request{User: "anybody", Password: "frrkUcE9qDkFs"}), fault.Auth) // a password, and nothing to compare it with
}

// The names of every server need no files; one that was given is told of when there is none.
func TestOpen_namedFileIsMissing(t *testing.T) {
	d := newDesk(t)
	_, err := Open(d.Config)
	require.NoError(t, err)
	require.Empty(t, d.warned)
	d.Passwords = "mine"
	_, err = Open(d.Config)
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(d.dir, "mine") + " does not exist: nobody is refused for what it should say"}, d.warned)
}

func TestOpen_refusesInOneLineWithTheFile(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"nobody for this server": {own("passwd"): "4.5.0\nfred other 1 secret\n"},
		"custom":                 {own("custom_passwd"): "4.5.0\nfred other 1 secret\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			for file, content := range files {
				d.write(file, &content)
			}
			_, err := Open(d.Config)
			require.ErrorIs(t, err, fault.Config)
			for file := range files {
				require.Contains(t, firstLine(message(err)), file)
			}
		})
	}
	t.Run("directory", func(t *testing.T) {
		d := newDesk(t)
		require.NoError(t, os.Mkdir(filepath.Join(d.dir, d.Passwords), 0o700))
		_, err := Open(d.Config)
		require.ErrorContains(t, err, "Could not open file specified by ECF_PASSWD/ECF_CUSTOM_PASSWD "+d.Passwords+" (Is a directory)")
	})
}

// The same password file serves several servers: each takes the lines for itself.
func TestPasswords_fileOfManyServers(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\nfred other 3141 elsewhere\nfred HOST PORT here\nbob localhost PORT local\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	require.NoError(t, a.Authenticate(&Request{User: "fred", Password: token(t, "fred", "here")}))
	require.Error(t, a.Authenticate(&Request{User: "fred", Password: token(t, "fred", "elsewhere")}))
	require.NoError(t, a.Authenticate(&Request{User: "bob", Password: token(t, "bob", "local")})) // no line for this server: the first one
}

func TestPasswords_namesThatAreNoSalt(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\nj-doe HOST PORT secret1\n*0 HOST PORT secret2\n$1$abc HOST PORT secret3\nab HOST PORT "+strings.Repeat("x", 600)+"\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	told := strings.Join(d.warned, "\n")
	for _, user := range []string{"j-doe", "*0", "$1$abc", "ab"} {
		require.Contains(t, told, fmt.Sprintf("user %q is refused", user))
		for _, sent := range []string{"", "*0", "*1"} {
			require.Error(t, a.Authenticate(&Request{User: user, Password: sent}))
		}
	}
	require.NotContains(t, told, "secret")
	d.warned = nil
	require.Error(t, a.Authenticate(&Request{User: "j-doe", Password: "*0"}))
	require.Empty(t, d.warned) // told once
}

// A name that asks for seconds of work holds up neither the start nor others.
func TestPasswords_slowNames(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\n_zzz/salt HOST PORT secret\nfred HOST PORT secret\n"))
	began := time.Now()
	a, err := Open(d.Config)
	require.NoError(t, err)
	slow := make(chan error, 1)
	go func() { slow <- a.Authenticate(&Request{User: "_zzz/salt", Password: "x"}) }()
	for range 100 {
		require.NoError(t, a.Authenticate(&Request{User: "fred", Password: token(t, "fred", "secret")}))
	}
	require.Less(t, time.Since(began), 2*time.Second)
	require.Error(t, <-slow)
}

func TestAuthenticate_trustedProxy(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\nfred HOST PORT secret\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	require.NoError(t, a.Authenticate(&Request{User: "mary", Trusted: true}))
	require.Error(t, a.Authenticate(&Request{User: "mary"}))
	require.Error(t, a.Authenticate(&Request{Trusted: true})) // a proxy that names nobody
}

func TestAuthenticate_nobodyIsCustomByHisOwnWord(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\nfred HOST PORT secret\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	require.Error(t, a.Authenticate(&Request{User: "fred", Custom: true}))
	require.Error(t, a.Authenticate(&Request{User: "root", Custom: true}))
}

func TestRefusal_nameIsFitForALog(t *testing.T) {
	d := newDesk(t)
	d.write(d.WhiteList, text("4.4.14\nfred\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	require.EqualError(t, a.Authorise(&Request{User: "a\nMSG:b"}),
		"ecflow: Command not accepted, due to: Authorisation (user) failed, due to: Insufficient permissions [a?MSG:b]")
}

func TestReload_anotherPlaceIsNotLookedAt(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\nfred HOST PORT secret\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	d.write(d.Passwords, nil)
	d.write("elsewhere", text("4.5.0\nbob HOST PORT secretpw\n"))
	t.Setenv("ECF_PASSWD", filepath.Join(d.dir, "elsewhere"))
	require.ErrorContains(t, a.ReloadPasswords(), "does not exist")
	require.NoError(t, a.Authenticate(&Request{User: "fred", Password: token(t, "fred", "secret")}))
}

// from looks for PERMISSIONS in values by path.
func from(given map[string]string) func(path string) (value, at string) {
	return func(path string) (string, string) {
		for ; ; path = parent(path) {
			if value, ok := given[path]; ok {
				return value, path
			}
			if path == "/" {
				return "", ""
			}
		}
	}
}

func TestPermissions_noWayAround(t *testing.T) {
	given := map[string]string{"/s": "fred"}
	lookup := from(given)
	d := newDesk(t)
	a, err := Open(d.Config)
	require.NoError(t, err)
	for _, path := range []string{"/s", "/s/", "//s", "s", "/s/new", "/s/t:event", "/s//t"} {
		require.Error(t, a.Authorise(&Request{User: "mary", Write: true, Paths: []string{path}, Permissions: lookup}), path)
		require.NoError(t, a.Authorise(&Request{User: "fred", Write: true, Paths: []string{path}, Permissions: lookup}), path)
	}
	require.NoError(t, a.Authorise(&Request{User: "mary", Write: true, Paths: []string{"/o", "", "/"}, Permissions: lookup}))
	require.Error(t, a.Authorise(&Request{User: "mary", Write: true, Paths: []string{"/o", "/s"}, Permissions: lookup}))
}

// No way of showing a request or a refusal shows what was sent, or is in a file.
func TestSecrets_areNeverShown(t *testing.T) {
	d := newDesk(t)
	d.write(d.Passwords, text("4.5.0\nfred HOST PORT plainword\nj-doe HOST PORT plainword\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	r := &Request{User: "fred", Password: token(t, "fred", "plainword")}
	shown := fmt.Sprintf("%v %+v %#v %s %v %+v %#v", *r, *r, *r, r, a, a, a.now.Load())
	r.Password = "wrong-token"
	shown += fmt.Sprint(a.Authenticate(r), a.Authorise(r), d.warned)
	d.write(d.Passwords, text("4.5.0\nfred HOST PORT plainword\nfred HOST PORT plainword\n"))
	shown += fmt.Sprint(a.ReloadPasswords())
	d.write(d.Passwords, text("plainword HOST PORT plainword\n"))
	shown += fmt.Sprint(a.ReloadPasswords())
	d.write(d.Passwords, text("4.5.0\nfred HOST plainword\n"))
	shown += fmt.Sprint(a.ReloadPasswords())
	d.write(d.Passwords, text("4.5.0\nfred HOST plainword plainword\n"))
	shown += fmt.Sprint(a.ReloadPasswords())
	for _, secret := range []string{"plainword", "wrong-token", token(t, "fred", "plainword")} {
		require.NotContains(t, shown, secret)
	}
}

func TestWhiteList_includesThatGoRound(t *testing.T) {
	d := newDesk(t)
	d.write(d.WhiteList, text("4.4.14\n#include <"+d.WhiteList+">\nfred\n"))
	_, err := Open(d.Config)
	require.ErrorIs(t, err, fault.Config)
}

// Requests see the old rules or the new, never something between.
func TestReload_besideRequests(t *testing.T) {
	d := newDesk(t)
	d.Warn = nil
	d.write(d.WhiteList, text("4.4.14\nfred\n"))
	d.write(d.Passwords, text("4.5.0\nfred HOST PORT secret\n"))
	a, err := Open(d.Config)
	require.NoError(t, err)
	right := token(t, "fred", "secret")
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if a.Authenticate(&Request{User: "fred", Password: right}) != nil || a.Authorise(&Request{User: "mary"}) == nil {
					t.Error("not as the file says")
					return
				}
			}
		})
	}
	for range 50 {
		require.NoError(t, a.ReloadLists())
		require.NoError(t, a.ReloadPasswords())
	}
	close(stop)
	all.Wait()
}

// FuzzWhiteList: any text of a file is taken or refused with a line, and what is taken answers.
func FuzzWhiteList(f *testing.F) {
	for _, seed := range []string{"4.4.14\nfred\n-joe /s,/t\n* /x\n-* /\n", "4.4.14\n#include <x>\n", "4.4\n", "- /", "4.4.14\n*\n-*x /,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		read := listReader{list: newWhiteList(), name: "list", open: func(string) ([]byte, error) { return data, nil }}
		if err := read.file("list", 0); err != nil {
			require.ErrorIs(t, err, fault.Config)
			return
		}
		read.list.keepAdmin("admin")
		for _, write := range []bool{false, true} {
			for _, user := range []string{"fred", "*", ""} {
				if read.list.allows(user, write, []string{"/"}) && !read.list.allows(user, false, []string{"/"}) {
					t.Error("who writes may not read")
				}
			}
		}
	})
}
