package engine

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/jobs"
)

const (
	// slice is how long jobs are made before others get the lock; finding the tasks comes on top of it. The look for tasks
	// then goes on where it stopped.
	slice = 10 * time.Millisecond
	// scriptTime is how long a command may take that a script comes from (ECF_SCRIPT_CMD, ECF_FETCH): the lock is held.
	scriptTime = 30 * time.Second
	// slowJob is how long a job may take to be made before users are told, if nothing else is said (ECF_TASK_THRESHOLD).
	slowJob = 4 * time.Second
)

// submissions are the jobs made one after the other while the lock is held. They share the include files that were read.
type submissions struct {
	*Engine
	maker *job.Maker    // nil: none was needed yet
	made  time.Duration // spent on making jobs
	files *patient
	later bool // a file system hangs
}

func (e *Engine) submissions(files *patient) *submissions {
	return &submissions{Engine: e, files: files}
}

// resolveNow goes on with the look for free tasks that stopped, and looks from the front if that is wanted. When there is
// no time for all of it, it is to be called again. The lock is held.
//
// source: libs/node Jobs.cpp, generate.
func (e *Engine) resolveNow() (done bool) {
	done, _ = e.resolveTimed()
	return done
}

// resolveTimed is resolveNow, and tells how long it took to find the tasks.
func (e *Engine) resolveTimed() (done bool, took time.Duration) {
	return e.resolveWith((*submissions).resolve)
}

// resolveWith is resolveTimed with one way to look.
func (e *Engine) resolveWith(resolve func(*submissions) (done bool)) (done bool, took time.Duration) {
	if e.answers.missing() {
		return true, 0
	}
	begun := time.Now()
	s := e.submissions(e.files)
	done = resolve(s)
	if s.later {
		if e.looking.Again(); !e.looking.Stopped() {
			e.anew.Store(true) // it was at a task alone
		}
		e.report()
		done = true // it goes on when the answer has come
	} else {
		e.files.settle()
	}
	return done, time.Since(begun) - s.made
}

func (s *submissions) resolve() (done bool) {
	if s.looking.Stopped() {
		if s.looking.Outdated(s.tree) {
			s.anew.Store(true)
		}
		if !s.over(s.looking.Resolve(s.tree, s.next)) {
			return false
		}
	}
	return !s.anew.Swap(false) || s.over(s.looking.Resolve(s.tree, s.next))
}

// over reports what went wrong in a look once it is over.
func (s *submissions) over(done bool) bool {
	if done {
		s.report()
	}
	return done
}

// next submits a task that nothing holds, and reports whether there is time for more.
func (s *submissions) next(task *defs.Node) (more bool) {
	if s.opts.NoJobs {
		pretend(task)
		return true
	}
	begun := time.Now()
	switch err := s.start(task); {
	case err == errLater:
		s.later = true
		return false
	case err != nil:
		s.wrong.WriteString(message(err))
	}
	s.made += time.Since(begun)
	return s.made < s.slice
}

// report logs what went wrong with tasks that nothing held.
func (e *Engine) report() {
	if e.wrong.Len() > 0 {
		e.log.Write(defs.LogError, e.wrong.String())
		e.wrong.Reset()
	}
}

// pretend does with a task what happens to it where no jobs are made.
//
// source: libs/node Task.cpp, resolveDependencies.
func pretend(task *defs.Node) {
	task.SetJob(job.Password(), "", "", task.TryNo())
	task.JobSubmitted(0)
	task.JobActive(noID)
}

// noID is the process id of jobs that are none.
const noID = "_RID_"

// start makes and starts the job of a task that nothing holds; its try is counted. An error says in the original's words what
// went wrong; the task has then been marked, and aborted if it was not running.
//
// source: libs/node Submittable.cpp, submit_job_only.
func (s *submissions) start(task *defs.Node) error {
	path := task.Path()
	begun := s.files.begin(path)
	task.SetJob(job.Password(), "", "", task.TryNo())
	made, err := s.make(task, job.Options{})
	if s.files.gaveUp {
		s.files.giveUp(path, begun)
		task.SetJob("", "", "", task.TryNo()-1)
		return errLater
	}
	return s.finish(task, made, err, time.Since(begun))
}

// make makes a job.
func (s *submissions) make(task *defs.Node, o job.Options) (job.Prepared, error) {
	if s.maker == nil {
		s.maker = job.NewMaker(s.files)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scriptTime)
	defer cancel()
	return s.maker.Prepare(ctx, task, o)
}

// finish starts the job that was made of a task, or marks the task with what went wrong.
func (s *submissions) finish(task *defs.Node, made job.Prepared, err error, took time.Duration) error {
	var failed *job.Failure
	switch {
	case errors.As(err, &failed):
		if failed.Reason == "" { // a job of the task is running already
			setFlags(task, task.Flag().With(failed.Mark))
			return err
		}
		freshFlags(task)
		setFlags(task, task.Flag().With(failed.Mark))
		task.JobAborted(failed.Reason)
		return err
	case err != nil:
		return err
	case made.Command == "": // a dummy task
		return nil
	}
	freshFlags(task)
	path := task.Path()
	if s.jobs != nil {
		s.jobs.Start(jobs.Command{Kind: jobs.Submit, Path: path, Text: made.Command})
	}
	task.JobSubmitted(made.Size)
	s.checkTime(task, path, took)
	return nil
}

// errLater says that nothing has been done, as files cannot be had now.
var errLater = errors.New("the file system does not answer")

// checkTime tells users of a job that took long to make.
//
// source: libs/node JobProfiler.cpp.
func (e *Engine) checkTime(task *defs.Node, path string, took time.Duration) {
	limit := e.opts.SlowJob
	if limit == 0 {
		limit = slowJob
	}
	if took <= limit {
		return
	}
	milli := func(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) + "ms" }
	e.log.Write(defs.LogWarning, "Job generation for task "+path+" took "+milli(took)+", Exceeds ECF_TASK_THRESHOLD("+milli(limit)+")")
	setFlags(task, task.Flag().With(defs.FlagThreshold))
}

// freshFlags takes back what is said of the last job.
func freshFlags(task *defs.Node) {
	flag := task.Flag()
	for _, f := range [...]defs.FlagType{
		defs.FlagNoScript, defs.FlagEditFailed, defs.FlagJobCmdFailed, defs.FlagKillCmdFailed, defs.FlagStatusCmdFailed,
		defs.FlagKilled, defs.FlagStatus,
	} {
		flag = flag.Without(f)
	}
	setFlags(task, flag)
	if len(task.Labels()) > 0 {
		task.ClearLabels()
	}
}

// setFlags sets a node's marks, if they differ.
func setFlags(n *defs.Node, flag defs.Flag) {
	if flag != n.Flag() {
		n.SetFlag(flag)
	}
}
