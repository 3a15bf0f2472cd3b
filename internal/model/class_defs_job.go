package model

import (
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/fault"
)

func defsJobs() []Member {
	return []Member{
		{Name: "check_job_creation", Long: true, Doc: "Make the job of each task, or of those that a JobCreationCtrl tells, without running any.\n\n" +
			"Returns a text about the scripts that are missing or wrong, '' if there are none; with a JobCreationCtrl nothing: the text is its get_error_msg().\n" +
			"throw_on_error: raise RuntimeError with that text. verbose: print what is made.\n\n" +
			"Job files are written where tasks would have them. Suites begin for it, and are afterwards as if they had not.\n\nsource: libs/node Defs.cpp, Submittable.cpp.",
			Forms: []Form{
				{"(throw_on_error: bool = False, verbose: bool = False) -> str", on(func(d *tree, a *Args) (any, error) {
					wrong, err := job.CheckAll(a.context(), d, a.Bool(1), a)
					if err == nil && wrong != "" && a.Bool(0) {
						err = fault.New(fault.Check, wrong)
					}
					return wrong, err
				})},
				{"(ctrl: JobCreationCtrl, /) -> None", on(func(d *tree, a *Args) (any, error) {
					c := arg[*JobCreationCtrl](a, 0)
					if c == nil {
						return nil, argf("Defs::check_job_creation: NULL JobCreationCtrl passed")
					}
					checked := job.Ctrl{NodePath: c.Path, Dir: c.Dir, Verbose: c.Verbose, Out: a, Wrong: c.Wrong}
					err := job.Check(a.context(), d, &checked)
					c.Wrong = checked.Wrong
					return nil, err
				})},
			}},
		{Name: "generate_scripts", Pure: true, Long: true, Doc: "Write a script for each task that has none, and head.h and tail.h for all, where the tasks' ECF_FILES or ECF_HOME, and ECF_INCLUDE say.\n\n" +
			"What is written is printed. RuntimeError for the first task whose variables do not say where.\n\nsource: libs/node TaskScriptGenerator.cpp.",
			Forms: one("() -> None", func(d *tree, a *Args) (any, error) {
				return nil, job.GenerateScripts(a.context(), d, job.OS{}, a)
			})},
	}
}
