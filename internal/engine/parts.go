package engine

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/jobs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Sender is who sent a request, as its connection tells.
type Sender struct {
	// Trusted means that a proxy in front of the server has checked the user already.
	Trusted bool
	// Named means that User and Password, empty or not, stand for those in the request.
	Named          bool
	User, Password string
	// Wait, if there is one, is called before a request waits for something: who sent it holds up others until then.
	Wait func()
}

func (s Sender) wait() {
	if s.Wait != nil {
		s.Wait()
	}
}

// Answer is what to send back.
type Answer struct {
	Reply wire.Reply
	// Frame is the reply as it travels, behind its length, where it is there already; else nil. It may be shared by many and
	// is not to be changed.
	Frame []byte
	// Terminate: the server is to end once the answer is sent.
	Terminate bool
}

// Log takes the lines of the log. Its methods may be called at any time, by many at once.
type Log interface {
	Write(kind defs.LogKind, text string)
	Flush()                         // at the end of a request; it may leave some for a moment later
	Close()                         // the file, until the next line
	Path() string                   // of the file
	Last(lines int) (string, error) // of the file
	Clear() error
	New(path string) error // goes on in another file
	// Problem is what is wrong with writing, "" if nothing; the definition is marked with it.
	Problem() string
}

// Request is what a guard looks at.
type Request struct {
	User, Password string
	Custom         bool // the user chose a name other than that of the login
	Trusted        bool // checked by a proxy
	Ping           bool
	Write          bool     // wants to change something
	Paths          []string // of the nodes concerned; none means the definition
	// Permissions finds the variable PERMISSIONS as set on the node at a path itself, or else on the nearest above it that
	// has it, and says on which. "/" is the definition with its own user variables; "": there is none.
	Permissions func(path string) (value, at string)
}

// Guard says who may do what. The errors' texts go to the client.
type Guard interface {
	Authenticate(r *Request) error
	Authorise(r *Request) error
	ReloadLists() error
	ReloadPasswords() error
	ReloadCustomPasswords() error
}

// Snapshot shows a keeper the definition that it is to keep. Its functions take the lock of the definition for as long as they run.
type Snapshot interface {
	// View calls read with the definition, which nobody changes until it returns.
	View(read func(d *defs.Defs))
	// Checkpoint is View for a check point, and Saved tells that the last one that was read is on disk.
	Checkpoint(read func(d *defs.Defs))
	Saved()
	// Report marks the definition with trouble: name is a variable (ECF_CHECKPT_ERROR), "" for none, flag a mark.
	Report(flag defs.FlagType, name, value string)
}

// Keeper keeps the definition on disk.
type Keeper interface {
	// Changed tells that a request has changed the definition, and gives what has to be waited for before it is
	// acknowledged; nil for nothing.
	Changed() (durable func() error)
	// Save writes a check point now.
	Save() error
	// Set changes the mode, the interval and the time that saving may take; what is undefined or 0 stays.
	Set(mode wire.CheckPtMode, interval, alarm int)
	Settings() (mode wire.CheckPtMode, interval, alarm int)
	// Hold stops saving by itself (while the server is halted), Go resumes it.
	Hold()
	Go()
	// Restore reads the check point, or the old one, into a new definition; nil if there is none.
	Restore() (*defs.Defs, error)
}

// Jobs starts the commands of jobs and does not wait for them.
type Jobs interface {
	Start(c jobs.Command)
	Close() // what runs goes on running
}

// Clock is the time of day, for tests.
type Clock func() time.Time
