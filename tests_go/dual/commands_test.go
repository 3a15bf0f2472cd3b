package dual

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// speaker chooses what is sent next, from the definition as it is.
type speaker struct {
	chooser
	tree  *defs.Defs
	nodes []*defs.Node // all
	tasks []*defs.Node // and aliases
	older bool
	files reads
}

func (p *speaker) see(tree *defs.Defs) {
	p.tree, p.nodes, p.tasks = tree, p.nodes[:0], p.tasks[:0]
	for _, suite := range tree.Suites() {
		for n := range suite.All() {
			p.nodes = append(p.nodes, n)
			if n.IsSubmittable() {
				p.tasks = append(p.tasks, n)
			}
		}
	}
}

// path is mostly that of a node.
func (p *speaker) path() string {
	if len(p.nodes) == 0 || p.often(4) {
		return of(p.chooser, "/nosuch", "/s0/nosuch", "/", "relative", "/s0/", "//s0", "/s0/f0/")
	}
	return p.node().Path()
}

func (p *speaker) node() *defs.Node {
	if len(p.nodes) == 0 {
		return defs.NewNodeUnchecked(defs.KindTask, "none")
	}
	return p.nodes[p.IntN(len(p.nodes))]
}

func (p *speaker) paths() []string {
	all := []string{p.path()}
	for p.often(20) {
		all = append(all, p.path())
	}
	if p.often(1) {
		return nil
	}
	return all
}

// task is one, if possible of those with a job.
func (p *speaker) task() *defs.Node {
	if len(p.tasks) == 0 {
		return p.node()
	}
	for range 6 {
		n := p.tasks[p.IntN(len(p.tasks))]
		if s := n.State(); s == defs.Submitted || s == defs.Active {
			return n
		}
	}
	return p.tasks[p.IntN(len(p.tasks))]
}

func (p *speaker) suite() string {
	if suites := p.tree.Suites(); len(suites) > 0 && p.often(95) {
		return suites[p.IntN(len(suites))].Name()
	}
	return of(p.chooser, "nosuch", "", "/s0")
}

// kinds of steps, with how often each comes.
var kinds = []struct {
	weight int
	next   func(p *speaker) step
}{
	{260, (*speaker).job},
	{200, (*speaker).alter},
	{60, func(p *speaker) step {
		return rawStep(&wire.ForceCmd{Paths: p.forced(), StateOrEvent: of(p.chooser, "unknown", "complete", "queued", "submitted", "active", "aborted", "set", "clear", "wrong"), Recursive: p.often(30), SetRepeatToLastValue: p.often(20)})
	}},
	{40, func(p *speaker) step {
		return rawStep(&wire.RunNodeCmd{Paths: p.paths(), Force: p.often(40)})
	}},
	{40, func(p *speaker) step {
		return rawStep(&wire.RequeueNodeCmd{Paths: p.paths(), Option: wire.RequeueOption(p.IntN(3))})
	}},
	{30, func(p *speaker) step { return rawStep(&wire.BeginCmd{SuiteName: p.suite(), Force: p.often(50)}) }},
	{60, func(p *speaker) step {
		api := of(p.chooser, wire.PathsSuspend, wire.PathsResume, wire.PathsResume, wire.PathsKill, wire.PathsStatus, wire.PathsCheck, wire.PathsEditHistory, wire.PathsArchive, wire.PathsRestore)
		paths := p.paths()
		if api == wire.PathsEditHistory {
			paths = []string{p.node().Path()}
		}
		return rawStep(&wire.PathsCmd{API: api, Paths: paths, Force: p.often(40)})
	}},
	{8, func(p *speaker) step { return rawStep(&wire.DeleteCmd{Paths: []string{p.path()}, Force: p.often(60)}) }},
	{25, func(p *speaker) step {
		return rawStep(&wire.OrderNodeCmd{AbsNodepath: p.path(), Option: wire.OrderOption(p.IntN(7))})
	}},
	{25, func(p *speaker) step {
		return rawStep(&wire.FreeDepCmd{Paths: p.begun(), Trigger: p.often(50), All: p.often(20), Date: p.often(30), Time: p.often(30)})
	}},
	{50, (*speaker).query},
	{30, (*speaker).file},
	{25, (*speaker).editScript},
	{20, func(p *speaker) step {
		c := &wire.CtsNodeCmd{API: of(p.chooser, wire.CtsNodeJobGen, wire.CtsNodeGet, wire.CtsNodeWhy, wire.CtsNodeGetState, wire.CtsNodeMigrate), AbsNodePath: of(p.chooser, p.path(), p.path(), "")}
		if c.API == wire.CtsNodeJobGen && c.AbsNodePath != "" {
			c.AbsNodePath = p.begun()[0]
		}
		return rawStep(c)
	}},
	{25, (*speaker).handle},
	{25, (*speaker).zombie},
	{20, func(p *speaker) step {
		return rawStep(&wire.CtsCmd{API: of(p.chooser, wire.CtsRestartServer, wire.CtsRestartServer, wire.CtsShutdownServer, wire.CtsHaltServer, wire.CtsForceDepEval, wire.CtsPing, wire.CtsSuites, wire.CtsReloadWhiteListFile, wire.CtsServerLoad, wire.CtsReloadPasswdFile, wire.CtsReloadCustomPasswdFile, wire.CtsDebugServerOn, wire.CtsDebugServerOff, wire.CtsStatsReset)})
	}},
	{6, func(p *speaker) step {
		return rawStep(&wire.CheckPtCmd{Mode: of(p.chooser, wire.CheckPtNever, wire.CheckPtOnTime, wire.CheckPtUndefined, wire.CheckPtUndefined), CheckPtInterval: of(p.chooser, 0, 0, 200), CheckPtSaveTimeAlarm: of(p.chooser, 0, 0, 40)})
	}},
	{8, func(p *speaker) step {
		return rawStep(&wire.LogCmd{API: of(p.chooser, wire.LogFlush, wire.LogPath)})
	}},
	{6, func(p *speaker) step {
		return rawStep(&wire.LogMessageCmd{Msg: of(p.chooser, "a message", "", "two\nlines")})
	}},
	{12, (*speaker).plug},
	{12, (*speaker).replace},
	{6, (*speaker).load},
	{15, (*speaker).group},
	{4, func(*speaker) step { return rawStep(&wire.ServerVersionCmd{}) }},
	{120, (*speaker).alterThere},
	{25, (*speaker).forceEvent},
	{40, (*speaker).queue},
	{30, (*speaker).queryThere},
	{25, (*speaker).submitFile},
}

