//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package auth

import (
	"errors"
	"os"
	"syscall"

	"github.com/ecflow-go/ecflow/internal/fileset"
)

// tryLock locks a file that is there, or makes an empty one, which holds no passwords and is
// taken for one by servers and clients. Without unlock and error somebody else has it.
//
// An edited file is another one under the same name: a lock counts only if it is still that
// of the file that the name leads to.
func tryLock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrPermission) {
		f, err = os.Open(path) // of mode 0400, which is as good for a lock but on NFS
	}
	made := false
	if errors.Is(err, os.ErrNotExist) {
		f, err = fileset.Create(path, 0o600)
		if made = err == nil; errors.Is(err, os.ErrExist) {
			return nil, nil
		}
	}
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err != syscall.EINTR {
			break
		}
	}
	if err == nil {
		mine, statErr := f.Stat()
		there, _ := os.Stat(path)
		if statErr == nil && there != nil && os.SameFile(mine, there) {
			return func() {
				// What was made for the lock and stayed empty goes again.
				if now, err := os.Stat(path); made && err == nil && now.Size() == 0 && os.SameFile(mine, now) {
					_ = os.Remove(path)
				}
				_ = f.Close()
			}, nil
		}
	}
	_ = f.Close()
	switch {
	case err == nil || errors.Is(err, syscall.EWOULDBLOCK):
		return nil, nil
	case errors.Is(err, syscall.ENOSYS), errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOLCK):
		return func() {}, nil // a file system without locks
	}
	return nil, err
}
