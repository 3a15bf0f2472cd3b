package command

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// States are the node states in the order of their numbers.
var States = []string{"unknown", "complete", "queued", "aborted", "submitted", "active"}

var orders = []string{"top", "bottom", "alpha", "order", "up", "down", "runtime"}

// paths is the builder of the requests that are a verb and some nodes.
func paths(api wire.PathsAPI) func(Identity, Args) (wire.Request, error) {
	return func(id Identity, a Args) (wire.Request, error) {
		r := read(a)
		cmd := &wire.PathsCmd{UserCmd: userCmd(id), API: api, Paths: r.paths("paths"), Force: r.boolean("force")}
		return cmd, r.err
	}
}

// pathsWords is for options that take paths only; other words are ignored, as
// in the original, but at least one path is needed.
func pathsWords(name string) func([]string) (Args, error) {
	return func(words []string) (Args, error) {
		_, paths := split(words, false)
		if len(paths) == 0 {
			return nil, argument("%s:  No paths specified. Paths must begin with a leading '/' character", name)
		}
		return Args{"paths": paths}, nil
	}
}

// pathsRow is the row of a verb that acts on nodes.
func pathsRow(name string, api wire.PathsAPI, summary, goName, doc string) Spec {
	return Spec{
		Name: name, Build: paths(api), Words: pathsWords(name), Idempotent: true, Summary: summary,
		Params: []Param{{Name: "paths", Type: Paths, Doc: nodePathsDoc}},
		Methods: []Method{{Py: name, Go: goName, Doc: doc,
			Forms: returning(None, pathsParam("paths", nodePathsDoc))}},
	}
}

func nodeRows() []Spec {
	return []Spec{
		pathsRow("suspend", wire.PathsSuspend, "keep nodes from running", "Suspend",
			"Keep nodes, and what is below them, from submitting jobs until they are resumed. Needs write access."),
		pathsRow("resume", wire.PathsResume, "let suspended nodes run again", "Resume",
			"Let suspended nodes run again. Needs write access."),
		pathsRow("kill", wire.PathsKill, "have the server run the kill command of nodes' jobs", "Kill",
			"Have the server run ECF_KILL_CMD for the active or submitted jobs of the nodes. Needs write access."),
		pathsRow("status", wire.PathsStatus, "have the server run the status command of nodes' jobs", "Status",
			"Have the server run ECF_STATUS_CMD for the active or submitted jobs of the nodes.\n\nThe output is then found with get_file(path, 'stat'). Needs write access."),
		checkRow(),
		{
			Name: "edit_history", Build: paths(wire.PathsEditHistory), Words: historyWords, Idempotent: true,
			Summary: "who changed a node, and how",
			Params:  []Param{{Name: "paths", Type: Paths, Doc: "one absolute node path; / for what concerns the server"}},
			Methods: []Method{{Go: "EditHistory", Forms: returning(Strings, pathsParam("paths", "one absolute node path")), Ours: true,
				Doc: "Who changed a node, and how: one line for each change."}},
		}, {
			Name: "archive", Build: paths(wire.PathsArchive), Words: archiveWords, Idempotent: true,
			Summary: "move the children of nodes from the server's memory to disk",
			Params: []Param{
				{Name: "paths", Type: Paths, Doc: "suites or families"},
				{Name: "force", Type: Bool, Default: false, Doc: "even with active or submitted tasks"},
			},
			Methods: []Method{{Py: "archive", Go: "Archive", Forms: returning(None, pathsParam("paths", "one absolute path of a suite or family, or a list of them")),
				Doc: "Move the children of suites or families from the server's memory to a file of the server.\n\nThe server brings them back with restore(), or when the node is begun or queued again. Needs write access."}},
		},
		pathsRow("restore", wire.PathsRestore, "bring archived nodes back", "Restore",
			"Bring the children of archived nodes back from the server's disk. Needs write access."),
		deleteRow(), beginRow(), requeueRow(), runRow(), orderRow(), forceRow(), freeDepRow(), plugRow(),
		nodeRow("job_gen", wire.CtsNodeJobGen, "submit the jobs below a node that are free to run", []Method{{
			Py: "job_generation", Go: "JobGeneration", Forms: status(Param{Name: "path", Type: String, Unnamed: true, Doc: "absolute node path; \"\" for the whole definition"}),
			Doc: "Submit the jobs below a node that are free to run, now instead of at the server's next turn. Needs write access."}}),
		nodeRow("checkJobGenOnly", wire.CtsNodeCheckJobGenOnly, "make the job files below a node without running them", []Method{{
			Go: "CheckJobGeneration", Forms: status(Param{Name: "path", Type: String, Doc: "absolute node path; \"\" for the whole definition"}), Ours: true,
			Doc: "Make the job files below a node without running them, to find errors in scripts."}}),
	}
}

