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

	files *patient // nil: however long it takes
	later bool     // a file system hangs
}

func (e *Engine) submissions() *submissions {
	return &submissions{Engine: e}
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
	if e.files.waiting() {
		return true, 0
	}
	begun := time.Now()
	s := &submissions{Engine: e, files: e.files}
	done = s.resolve()
	if s.later {
		e.looking.Again()
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
	switch err := s.start(task, job.Options{}); {
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

// submit makes and starts a job for a task or alias, whatever holds it, and counts the try. The lock is held.
//
// source: libs/node Submittable.cpp, submitJob.
func (e *Engine) submit(task *defs.Node, o job.Options) error { return e.submissions().submit(task, o) }

func (s *submissions) submit(task *defs.Node, o job.Options) error {
	task.SetJob("", "", "", task.TryNo()+1)
	return s.start(task, o)
}

// start makes and starts the job of a task whose try is counted. An error says in the original's words what went wrong;
// the task has then been marked, and aborted if it was not running.
//
// source: libs/node Submittable.cpp, submit_job_only.
func (s *submissions) start(task *defs.Node, o job.Options) error {
	begun, path := time.Now(), task.Path()
	files := s.opts.Files
	if s.files != nil {
		files, begun = s.files, s.files.begin(path)
	}
	if s.maker == nil {
		s.maker = job.NewMaker(files)
	}
	task.SetJob(job.Password(), "", "", task.TryNo())
	ctx, cancel := context.WithTimeout(context.Background(), scriptTime)
	defer cancel()
	made, err := s.maker.Prepare(ctx, task, o)
	if s.files != nil && s.files.gaveUp {
		s.files.giveUp(path, begun)
		task.SetJob("", "", "", task.TryNo()-1)
		return errLater
	}
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
	if s.jobs != nil {
		s.jobs.Start(jobs.Command{Kind: jobs.Submit, Path: path, Text: made.Command})
	}
	task.JobSubmitted(made.Size)
	s.checkTime(task, path, time.Since(begun))
	return nil
}

// errLater says that a task stays as it was: its files cannot be had now.
var errLater = errors.New("later")

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
