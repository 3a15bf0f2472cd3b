package checkpoint

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// powercut is a disk in memory that does what the worst of disks may do. Of what was not brought to it by
// a sync, any part may be there after the power has gone.
type powercut struct {
	mu      sync.Mutex
	now     map[string]*inode // names as programs see them
	durable map[string]*inode // names as they are after a power cut at the least
	journal []func(map[string]*inode)
	left    int // operations until the power goes; <0: it stays
	full    int // operations from now until the disk is full; <0: it never is
	dice    *rand.Rand
}

type inode struct{ data, durable []byte }

var errNoPower = errors.New("no power")

func newPowercut(seed uint64) *powercut {
	return &powercut{now: map[string]*inode{}, durable: map[string]*inode{}, left: -1, full: -1, dice: rand.New(rand.NewPCG(seed, 1))}
}

// step is called by each operation, with the lock held.
func (p *powercut) step() error {
	if p.left == 0 {
		return errNoPower
	}
	if p.left > 0 {
		p.left--
	}
	return nil
}

func (p *powercut) name(change func(map[string]*inode)) {
	change(p.now)
	p.journal = append(p.journal, change)
}

func (p *powercut) Create(name string) (file, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.step(); err != nil {
		return nil, err
	}
	if i := p.now[name]; i != nil {
		i.data = nil // truncated, perhaps not on disk
		return &open{p, i}, nil
	}
	i := &inode{}
	p.name(func(m map[string]*inode) { m[name] = i })
	return &open{p, i}, nil
}

type open struct {
	p *powercut
	i *inode
}

func (o *open) Write(b []byte) (int, error) {
	o.p.mu.Lock()
	defer o.p.mu.Unlock()
	if err := o.p.step(); err != nil {
		if o.p.dice.IntN(2) == 0 {
			o.i.data = append(slices.Clone(o.i.data), b[:o.p.dice.IntN(len(b)+1)]...)
		}
		return 0, err
	}
	if o.p.full >= 0 {
		if o.p.full == 0 {
			n := o.p.dice.IntN(len(b) + 1)
			o.i.data = append(slices.Clone(o.i.data), b[:n]...)
			return n, syscall.ENOSPC
		}
		o.p.full--
	}
	o.i.data = append(slices.Clone(o.i.data), b...)
	return len(b), nil
}

func (o *open) Sync() error {
	o.p.mu.Lock()
	defer o.p.mu.Unlock()
	if err := o.p.step(); err != nil {
		return err
	}
	o.i.durable = slices.Clone(o.i.data)
	return nil
}

// Hasten lets any part of the content come to the disk, which it may do anyway.
func (o *open) Hasten(from, size int64) error { return nil }

func (o *open) Close() error { return nil }

func (p *powercut) ReadFile(name string) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := p.now[name]; i != nil {
		return slices.Clone(i.data), nil
	}
	return nil, fs.ErrNotExist
}

func (p *powercut) Size(name string) (int64, error) {
	b, err := p.ReadFile(name)
	return int64(len(b)), err
}

func (p *powercut) Link(old, new string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.step(); err != nil {
		return err
	}
	i := p.now[old]
	if i == nil || p.now[new] != nil {
		return fs.ErrInvalid
	}
	if p.dice.IntN(4) == 0 {
		return errors.ErrUnsupported
	}
	p.name(func(m map[string]*inode) { m[new] = i })
	return nil
}

func (p *powercut) Rename(old, new string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.step(); err != nil {
		return err
	}
	i := p.now[old]
	if i == nil {
		return fs.ErrNotExist
	}
	p.name(func(m map[string]*inode) { delete(m, old); m[new] = i })
	return nil
}

func (p *powercut) Remove(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.step(); err != nil {
		return err
	}
	if p.now[name] == nil {
		return fs.ErrNotExist
	}
	p.name(func(m map[string]*inode) { delete(m, name) })
	return nil
}

func (p *powercut) List(prefix string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var names []string
	for name := range p.now {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names
}

func (p *powercut) SyncDirectory(string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.step(); err != nil {
		return err
	}
	for _, change := range p.journal {
		change(p.durable)
	}
	p.journal = nil
	return nil
}

// after is the disk as it may be found when the power is back: of names, some of the last changes in their
// order; of content, what was synced, or all, or part of what was written since.
func (p *powercut) after() *powercut {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := newPowercut(p.dice.Uint64())
	names := map[string]*inode{}
	for name, i := range p.durable {
		names[name] = i
	}
	for _, change := range p.journal[:p.dice.IntN(len(p.journal)+1)] {
		change(names)
	}
	seen := map[*inode]*inode{}
	for name, i := range names {
		if seen[i] == nil {
			data := slices.Clone(i.durable)
			if longer := len(i.data) - len(i.durable); longer > 0 && slices.Equal(i.data[:len(i.durable)], i.durable) {
				data = append(data, i.data[len(i.durable):][:p.dice.IntN(longer+1)]...)
				if p.dice.IntN(3) == 0 && len(data) > len(i.durable) {
					data[len(data)-1] ^= 0x55 // a block that was never written
				}
			} else if p.dice.IntN(2) == 0 {
				data = slices.Clone(i.data)
			}
			seen[i] = &inode{data: data, durable: slices.Clone(data)}
		}
		n.now[name], n.durable[name] = seen[i], seen[i]
	}
	return n
}
