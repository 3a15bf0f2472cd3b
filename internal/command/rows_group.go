package command

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

func groupRows() []Spec {
	return []Spec{{
		Name: "group", Summary: "several commands in one request",
		Params: []Param{
			{Name: "commands", Type: String, Doc: "commands as on the command line, without dashes, separated by ;"},
			{Name: "cli", Type: Bool, Default: true, Doc: "the request is written by a person; the original sets it in Python as well"},
			{Name: "confirmed", Type: Bool, Default: false, Doc: "a person was asked for all members that need it"},
		},
		Build: buildGroup,
		Words: func(words []string) (Args, error) { return Args{"commands": first(words)}, nil },
		Methods: []Method{{Py: "group", Go: "Group",
			Forms: status(Param{Name: "commands", Type: String, Unnamed: true, Doc: "commands as on the command line, such as \"suspend /s1; alter change label l 'new text' /s1/t\""}),
			Doc: "Send several commands, written as on the command line, in one request.\n\n" +
				"The server runs them in order; one that fails does not stop those after it, and all failures are reported.\n" +
				"halt, shutdown, terminate and delete must say yes (\"halt=yes\"), since nobody can be asked."}},
	}, {
		Name: "show", Class: Group, Idempotent: true, Summary: "in a group: print what the commands before it fetched",
		Params: []Param{{Name: "style", Type: String, Default: "defs", Doc: "defs, state or migrate"}},
		Build:  func(id Identity, _ Args) (wire.Request, error) { return &wire.ShowCmd{UserCmd: userCmd(id)}, nil },
		Words: func(words []string) (Args, error) {
			switch first(words) {
			case "", "defs", "state", "migrate":
				return Args{"style": first(words)}, nil
			}
			return nil, argument("ShowCmd::create invalid show option expected one of [ defs | state | migrate ] but found %s", words[0])
		},
	}}
}

func buildGroup(id Identity, a Args) (wire.Request, error) {
	r := read(a)
	text, cli, confirmed := r.str("commands"), r.booleanOr("cli", true), r.boolean("confirmed")
	if r.err != nil {
		return nil, r.err
	}
	members, err := ReadGroup(text)
	if err != nil {
		return nil, err
	}
	group := &wire.GroupCTSCmd{UserCmd: userCmd(id), CLI: cli}
	for _, m := range members {
		if m.Unconfirmed() && !confirmed {
			return nil, argument("%s: inside a group nobody can be asked: say yes (%s=yes)", m.Row.Name, m.Row.Name)
		}
		request, err := m.Row.Build(id, m.Args)
		if err != nil {
			return nil, err
		}
		group.Commands = append(group.Commands, request)
	}
	return group, nil
}

// Question is what a terminal asks before a command that cannot be undone; "" for one that
// needs no asking, or whose words say yes.
//
// source: CtsCmd::create, DeleteCmd::create
func Question(row *Spec, a Args) string {
	if !(Member{row, a}).Unconfirmed() {
		return ""
	}
	switch row.Name {
	case "halt":
		return "Are you sure you want to halt the server ? "
	case "shutdown":
		return "Are you sure you want to shut down the server ? "
	case "terminate":
		return "Are you sure you want to terminate the server ? "
	}
	paths, _ := a["paths"].([]string)
	if len(paths) == 0 {
		return "Are you sure you want to delete all the suites ? "
	}
	return "Are you sure want to delete nodes at paths:\n  " + strings.Join(paths, "\n  ") + " ? "
}
