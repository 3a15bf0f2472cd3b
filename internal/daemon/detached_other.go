//go:build !unix

package daemon

import "syscall"

// detached is as good as it can be here.
func detached() *syscall.SysProcAttr { return nil }
