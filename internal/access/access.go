package access

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"github.com/ecflow-go/ecflow/fault"
)

// Config says whose access it is. Names of files may be relative to Dir; no such file, and there is no such rule.
type Config struct {
	Host            string // of this server, as password files name it
	Port            int
	Dir             string // the server's home directory
	Passwords       string // ECF_PASSWD
	CustomPasswords string // ECF_CUSTOM_PASSWD
	WhiteList       string // ECF_LISTS

	// Admin gives the login name of the user who runs the server: he may always write, unless the list says for which
	// nodes. It is asked only if there is a list. nil: there is no such user.
	Admin func() string

	// Warn gets what an administrator should know and is no error, a line or two for the log. It may be called at any
	// time, by many at once. nil: nobody wants to know.
	Warn func(text string)
}

// Request is what is decided upon.
type Request struct {
	User, Password string
	Custom         bool // the user chose a name other than that of the login
	Trusted        bool // a proxy in front of the server has checked the user
	Ping           bool
	Write          bool     // wants to change something
	Paths          []string // of the nodes concerned; none means the definition

	// Permissions finds the variable PERMISSIONS as set on the node at a path itself, or else on the nearest above it that
	// has it, and says on which. "/" is the definition with its own user variables; "": there is none. nil: there is none at all.
	Permissions func(path string) (value, at string)
}

// Format shows a request without its password.
func (r Request) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "{%s write:%t %s}", r.User, r.Write, strings.Join(r.Paths, ","))
}

// Access decides who may do what.
type Access struct {
	config  Config
	reading sync.Mutex // one reload at a time
	now     atomic.Pointer[rules]
}

// rules are what holds at one time. They are never changed.
type rules struct {
	passwords, custom *passwords // nil: no such file
	list              *whiteList // nil: no such file
}

// Open reads the files. An error means that the server is not to start; its first line names the file.
//
// Errors are of kind fault.Config.
//
// source: ServerEnvironment.cpp, valid; AuthenticationService.cpp, valid
func Open(c Config) (*Access, error) {
	a := &Access{config: c}
	r, err := a.read()
	if err != nil {
		if e := (*fault.Error)(nil); errors.As(err, &e) {
			e.Op = "read who may do what"
		}
		return nil, err
	}
	a.now.Store(r)
	return a, nil
}

// read reads all files that are there.
func (a *Access) read() (*rules, error) {
	c := a.config
	var r rules
	var err error
	if r.passwords, err = a.readPasswords("Password file", c.Passwords); a.bad(err, c.Passwords, "passwd") {
		return nil, err
	}
	if r.custom, err = a.readPasswords("Custom Password file", c.CustomPasswords); a.bad(err, c.CustomPasswords, "custom_passwd") {
		return nil, err
	}
	if r.list, err = a.readList(); a.bad(err, c.WhiteList, "lists") {
		return nil, err
	}
	return &r, nil
}

// bad says whether an error keeps a server from starting. A file that is not there does not; but who named one should
// know.
func (a *Access) bad(err error, name, kind string) bool {
	if !errors.Is(err, fs.ErrNotExist) {
		return err != nil
	}
	if name != a.config.Host+"."+a.port()+".ecf."+kind {
		a.warn(a.path(name) + " does not exist: nobody is refused for what it should say")
	}
	return false
}

// Authenticate says whether a user is who he claims to be. A ping may be anybody's.
//
// Errors are of kind fault.Auth.
//
// source: AuthenticationDetails.hpp
func (a *Access) Authenticate(r *Request) error {
	if r.Ping || r.Trusted && r.User != "" { // the original trusts a proxy that names nobody, too
		return nil
	}
	if a.now.Load().authentic(r, a.warn) {
		return nil
	}
	return refused("Authentication (user) failed, due to: Incorrect credentials detected", r.User)
}

// Authorise says whether a user may do what he wants with the nodes. A white list alone counts if there is one, else
// the variables PERMISSIONS.
//
// Errors are of kind fault.Auth.
//
// source: AuthorisationDetails.hpp; AuthorisationService.cpp, allows
func (a *Access) Authorise(r *Request) error {
	now := a.now.Load()
	var allowed bool
	if now.list != nil {
		allowed = now.list.allows(r.User, r.Write, r.Paths)
	} else {
		allowed = permitted(r)
	}
	if allowed {
		return nil
	}
	return refused("Authorisation (user) failed, due to: Insufficient permissions", r.User)
}

// refused is the error by which clients of all versions know a refusal.
//
// source: ClientToServerRequest.cpp
func refused(why, user string) error {
	return &fault.Error{Kind: fault.Auth, Msg: "Command not accepted, due to: " + why + " [" + printable(user) + "]"}
}

// printable is a user's name, which anybody can send, fit for a line of a log.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, name)
}

// ReloadLists reads the white list again. After an error the old one holds.
//
// source: ServerEnvironment.cpp, reloadWhiteListFile
func (a *Access) ReloadLists() error {
	return a.reload("ECF_LISTS", a.config.WhiteList, func(r *rules) (err error) {
		r.list, err = a.readList()
		return err
	})
}

// ReloadPasswords reads the password file again. After an error the old one holds; a file without any user for this server
// is an error, as at the start.
//
// source: AuthenticationService.cpp, reload_passwd_file
func (a *Access) ReloadPasswords() error {
	return a.reload("ECF_PASSWD", a.config.Passwords, func(r *rules) (err error) {
		r.passwords, err = a.readPasswords("Password file", a.config.Passwords)
		return err
	})
}

// ReloadCustomPasswords does the same for custom users.
//
// source: AuthenticationService.cpp, reload_custom_passwd_file
func (a *Access) ReloadCustomPasswords() error {
	return a.reload("ECF_CUSTOM_PASSWD", a.config.CustomPasswords, func(r *rules) (err error) {
		r.custom, err = a.readPasswords("Custom Password file", a.config.CustomPasswords)
		return err
	})
}

func (a *Access) reload(variable, name string, read func(*rules) error) error {
	a.reading.Lock()
	defer a.reading.Unlock()
	next := *a.now.Load()
	if name == "" {
		return &fault.Error{Kind: fault.Config, Msg: "The " + variable + " file  has not been specified."}
	}
	err := read(&next)
	if errors.Is(err, fs.ErrNotExist) && !exists(a.path(name)) {
		return &fault.Error{
			Kind: fault.Config, Path: a.path(name), Err: err,
			Msg: "The " + variable + " file " + name + " does not exist. Server CWD : " + a.config.Dir,
		}
	}
	if err != nil {
		return err
	}
	a.now.Store(&next)
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// path is where a file is.
func (a *Access) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.config.Dir, name)
}

func (a *Access) port() string { return strconv.Itoa(a.config.Port) }

func (a *Access) warn(text string) {
	if a.config.Warn != nil {
		a.config.Warn(text)
	}
}

// unusable is the error of a file, in the original's words first.
func unusable(words, path string, line int, err error) error {
	return &fault.Error{Kind: fault.Config, Msg: words, Path: path, Line: line, Err: err}
}
