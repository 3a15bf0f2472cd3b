package job

import (
	"context"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// Options change how one job is made. The zero value makes it as a server does.
type Options struct {
	Variables map[string]string // a user's, that go before all others
	Lines     []string          // a user's script, in place of the task's own
	Generated []defs.Variable   // in place of those that the task generates
}

// Made is a job that was made.
type Made struct {
	Script Script
	Path   string // of the job file
	Size   int    // of the job, in bytes, the last newline counted
}

// Maker makes jobs. It remembers include files, so it is for one round of
// jobs, not for as long as a server runs. It is not for use by many goroutines at once.
type Maker struct {
	sys      System
	includes includes
	places   map[string]bool // whether include files are there
}

// NewMaker makes a maker.
func NewMaker(sys System) *Maker { return &Maker{sys: sys, places: map[string]bool{}} }

// expansion is a script on its way to a job.
type expansion struct {
	*Maker
	ctx     context.Context
	node    *defs.Node
	script  Script
	options Options
	micro   string // at the start of each pass over the script
	lines   []string
	size    int
}

// mostJob bounds the size of a job, in bytes: include files may include each other many times.
const mostJob = 256 << 20

// Make finds the script of a task or alias and writes the job file.
//
// source: libs/node EcfFile.cpp.
func (m *Maker) Make(ctx context.Context, n *defs.Node, options Options) (Made, error) {
	script, err := Locate(m.sys, n)
	if err != nil {
		return Made{}, err
	}
	return m.make(ctx, n, script, options)
}

func (m *Maker) make(ctx context.Context, n *defs.Node, script Script, options Options) (Made, error) {
	micro, _ := n.UserVariable("ECF_MICRO")
	e := &expansion{Maker: m, ctx: ctx, node: n, script: script, options: options, micro: micro}
	text := options.Lines
	if len(text) == 0 {
		var err error
		if text, err = e.read(); err != nil {
			return Made{}, err
		}
	}
	if err := e.preprocess("EcfFile::create_job", text); err != nil {
		return Made{}, err
	}
	if client, ok := n.UserVariable("ECF_CLIENT"); ok {
		e.replaceCommands(client)
	}
	if err := e.substitute(); err != nil {
		return Made{}, err
	}
	if n.Kind() == defs.KindTask && len(options.Variables) > 0 {
		if err := e.writeUserFile(); err != nil {
			return Made{}, err
		}
	}
	if err := e.strip(); err != nil {
		return Made{}, err
	}
	return e.write()
}

// read is the script as it is.
func (e *expansion) read() ([]string, error) {
	text, why := e.readLines("script", " -s ")
	if why != "" {
		return nil, failf("EcfFile::create_job: failed %s", why)
	}
	return text, nil
}

// jobPath is where the job file is to be.
func (e *expansion) jobPath() string {
	path, _ := e.substitution("").Inherited("ECF_JOB")
	return path
}

// substitution gives values to the script's variables.
func (e *expansion) substitution(micro string) defs.Substitution {
	s := defs.Substitution{Node: e.node, User: e.options.Variables, Generated: e.options.Generated}
	if micro != "" {
		s.Micro = micro[0]
	}
	return s
}

// commands of SMS, which was before ecFlow, and what takes their place.
var commands = [...][2]string{
	{"smsinit", " --init "}, {"smscomplete", " --complete "}, {"smsabort", " --abort "}, {"smsevent", " --event "},
	{"smsmeter", " --meter "}, {"smslabel", " --label "}, {"smswait", " --wait "},
}

// replaceCommands puts the client in place of child commands of SMS, except behind a '#'.
func (e *expansion) replaceCommands(client string) {
	for i, line := range e.lines {
		comment := strings.IndexByte(line, '#')
		for _, c := range commands {
			if at := strings.Index(line, c[0]); at >= 0 && (comment < 0 || at < comment) {
				line = line[:at] + client + c[1] + line[at+len(c[0]):]
			}
		}
		e.lines[i] = line
	}
}
