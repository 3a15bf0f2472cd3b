package server

import (
	"net"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// Protocol is how clients are to speak to a server.
type Protocol string

// The protocols. TLS is what the original calls SSL.
const (
	Plain Protocol = "PLAIN"
	TLS   Protocol = "SSL"
	HTTP  Protocol = "HTTP"
	HTTPS Protocol = "HTTPS"
)

// CheckMode says when a server writes check points by itself.
type CheckMode string

// The modes. Always writes before a change is acknowledged.
const (
	OnTime CheckMode = "on_time" // and what the empty mode means
	Always CheckMode = "always"
	Never  CheckMode = "never"
)

// Options say how a server is to be. The zero value serves this computer alone, on any free port, lets everybody do
// everything, writes no file and is HALTED.
type Options struct {
	Address  string           // host and port to listen on; empty: "127.0.0.1:0"
	Listener *net.TCPListener // listens already, in place of Address; it is closed with the server
	HostName string           // as messages, password files and certificates name this computer; empty: asked from the system

	Interval time.Duration    // between two updates of the calendars; 0: a minute
	Running  bool             // begin as RUNNING, not HALTED
	NoJobs   bool             // tasks are not submitted
	Debug    bool             // tell more in the log
	Clock    func() time.Time // nil: time.Now

	Protocol Protocol // empty: Plain
	SSLDir   string   // the directory of key and certificate, for TLS and HTTPS
	SSLValue string   // as ECF_SSL: HOST.PORT for files of that name; else server.* goes before HOST.PORT.*

	Home string // ECF_HOME: scripts, jobs, their output and the files below are in it; empty: nothing is kept and nothing logged
	// The names of these files may be relative to Home. Empty: HOST.PORT.ecf.log, .check and .check.b as in the original.
	LogFile, CheckFile, OldCheckFile string
	CheckMode                        CheckMode
	CheckInterval                    time.Duration // of OnTime; 0: two minutes

	// Files of who may do what. Empty: no such file, and nobody is asked.
	WhiteList, PasswordFile, CustomPasswordFile string

	Variables   []defs.Variable // of the server, as ECF_JOB_CMD; they go before the usual ones
	Environment []string        // of jobs, as NAME=VALUE; nil: that of this process
	EndJobs     bool            // Close ends jobs that run, too; without it they go on
}
