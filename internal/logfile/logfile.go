package logfile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// Kind is what sort of line it is.
type Kind uint8

// The kinds, in the original's order.
const (
	Message Kind = iota
	Log
	Error
	Warning
	Debug
	Other
)

var prefixes = [...]string{"MSG:", "LOG:", "ERR:", "WAR:", "DBG:", "OTH:"}

// String is how lines of this kind begin, without the colon.
func (k Kind) String() string { return strings.TrimSuffix(prefixes[k], ":") }

// layout is how the original writes times of the log, and of edit histories.
const layout = "[15:04:05 02.01.2006] "

// Stamp is a time as lines of the log and of edit histories have it, with the blank behind it.
//
// source: libs/core TimeStamp.cpp.
func Stamp(at time.Time) string { return at.Format(layout) }

// enough is how much is gathered before it is written without being asked.
const enough = 1 << 16

// File is a log. It may be used by many goroutines at once.
//
// source: libs/core Log.cpp.
type File struct {
	directory string
	now       func() time.Time
	trouble   atomic.Pointer[string]

	gather sync.Mutex // never held while the system is asked for something slow
	buf    []byte
	second int64 // that stamp is for
	stamp  string
	path   string      // as given
	paced  time.Time   // of the last write by Soon
	later  *time.Timer // writes what Soon has left
	due    bool        // later is running

	disk   sync.Mutex // taken before gather
	file   *os.File   // nil until the first write, and after Close
	opened string     // its name
	spare  []byte
}

// New is the log in the file at path, which is relative to a directory. It is made, or
// appended to, at the first [File.Flush].
func New(directory, path string) *File {
	return &File{directory: directory, path: path, now: time.Now, second: -1}
}

// Log adds a text, each of its lines with kind and time in front. Empty lines are left out.
func (f *File) Log(kind Kind, text string) {
	f.gather.Lock()
	f.mark()
	f.lines(kind, text)
	full := len(f.buf) >= enough
	f.gather.Unlock()
	if full {
		f.Flush()
	}
}

// mark brings the stamp up to date.
func (f *File) mark() {
	now := f.now()
	if s := now.Unix(); s != f.second {
		f.second, f.stamp = s, Stamp(now)
	}
}

func (f *File) lines(kind Kind, text string) {
	if strings.IndexByte(text, '\n') < 0 {
		f.line(kind, text)
		return
	}
	for part := range strings.SplitSeq(text, "\n") {
		if part != "" {
			f.line(kind, part)
		}
	}
}

func (f *File) line(kind Kind, text string) {
	f.buf = append(f.buf, prefixes[kind]...)
	f.buf = append(f.buf, f.stamp...)
	f.buf = append(f.buf, text...)
	f.buf = append(f.buf, '\n')
}

// Flush writes what was logged before the call. While somebody else is writing it is left to them: a disk that is busy,
// with a check point for instance, keeps one waiting, not all.
func (f *File) Flush() {
	for range turns {
		if !f.waiting() || !f.disk.TryLock() {
			return // who has the lock looks again after giving it back
		}
		f.flush()
		f.disk.Unlock()
	}
	if f.waiting() {
		go f.Flush()
	}
}

// pace is how long after a write the next one may be: each is a system call, and there can be thousands a second.
const pace = 10 * time.Millisecond

// Soon is Flush at once if nothing was written for [pace], else within that time.
func (f *File) Soon() {
	if f.soon() {
		f.Flush()
	}
}

func (f *File) soon() (now bool) {
	f.gather.Lock()
	defer f.gather.Unlock()
	if f.due || len(f.buf) == 0 {
		return false
	}
	at := time.Now()
	if rest := pace - at.Sub(f.paced); rest > 0 {
		f.due = true
		if f.later == nil {
			f.later = time.AfterFunc(rest, f.late)
		} else {
			f.later.Reset(rest)
		}
		return false
	}
	f.paced = at
	return true
}

// late writes what Soon has left.
func (f *File) late() {
	f.gather.Lock()
	f.due, f.paced = false, time.Now()
	f.gather.Unlock()
	f.Flush()
}

// turns is how often in a row one caller writes what others have logged meanwhile.
const turns = 4

func (f *File) waiting() bool {
	f.gather.Lock()
	defer f.gather.Unlock()
	return len(f.buf) > 0
}

