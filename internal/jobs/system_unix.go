//go:build unix

package jobs

import (
	"errors"
	"os"
	"os/signal"
	"strconv"
	"syscall"
)

type waitStatus = syscall.WaitStatus

// KeepFiles keeps files that the process was given by whoever started it, and that are not its input and output, from
// its children. A program that is a server does so once; a library must not.
func KeepFiles() {
	entries, err := os.ReadDir("/dev/fd")
	if err != nil {
		return // no such list on this system
	}
	for _, e := range entries {
		if fd, err := strconv.Atoi(e.Name()); err == nil && fd > 2 {
			syscall.CloseOnExec(fd)
		}
	}
}

// start starts a shell with a command. It does not wait for its end, nor does it hold the shell by any file.
//
// source: libs/node System.cpp, sys; but for the session.
func start(command string, environment []string) (pid int, err error) {
	null, err := syscall.Open("/dev/null", syscall.O_RDWR|syscall.O_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	defer func() { _ = syscall.Close(null) }()
	if environment == nil {
		environment = syscall.Environ()
	}
	pid, _, err = syscall.StartProcess("/bin/sh", []string{"sh", "-c", command}, &syscall.ProcAttr{
		Env:   environment,
		Files: []uintptr{uintptr(null), uintptr(null), uintptr(null)},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
	return pid, err
}

// end ends a child that nobody has waited for, so that its number is no other process's, and its group.
func end(pid int) {
	_ = syscall.Kill(-pid, syscall.SIGKILL)
	_, _ = syscall.Wait4(pid, nil, 0, nil)
}

// environment is that of this process.
func environment() []string { return syscall.Environ() }

// isGroup reports whether a process group that a child of ours led is there still, though nobody has the number of the child:
// while it is, no new process gets that.
func isGroup(pid int) bool {
	return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) && syscall.Kill(-pid, 0) == nil
}

// endGroup ends a group, if it is the one that [isGroup] saw.
func endGroup(pid int) {
	if isGroup(pid) {
		_ = syscall.Kill(-pid, syscall.SIGKILL)
	}
}

// take asks how a child ended, and takes it from the system; false while it runs.
func take(pid int) (status waitStatus, ended bool) {
	for {
		got, err := syscall.Wait4(pid, &status, syscall.WNOHANG, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			return 0, true // another part of the process has taken it: nobody knows how it ended
		default:
			return status, got == pid
		}
	}
}

// childrenDied tells when children may have ended.
func childrenDied() (died <-chan os.Signal, stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGCHLD)
	return c, func() { signal.Stop(c) }
}
