package doctor

import (
	"errors"
	"fmt"
	"os"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// localHost is this machine's name, "" if it has none.
func (e *examination) localHost() string {
	if e.o.LocalHost != "" {
		return e.o.LocalHost
	}
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

// user finds out who requests are from.
func (e *examination) user() {
	switch {
	case e.o.User != "":
		from := "as given"
		if e.value("ECF_USER") == e.o.User {
			from = "ECF_USER"
		}
		e.who = e.o.User
		e.ok(checkUser, "%s, a custom user (%s)", e.who, from)
		return
	case e.o.Login != "":
		e.who = e.o.Login
		e.ok(checkUser, "%s (as given)", e.who)
		return
	}
	ctx, done := e.step()
	defer done()
	login, err := auth.FindLogin(ctx, e.env)
	if err != nil {
		e.fail(checkUser, err)
		return
	}
	e.who = login.Name
	e.o.Login = login.Name // asked once
	if login.Source == "$USER" || login.Source == "$LOGNAME" {
		e.add(checkUser, Warning, fmt.Sprintf("%s, but from %s alone: no account has the user id %d", e.who, login.Source, os.Getuid()),
			"a server that asks for passwords or has a white list may know you by another name; see getent passwd on the server's machine")
		return
	}
	e.ok(checkUser, "%s (%s)", e.who, login.Source)
}

// password looks for what proves it.
func (e *examination) password() {
	custom := e.o.User != ""
	variable, path := "ECF_PASSWD", e.o.PasswordFile
	if custom {
		variable, path = "ECF_CUSTOM_PASSWD", e.o.CustomFile
	}
	switch {
	case e.who == "":
		e.skip(checkPassword, "there is no user to have one")
		return
	case e.o.Password != nil:
		e.ok(checkPassword, "as given")
		e.judge(e.o.Password())
		return
	case path == "" && custom:
		e.stopped = true
		e.add(checkPassword, Problem, "there is none, and a custom user needs one: ECF_CUSTOM_PASSWD is not set",
			"have it name a file with the line "+e.entry()+"; ecflow passwd add writes it")
		return
	case path == "":
		e.skip(checkPassword, "%s is not set: none is sent, as most servers want it", variable)
		return
	}
	file, err := auth.ReadPasswordFile(path)
	missing := errors.Is(err, fault.NotFound)
	switch {
	case missing && !custom:
		e.add(checkPassword, Warning, variable+" names "+path+", which is not there: none is sent", "write the file, or unset "+variable)
		return
	case err != nil:
		e.stopped = true
		e.add(checkPassword, Problem, variable+": "+summary(err), hint(err))
		return
	}
	for _, w := range file.Warnings() {
		e.warn(w)
	}
	plain, found := file.Lookup(e.who, e.at.Host, e.at.Port, e.localHost())
	if !found {
		status := Warning
		if custom {
			status, e.stopped = Problem, true
		}
		e.add(checkPassword, status, fmt.Sprintf("%s has no entry for %s at %s, port %s: none is sent", path, e.who, e.at.Host, e.at.Port),
			"the line is "+e.entry()+", with the host spelled as clients do (ECF_HOST); ecflow passwd add writes it")
		return
	}
	e.ok(checkPassword, "%s has an entry for %s at %s, port %s", path, e.who, e.at.Host, e.at.Port)
	e.judge(plain)
}

func (e *examination) entry() string {
	return fmt.Sprintf("\"%s %s %s PASSWORD\"", e.who, e.at.Host, e.at.Port)
}

// judge tells what a password is worth, without a word of it.
func (e *examination) judge(plain string) {
	for _, w := range auth.PasswordWarnings(e.who, plain) {
		e.warn(w)
	}
	if e.mode == transport.Plain || e.mode == transport.HTTP {
		within := len(e.where) > 0
		for _, addr := range e.where {
			within = within && transport.Direct(addr, "")
		}
		if !within { // this machine
			e.warn(auth.NoTLS(e.at.String()))
		}
	}
}

func (e *examination) warn(w auth.Warning) {
	text := w.Msg
	if w.Path != "" {
		text = w.Path + ": " + text
	}
	e.add(checkPassword, Warning, text, w.Hint)
}
