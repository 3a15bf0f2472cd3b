package access

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/auth/unixcrypt"
)

// passwords are those of a file: one of each user.
type passwords struct{ of map[string]*secret }

// secret is the token of one user.
type secret struct {
	// token gives it. For most names it is there already. Names that choose extended DES may ask for seconds of work: that is done
	// once, when the user first comes, and holds up nobody else.
	token func() string
	// why it cannot be told from others, "" if it can: no token is accepted then.
	why string
	say sync.Once
}

// readPasswords reads a password file. nil without an error: no file is named. A missing file is an error that
// errors.Is fs.ErrNotExist.
//
// source: PasswdFile.cpp, load; AuthenticationService.cpp, valid_passwd
func (a *Access) readPasswords(kind, name string) (*passwords, error) {
	if name == "" {
		return nil, nil
	}
	path := a.path(name)
	file, err := auth.ReadPasswordFile(path)
	if err != nil {
		return nil, badPasswords(name, path, err)
	}
	for _, w := range file.Warnings() {
		a.warn(w.String())
	}
	found := &passwords{of: map[string]*secret{}}
	here := false // somebody has a line for this server
	own := map[string]bool{}
	for _, line := range file.Entries() {
		ours := line.Host == a.config.Host && line.Port == a.port()
		here = here || ours
		// The original takes the first line of a user, whatever the server it is for. A line for this one goes before here.
		if _, known := found.of[line.User]; known && (!ours || own[line.User]) {
			continue
		}
		own[line.User] = ours
		found.of[line.User] = newSecret(line)
	}
	if !here {
		return nil, &fault.Error{
			Kind: fault.Config, Path: path,
			Msg:  kind + " '" + name + "' does not contain any users with access on this server",
			Hint: fmt.Sprintf("a line for this server reads: user %s %s password", a.config.Host, a.port()),
		}
	}
	for user, s := range found.of {
		if s.why != "" {
			a.warn(path + ": " + s.explain(user))
		}
	}
	return found, nil
}

func badPasswords(name, path string, err error) error {
	if words := auth.ServerWords(err); words != "" {
		var e *fault.Error
		line := 0
		if errors.As(err, &e) {
			line = e.Line
		}
		return unusable(fmt.Sprintf("%s\nfor ECF_PASSWD/ECF_CUSTOM_PASSWD file %s, line %d", words, name, line), path, line, err)
	}
	cause := err
	if e := (*fault.Error)(nil); errors.As(err, &e) && e.Err == nil {
		cause = errors.New(strings.TrimPrefix(e.Msg, path+": "))
	}
	return unusable(fmt.Sprintf("Could not open file specified by ECF_PASSWD/ECF_CUSTOM_PASSWD %s (%s)", name, reason(cause)), path, 0, err)
}

func newSecret(line auth.Entry) *secret {
	s := &secret{}
	if unixcrypt.MethodOf(line.User) == unixcrypt.Extended && !strings.HasPrefix(line.User, "$") {
		s.token = sync.OnceValue(func() string {
			token, _ := auth.Crypt(line.User, line.Password())
			return token
		})
		if len(line.Password()) > unixcrypt.MaxKey {
			s.why = tooLong
		}
		return s
	}
	token, err := auth.Crypt(line.User, line.Password())
	switch {
	case err != nil:
		s.why = `begins with "$", which crypt(3) takes for the name of another algorithm`
	case strings.HasPrefix(token, "*") && len(line.Password()) > unixcrypt.MaxKey:
		s.why = tooLong
	case strings.HasPrefix(token, "*"):
		s.why = "is no salt for crypt(3), so the token is the same for every password"
	}
	s.token = func() string { return token }
	return s
}

const tooLong = "has a password that is too long for crypt(3), so the token is the same for every such password"

// explain says why a user is not let in, and what to do.
func (s *secret) explain(user string) string {
	return fmt.Sprintf("user %q is refused: the name %s\n"+
		"use a custom user (ECF_USER, ECF_CUSTOM_PASSWD) whose name begins with two characters of ./0-9A-Za-z and has none of ! * : ; \\ or blanks, and a password of 8 characters",
		user, s.why)
}

// accepts compares a token, in a time that does not depend on what it is.
func (s *secret) accepts(token string) bool {
	expected := s.token()
	if s.why != "" || expected == "" || expected[0] == '*' {
		return false
	}
	return subtle.ConstantTimeCompare([]byte(expected), []byte(token)) == 1
}

// authentic says whether a user is who he claims to be.
//
// source: PasswdFile.cpp, authenticate; AuthenticationService.cpp, is_authentic
func (r *rules) authentic(q *Request, warn func(string)) bool {
	file := r.passwords
	if q.Custom {
		file = r.custom
	}
	switch {
	case q.User == "":
		return false
	case file == nil:
		// The original lets anybody in who calls himself a custom user, where there is a file for others only.
		return q.Password == "" && (!q.Custom || r.passwords == nil)
	}
	s, known := file.of[q.User]
	if !known {
		return false
	}
	if s.why != "" {
		s.say.Do(func() { warn(s.explain(q.User)) })
	}
	return s.accepts(q.Password)
}
