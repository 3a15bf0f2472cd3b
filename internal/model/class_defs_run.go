package model

import (
	"context"

	"github.com/ecflow-go/ecflow/defs/simulate"
)

// context is that of the call, never nil.
func (a *Args) context() context.Context {
	if a.Context == nil {
		return context.Background()
	}
	return a.Context
}

func defsRunning() []Member {
	return []Member{
		{Name: "check", Pure: true, Long: true, Doc: "Look for what is wrong: expressions that cannot be parsed or refer to what is not there, limits and restored nodes that are missing.\n\n" +
			"Returns a text, '' if all is well. Externs are taken as there.\n\n" +
			">>> defs = ecflow.Defs(ecflow.Suite('s', ecflow.Task('t', ecflow.Trigger('x == complete'))))\n>>> 'x' in defs.check()\nTrue\n>>> defs.auto_add_externs(True)\n>>> defs.check()\n''",
			Forms: get("() -> str", func(d *tree) any { return d.CheckText() })},
		{Name: "simulate", Long: true, Doc: "Run all suites as a server would, in time that passes at once, without jobs.\n\n" +
			"Returns '' if all suites complete and all verify attributes count what they should; otherwise a text that says which not. A log is\n" +
			"written to the current directory, named for the first suite: s.def.log; with a text also defs.flat and defs.depth. The\n" +
			"definition is afterwards as the simulation leaves it.\n\n" +
			"RuntimeError if files cannot be written. Ctrl-C ends it.\n\nsource: libs/simulator Simulator.cpp.",
			Forms: one("() -> str", func(d *tree, a *Args) (any, error) { return simulate.Run(a.context(), d, simulate.Default(d)) })},
	}
}
