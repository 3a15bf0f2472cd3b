package text

// keyword is the first word of a statement.
type keyword uint8

const (
	kwNone keyword = iota
	kwSuite
	kwFamily
	kwTask
	kwAlias
	kwEndsuite
	kwEndfamily
	kwEndtask
	kwEndalias
	kwEdit
	kwTrigger
	kwComplete
	kwLabel
	kwMeter
	kwEvent
	kwLimit
	kwInlimit
	kwRepeat
	kwDefstatus
	kwTime
	kwToday
	kwDate
	kwDay
	kwCron
	kwLate
	kwAutocancel
	kwAutoarchive
	kwAutorestore
	kwVerify
	kwZombie
	kwQueue
	kwGeneric
	kwAviso
	kwMirror
	kwClock
	kwEndclock
	kwCalendar
	kwExtern
	kwDefsState
	kwHistory
	keywords
)

var keywordNames = [keywords]string{
	"", "suite", "family", "task", "alias", "endsuite", "endfamily", "endtask", "endalias", "edit", "trigger", "complete",
	"label", "meter", "event", "limit", "inlimit", "repeat", "defstatus", "time", "today", "date", "day", "cron", "late",
	"autocancel", "autoarchive", "autorestore", "verify", "zombie", "queue", "generic", "aviso", "mirror", "clock",
	"endclock", "calendar", "extern", "defs_state", "history",
}

func (k keyword) String() string { return keywordNames[k] }

// keywordSlots is a hash table without collisions, of the words above.
var keywordSlots = func() (t [256]keyword) {
	for k := keyword(1); k < keywords; k++ {
		slot := keywordHash(keywordNames[k])
		if t[slot] != kwNone {
			panic("text: keywords " + keywordNames[k] + " and " + keywordNames[t[slot]] + " collide")
		}
		t[slot] = k
	}
	return t
}()

// keywordHash wants a word of two bytes at least.
func keywordHash(w string) uint8 {
	return uint8(len(w))*18 ^ w[0]*43 ^ w[len(w)-1]*36 ^ w[len(w)/2]*39 ^ w[1]*62
}

// keywordOf is the keyword that word is, kwNone if it is none.
func keywordOf(word string) keyword {
	if len(word) < 3 {
		return kwNone
	}
	if k := keywordSlots[keywordHash(word)]; keywordNames[k] == word {
		return k
	}
	return kwNone
}

// context is where a statement stands: below which kind of node.
type context uint8

const (
	inDefs context = iota // outside of any suite
	inNode                // outside of any node, when a single node is read
	inSuite
	inFamily
	inTask
	inAlias
	contexts
)

// contextNames is how the original names them in "found whilst parsing".
var contextNames = [contexts]string{"DEFS", "DEFS", "suite", "family", "task", "alias"}

// allowed are the statements that a place takes, one bit each.
//
// source: libs/node/parser DefsParser.cpp.
var allowed = func() (t [contexts]uint64) {
	set := func(in context, ks ...keyword) {
		for _, k := range ks {
			t[in] |= 1 << k
		}
	}
	set(inDefs, kwHistory, kwSuite, kwEdit, kwExtern, kwDefsState)
	set(inNode, kwTask, kwFamily, kwSuite, kwAlias)
	for _, in := range []context{inSuite, inFamily, inTask, inAlias} {
		set(in, kwEdit, kwLabel, kwMeter, kwEvent, kwInlimit, kwLate, kwDefstatus, kwRepeat, kwCron, kwLimit,
			kwAutocancel, kwVerify, kwZombie, kwQueue, kwGeneric, kwAviso, kwMirror)
		if in != inSuite {
			set(in, kwTrigger, kwComplete, kwTime, kwToday, kwDate, kwDay)
		}
		if in != inAlias {
			set(in, kwAutorestore)
		}
	}
	set(inSuite, kwFamily, kwTask, kwAutoarchive, kwClock, kwEndclock, kwCalendar, kwEndsuite)
	set(inFamily, kwFamily, kwTask, kwAutoarchive, kwEndfamily, kwEndtask)
	set(inTask, kwTask, kwAlias, kwEndtask)
	set(inAlias, kwAlias, kwEndalias)
	return t
}()
