package instance

import (
	"net"
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/engine"
	"github.com/ecflow-go/ecflow/internal/jobs"
	"github.com/ecflow-go/ecflow/internal/logfile"
	"github.com/ecflow-go/ecflow/internal/settings"
)

func (c Config) address() string { return net.JoinHostPort(c.Address, strconv.Itoa(c.Settings.Port)) }

// open makes the engine with all that it works with.
func (s *Instance) open(c Config) (*engine.Engine, error) {
	set := c.Settings
	s.log = quiet{}
	var keeper func(engine.Snapshot) engine.Keeper
	if !c.Fileless {
		file := logfile.New(set.HomeDir(), set.LogName())
		s.log = logging{file}
		keeper = func(tree engine.Snapshot) engine.Keeper {
			s.keeper = newKeeper(tree, file, set)
			return s.keeper
		}
	}
	s.log.Write(defs.LogMsg, "") // the log before may not end in a newline
	s.log.Write(defs.LogMsg, "Started at "+time.Now().UTC().Format("2006-Jan-02 15:04:05")+" universal time")
	family := "v4"
	if set.V6 {
		family = "v6"
	}
	s.log.Write(defs.LogMsg, "Host("+set.Host+")  Port("+strconv.Itoa(set.Port)+") using TCP/IP "+family)
	s.log.Write(defs.LogMsg, "ECF_HOME "+set.Home)
	s.log.Write(defs.LogMsg, "Job scheduling interval: "+strconv.Itoa(set.Interval))
	guard, err := c.guard(s.log)
	if err != nil {
		s.complain(worded(err).Error())
		return nil, err
	}
	return engine.New(engine.Options{
		Log: s.log, Guard: guard, Clock: c.Clock, Keeper: keeper,
		Jobs: c.jobs, Host: set.Host, Port: strconv.Itoa(set.Port), Variables: append(set.Variables(), c.Variables...),
		Interval: time.Duration(set.Interval) * time.Second, NoJobs: set.NoJobs, SlowJob: time.Duration(set.TaskThreshold) * time.Millisecond,
		Protocol: c.protocol(), Send: s.send,
		Home: set.Home, Check: set.CheckpointName(), SSL: set.SSL, Running: c.Running, Ease: c.Ease, HistoryDays: set.PruneNodeLog,
	})
}

func (c Config) jobs(failed func([]jobs.Failure)) engine.Jobs {
	runner := jobs.New(c.Environment, failed)
	if c.EndJobs {
		runner.Mark()
		return ending{runner}
	}
	return runner
}

// ending are jobs that end with the server.
type ending struct{ *jobs.Runner }

func (e ending) Close() { e.End() }

func (c Config) protocol() string {
	switch {
	case c.Settings.HTTP:
		return "HTTP"
	case c.TLS != nil:
		return "SSL"
	}
	return "PLAIN"
}

// name is how messages name the server.
func name(s *settings.Settings) string { return s.Host + "@" + strconv.Itoa(s.Port) }
