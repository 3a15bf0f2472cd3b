//go:build !cgo || osusergo

package auth

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

// accountName reads /etc/passwd. Package os/user does so too in this build, but
// for the user of this process it quietly takes $USER when there is no entry.
func accountName(uid int) (string, error) {
	file, err := os.Open("/etc/passwd")
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // only read from
	number := strconv.Itoa(uid)
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ":")
		// A name that begins with + or - is a reference to NIS.
		if len(fields) >= 7 && fields[2] == number && !strings.ContainsAny(fields[0][:min(1, len(fields[0]))], "+-") {
			return fields[0], nil
		}
	}
	return "", lines.Err()
}
