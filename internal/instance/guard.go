package instance

import (
	"errors"
	"path/filepath"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/access"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/engine"
)

// guard is what decides who may do what, as an engine knows it.
type guard struct{ *access.Access }

func (g guard) Authenticate(r *engine.Request) error {
	return worded(g.Access.Authenticate((*access.Request)(r)))
}
func (g guard) Authorise(r *engine.Request) error {
	return worded(g.Access.Authorise((*access.Request)(r)))
}
func (g guard) ReloadLists() error           { return worded(g.Access.ReloadLists()) }
func (g guard) ReloadPasswords() error       { return worded(g.Access.ReloadPasswords()) }
func (g guard) ReloadCustomPasswords() error { return worded(g.Access.ReloadCustomPasswords()) }

// worded is an error whose text goes to clients, who expect the original's words.
func worded(err error) error {
	var e *fault.Error
	if errors.As(err, &e) {
		return errors.New(e.Summary())
	}
	return err
}

// guard makes the guard of a server's files: those that settings name, or none.
//
// A server without files of its own looks at none that it was not told of by its whole path.
func (c Config) guard(log engine.Log) (engine.Guard, error) {
	if c.Guard != nil {
		return c.Guard, nil
	}
	set := c.Settings
	named := func(name string) string {
		if c.Fileless && !filepath.IsAbs(name) {
			return ""
		}
		return name
	}
	admin := func() string {
		name, _ := auth.LoginName() // without a name nobody is excepted
		return name
	}
	a, err := access.Open(access.Config{
		Host: set.Host, Port: set.Port, Dir: set.HomeDir(), Admin: admin,
		Passwords: named(set.PasswordsName()), CustomPasswords: named(set.CustomPasswordsName()), WhiteList: named(set.WhiteListName()),
		Warn: func(text string) { log.Write(defs.LogWarning, text); log.Flush() },
	})
	if err != nil {
		return nil, err
	}
	return guard{a}, nil
}
