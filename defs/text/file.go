package text

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// Load reads a definition or a check point from a file, and checks it unless a server wrote it.
//
// Errors: fault.NotFound, fault.Argument; *[Errors] (fault.Parse); fault.Check.
//
// source: libs/pyext ExportDefs.cpp; libs/node Defs.cpp, restore.
func Load(path string, opts Options) (*defs.Defs, error) {
	if path == "" {
		return nil, fault.New(fault.Argument, "Defs::restore: the filename string is empty")
	}
	src, err := readFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	opts.Check = true
	return ParseString(linesOf(src), opts)
}

// linesOf is a file's text, its lines ended as ours are.
func linesOf(src []byte) string {
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	return unsafe.String(unsafe.SliceData(src), len(src))
}

func unreadable(path string, err error) error {
	e := &fault.Error{
		Kind: fault.NotFound, Path: path, Err: err,
		Msg: "DefsStructureParser::DefsStructureParser: Unable to open file! " + path + "\n" + reason(err),
	}
	if !errors.Is(err, fs.ErrNotExist) {
		e.Kind = fault.Argument
	}
	return e
}

// RestoreCheckpoint replaces the suites, externs and histories of a definition by those in a file. Variables of
// the server which the file does not have stay. An empty path does nothing. After an error the definition is as before;
// the original's is empty, or holds what was read before the mistake.
//
// Errors: as [Load].
//
// source: libs/node Defs.cpp, restore, clear.
func RestoreCheckpoint(path string, d *defs.Defs, opts Options) error {
	if path == "" {
		return nil
	}
	src, err := readFile(path)
	if err != nil {
		err = unreadable(path, err)
	} else {
		opts.Memory = false
		err = restore(linesOf(src), d, opts)
	}
	return prefixed("Defs::defs_restore_from_checkpt: ", err)
}

// RestoreContent is [RestoreCheckpoint] of a file that has been read already, whose content nobody will change any more.
func RestoreContent(content []byte, d *defs.Defs, opts Options) error {
	opts.Memory = false
	return prefixed("Defs::defs_restore_from_checkpt: ", restore(linesOf(content), d, opts))
}

// Restore is [RestoreCheckpoint] from text in memory.
func Restore(src string, d *defs.Defs, opts Options) error {
	if src == "" {
		return fault.New(fault.Parse, "Defs::restore_from_string: Defs::restore_from_string: the string is empty")
	}
	opts.Memory = true
	return prefixed("Defs::restore_from_string: ", restore(src, d, opts))
}

func restore(src string, d *defs.Defs, opts Options) error {
	opts.Check, opts.into = true, d
	tree, err := ParseString(src, opts)
	if err == nil {
		d.Become(tree)
	}
	return err
}

// prefixed puts words before the message of an error.
func prefixed(words string, err error) error {
	if err == nil {
		return nil
	}
	e := &fault.Error{Kind: fault.KindOf(err), Msg: words + message(err), Err: err}
	var f *fault.Error
	if errors.As(err, &f) {
		e.Line, e.Path = f.Line, f.Path
	}
	return e
}

// SaveCheckpoint writes a definition with all its state and histories to a file,
// which is never seen half written: what was there stays until all is on disk. Versions before 5.19 write
// the same but for two blanks in front of the definition's variables.
//
// Errors: fault.Argument.
//
// source: libs/node Defs.cpp, write_to_checkpt_file.
func SaveCheckpoint(path string, d *defs.Defs) error {
	p, err := PrepareCheckpoint(path, Printer{Style: Migrate, History: true}.Append(nil, d))
	if err == nil {
		err = p.Place()
	}
	return err
}

// Save writes a definition to a file in a style of choice, as [SaveCheckpoint] does.
//
// Errors: fault.Argument.
//
// source: libs/pyext ExportDefs.cpp, save_as_defs.
func Save(path string, d *defs.Defs, style Style) error {
	if err := writeFile(path, Append(nil, d, style)); err != nil {
		return &fault.Error{
			Kind: fault.Argument, Path: path, Err: err,
			Msg: "save_as_defs failed: Could not create file '" + path + "' (" + reason(err) + ")\n",
		}
	}
	return nil
}

// reason is why the system refuses, as the C library says it.
func reason(err error) string {
	var number syscall.Errno
	if !errors.As(err, &number) {
		return err.Error()
	}
	text := number.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// writeFile writes a file beside the one at path and puts it in its place.
func writeFile(path string, content []byte) error {
	p, err := prepareFile(path, content)
	if err == nil {
		err = p.place()
	}
	return err
}

// newBeside makes an empty file next to path, with the permissions that a new file gets.
func newBeside(path string, mode fs.FileMode) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	name := f.Name()
	if err := errors.Join(f.Close(), os.Remove(name)); err != nil {
		return "", err
	}
	f, err = os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode) // CreateTemp's files are for the user alone
	if err != nil {
		return "", err
	}
	return name, f.Close()
}

func writeInto(path string, content []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if info, statErr := f.Stat(); err == nil && statErr == nil && info.Mode().IsRegular() {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
