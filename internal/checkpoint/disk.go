package checkpoint

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// disk is what is needed of a file system; tests have one that loses its power.
type disk interface {
	Create(name string) (file, error) // empty, for writing
	ReadFile(name string) ([]byte, error)
	Size(name string) (int64, error) // of an ordinary file
	Link(old, new string) error
	Rename(old, new string) error // replaces what is there
	Remove(name string) error
	List(prefix string) []string     // the files whose paths begin so
	SyncDirectory(name string) error // makes what was renamed, made and removed in it last
}

type file interface {
	io.WriteCloser
	Sync() error
	Hasten(from, size int64) error // begins to bring to the disk what was written there
}

// ordinary is a file of this machine.
type ordinary struct{ *os.File }

// system is the disk of this machine.
type system struct{}

func (system) Create(name string) (file, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666) // less what is masked
	if err != nil {
		return nil, err
	}
	return ordinary{f}, nil
}

func (system) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

func (system) Size(name string) (int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	if info.IsDir() {
		return 0, &fs.PathError{Op: "get file size", Path: name, Err: errors.New("is a directory")}
	}
	return info.Size(), nil
}

func (system) Link(old, new string) error { return os.Link(old, new) }
func (system) Remove(name string) error   { return os.Remove(name) }

func (system) List(prefix string) []string {
	directory, start := filepath.Split(prefix)
	entries, _ := os.ReadDir(directory) // a directory that cannot be read has no journals that could be
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), start) && e.Type().IsRegular() {
			names = append(names, directory+e.Name())
		}
	}
	return names
}

func (system) SyncDirectory(name string) error {
	if runtime.GOOS == "windows" {
		return nil // there is no such thing there
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrInvalid) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
