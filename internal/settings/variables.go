package settings

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/version"
)

// Variables are the server variables, in the order in which 5.19.0 has them.
//
// ECF_CHECKINTERVAL, ECF_CHECKMODE and ECF_TRIES always show the defaults: the original does not bring them up to date.
//
// source: ServerState.cpp, setup_default_server_variables; ServerEnvironment.cpp, variables
func (s *Settings) Variables() []defs.Variable {
	vars := []defs.Variable{
		{Name: "ECF_MICRO", Value: s.Micro},
		{Name: "ECF_HOME", Value: s.Home},
		{Name: "ECF_JOB_CMD", Value: s.JobCmd},
		{Name: "ECF_KILL_CMD", Value: s.KillCmd},
		{Name: "ECF_STATUS_CMD", Value: s.StatusCmd},
		{Name: "ECF_URL_CMD", Value: s.URLCmd},
		{Name: "ECF_URL_BASE", Value: s.URLBase},
		{Name: "ECF_URL", Value: s.URL},
		{Name: "ECF_LOG", Value: s.LogName()},
		{Name: "ECF_INTERVAL", Value: strconv.Itoa(s.Interval)},
		{Name: "ECF_LISTS", Value: s.WhiteListName()},
		{Name: "ECF_PASSWD", Value: s.PasswordsName()},
		{Name: "ECF_CUSTOM_PASSWD", Value: s.CustomPasswordsName()},
		{Name: "ECF_CHECK", Value: s.CheckpointName()},
		{Name: "ECF_CHECKOLD", Value: s.BackupName()},
		{Name: "ECF_CHECKINTERVAL", Value: "120"},
		{Name: "ECF_CHECKMODE", Value: OnTime.String()},
		{Name: "ECF_TRIES", Value: "2"},
		{Name: "ECF_VERSION", Value: version.EcFlow},
		{Name: "ECF_PORT", Value: strconv.Itoa(s.Port)},
		{Name: "ECF_HOST", Value: s.Host},
		{Name: "ECF_CHECK_CMD", Value: s.CheckCmd},
		{Name: "ECF_PID", Value: strconv.Itoa(s.pid)},
	}
	if s.SSL != "" {
		vars = append(vars, defs.Variable{Name: "ECF_SSL", Value: s.SSL})
	}
	return vars
}

// Dump is what the original shows of its settings with --debug. users is what it says of the white list.
//
// source: ServerEnvironment.cpp, dump
func (s *Settings) Dump(users string) string {
	var b strings.Builder
	quoted := func(name string, value any) { fmt.Fprintf(&b, "%s = '%v'\n", name, value) }
	quoted("ECF_HOME", s.Home)
	quoted("ECF_LOG", s.LogName())
	quoted("ECF_PORT", s.Port)
	quoted("ECF_CHECK", s.CheckpointName())
	quoted("ECF_CHECKOLD", s.BackupName())
	quoted("ECF_CHECKINTERVAL", s.CheckpointInterval)
	quoted("ECF_INTERVAL", s.Interval)
	quoted("ECF_CHECKMODE", s.CheckpointMode)
	quoted("ECF_JOB_CMD", s.JobCmd)
	quoted("ECF_KILL_CMD", s.KillCmd)
	quoted("ECF_STATUS_CMD", s.StatusCmd)
	quoted("ECF_CHECK_CMD", s.CheckCmd)
	quoted("ECF_URL_CMD", s.URLCmd)
	quoted("ECF_URL_BASE", s.URLBase)
	quoted("ECF_URL", s.URL)
	quoted("ECF_MICRO", s.Micro)
	quoted("ECF_PRUNE_NODE_LOG", s.PruneNodeLog)
	jobs, family := 1, 4
	if s.NoJobs {
		jobs = 0
	}
	if s.V6 {
		family = 6
	}
	fmt.Fprintf(&b, "check pt save time alarm %d\nJob generation %d\nServer host name %s\n", s.SaveTimeAlarm, jobs, s.Host)
	fmt.Fprintf(&b, "ECF_PASSWD = %s\nECF_CUSTOM_PASSWD = %s\nTCP Protocol  v%d \nECF_SSL = %s\n", s.PasswordsName(), s.CustomPasswordsName(), family, s.SSL)
	return b.String() + users
}
