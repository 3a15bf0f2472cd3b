package command

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

func forceRow() Spec {
	state := Param{Name: "state", Type: State, Unnamed: true, Doc: "the state to set"}
	method := func(py, goName, doc string, recursive bool) Method {
		return Method{Py: py, Go: goName, Doc: doc, Fixed: Args{"recursive": recursive},
			Forms: returning(None, pathsParam("paths", nodePathsDoc), state)}
	}
	return Spec{
		Name: "force", Idempotent: true, Summary: "set the state of nodes, or of events",
		Params: []Param{
			{Name: "paths", Type: Paths, Doc: "absolute node paths; /path:name for events"},
			{Name: "state", Type: State, Default: int64(-1), Doc: "state as its number, in place of state_or_event"},
			{Name: "state_or_event", Type: String, Default: "", Doc: strings.Join(States, ", ") + "; set, clear"},
			{Name: "recursive", Type: Bool, Default: false, Doc: "also all nodes below"},
			{Name: "full", Type: Bool, Default: false, Doc: "with complete: move repeats to their last value"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			name := r.str("state_or_event")
			if r.has("state") {
				n := r.integer("state")
				if n < 0 || n >= len(States) {
					return nil, argument("force: no such state: %d", n)
				}
				name = States[n]
			}
			return &wire.ForceCmd{UserCmd: userCmd(id), Paths: r.strs("paths"), StateOrEvent: name,
				Recursive: r.boolean("recursive"), SetRepeatToLastValue: r.boolean("full")}, r.err
		},
		Words: forceWords,
		Methods: []Method{
			method("force_state", "ForceState", "Set the state of nodes.\n\nOf a suite or family only the node itself and, for complete, its children are set; see force_state_recursive(). Needs write access.", false),
			method("force_state_recursive", "ForceStateRecursive", "Set the state of nodes and of all nodes below them. Needs write access.", true),
			{Py: "force_event", Go: "ForceEvent", Fixed: Args{"recursive": false},
				Forms: returning(None, pathsParam("paths", "one /path/to/node:event, or a list of them"),
					Param{Name: "state_or_event", Type: String, Unnamed: true, Doc: "set or clear"}),
				Doc: "Set or clear events, each named as \"/path/to/node:event\". Needs write access."},
		},
	}
}

// source: ForceCmd::create
func forceWords(words []string) (Args, error) {
	if len(words) < 2 {
		return nil, argument("ForceCmd: At least two arguments expected for Force. Found %d", len(words))
	}
	options, paths := split(words, true)
	if len(paths) == 0 {
		return nil, argument("ForceCmd: No paths specified. Paths must begin with a leading '/' character")
	}
	a := Args{"paths": paths}
	if len(options) == 0 {
		return nil, argument("ForceCmd: Invalid argument list. Expected of:\n[ unknown | complete | queued | submitted | active | aborted | clear | set]")
	}
	event := false
	for _, o := range options {
		switch {
		case strings.EqualFold(o, "recursive"):
			a["recursive"] = true
		case strings.EqualFold(o, "full"):
			a["full"] = true
		case slices.Contains(States, o):
			a["state_or_event"] = o
		case o == "set" || o == "clear":
			a["state_or_event"], event = o, true
		default:
			return nil, argument("ForceCmd: Invalid argument ")
		}
	}
	if a["state_or_event"] == nil {
		return nil, argument("ForceCmd: Invalid node state or event expected one of:")
	}
	if event {
		for _, p := range paths {
			if path, name, _ := strings.Cut(p, ":"); path == "" || name == "" {
				return nil, argument("ForceCmd: When 'set' or 'clear' is specified the path needs to include name of the event i.e")
			}
		}
	}
	return a, nil
}

func freeDepRow() Spec {
	kinds := []string{"trigger", "all", "date", "time"}
	params := []Param{{Name: "paths", Type: Paths, Doc: nodePathsDoc}}
	for _, k := range kinds {
		params = append(params, Param{Name: k, Type: Bool, Default: false})
	}
	method := func(kind, goName, what string) Method {
		return Method{Py: "free_" + kind + "_dep", Go: goName, Fixed: Args{kind: true},
			Forms: returning(None, pathsParam("paths", nodePathsDoc)),
			Doc:   "Free nodes from " + what + " until they are queued again. Needs write access."}
	}
	return Spec{
		Name: "free-dep", Idempotent: true, Summary: "free nodes from dependencies", Params: params,
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.FreeDepCmd{UserCmd: userCmd(id), Paths: r.strs("paths"), Trigger: r.boolean("trigger"),
				All: r.boolean("all"), Date: r.boolean("date"), Time: r.boolean("time")}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) == 0 {
				return nil, argument("FreeDepCmd: At least one arguments expected for Free dependencies. Found 0")
			}
			options, paths := split(words, false)
			if len(paths) == 0 {
				return nil, argument("FreeDepCmd: No paths specified. Paths must begin with a leading '/' character")
			}
			a := Args{"paths": paths}
			for _, o := range options {
				if !slices.Contains(kinds, o) {
					return nil, argument("FreeDepCmd: Invalid argument(%s)", o)
				}
				a[o] = true
			}
			if len(options) == 0 {
				a["trigger"] = true
			}
			return a, nil
		},
		Methods: []Method{
			method("trigger", "FreeTriggerDependencies", "their triggers"),
			method("date", "FreeDateDependencies", "their dates and days"),
			method("time", "FreeTimeDependencies", "their times, todays and crons"),
			method("all", "FreeAllDependencies", "their triggers, dates, days, times, todays and crons"),
		},
	}
}
