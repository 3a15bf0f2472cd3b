//go:build ((!cgo && !darwin) || osusergo) && !windows

package auth

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strconv"
)

// accountName reads /etc/passwd, and asks the system's own programs where that has no
// entry. Package os/user reads the file as well in this build, but for the user of this
// process it quietly takes $USER when there is no entry.
func accountName(ctx context.Context, uid int) (name, source string, err error) {
	name, err = accountInFile(passwd, uid)
	if name != "" {
		return name, passwd, nil
	}
	if name, source, known := askAccount(ctx, uid, run); known {
		return name, source, nil
	}
	return "", "", err
}

const passwd = "/etc/passwd"

func accountInFile(path string, uid int) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // only read from
	number := strconv.Itoa(uid)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if name := accountInLine(lines.Text(), number); name != "" {
			return name, nil
		}
	}
	return "", lines.Err()
}

// run runs a program without a shell, in the environment of this process, as the name
// service may need it (nss_wrapper in containers).
func run(ctx context.Context, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.WaitDelay = askDelay
	return cmd.Output()
}
