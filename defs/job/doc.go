// Package job makes jobs of tasks: it finds a task's script, puts include files
// in place of %include, leaves out manuals and comments, puts values in place of
// variables, and writes the job file. It needs no server.
//
//	var c job.Ctrl
//	c.Dir = "/tmp/jobs"
//	job.Check(ctx, definition, &c)      // a job of every task, none is run
//	fmt.Print(c.Wrong)
//
//	jobs := job.NewMaker(job.OS{}) // for one round of jobs: it remembers include files
//	prepared, err := jobs.Prepare(ctx, task, job.Options{})   // prepared.Command starts it
//
// Errors are *fault.Error values: fault.NotFound when there is no script, other
// kinds when a script can be made no job of. Their messages are the original's.
//
// The package reads and writes the files that definitions name, through
// [System], and runs the commands of ECF_FETCH and ECF_SCRIPT_CMD. It starts no
// jobs, prints nothing but to the writer it is given, and does not read the environment.
package job
