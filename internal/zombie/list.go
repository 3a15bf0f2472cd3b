package zombie

import (
	"cmp"
	"slices"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// Host is what a List needs of the server. All parts must be there.
type Host struct {
	Now  func() time.Time
	Log  func(kind defs.LogKind, text string)
	Kill func(task *defs.Node, id string) error // by ECF_KILL_CMD; id is the process or remote id of the zombie, "" for the task's own
}

// Zombie is a job that is not the one of its task.
type Zombie struct {
	Path     string
	Type     defs.ZombieType
	Last     defs.ChildCmd // the last command that came
	Password string
	ID       string // process or remote id
	TryNo    int
	Host     string // where its commands come from; "" until one has come
	UserCmd  string // option of the user's command that made it one
	Attr     defs.ZombieAttr
	Manual   bool              // the user has said what to do
	Action   defs.ZombieAction // what the user said, if Manual
	Age      time.Duration     // set by [List.All] alone
	Calls    int               // commands that came after the first

	since time.Time
	seq   uint64
}

// EffectiveAction is what is done with the zombie: what the user said, or else its attribute for the last command.
//
// source: libs/attribute Zombie.cpp, user_action.
func (z *Zombie) EffectiveAction() defs.ZombieAction {
	if z.Manual {
		return z.Action
	}
	if len(z.Attr.Cmds) == 0 || slices.Contains(z.Attr.Cmds, z.Last) {
		return z.Attr.Action
	}
	return defs.ZombieBlock
}

func (z *Zombie) act(a defs.ZombieAction) { z.Action, z.Manual = a, true }

// matches reports whether the zombie is the job of that id and password. Not all child commands tell an id.
func (z *Zombie) matches(id, password string) bool {
	if id == "" || z.ID == "" {
		return z.Password == password
	}
	return z.ID == id
}

// List is the zombies of a server. It is not for use by many goroutines at once.
type List struct {
	host   Host
	byPath map[string][]*Zombie // in the order they came
	seq    uint64
	count  int
}

// New makes an empty list.
func New(host Host) *List { return &List{host: host, byPath: map[string][]*Zombie{}} }

// Len is how many zombies there are.
func (l *List) Len() int { return l.count }

// All is a copy of all zombies with their ages, in the order in which they came.
func (l *List) All() []Zombie {
	now := l.host.Now()
	all := make([]Zombie, 0, l.count)
	for _, zs := range l.byPath {
		for _, z := range zs {
			c := *z
			c.Age = now.Sub(z.since).Truncate(time.Second)
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b Zombie) int { return cmp.Compare(a.seq, b.seq) })
	return all
}

// RemoveStale forgets the zombies that are older than their attributes let them become.
//
// source: libs/base ZombieCtrl.cpp, remove_stale_zombies.
func (l *List) RemoveStale() {
	now := l.host.Now()
	for path, zs := range l.byPath {
		kept := slices.DeleteFunc(zs, func(z *Zombie) bool {
			return now.Sub(z.since).Truncate(time.Second) > time.Duration(z.Attr.Lifetime)*time.Second
		})
		l.count -= len(zs) - len(kept)
		l.put(path, kept)
	}
}

// Clear forgets all zombies.
func (l *List) Clear() { l.byPath, l.count = map[string][]*Zombie{}, 0 }

func (l *List) put(path string, zs []*Zombie) {
	if len(zs) == 0 {
		delete(l.byPath, path)
	} else {
		l.byPath[path] = zs
	}
}

// most is how many zombies are remembered at most: what more there are is dealt with as if each command were their first.
// The original has no such bound.
const most = 100_000

func (l *List) add(z *Zombie) {
	if l.count >= most {
		return
	}
	l.seq++
	z.seq, z.since = l.seq, l.host.Now()
	l.byPath[z.Path] = append(l.byPath[z.Path], z)
	l.count++
}

// exact finds the zombie that is the job of that id and password, or nil.
func (l *List) exact(path, id, password string) *Zombie {
	for _, z := range l.byPath[path] {
		if z.matches(id, password) {
			return z
		}
	}
	return nil
}

// find is exact, or else the first zombie of the path.
func (l *List) find(path, id, password string) *Zombie {
	if z := l.exact(path, id, password); z != nil {
		return z
	}
	return l.first(path)
}

func (l *List) first(path string) *Zombie {
	if zs := l.byPath[path]; len(zs) > 0 {
		return zs[0]
	}
	return nil
}

func (l *List) remove(z *Zombie) {
	if z == nil {
		return
	}
	zs := l.byPath[z.Path]
	if i := slices.Index(zs, z); i >= 0 {
		l.put(z.Path, slices.Delete(zs, i, i+1))
		l.count--
	}
}

// RemoveJob forgets the zombie that is the very job of the task: what its complete and abort commands do.
func (l *List) RemoveJob(task *defs.Node) {
	if l.count > 0 {
		l.remove(l.exact(task.Path(), task.ProcessID(), task.Password()))
	}
}

// AddUser makes zombies of the jobs of all tasks and aliases below a node that are submitted or active, because a
// command of the user, named by its option, is about to end what the server knows of them.
//
// source: libs/base ZombieCtrl.cpp, add_user_zombies.
func (l *List) AddUser(node *defs.Node, command string) {
	for n := range node.All() {
		if !n.IsSubmittable() || n.State() != defs.Active && n.State() != defs.Submitted {
			continue
		}
		path := n.Path()
		if l.find(path, n.ProcessID(), n.Password()) != nil {
			continue
		}
		l.add(&Zombie{
			Path: path, Type: defs.ZombieUser, Last: defs.ChildInit, Password: n.Password(), ID: n.ProcessID(), TryNo: n.TryNo(),
			UserCmd: command, Attr: inherited(n, defs.ZombieUser),
		})
		mark(n, true)
	}
}

// inherited is the zombie attribute that holds for a node: its own, one above it, or else the default. The node may be nil.
func inherited(n *defs.Node, t defs.ZombieType) defs.ZombieAttr {
	for ; n != nil; n = n.Parent() {
		for _, a := range n.Zombies() {
			if a.Type == t {
				return a
			}
		}
	}
	return defs.DefaultZombieAttr(t)
}

// mark sets or clears the flag by which users see that a task has a zombie.
func mark(n *defs.Node, on bool) {
	flag := n.Flag().Without(defs.FlagZombie)
	if on {
		flag = flag.With(defs.FlagZombie)
	}
	if flag != n.Flag() {
		n.SetFlag(flag)
	}
}
