package auth

import (
	"context"
	"os/user"
	"strings"
)

// accountName is the name of the user of this process, without the domain: there are no
// user ids.
func accountName(context.Context, int) (name, source string, err error) {
	account, err := user.Current()
	if err != nil {
		return "", "", err
	}
	return account.Username[strings.LastIndexByte(account.Username, '\\')+1:], "the system", nil
}
