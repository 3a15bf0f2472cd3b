package command

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/cliargs"
)

// Member is one command of a group, read but not yet built.
type Member struct {
	Row  *Spec
	Args Args
}

// Unconfirmed reports whether a person would have to be asked, and has not said yes.
func (m Member) Unconfirmed() bool { return m.Row.Confirm && m.Args["yes"] != true }

// ReadGroup reads the commands of a group.
//
// source: GroupCTSCmd::GroupCTSCmd
func ReadGroup(text string) ([]Member, error) {
	var members []Member
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimFunc(part, isSpace) == "" { // of blanks the original dies
			continue
		}
		member, err := readMember(part)
		if err != nil {
			return nil, err
		}
		members = append(members, member)
	}
	if len(members) == 0 {
		return nil, argument("GroupCTSCmd::GroupCTSCmd: Please provide a list of ';' separated commands")
	}
	return members, nil
}

// readMember reads one command. Where there is none the original ends with a failed assertion.
func readMember(text string) (Member, error) {
	line, err := cliargs.Parse(groupWords(text), memberOptions())
	if err != nil {
		return Member{}, err
	}
	row, words := Chosen(line)
	if row == nil {
		return Member{}, argument("GroupCTSCmd: no command in '%s'", strings.TrimSpace(text))
	}
	args, err := row.Words(words)
	return Member{row, args}, err
}

// groupWords splits a command at blanks outside quotes. The quotes themselves stay, as in the
// original, which hands them on. The name gets its dashes, unless there are some anywhere, and
// takes the first word with "=", so that this one may look like an option.
func groupWords(text string) []string {
	text = strings.TrimFunc(text, isSpace)
	if !strings.Contains(text, "--") {
		text = "--" + text
	}
	var words []string
	begin, quoted := -1, false
	for i := 0; i <= len(text); i++ {
		switch {
		case i < len(text) && (text[i] == '"' || text[i] == '\''):
			quoted = !quoted
		case i == len(text) || (text[i] == ' ' && !quoted) || text[i] == '\t':
			if begin >= 0 {
				words = append(words, text[begin:i])
			}
			begin = -1
			continue
		}
		if begin < 0 {
			begin = i
		}
	}
	if len(words) > 1 && !strings.Contains(words[0], "=") {
		words[1] = words[0] + "=" + words[1]
		words = words[1:]
	}
	return words
}

func isSpace(r rune) bool { return strings.ContainsRune(" \t\n\v\f\r", r) }
