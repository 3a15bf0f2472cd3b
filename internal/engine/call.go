package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// access is what a request does with the definition.
type access uint8

const (
	free  access = iota // nothing: it needs no lock
	reads               // side by side with others
	edits               // alone
)

// row tells how one request is handled.
type row struct {
	access access
	count  counter
	write  bool     // needs permission to write; what it changes goes into the history and is kept
	paths  []string // of the nodes that permission is asked for
	child  bool     // a job's
	ping   bool
	quiet  bool // it logs itself
	brief  bool // takes less time than to have others served meanwhile; others have to wait

	// history, if there is one, writes the history in place of the request.
	history func()
	// prepare, if there is one, runs before the lock is taken.
	prepare func(*call) error
	// run answers; a nil reply stands for OK. An error is answered by its text.
	run func(*call) (wire.Reply, error)
}

// call is a request being handled, alone or as one of a group.
type call struct {
	*Engine
	ctx        context.Context
	req        wire.Request
	row        row
	now        time.Time // of the whole request
	user       string
	logged     string // the request as the log has it
	from       Sender
	group      *call // the group that the request is in
	registered int   // a handle, by an earlier request of the group
	handleSet  bool  // registered counts, even if it is 0

	edited     []*defs.Node // they get the request into their history
	deleted    []string     // paths of nodes that are gone: the definition gets it
	ownHistory bool         // the request writes the history itself

	changed   bool     // the definition is another, even if the request fails
	resolve   bool     // tasks may have become free: look before answering
	later     []func() // done after the lock is given back, before the answer
	terminate bool
	// unprepared is why the request fails before it is run
	unprepared error

	files   *patient // where the request makes jobs or reads files
	halfway string   // what is to be said, should their file system not answer; if it is not that nothing has changed

	// after, if the request sets it, gives the reply once the lock has been given back. In a group it may give errLater.
	after func() (wire.Reply, error)
	frame []byte // the reply as it travels, behind its length, if it is there already
}

// Handle answers a request. It always answers; what goes wrong is an ErrorCmd.
//
// source: libs/base ClientToServerCmd.cpp, handleRequest.
func (e *Engine) Handle(ctx context.Context, m wire.Request, from Sender) Answer {
	c := &call{Engine: e, ctx: ctx, req: m, now: e.clock(), from: from}
	defer e.troubled()
	defer e.log.Flush()
	reply, err := c.handle()
	if err != nil {
		return Answer{Reply: e.failure(err)}
	}
	if reply == nil {
		return Answer{Reply: ok, Frame: okFrame(), Terminate: c.terminate}
	}
	return Answer{Reply: reply, Frame: c.frame, Terminate: c.terminate}
}

// ok is the answer to most requests, so it is encoded once.
var (
	ok      = &wire.StcCmd{API: wire.StcOK}
	okFrame = sync.OnceValue(func() []byte {
		payload, err := wire.EncodeReply(ok)
		if err != nil {
			return nil // whoever sends it will see
		}
		return append(wire.AppendHeader(nil, len(payload)), payload...)
	})
)

// failure is the answer to a request that failed, and a line of the log. As in the original the last newline is left out,
// wherever it is.
//
// source: libs/base ErrorCmd.cpp.
func (e *Engine) failure(err error) *wire.ErrorCmd {
	text := message(err)
	if at := strings.LastIndexByte(text, '\n'); at >= 0 {
		text = text[:at] + text[at+1:]
	}
	e.log.Write(defs.LogError, text)
	if more := (withLine{}); errors.As(err, &more) && more.line != "" {
		e.log.Write(defs.LogError, more.line)
	}
	return &wire.ErrorCmd{ErrorMsg: text}
}

func (c *call) handle() (reply wire.Reply, err error) {
	c.row, err = rowOf(c.req)
	if err != nil {
		return nil, err
	}
	if err := c.allowed(); err != nil {
		return nil, err
	}
	defer func() {
		if bug := recover(); bug != nil { // nothing that a client sends may end the server
			c.log.Write(defs.LogError, fmt.Sprintf("internal error in %s: %v\n%s", command.Describe(c.req), bug, debug.Stack()))
			reply, err = nil, fmt.Errorf("internal error of the server: %v", bug)
		}
	}()
	if !c.row.brief {
		c.from.wait()
	}
	c.prepare()
	reply, err = c.locked()
	if c.after != nil && err == nil {
		reply, err = c.after()
	}
	for _, f := range c.later {
		f()
	}
	if c.row.write && (err == nil || c.changed) {
		c.kept(c.from.wait)
	}
	return reply, err
}

// prepare does what needs no lock, and must not be done under it. In a group it is done for all members first.
func (c *call) prepare() {
	if c.row.prepare != nil {
		c.unprepared = c.row.prepare(c)
	}
}

