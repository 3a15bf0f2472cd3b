package simulate

import (
	"context"
	"os"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// Options say where a simulation writes.
type Options struct {
	Name  string           // of the definition, in messages
	Log   string           // path of the log; empty for none. A file that is there is replaced
	Flat  string           // path of the report on all nodes that have not completed, likewise
	Depth string           // path of the report that follows what they wait for, likewise
	Now   func() time.Time // the computer's time; time.Now when nil
}

// Default are the original's: files in the current directory, named for the first suite.
func Default(d *defs.Defs) Options {
	name := "pyext.def"
	if suites := d.Suites(); len(suites) > 0 {
		name = suites[0].Name() + ".def"
	}
	return Options{Name: name, Log: name + ".log", Flat: "defs.flat", Depth: "defs.depth"}
}

// Run simulates the definition, whose suites begin if they have not. The result is empty if all suites have completed and
// all verify attributes have their numbers; else it says which not, and ends with the definition as it was left. Reports are
// written only then. What the definition's check finds wrong is the result at once.
//
// Errors are of three kinds: fault.Cancelled by ctx, with the tree as it was at that moment; fault.NotFound for a report that
// cannot be written; fault.Config for the log, which the original ignores: the simulation was made, and result counts.
func Run(ctx context.Context, d *defs.Defs, opts Options) (result string, err error) {
	if problem, _ := d.Check(); problem != "" {
		return problem, nil
	}
	s := &simulation{ctx: ctx, defs: d, opts: opts, used: usedInExpressions(d), archived: map[*defs.Node][]*defs.Node{}}
	if s.opts.Now == nil {
		s.opts.Now = time.Now
	}
	logging := s.log.open(opts.Log, s.opts.Now)
	d.SetHost(&defs.Host{Log: s.log.write, Archive: s.archive, Restore: s.restore, Now: s.opts.Now})
	defer d.SetHost(nil)
	result, err = s.run()
	for _, problem := range []error{s.log.close(), logging} {
		if err == nil {
			err = problem
		}
	}
	return result, err
}

type simulation struct {
	ctx      context.Context
	defs     *defs.Defs
	opts     Options
	log      logFile
	used     map[use]bool
	archived map[*defs.Node][]*defs.Node
}

func (s *simulation) run() (string, error) {
	p, err := s.plan()
	if err != nil {
		return "", err
	}
	s.log.write(defs.LogMsg, p.String())
	cancels := false
	for n := range s.defs.All() {
		cancels = cancels || n.AutoCancel() != nil
	}
	for at := time.Duration(0); at <= p.longest; at += p.step {
		if err := s.submit(); err != nil {
			return "", err
		}
		for _, suite := range append([]*defs.Node(nil), s.defs.Suites()...) {
			if at < p.periodOf(suite) {
				s.defs.Advance(suite, p.step)
			}
		}
	}
	return s.verdict(p.crons || cancels)
}

// stopped is the error of a simulation that has been cancelled.
func (s *simulation) stopped() error {
	if err := s.ctx.Err(); err != nil {
		return &fault.Error{Kind: fault.Cancelled, Msg: "the simulation was cancelled", Err: err}
	}
	return nil
}

// verdict tells what is not as it should be. endless suites need not complete.
func (s *simulation) verdict(endless bool) (result string, err error) {
	if !endless {
		for _, suite := range s.defs.Suites() {
			if suite.State() != defs.Complete {
				result += "  suite '/" + suite.Name() + "' has not completed\n"
			}
		}
		if result != "" {
			result = "\nDefs file " + s.opts.Name + "\n" + result
		}
	}
	if result == "" {
		for n := range s.defs.All() {
			result += verify(n)
		}
	}
	if result == "" {
		return "", nil
	}
	if err := s.report(); err != nil {
		return "", err
	}
	result += "Please see files .flat and .depth for analysis\n"
	return string(text.Append([]byte(result), s.defs, text.Migrate)), nil
}

func (s *simulation) report() error {
	for _, file := range []struct {
		path string
		make func(*defs.Defs) []byte
	}{{s.opts.Flat, flat}, {s.opts.Depth, depth}} {
		if file.path == "" {
			continue
		}
		if err := os.WriteFile(file.path, file.make(s.defs), 0o666); err != nil { //nolint:gosec // as other files of the user
			return &fault.Error{Kind: fault.NotFound, Msg: `Analyser::run: Failed to open file "` + file.path + `"`, Err: err}
		}
	}
	return nil
}

// archive keeps the children of a node.
func (s *simulation) archive(n *defs.Node) error {
	s.archived[n] = append([]*defs.Node(nil), n.Children()...)
	return nil
}

// restore brings them back.
func (s *simulation) restore(n *defs.Node) error {
	children := s.archived[n]
	delete(s.archived, n)
	return n.ReplaceChildren(children)
}