func checkRow() Spec {
	row := pathsRow("check", wire.PathsCheck, "problems of expressions and limits in the server's definition", "Check",
		"Have the server check expressions and limits of nodes, and what they refer to.\n\nReturns a description of the problems, \"\" when there are none. An empty path checks the whole definition.")
	row.Methods[0].Forms[0].Returns = String
	row.Words = func(words []string) (Args, error) {
		paths, seen := verbs(words)
		switch {
		case len(paths) == 1 && paths[0] == "/":
			return Args{"paths": []string{}}, nil
		case len(paths) == 0 && !slices.Contains(seen, "_all_"):
			return nil, argument("Check: Please specify one of [ _all_ | / | /<path/to/anode> ]. Paths must begin with a leading '/' character")
		}
		return Args{"paths": paths}, nil
	}
	return row
}

func historyWords(words []string) (Args, error) {
	options, paths := split(words, false)
	switch {
	case len(paths) > 0:
		return Args{"paths": paths}, nil
	case len(options) == 1 && options[0] == "clear":
		return Args{"paths": options}, nil
	}
	return nil, argument("edit_history:  No paths or option specified. Paths must begin with a leading '/' character")
}

// archiveWords ignores the word force, as all versions of the original do,
// although their help names it.
func archiveWords(words []string) (Args, error) {
	_, paths := split(words, false)
	if len(paths) == 0 {
		return nil, argument("archive:  No paths specified. Paths must begin with a leading '/' character")
	}
	return Args{"paths": paths}, nil
}

// nodeRow is the row of a request about one node or the whole definition.
func nodeRow(name string, api wire.CtsNodeAPI, summary string, methods []Method) Spec {
	return Spec{
		Name: name, Words: pathWords, Idempotent: true, Summary: summary, Methods: methods,
		Params: []Param{{Name: "path", Type: String, Default: "", Doc: "absolute node path; \"\" for the whole definition"}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.CtsNodeCmd{UserCmd: userCmd(id), API: api, AbsNodePath: r.str("path")}, r.err
		},
	}
}

// verbs gives the paths among words, and where the original looks for others than paths: in as
// many words from the first as there are such. A "yes" behind a path is not seen.
// source: DeleteCmd::create, PathsCmd::create
func verbs(words []string) (paths, seen []string) {
	options, paths := split(words, false)
	return paths, words[:len(options)]
}

func deleteRow() Spec {
	force := Param{Name: "force", Type: Bool, Default: false, Doc: "even with active or submitted tasks, which become zombies"}
	doc := "Delete nodes from the server.\n\nThe server refuses while tasks below are active or submitted, unless force is true; these then become zombies.\n" +
		"An empty path or list is refused here: the original would delete every suite; use delete_all() for that. Needs write access."
	return Spec{
		Name: "delete", Confirm: true, Idempotent: false, Summary: "delete nodes, or all suites",
		Params: []Param{
			{Name: "paths", Type: Paths, Doc: nodePathsDoc},
			{Name: "all", Type: Bool, Default: false, Doc: "all suites"}, force,
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			cmd := &wire.DeleteCmd{UserCmd: userCmd(id), Paths: r.paths("paths"), Force: r.boolean("force")}
			all := r.boolean("all")
			if r.err == nil && len(cmd.Paths) == 0 && !all {
				return nil, argument("delete: no paths given; to delete all suites use delete_all()")
			}
			return cmd, r.err
		},
		Words: func(words []string) (Args, error) {
			paths, seen := verbs(words)
			a := Args{"paths": paths, "force": slices.Contains(seen, "force"), "yes": slices.Contains(seen, "yes")}
			if slices.Contains(seen, "_all_") {
				a["all"] = true
			} else if len(paths) == 0 {
				return nil, argument("Delete: No paths specified. Paths must begin with a leading '/' character")
			}
			return a, nil
		},
		Methods: []Method{
			{Py: "delete", Go: "Delete", Doc: doc, Forms: []Form{
				{Returns: None, Params: []Param{{Name: "paths", Type: Strings, Doc: "absolute node paths"}, force}},
				{Returns: Status, Params: []Param{{Name: "abs_node_path", Type: String, Arg: "paths", Doc: "absolute node path"}, force}},
			}},
			{Py: "delete_all", Go: "DeleteAll", Fixed: Args{"all": true, "paths": []string{}}, Forms: status(force),
				Doc: "Delete all suites from the server.\n\nThe server refuses while tasks are active or submitted, unless force is true; these then become zombies. Needs write access."},
		},
	}
}

