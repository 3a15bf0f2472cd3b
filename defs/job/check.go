package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// Ctrl says how jobs are checked, and gathers what is wrong. The zero value
// checks all tasks, with the job files where the tasks would have them. It may be
// used again: what is wrong adds up. It is not for use by many goroutines at once.
type Ctrl struct {
	NodePath string           // of the node to check, with all below it; empty: all
	Dir      string           // where job files go, in directories like the nodes' paths
	Verbose  bool             // each task is written to Out
	Out      io.Writer        // nil: nowhere
	System   System           // nil: OS
	Now      func() time.Time // nil: time.Now
	Wrong    string           // what is wrong, in the original's words, one or more lines for each task

	password func() string // nil: Password
	wrong    []byte        // what becomes of Wrong
	moved    bool          // the state of a task has changed
	maker    *Maker
}

// TempDir puts the job files into ecf_check_job_creation in $TMPDIR or /tmp; what is there is deleted.
func (c *Ctrl) TempDir(getenv func(string) (string, bool)) error {
	c.init()
	dir, ok := getenv("TMPDIR")
	if !ok {
		dir = "/tmp"
		if found, _ := exists(c.System, dir); !found {
			return missingf("JobCreationCtrl::generate_temp_dir(), The environment variable TMPDIR is not " +
				"defined, and default alternative `/tmp` does not exist")
		}
	}
	dir += "/ecf_check_job_creation"
	if err := c.System.RemoveAll(dir); err != nil {
		return failf("filesystem error: cannot remove all: %s [%s]", reason(err), dir)
	}
	c.Dir = dir
	fmt.Fprintf(c.Out, "JobCreationCtrl::generate_temp_dir()  %s\n", dir)
	return nil
}

func (c *Ctrl) init() {
	if c.Out == nil {
		c.Out = io.Discard
	}
	if c.System == nil {
		c.System = OS{}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.password == nil {
		c.password = Password
	}
	if c.maker == nil {
		c.maker = NewMaker(c.System)
	}
}

// Check makes a job of each task and runs none. Suites that have not begun
// are begun for it; afterwards they have not begun, and all states checked are
// unknown. The generated ECF_JOB and ECF_PASS stay those of the job. What is wrong is in [Ctrl.Wrong]; the error is that of the context.
//
// source: libs/node Defs.cpp, check_job_creation.
func Check(ctx context.Context, d *defs.Defs, c *Ctrl) error {
	c.init()
	c.wrong = []byte(c.Wrong)
	defer func() { c.Wrong, c.wrong = string(c.wrong), nil }()
	if c.Verbose {
		fmt.Fprintf(c.Out, "Defs::check_job_creation(verbose):\n")
	}
	if c.NodePath != "" {
		c.checkOne(ctx, d)
		return ctx.Err()
	}
	for _, s := range d.Suites() {
		_ = s.Begin(c.Now())
		c.node(ctx, s)
		s.Reset()
		s.SetStateDeep(defs.Unknown)
		d.UpdateState()
		if ctx.Err() != nil {
			break
		}
	}
	return ctx.Err()
}

// CheckAll checks all tasks and gives what is wrong.
func CheckAll(ctx context.Context, d *defs.Defs, verbose bool, out io.Writer) (string, error) {
	c := Ctrl{Verbose: verbose, Out: out}
	err := Check(ctx, d, &c)
	return c.Wrong, err
}

// checkOne checks one node and those below it.
func (c *Ctrl) checkOne(ctx context.Context, d *defs.Defs) {
	n := d.Find(c.NodePath)
	if n == nil {
		c.wrong = fmt.Appendf(nil, "Defs::check_job_creation: failed as node path '%s' does not exist.\n", c.NodePath)
		return
	}
	suite := n.Suite()
	_ = suite.Begin(c.Now())
	c.moved = false
	c.node(ctx, n)
	if c.moved {
		n.UpdateStateUp()
	}
	n.Reset()
	suite.ResetBegin()
	n.SetStateDeep(defs.Unknown)
}

// node checks the tasks below a node, those that are complete by default left out.
func (c *Ctrl) node(ctx context.Context, n *defs.Node) {
	switch n.Kind() {
	case defs.KindTask:
		c.task(ctx, n)
	case defs.KindAlias:
	default:
		if n.DefStatus() == defs.DComplete {
			return
		}
		for _, child := range n.Children() {
			if ctx.Err() != nil {
				return
			}
			c.node(ctx, child)
		}
		n.UpdateState()
	}
}

// task makes a job as its first, which counts as number 0.
func (c *Ctrl) task(ctx context.Context, n *defs.Node) {
	start := c.Now().Unix()
	n.SetJob("", "", "", 0)
	n.SetTrial(c.Dir, c.password())
	_, err := c.maker.Prepare(ctx, n, Options{})
	took := fmt.Sprintf("%d ms", (c.Now().Unix()-start)*1_000_000)
	if err != nil {
		c.wrong = append(c.wrong, words(err)...)
		took = "FAILED"
	}
	c.changeState(n, err)
	if c.Verbose {
		fmt.Fprintf(c.Out, " %s (%s)\n", n.Path(), took)
	}
}

// changeState gives the task the state that it would have. Unlike the original
// it takes no tokens of limits, as those of other suites would stay taken.
func (c *Ctrl) changeState(n *defs.Node, err error) {
	var f *Failure
	_, dummy := n.UserVariable("ECF_DUMMY_TASK")
	if dummy || errors.As(err, &f) && f.Reason == "" {
		return
	}
	state := defs.Submitted
	if err != nil {
		state = defs.Aborted
	}
	n.ClearLabels()
	c.moved = c.moved || n.State() != state
	n.SetStateDeep(state)
}
