package stats

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// figure is one line of the table of statistics. A zero or empty one is left out.
type figure struct {
	label string
	text  string
	unit  string
}

func count(label string, n uint32) figure {
	if n == 0 {
		return figure{}
	}
	return figure{label: label, text: strconv.FormatUint(uint64(n), 10)}
}

func seconds(label string, n int) figure {
	if n == 0 {
		return figure{}
	}
	return figure{label, strconv.Itoa(n), "s"}
}

// Table lists a server's figures in the layout of 5.19.0, whatever the server's version.
// restored is the one counter that is not among them.
//
// source: libs/base Stats.cpp, show.
func Table(s *wire.Stats, restored uint32) string {
	var b strings.Builder
	section := func(title string, always bool, figures ...figure) {
		lines := ""
		for _, f := range figures {
			if f.text == "" {
				continue
			}
			lines += fmt.Sprintf("  %-32s%s", f.label, f.text)
			if f.unit != "" {
				lines += " (" + f.unit + ")"
			}
			lines += "\n"
		}
		if lines != "" || always {
			b.WriteString(title + "\n" + lines + "\n")
		}
	}
	section("Server Statistics", true,
		figure{"Version", s.ServerVersion, ""}, figure{"Status", s.Status.String(), ""}, figure{"Host", s.Host, ""},
		figure{"Port", s.Port, ""}, figure{"Protocol", protocolName(s), ""}, figure{"Up since", s.UpSince, ""},
		seconds("Job sub' interval", s.JobSubInterval), figure{"ECF_HOME", s.EcfHome, ""}, figure{"ECF_LOG", s.EcfLog, ""},
		figure{"ECF_CHECK", s.EcfCheck, ""}, figure{"ECF_SSL", s.EcfSSL, ""}, seconds("Check pt interval", s.CheckptInterval),
		figure{"Check pt mode", ModeName(s.CheckptMode), ""}, seconds("Check pt save time alarm", s.CheckptSaveTimeAlarm),
		figure{"Number of Suites", strconv.Itoa(s.NoOfSuites), ""}, figure{"Request/s per 1,5,15,30,60 min", s.RequestStats, ""})
	if s.Metrics != nil {
		var figures []figure
		for _, m := range s.Metrics.List {
			figures = append(figures, figure{m.Name, metricText(string(m.Value.Data)), m.Unit})
		}
		section("Server Resources", true, figures...)
	}
	n := s.Counts
	section("User Commands (Server-related)", false,
		figure{"Locked by user", s.LockedByUser, ""}, count("Store to Check point", n.Checkpt), count("Restore from Check point", restored),
		count("Restart server", n.Restart), count("Shutdown server", n.Shutdown), count("Halt server", n.Halt), count("Ping", n.Ping),
		count("Debug server on", n.DebugServerOn), count("Debug server off", n.DebugServerOff), count("Get full definition", n.Get), count("Server version", n.ServerVersion),
		count("Sync", n.Sync), count("Sync full", n.SyncFull), count("Sync suite clock", n.SyncClock), count("News", n.News))
	section("Task Commands", false,
		count("Task init", n.Init), count("Task complete", n.Complete), count("Task wait", n.Wait), count("Task abort", n.Abort),
		count("Task event", n.Event), count("Task meter", n.Meter), count("Task label", n.Label), count("Task queue", n.Queue))
	section("User Commands (Zombie-related)", false,
		count("Zombie fob", n.ZombieFob), count("Zombie fail", n.ZombieFail), count("Zombie adopt", n.ZombieAdopt),
		count("Zombie remove", n.ZombieRemove), count("Zombie get", n.ZombieGet), count("Zombie block", n.ZombieBlock), count("Zombie kill", n.ZombieKill))
	section("User Commands (Node-related)", false,
		count("Load definition", n.Load), count("Begin", n.Begin), count("Requeue", n.Requeue), count("Job generation", n.JobGen),
		count("Check Job generation", n.CheckJobGenOnly), count("Node delete", n.Delete), count("Node suspend", n.Suspend),
		count("Node resume", n.Resume), count("Node kill", n.Kill), count("Node status", n.StatusCmd), count("Node edit history", n.EditHistory),
		count("Node archive", n.Archive), count("Node restore", n.Restore), count("Log cmd", n.Log), count("Log message", n.LogMessage),
		count("Order", n.Order), count("Run", n.Run), count("Replace", n.Replace), count("Force", n.Force), count("Free dependencies", n.FreeDep),
		count("Suites", n.Suites), count("Edit script", n.EditScript), count("Alter", n.Alter), count("Client handle", n.ClientHandle),
		count("Plug", n.Plug), count("Move", n.Move), count("Group", n.Group), count("Server load cmd", n.ServerLoad), count("Stats cmd", n.Stats),
		count("Check cmd", n.Check), count("Query cmd", n.Query), count("Reload white list file", n.ReloadWhiteList),
		count("Reload password file", n.ReloadPasswd))
	section("User Commands (File-related)", false,
		count("File ECF", n.FileECF), count("File job", n.FileJob), count("File job out", n.FileJobout), count("File Cmd out", n.FileCmdout),
		count("File manual", n.FileManual))
	return b.String()
}

func protocolName(s *wire.Stats) string {
	switch s.Protocol {
	case "PLAIN":
		return "TCP/IP"
	case "SSL":
		return "TCP/IP with SSL"
	}
	return s.Protocol
}

// ModeName is what the table calls a mode of check points.
func ModeName(m wire.CheckPtMode) string {
	switch m {
	case wire.CheckPtNever:
		return "CHECK_NEVER"
	case wire.CheckPtOnTime:
		return "CHECK_ON_TIME"
	case wire.CheckPtAlways:
		return "CHECK_ON_ALWAYS"
	}
	return "UNDEFINED"
}

// metricText shows fractions with six digits, as std::fixed does.
func metricText(number string) string {
	if strings.ContainsAny(number, ".eE") {
		if f, err := strconv.ParseFloat(number, 64); err == nil {
			return strconv.FormatFloat(f, 'f', 6, 64)
		}
	}
	return number
}
