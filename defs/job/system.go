package job

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// System is what jobs need of an operating system. Errors have a [syscall.Errno] in their chain, as those of package os.
type System interface {
	// Stat reports whether a path is a directory; the error is fs.ErrNotExist or another.
	Stat(path string) (isDir bool, err error)
	// Read is the content of a file; that of a directory is empty.
	Read(path string) ([]byte, error)
	// Write makes or replaces a file. The permissions are those of a new file.
	Write(path string, content []byte) error
	// Chmod sets the permissions of a file.
	Chmod(path string, mode fs.FileMode) error
	// Mkdir makes a directory, MkdirAll also those above it.
	Mkdir(path string) error
	MkdirAll(path string) error
	// RemoveAll deletes a directory with everything in it.
	RemoveAll(path string) error
	// Run runs a command of the shell and gives its output; the error is an *exec.ExitError if it ran.
	Run(ctx context.Context, command string) ([]byte, error)
}

// OS is the computer's own files and commands.
type OS struct{}

var _ System = OS{}

// Stat implements [System].
func (OS) Stat(path string) (bool, error) {
	info, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	return info.IsDir(), nil
}

// Read implements [System].
func (OS) Read(path string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, syscall.EISDIR) {
		return nil, nil
	}
	return content, err
}

// Write implements [System].
func (OS) Write(path string, content []byte) error { return os.WriteFile(path, content, 0o666) }

// Chmod implements [System].
func (OS) Chmod(path string, mode fs.FileMode) error { return os.Chmod(path, mode) }

// Mkdir implements [System].
func (OS) Mkdir(path string) error { return os.Mkdir(path, 0o777) }

// MkdirAll implements [System].
func (OS) MkdirAll(path string) error { return os.MkdirAll(path, 0o777) }

// RemoveAll implements [System].
func (OS) RemoveAll(path string) error { return os.RemoveAll(path) }

// Run implements [System].
func (OS) Run(ctx context.Context, command string) ([]byte, error) {
	c := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	c.WaitDelay = time.Second // what the command has left behind may hold the pipe
	return c.Output()
}

// missing reports whether an error says that there is no such file.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// reason is the system's word for an error, as C programs have it.
func reason(err error) string {
	var no syscall.Errno
	if !errors.As(err, &no) {
		return err.Error()
	}
	text := no.Error()
	if no == syscall.ELOOP {
		return "Too many levels of symbolic links"
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// exists reports whether there is a file; an error is one that hides the answer.
func exists(sys System, path string) (bool, error) {
	_, err := sys.Stat(path)
	if err == nil || missing(err) {
		return err == nil, nil
	}
	return false, failf("filesystem error: status: %s [%s]", reason(err), path)
}

// isDir reports whether there is a directory.
func isDir(sys System, path string) (bool, error) {
	dir, err := sys.Stat(path)
	if err == nil || missing(err) {
		return dir, nil
	}
	return false, failf("filesystem error: status: %s [%s]", reason(err), path)
}

// lines are the lines of a text; a last one without newline counts.
func lines(content []byte) []string {
	if len(content) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}
