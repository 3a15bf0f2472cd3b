package text

import (
	"slices"
	"sync"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/parallel"
)

// sideBySide writes suites that have about so many bytes. Style State is not for it: it
// looks into other suites.
func (w *writer) sideBySide(list []*defs.Node, size int) {
	pieces := make([]writer, min(4*parallel.Workers(), len(list)))
	parallel.Do(len(pieces), func(i int) {
		p := writer{style: w.style, depth: w.depth, b: make([]byte, 0, size/len(pieces)*17/16)}
		for _, s := range share(list, i, len(pieces)) {
			p.node(s)
		}
		pieces[i] = p
	})
	total := 0
	for i := range pieces {
		total += len(pieces[i].b)
	}
	w.b = slices.Grow(w.b, total+roomForNode)
	for i := range pieces {
		w.b = append(w.b, pieces[i].b...)
		pieces[i].b = nil
	}
}

// share is one of n parts of a list.
func share(list []*defs.Node, i, n int) []*defs.Node {
	return list[i*len(list)/n : (i+1)*len(list)/n]
}

// inTurn is sideBySide for a text that is passed on: a share is as soon as all before it have been.
//
// It takes the processors that others are spared as well: whoever keeps a definition holds its lock meanwhile, so it is
// better over soon.
func (w *writer) inTurn(list []*defs.Node, size int) {
	w.hand()
	shares := min(max(size/enoughToPass, 1), len(list))
	t := turns{Out: w.out, waiting: make([][][]byte, shares), over: make([]bool, shares)}
	parallel.All(shares, func(i int) {
		p := writer{style: w.style, depth: w.depth, b: t.Room(), out: turn{&t, i}}
		for _, s := range share(list, i, shares) {
			p.node(s)
		}
		t.end(i, p.b)
	})
}

// turns passes on what several writers write at the same time, that of the first first.
type turns struct {
	Out
	mu      sync.Mutex
	first   int        // of the writers that are not over: its pieces are passed on as they come
	waiting [][][]byte // the pieces of those behind it
	over    []bool
}

// turn is what one of the writers writes to.
type turn struct {
	*turns
	i int
}

func (t turn) Pass(piece []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.i == t.first {
		t.Out.Pass(piece)
	} else {
		t.waiting[t.i] = append(t.waiting[t.i], piece)
	}
}

// end takes a writer's last piece.
func (t *turns) end(i int, piece []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting[i] = append(t.waiting[i], piece)
	t.over[i] = true
	for ; t.first < len(t.over); t.first++ {
		for _, piece := range t.waiting[t.first] {
			t.Out.Pass(piece)
		}
		t.waiting[t.first] = nil
		if !t.over[t.first] {
			return
		}
	}
}