func beginRow() Spec {
	force := Param{Name: "force", Type: Bool, Default: false, Doc: "even with active or submitted tasks, which become zombies"}
	return Spec{
		Name: "begin", Timeout: timeoutBegin, Summary: "start a suite, or all suites",
		Params: []Param{{Name: "suite_name", Type: String, Default: "", Doc: "suite; \"\" for all"}, force},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			name := strings.TrimPrefix(r.str("suite_name"), "/")
			return &wire.BeginCmd{UserCmd: userCmd(id), SuiteName: name, Force: r.boolean("force")}, r.err
		},
		Words: beginWords,
		Methods: []Method{
			{Py: "begin_suite", Go: "BeginSuite", Forms: status(Param{Name: "suite_name", Type: String, Doc: "name of the suite, with or without a leading slash"}, force),
				Doc: "Start a suite: queue its nodes and let the server run them.\n\nThe server refuses a suite that has begun already, unless force is true. Needs write access."},
			{Py: "begin_all_suites", Go: "BeginAllSuites", Fixed: Args{"suite_name": ""}, Forms: status(force),
				Doc: "Start all suites. Needs write access."},
		},
	}
}

// beginWords reads one word of up to two parts: suite, --force.
// source: BeginCmd::create
func beginWords(words []string) (Args, error) {
	text := strings.Join(words, " ")
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' })
	switch {
	case text == "":
		return Args{}, nil
	case len(parts) == 1 && parts[0] == "--force":
		return Args{"force": true}, nil
	case len(parts) == 1:
		return Args{"suite_name": parts[0]}, nil
	case len(parts) == 2 && parts[1] == "--force":
		return Args{"suite_name": parts[0], "force": true}, nil
	case len(parts) == 2:
		return nil, argument("BeginCmd: Expected second argument to be '--force' but found %s", parts[1])
	}
	return nil, argument("BeginCmd: Expect zero, one or 2 arguments, but found %d arguments", len(parts))
}

func requeueRow() Spec {
	options := map[string]wire.RequeueOption{"": wire.RequeueNoOption, "abort": wire.RequeueAbort, "force": wire.RequeueForce}
	option := Param{Name: "option", Type: String, Default: "", Doc: "\"\", \"abort\" (only aborted tasks below) or \"force\" (even with active or submitted tasks)"}
	return Spec{
		Name: "requeue", Summary: "queue nodes again",
		Params: []Param{{Name: "paths", Type: Paths, Doc: nodePathsDoc}, option},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			o, known := options[r.str("option")]
			if r.err == nil && !known {
				return nil, argument("ClientInvoker::requeue: Expected option = [ force | abort ]")
			}
			return &wire.RequeueNodeCmd{UserCmd: userCmd(id), Paths: r.strs("paths"), Option: o}, r.err
		},
		Words: func(words []string) (Args, error) {
			opts, paths := split(words, false)
			switch {
			case len(paths) == 0:
				return nil, argument("RequeueNodeCmd: No paths specified. At least one path expected. Paths must begin with a leading '/' character")
			case slices.ContainsFunc(opts, func(o string) bool { return o != "abort" && o != "force" }):
				return nil, argument("RequeueNodeCmd: RequeueNodeCmd: Expected : [force | abort ] paths.")
			case len(opts) > 1:
				return nil, argument("RequeueNodeCmd: Expected only a single option i.e [ force | abort ]")
			}
			return Args{"paths": paths, "option": first(opts)}, nil
		},
		Methods: []Method{{Py: "requeue", Go: "Requeue",
			Doc: "Queue nodes again: states become their default, attributes their first value, and dependencies count anew.\n\nNeeds write access.",
			Forms: []Form{
				{Returns: None, Params: []Param{{Name: "paths", Type: Strings, Doc: "absolute node paths"}, option}},
				{Returns: None, Params: []Param{{Name: "abs_node_path", Type: String, Arg: "paths", Doc: "absolute node path"}, option}},
			}}},
	}
}

