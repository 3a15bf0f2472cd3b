//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package auth

import (
	"errors"
	"os"
)

// tryLock makes a file beside the one to edit. Without unlock and error somebody else has.
func tryLock(path string) (unlock func(), err error) {
	beside := path + ".lock"
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, os.ErrExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	_ = f.Close()
	return func() { _ = os.Remove(beside) }, nil
}