func (f *File) flush() {
	f.gather.Lock()
	b, path := f.buf, f.path
	if len(b) == 0 {
		f.gather.Unlock()
		return
	}
	f.buf = f.spare[:0]
	f.spare = nil
	f.gather.Unlock()
	f.write(b, f.absolute(path))
	if cap(b) <= 2*enough {
		f.spare = b
	}
}

// write writes to the file of that name. What fails is tried once more with the file opened
// anew, the reason in front.
func (f *File) write(b []byte, path string) {
	n, err := f.put(b, path)
	if err == nil {
		return
	}
	why := f.reason(path, err) + " " + Stamp(f.now())
	f.close()
	if err = f.open(path); err != nil {
		why += "\nAttempting to close/reopen log file did not work!"
	} else {
		why += "\nAttempting to close/reopen log file."
		again := File{now: f.now, second: -1}
		again.mark()
		again.lines(Error, why)
		if _, err := f.file.Write(append(again.buf, b[n:]...)); err != nil {
			f.close()
		}
	}
	f.trouble.Store(&why)
}

// put writes, to a file that it opens if need be.
func (f *File) put(b []byte, path string) (int, error) {
	if f.file == nil || f.opened != path {
		f.close()
		if err := f.open(path); err != nil {
			return 0, err
		}
	}
	return f.file.Write(b)
}

func (f *File) open(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return &openError{err}
	}
	f.file, f.opened = file, path
	return nil
}

func (f *File) close() {
	if f.file != nil {
		_ = f.file.Close() // each write has told of its own failure
		f.file = nil
	}
}

// openError says that it was the opening that failed.
type openError struct{ error }

func (e *openError) Unwrap() error { return e.error }

// reason is why the log cannot be written, in the original's words.
func (f *File) reason(path string, err error) string {
	var open *openError
	if errors.As(err, &open) {
		return "Could not open log file '" + path + "'.  Logical error on i/o operation, errno:" + words(err)
	}
	return "\nFailed to write to log file:  Logical error on i/o operation Read/Writing error on i/o operation, errno:" + words(err)
}

// Trouble gives why the log could not be written, once for each time it could not; "" if it
// could. It is the value of ECF_LOG_ERROR.
func (f *File) Trouble() string {
	if f.trouble.Load() == nil {
		return ""
	}
	if why := f.trouble.Swap(nil); why != nil {
		return *why
	}
	return ""
}

// Path is where the log is, absolute.
func (f *File) Path() string {
	f.gather.Lock()
	defer f.gather.Unlock()
	return f.absolute(f.path)
}

func (f *File) absolute(path string) string {
	if filepath.IsAbs(path) || f.directory == "" {
		return path
	}
	return f.directory + "/" + path
}

// Move closes the file and goes on in another.
//
// Errors: fault.Argument, of a path that can be no log.
func (f *File) Move(path string) error {
	path = strings.TrimSpace(path)
	if path == "" {
		return fault.New(fault.Argument, "Log::check_new_path: No path name specified for the new log file")
	}
	if above := parent(path); above != "" {
		if _, err := os.Stat(f.absolute(above)); err != nil {
			return &fault.Error{
				Kind: fault.Argument, Path: path, Err: err,
				Msg: "Log::check_new_path: Cannot create new log file, since the directory part " + quoted(above) + " does not exist",
			}
		}
	}
	if info, err := os.Stat(f.absolute(path)); err == nil && info.IsDir() {
		return &fault.Error{
			Kind: fault.Argument, Path: path,
			Msg: "LogCmd::LogCmd: Cannot create new log file, since the path correspond to a directory " + quoted(path),
		}
	}
	f.disk.Lock()
	defer f.disk.Unlock()
	f.flush()
	f.close()
	f.gather.Lock()
	f.path = path
	f.gather.Unlock()
	return nil
}

// Close writes what was logged and closes the file. The next line opens it again, so that
// somebody who moved it away gets a new one.
func (f *File) Close() {
	f.disk.Lock()
	defer f.disk.Unlock()
	f.flush()
	f.close()
}

// Clear empties the file.
func (f *File) Clear() {
	f.disk.Lock()
	defer f.disk.Unlock()
	f.flush()
	f.close()
	if file, err := os.OpenFile(f.Path(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666); err == nil {
		_ = file.Close()
	}
}
