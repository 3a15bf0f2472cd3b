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
//
// Whoever makes jobs has a patient of their own, and all wait for the same answers: nobody begins while one is missing, so that
// nothing is written while an earlier write may still come to its end, and put an old password into the file.
type patient struct {
	job.System
	answers *answers
	done    <-chan struct{} // closed when the answer is of no use any more; nil: never

	// The maker's, who holds the lock.
	limit   time.Duration // for one answer, if it is longer than usual
	gaveUp  bool          // an answer did not come in time since begin,
	asked   string        // to this question,
	writing bool          // and it is not one that is kept
	task    string        // whose job could not be made for that,
	since   time.Time     // and when its making began

	mu   sync.Mutex
	late map[string]any // answers that came, by question
}

// leastPatience is how long is waited for one answer under the lock. What does not tell more the next time, such as writing,
// may take twice as long each time in vain, up to scriptTime, so that a file system which is merely slow is slow, and not
// for ever too slow.
const leastPatience = time.Second

func newPatient(files job.System, answers *answers) *patient {
	return &patient{System: files, answers: answers, late: map[string]any{}}
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
	if p.writing {
		p.limit = min(2*p.patience(), p.answers.most)
	}
}

// settle is called when all went well.
func (p *patient) settle() {
	p.task, p.limit = "", 0
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.late) // it may be wrong later
}

func (p *patient) patience() time.Duration { return max(p.limit, p.answers.least) }

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
	timer := time.NewTimer(p.patience())
	defer timer.Stop()
	select {
	case a := <-came:
		return a.value, a.err
	case <-p.done:
	case <-timer.C:
	}
	p.gaveUp, p.asked, p.writing = true, question, !kept
	p.answers.miss(question)
	go func() {
		a := <-came
		if kept {
			p.mu.Lock()
			p.late[question] = a
			p.mu.Unlock()
		}
		p.answers.arrived(question)
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
	return p.do("write "+path, func() error { return p.System.Write(path, content) })
}

func (p *patient) Chmod(path string, mode fs.FileMode) error {
	return p.do("chmod "+path, func() error { return p.System.Chmod(path, mode) })
}

func (p *patient) Mkdir(path string) error {
	return p.do("mkdir "+path, func() error { return p.System.Mkdir(path) })
}

func (p *patient) MkdirAll(path string) error {
	return p.do("mkdir "+path, func() error { return p.System.MkdirAll(path) })
}

func (p *patient) RemoveAll(path string) error {
	return p.do("remove "+path, func() error { return p.System.RemoveAll(path) })
}
