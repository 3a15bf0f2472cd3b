package app

import (
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/top"
)

// topOptions are the options of the command top.
type topOptions struct {
	list     string
	tls      bool
	user     string
	cafile   string
	interval time.Duration
	mouse    bool
	bell     bool
	ascii    bool
}

func newTop(t *terminal.Terminal) *cobra.Command {
	var o topOptions
	cmd := &cobra.Command{
		Use:   "top [SERVER ...]",
		Short: "servers, suites and tasks on the screen, with the commands operators need",
		Long: `top shows the suites of several servers as trees in the terminal, keeps them up to date,
shows why a task does not run, its script, job, output and manual, and sends commands
such as suspend, requeue, run and kill, each after a question. Press ? for the keys.

A SERVER is HOST, HOST:PORT, tls://HOST:PORT, or the name of one in the list of servers.
Without any, those of the list are shown; if there is no list, the server of the environment
(ECF_HOST, ECF_PORT, ECF_SSL). Servers that are added or removed on the screen are kept in the
list, unless servers were named on the command line.

It reads the list of servers: the file given with --servers, else ecflow/servers.json in
$XDG_CONFIG_HOME, ~/.config or, on Windows, %AppData%. It writes the same file when servers are
added or removed. Certificates and passwords are found as by ecflow_client; neither is
in the list.

Exit codes: 0 left by the user, 1 failed, 2 usage.`,
		Example: `  ecflow top
  ecflow top ops1:3141 tls://ops2:3141
  ecflow top --interval 2s localhost`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !t.InIsTerminal || !t.OutIsTerminal {
				return fault.New(fault.Argument, "top needs a terminal; scripts may use ecflow watch, or ecflow_client --get_state")
			}
			options, err := o.build(t, args)
			if fault.KindOf(err) == fault.Argument {
				return &exit{exitUsage, err}
			}
			if err != nil {
				return err
			}
			return top.Run(cmd.Context(), t.In, t.Out, options)
		},
	}
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		kept, _ := o.kept(t)
		var names []string
		for _, s := range kept {
			if s.Name != "" {
				names = append(names, s.Name)
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	flags := cmd.Flags()
	flags.StringVar(&o.list, "servers", "", "file with the list of servers (default ~/.config/ecflow/servers.json)")
	flags.BoolVar(&o.tls, "ssl", false, "speak TLS to the servers named on the command line")
	flags.StringVar(&o.cafile, "cafile", "", "trust the certificates in this PEM file instead of those in ~/.ecflowrc/ssl")
	flags.StringVar(&o.user, "user", "", "act as this user on the servers named on the command line")
	flags.DurationVar(&o.interval, "interval", top.DefaultInterval, "how often servers are asked for changes")
	flags.BoolVar(&o.mouse, "mouse", false, "take clicks and the wheel (then the terminal cannot mark text)")
	flags.BoolVar(&o.bell, "bell", false, "ring the terminal's bell when a task aborts")
	flags.BoolVar(&o.ascii, "ascii", false, "draw lines and signs with ASCII characters (default: when the locale is not UTF-8)")
	return cmd
}

// build makes the options of the screen.
func (o *topOptions) build(t *terminal.Terminal, args []string) (top.Options, error) {
	options := top.Options{Interval: o.interval, Mouse: o.mouse, Bell: o.bell, ASCII: o.ascii || !t.UTF8()}
	if o.interval < 100*time.Millisecond {
		return options, fault.New(fault.Argument, "--interval "+o.interval.String()+" is too short: 100ms at least")
	}
	kept, err := o.kept(t)
	if err != nil {
		return options, err
	}
	for _, arg := range args {
		s, err := o.server(arg, kept)
		if err != nil {
			return options, err
		}
		options.Servers = append(options.Servers, s)
	}
	environment := environmentOptions(t)
	if len(args) == 0 {
		options.Servers = kept
		if path := o.file(t); path != "" {
			options.Save = func(list []top.Server) error { return top.SaveServers(path, list) }
		}
		if len(kept) == 0 {
			options.Servers = []top.Server{fromEnvironment(environment)}
		}
	}
	options.Connect = func(s top.Server, lock func() (unlock func())) (top.Service, error) {
		return o.connect(t, s, lock)
	}
	return options, nil
}

// file is where the list of servers is, "" if there is no such place.
func (o *topOptions) file(t *terminal.Terminal) string {
	if o.list != "" {
		return o.list
	}
	return serversFile(t)
}

// kept are the servers of the list.
func (o *topOptions) kept(t *terminal.Terminal) ([]top.Server, error) {
	if path := o.file(t); path != "" {
		return top.LoadServers(path)
	}
	return nil, nil
}

// server is what an argument names.
func (o *topOptions) server(arg string, kept []top.Server) (top.Server, error) {
	for _, s := range kept {
		if s.Name == arg {
			return s, nil
		}
	}
	address, isTLS := strings.CutPrefix(arg, "tls://")
	host, port, err := splitServer(address)
	if err != nil {
		return top.Server{}, err
	}
	if host == "" {
		host = client.DefaultHost
	}
	if port == "" {
		port = client.DefaultPort
	}
	s := top.Server{Host: host, Port: port, SSL: isTLS || o.tls || o.cafile != "", User: o.user}
	return s, s.Check()
}

func fromEnvironment(o client.Options) top.Server {
	s := top.Server{Host: o.Host, Port: o.Port, SSL: o.Protocol == client.TLS, User: o.User}
	if s.Host == "" {
		s.Host = client.DefaultHost
	}
	if s.Port == "" {
		s.Port = client.DefaultPort
	}
	return s
}

// connect makes a client for a server of the list. What is not in the list, such as where certificates
// and passwords are, comes from the environment.
func (o *topOptions) connect(t *terminal.Terminal, s top.Server, lock func() (unlock func())) (top.Service, error) {
	options := environmentOptions(t)
	options.Host, options.Port, options.User = s.Host, s.Port, s.User
	switch {
	case s.SSL:
		options.Protocol, options.CAFile = client.TLS, o.cafile
	case options.Protocol == client.TLS:
		options.Protocol = client.Plain
	}
	options.Attempts = 1 // the screen tries again by itself, and tells when
	options.LockTree = lock
	options.EaseGC = true
	return client.New(options)
}

// serversFile is where the list of servers is unless an option says otherwise.
func serversFile(t *terminal.Terminal) string {
	dir := t.Getenv("XDG_CONFIG_HOME")
	if dir == "" && runtime.GOOS == "windows" {
		dir = t.Getenv("APPDATA")
	}
	if dir == "" {
		home := t.Getenv("HOME")
		if home == "" {
			return ""
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "ecflow", "servers.json")
}
