package server

import (
	"net"
	"os"
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/internal/instance"
	"github.com/ecflow-go/ecflow/internal/settings"
)

// config makes of options what a server is made of. Options take the place of the environment that the program reads.
func (o Options) config() (instance.Config, error) {
	c := instance.Config{Socket: o.Listener, Running: o.Running, Clock: o.Clock, Environment: o.Environment, EndJobs: o.EndJobs, Fileless: o.Home == ""}
	host, port := "127.0.0.1", "0"
	if o.Listener == nil && o.Address != "" { // any port does for a socket that listens; which it is shows later
		var err error
		if host, port, err = net.SplitHostPort(o.Address); err != nil {
			return c, err
		}
	}
	c.Address = host
	name := o.HostName
	if name == "" {
		var err error
		if name, err = os.Hostname(); err != nil {
			return c, err
		}
	}
	env := o.environment(port)
	args := []string{"--port=" + port}
	if o.NoJobs {
		args = append(args, "--dis_job_gen")
	}
	if o.Protocol == HTTP || o.Protocol == HTTPS {
		args = append(args, "--http")
	}
	var err error
	c.Settings, err = settings.Read(settings.Given{
		Args: args, Host: name, PID: os.Getpid(),
		Env: func(name string) (string, bool) { value, ok := env[name]; return value, ok },
	})
	if err != nil {
		return c, err
	}
	if o.Interval > 0 {
		c.Settings.Interval = int(max(o.Interval, time.Second) / time.Second)
	}
	switch o.CheckMode {
	case Always:
		c.Settings.CheckpointMode = settings.Always
	case Never:
		c.Settings.CheckpointMode = settings.Never
	}
	c.Variables = o.Variables
	return c, c.Settings.Check()
}

// environment is what the program would find in its environment.
func (o Options) environment(port string) map[string]string {
	env := map[string]string{}
	put := func(name, value string) {
		if value != "" {
			env[name] = value
		}
	}
	put("ECF_HOME", o.Home)
	put("ECF_LOG", o.LogFile)
	put("ECF_CHECK", o.CheckFile)
	put("ECF_CHECKOLD", o.OldCheckFile)
	put("ECF_LISTS", o.WhiteList)
	put("ECF_PASSWD", o.PasswordFile)
	put("ECF_CUSTOM_PASSWD", o.CustomPasswordFile)
	if o.Protocol == TLS || o.Protocol == HTTPS {
		put("ECF_SSL_DIR", o.SSLDir)
		env["ECF_SSL"] = o.SSLValue
	}
	if o.CheckInterval > 0 {
		put("ECF_CHECKINTERVAL", strconv.Itoa(int(o.CheckInterval/time.Second)))
	}
	return env
}
