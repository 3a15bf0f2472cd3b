package engine

import (
	"context"
	"io/fs"
	"sync"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/defs/job"
)

// patient are files that are waited for only so long, because the lock is held meanwhile: a file system may hang. What is
// asked of them then fails, until the maker gives up. Once the answer is there after all, the job is made again, with it.
type patient struct {
	job.System
	back func() // called when an answer comes that nobody waits for any more

	// The maker's, who holds the lock.
	limit  time.Duration
	gaveUp bool      // an answer did not come in time since begin
	task   string    // whose job could not be made for that,
	since  time.Time // and when its making began

	mu      sync.Mutex
	missing int            // answers that are still to come
	late    map[string]any // those that came, by question
}

// leastPatience is how long is waited for one answer. Each time in vain the next may take twice as long, up to scriptTime,
// so that a file system which is merely slow is slow, and not for ever too slow.
const leastPatience = time.Second

func newPatient(files job.System, back func()) *patient {
	return &patient{System: files, back: back, limit: leastPatience, late: map[string]any{}}
}

// waiting reports whether an answer is still to come: no jobs are made until then.
func (p *patient) waiting() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.missing > 0
}

// begin is called before the job of a task is made; it gives when that began first.
func (p *patient) begin(task string) time.Time {
	p.gaveUp = false
	if task == p.task {
		return p.since
	}
	return time.Now()
}

// giveUp is called when the job could not be made in time.
func (p *patient) giveUp(task string, since time.Time) {
	p.task, p.since = task, since
	p.limit = min(2*p.limit, scriptTime)
}

// settle is called when all went well.
func (p *patient) settle() {
	p.task, p.limit = "", leastPatience
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.late) // it may be wrong later
}

// answer is one of a file system.
type answer[T any] struct {
	value T
	err   error
}

// ask asks the file system; kept: a late answer is good for the same question. It is not what writes: that has another password then.
func ask[T any](p *patient, question string, kept bool, do func() (T, error)) (T, error) {
	p.mu.Lock()
	known, ok := p.late[question].(answer[T])
	p.mu.Unlock()
	switch {
	case ok:
		return known.value, known.err
	case p.gaveUp:
		return tooLate[T](question)
	}
	came := make(chan answer[T], 1)
	go func() {
		value, err := do()
		came <- answer[T]{value, err}
	}()
	timer := time.NewTimer(p.limit)
	defer timer.Stop()
	select {
	case a := <-came:
		return a.value, a.err
	case <-timer.C:
	}
	p.gaveUp = true
	p.mu.Lock()
	p.missing++
	p.mu.Unlock()
	go func() {
		a := <-came
		p.mu.Lock()
		p.missing--
		if kept {
			p.late[question] = a
		}
		p.mu.Unlock()
		p.back()
	}()
	return tooLate[T](question)
}

func tooLate[T any](question string) (none T, err error) {
	return none, &fs.PathError{Op: "wait", Path: question, Err: syscall.ETIMEDOUT}
}

func (p *patient) do(question string, f func() error) error {
	_, err := ask(p, question, false, func() (struct{}, error) { return struct{}{}, f() })
	return err
}

func (p *patient) Stat(path string) (isDir bool, err error) {
	return ask(p, "stat "+path, true, func() (bool, error) { return p.System.Stat(path) })
}

func (p *patient) Read(path string) ([]byte, error) {
	return ask(p, "read "+path, true, func() ([]byte, error) { return p.System.Read(path) })
}

// Run lets a command end even if nobody waits for it.
func (p *patient) Run(ctx context.Context, command string) ([]byte, error) {
	return ask(p, "run "+command, true, func() ([]byte, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), scriptTime)
		defer cancel()
		return p.System.Run(ctx, command)
	})
}

func (p *patient) Write(path string, content []byte) error {
	return p.do(path, func() error { return p.System.Write(path, content) })
}

func (p *patient) Chmod(path string, mode fs.FileMode) error {
	return p.do(path, func() error { return p.System.Chmod(path, mode) })
}

func (p *patient) Mkdir(path string) error {
	return p.do(path, func() error { return p.System.Mkdir(path) })
}

func (p *patient) MkdirAll(path string) error {
	return p.do(path, func() error { return p.System.MkdirAll(path) })
}

func (p *patient) RemoveAll(path string) error {
	return p.do(path, func() error { return p.System.RemoveAll(path) })
}
