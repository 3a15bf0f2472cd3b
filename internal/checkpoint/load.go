package checkpoint

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/logfile"
)

// Load brings back what was kept: the check point and what its journal tells, or if it cannot be read the old one with
// its own. The log tells of it. d, which nobody else may use meanwhile, is as it
// was if there was nothing. Change numbers are those of the file: the caller sets its own. The caller may hold the tree's lock.
//
// source: libs/server BaseServer.cpp, restore_from_checkpt, loadCheckPtFile.
func (s *Saver) Load(d *defs.Defs) (loaded bool) {
	loaded, _ = s.load(d)
	return loaded
}

// Start is [Saver.Load] for a server that starts, which must not do so without what it has: it would write its empty
// definition over a check point that somebody could have mended, or that needs another version. The original means to
// refuse too, and does not: it starts empty. It is called before anything else.
//
// Errors: fault.Config.
//
// source: libs/server BaseServer.cpp, load_check_pt_file_on_startup.
func (s *Saver) Start(d *defs.Defs) (loaded bool, err error) {
	loaded, failed := s.load(d)
	if content, err := s.disk.ReadFile(s.path); err == nil {
		s.latest = identify(content) // its journal is kept as long as it is
	}
	if loaded || failed == "" {
		return loaded, nil
	}
	message, path := "Cannot start server, please handle the checkpoint file first", s.path
	if failed == s.old {
		message, path = "Cannot start server, please handle the backup checkpoint file first", s.old
	}
	return false, &fault.Error{
		Kind: fault.Config, Path: path, Msg: message,
		Hint: path + " cannot be read; the log tells why. Mend it, or move it away to start without it.",
	}
}

// load gives also the first file that is there and could not be read.
func (s *Saver) load(d *defs.Defs) (loaded bool, failed string) {
	defer s.log.Flush()
	for _, path := range []string{s.path, s.old} {
		if _, err := s.disk.Size(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		s.log.Log(logfile.Message, "Loading check point file "+path+" port:"+s.port)
		err := s.restore(path, d)
		if err == nil {
			s.log.Log(logfile.Message, "Loading of *DEFS* check point file SUCCEDED. Loaded "+strconv.Itoa(len(d.Suites()))+" suites")
			return true, failed
		}
		var e *fault.Error
		why := err.Error()
		if errors.As(err, &e) {
			why = e.Msg
		}
		s.log.Log(logfile.Error, "Failed to load *DEFS* check point file "+path+", because: "+why)
		if failed == "" {
			failed = path
		}
	}
	return false, failed
}

func (s *Saver) reading() text.Options { return text.Options{Host: s.host} }

// restore reads a check point and its journal.
func (s *Saver) restore(path string, d *defs.Defs) error {
	content, err := s.disk.ReadFile(path)
	if err != nil {
		return errors.New("Defs::defs_restore_from_checkpt: DefsStructureParser::DefsStructureParser: Unable to open file! " +
			path + "\n" + words(err))
	}
	of := identify(content)
	if err := text.RestoreContent(content, d, s.reading()); err != nil {
		return err
	}
	name := journalName(s.path, of)
	journal, err := s.disk.ReadFile(name)
	if err != nil {
		return nil // there is none
	}
	return s.redo(name, journal, of, d)
}

// redo adds what a journal tells. A record that does not fit cannot have been written by this program to this check point;
// what comes before it counts.
func (s *Saver) redo(name string, journal []byte, of id, d *defs.Defs) error {
	records, err := replay(d, journal, of)
	if err != nil {
		s.log.Log(logfile.Error, fmt.Sprintf("The journal %s is followed to its record %d, because: %v (%v)", name, records, err, errors.Unwrap(err)))
	}
	if records == 0 {
		return nil
	}
	s.log.Log(logfile.Message, fmt.Sprintf("Changes after the check point: %d records of the journal %s", records, name))
	// A tree that is read has all its references; one that was changed piece by piece is made such.
	whole := text.Printer{Style: text.Migrate, History: true}.Append(nil, d)
	return text.RestoreContent(whole, d, s.reading())
}
