package auth

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth/unixcrypt"
)

// Crypt makes the token that travels in place of a password: crypt(3) of plain
// with the user name as salt. Names that are no salt give "*0" or "*1", as the
// original sends them; [PasswordWarnings] tells.
//
// A name that begins with "_" and is a valid setting of extended DES can take
// seconds. Errors: fault.Argument for an empty name, fault.Unsupported for one
// that begins with "$", which would choose another algorithm.
//
// source: PasswordEncryption.hpp.
func Crypt(user, plain string) (string, error) {
	switch {
	case user == "":
		return "", &fault.Error{Kind: fault.Argument, Op: "prepare the password", Msg: "the user name is empty"}
	case strings.HasPrefix(user, "$"):
		return "", &fault.Error{
			Kind: fault.Unsupported, Op: "prepare the password",
			Msg:  fmt.Sprintf("the user name %q begins with \"$\", which crypt(3) takes for the name of another algorithm", user),
			Hint: "use a custom user (ECF_USER, set_user_name) with another name",
		}
	}
	return unixcrypt.Crypt(plain, user), nil
}

// PasswordWarnings tells how much of a password really counts for this user.
func PasswordWarnings(user, plain string) []Warning {
	plain, _, _ = strings.Cut(plain, "\x00")
	method := unixcrypt.MethodOf(user)
	counted := plain[:min(len(plain), method.Significant())]
	var warnings []Warning
	add := func(id, msg, hint string) { warnings = append(warnings, Warning{ID: id, Msg: msg, Hint: hint}) }
	switch {
	case strings.HasPrefix(user, "$"): // refused by Crypt
	case method == unixcrypt.None:
		add(WarnNoSalt, fmt.Sprintf("the user name %q is no salt for crypt(3): its token is the same for every password", user),
			"a server accepts any password for this user; use a name that begins with two characters of ./0-9A-Za-z "+
				"and has none of ! * : ; \\ or blanks, or a custom user")
	case len(plain) > unixcrypt.MaxKey:
		add(WarnTooLong, fmt.Sprintf("the password of user %q is longer than %d bytes: crypt(3) refuses it and its token protects nothing",
			user, unixcrypt.MaxKey), "choose a shorter password")
	case len(counted) < len(plain):
		add(WarnTruncated, fmt.Sprintf("only the first %d characters of the password of user %q count", len(counted), user),
			"the rest is ignored by crypt(3), here and in the server")
	}
	if method != unixcrypt.None && strings.IndexFunc(counted, func(r rune) bool { return r >= 0x80 }) >= 0 {
		add(WarnSevenBits, fmt.Sprintf("the password of user %q has characters beyond ASCII: only 7 bits of each byte count", user),
			"choose a password of ASCII characters")
	}
	return warnings
}

// SamePassword reports whether two passwords of a user are the same, and if not, whether a
// server can tell them apart: it sees no more of them than [Crypt] gives.
//
// Errors: as Crypt.
func SamePassword(user, a, b string) (same, apart bool, err error) {
	tokenA, err := Crypt(user, a)
	if err != nil {
		return false, false, err
	}
	tokenB, err := Crypt(user, b)
	if err != nil {
		return false, false, err
	}
	return a == b, tokenA != tokenB, nil
}
