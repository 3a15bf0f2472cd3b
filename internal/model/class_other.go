package model

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

func otherClasses() []Class {
	return strict([]Class{editClass(), jobCreationClass(), whyClass(), urlClass(), fileClass(), ecfClass(), printStyleClass()})
}

const editSource = "PythonUtil::dict_to_str_vec: value not convertible to string or integer"

func editClass() Class {
	make := func(a *Args) (any, error) {
		e := &Edit{}
		for i := range a.V {
			vars, err := variables(a.V[i].L, editSource)
			if err != nil {
				return nil, err
			}
			e.Variables = append(e.Variables, vars...)
		}
		return e, nil
	}
	return Class{Name: "Edit", Type: (*Edit)(nil),
		Doc: "Several variables, as an argument of add().\n\n" +
			">>> t = ecflow.Task('t', ecflow.Edit(A=1, B='x'), ecflow.Edit({'C': 2}))\n>>> [v.value() for v in t.variables]\n['1', 'x', '2']\n\n" +
			"source: libs/pyext Edit.cpp.",
		Members: []Member{
			{Name: "__init__", Doc: "Hold names and values: from dicts, keywords, or both.\n\nRuntimeError for names that cannot be one, and values that are neither str nor int.", Forms: []Form{
				create("(variables: dict, /) -> Edit", make),
				create("(**kwargs: object) -> Edit", make),
				create("(variables: dict, /, **kwargs: object) -> Edit", make),
				create("(variables: dict, more: dict, /) -> Edit", make),
			}},
			{Name: "__str__", Pure: true, Doc: "The variables as a definition has them, one a line. In 5.19.0 str() of an Edit is a TypeError.",
				Forms: get("() -> str", func(e *Edit) any {
					var b strings.Builder
					for _, v := range e.Variables {
						b.WriteString(v.String() + "\n")
					}
					return b.String()
				})},
		}}
}

// JobCreationCtrl says how jobs are checked.
type JobCreationCtrl struct {
	Path, Dir string
	Verbose   bool
	Wrong     string
}

func jobCreationClass() Class {
	type ctrl = JobCreationCtrl
	set := func(name, signature, doc string, put func(c *ctrl, a *Args)) Member {
		return Member{Name: name, Doc: doc, Forms: one(signature, func(c *ctrl, a *Args) (any, error) { put(c, a); return nil, nil })}
	}
	return Class{Name: "JobCreationCtrl", Type: (*ctrl)(nil),
		Doc: "Says which jobs Defs.check_job_creation() makes and where, and holds what is wrong.\n\n" +
			">>> ctrl = ecflow.JobCreationCtrl()\n>>> ctrl.set_dir_for_job_creation('/tmp/jobs')\n>>> ctrl.set_node_path('/s/f')\n>>> ctrl.get_dir_for_job_creation(), ctrl.get_error_msg()\n('/tmp/jobs', '')\n\n" +
			"source: libs/node JobCreationCtrl.hpp.",
		Members: []Member{
			{Name: "__init__", Doc: "All tasks, with the job files where tasks would have them.", Forms: []Form{create("() -> JobCreationCtrl", func(*Args) (any, error) { return new(ctrl), nil })}},
			set("set_node_path", "(path: str, /) -> None", "Check the node of that path and what is below it; '' is all.", func(c *ctrl, a *Args) { c.Path = a.Str(0) }),
			set("set_dir_for_job_creation", "(directory: str, /) -> None", "Put the job files into a directory.", func(c *ctrl, a *Args) { c.Dir = a.Str(0) }),
			set("set_verbose", "(on: bool, /) -> None", "Whether to print what is made.", func(c *ctrl, a *Args) { c.Verbose = a.Bool(0) }),
			getter("is_verbose", "bool", "Whether what is made is printed.", func(c *ctrl) any { return c.Verbose }),
			getter("get_dir_for_job_creation", "str", "The directory of the job files, '' for where tasks would have them.", func(c *ctrl) any { return c.Dir }),
			getter("get_error_msg", "str", "What is wrong, '' if nothing is.", func(c *ctrl) any { return c.Wrong }),
			{Name: "generate_temp_dir", Long: true, Doc: "Put the job files into ecf_check_job_creation in $TMPDIR or /tmp. What is there is deleted.",
				Forms: one("() -> None", func(c *ctrl, a *Args) (any, error) {
					dir := filepath.Join(os.TempDir(), "ecf_check_job_creation")
					if err := os.RemoveAll(dir); err != nil {
						return nil, &fault.Error{Kind: fault.Config, Op: "generate_temp_dir", Path: dir, Err: err}
					}
					c.Dir = dir
					a.print("JobCreationCtrl::generate_temp_dir()  " + dir + "\n")
					return nil, nil
				})},
		}}
}

