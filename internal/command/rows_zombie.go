package command

import "github.com/ecflow-go/ecflow/internal/wire"

func zombieRows() []Spec {
	return []Spec{
		{
			Name: "zombie_get", Build: cts(wire.CtsGetZombies), Words: noWords, Idempotent: true,
			Summary: "the zombies the server knows",
			Methods: []Method{{Py: "zombie_get", Go: "Zombies",
				Forms: returning(Zombies, Param{Name: "pid", Type: Int, Unnamed: true, Doc: "ignored, as in the original", PyOnly: true}),
				Doc:   "The zombies the server knows: jobs whose child commands do not fit the task they name."}},
		},
		zombieRow(wire.ZombieFob, "ZombieFob", "let zombies end in peace: their child commands succeed and change nothing"),
		zombieRow(wire.ZombieFail, "ZombieFail", "let zombies fail: their next child command gets an error"),
		zombieRow(wire.ZombieAdopt, "ZombieAdopt", "take zombies for the tasks' true jobs"),
		zombieRow(wire.ZombieRemove, "ZombieRemove", "forget zombies until they call again"),
		zombieRow(wire.ZombieBlock, "ZombieBlock", "let zombies wait: their child commands block"),
		zombieRow(wire.ZombieKill, "ZombieKill", "have the server kill the jobs of zombies"),
	}
}

// zombieRow is the row of one action. Paths act on all zombies of a task, a
// Zombie object on that one job.
func zombieRow(action wire.ZombieAction, goName, summary string) Spec {
	name := "zombie_" + action.String()
	doc := upperFirst(summary) + ".\n\nA path stands for all zombies of that task; a Zombie, as zombie_get() returns it, for one job."
	one := Param{Name: "path", Type: String, Unnamed: true, Arg: "paths", Doc: "absolute path of the task"}
	object := Param{Name: "zombie", Type: Zombies, Unnamed: true, Arg: "zombies", Doc: "one Zombie"}
	return Spec{
		Name: name, Idempotent: true, Summary: summary,
		Params: []Param{
			{Name: "paths", Type: Paths, Doc: "absolute paths of tasks"},
			{Name: "zombies", Type: Zombies, Default: []wire.Zombie(nil), Doc: "one zombie, in place of paths"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			cmd := &wire.ZombieCmd{UserCmd: userCmd(id), UserAction: action, Paths: r.strs("paths")}
			switch zs := r.zombies("zombies"); {
			case r.err != nil:
				return nil, r.err
			case len(zs) == 1:
				cmd.Paths = []string{zs[0].PathToTask}
				cmd.ProcessID, cmd.Password = zs[0].ProcessOrRemoteID, zs[0].JobsPassword
			case len(zs) > 1:
				return nil, argument("%s: one request names one zombie", name)
			}
			return cmd, nil
		},
		Words: func(words []string) (Args, error) {
			options, paths := split(words, false)
			switch {
			case len(paths) == 0:
				return nil, argument("ZombieCmd: No paths specified. At least one path expected. Paths must begin with a leading '/' character")
			case len(paths) > 1 && len(options) > 0:
				return nil, argument("ZombieCmd: process_or_remote_id and password cannot be used when multiple paths are specified. Please specify a single path")
			case len(options) > 2:
				return nil, argument("ZombieCmd: to many options expected only process_or_remote_id and password and a list of paths.")
			case len(options) > 0 && options[len(options)-1] != "":
				return nil, argument("ZombieCmd:: With the command line interface, we expected only paths i.e /path/to/task")
			}
			return Args{"paths": paths}, nil
		},
		Methods: []Method{{Py: name, Go: goName, Doc: doc, Forms: []Form{
			{Returns: None, Params: []Param{{Name: "paths", Type: Strings, Unnamed: true, Doc: "absolute paths of tasks"}}},
			{Returns: Status, Params: []Param{one}},
			{Returns: Status, Params: []Param{object}},
		}}},
	}
}

func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
