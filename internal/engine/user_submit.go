package engine

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
)

// Jobs that a user asks for, whatever holds their tasks. All that a request needs is made before anything is changed: should a
// file system hang, the request begins again.

// ready is a job that a user asks for, made for a copy of its task.
type ready struct {
	password string
	made     job.Prepared
	err      error
	took     time.Duration
}

// requested are jobs of one request.
type requested struct {
	*submissions
	jobs map[*defs.Node]ready // those that have been made and not started; of the whole request
}

func (c *call) requested(files *patient) *requested {
	return &requested{c.submissions(files), map[*defs.Node]ready{}}
}

// more are further jobs of the request, which read include files anew.
func (r *requested) more() *requested { return &requested{r.Engine.submissions(r.files), r.jobs} }

// prepare makes the job that comes next of a task, and reports whether its files could be had. The node may be one that
// stands alone; else it is looked at in a copy.
func (r *requested) prepare(of, task *defs.Node, o job.Options) bool {
	begun := time.Now()
	j := ready{password: job.Password()}
	task.SetJob(j.password, "", "", task.TryNo()+1)
	j.made, j.err = r.make(task, o)
	j.took = time.Since(begun)
	r.jobs[of] = j
	return !r.files.gaveUp
}

// submit starts the job of a task or alias that has been made, and counts the try.
//
// source: libs/node Submittable.cpp, submitJob.
func (r *requested) submit(task *defs.Node, o job.Options) error {
	if _, made := r.jobs[task]; !made && !r.prepare(task, task.Alone(), o) {
		return errLater
	}
	j := r.jobs[task]
	delete(r.jobs, task)
	task.SetJob("", "", "", task.TryNo()+1)
	task.SetJob(j.password, "", "", task.TryNo())
	return r.finish(task, j.made, j.err, j.took)
}
