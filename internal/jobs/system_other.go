//go:build !unix

package jobs

import (
	"errors"
	"os"
)

type waitStatus struct{}

func (waitStatus) Signaled() bool  { return false }
func (waitStatus) ExitStatus() int { return 0 }
func (waitStatus) Signal() int     { return 0 }

// KeepFiles does nothing on this system.
func KeepFiles() {}

func start(string, []string) (int, error) { return 0, errors.New("no /bin/sh on this system") }

func environment() []string { return nil }

func end(int) {}

func isGroup(int) bool { return false }

func endGroup(int) {}

func take(int) (waitStatus, bool) { return waitStatus{}, true }

func childrenDied() (<-chan os.Signal, func()) { return nil, func() {} }
