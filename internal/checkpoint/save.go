package checkpoint

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/logfile"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// leastLimit is how long a journal may grow in any case.
const leastLimit = 4 << 20

// Save writes a check point. byServer: not because a user asked, which the log then tells.
//
// Errors: fault.Config; log and tree tell of them too.
//
// source: libs/server CheckPtSaver.cpp, explicitSave.
func (s *Saver) Save(byServer bool) error {
	s.saving.Lock()
	defer s.saving.Unlock()
	began := s.now()
	err := s.save()
	if err != nil {
		message := "Could not save checkPoint file! " + err.Error()
		s.log.Log(logfile.Error, message)
		s.log.Flush()
		s.tree.Report(defs.FlagCheckptError, "ECF_CHECKPT_ERROR", message)
		return &fault.Error{Kind: fault.Config, Path: s.path, Msg: message, Err: err}
	}
	s.tree.Saved()
	took := int64(s.now().Sub(began) / time.Second)
	seconds := strconv.FormatInt(took, 10)
	if byServer {
		s.log.Log(logfile.Message, "svr:check_pt in "+seconds+" seconds")
	}
	if alarm := s.alarm.Load(); took > alarm {
		s.log.Log(logfile.Warning, "Check pt save time("+seconds+") is greater than alarm time("+strconv.FormatInt(alarm, 10)+
			"). Excessive save times can interfere with scheduling!")
		s.tree.Report(defs.FlagLate, "", "")
	}
	s.log.Flush()
	return nil
}

// save writes the check point, and begins its journal in mode always. Until all is on disk, the check point before
// and its journal are what counts.
func (s *Saver) save() error {
	err := s.once()
	if err == errOutdated {
		err = s.once() // there is no journal now, so this cannot come twice
	}
	return err
}

// errOutdated says that the journal could not be written meanwhile: the text lacks what is acknowledged already.
var errOutdated = errors.New("outdated")

func (s *Saver) once() error {
	journaled := s.Mode() == wire.CheckPtAlways
	part := s.path + ".new"
	to, err := newStream(s.disk, part)
	if err != nil {
		_ = s.disk.Remove(part)
		return err
	}
	last, now := s.read(to, journaled)
	defer s.finish()
	next, err := to.end(last)
	if err == nil {
		err = s.place(part, next, now, journaled)
	}
	if err != nil {
		_ = s.disk.Remove(part)
	}
	return err
}

// read passes on the definition's text, but for the end, which it gives. What the journal does not have yet goes there, so
// that records from now on follow the text as well as the journal.
func (s *Saver) read(to *stream, journaled bool) (last []byte, now numbers) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if !journaled {
		s.leave()
	}
	var r *record
	fits := false
	s.tree.Checkpoint(func(d *defs.Defs) {
		now = numbersOf(d)
		if s.journal != nil {
			r, _, fits = s.since(d)
		}
		last = text.Printer{Style: text.Migrate, History: true, Out: to, Expect: s.latest.size}.Append(to.Room(), d)
	})
	if s.journal != nil && (!fits || !s.add(r, now)) {
		s.leave()
	}
	s.carry, s.carried, s.lost = nil, true, false
	return last, now
}

func (s *Saver) finish() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.carry, s.carried = nil, false
}

// place puts a check point that is on disk in its place, the one before in that of the old.
func (s *Saver) place(part string, next id, now numbers, journaled bool) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.lost {
		return errOutdated
	}
	var begun *journal
	if !journaled {
		_ = s.disk.Remove(journalName(s.path, next)) // from another life, with the same bytes
	} else {
		var err error
		if begun, err = newJournal(s.disk, s.path, next, s.carry); err != nil {
			return failure("create", journalName(s.path, next), "", err)
		}
	}
	if err := s.swap(part); err != nil {
		if begun != nil {
			_ = begun.file.Close()
		}
		return err
	}
	if s.journal == nil || begun == nil {
		s.saved = now // records since then, if any, are not in a journal that counts
	}
	s.leave()
	forget(s.disk, s.path, next, s.latest)
	s.latest, s.journal = next, begun
	s.limit = max(leastLimit, int64(next.size))
	return nil
}

// swap is the moment from which the new check point counts.
func (s *Saver) swap(part string) error {
	if err := s.keepOld(); err != nil {
		return err
	}
	if err := s.disk.Rename(part, s.path); err != nil {
		return failure("rename", part, s.path, err)
	}
	return failure("sync", filepath.Dir(s.path), "", s.disk.SyncDirectory(filepath.Dir(s.path)))
}

// keepOld makes the check point that is there the old one too, unless it is empty, as those are that a full
// disk left behind. Until another is in its place it stays.
func (s *Saver) keepOld() error {
	size, err := s.disk.Size(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failure("get file size", s.path, "", err)
	}
	if size == 0 {
		return nil
	}
	part := s.old + ".new"
	_ = s.disk.Remove(part)
	if s.disk.Link(s.path, part) != nil {
		// Another file system, or one without links.
		content, err := s.disk.ReadFile(s.path)
		if err == nil {
			err = write(s.disk, part, content)
		}
		if err != nil {
			return failure("copy", s.path, s.old, err)
		}
	}
	if err := s.disk.Rename(part, s.old); err != nil {
		_ = s.disk.Remove(part)
		return failure("rename", s.path, s.old, err)
	}
	return failure("sync", filepath.Dir(s.old), "", s.disk.SyncDirectory(filepath.Dir(s.old)))
}

// Close writes a check point unless what is on disk is all there is, and ends the journal, of which
// nothing is left behind then.
//
// Errors: those of [Saver.Save].
func (s *Saver) Close() error {
	s.writing.Lock()
	whole := s.journal == nil
	s.writing.Unlock()
	if !whole || s.differs() {
		if err := s.Save(true); err != nil {
			return err
		}
	}
	differs := s.differs()
	s.writing.Lock()
	defer s.writing.Unlock()
	s.leave()
	if !differs {
		forget(s.disk, s.path)
	}
	return nil
}

// write makes a file of that content, on disk when it returns.
func write(on disk, path string, content []byte) error {
	f, err := on.Create(path)
	if err == nil {
		if _, err = f.Write(content); err == nil {
			err = f.Sync()
		}
		err = errors.Join(err, f.Close())
	}
	return unwritten(path, err)
}

// unwritten is why a file could not be written, in the original's words; nil without a reason.
func unwritten(path string, err error) error {
	if err == nil {
		return nil
	}
	return errors.New("Defs::write_to_file: path(" + path + ") failed:  Logical error on i/o operation, errno:" + words(err))
}

// failure is why a file could not be dealt with, as C++ says it; nil without one.
func failure(what, path, other string, err error) error {
	if err == nil {
		return nil
	}
	message := "filesystem error: cannot " + what + ": " + words(err) + " [" + path + "]"
	if other != "" {
		message += " [" + other + "]"
	}
	return errors.New(message)
}

// words is why the system refuses, as the C library says it.
func words(err error) string {
	text := err.Error()
	var number syscall.Errno
	var path *fs.PathError
	if errors.As(err, &number) {
		text = number.Error()
	} else if errors.As(err, &path) {
		text = path.Err.Error()
	}
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
