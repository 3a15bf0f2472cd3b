package auth

import (
	"fmt"
	"os"

	"github.com/ecflow-go/ecflow/fault"
)

// LoginName is the name of the real user of this process, as the account
// database has it: what the original takes from getpwuid(getuid()).
//
// A build with cgo asks the C library, and so sees accounts of directory
// services. A build without cgo sees /etc/passwd only: use [LoginNameOr] where
// accounts may live elsewhere. Error: fault.Config.
//
// source: User.cpp.
func LoginName() (string, error) { return LoginNameOr(nil) }

// LoginNameOr is [LoginName], and where the account database has no entry for
// the user, the first of $USER and $LOGNAME that env knows and that is not
// empty. env is os.LookupEnv or the like; nil means no fallback.
//
// The environment comes second because anybody can set it: with it first, two
// programs of one user could act as different users without meaning to.
func LoginNameOr(env func(name string) (value string, ok bool)) (string, error) {
	uid := os.Getuid()
	name, err := accountName(uid)
	if err == nil && name != "" {
		return name, nil
	}
	if env != nil {
		for _, variable := range []string{"USER", "LOGNAME"} {
			if value, ok := env(variable); ok && value != "" {
				return value, nil
			}
		}
	}
	return "", &fault.Error{
		Kind: fault.Config, Op: "find the login name",
		Msg:  fmt.Sprintf("the account database has no name for user id %d", uid),
		Hint: "set USER, or name a custom user (ECF_USER, set_user_name)",
		Err:  err,
	}
}
