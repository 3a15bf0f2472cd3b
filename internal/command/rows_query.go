package command

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const defaultMaxLines = 10000 // source: File::MAX_LINES

var fileTypes = []string{"script", "job", "jobout", "manual", "kill", "stat"}

func queryRows() []Spec {
	return []Spec{queryRow(), fileRow(), editScriptRow()}
}

func queryRow() Spec {
	return Spec{
		Name: "query", Idempotent: true, Summary: "value of one attribute",
		Params: []Param{
			{Name: "query_type", Type: String}, {Name: "path_to_attribute", Type: String}, {Name: "attribute", Type: String, Default: ""},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.QueryCmd{UserCmd: userCmd(id), QueryType: r.str("query_type"),
				PathToAttribute: r.str("path_to_attribute"), Attribute: r.str("attribute"), PathToTask: id.Task.Path}, r.err
		},
		Words: queryWords,
		Methods: []Method{{Py: "query", Go: "Query",
			Forms: returning(String,
				Param{Name: "query_type", Type: String, Doc: "state, dstate, repeat, event, meter, label, limit, limit_max, variable or trigger"},
				Param{Name: "path_to_attribute", Type: String, Doc: "absolute path of the node"},
				Param{Name: "attribute", Type: String, Default: "", Doc: "name of the attribute; for repeat \"\", \"next\" or \"prev\"; for trigger the expression"}),
			Doc: "Value of one attribute, as text.\n\n" +
				"state: unknown, complete, queued, aborted, submitted or active, of a node or of \"/\"; dstate: these or suspended;\n" +
				"event: set or clear; meter, limit, limit_max: a number; repeat: its value; label, variable: its text (generated\n" +
				"variables too); trigger: whether the expression given as attribute holds, \"true\" or \"false\".\n" +
				"What does not exist raises."}},
	}
}

// queryWords splits /path:name for the kinds that need a name.
// source: QueryCmd::create
func queryWords(words []string) (Args, error) {
	kind := first(words)
	var path, name string
	if len(words) > 1 {
		path = words[1]
	}
	switch kind {
	case "event", "meter", "label", "variable", "limit", "limit_max":
		if len(words) != 2 {
			return nil, argument("QueryCmd: second argument must be of the form <path>:name for query\n where name is [event | meter | label | variable | limit | limit_max] name %s args size = %d expected 2 arguments", kind, len(words))
		}
		var found bool
		if path, name, found = cutName(words[1]); !found {
			return nil, argument("QueryCmd: second argument must be of the form <path>:name for query")
		}
		if name == "" {
			return nil, argument("QueryCmd: no attribute specified: query type: %s path+attribute: %s", kind, words[1])
		}
	case "trigger":
		if len(words) > 2 {
			name = words[2]
		}
		if name == "" {
			return nil, argument("QueryCmd: no attribute specified: query type: trigger")
		}
		if problem := expressionProblem(name); problem != "" {
			return nil, argument("QueryCmd: %s", problem)
		}
	case "state", "dstate":
		if len(words) > 2 {
			return nil, argument("QueryCmd: invalid (state | dstate) query : %s", words[2])
		}
	case "repeat":
		switch {
		case len(words) > 3:
			return nil, argument("QueryCmd: invalid (repeat) query : %s", words[3])
		case len(words) == 3 && words[2] != "next" && words[2] != "prev":
			return nil, argument("QueryCmd: invalid (repeat) query expected 'next' or 'prev' but found %s", words[2])
		case len(words) == 3:
			name = words[2]
		}
	default:
		return nil, argument("QueryCmd: first argument must be one of [ state | dstate | repeat | event | meter | variable | trigger ] but found:%s", kind)
	}
	if !strings.HasPrefix(path, "/") {
		return nil, argument("QueryCmd: invalid path to attribute: %s", path)
	}
	return Args{"query_type": kind, "path_to_attribute": path, "attribute": name}, nil
}

// cutName splits /path:name at its colon; without a path before it, the colon
// may be missing. source: Extract::pathAndName
func cutName(word string) (path, name string, ok bool) {
	path, name, colon := strings.Cut(word, ":")
	if colon {
		return path, name, true
	}
	if strings.HasPrefix(word, "/") {
		return word, "", true
	}
	return "", word, word != ""
}