// next is one more step.
func (p *speaker) next() step {
	total := 0
	for _, kind := range kinds {
		total += kind.weight
	}
	at := p.IntN(total)
	for _, kind := range kinds {
		if at -= kind.weight; at < 0 {
			return kind.next(p)
		}
	}
	panic("no kind of step")
}

// forced are nodes, or their events, that may be forced.
func (p *speaker) forced() []string {
	n := p.node()
	if p.often(20) && len(n.Events()) > 0 {
		e := n.Events()[0]
		return []string{n.Path() + ":" + e.NameOrNumber()}
	}
	return p.begun()
}

// hasBegun reports whether the suite of a node has begun.
func hasBegun(n *defs.Node) bool {
	for n.Parent() != nil {
		n = n.Parent()
	}
	return n.Kind() == defs.KindSuite && n.Begun()
}

// begun are nodes of suites that have begun. With a time in others, forced complete, freed or with jobs made, the original dies.
func (p *speaker) begun() []string {
	var all []string
	for range 1 + p.IntN(3)/2 {
		if n := p.node(); hasBegun(n) {
			all = append(all, n.Path())
		} else {
			all = append(all, "/nosuch")
		}
	}
	return all
}

func (p *speaker) job() step {
	n := p.task()
	line := "job " + n.Path()
	if p.often(3) {
		line = "job /no/such/task"
	}
	if p.often(6) {
		line += " pass=" + of(p.chooser, "wrong", "_DJP_", "FREE")
	}
	if p.often(6) {
		line += " rid=" + of(p.chooser, "0815", "''")
	}
	if p.often(2) {
		line += " try=2"
	}
	event, meter, label, queue := "ev0", "m0", "info", "q"
	if all := n.Events(); len(all) > 0 {
		event = all[p.IntN(len(all))].NameOrNumber()
	}
	if all := n.Meters(); len(all) > 0 {
		meter = all[p.IntN(len(all))].Name
	}
	state := n.State()
	begun := hasBegun(n) // else, with a time above, the original dies when the job completes
	switch at := p.IntN(100); {
	case at < 25 && state == defs.Submitted, at < 6:
		return step(line + " --init=4711" + of(p.chooser, "", "", "", " --add X=1 V0=5"))
	case begun && (at < 40 && state == defs.Active || at < 44):
		return step(line + " --complete" + of(p.chooser, "", "", "", " --remove X V1"))
	case at < 52:
		return step(line + " --abort" + of(p.chooser, "", "=a reason", "=x;y"))
	case at < 64:
		return step(line + " --event=" + event + of(p.chooser, "", " clear", " set"))
	case at < 74:
		return step(fmt.Sprintf("%s --meter=%s %d", line, meter, p.IntN(130)-20))
	case at < 84:
		return step(line + " --label=" + of(p.chooser, label, label, "none") + " " + of(p.chooser, "text", "'two\nlines'", "a  b", "''"))
	case at < 94:
		return step(line + " --queue=" + queue + " " + of(p.chooser, "active", "active", "active", "complete 1", "aborted 1", "complete a", "aborted 001", "no_of_aborted", "reset", "complete nosuch") + of(p.chooser, "", " "+p.path()))
	}
	return step(line + " --wait='" + of(p.chooser, "1 == 1", "1 == 0", p.path()+" == complete", "/nosuch == complete", p.path()+":ev0") + "'")
}

