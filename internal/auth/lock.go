package auth

import (
	"context"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// lockPause is between two attempts to lock a file.
const lockPause = 20 * time.Millisecond

// lockFile waits until nobody else edits a file by way of this package, or until ctx ends.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	for {
		unlock, err := tryLock(path)
		switch {
		case err != nil:
			return nil, &fault.Error{Kind: fault.Config, Op: "lock the password file", Path: path, Msg: path + ": " + reason(err), Err: err}
		case unlock != nil:
			return unlock, nil
		}
		select {
		case <-ctx.Done():
			return nil, &fault.Error{Kind: fault.Busy, Op: "lock the password file", Path: path, Msg: path + " is being edited by somebody else", Err: ctx.Err()}
		case <-time.After(lockPause):
		}
	}
}