func fileRow() Spec {
	return Spec{
		Name: "file", Idempotent: true, Summary: "a file that belongs to a task",
		Params: []Param{
			{Name: "path", Type: String, Doc: "absolute path of a task or alias"},
			{Name: "type", Type: String, Default: "script", Doc: strings.Join(fileTypes, ", ")},
			{Name: "max_lines", Type: StringInt, Default: strconv.Itoa(defaultMaxLines), Doc: "the last so many lines; 0 or less: 10000"},
		},
		Build: buildFile,
		Words: func(words []string) (Args, error) {
			if len(words) == 0 {
				return nil, argument("CFileCmd: At least one arguments expected for File. Found 0")
			}
			a := Args{"path": words[0], "type": "script", "max_lines": ""}
			if len(words) > 1 {
				a["type"] = words[1]
			}
			if len(words) == 3 {
				a["max_lines"] = words[2]
			}
			_, _, err := readFileKind(a["type"].(string), a["max_lines"].(string))
			if err != nil {
				return nil, argument("%s", err)
			}
			return a, nil
		},
		Methods: []Method{{Py: "get_file", Go: "File",
			Forms: returning(Text,
				Param{Name: "task", Type: String, Arg: "path", Doc: "absolute path of a task or alias"},
				Param{Name: "type", Type: String, Default: "script", Doc: "script, job, jobout (the output), manual, kill or stat (outputs of the kill and status commands)"},
				Param{Name: "max_lines", Type: StringInt, Default: strconv.Itoa(defaultMaxLines), Doc: "how many lines at most, the last ones; a number as text"},
				Param{Name: "as_bytes", Type: Bool, Default: false, Doc: "return bytes instead of str, for files that are not UTF-8", PyOnly: true}),
			Doc: "Text of a file that belongs to a task.\n\nThe server reads the file; what it cannot find raises. With as_bytes the raw bytes are returned."}},
	}
}

func buildFile(id Identity, a Args) (wire.Request, error) {
	r := read(a)
	path, kind, lines := r.str("path"), r.strOr("type", "script"), r.strOr("max_lines", strconv.Itoa(defaultMaxLines))
	if r.err != nil {
		return nil, r.err
	}
	file, n, err := readFileKind(kind, lines)
	if err != nil {
		return nil, argument("ClientInvoker::file(%s,%s,%s) failed:\n%s", path, kind, lines, err)
	}
	return &wire.CFileCmd{UserCmd: userCmd(id), File: file, PathToNode: path, MaxLines: n}, nil
}

// readFileKind reads which file is meant, and how many of its last lines.
// source: CFileCmd::CFileCmd
func readFileKind(kind, lines string) (wire.FileType, uint64, error) {
	i := slices.Index(fileTypes, kind)
	if i < 0 {
		return 0, 0, bad("CFileCmd::CFileCmd: Unrecognised file type %s expected one of [script | job | jobout | manual | kill | stat] ", kind)
	}
	n := int64(defaultMaxLines)
	if lines != "" {
		parsed, err := strconv.ParseInt(lines, 10, 32)
		if err != nil {
			return 0, 0, bad("CFileCmd::CFileCmd: The third argument(%s) must be convertible to an integer", lines)
		}
		if parsed > 0 {
			n = parsed
		}
	}
	return wire.FileType(i), uint64(n), nil
}

var editTypes = []string{"edit", "pre_process", "submit", "pre_process_file", "submit_file"}

