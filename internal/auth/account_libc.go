//go:build (cgo || darwin) && !osusergo && !windows

package auth

import (
	"context"
	"os/user"
	"strconv"
)

// accountName asks the C library (getpwuid_r), which on macOS Go calls without cgo too.
func accountName(_ context.Context, uid int) (name, source string, err error) {
	account, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return "", "", err
	}
	return account.Username, "getpwuid", nil
}
