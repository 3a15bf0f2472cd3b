package job

import (
	"context"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// What people look at of a node's script: none of it makes a job.
//
// source: libs/node EcfFile.cpp.

// Script is the script of a task or alias as it is. Unless it is where it is looked for first, a comment on the first line
// tells where it was found.
func (m *Maker) Script(ctx context.Context, n *defs.Node) (string, error) {
	e, err := m.located(ctx, n)
	if err != nil {
		return "", err
	}
	const me = "EcfFile::script: Could not open script for task/alias "
	path := e.script.PathOrCommand
	if e.script.Origin == FromScript {
		content, err := m.sys.Read(path)
		if err != nil {
			return "", failf(me+"%s at path %s (%s)", n.Path(), path, reason(err))
		}
		return string(content), nil
	}
	text, why := e.readLines("script", " -s ")
	if why != "" {
		return "", failf(me+"%s using command %s", n.Path(), path)
	}
	origin := e.script.Origin.String()
	if e.script.Origin == FromFiles || e.script.Origin == FromHome {
		origin += "(PRUNE_ROOT)"
		if e.script.PruneLeaf {
			origin = e.script.Origin.String() + "(PRUNE_LEAF)"
		}
	}
	return textOf(append([]string{"# ecf_script_origin : " + origin + " : " + path}, text...)), nil
}

// Manual is what stands between %manual and %end in the script of a task or alias, includes and variables replaced.
func (m *Maker) Manual(ctx context.Context, n *defs.Node) (string, error) {
	e, err := m.located(ctx, n)
	if err != nil {
		return "", err
	}
	return e.manual("script", " -s ")
}

// ManualFile is the manual of a suite or family in a file: what stands between %manual and %end or, without that, all.
func (m *Maker) ManualFile(ctx context.Context, n *defs.Node, path string) (string, error) {
	micro, _ := n.UserVariable("ECF_MICRO")
	if len(micro) != 1 {
		return "", failf("EcfFile::EcfFile: Node %s is referencing a invalid ECF_MICRO variable(' %s). "+
			"ECF_MICRO when overridden, must be a single character.", n.Path(), micro)
	}
	e := &expansion{Maker: m, ctx: ctx, node: n, script: Script{PathOrCommand: path}, micro: micro}
	return e.manual("manual", " -m ")
}

// FindManual is where the manual of a suite or family is below a directory, "" for nowhere: <path>.man, where the names of
// the path are left out one by one from the suite downwards.
func FindManual(sys System, n *defs.Node, dir string) string {
	s := search{sys: sys, path: n.Path(), extension: ".man"}
	return s.in(dir)
}

// Edit is the script of a task or alias as it is, behind a comment with the variables that it uses.
func (m *Maker) Edit(ctx context.Context, n *defs.Node) (string, error) {
	e, err := m.located(ctx, n)
	if err != nil {
		return "", err
	}
	text, why := e.readLines("script", " -s ")
	if why != "" {
		return "", failf("EcfFile::edit_used_variables: Open script failed : %s", why)
	}
	if err := e.preprocess("EcfFile::edit_used_variables", text); err != nil {
		return "", err
	}
	used, err := e.usedVariables()
	return used + textOf(text), err
}

// Preprocess is the script of a task or alias with include files in their places, behind a comment with the variables that it uses.
func (m *Maker) Preprocess(ctx context.Context, n *defs.Node) (string, error) {
	e, err := m.located(ctx, n)
	if err != nil {
		return "", err
	}
	text, why := e.readLines("script", " -s ")
	if why != "" {
		return "", failf("EcfFile::pre_process: Failed to open file %s : %s", e.script.PathOrCommand, why)
	}
	if err := e.preprocess("EcfFile::pre_process", text); err != nil {
		return "", err
	}
	used, err := e.usedVariables()
	return used + textOf(e.lines), err
}

// PreprocessLines is the job that would be made of a user's script.
func (m *Maker) PreprocessLines(ctx context.Context, n *defs.Node, text []string) (string, error) {
	e, err := m.located(ctx, n)
	if err != nil {
		return "", err
	}
	if err := e.preprocess("EcfFile::pre_process_user_file", text); err != nil {
		return "", err
	}
	if err := e.strip(); err != nil {
		return "", err
	}
	if err := e.substitute(); err != nil {
		return "", err
	}
	return textOf(e.lines), nil
}

// located is the script on its way to be looked at.
func (m *Maker) located(ctx context.Context, n *defs.Node) (*expansion, error) {
	script, err := Locate(m.sys, n)
	if err != nil {
		return nil, err
	}
	micro, _ := n.UserVariable("ECF_MICRO")
	return &expansion{Maker: m, ctx: ctx, node: n, script: script, micro: micro}, nil
}

// readLines reads the script's lines; what names it in messages, option is for ECF_FETCH.
func (e *expansion) readLines(what, option string) (text []string, why string) {
	path := e.script.PathOrCommand
	if path == "" {
		return nil, "EcfFile::open_script_file: Could not open ecf " + what + " file. Input File/cmd string is empty."
	}
	switch e.script.Origin {
	case FromFetch:
		return e.run(path+option+e.node.Name()+e.node.ScriptExtension(), what)
	case FromCommand:
		return e.run(path, what)
	}
	content, err := e.sys.Read(path)
	if err != nil {
		return nil, "Could not open " + what + " file:" + path + " (" + reason(err) + ")"
	}
	return lines(content), ""
}

func (e *expansion) manual(what, option string) (string, error) {
	text, why := e.readLines(what, option)
	if why != "" {
		return "", failf("EcfFile::manual: For node %s, failed to open file %s : %s",
			strings.ToUpper(e.node.Kind().String())+":"+e.node.Path(), e.script.PathOrCommand, why)
	}
	if err := e.preprocess("EcfFile::manual:", text); err != nil {
		return "", err
	}
	_ = e.substitute() // what has no value stays
	manual, why := e.between()
	if why != "" {
		return "", failf("EcfFile::manual: extraction failed for task %s %s", e.node.Path(), why)
	}
	if len(manual) == 0 && e.node.IsContainer() {
		manual = e.lines
	}
	return textOf(manual), nil
}

// between are the lines between %manual and %end.
func (e *expansion) between() (manual []string, why string) {
	micro, inside := e.micro, false
	for _, line := range e.lines {
		if strings.HasPrefix(line, micro) {
			switch word := line[1:]; {
			case strings.HasPrefix(word, wordManual):
				inside = true
				continue
			case inside && strings.HasPrefix(word, wordEnd):
				inside = false
				continue
			case strings.HasPrefix(word, wordMicro):
				if micro, why = readMicro(line, e.script.PathOrCommand); why != "" {
					return nil, why
				}
				continue
			}
		}
		if inside {
			manual = append(manual, line)
		}
	}
	if inside {
		return nil, "Unterminated manual. Matching 'end' is missing, for " + e.script.PathOrCommand
	}
	return manual, ""
}

// hidden are variables that users are not shown, as they would be wrong in another job or cut it off from its server: those
// whose names hold the first, and those of the second.
var (
	hiddenParts = [...]string{"ECF_TRYNO", "ECF_JOB", "ECF_PASS", "ECF_PORT", "ECF_HOST", "ECF_NAME"}
	hiddenNames = [...]string{"TASK", "FAMILY", "FAMILY1", "SUITE"}
)

// usedVariables is the comment that tells the variables of a script whose includes are in their places.
func (e *expansion) usedVariables() (string, error) {
	used, err := e.used()
	if err != nil || len(used) == 0 {
		return "", err
	}
	names := make([]string, 0, len(used))
	for name := range used {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	b.WriteString(e.micro + "comment - ecf user variables\n")
	for _, name := range names {
		if !slices.Contains(hiddenNames[:], name) &&
			!slices.ContainsFunc(hiddenParts[:], func(part string) bool { return strings.Contains(name, part) }) {
			b.WriteString(name + " = " + used[name] + "\n")
		}
	}
	b.WriteString(e.micro + "end - ecf user variables\n")
	return b.String(), nil
}

func (e *expansion) used() (map[string]string, error) {
	used := map[string]string{}
	micro, nopp := e.micro, false
	var open blocks
	var wrong strings.Builder
	for _, line := range e.lines {
		at := strings.Index(line, micro)
		if at == 0 {
			if k := opened(line); k != noBlock {
				open.push(k)
				nopp = nopp || k == noppBlock
				continue
			}
			switch word := line[1:]; {
			case strings.HasPrefix(word, wordEnd):
				switch open.pop() {
				case noBlock:
					return nil, failf("EcfFile::get_used_variables: failed  unpaired %%end")
				case noppBlock:
					nopp = false
				}
				continue
			case !nopp && strings.HasPrefix(word, wordMicro):
				next, why := readMicro(line, e.script.PathOrCommand)
				if why != "" {
					return nil, failf("EcfFile::get_used_variables: failed : %s", why)
				}
				micro = next
				continue
			}
		}
		if nopp || at < 0 {
			continue
		}
		if !e.usedIn(line, micro[0], used) && open.last() != commentBlock && open.last() != manualBlock {
			wrong.WriteString("Variable find failed for '" + line + "'  microChar='" + micro + "' ")
		}
	}
	if wrong.Len() > 0 {
		return nil, failf("EcfFile::get_used_variables: Extract used variables failed : %s", wrong.String())
	}
	return used, nil
}

// mostUsed is how many values the original looks at in one line.
const mostUsed = 101

// usedIn notes the variables of a line, also those in the values of others; it is false when one has no value.
func (e *expansion) usedIn(line string, micro byte, used map[string]string) bool {
	note := func(name, value string) {
		if _, known := used[name]; !known {
			used[name] = value
		}
	}
	for range mostUsed {
		first := strings.IndexByte(line, micro)
		if first < 0 {
			return true
		}
		length := strings.IndexByte(line[first+1:], micro)
		if length < 1 {
			return true
		}
		inner := line[first+1 : first+1+length]
		name, fallback, hasFallback := strings.Cut(inner, ":")
		value, ok := e.node.InheritedVariable(name)
		if !ok {
			if !hasFallback {
				return false
			}
			value = fallback
		}
		note(inner, value)
		line = line[:first] + value + line[first+length+2:]
		if len(line) > mostJob {
			return false
		}
	}
	return false
}

// textOf is the text of lines, each with its end.
func textOf(text []string) string {
	if len(text) == 0 {
		return ""
	}
	return strings.Join(text, "\n") + "\n"
}
