package command

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/internal/cliargs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// treeRows are the requests that carry definitions or fetch them.
func treeRows() []Spec {
	rows := []Spec{
		loadRow(), replaceRow(),
		nodeRow("get", wire.CtsNodeGet, "the definition, or one node", []Method{{Py: "get_server_defs", Go: "FetchDefs", Forms: status(),
			Doc: "Get the server's whole definition, whatever the handle; get_defs() then gives it.\n\nsync_local() does with less."}}),
		nodeRow("get_state", wire.CtsNodeGetState, "the definition, or one node, with states", nil),
		nodeRow("migrate", wire.CtsNodeMigrate, "the definition, or one node, with states and history", nil),
		nodeRow("why", wire.CtsNodeWhy, "why a node does not run", nil),
		syncRow("news", wire.SyncNews, timeoutNews, "whether the definition has changed", Method{Py: "news_local", Go: "News", Forms: returning(Bool),
			Doc: "Whether the server's definition differs from the client's.\n\nTrue also when there is none yet. If so, call sync_local()."}),
		syncRow("sync", wire.Sync, timeoutTree, "what has changed", Method{Py: "sync_local", Go: "Sync",
			Forms: status(Param{Name: "sync_suite_clock", Type: Bool, Default: false, Doc: "also bring the calendars of all suites up to date"}),
			Doc: "Bring the client's definition up to date with the server's: get it when there is none, else what has changed.\n\n" +
				"get_defs() gives the definition. Small changes are made in it in place, and changed_node_paths names the nodes; after\n" +
				"larger ones (a suite loaded, begun or deleted, another server or handle) it is a new one, and earlier ones stay as they\n" +
				"are. Changes that do not fit lead to a new one too. With a handle, see ch_register(), the definition holds its suites."}),
		syncRow("sync_clock", wire.SyncClock, timeoutTree, "what has changed, with all suites' clocks"),
		syncRow("sync_full", wire.SyncFull, timeoutTree, "the whole definition, as a handle sees it"),
	}
	for i := range rows {
		switch rows[i].Name {
		case "get":
			rows[i].Timeout = timeoutTree
		case "migrate":
			rows[i].Timeout = timeoutPlug
		}
	}
	return rows
}

func loadRow() Spec {
	force := Param{Name: "force", Type: Bool, Default: false, Doc: "replace suites of the same name"}
	return Spec{
		Name: "load", Timeout: timeoutTree, Summary: "load a definition file",
		Params: []Param{
			{Name: "path_to_defs", Type: String, Default: "", Doc: "path of the file on this machine, or the definition itself"},
			{Name: "text", Type: String, Default: "", Doc: "the definition as it is to travel, in place of reading the file"},
			force,
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			path, text := r.str("path_to_defs"), r.str("text")
			if r.err != nil {
				return nil, r.err
			}
			if r.boolean("check_only") || r.boolean("print") || r.boolean("stats") {
				return nil, argument("load: check_only, print and stats send nothing, so they cannot be part of a request")
			}
			if !r.has("text") {
				d, err := ReadDefinition(path, id.Host)
				if err != nil {
					return nil, err
				}
				path, text = d.Path, DefinitionText(d.Tree)
			}
			return &wire.LoadDefsCmd{UserCmd: userCmd(id), Force: r.boolean("force"), Defs: text, DefsFilename: path}, r.err
		},
		Words: func(words []string) (Args, error) {
			a := Args{"path_to_defs": ""}
			for _, w := range words {
				switch w {
				case "force", "check_only", "print", "stats":
					a[w] = true
				default:
					a["path_to_defs"] = w
				}
			}
			return a, nil
		},
		Methods: []Method{{Py: "load", Go: "Load",
			Forms: []Form{
				{Returns: Status, Params: []Param{
					{Name: "path_to_defs", Type: String, Doc: "path of a definition file on this machine, or the text of a definition"}, force,
					{Name: "check_only", Type: Bool, Default: false, Doc: "check the file, send nothing"},
					{Name: "print", Type: Bool, Default: false, Doc: "print the definition, send nothing", PyOnly: true},
					{Name: "stats", Type: Bool, Default: false, Doc: "print figures about the definition, send nothing", PyOnly: true},
				}},
				{Returns: Status, Params: []Param{{Name: "defs", Type: Tree, Doc: "a definition; it is not changed, and its externs are not sent"}, force}},
			},
			Doc: "Load the suites of a definition into the server. Needs write access.\n\n" +
				"The server refuses suites it already holds, unless force is true. The definition is read and checked first: mistakes in\n" +
				"the text, expressions that cannot be read or refer to nothing are refused before anything is sent. Inlimits without\n" +
				"their limit are told on standard output."}},
	}
}

