package settings

import (
	"path/filepath"
	"strconv"

	"github.com/ecflow-go/ecflow/fault"
)

// Given is what the surroundings of a server say. Nothing else has an influence.
type Given struct {
	Args []string                                     // the words behind the program's name
	Env  func(name string) (value string, found bool) // os.LookupEnv or the like; nil: no environment
	Dir  string                                       // working directory: where server_environment.cfg is looked for; "": there is none
	Host string                                       // name of this machine
	PID  int                                          // of the process, for ECF_PID
}

// Mode says when check points are written.
type Mode uint8

// The modes, in the order of the original's numbers.
// source: CheckPt.hpp
const (
	Never Mode = iota
	OnTime
	Always
)

// String is the name by which the file has it.
func (m Mode) String() string {
	switch m {
	case Never:
		return "CHECK_NEVER"
	case Always:
		return "CHECK_ALWAYS"
	}
	return "CHECK_ON_TIME"
}

// Settings are what a server starts with. Names of files are as they were given, or as the original makes them; use
// [Settings.Files] to open them.
type Settings struct {
	Host string
	Port int // 0: any free one, by [Settings.SetPort] when it is known
	Home string

	Interval           int // seconds between looks at time dependencies, 1 to 60
	CheckpointInterval int // seconds
	CheckpointMode     Mode
	SaveTimeAlarm      int // seconds that writing a check point may take
	TaskThreshold      int // milliseconds that making a job may take before the log tells
	PruneNodeLog       int // days for which edit history is kept; 0: for ever

	JobCmd, KillCmd, StatusCmd, CheckCmd string
	URLCmd, URLBase, URL                 string
	Micro                                string

	NoJobs bool // --dis_job_gen
	V6     bool
	HTTP   bool
	Debug  bool
	TLS    TLS
	SSL    string // what ECF_SSL shows: "1", or HOST.PORT; "": no TLS. Whoever has chosen the files sets it

	Help        bool // the help is asked for; nothing else counts
	ShowVersion bool // the version is asked for

	logName, checkName, backupName   string
	listName, passwdName, customName string
	pid                              int
	dir                              string // of the process, for relative names
	readFrom                         string // path of the file that was read; "": none
}

// TLS says whether a server speaks TLS, and where its files are.
type TLS struct {
	Wanted   bool
	Dir      string // $HOME/.ecflowrc/ssl, or what ECF_SSL_DIR names; "": neither is known
	Value    string // of ECF_SSL; "" as well when --ssl alone asks
	ByOption bool   // --ssl, and no ECF_SSL
}

// Files are where a server's files are, as absolute paths if the home directory is one.
type Files struct{ Log, Checkpoint, Backup, WhiteList, Passwords, CustomPasswords string }

// Read makes settings of what is given. Options win over the environment, and that over the file.
//
// Errors are of kind fault.Config, or fault.Argument for options.
//
// source: ServerEnvironment.cpp, init
func Read(g Given) (*Settings, error) {
	s := defaults(g)
	if err := s.readFile(g.Dir); err != nil {
		return nil, err
	}
	if err := s.readEnvironment(g); err != nil {
		return nil, err
	}
	if err := s.readOptions(g); err != nil {
		return nil, err
	}
	return s, nil
}

// source: Ecf.cpp, CheckPt.hpp, ServerEnvironment.cpp
func defaults(g Given) *Settings {
	return &Settings{
		Host: g.Host, Port: defaultPort, Home: ".",
		Interval: 60, CheckpointInterval: 120, CheckpointMode: OnTime, SaveTimeAlarm: 20, TaskThreshold: 4000, PruneNodeLog: 30,
		JobCmd:    "%ECF_JOB% 1> %ECF_JOBOUT% 2>&1",
		KillCmd:   "kill -15 %ECF_RID%",
		StatusCmd: "ps --pid %ECF_RID% -f > %ECF_JOB%.stat 2>&1",
		CheckCmd:  "ps --pid %ECF_RID% -f",
		URLCmd:    "${BROWSER:=firefox} -new-tab %ECF_URL_BASE%/%ECF_URL%",
		URLBase:   "https://confluence.ecmwf.int",
		URL:       "display/ECFLOW/ecflow+home",
		Micro:     "%",
		logName:   defaultLog, checkName: defaultCheck, backupName: defaultBackup,
		listName: defaultLists, passwdName: defaultPasswd, customName: defaultCustom,
		pid: g.PID, dir: g.Dir,
	}
}

const (
	defaultPort   = 3141
	defaultLog    = "ecf.log"
	defaultCheck  = "ecf.check"
	defaultBackup = "ecf.check.b"
	defaultLists  = "ecf.lists"
	defaultPasswd = "ecf.passwd"
	defaultCustom = "ecf.custom_passwd"
)

// SetPort says which port it is, when 0 was asked for. The names of files follow.
func (s *Settings) SetPort(port int) { s.Port = port }

// HostPort is the beginning of the names of files: HOST.PORT.
func (s *Settings) HostPort() string { return s.Host + "." + strconv.Itoa(s.Port) }

// own gives a name the server's own beginning if it is the default one.
func (s *Settings) own(name, ifIs string) string {
	if name == ifIs {
		return s.HostPort() + "." + name
	}
	return name
}

// atHome puts a name that does not begin at the root behind the home directory, as it was written.
func (s *Settings) atHome(name string) string {
	if name == "" || name[0] == '/' {
		return name
	}
	return s.Home + "/" + name
}

// CheckpointName is ECF_CHECK.
func (s *Settings) CheckpointName() string { return s.atHome(s.own(s.checkName, defaultCheck)) }

// BackupName is ECF_CHECKOLD.
func (s *Settings) BackupName() string { return s.atHome(s.own(s.backupName, defaultBackup)) }

// WhiteListName is ECF_LISTS; it may be relative to the home directory.
func (s *Settings) WhiteListName() string { return s.own(s.listName, defaultLists) }

// PasswordsName is ECF_PASSWD; it may be relative to the home directory.
func (s *Settings) PasswordsName() string { return s.own(s.passwdName, defaultPasswd) }

// CustomPasswordsName is ECF_CUSTOM_PASSWD; it may be relative to the home directory.
func (s *Settings) CustomPasswordsName() string { return s.own(s.customName, defaultCustom) }

// LogName is ECF_LOG, an absolute path: the original takes the directory it works in for a relative one, so
// symbolic links on the way to the home directory are not seen in it.
//
// source: Log.cpp
func (s *Settings) LogName() string {
	name := s.own(s.logName, defaultLog)
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	home := s.HomeDir()
	if real, err := filepath.EvalSymlinks(home); err == nil {
		home = real
	}
	return home + "/" + name
}

// HomeDir is the home directory as a path that does not depend on the working directory.
func (s *Settings) HomeDir() string { return s.absolute(s.dir, s.Home) }

func (s *Settings) absolute(base, name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(base, name)
}

// Files says where the files are.
func (s *Settings) Files() Files {
	home := s.HomeDir()
	path := func(name string) string {
		if name == "" {
			return ""
		}
		return s.absolute(home, name)
	}
	return Files{
		Log:             s.LogName(),
		Checkpoint:      path(s.own(s.checkName, defaultCheck)),
		Backup:          path(s.own(s.backupName, defaultBackup)),
		WhiteList:       path(s.WhiteListName()),
		Passwords:       path(s.PasswordsName()),
		CustomPasswords: path(s.CustomPasswordsName()),
	}
}

// refuse is the error of settings that a server cannot start with.
func refuse(message string) *fault.Error {
	return &fault.Error{Kind: fault.Config, Op: "read the settings", Msg: message}
}
