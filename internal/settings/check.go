package settings

import (
	"fmt"
	"os"
	"path/filepath"
)

// Check says whether a server can start with the settings. Only what can be told before any other file is opened is
// looked at.
//
// Port 0 means any free one. The original refuses it.
//
// source: ServerEnvironment.cpp, init and valid
func (s *Settings) Check() error {
	for _, one := range []struct{ name, complaint string }{
		{s.checkName, "No checkpoint file name specified. Please set in Server/server_environment.cfg or\nset the environment variable ECF_CHECK"},
		{s.backupName, "No old checkpoint file name specified. Please set in Server/server_environment.cfg or\nset the environment variable ECF_CHECKOLD"},
		{s.logName, "No log file name specified. Please set in Server/server_environment.cfg or\nset the environment variable ECF_LOG"},
		{s.listName, "No white list file name specified. Please set in Server/server_environment.cfg or\nset the environment variable ECF_LISTS"},
		{s.passwdName, "No password file name specified. Please set in Server/server_environment.cfg or\nset the environment variable ECF_PASSWD"},
		{s.customName, "No custom password file name specified. Please set in Server/server_environment.cfg or\nset the environment variable ECF_CUSTOM_PASSWD"},
	} {
		if one.name == "" {
			return refuse(one.complaint)
		}
	}
	if err := s.checkHome(); err != nil {
		return err
	}
	switch {
	case s.Host == "":
		return refuse("Could not determine the server host.")
	case s.Port != 0 && (s.Port <= 1023 || s.Port >= 49151):
		return refuse(fmt.Sprintf("Server port %d not set correctly. \n", s.Port) +
			"The port numbers are divided into three ranges.\n" +
			"   o the Well Known Ports, (require root permission)      0 -1023\n" +
			"   o the Registered Ports,                             1024 -49151\n" +
			"   o Dynamic and/or Private Ports.                    49151 -65535\n\n" +
			"Please set in the range 1024-49151 via argument or \n" +
			"Server/src/environment.cfg.h or set the environment variable ECF_PORT. ")
	case s.CheckpointInterval == 0:
		return refuse("Checkpoint interval not set. Please set in Server/server_environment.cfg or\n" +
			"set the environment variable ECF_CHECKINTERVAL. The value must be\nconvertible to a integer")
	case s.Interval < 1 || s.Interval > 60:
		return refuse("Submit jobs interval not set correctly. Please set in Server/server_environment.cfg\n" +
			"or provide as an argument. It must be in the range [1-60] ")
	case s.PruneNodeLog < 0:
		return refuse("ECF_PRUNE_NODE_LOG not set correctly. Please set in Server/server_environment.cfg\n" +
			"or via environment variable of same name. It must be in the range [1-356] ")
	}
	for _, one := range []struct{ name, value string }{
		{"ECF_JOB_CMD", s.JobCmd}, {"ECF_KILL_CMD", s.KillCmd}, {"ECF_STATUS_CMD", s.StatusCmd}, {"ECF_CHECK_CMD", s.CheckCmd},
		{"ECF_URL_CMD", s.URLCmd}, {"ECF_URL_BASE", s.URLBase}, {"ECF_URL", s.URL}, {"ECF_MICRODEF", s.Micro},
	} {
		if one.value == "" {
			return refuse("No " + one.name + " specified. Please set in Server/server_environment.cfg")
		}
	}
	return nil
}

// checkHome looks whether a server can work in its home directory. A relative one is looked for in itself, as the
// original, which is there already, does: "./" works, "home" does not.
//
// source: ServerEnvironment.cpp, change_dir_to_ecf_home_and_check_accesibility
func (s *Settings) checkHome() error {
	home := s.HomeDir()
	info, err := os.Stat(home)
	if s.Home == "" || err != nil || !info.IsDir() || !accessible(home, false) {
		return notLoaded("Can't chdir to ECF_HOME " + s.Home)
	}
	again := home
	if !filepath.IsAbs(s.Home) {
		again = filepath.Join(home, s.Home)
	}
	if !accessible(again, true) {
		return notLoaded("Access restriction on ECF_HOME " + s.Home)
	}
	return nil
}
