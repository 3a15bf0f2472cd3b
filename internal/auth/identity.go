package auth

import (
	"context"
	"fmt"
	"os"

	"github.com/ecflow-go/ecflow/fault"
)

// Login is the name of the real user of this process, and who says so: "getpwuid",
// "/etc/passwd", the path of a program that was asked, "$USER" or "$LOGNAME".
type Login struct{ Name, Source string }

// LoginName is the name of the real user of this process, as the account
// database has it: what the original takes from getpwuid(getuid()). Error: fault.Config.
//
// source: User.cpp.
func LoginName() (string, error) {
	login, err := FindLogin(context.Background(), nil)
	return login.Name, err
}

// FindLogin looks the user of this process up in the account database and, where that has no
// entry, takes the first of $USER and $LOGNAME that env knows and that is not
// empty. env is os.LookupEnv or the like; nil means no fallback.
//
// A build with cgo asks the C library, and so sees accounts of directory services. A
// build without cgo reads /etc/passwd; only for a user who is not there it runs getent(1),
// else id(1), which see them too.
//
// The environment comes last because anybody can set it: with it first, two
// programs of one user could act as different users without meaning to.
//
// Error: fault.Config; fault.Cancelled or fault.Timeout when ctx ends.
func FindLogin(ctx context.Context, env func(name string) (value string, ok bool)) (Login, error) {
	uid := os.Getuid()
	name, source, err := accountName(ctx, uid)
	if name != "" {
		return Login{name, source}, nil
	}
	if over := ctx.Err(); over != nil {
		return Login{}, &fault.Error{Kind: fault.KindOf(over), Op: "find the login name", Err: over, Unsent: true}
	}
	if env != nil {
		for _, variable := range []string{"USER", "LOGNAME"} {
			if value, ok := env(variable); ok && value != "" {
				return Login{value, "$" + variable}, nil
			}
		}
	}
	return Login{}, &fault.Error{
		Kind: fault.Config, Op: "find the login name",
		Msg:  fmt.Sprintf("the account database has no name for user id %d", uid),
		Hint: "set USER, or name a custom user (ECF_USER, set_user_name)",
		Err:  err,
	}
}