// locked runs the request with the lock that it needs, and again if it was held up by a file system.
func (c *call) locked() (wire.Reply, error) {
	reply, err := c.attempt(true)
	for err == errLater {
		if err := c.awaitFiles(); err != nil {
			return nil, err
		}
		reply, err = c.attempt(false)
	}
	return reply, err
}

func (c *call) attempt(first bool) (wire.Reply, error) {
	switch c.row.access {
	case reads:
		c.toRead()
		defer c.mu.RUnlock()
	case edits:
		if !c.mu.TryLock() {
			c.from.wait()
			c.mu.Lock()
		}
		defer c.mu.Unlock()
		c.host.ByCommand = true
		defer func() { c.host.ByCommand = false }()
	}
	if first && !c.row.quiet {
		c.logRequest("")
	}
	if first {
		c.counts.add(c.row.count)
	}
	if c.row.access != edits {
		return c.run()
	}
	before := delta.Of(c.tree)
	reply, err := c.run()
	c.changed = c.changed || delta.Of(c.tree) != before
	if !c.row.child && err != errLater {
		if c.resolve && err == nil {
			c.lookNow()
		}
		if c.row.write && delta.Of(c.tree) != before {
			c.looking.Ignore(c.tree, c.addHistory)
		}
	}
	if before.Modify != c.tree.ModifyChangeNo() {
		c.handles.Follow(c.tree)
	}
	return reply, err
}

// unlocked runs f without the lock that the request has.
func (c *call) unlocked(f func()) {
	switch c.row.access {
	case reads:
		c.mu.RUnlock()
		defer c.mu.RLock()
	case edits:
		c.host.ByCommand = false
		c.mu.Unlock()
		defer func() {
			c.mu.Lock()
			c.host.ByCommand = true
		}()
	}
	f()
}

// lookNow is that of the engine. The answer waits for what there was no time for, as in the original, while others have
// their turn; but it does not wait for long.
func (c *call) lookNow() {
	if !c.Engine.lookNow() {
		c.later = append(c.later, c.lookOn)
	}
}

// lookOn goes on with the look for freed tasks, until it is over or has taken longestRest.
func (c *call) lookOn() {
	c.from.wait()
	slice := func() (done bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.resolveNow()
	}
	for begun := time.Now(); !slice() && time.Since(begun) < longestRest; {
	}
}

// toRead takes the lock for reading.
func (c *call) toRead() {
	if !c.mu.TryRLock() {
		c.from.wait()
		c.mu.RLock()
	}
}

// run runs the request, unless it has failed already.
func (c *call) run() (wire.Reply, error) {
	if c.unprepared != nil {
		return nil, c.unprepared
	}
	return c.row.run(c)
}

// logRequest writes what is asked, before it is done: should it go wrong, the log tells. result is put behind it.
func (c *call) logRequest(result string) {
	if c.row.child {
		c.log.Write(defs.LogMsg, command.Describe(c.req))
		return
	}
	c.logged = command.Full(c.req)
	c.log.Write(defs.LogMsg, c.logged+" :"+c.user+"@"+*c.req.Host()+result)
}

// allowed asks the guard.
func (c *call) allowed() error {
	m, ofUser := c.req.(wire.UserRequest)
	if !ofUser {
		return nil // jobs prove themselves otherwise
	}
	u := m.AsUser()
	r := Request{
		User: u.User, Password: u.Password, Custom: u.Custom,
		Ping: c.row.ping, Write: c.row.write, Paths: c.row.paths, Permissions: c.permissions,
	}
	if c.from.Named {
		r.User, r.Password, r.Custom, r.Trusted = c.from.User, c.from.Password, false, c.from.Trusted
	}
	if c.user = r.User; c.guard == nil {
		return nil
	}
	if err := c.guard.Authenticate(&r); err != nil { // a member of a group names a user of its own
		return err
	}
	if _, isGroup := c.req.(*wire.GroupCTSCmd); isGroup {
		return nil // its members are asked for
	}
	if slices.Contains(r.Paths, "") {
		return refused("std::get: wrong index for variant") // as the original refuses what is no path
	}
	return c.guard.Authorise(&r)
}

// permissions is the value of PERMISSIONS at a path or above, and where it is. It is asked before the lock is taken.
func (c *call) permissions(path string) (value, at string) {
	c.toRead()
	defer c.mu.RUnlock()
	const name = "PERMISSIONS"
	n := c.tree.Find(path)
	for n == nil && path != "" {
		path = path[:max(strings.LastIndexByte(path, '/'), 0)]
		n = c.tree.Find(path)
	}
	for ; n != nil; n = n.Parent() {
		if value, found := n.Variable(name); found {
			return value, n.Path()
		}
	}
	if value, found := c.userVariable(name); found {
		return value, "/"
	}
	return "", ""
}

// userVariable is the value of a variable that users have added to the server.
func (e *Engine) userVariable(name string) (string, bool) {
	for _, v := range e.tree.UserVariables() {
		if v.Name == name {
			return v.Value, true
		}
	}
	return "", false
}