// WhyCmd and UrlCmd are questions about a node of a definition.
type (
	WhyCmd struct {
		Defs *defs.Defs
		Node *defs.Node // nil: all
	}
	UrlCmd struct{ Node *defs.Node }
)

// asked finds the node that a WhyCmd or UrlCmd is about.
func asked(a *Args, class string) (*defs.Defs, *defs.Node, error) {
	d := arg[*defs.Defs](a, 0)
	if d == nil {
		return nil, nil, argf("%s: The definition parameter is empty", class)
	}
	path := a.Str(1)
	if path == "" {
		return d, nil, nil
	}
	n := d.Find(path)
	if n == nil {
		return nil, nil, &fault.Error{Kind: fault.NotFound, Path: path, Msg: class + ": The node path parameter '" + path + "' cannot be found."}
	}
	return d, n, nil
}

func whyClass() Class {
	return Class{Name: "WhyCmd", Type: (*WhyCmd)(nil),
		Doc: "Tells why a node does not run.\n\n" +
			">>> defs = ecflow.Defs(ecflow.Suite('s', ecflow.Task('t')))\n>>> print(ecflow.WhyCmd(defs, '/s/t').why())\n" +
			"The definition state(unknown) is not queued or aborted.\nSUITE:/s (unknown) is not queued or aborted\nTASK:/s/t (unknown) is not queued or aborted\n\n" +
			"source: libs/base WhyCmd.cpp.",
		Members: []Member{
			{Name: "__init__", Doc: "Ask about the node at a path, or about all for ''. RuntimeError when there is no such node.", Forms: []Form{
				create("(defs: Optional[Defs], path: str, /) -> WhyCmd", func(a *Args) (any, error) {
					d, n, err := asked(a, "WhyCmd")
					return &WhyCmd{d, n}, err
				}),
			}},
			{Name: "why", Pure: true, Long: true, Doc: "The reasons, one a line: of the definition, then of each node from the suite down.", Forms: get("() -> str", func(w *WhyCmd) any {
				path := ""
				if w.Node != nil {
					path = w.Node.Path()
				}
				why, _ := w.Defs.WhyNot(path) // a node that is gone has no reasons
				return why
			})},
		}}
}

func urlClass() Class {
	return Class{Name: "UrlCmd", Type: (*UrlCmd)(nil),
		Doc: "Shows a page about a node, by the command that its variable ECF_URL_CMD holds.\n\nsource: libs/client UrlCmd.cpp.",
		Members: []Member{
			{Name: "__init__", Doc: "Ask about the node at a path. RuntimeError when there is no such node.", Forms: []Form{
				create("(defs: Optional[Defs], path: str, /) -> UrlCmd", func(a *Args) (any, error) {
					if a.Has(0) && a.Str(1) == "" {
						return nil, argf("UrlCmd: The node path parameter is empty")
					}
					_, n, err := asked(a, "UrlCmd")
					return &UrlCmd{n}, err
				}),
			}},
			{Name: "execute", Pure: true, Long: true, Apart: true, Doc: "Run the command in a shell, and wait for its end; whether it succeeds does not matter.\n\nRuntimeError if it contains variables that have no value.",
				Forms: one("() -> None", func(u *UrlCmd, a *Args) (any, error) {
					unlock := a.lock()
					command, err := u.command()
					unlock()
					if err == nil {
						err = run(a, command)
					}
					return nil, err
				})},
		}}
}

