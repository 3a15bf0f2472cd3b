package fileset

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ecflow-go/ecflow/fault"
)

// File is what is to stand at a path.
type File struct {
	Path   string
	Data   []byte
	Mode   fs.FileMode
	Keep   bool // a file that is there already keeps its mode
	Brief  bool // it need not outlive this start of the machine, so nobody waits for the disk
	Remove bool // nothing is to stand there
}

// Write puts all files in their places, or none. Without overwrite a file that
// is there already, or appears meanwhile, is an error that errors.Is with fs.ErrExist.
// Links are followed.
//
// A file that is replaced keeps its owner. One that root makes belongs to the owner
// of its directory, who is to read it.
//
// Errors: fault.Config.
func Write(files []File, overwrite bool) error {
	places := make([]*place, 0, len(files))
	defer func() {
		for _, p := range places {
			p.tidy()
		}
	}()
	for _, f := range files {
		p, err := stage(f, overwrite)
		if err != nil {
			return failure(f.Path, err)
		}
		places = append(places, p)
	}
	return put(places, overwrite)
}

// put puts the files in their places, or takes back those that it could.
func put(places []*place, overwrite bool) error {
	for i, p := range places {
		if err := p.put(overwrite); err != nil {
			for _, done := range places[:i] {
				done.takeBack()
			}
			return failure(p.file.Path, err)
		}
	}
	for _, p := range places {
		if !p.file.Brief {
			syncDirectory(filepath.Dir(p.path))
		}
	}
	return nil
}

// Create makes an empty file, open for reading and writing, with the owner that [Write]
// would give it. If it is there already, the error is fs.ErrExist.
func Create(path string, mode fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	if err := giveTo(f, nil); err != nil {
		_ = f.Close()
		_ = os.Remove(path)
		return nil, err
	}
	return f, nil
}

// MakeDirectory makes a directory, and those above it, unless it is there. New ones are for their owner
// alone, who is that of the directory above when root makes them.
//
// Errors: fault.Config.
func MakeDirectory(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	if above := filepath.Dir(path); above != path {
		if err := MakeDirectory(above); err != nil {
			return err
		}
	}
	err := os.Mkdir(path, 0o700)
	if errors.Is(err, fs.ErrExist) {
		if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
			return nil
		}
		err = errors.New("is no directory")
	}
	if err == nil {
		err = giveDirectory(path)
	}
	if err != nil {
		return &fault.Error{Kind: fault.Config, Op: "make the directory", Path: path, Msg: path + ": " + reason(err), Err: err}
	}
	return nil
}

func giveDirectory(path string) error {
	if !owned {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(giveTo(d, nil), d.Close())
}

// place is where one file goes.
type place struct {
	file File
	path string // with links followed
	part string // the new file, until it is in its place
	old  string // the one before, kept until all is done; "" if there was none
	made bool   // there was none, and ours is there now
}

// stage writes the new file beside its place.
func stage(f File, overwrite bool) (*place, error) {
	p := &place{file: f, path: f.Path}
	if target, err := filepath.EvalSymlinks(f.Path); err == nil {
		p.path = target
	}
	before, err := os.Stat(p.path)
	switch {
	case err == nil && before.IsDir():
		return nil, errors.New("is a directory")
	case err == nil && !before.Mode().IsRegular():
		return nil, errors.New("is not a regular file")
	case err == nil && !overwrite:
		return nil, fs.ErrExist
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case f.Remove:
		return p, nil
	}
	part, err := os.CreateTemp(filepath.Dir(p.path), "."+filepath.Base(p.path)+".*")
	if err != nil {
		return nil, err
	}
	p.part = part.Name()
	err = fill(part, f, before)
	if err = errors.Join(err, part.Close()); err != nil {
		p.tidy()
		return nil, err
	}
	return p, nil
}

// fill writes a file that nobody else may read until it has its own mode.
func fill(part *os.File, f File, before fs.FileInfo) error {
	if _, err := part.Write(f.Data); err != nil {
		return err
	}
	if err := giveTo(part, before); err != nil {
		return err
	}
	mode := f.Mode
	if f.Keep && before != nil {
		mode = before.Mode().Perm()
	}
	if err := part.Chmod(mode); err != nil {
		return err
	}
	if f.Brief {
		return nil
	}
	return part.Sync()
}

func (p *place) put(overwrite bool) error {
	if !overwrite {
		err := os.Link(p.part, p.path) // unlike a renaming, this replaces nothing
		if errors.Is(err, fs.ErrExist) {
			return fs.ErrExist
		}
		if err != nil { // a file system without links
			if _, missing := os.Lstat(p.path); !errors.Is(missing, fs.ErrNotExist) {
				return fs.ErrExist
			}
			if err := os.Rename(p.part, p.path); err != nil {
				return err
			}
		}
		p.made = true
		return nil
	}
	if err := p.keepOld(); err != nil {
		return err
	}
	if p.file.Remove {
		return nil
	}
	if err := os.Rename(p.part, p.path); err != nil {
		p.takeBack()
		return err
	}
	p.part, p.made = "", true
	return nil
}

// keepOld saves what is in the place: by a second name, so that the place is never
// empty, or where that cannot be, or nothing follows, by moving it.
func (p *place) keepOld() error {
	if _, err := os.Lstat(p.path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	name, err := os.CreateTemp(filepath.Dir(p.path), "."+filepath.Base(p.path)+".*")
	if err != nil {
		return err
	}
	old := name.Name()
	if err := errors.Join(name.Close(), os.Remove(old)); err != nil {
		return err
	}
	if p.file.Remove || os.Link(p.path, old) != nil {
		if err := os.Rename(p.path, old); err != nil {
			return err
		}
	}
	p.old = old
	return nil
}

// takeBack makes the place what it was.
func (p *place) takeBack() {
	if p.old != "" {
		_ = os.Rename(p.old, p.path)
		if _, err := os.Lstat(p.path); err == nil {
			_ = os.Remove(p.old) // two names of one file, which renaming leaves both
		}
		p.old = "" // if it is still there, it is the last copy
	} else if p.made {
		_ = os.Remove(p.path)
	}
}

// tidy removes what was only needed meanwhile.
func (p *place) tidy() {
	if p.part != "" {
		_ = os.Remove(p.part)
	}
	if p.old != "" {
		_ = os.Remove(p.old)
	}
}

func failure(path string, err error) error {
	e := &fault.Error{Kind: fault.Config, Op: "write", Path: path, Msg: path + ": " + reason(err), Err: err}
	if errors.Is(err, fs.ErrExist) {
		e.Msg = path + " is there already"
	}
	return e
}

// reason is the system's word for a failure, without operation and path.
func reason(err error) string {
	var failed *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &failed):
		return failed.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}

// syncDirectory makes new names last. Where that cannot be asked for, it need not.
func syncDirectory(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
