package auth

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	askLimit = 5 * time.Second // for each program: a directory that does not answer holds getpwuid up as well
	askDelay = 100 * time.Millisecond
)

// askAccount finds an account that /etc/passwd does not have, such as those of LDAP, SSSD
// and NIS, through the programs that ask the C library of the system: getent(1), else id(1).
// run executes one, and gives its output. known says that one of them gave an answer, which may
// be that there is no such user.
func askAccount(ctx context.Context, uid int, run func(ctx context.Context, program string, args ...string) ([]byte, error)) (name, source string, known bool) {
	number := strconv.Itoa(uid)
	ask := func(program string, args ...string) (string, error) {
		ctx, done := context.WithTimeout(ctx, askLimit)
		defer done()
		output, err := run(ctx, program, args...)
		line, _, _ := strings.Cut(string(output), "\n")
		return strings.TrimSpace(line), err
	}
	for _, program := range []string{"/usr/bin/getent", "/bin/getent"} {
		line, err := ask(program, "passwd", number)
		if name := accountInLine(line, number); err == nil && isName(name) {
			return name, program, true
		}
		var exit interface{ ExitCode() int }
		if errors.As(err, &exit) && exit.ExitCode() == 2 { // the key is not there, says getent(1)
			return "", program, true
		}
	}
	for _, program := range []string{"/usr/bin/id", "/bin/id"} {
		line, err := ask(program, "-u", "-n", "-r")
		// Without a name, some print the number.
		if err == nil && isName(line) && line != number {
			return line, program, true
		}
	}
	return "", "", false
}

// isName refuses what is no user's name, should a program print something else.
func isName(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// accountInLine is the name in a line of passwd(5), "" if it is another user's.
func accountInLine(line, number string) string {
	fields := strings.Split(line, ":")
	// A name that begins with + or - is a reference to NIS.
	if len(fields) < 7 || fields[2] != number || strings.HasPrefix(fields[0], "+") || strings.HasPrefix(fields[0], "-") {
		return ""
	}
	return fields[0]
}