func editScriptRow() Spec {
	path := Param{Name: "path", Type: String, Unnamed: true, Doc: "absolute path of a task"}
	return Spec{
		Name: "edit_script", Summary: "show, preprocess or submit a task's script",
		Params: []Param{
			{Name: "path", Type: String, Doc: "absolute path of a task"},
			{Name: "edit_type", Type: String, Doc: strings.Join(editTypes, ", ")},
			{Name: "variables", Type: Strings, Default: []string{}, Doc: "name=value of the variables the script uses"},
			{Name: "lines", Type: Strings, Default: []string{}, Doc: "the script's lines"},
			{Name: "alias", Type: Bool, Default: false, Doc: "make an alias of it"},
			{Name: "run", Type: Bool, Default: true, Doc: "run it"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			i := slices.Index(editTypes, r.str("edit_type"))
			if r.err == nil && i < 0 {
				return nil, argument("The second argument(%s) to edit_script must be one of [ %s]", r.str("edit_type"), strings.Join(editTypes, " | "))
			}
			if r.err != nil {
				return nil, r.err
			}
			lines, variables := r.strs("lines"), r.strs("variables")
			if r.has("file") && !r.has("lines") {
				var err error
				if lines, variables, err = scriptOf(r.str("file")); err != nil {
					return nil, err
				}
			}
			submits := wire.EditType(i) == wire.EditSubmit || wire.EditType(i) == wire.EditSubmitUserFile
			if !submits {
				variables = nil
			}
			cmd := &wire.EditScriptCmd{UserCmd: userCmd(id), EditType: wire.EditType(i), PathToNode: r.str("path"),
				UserFileContents: lines, UserVariables: []wire.StringPair{},
				Alias: r.boolean("alias"), Run: submits && r.booleanOr("run", true)}
			for _, v := range variables {
				cmd.UserVariables = append(cmd.UserVariables, cutVariable(v))
			}
			return cmd, r.err
		},
		Words: editScriptWords,
		Methods: []Method{
			{Py: "edit_script_edit", Go: "EditScript", Fixed: Args{"edit_type": "edit"}, Forms: returning(String, path),
				Doc: "Text of a task's script, preceded by the user variables it uses, ready to be edited and given to edit_script_submit()."},
			{Py: "edit_script_preprocess", Go: "PreprocessScript", Fixed: Args{"edit_type": "pre_process"}, Forms: returning(String, path),
				Doc: "Text of a task's script with its include files inserted."},
			{Py: "edit_script_submit", Go: "SubmitScript", Fixed: Args{"edit_type": "submit_file"},
				Forms: status(path,
					Param{Name: "variables", Type: Strings, Unnamed: true, Doc: "\"name=value\" of variables that are to differ from the task's"},
					Param{Name: "lines", Type: Strings, Unnamed: true, Doc: "the script's lines, without line ends"},
					Param{Name: "alias", Type: Bool, Unnamed: true, Doc: "make an alias below the task, instead of running the task itself"},
					Param{Name: "run", Type: Bool, Unnamed: true, Doc: "submit the job; with False an alias is only made"}),
				Doc: "Submit an edited script, as the task itself or as a new alias below it. Needs write access."},
		},
	}
}

// cutVariable splits name=value. Text without "=" is both name and value, as in
// the original.
func cutVariable(text string) wire.StringPair {
	name, value, found := strings.Cut(text, "=")
	if !found {
		value = text
	}
	return wire.StringPair{First: name, Second: value}
}

// source: EditScriptCmd::create
func editScriptWords(words []string) (Args, error) {
	if len(words) < 2 {
		return nil, argument("EditScriptCmd:At least 2 arguments required:")
	}
	switch {
	case !slices.Contains(editTypes, words[1]):
		return nil, argument("The second argument(%s) to edit_script must be one of [ %s]", words[1], strings.Join(editTypes, " | "))
	case len(words) == 2 && words[1] != "edit" && words[1] != "pre_process":
		return nil, argument("When two arguments specified, the second argument must be one of [ edit | pre_process ]")
	}
	a := Args{"path": words[0], "edit_type": words[1]}
	if len(words) == 2 {
		return a, nil
	}
	a["file"] = words[2]
	for _, w := range words[3:] {
		switch w {
		case "create_alias":
			a["alias"] = true
		case "no_run":
			a["run"] = false
		}
	}
	if len(words) > 5 {
		return nil, argument("Wrong number of arguments specified")
	}
	if words[1] != "submit_file" && (a["alias"] != nil || a["run"] != nil) {
		return nil, argument("The create_alias option is only valid when the second argument is 'submit_file' ")
	}
	return a, nil
}