func runRow() Spec {
	return Spec{
		Name: "run", Summary: "submit tasks now, whatever their dependencies",
		Params: []Param{
			{Name: "paths", Type: Paths, Doc: nodePathsDoc},
			{Name: "force", Type: Bool, Doc: "even if the task is active or submitted"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.RunNodeCmd{UserCmd: userCmd(id), Paths: r.strs("paths"), Force: r.boolean("force")}, r.err
		},
		Words: func(words []string) (Args, error) {
			opts, paths := split(words, false)
			switch {
			case len(paths) == 0:
				return nil, argument("RunNodeCmd: No paths specified. Paths must begin with a leading '/' character")
			case len(opts) > 1:
				return nil, argument("RunNodeCmd: Invalid arguments. Expected a single optional 'force'")
			case len(opts) == 1 && !strings.Contains(opts[0], "force"):
				return nil, argument("RunNodeCmd: Expected force <path(s)>")
			}
			return Args{"paths": paths, "force": len(opts) == 1}, nil
		},
		Methods: []Method{{Py: "run", Go: "Run",
			Forms: returning(None, pathsParam("paths", nodePathsDoc),
				Param{Name: "force", Type: Bool, Unnamed: true, Doc: "even if the task is active or submitted; its job becomes a zombie"}),
			Doc: "Submit tasks now, whatever their triggers, times and limits; of suites and families, all tasks below.\n\nNeeds write access."}},
	}
}

func orderRow() Spec {
	return Spec{
		Name: "order", Summary: "move a node among its brothers",
		Params: []Param{
			{Name: "path", Type: String, Doc: "absolute node path"},
			{Name: "order", Type: String, Doc: strings.Join(orders, ", ")},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			i := slices.Index(orders, r.str("order"))
			if r.err == nil && i < 0 {
				return nil, argument("ClientInvoker::order: please specify one of [ top, bottom, alpha, order, up, down, runtime ]")
			}
			return &wire.OrderNodeCmd{UserCmd: userCmd(id), AbsNodepath: r.str("path"), Option: wire.OrderOption(i)}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) != 2 {
				return nil, argument("OrderNodeCmd: Two arguments expected. Please specify one of:")
			}
			if !slices.Contains(orders, words[1]) {
				return nil, argument("OrderNodeCmd: Invalid second option: please specify one of [ top, bottom, alpha, order, up, down, runtime]")
			}
			return Args{"path": words[0], "order": words[1]}, nil
		},
		Methods: []Method{{Py: "order", Go: "Order",
			Forms: returning(None, Param{Name: "path", Type: String, Unnamed: true, Doc: "absolute node path"},
				Param{Name: "order", Type: String, Unnamed: true, Doc: "top, bottom, up, down (of this node), alpha, order (of all brothers, by name, backwards), runtime"}),
			Doc: "Move a node among its brothers, or sort the brothers. Needs write access."}},
	}
}

func plugRow() Spec {
	return Spec{
		Name: "plug", Timeout: timeoutPlug, Summary: "move a node to another parent or another server",
		Params: []Param{
			{Name: "source", Type: String, Doc: "absolute path of the node to move"},
			{Name: "destination", Type: String, Doc: "path of the new parent, host:port, or host:port/path"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.PlugCmd{UserCmd: userCmd(id), Source: r.str("source"), Dest: r.str("destination")}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) != 2 {
				return nil, argument("PlugCmd: Two arguments are expected, found %d", len(words))
			}
			return Args{"source": words[0], "destination": words[1]}, nil
		},
		Methods: []Method{{Py: "plug", Go: "Plug",
			Forms: status(Param{Name: "source", Type: String, Unnamed: true, Doc: "absolute path of the node to move"},
				Param{Name: "destination", Type: String, Unnamed: true, Doc: "path of the new parent, \"host:port\" for a suite, or \"host:port/path\""}),
			Doc: "Move a node, with all below it, to another parent or another server.\n\nThe node must not have active or submitted tasks. The server itself passes it on to the other server. Needs write access."}},
	}
}
