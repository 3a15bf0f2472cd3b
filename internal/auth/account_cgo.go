//go:build cgo && !osusergo

package auth

import (
	"os/user"
	"strconv"
)

// accountName asks the C library (getpwuid_r).
func accountName(uid int) (string, error) {
	account, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return "", err
	}
	return account.Username, nil
}
