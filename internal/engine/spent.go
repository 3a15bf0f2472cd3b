package engine

import (
	"os"
	"sync"
)

// spent are the files of nodes that were restored. They go when a check point that holds the nodes is on disk: until then
// the last one on disk says that the nodes are in those files.
type spent struct {
	mu     sync.Mutex
	files  map[string]bool
	saving []string // those that the check point being written makes superfluous
}

func (s *spent) add(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[string]bool{}
	}
	s.files[path] = true
}

// has reports whether the file only waits to be deleted.
func (s *spent) has(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files[path]
}

// keep keeps all the files: the definition is again one that says that nodes are in them.
func (s *spent) keep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.files)
}

// rewritten tells that the file holds another archive now.
func (s *spent) rewritten(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, path)
}

// take notes what a check point taken now makes superfluous.
func (s *spent) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saving = s.saving[:0]
	for path := range s.files {
		s.saving = append(s.saving, path)
	}
}

// saved tells that this check point is on disk.
func (s *spent) saved() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range s.saving {
		if s.files[path] {
			_ = os.Remove(path)
			delete(s.files, path)
		}
	}
	s.saving = s.saving[:0]
}