func (p *speaker) query() step {
	n := p.node()
	kind := of(p.chooser, "state", "dstate", "repeat", "event", "meter", "limit", "limit_max", "label", "variable", "trigger")
	attribute := ""
	switch kind {
	case "repeat":
		attribute = of(p.chooser, "", "next", "prev")
	case "event":
		attribute = of(p.chooser, "ev0", "go0", "1", "x1")
	case "meter":
		attribute = of(p.chooser, "m0", "m1")
	case "limit", "limit_max":
		attribute = of(p.chooser, "l0", "l1")
	case "label":
		attribute = "info"
	case "variable":
		attribute = of(p.chooser, "V0", "ECF_JOB", "ECF_SCRIPT", "ECF_TRYNO", "R", "TASK", "FAMILY", "FAMILY1", "SUITE", "ECF_JOBOUT", "ECF_HOME", "ECF_NODE", "ECF_RID", "ECF_NAME", "ECF_OUT", "R_MM")
	case "trigger":
		attribute = of(p.chooser, "1 == 1", p.path()+" == complete", "nosuch == complete", "t0 == queued", "((")
	}
	return rawStep(&wire.QueryCmd{QueryType: kind, PathToAttribute: of(p.chooser, n.Path(), n.Path(), n.Path(), p.path()), Attribute: attribute})
}

func (p *speaker) file() step {
	return rawStep(&wire.CFileCmd{PathToNode: p.path(), File: wire.FileType(p.IntN(6)), MaxLines: uint64(of(p.chooser, 10000, 10000, 2, 0))})
}

func (p *speaker) editScript() step {
	c := &wire.EditScriptCmd{EditType: wire.EditType(p.IntN(5)), PathToNode: p.path(), Alias: p.often(30), Run: p.often(50)}
	if p.often(70) {
		c.PathToNode = p.task().Path()
	}
	if p.often(50) {
		c.UserVariables = []wire.StringPair{{First: "V0", Second: "edited"}}
	}
	if c.EditType > wire.EditSubmit {
		c.UserFileContents = []string{"echo edited %V0:none%", "# %TASK%", "%nosuch%"}
		if p.often(50) {
			c.UserFileContents = []string{"%comment - ecf_user_variables", "V0 = edited", "X = 1", "%end - ecf_user_variables", "echo %V0% %X%"}
		}
	}
	return rawStep(c)
}

func (p *speaker) handle() step {
	c := &wire.ClientHandleCmd{API: wire.HandleAPI(p.IntN(7)), ClientHandle: p.IntN(4), AutoAddNewSuites: p.often(50)}
	switch c.API {
	case wire.HandleRegister, wire.HandleAdd, wire.HandleRemove:
		for p.often(60) {
			c.Suites = append(c.Suites, p.suite())
		}
	case wire.HandleDropUser:
		c.DropUser = of(p.chooser, "", "fred", "nobody")
	}
	if c.API == wire.HandleRegister {
		c.ClientHandle = 0
	}
	return rawStep(c)
}

func (p *speaker) zombie() step {
	return rawStep(&wire.ZombieCmd{UserAction: wire.ZombieAction(p.IntN(6)), Paths: []string{p.task().Path()}})
}

func (p *speaker) plug() step {
	// Into itself the original would plug for ever.
	source, dest := p.path(), p.path()
	if strings.HasPrefix(dest, source) {
		dest = "/nosuch"
	}
	return rawStep(&wire.PlugCmd{Source: source, Dest: dest})
}

// replace brings a part of the first definition back, or another one.
func (p *speaker) replace() step {
	path := p.path()
	return step(fmt.Sprintf("replace '%s' %s%s%s", path, of(p.chooser, "first.def", "second.def"), of(p.chooser, "", " parent"), of(p.chooser, " force", " force", "")))
}

func (p *speaker) load() step {
	return step(fmt.Sprintf("load %s%s", of(p.chooser, "first.def", "second.def", "third.def"), of(p.chooser, " force", "")))
}

func (p *speaker) group() step {
	return step("client '--group=" + of(p.chooser,
		"suspend "+p.path()+"; resume "+p.path(),
		"get_state; show state",
		"alter add variable G 1 "+p.path()+"; query variable "+p.path()+":G",
		"ping; server_version; suites",
		"get "+p.path()+"; get "+p.path(),
		"force complete /nosuch; suites",
	) + "'")
}
