package listen

import "sync"

// crowd is everybody who is connected, in two queues by age: those from whom a
// request is still awaited, and those whose request is being answered.
type crowd struct {
	mu           sync.Mutex
	silent, busy queue
	closed       bool // nobody settles any more
	limit        int
}

// settle takes in a connection that will be waited for. If there are too many, the one
// that has been silent for longest has to go, or, if all are being answered, the new one.
func (c *crowd) settle(one *conn, s socket) (settled, full bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false, false
	}
	if one.in == nil { // else it has a request already
		full = c.silent.length+c.busy.length >= c.limit
		if full && !c.silent.dropOldest() {
			return false, true
		}
		c.silent.add(one)
	}
	one.socket = s
	return true, full
}

// dropOldest makes room for a file that somebody needs.
func (c *crowd) dropOldest() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.silent.dropOldest()
}

// heard says that a request has come whole.
func (c *crowd) heard(one *conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one.in.remove(one)
	c.busy.add(one)
}

// answered says that the peer has had its reply and may be dropped.
func (c *crowd) answered(one *conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one.in.remove(one)
	c.silent.add(one)
}

func (c *crowd) left(one *conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one.in.remove(one)
}

// close lets nobody settle from now on and drops the silent, or all.
func (c *crowd) close(all bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for c.silent.dropOldest() {
	}
	for all && c.busy.dropOldest() {
	}
}

// queue is a list of connections, the oldest first.
type queue struct {
	oldest, newest *conn
	length         int
}

func (q *queue) add(one *conn) {
	one.in, one.older, one.newer = q, q.newest, nil
	if q.newest == nil {
		q.oldest = one
	} else {
		q.newest.newer = one
	}
	q.newest = one
	q.length++
}

// remove takes out a connection, if it has not been dropped already. q may be nil.
func (q *queue) remove(one *conn) {
	if q == nil {
		return
	}
	if one.older == nil {
		q.oldest = one.newer
	} else {
		one.older.newer = one.newer
	}
	if one.newer == nil {
		q.newest = one.older
	} else {
		one.newer.older = one.older
	}
	one.in, one.older, one.newer = nil, nil, nil
	q.length--
}

// dropOldest closes the oldest connection. Who serves it notices, and leaves. One that
// has never had to wait is not in anybody's way.
func (q *queue) dropOldest() bool {
	one := q.oldest
	if one == nil {
		return false
	}
	q.remove(one)
	if one.socket != nil {
		_ = one.socket.Close()
	}
	return true
}
