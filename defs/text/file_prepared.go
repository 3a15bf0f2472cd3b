package text

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/ecflow-go/ecflow/fault"
)

// Prepared is a file that is on disk already, but beside its place.
type Prepared struct {
	asked   string // where it is to be
	path    string // the same without links
	part    string // where it is; "": nowhere, as it is to be written directly
	content []byte
}

// PrepareCheckpoint writes what [SaveCheckpoint] writes, but leaves what was there in its place until [Prepared.Place]; the
// content is the caller's printing of a definition.
//
// Errors: fault.Argument.
func PrepareCheckpoint(path string, content []byte) (*Prepared, error) {
	p, err := prepareFile(path, content)
	return p, unsaved(path, err)
}

// Place puts the file in its place.
//
// Errors: fault.Argument.
func (p *Prepared) Place() error { return unsaved(p.asked, p.place()) }

// Sync returns when the file will be found in its place even if the computer stops.
func (p *Prepared) Sync() {
	if d, err := os.Open(filepath.Dir(p.path)); err == nil {
		_ = d.Sync() // not all systems have it
		_ = d.Close()
	}
}

// Drop removes the file if it has not been put in its place.
func (p *Prepared) Drop() {
	if p.part != "" {
		_ = os.Remove(p.part)
	}
}

// Holds reports whether that is what the file holds.
func (p *Prepared) Holds(content []byte) bool { return bytes.Equal(p.content, content) }

func unsaved(path string, err error) error {
	if err == nil {
		return nil
	}
	return &fault.Error{
		Kind: fault.Argument, Path: path, Err: err,
		Msg: "Defs::write_to_file: path(" + path + ") failed:  Logical error on i/o operation, errno:" + reason(err),
	}
}

// prepareFile writes a file beside the one at path. What is no ordinary file, or stands where no other may be made, is to be
// written directly.
func prepareFile(path string, content []byte) (*Prepared, error) {
	if path == "" {
		return nil, syscall.ENOENT
	}
	p := &Prepared{asked: path, path: path, content: content}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		p.path = target
	}
	old, err := os.Stat(p.path)
	switch {
	case err == nil && old.IsDir():
		return nil, syscall.EISDIR
	case err == nil && !old.Mode().IsRegular():
		return p, nil
	}
	part, err := newBeside(p.path, newMode)
	if err != nil {
		if old != nil && errors.Is(err, fs.ErrPermission) {
			return p, nil
		}
		return nil, err
	}
	if err := writeInto(part, content, newMode); err != nil {
		_ = os.Remove(part)
		return nil, err
	}
	if old != nil {
		_ = os.Chmod(part, old.Mode().Perm())
	}
	p.part = part
	return p, nil
}

const newMode = fs.FileMode(0o666) // less what the user masks

func (p *Prepared) place() error {
	if p.part == "" {
		return writeInto(p.path, p.content, newMode)
	}
	err := os.Rename(p.part, p.path)
	if err != nil {
		_ = os.Remove(p.part)
	}
	p.part = ""
	return err
}
