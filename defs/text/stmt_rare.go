package text

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// rare reads the statements that few nodes have.
func (p *parser) rare(k keyword) error {
	switch k {
	case kwDefstatus:
		return p.defstatus()
	case kwAutocancel, kwAutoarchive:
		return p.auto(k)
	case kwAutorestore:
		return p.autorestore()
	case kwVerify:
		return p.verify()
	case kwZombie:
		if len(p.words) < 2 {
			return want(1, "type:action:commands:lifetime", "ZombieAttrParser::doParse: Invalid zombie :"+p.stmt)
		}
		z, err := defs.ParseZombieAttr(p.words[1])
		if err != nil {
			return at(1, err)
		}
		return at(1, p.top().AddZombie(z))
	case kwQueue:
		return p.queue()
	case kwGeneric:
		if len(p.words) < 2 {
			return want(1, "generic <name> <value>...", "GenericParser::doParse: Invalid generic :"+p.stmt)
		}
		g, err := defs.NewGenericAttr(p.words[1], p.words[2:p.comment(2)])
		if err != nil {
			return at(1, err)
		}
		return at(1, p.top().AddGeneric(g))
	case kwAviso:
		return p.aviso()
	case kwMirror:
		return p.mirror()
	case kwClock, kwEndclock:
		return p.clock(k)
	default:
		return p.calendar()
	}
}

// source: libs/node/parser DefsStatusParser.cpp.
func (p *parser) defstatus() error {
	const states = "complete, queued, aborted, submitted, active, suspended or unknown"
	if len(p.words) < 2 {
		return want(1, states, "DefsStatusParser::doParse: Invalid defstatus :"+p.stmt)
	}
	s, ok := defs.ParseDState(p.words[1])
	if !ok {
		return want(1, states, "DefsStatusParser::doParse: Invalid defstatus state :"+p.stmt)
	}
	l := &p.open[len(p.open)-1]
	if l.status {
		return bad(0, "DefsStatusParser::doParse: "+strings.ToUpper(l.node.Kind().String())+" "+l.node.Name()+
			" already has a default status")
	}
	l.status = true
	l.node.SetDefStatus(s)
	return nil
}

// auto reads: autocancel [+]hh:mm or days; autoarchive likewise, with -i after it.
//
// source: libs/node/parser AutoCancelParser.cpp, AutoArchiveParser.cpp.
func (p *parser) auto(k keyword) error {
	const shape = "[+]hh:mm or a number of days"
	class, archive := "AutoCancelParser", k == kwAutoarchive
	if archive {
		class = "AutoArchiveParser"
	}
	if len(p.words) < 2 {
		return want(1, shape, class+"::doParse: Invalid "+k.String()+" :"+p.stmt)
	}
	idle := p.word(2) == "-i"
	if strings.IndexByte(p.words[1], ':') < 0 {
		days, ok := number(p.words[1])
		if !ok {
			return want(1, shape, "invalid "+k.String()+" "+p.stmt)
		}
		if archive {
			a, err := defs.NewAutoArchiveDays(days, idle)
			if err != nil {
				return at(1, err)
			}
			return at(0, p.top().SetAutoArchive(a))
		}
		a, err := defs.NewAutoCancelDays(days)
		if err != nil {
			return at(1, err)
		}
		return at(0, p.top().SetAutoCancel(a))
	}
	slot, relative, err := p.timeOfDay(1)
	if err != nil {
		return err
	}
	if archive {
		return at(0, p.top().SetAutoArchive(defs.NewAutoArchive(slot, relative, idle)))
	}
	return at(0, p.top().SetAutoCancel(defs.NewAutoCancel(slot, relative)))
}

func (p *parser) autorestore() error {
	if len(p.words) < 2 {
		return want(1, "paths", "AutoRestoreParser::doParse: Invalid autorestore :"+p.stmt)
	}
	paths := slices.Clone(p.words[1:p.comment(1)])
	if len(paths) == 0 {
		return want(1, "paths", "AutoRestoreParser::doParse: no paths specified "+p.stmt)
	}
	return at(0, p.top().SetAutoRestore(defs.AutoRestore{Paths: paths}))
}

// source: libs/node/parser VerifyParser.cpp.
func (p *parser) verify() error {
	if len(p.words) < 2 {
		return want(1, "state:count", "VerifyParser::doParse: Invalid verify :"+p.stmt)
	}
	state, count, found := strings.Cut(p.words[1], ":")
	if !found {
		return want(1, "state:count", "Invalid verify :"+p.stmt)
	}
	var v defs.VerifyAttr
	var ok bool
	if v.State, ok = defs.ParseNState(state); !ok {
		return want(1, "a state", "VerifyParser::doParse: Invalid state :"+p.stmt)
	}
	if v.Expected, ok = number(count); !ok {
		return want(1, "state:count", "Invalid verify")
	}
	if p.style != Defs && p.word(2) == "#" {
		if n, ok := number(p.word(3)); ok {
			v.Actual = n
		}
	}
	return at(1, p.top().AddVerify(v))
}

// queue reads: queue NAME STEP... [# INDEX STATE...].
//
// source: libs/attribute QueueAttr.cpp, parse.
func (p *parser) queue() error {
	if len(p.words) < 3 {
		return want(len(p.words), "queue <name> <step>...", "QueueAttr::parse: expected at least 3 tokens, found "+
			string('0'+rune(len(p.words)))+" on line:"+p.stmt)
	}
	if !defs.ValidName(p.words[1]) {
		_, err := defs.NewQueueAttr(p.words[1], nil)
		return bad(1, strings.Replace(message(err), "QueueAttr::QueueAttr:", "QueueAttr::set_name:", 1))
	}
	steps := slices.Clone(p.words[2:p.comment(2)])
	for i := range steps {
		steps[i] = unquotedText(steps[i])
	}
	if len(steps) == 0 {
		return want(2, "at least one step", "queue: has no values "+p.stmt)
	}
	q, err := defs.NewQueueAttr(p.words[1], steps)
	if err != nil {
		return at(1, err)
	}
	if p.style != Defs {
		if err := p.queueState(&q); err != nil {
			return err
		}
	}
	return at(1, p.top().AddQueue(q))
}

func (p *parser) queueState(q *defs.QueueAttr) error {
	hash := slices.Index(p.words[3:], "#")
	if hash < 0 || 4+hash >= len(p.words) {
		return nil
	}
	i := 4 + hash
	var ok bool
	if q.Index, ok = number(p.words[i]); !ok || q.Index < 0 {
		return want(i, "an index", "QueueAttr::parse, could not extract index")
	}
	for k, w := range p.words[i+1:] {
		if s, ok := defs.ParseNState(w); ok && k < len(q.States) {
			q.States[k] = s
		}
	}
	return nil
}
