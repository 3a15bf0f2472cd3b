package model

import "github.com/ecflow-go/ecflow/defs"

func flagClass() Class {
	type flag = defs.Flag
	mark := func(a *Args) (defs.FlagType, error) {
		n, err := enum(a, 0, "FlagType", int(defs.FlagForceAbort), int(defs.FlagRemoteError))
		return defs.FlagType(n), err
	}
	change := func(f func(flag, defs.FlagType) flag) []Form {
		return one("(flag: FlagType, /) -> None", func(v *flag, a *Args) (any, error) {
			m, err := mark(a)
			if err == nil {
				*v = f(*v, m)
			}
			return nil, err
		})
	}
	return Class{Name: "Flag", Type: (*flag)(nil),
		Doc: "Marks on a node: late, killed, archived, a zombie, ...\n\n" +
			">>> f = ecflow.Flag()\n>>> f.set(ecflow.FlagType.late)\n>>> f.is_set(ecflow.FlagType.late), str(f)\n(True, 'late')\n\n" +
			"source: libs/core Flag.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "No marks.", Forms: []Form{create("() -> Flag", func(*Args) (any, error) { return new(flag), nil })}},
			{Name: "is_set", Pure: true, Doc: "True if the mark is there.",
				Forms: one("(flag: FlagType, /) -> bool", func(v *flag, a *Args) (any, error) {
					m, err := mark(a)
					return v.Has(m), err
				})},
			{Name: "set", Doc: "Set a mark in this object.", Forms: change(flag.With)},
			{Name: "clear", Doc: "Clear a mark in this object.", Forms: change(flag.Without)},
			{Name: "reset", Doc: "Clear all marks in this object.", Forms: one("() -> None", func(v *flag, _ *Args) (any, error) {
				*v = 0
				return nil, nil
			})},
			{Name: "list", Kind: Static, Pure: true, Doc: "All marks, in the order in which they are told.",
				Forms: []Form{{"() -> FlagTypeVec", func(any, *Args) (any, error) { return numbers(defs.FlagTypes()), nil }}}},
			{Name: "type_to_string", Kind: Static, Pure: true, Doc: "The name of a mark as definitions and str() have it, such as 'by_rule'.",
				Forms: []Form{{"(flag: FlagType, /) -> str", func(_ any, a *Args) (any, error) {
					m, err := mark(a)
					return m.String(), err
				}}}},
		}, traits[flag]{text: texted[flag], equal: same[flag]}.members("Flag"))}
}

func zombieAttrClass() Class {
	type zombie = defs.ZombieAttr
	form := func(signature string) Form {
		return create(signature, func(a *Args) (any, error) {
			kind, err := enum(a, 0, "ZombieType", int(defs.ZombieUser), int(defs.ZombiePath))
			if err != nil {
				return nil, err
			}
			action, err := enum(a, 2, "ZombieUserActionType", int(defs.ZombieFob), int(defs.ZombieKill))
			if err != nil {
				return nil, err
			}
			numbers, err := a.At(1).ints()
			if err != nil {
				return nil, err
			}
			cmds := make([]defs.ChildCmd, len(numbers))
			for i, n := range numbers {
				if n < int(defs.ChildInit) || n > int(defs.ChildComplete) {
					return nil, argf("%d is no value of ChildCmdType", n)
				}
				cmds[i] = defs.ChildCmd(n)
			}
			z, err := defs.NewZombieAttr(defs.ZombieType(kind), cmds, defs.ZombieAction(action), a.IntOr(3, 0))
			return &z, err
		})
	}
	return Class{Name: "ZombieAttr", Type: (*zombie)(nil),
		Doc: "What a server does by itself with zombies of a type: tasks that it does not expect to hear from.\n\n" +
			">>> z = ecflow.ZombieAttr(ecflow.ZombieType.user, [ecflow.ChildCmdType.label], ecflow.ZombieUserActionType.fob, 500)\n" +
			">>> str(z)\n'zombie user:fob:label:500'\n\n" +
			"source: libs/attribute ZombieAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Say what happens to zombies of a type.\n\n" +
				"child_cmds: the commands of tasks (ChildCmdType) that it holds for; none: all.\n" +
				"lifetime: after how many seconds the server forgets the zombie, 60 at least; 0 or less: the type's default.", Forms: []Form{
				create("() -> ZombieAttr", func(*Args) (any, error) { // 5.9.2 has it
					return &zombie{Type: defs.ZombieNotSet, Action: defs.ZombieBlock}, nil
				}),
				form("(type: ZombieType, child_cmds: list, action: ZombieUserActionType, /) -> ZombieAttr"),
				form("(type: ZombieType, child_cmds: list, action: ZombieUserActionType, lifetime: int, /) -> ZombieAttr"),
			}},
			getter("zombie_type", "ZombieType", "The type of zombies.", func(z *zombie) any { return int(z.Type) }),
			getter("user_action", "ZombieUserActionType", "What the server does.", func(z *zombie) any { return int(z.Action) }),
			getter("zombie_lifetime", "int", "After how many seconds the server forgets the zombie.", func(z *zombie) any { return z.Lifetime }),
			getter("empty", "bool", "True for the attribute that stands for none.", func(z *zombie) any { return z.Type == defs.ZombieNotSet }),
			property("child_cmds", "List[ChildCmdType]", "The commands of tasks that it holds for; none: all.", func(z *zombie) any { return numbers(z.Cmds) }),
		}, traits[zombie]{text: texted[zombie], equal: func(a, b *zombie) bool { return a.Equal(*b) }, clone: copied[zombie]}.members("ZombieAttr"))}
}