func replaceRow() Spec {
	path := unnamed("path", String, "absolute path of the node, which must be in the definition")
	file := unnamed("path_to_defs", String, "path of a definition file on this machine, or the text of a definition")
	tree := unnamed("defs", Tree, "a definition")
	parents := unnamed("create_parents", Bool, "make the suites and families above the node if the server has none")
	parents.Arg = "parent"
	force := unnamed("force", Bool, "also when tasks below are active or submitted; they become zombies")
	return Spec{
		Name: "replace", Timeout: timeoutReplace, Summary: "replace a node by the one in a definition file",
		Params: []Param{
			{Name: "path", Type: String}, {Name: "path_to_defs", Type: String}, {Name: "text", Type: String},
			{Name: "parent", Type: Bool, Default: true}, {Name: "force", Type: Bool, Default: false},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			node, path, text := r.str("path"), r.str("path_to_defs"), r.str("text")
			if r.err != nil {
				return nil, r.err
			}
			if !r.has("text") {
				d, err := ReadReplacement(node, path, id.Host)
				if err != nil {
					return nil, err
				}
				text = DefinitionText(d.Tree)
			}
			return &wire.ReplaceNodeCmd{UserCmd: userCmd(id), CreateNodesAsNeeded: r.booleanOr("parent", true), Force: r.boolean("force"),
				PathToNode: node, PathToDefs: path, ClientDefs: text}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) < 2 {
				return nil, argument("ReplaceNodeCmd: At least two arguments expected, found %d Please specify <path-to-Node>  <defs files> parent(optional) force(optional), i.e", len(words))
			}
			return Args{"path": words[0], "path_to_defs": words[1],
				"parent": !(len(words) == 3 && words[2] == "false"), "force": len(words) == 4 && words[3] == "force"}, nil
		},
		Methods: []Method{{Py: "replace", Go: "Replace",
			Forms: []Form{
				{Returns: Status, Params: []Param{path, file, parents, force}},
				{Returns: Status, Params: []Param{path, tree, parents, force}},
				{Returns: None, Params: []Param{path, tree}},
				{Returns: None, Params: []Param{path, file}},
			},
			Doc: "Replace a node in the server by the one at the same path in a definition, or add it. Needs write access.\n\n" +
				"The definition is read and checked as by load(). Without the last two arguments parents are made, and nothing is forced."}},
	}
}

// syncRow is the row of a request that compares change numbers. Sending
// sync_full with a handle the server does not know kills the server: only a
// client, which knows its handles, may do it.
func syncRow(name string, api wire.SyncAPI, timeout time.Duration, summary string, methods ...Method) Spec {
	counted := api != wire.SyncFull
	params := []Param{{Name: "handle", Type: Int, Doc: "0: all suites"}}
	if counted {
		params = append(params, Param{Name: "state_change", Type: Int}, Param{Name: "modify_change", Type: Int})
	}
	return Spec{
		Name: name, Timeout: timeout, Idempotent: true, Summary: summary, Params: params, Methods: methods,
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.CSyncCmd{UserCmd: userCmd(id), API: api, ClientHandle: uint32(r.integer("handle")),
				ClientStateChangeNo: uint32(r.integer("state_change")), ClientModifyChangeNo: uint32(r.integer("modify_change"))}, r.err
		},
		Words: func(words []string) (Args, error) {
			if (counted && len(words) != 3) || (!counted && len(words) != 1) {
				return nil, argument("CSyncCmd::create(SYNC/SYN_CLOCK/NEWS) expects 3 integer arguments, Client handle, state change number, and modify change number")
			}
			a := Args{}
			for i, p := range params {
				n, err := cliargs.ReadUnsigned(words[i])
				if err != nil {
					return nil, argument("%s: %s is not a number", name, words[i])
				}
				a[p.Name] = int64(n)
			}
			return a, nil
		},
	}
}

// scriptOf reads the script that edit_script submits from a file.
func scriptOf(path string) (lines, variables []string, err error) {
	data, err := readFile(path)
	if err != nil {
		return nil, nil, argument("The script file specified '%s' does not exist", path)
	}
	lines = linesOf(string(data))
	return lines, usedVariables(lines), nil
}

// usedVariables finds the "name = value" lines in the first %comment of a script, where
// edit_script puts them, unless a %manual or %nopp comes before it; sorted by name.
// source: EcfFile::extract_used_variables
func usedVariables(lines []string) []string {
	found := map[string]string{}
	inside := false
	for _, line := range lines {
		block, marked := strings.CutPrefix(line, "%")
		switch {
		case marked && strings.HasPrefix(block, "comment"):
			inside = true
		case marked && (strings.HasPrefix(block, "end") || strings.HasPrefix(block, "nopp") || strings.HasPrefix(block, "manual")):
			return variablesOf(found)
		case inside:
			name, value, assigns := strings.Cut(line, "=")
			name = strings.TrimFunc(name, isSpace)
			if _, before := found[name]; assigns && !before {
				found[name] = strings.TrimFunc(value, isSpace)
			}
		}
	}
	return variablesOf(found)
}

func variablesOf(values map[string]string) []string {
	variables := []string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		variables = append(variables, name+"="+values[name])
	}
	return variables
}
