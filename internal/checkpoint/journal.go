package checkpoint

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// A journal is a line of text and records. A record is
//
//	length   4 bytes, of what follows the sum
//	sum      4 bytes, CRC-32C of what follows
//	count    varint, how often calendars were updated
//	edits    varint, how many; each two texts (varint length, bytes): path and entry of the edit history
//	changes  the rest: a reply to --sync, as it travels
//
// numbers are little endian. What follows the last whole record was never acknowledged.
const (
	magic      = "ecflow-go journal 1 "
	middle     = ".journal."
	headLength = 8
)

// id is what tells check points apart.
type id struct {
	sum  uint32
	size int
}

func (i id) String() string { return fmt.Sprintf("%08x-%d", i.sum, i.size) }

func identify(content []byte) id {
	return id{crc32.Checksum(content, castagnoli()), len(content)}
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// journalName is that of the journal of a check point, which stands at path or stood there.
func journalName(path string, i id) string { return path + middle + i.String() }

// record is what one commit adds.
type record struct {
	calendars int
	edits     []defs.Edit
	changes   *wire.DefsDelta // nil: none
}

// append appends the record as bytes.
func (r *record) append(b []byte) ([]byte, error) {
	start := len(b)
	b = append(b, make([]byte, headLength)...)
	b = binary.AppendUvarint(b, uint64(max(r.calendars, 0)))
	b = binary.AppendUvarint(b, uint64(len(r.edits)))
	for _, e := range r.edits {
		for _, s := range []string{e.Path, e.Entry} {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
	}
	if r.changes != nil {
		changes, err := wire.EncodeReply(&wire.SSyncCmd{IncrementalChanges: *r.changes})
		if err != nil {
			return b[:start], err
		}
		b = append(b, changes...)
	}
	body := b[start+headLength:]
	if uint64(len(body)) > 1<<31 {
		return b[:start], fault.New(fault.TooLarge, "a change too large for the journal")
	}
	binary.LittleEndian.PutUint32(b[start:], uint32(len(body)))
	binary.LittleEndian.PutUint32(b[start+4:], identify(body).sum)
	return b, nil
}

// reader reads numbers and texts of a record.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) number() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.failed = true
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) text() string {
	n := r.number()
	if r.failed || n > uint64(len(r.b)) {
		r.failed = true
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

// decode reads what append wrote, without length and sum.
func decode(body []byte) (*record, error) {
	r := reader{b: body}
	found := &record{calendars: int(r.number() & (1<<62 - 1))}
	n := r.number()
	for ; n > 0 && !r.failed; n-- {
		found.edits = append(found.edits, defs.Edit{Path: r.text(), Entry: r.text()})
	}
	if r.failed {
		return nil, fault.New(fault.Protocol, "a record of the journal is broken")
	}
	if len(r.b) == 0 {
		return found, nil
	}
	reply, err := wire.DecodeReply(r.b)
	if err != nil {
		return nil, err
	}
	s, ok := reply.(*wire.SSyncCmd)
	if !ok {
		return nil, fault.New(fault.Protocol, "a record of the journal holds no changes")
	}
	found.changes = &s.IncrementalChanges
	return found, nil
}

// replay does again what a journal tells, and says how many records that were. The end of the
// journal may be missing or garbage; a record that is whole and yet does not fit is an error.
func replay(d *defs.Defs, journal []byte, of id) (records int, err error) {
	head := magic + of.String() + "\n"
	if !strings.HasPrefix(string(journal[:min(len(head), len(journal))]), head) {
		return 0, nil // not even its head came to the disk
	}
	for b := journal[len(head):]; len(b) >= headLength; records++ {
		length, sum := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		if uint64(length) > uint64(len(b)-headLength) {
			break
		}
		body := b[headLength:][:length]
		if identify(body).sum != sum {
			break
		}
		b = b[headLength+len(body):]
		r, err := decode(body)
		if err != nil {
			return records, err
		}
		if r.changes != nil {
			if _, err := delta.Apply(d, r.changes); err != nil {
				return records, err
			}
		}
		for _, e := range r.edits {
			d.AddHistory(e.Path, e.Entry)
		}
		d.SetCalendarCount(r.calendars)
	}
	return records, nil
}

// journal is an open one.
type journal struct {
	file file
	name string
	size int64
}

// add puts bytes at the end and waits until they are on disk.
func (j *journal) add(b []byte) error {
	n, err := j.file.Write(b)
	j.size += int64(n)
	if err != nil {
		return err
	}
	return j.file.Sync()
}

// newJournal makes the journal of a check point that is about to stand at path, with what is to
// be in it from the start.
func newJournal(on disk, path string, of id, start []byte) (*journal, error) {
	j := &journal{name: journalName(path, of)}
	part := j.name + ".new"
	f, err := on.Create(part)
	if err != nil {
		return nil, err
	}
	j.file = f
	if err = j.add(append([]byte(magic+of.String()+"\n"), start...)); err == nil {
		if err = on.Rename(part, j.name); err == nil {
			err = on.SyncDirectory(filepath.Dir(path))
		}
	}
	if err != nil {
		_ = f.Close()
		_ = on.Remove(part)
		return nil, err
	}
	return j, nil
}

// forget removes the journals of all check points but those, or all.
func forget(on disk, path string, keep ...id) {
	names := map[string]bool{}
	for _, i := range keep {
		names[journalName(path, i)] = true
	}
	for _, name := range on.List(path + middle) {
		if !names[name] {
			_ = on.Remove(name) // what stays is passed over
		}
	}
}
