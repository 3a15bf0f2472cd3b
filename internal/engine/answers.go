package engine

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// answers are those of file systems that nobody could wait for under the lock.
type answers struct {
	least, most time.Duration // how long is waited for one: under the lock, and without it
	back        func()        // called when one has come

	mu   sync.Mutex
	open []string      // questions that no answer has come to
	came chan struct{} // closed when one comes
}

func newAnswers(back func()) *answers {
	return &answers{least: leastPatience, most: scriptTime, back: back, came: make(chan struct{})}
}

// missing reports whether an answer is still to come: no jobs are made until then.
func (a *answers) missing() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.open) > 0
}

func (a *answers) miss(question string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open = append(a.open, question)
}

func (a *answers) arrived(question string) {
	a.mu.Lock()
	at := slices.Index(a.open, question)
	a.open = slices.Delete(a.open, at, at+1)
	close(a.came)
	a.came = make(chan struct{})
	a.mu.Unlock()
	a.back()
}

// wait waits until none is missing. It gives up, and tells the question, when none has come for long.
func (a *answers) wait(ctx context.Context) (question string, err error) {
	timer := time.NewTimer(a.most)
	defer timer.Stop()
	for {
		a.mu.Lock()
		if len(a.open) == 0 {
			a.mu.Unlock()
			return "", nil
		}
		question, came := a.open[0], a.came
		a.mu.Unlock()
		select {
		case <-came:
			timer.Reset(a.most)
		case <-ctx.Done():
			return question, ctx.Err()
		case <-timer.C:
			return question, context.DeadlineExceeded
		}
	}
}

// patience are the files that a request has for making jobs; the error is errLater.
func (c *call) patience() (*patient, error) {
	if c.files == nil {
		c.files = newPatient(c.opts.Files, c.answers)
	}
	c.files.gaveUp = false
	if c.answers.missing() {
		return nil, errLater
	}
	return c.files, nil
}

// postpone says that the request is to begin again, of which nothing has been done.
func (c *call) postpone() error {
	c.files.giveUp("", time.Time{})
	return errLater
}

// awaitFiles waits, without the lock, until a request that was postponed can begin again.
func (c *call) awaitFiles() error {
	c.edited, c.deleted, c.ownHistory, c.resolve = nil, nil, false, false
	if question, err := c.files.answers.wait(c.ctx); err != nil {
		return c.unanswered(question, err)
	}
	return nil
}

// unanswered says that a file system has not answered.
func (c *call) unanswered(question string, err error) error {
	within := "within " + c.answers.most.String()
	if errors.Is(err, context.Canceled) {
		within = "before the request was ended"
	}
	if words := strings.Fields(question); len(words) > 2 && words[0] == "run" {
		question = words[0] + " " + words[1] // the others may be secrets
	}
	done := "Nothing has been changed."
	if c.halfway != "" {
		done = c.halfway
	}
	if c.files.answers == c.answers {
		done += " No job is made until it answers."
	}
	return fault.New(fault.Timeout, wire.TypeName(c.req)+" failed: No answer of the file system "+within+": "+question+"\n"+done+
		"\nSee whether the file system is there (mount, network, disk), and ask again.\n")
}
