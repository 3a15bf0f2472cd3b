package defs

import (
	"slices"
	"strconv"
	"strings"
)

// ZombieType tells what makes a child command a zombie.
type ZombieType int8

// The types, with the numbers of the wire.
const (
	ZombieUser ZombieType = iota
	ZombieEcf
	ZombieEcfPid
	ZombieEcfPasswd
	ZombieEcfPidPasswd
	ZombiePath
	ZombieNotSet
)

var zombieTypeNames = [...]string{"user", "ecf", "ecf_pid", "ecf_passwd", "ecf_pid_passwd", "path", "not_set"}

// String is the type's name.
func (t ZombieType) String() string { return nameAt(zombieTypeNames[:], int(t)) }

// ParseZombieType finds the type called name.
func ParseZombieType(name string) (ZombieType, bool) {
	i := slices.Index(zombieTypeNames[:], name)
	if i < 0 {
		return ZombieNotSet, false
	}
	return ZombieType(i), true
}

// ZombieAction is what a server does with a zombie.
type ZombieAction int8

// The actions, with the numbers of the wire.
const (
	ZombieFob ZombieAction = iota
	ZombieFail
	ZombieAdopt
	ZombieRemove
	ZombieBlock
	ZombieKill
)

var zombieActionNames = [...]string{"fob", "fail", "adopt", "remove", "block", "kill"}

// String is the action's name.
func (a ZombieAction) String() string { return nameAt(zombieActionNames[:], int(a)) }

// ParseZombieAction finds the action called name.
func ParseZombieAction(name string) (ZombieAction, bool) {
	i := slices.Index(zombieActionNames[:], name)
	return ZombieAction(max(i, 0)), i >= 0
}

// ChildCmd is a command of a running task.
type ChildCmd int8

// The commands, with the numbers of the wire.
const (
	ChildInit ChildCmd = iota
	ChildEvent
	ChildMeter
	ChildLabel
	ChildWait
	ChildQueue
	ChildAbort
	ChildComplete
)

var childCmdNames = [...]string{"init", "event", "meter", "label", "wait", "queue", "abort", "complete"}

// String is the command's name.
func (c ChildCmd) String() string { return nameAt(childCmdNames[:], int(c)) }

// ParseChildCmd finds the command called name.
func ParseChildCmd(name string) (ChildCmd, bool) {
	i := slices.Index(childCmdNames[:], name)
	return ChildCmd(max(i, 0)), i >= 0
}

func nameAt(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

// ZombieAttr says what to do with zombies of a type below a node.
type ZombieAttr struct {
	Type     ZombieType
	Action   ZombieAction
	Cmds     []ChildCmd // none: all
	Lifetime int        // seconds
}

// zombieLifetime is the default in seconds for each type.
var zombieLifetime = [...]int{ZombieUser: 300, ZombieEcf: 3600, ZombieEcfPid: 3600, ZombieEcfPasswd: 3600, ZombieEcfPidPasswd: 3600, ZombiePath: 900, ZombieNotSet: 3600}

const shortestZombieLife = 60

// NewZombieAttr makes an attribute; a lifetime of 0 or less means the type's default, and it is never below a minute.
//
// source: libs/attribute ZombieAttr.cpp.
func NewZombieAttr(t ZombieType, cmds []ChildCmd, action ZombieAction, lifetime int) (ZombieAttr, error) {
	if t < ZombieUser || t >= ZombieNotSet {
		return ZombieAttr{}, argf("ZombieAttr::create failed: Invalid zombie type %s", t)
	}
	if lifetime <= 0 {
		lifetime = zombieLifetime[t]
	}
	return ZombieAttr{Type: t, Action: action, Cmds: slices.Clone(cmds), Lifetime: max(lifetime, shortestZombieLife)}, nil
}

// DefaultZombieAttr is what holds where no attribute says otherwise: block.
func DefaultZombieAttr(t ZombieType) ZombieAttr {
	if t < ZombieUser || t >= ZombieNotSet {
		t = ZombieEcf
	}
	return ZombieAttr{Type: t, Action: ZombieBlock, Lifetime: zombieLifetime[t]}
}

// ParseZombieAttr reads type:action:commands:lifetime; from the second on each may be empty, one of action and lifetime may not.
func ParseZombieAttr(text string) (ZombieAttr, error) {
	fields := strings.Split(text, ":")
	if len(fields) < 2 {
		return ZombieAttr{}, argf("ZombieAttr::create failed: Invalid zombie type %s", text)
	}
	if len(fields) > 4 {
		return ZombieAttr{}, argf("ZombieAttr::create failed: Invalid zombie tokens %s", text)
	}
	fields = append(fields, "", "")
	t, ok := ParseZombieType(fields[0])
	if !ok {
		return ZombieAttr{}, argf("ZombieAttr::create failed: Invalid zombie type, expected one of [ user | ecf | ecf_pid | ecf_pid_passed | ecf_passwd | path ] but found %s:%s", fields[0], text)
	}
	action, ok := ParseZombieAction(fields[1])
	if fields[1] == "" {
		action = ZombieBlock
	} else if !ok {
		return ZombieAttr{}, argf("ZombieAttr::create failed: Invalid user action, expected one of [ fob | fail | remove | block | adopt | kill ] but found %s:%s", fields[1], text)
	}
	var cmds []ChildCmd
	for _, name := range strings.FieldsFunc(fields[2], func(r rune) bool { return r == ',' }) {
		cmd, ok := ParseChildCmd(name)
		if !ok {
			return ZombieAttr{}, argf("ZombieAttr::create failed: Invalid child type, expected one or more of [ init,event,meter,label,wait,queue,abort,complete] but found %s:%s", fields[2], text)
		}
		cmds = append(cmds, cmd)
	}
	lifetime := -1
	if fields[3] != "" {
		if lifetime, ok = parseInt(fields[3]); !ok {
			return ZombieAttr{}, argf("ZombieAttr::create failed: Zombie life time must be convertible to an integer %s:%s", fields[3], text)
		}
	}
	if fields[1] == "" && lifetime == -1 {
		return ZombieAttr{}, argf("ZombieAttr::create failed: User Action(fob,fail,remove,adopt,block) or lifetime must be specified: %s", text)
	}
	return NewZombieAttr(t, cmds, action, lifetime)
}

// Equal compares everything.
func (z ZombieAttr) Equal(o ZombieAttr) bool {
	return z.Type == o.Type && z.Action == o.Action && z.Lifetime == o.Lifetime && slices.Equal(z.Cmds, o.Cmds)
}

// String is the attribute as a definition has it.
func (z ZombieAttr) String() string {
	names := make([]string, len(z.Cmds))
	for i, c := range z.Cmds {
		names[i] = c.String()
	}
	return "zombie " + z.Type.String() + ":" + z.Action.String() + ":" + strings.Join(names, ",") + ":" + strconv.Itoa(z.Lifetime)
}
