package command_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

var pythonCall = regexp.MustCompile(`^(?:ci|k)\.(\w+)\((.*)\)$`)

// fromPython builds a request from a call of the Python client.
func fromPython(via string, id command.Identity, r wire.Request) (wire.Request, error) {
	parts := pythonCall.FindStringSubmatch(via)
	values, err := pythonValues(parts[2])
	if err != nil {
		return nil, err
	}
	name := parts[1]
	// With auto sync a command travels in a group with a sync.
	if group, ok := r.(*wire.GroupCTSCmd); ok && name != "group" {
		first, err := fromPython(via, id, group.Commands[0])
		if err != nil {
			return nil, err
		}
		out := *group
		out.Commands = []wire.Request{first, group.Commands[1]}
		return &out, nil
	}
	switch name { // methods that come with the definition tree
	case "get_server_defs":
		row, _ := command.Lookup("get")
		return row.Build(id, command.Args{})
	case "replace":
		row, _ := command.Lookup("replace")
		args := command.Args{"path": values[0]}
		if len(values) > 2 {
			args["parent"], args["force"] = values[2], values[3]
		}
		return row.Build(id, withRecorded(args, r))
	}
	m, row, known := command.LookupMethod(name)
	if !known {
		return nil, fmt.Errorf("no method %q", name)
	}
	args, err := bind(m, values, r)
	if err != nil {
		return nil, err
	}
	a := m.Canonical(args)
	if load, ok := r.(*wire.LoadDefsCmd); ok && load.DefsFilename == "" {
		a["path_to_defs"] = ""
	}
	if c, ok := r.(*wire.ClientHandleCmd); ok && a["handle"] == nil && name != "ch_register" {
		a["handle"] = int64(c.ClientHandle) // the current one, which the client knows
	}
	return row.Build(id, withRecorded(a, r))
}

// bind gives positional values their names, in the first form that fits.
func bind(m *command.Method, values []any, r wire.Request) (command.Args, error) {
	for _, f := range m.Forms {
		if len(values) > len(f.Params) {
			continue
		}
		args, fits := command.Args{}, true
		for i, v := range values {
			p := f.Params[i]
			if name, ok := v.(variable); ok {
				switch {
				case name == "defs":
					v = ""
				case name == "lines":
					v = r.(*wire.EditScriptCmd).UserFileContents
				case name == "ci.ch_handle()":
					v = int64(r.(*wire.ClientHandleCmd).ClientHandle)
				}
			}
			switch v.(type) {
			case int64:
				fits = fits && slices.Contains([]command.Type{command.Int, command.State, command.CheckPt, command.StringInt}, p.Type)
			case string:
				fits = fits && slices.Contains([]command.Type{command.String, command.Paths, command.StringInt}, p.Type)
			case bool:
				fits = fits && p.Type == command.Bool
			case []string:
				fits = fits && (p.Type == command.Strings || p.Type == command.Paths)
			default:
				return nil, fmt.Errorf("cannot use %v", v)
			}
			args[p.Name] = v
		}
		for _, p := range f.Params[len(values):] {
			fits = fits && p.Default != nil
			args[p.Name] = p.Default
		}
		if fits {
			return args, nil
		}
	}
	return nil, fmt.Errorf("no form of %s takes %v", m.Py, values)
}

// variable is a name in a recorded call whose value the recording has.
type variable string

var constants = map[string]any{
	"True": true, "False": false, "P": "/s1/f1/t1",
	"ecflow.CheckPt.NEVER": int64(0), "ecflow.CheckPt.ON_TIME": int64(1), "ecflow.CheckPt.ALWAYS": int64(2), "ecflow.CheckPt.UNDEFINED": int64(3),
}

func pythonValues(text string) ([]any, error) {
	var values []any
	for _, part := range splitOutside(text) {
		v, err := pythonValue(part)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	return values, nil
}

func pythonValue(part string) (any, error) {
	if v, ok := constants[part]; ok {
		return v, nil
	}
	if n, err := strconv.ParseInt(part, 10, 64); err == nil {
		return n, nil
	}
	if state, ok := strings.CutPrefix(part, "ecflow.State."); ok {
		return int64(slices.Index(command.States, state)), nil
	}
	if rest, ok := strings.CutPrefix(part, "P+"); ok {
		return "/s1/f1/t1" + strings.Trim(rest, `'"`), nil
	}
	switch {
	case part != "" && strings.ContainsRune(`'"`, rune(part[0])):
		return strings.Trim(part, part[:1]), nil
	case strings.HasPrefix(part, "["):
		items := []string{}
		for _, item := range splitOutside(part[1 : len(part)-1]) {
			v, err := pythonValue(item)
			if err != nil {
				return nil, err
			}
			items = append(items, v.(string))
		}
		return items, nil
	case part == "defs", part == "lines", part == "ci.ch_handle()":
		return variable(part), nil
	}
	return nil, fmt.Errorf("cannot read the value %q", part)
}

// splitOutside splits at commas outside quotes and brackets.
func splitOutside(text string) []string {
	var parts []string
	depth, quote, start := 0, byte(0), 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		case c == ',' && depth == 0:
			parts = append(parts, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	if last := strings.TrimSpace(text[start:]); last != "" {
		parts = append(parts, last)
	}
	return parts
}
