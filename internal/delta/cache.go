package delta

import (
	"sync"

	"github.com/ecflow-go/ecflow/fault"
)

// Cache keeps the encoded reply that holds the whole definition, for as long as its numbers stay. Many may use it at
// once; who needs what is not there makes it, and the others wait for it. The zero value is ready.
type Cache struct {
	mu   sync.Mutex
	kept *kept
}

// kept is a reply that is there, or in the making.
type kept struct {
	of   Numbers
	once sync.Once
	data []byte
	err  error
}

// Get gives the reply of the numbers, which make makes if need be. What it gives must not be changed.
func (c *Cache) Get(of Numbers, make func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	k := c.kept
	if k == nil || k.of != of {
		k = &kept{of: of}
		c.kept = k
	}
	c.mu.Unlock()
	k.once.Do(func() {
		k.err = fault.New(fault.Internal, "the reply could not be made") // unless make comes back
		k.data, k.err = make()
	})
	if k.err != nil {
		c.drop(k)
	}
	return k.data, k.err
}

// Drop forgets what is kept: what is in the definition changed though its numbers did not.
func (c *Cache) Drop() {
	c.mu.Lock()
	c.kept = nil
	c.mu.Unlock()
}

// drop forgets what could not be made.
func (c *Cache) drop(k *kept) {
	c.mu.Lock()
	if c.kept == k {
		c.kept = nil
	}
	c.mu.Unlock()
}