func (u *UrlCmd) command() (string, error) {
	command, _ := u.Node.UserVariable("ECF_URL_CMD")
	if command == "" {
		return "", argf("UrlCmd: Could not find variable ECF_URL_CMD from node %s", u.Node.Path())
	}
	command, ok := u.Node.Substitute(command, nil, u.Node.Micro())
	if !ok {
		return "", argf("UrlCmd:: Variable substitution failed for %s", command)
	}
	return command, nil
}

// run runs a shell command, and prints what that prints; only that it cannot be started is an error.
func run(a *Args, command string) error {
	out, err := exec.CommandContext(a.context(), "/bin/sh", "-c", command).CombinedOutput()
	a.print(string(out))
	var ended *exec.ExitError
	if err == nil || errors.As(err, &ended) {
		return a.context().Err()
	}
	return &fault.Error{Kind: fault.Config, Op: "run ECF_URL_CMD", Err: err}
}

// static is a static member without arguments.
func static(name, result, doc string, f func() any) Member {
	return Member{Name: name, Kind: Static, Pure: true, Doc: doc, Forms: []Form{{"() -> " + result, func(any, *Args) (any, error) { return f(), nil }}}}
}

func fileClass() Class {
	find := func(name string) func() any {
		return func() any {
			path, _ := exec.LookPath(name)
			return path
		}
	}
	return Class{Name: "File", Virtual: true, Doc: "Where things are: for tests of the original.\n\nsource: libs/core File.cpp.", Members: []Member{
		static("find_server", "str", "The path of the program ecflow_server as PATH has it, '' if it has none.", find("ecflow_server")),
		static("find_client", "str", "The path of the program ecflow_client as PATH has it, '' if it has none.", find("ecflow_client")),
		static("source_dir", "str", "Where the sources are: '', nobody knows any more.", func() any { return "" }),
		static("build_dir", "str", "Where the original was built: '', it was not.", func() any { return "" }),
	}}
}

func ecfClass() Class {
	return Class{Name: "Ecf", Virtual: true, Doc: "Settings of this process for those who debug the original. They are kept, and change nothing.\n\nsource: libs/core Ecf.hpp.", Members: []Member{
		static("debug_equality", "bool", "What set_debug_equality() has set, False at first.", func() any { return settings.debugEquality.Load() }),
		{Name: "set_debug_equality", Kind: Static, Doc: "Set it.", Forms: []Form{{"(on: bool, /) -> None", func(_ any, a *Args) (any, error) {
			settings.debugEquality.Store(a.Bool(0))
			return nil, nil
		}}}},
		static("debug_level", "int", "What set_debug_level() has set, 0 at first.", func() any { return int(settings.debugLevel.Load()) }),
		{Name: "set_debug_level", Kind: Static, Doc: "Set it.", Forms: []Form{{"(level: int, /) -> None", func(_ any, a *Args) (any, error) {
			settings.debugLevel.Store(int32(a.Int(0)))
			return nil, nil
		}}}},
	}}
}

func printStyleClass() Class {
	return Class{Name: "PrintStyle", Virtual: true, Members: slices.Clip([]Member{
		static("get_style", "Style", "The style, Style.NOTHING at first, which prints as Style.DEFS.", func() any { return int(settings.style.Load()) }),
		{Name: "set_style", Kind: Static, Doc: "Set the style, for all threads.", Forms: []Form{{"(style: Style, /) -> None", func(_ any, a *Args) (any, error) {
			style, err := enum(a, 0, "Style", styleNothing, styleMigrate)
			if err == nil {
				settings.style.Store(int32(style))
			}
			return nil, err
		}}}},
	}),
		Doc: "How str() shows definitions and nodes in this process.\n\n" +
			">>> before = ecflow.PrintStyle.get_style()\n>>> ecflow.PrintStyle.set_style(ecflow.Style.STATE)\n>>> 'edit TASK' in str(ecflow.Task('t'))\nTrue\n>>> ecflow.PrintStyle.set_style(before)\n\n" +
			"source: libs/core PrintStyle.hpp."}
}
