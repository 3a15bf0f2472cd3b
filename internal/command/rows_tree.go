package command

import (
	"slices"
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// treeRows are the requests that carry definitions or fetch them. Their text
// travels as it is; nothing here knows a tree.
func treeRows() []Spec {
	rows := []Spec{
		loadRow(), replaceRow(),
		nodeRow("get", wire.CtsNodeGet, "the definition, or one node", nil),
		nodeRow("get_state", wire.CtsNodeGetState, "the definition, or one node, with states", nil),
		nodeRow("migrate", wire.CtsNodeMigrate, "the definition, or one node, with states and history", nil),
		nodeRow("why", wire.CtsNodeWhy, "why a node does not run", nil),
		syncRow("news", wire.SyncNews, timeoutNews, "whether the definition has changed"),
		syncRow("sync", wire.Sync, timeoutTree, "what has changed"),
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
				d, err := ReadDefinition(path)
				if err != nil {
					return nil, err
				}
				path, text = d.Path, d.Text
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
		Methods: []Method{{Py: "load", Go: "Load", Prints: "print",
			Forms: status(Param{Name: "path_to_defs", Type: String, Doc: "path of a definition file on this machine, or the text of a definition"}, force,
				Param{Name: "check_only", Type: Bool, Default: false, Doc: "check the file, send nothing"},
				Param{Name: "print", Type: Bool, Default: false, Doc: "print the definition, send nothing (not there yet)", PyOnly: true},
				Param{Name: "stats", Type: Bool, Default: false, Doc: "print figures about the definition, send nothing (not there yet)", PyOnly: true}),
			Doc: "Load the suites of a definition file into the server. Needs write access.\n\n" +
				"The server refuses suites it already holds, unless force is true, and checks what the text says.\n" +
				"Lines with extern are left out: they serve the checking of files only. A file that is plainly no definition\n" +
				"is refused before anything is sent; with check_only that is all that happens."}},
	}
}

func replaceRow() Spec {
	return Spec{
		Name: "replace", Timeout: timeoutReplace, Summary: "replace a node by the one in a definition file",
		Params: []Param{
			{Name: "path", Type: String}, {Name: "path_to_defs", Type: String}, {Name: "text", Type: String},
			{Name: "parent", Type: Bool, Default: true}, {Name: "force", Type: Bool, Default: false},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			if r.err == nil && !r.has("text") {
				return nil, argument("replace: the definition's text is missing")
			}
			return &wire.ReplaceNodeCmd{UserCmd: userCmd(id), CreateNodesAsNeeded: r.booleanOr("parent", true), Force: r.boolean("force"),
				PathToNode: r.str("path"), PathToDefs: r.str("path_to_defs"), ClientDefs: r.str("text")}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) < 2 {
				return nil, argument("ReplaceNodeCmd: At least two arguments expected, found %d Please specify <path-to-Node>  <defs files> parent(optional) force(optional), i.e", len(words))
			}
			return Args{"path": words[0], "path_to_defs": words[1],
				"parent": !(len(words) == 3 && words[2] == "false"), "force": len(words) == 4 && words[3] == "force"}, nil
		},
	}
}

// syncRow is the row of a request that compares change numbers. Sending
// sync_full with a handle the server does not know kills the server: only a
// client, which knows its handles, may do it.
func syncRow(name string, api wire.SyncAPI, timeout time.Duration, summary string) Spec {
	counted := api != wire.SyncFull
	params := []Param{{Name: "handle", Type: Int, Doc: "0: all suites"}}
	if counted {
		params = append(params, Param{Name: "state_change", Type: Int}, Param{Name: "modify_change", Type: Int})
	}
	return Spec{
		Name: name, Timeout: timeout, Idempotent: true, Summary: summary, Params: params,
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.CSyncCmd{UserCmd: userCmd(id), API: api, ClientHandle: uint32(r.integer("handle")),
				ClientStateChangeNo: uint32(r.integer("state_change")), ClientModifyChangeNo: uint32(r.integer("modify_change"))}, r.err
		},
		Words: func(words []string) (Args, error) {
			if (counted && len(words) != 3) || (!counted && len(words) != 1) {
				return nil, argument("%s: expected %d integers, found %d words", name, len(params), len(words))
			}
			a := Args{}
			for i, p := range params {
				n, err := strconv.ParseUint(words[i], 10, 32)
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

// usedVariables finds the "name = value" lines in the block that edit_script
// puts before a script.
// source: EcfFile::extract_used_variables
func usedVariables(lines []string) []string {
	const begin, end = "comment - ecf_user_variables", "end - ecf_user_variables"
	variables := []string{}
	inside := false
	for _, line := range lines {
		switch {
		case !inside && containsFold(line, begin):
			inside = true
		case inside && containsFold(line, end):
			slices.Sort(variables)
			return variables
		case inside:
			if name, value, ok := cutTrimmed(line); ok {
				variables = append(variables, name+"="+value)
			}
		}
	}
	return variables
}
