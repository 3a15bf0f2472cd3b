// Package zombie decides about child commands: whether one comes from the job that its task is running, and what
// becomes of it if not.
//
//	zombies := zombie.New(zombie.Host{Now: now, Log: log, Kill: kill})
//	verdict := zombies.Judge(tree, zombie.Child{Cmd: defs.ChildInit, Path: "/s/t", Password: "q3Xe.0aB", ID: "4711"})
//	if verdict.Answer == zombie.Proceed { ... verdict.Task ... }
//
// A [List] remembers the jobs that are not those of their tasks: zombies. What is done with one says the user, by
// [List.Act], or else a zombie attribute on its task or above it, or else the rule: events, meters and labels are told
// that all is well, all others to come again.
//
// The package knows no messages and starts no processes. A List changes flags, passwords and process ids of tasks;
// whoever uses it must be alone with list and tree.
package zombie
