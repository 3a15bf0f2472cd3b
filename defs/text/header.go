package text

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// header reads what stands outside of suites, beside variables.
func (p *parser) header(k keyword) error {
	switch k {
	case kwExtern:
		return p.extern()
	case kwHistory:
		return p.history()
	default:
		return p.defsState()
	}
}

// source: libs/node/parser ExternParser.cpp.
func (p *parser) extern() error {
	if len(p.words) < 2 {
		return want(1, "a path", "ExternParser::doParse Invalid extern "+p.stmt)
	}
	if p.words[1][0] == '#' {
		return want(1, "a path", "ExternParser::doParse Invalid extern paths."+p.stmt)
	}
	return at(1, p.tree.AddExtern(p.words[1]))
}

// defsState reads the line that tells the style, and the state of the whole.
//
// source: libs/node/parser DefsStateParser.cpp; libs/node Defs.cpp, read_state.
func (p *parser) defsState() error {
	if len(p.words) < 2 {
		return want(1, "STATE, MIGRATE or NET", "DefsStateParser::doParse Invalid defs_state "+p.stmt)
	}
	switch p.words[1] {
	case "STATE":
		p.style = State
	case "MIGRATE":
		p.style = Migrate
	case "NET":
		p.style = Net
	default:
		return want(1, "STATE, MIGRATE or NET", "DefsStateParser::doParse: file type not specified : "+p.stmt)
	}
	p.whole = p.style.persistent()
	for i := 2; i < len(p.words); i++ {
		if err := p.defsStateWord(i, p.words[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) defsStateWord(i int, w string) error {
	count := func(name string) (int, error) {
		n, err := strconv.ParseUint(second(w), 10, 32)
		if err != nil {
			return 0, want(i, "a number", "Defs::read_state: invalid "+name+" specified : "+p.stmt)
		}
		return int(n), nil
	}
	switch {
	case strings.Contains(w, "state>:"):
		s, ok := defs.ParseNState(second(w))
		if !ok {
			return want(i, "a state", "Defs::read_state: Invalid state specified : "+second(w))
		}
		p.tree.SetState(s)
	case strings.Contains(w, "flag:"):
		f, err := flags(second(w))
		if err != nil {
			return at(i, err)
		}
		p.tree.SetFlag(f)
	case strings.Contains(w, "state_change:"):
		n, err := count("state_change")
		if err != nil {
			return err
		}
		p.tree.SetChangeNos(n, p.tree.ModifyChangeNo())
	case strings.Contains(w, "modify_change:"):
		n, err := count("state_change")
		if err != nil {
			return err
		}
		p.tree.SetChangeNos(p.tree.StateChangeNo(), n)
	case strings.Contains(w, "server_state:"):
		s, ok := defs.ParseSState(second(w))
		if !ok {
			return want(i, "HALTED, SHUTDOWN or RUNNING", "Defs::read_state: Invalid server_state specified : "+p.stmt)
		}
		p.tree.SetServerState(s)
	case strings.Contains(w, "cal_count:"):
		n, err := count("cal_count")
		if err != nil {
			return err
		}
		p.tree.SetCalendarCount(n)
	}
	return nil
}

// logTypes are what messages of old histories begin with.
//
// source: libs/core Log.cpp.
var logTypes = [...]string{"MSG:[", "LOG:[", "ERR:[", "WAR:[", "DBG:[", "OTH:["}

// history reads what users did to a node: messages, each after a backspace.
//
// source: libs/node Defs.cpp, DefsHistoryParser.
func (p *parser) history() error {
	if len(p.words) < 2 {
		return want(1, "a path", "Defs::read_history: Invalid history "+p.stmt)
	}
	path := p.words[1]
	var entries []string
	if i := strings.IndexByte(p.stmt, '\b'); i >= 0 {
		for entry := range strings.SplitSeq(p.stmt[i:], "\b") {
			if entry != "" {
				entries = append(entries, entry)
			}
		}
	} else {
		entries = logEntries(p.stmt)
	}
	for _, entry := range entries {
		p.tree.AddHistory(path, entry)
	}
	return nil
}

// logEntries splits at the beginnings of log messages.
func logEntries(s string) (entries []string) {
	find := func(from int) int {
		for _, t := range logTypes {
			if i := strings.Index(s[min(from, len(s)):], t); i >= 0 {
				return from + i
			}
		}
		return -1
	}
	for begin := find(0); begin >= 0; {
		next := find(begin + 4)
		if next < begin {
			return append(entries, s[begin:])
		}
		entries = append(entries, s[begin:next])
		begin = next
	}
	return entries
}
