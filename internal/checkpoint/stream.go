package checkpoint

import (
	"errors"
	"hash/crc32"
	"sync"
)

// stream writes a file while its content comes into being. Who gives the content does not wait for the disk.
type stream struct {
	path string
	file file
	done chan struct{} // closed when all is written

	mu     sync.Mutex
	more   *sync.Cond
	pieces [][]byte
	rooms  [][]byte // of pieces that are written
	whole  bool     // there are no more pieces

	// The writing goroutine's, until done.
	id     id
	err    error
	synced int // bytes of the file that have been brought to the disk
}

// enoughToSync is how much is brought to the disk while there is more to come, so that little is left for the end.
const enoughToSync = 4 << 20

// firstRoom is somewhat more than pieces have.
const firstRoom = 288 << 10

func newStream(on disk, path string) (*stream, error) {
	f, err := on.Create(path)
	if err != nil {
		return nil, unwritten(path, err)
	}
	s := &stream{path: path, file: f, done: make(chan struct{})}
	s.more = sync.NewCond(&s.mu)
	go s.run()
	return s, nil
}

// pass takes a piece, and gives the room for another.
func (s *stream) pass(piece []byte) (room []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pieces = append(s.pieces, piece)
	s.more.Signal()
	if last := len(s.rooms) - 1; last >= 0 {
		room = s.rooms[last]
		s.rooms = s.rooms[:last]
		return room[:0]
	}
	return make([]byte, 0, firstRoom)
}

// end takes the last piece, and gives the content's id once all is on disk.
func (s *stream) end(piece []byte) (id, error) {
	s.mu.Lock()
	s.pieces = append(s.pieces, piece)
	s.whole = true
	s.more.Signal()
	s.mu.Unlock()
	<-s.done
	err := s.err
	if err == nil {
		err = s.file.Sync()
	}
	return s.id, unwritten(s.path, errors.Join(err, s.file.Close()))
}

func (s *stream) run() {
	defer close(s.done)
	for {
		piece, ok := s.next()
		if !ok {
			return
		}
		if s.err == nil {
			s.err = s.write(piece)
		}
		s.id.sum = crc32.Update(s.id.sum, castagnoli(), piece)
		s.id.size += len(piece)
		s.mu.Lock()
		s.rooms = append(s.rooms, piece)
		s.mu.Unlock()
	}
}

func (s *stream) write(piece []byte) error {
	if s.id.size-s.synced >= enoughToSync {
		s.synced = s.id.size
		if err := s.file.Sync(); err != nil {
			return err
		}
	}
	_, err := s.file.Write(piece)
	return err
}

// next waits for a piece.
func (s *stream) next() (piece []byte, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.pieces) == 0 {
		if s.whole {
			return nil, false
		}
		s.more.Wait()
	}
	piece = s.pieces[0]
	s.pieces = s.pieces[1:]
	return piece, true
}
