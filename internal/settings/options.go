package settings

import (
	"errors"
	"strconv"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/cliargs"
)

// Options are the options of a server's command line.
//
// source: ServerOptions.cpp
func Options() []cliargs.Option {
	return []cliargs.Option{
		{Name: "help", Short: 'h'},
		{Name: "port", Arity: cliargs.One, Content: cliargs.Signed},
		{Name: "ecfinterval", Arity: cliargs.One, Content: cliargs.Signed},
		{Name: "v6"},
		{Name: "ssl"},
		{Name: "http"},
		{Name: "dis_job_gen"},
		{Name: "debug", Short: 'd'},
		{Name: "version", Short: 'v'},
	}
}

// readOptions takes what the command line says.
func (s *Settings) readOptions(g Given) error {
	line, err := cliargs.Parse(g.Args, Options())
	if err != nil {
		var e *fault.Error
		if errors.As(err, &e) {
			return &fault.Error{Kind: e.Kind, Op: "read the options", Msg: "Exception in ServerMain:: " + e.Msg, Hint: "--help lists the options"}
		}
		return err
	}
	for _, option := range line.Given {
		switch option.Name {
		case "help":
			s.Help = true
		case "version":
			s.ShowVersion = true
		case "port":
			s.Port, _ = strconv.Atoi(option.Words[0]) // a number of 32 bits, as Parse has seen
		case "ecfinterval":
			s.Interval, _ = strconv.Atoi(option.Words[0])
		case "v6":
			s.V6 = true
		case "http":
			s.HTTP = true
		case "dis_job_gen":
			s.NoJobs = true
		case "debug":
			s.Debug = true
		case "ssl":
			s.TLS.ByOption = !s.TLS.Wanted
			s.TLS.Wanted = true
		}
	}
	return nil
}
