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
	text, cli := r.str("commands"), r.booleanOr("cli", true)
	if r.err != nil {
		return nil, r.err
	}
	group := &wire.GroupCTSCmd{UserCmd: userCmd(id), CLI: cli}
	for part := range strings.SplitSeq(text, ";") {
		if part == "" {
			continue
		}
		request, err := buildMember(id, part)
		if err != nil {
			return nil, err
		}
		group.Commands = append(group.Commands, request)
	}
	if len(group.Commands) == 0 {
		return nil, argument("GroupCTSCmd::GroupCTSCmd: Please provide a list of ';' separated commands")
	}
	return group, nil
}

// buildMember builds one command of a group.
func buildMember(id Identity, text string) (wire.Request, error) {
	words := groupWords(text)
	if len(words) == 0 {
		return nil, argument("GroupCTSCmd: an empty command between the ';'")
	}
	name, rest := strings.TrimPrefix(words[0], "--"), words[1:]
	if option, value, found := strings.Cut(name, "="); found {
		name, rest = option, append([]string{value}, rest...)
	}
	row, err := lookupMember(name, text)
	if err != nil {
		return nil, err
	}
	if len(row.Params) == 0 && !row.Confirm && len(rest) > 0 {
		return nil, argument("option '--%s' does not take any arguments", row.Name)
	}
	args, err := row.Words(rest)
	if err != nil {
		return nil, err
	}
	if row.Confirm && args["yes"] != true {
		return nil, argument("%s: inside a group nobody can be asked: say yes (%s=yes)", row.Name, row.Name)
	}
	return row.Build(id, args)
}

// lookupMember finds the row of a command in a group, by its name or by a
// beginning of it that no other has, as the original's option parser does.
func lookupMember(name, text string) (*Spec, error) {
	if row, known := Lookup(name); known && row.inGroup() {
		return row, nil
	}
	var found []*Spec
	for i := range Table {
		if row := &Table[i]; name != "" && row.inGroup() && strings.HasPrefix(row.Name, name) {
			found = append(found, row)
		}
	}
	switch len(found) {
	case 0:
		return nil, argument("unrecognised option '--%s'", strings.TrimPrefix(strings.TrimSpace(text), "--"))
	case 1:
		return found[0], nil
	}
	names := make([]string, len(found))
	for i, row := range found {
		names[i] = "'--" + row.Name + "'"
	}
	return nil, argument("option '--%s' is ambiguous and matches %s", name, strings.Join(names, ", "))
}

func (s *Spec) inGroup() bool { return s.Class != Local && s.Name != "group" }

// groupWords splits at blanks outside quotes. The quotes themselves stay, as in
// the original, which hands them on.
// source: GroupCTSCmd::GroupCTSCmd
func groupWords(text string) []string {
	var words []string
	var word strings.Builder
	quoted := false
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"' || c == '\'':
			quoted = !quoted
			word.WriteByte(c)
		case !quoted && (c == ' ' || c == '\t' || c == '\n'):
			flush()
		default:
			word.WriteByte(c)
		}
	}
	flush()
	return words
}
