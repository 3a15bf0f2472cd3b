package settings

import (
	"fmt"
	"path/filepath"
	"strconv"
)

// readEnvironment takes what variables of the environment say. Commands, the check point mode and ECF_INTERVAL come of
// the file alone.
//
// source: ServerEnvironment.cpp, read_environment_variables
func (s *Settings) readEnvironment(g Given) error {
	env := g.Env
	if env == nil {
		env = func(string) (string, bool) { return "", false }
	}
	for _, number := range []struct {
		name, complaint string
		into            *int
	}{
		{"ECF_PORT", definedAs, &s.Port},
		{"ECF_CHECKINTERVAL", definedAs, &s.CheckpointInterval},
		{"ECF_PRUNE_NODE_LOG", "ServerEnvironment::read_environment_variables: %s must be convertible to an integer, but found: %s", &s.PruneNodeLog},
		{"ECF_TASK_THRESHOLD", definedAs, &s.TaskThreshold},
	} {
		text, found := env(number.name)
		if !found {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return notLoaded("Exception in ServerEnvironment::ServerEnvironment() : " + fmt.Sprintf(number.complaint, number.name, text))
		}
		*number.into = int(n)
	}
	for _, text := range []struct {
		name string
		into *string
	}{
		{"ECF_HOME", &s.Home}, {"ECF_LOG", &s.logName}, {"ECF_CHECK", &s.checkName}, {"ECF_CHECKOLD", &s.backupName},
		{"ECF_LISTS", &s.listName}, {"ECF_PASSWD", &s.passwdName}, {"ECF_CUSTOM_PASSWD", &s.customName},
	} {
		if value, found := env(text.name); found {
			*text.into = value
		}
	}
	if s.Home == "." && g.Dir != "" {
		s.Home = g.Dir
	}
	_, s.Debug = env("ECF_DEBUG_SERVER")
	s.TLS.Value, s.TLS.Wanted = env("ECF_SSL")
	if dir, found := env("ECF_SSL_DIR"); found {
		s.TLS.Dir = dir
	} else if home, found := env("HOME"); found {
		s.TLS.Dir = filepath.Join(home, ".ecflowrc", "ssl")
	}
	return nil
}

const definedAs = "ServerEnvironment::read_environment_variables(): %s is defined(%s) but value is *not* convertible to an integer"

// notLoaded is an error that the original has before there is a log.
//
// source: ServerMain.cpp
func notLoaded(message string) error {
	return refuse("Could not load the server environment or options :\n" + message)
}
