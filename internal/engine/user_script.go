package engine

import (
	"context"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// scriptRow shows a task's script, or submits one that a user has changed.
//
// source: libs/base EditScriptCmd.cpp.
func scriptRow(m *wire.EditScriptCmd) (row, error) {
	r := row{access: reads, paths: []string{m.PathToNode}, count: func(n *tally) *uint32 { return &n.EditScript }}
	switch m.EditType {
	case wire.EditEdit, wire.EditPreprocess, wire.EditPreprocessUserFile:
		r.run = func(c *call) (wire.Reply, error) { return nil, c.showScript(m) }
	case wire.EditSubmit, wire.EditSubmitUserFile:
		r.access, r.write = edits, true
		r.run = func(c *call) (wire.Reply, error) { return nil, c.submitScript(m) }
	default:
		return row{}, unknown(m)
	}
	return r, nil
}

// submittable finds the task or alias that a script is of.
func (c *call) submittable(m *wire.EditScriptCmd) (*defs.Node, error) {
	n, err := c.find(m.PathToNode)
	if err != nil {
		return nil, err
	}
	c.edited = append(c.edited, n)
	if !n.IsSubmittable() {
		return nil, refused("EditScriptCmd failed. Cannot locate task or alias at path " + m.PathToNode)
	}
	return n, nil
}

// showScript gives the script in one of three forms. It is read without the lock.
func (c *call) showScript(m *wire.EditScriptCmd) error {
	n, err := c.submittable(m)
	if err != nil {
		return err
	}
	f := c.fileOf(n, m.PathToNode)
	c.after = f.reply(func(ctx context.Context) (text string, err error) {
		switch m.EditType {
		case wire.EditEdit:
			text, err = f.maker().Edit(ctx, f.node)
		case wire.EditPreprocess:
			text, err = f.maker().Preprocess(ctx, f.node)
		default:
			text, err = f.maker().PreprocessLines(ctx, f.node, m.UserFileContents)
		}
		return text, err
	})
	return nil
}

func (c *call) submitScript(m *wire.EditScriptCmd) error {
	n, err := c.submittable(m)
	if err != nil {
		return err
	}
	if m.EditType == wire.EditSubmitUserFile && m.Alias && n.Kind() == defs.KindTask {
		return c.submitAlias(n, m)
	}
	if n.State() == defs.Active || n.State() == defs.Submitted {
		return refused("EditScriptCmd:: failed for submit: Node " + m.PathToNode + " is already " + n.State().String() + " : ")
	}
	o, context := job.Options{Variables: userVariables(m)}, "EditScriptCmd:: failed for submit: "
	if m.EditType == wire.EditSubmitUserFile {
		o.Lines, context = m.UserFileContents, "EditScriptCmd::SUBMIT_USER_FILE: failed : "
	}
	files, err := c.patience()
	if err != nil {
		return err
	}
	r := c.requested(files)
	if !r.prepare(n, n.Alone(), o) {
		return c.postpone()
	}
	return r.submitEdited(n, context)
}

// submitEdited starts a job that was made with what a user has changed.
func (r *requested) submitEdited(n *defs.Node, context string) error {
	if err := r.submit(n, job.Options{}); err != nil {
		return refused(context + message(err))
	}
	setFlags(n, n.Flag().With(defs.FlagUserEdit))
	return nil
}

func userVariables(m *wire.EditScriptCmd) map[string]string {
	if len(m.UserVariables) == 0 {
		return nil
	}
	values := make(map[string]string, len(m.UserVariables))
	for _, v := range m.UserVariables {
		if _, twice := values[v.First]; !twice {
			values[v.First] = v.Second
		}
	}
	return values
}

// submitAlias makes an alias of a task, with the script and variables of the user, and runs it unless they do not want that.
//
// source: libs/node Task.cpp, add_alias.
func (c *call) submitAlias(task *defs.Node, m *wire.EditScriptCmd) error {
	if len(m.UserFileContents) == 0 {
		return refused("Task::add_alias: No .usr file contents specified. Alias creation failed for task " + task.Path())
	}
	home, _ := task.UserVariable("ECF_HOME")
	dir := home + task.Path()
	files, err := c.patience()
	if err != nil {
		return err
	}
	err = files.MkdirAll(dir)
	switch {
	case files.gaveUp:
		return c.postpone()
	case err != nil:
		return refused("Task::add_alias: could not create directory " + dir)
	}
	trial, err := task.Alone().AddAlias("") // the alias as it will be: its files come before it
	if err != nil {
		return err
	}
	addVariables(trial, m)
	file := dir + "/" + trial.Name() + trial.ScriptExtension()
	unwritten := files.Write(file, []byte(strings.Join(m.UserFileContents, "\n")))
	r := c.requested(files)
	if unwritten == nil && m.Run {
		r.prepare(trial, trial, job.Options{})
	}
	if files.gaveUp {
		return c.postpone()
	}
	alias, err := task.AddAlias("")
	if err != nil {
		return err
	}
	if unwritten != nil {
		no := task.AliasNo() - 1
		_ = alias.Remove()
		task.SetAliasNo(no)
		return refused("Task::add_alias: could not create .usr file at path(" + file + "): Could not create file '" + file + " (" + reason(unwritten) + "'\n")
	}
	addVariables(alias, m)
	if !m.Run {
		return nil
	}
	r.jobs[alias] = r.jobs[trial]
	return r.submitEdited(alias, "EditScriptCmd::SUBMIT_USER_FILE: failed for Alias : ")
}

func addVariables(alias *defs.Node, m *wire.EditScriptCmd) {
	for _, v := range m.UserVariables {
		alias.AddVariable(defs.Variable{Name: v.First, Value: v.Second})
	}
}
