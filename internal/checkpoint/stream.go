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
	whole  bool // there are no more pieces

	// The writing goroutine's, until done.
	id       id
	err      error
	hastened int // bytes of the file that are on their way to the disk
}

// enoughToHasten is how much is sent on its way to the disk while there is more to come, so that little is left for the end.
const enoughToHasten = 1 << 20

// rooms are for pieces. They go from one check point to the next: new ones for all of a large definition have to be
// cleared, and make it more likely that garbage is collected meanwhile.
var rooms sync.Pool

// roomSize is somewhat more than pieces have.
const roomSize = 288 << 10

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

// Room is for a piece.
func (s *stream) Room() []byte {
	if b, ok := rooms.Get().(*[]byte); ok {
		return (*b)[:0]
	}
	return make([]byte, 0, roomSize)
}

// Pass takes a piece.
func (s *stream) Pass(piece []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pieces = append(s.pieces, piece)
	s.more.Signal()
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
		rooms.Put(&piece)
	}
}

func (s *stream) write(piece []byte) error {
	if more := s.id.size - s.hastened; more >= enoughToHasten {
		if err := s.file.Hasten(int64(s.hastened), int64(more)); err != nil {
			return err
		}
		s.hastened = s.id.size
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
