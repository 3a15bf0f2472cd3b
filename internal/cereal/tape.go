package cereal

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"

	"github.com/ecflow-go/ecflow/fault"
)

type kind uint8

const (
	kindObject kind = iota
	kindArray
	kindString
	kindInteger
	kindNumber // any other number
	kindTrue
	kindFalse
	kindNull
)

// A value is one entry of the tape: the document's values in document order.
// In objects, keys (strings) and values alternate.
type value struct {
	start, end uint32 // of its text; for strings without the quotes
	next       uint32 // index of the entry behind this one and all it contains
	kind       kind
	escaped    bool // a string that holds escapes
}

// A tape is a parsed document. It keeps positions only, so that strings stay
// the bytes they are.
type tape struct {
	data   []byte
	values []value
	open   []uint32 // objects and arrays not yet closed
}

func (t *tape) syntax(at int, msg string) error {
	return malformed(msg + " at byte " + strconv.Itoa(at))
}

// parse fills the tape from data, which must hold one value and nothing else.
func (t *tape) parse(data []byte) error {
	if len(data) > maxBytes {
		return fault.New(fault.TooLarge, "message of "+strconv.Itoa(len(data))+" bytes is too large to be read")
	}
	t.data, t.values, t.open = data, t.values[:0], t.open[:0]
	i := skipSpace(data, 0)
	for {
		var err error
		if i, err = t.value(i); err != nil {
			return err
		}
		if i, err = t.close(i); err != nil {
			return err
		}
		if len(t.open) == 0 {
			break
		}
		if len(t.values) >= maxValues {
			return fault.New(fault.TooLarge, "message holds too many values")
		}
	}
	if i = skipSpace(data, i); i != len(data) {
		return t.syntax(i, "text behind the document")
	}
	return nil
}

// value reads what begins at i: a whole scalar, an empty container, or the
// opening of a container and, in an object, its first key.
func (t *tape) value(i int) (int, error) {
	for {
		if i >= len(t.data) {
			return i, t.syntax(i, "document ends too early")
		}
		switch c := t.data[i]; {
		case c == '"':
			return t.string(i)
		case c == '{' || c == '[':
			k, closing := kindObject, byte('}')
			if c == '[' {
				k, closing = kindArray, ']'
			}
			if len(t.open) >= maxDepth {
				return i, fault.New(fault.TooLarge, "message is nested too deeply")
			}
			t.open = append(t.open, uint32(len(t.values)))
			t.room(i)
			t.values = append(t.values, value{start: uint32(i), kind: k})
			i = skipSpace(t.data, i+1)
			if i < len(t.data) && t.data[i] == closing {
				return i, nil // close takes it from here
			}
			if k == kindObject {
				var err error
				if i, err = t.key(i); err != nil {
					return i, err
				}
			}
		case c == '-' || c >= '0' && c <= '9' || c == 'N' || c == 'I':
			return t.number(i)
		case c == 't':
			return t.literal(i, "true", kindTrue)
		case c == 'f':
			return t.literal(i, "false", kindFalse)
		case c == 'n':
			return t.literal(i, "null", kindNull)
		default:
			return i, t.syntax(i, "unexpected character "+strconv.QuoteRune(rune(c)))
		}
	}
}

// close ends containers as long as they end at i, then steps over the comma
// and the key to where the next value begins.
func (t *tape) close(i int) (int, error) {
	for len(t.open) > 0 {
		i = skipSpace(t.data, i)
		if i >= len(t.data) {
			return i, t.syntax(i, "document ends too early")
		}
		top := &t.values[t.open[len(t.open)-1]]
		switch c := t.data[i]; {
		case c == '}' && top.kind == kindObject, c == ']' && top.kind == kindArray:
			i++
			top.end, top.next = uint32(i), uint32(len(t.values))
			t.open = t.open[:len(t.open)-1]
		case c == ',':
			i = skipSpace(t.data, i+1)
			if top.kind == kindObject {
				return t.key(i)
			}
			return i, nil
		default:
			return i, t.syntax(i, "comma or closing bracket missing")
		}
	}
	return i, nil
}

func (t *tape) key(i int) (int, error) {
	if i >= len(t.data) || t.data[i] != '"' {
		return i, t.syntax(i, "member without a name")
	}
	i, err := t.string(i)
	if err != nil {
		return i, err
	}
	if i = skipSpace(t.data, i); i >= len(t.data) || t.data[i] != ':' {
		return i, t.syntax(i, "colon missing")
	}
	return skipSpace(t.data, i+1), nil
}

// room makes room for one more entry; when a long tape is full, for as many as the rest of
// the document promises by what was read of it up to byte at.
func (t *tape) room(at int) {
	const long = 4096
	if n := len(t.values); n == cap(t.values) && n >= long {
		t.values = slices.Grow(t.values, min(max(n, len(t.data)/(at+1)*n*9/8), maxValues))
	}
}

func (t *tape) scalar(start, end int, k kind, escaped bool) {
	t.room(end)
	t.values = append(t.values, value{
		start: uint32(start), end: uint32(end), next: uint32(len(t.values)) + 1, kind: k, escaped: escaped,
	})
}

func (t *tape) string(quote int) (int, error) {
	escaped := false
	for i := plain(t.data, quote+1); i < len(t.data); i = plain(t.data, i+1) {
		switch c := t.data[i]; {
		case c == '"':
			t.scalar(quote+1, i, kindString, escaped)
			return i + 1, nil
		case c == '\\':
			escaped = true
			n := escapeLength(t.data[i:])
			if n == 0 {
				return i, t.syntax(i, "bad escape in a string")
			}
			i += n - 1
		case c < 0x20:
			return i, t.syntax(i, "control character in a string")
		}
	}
	return quote, t.syntax(quote, "string without an end")
}

// plain skips the bytes of a string that need no attention, from i on.
func plain(data []byte, i int) int {
	for ; i+8 <= len(data); i += 8 {
		if found := special(binary.LittleEndian.Uint64(data[i:])); found != 0 {
			return i + bits.TrailingZeros64(found)/8 // the first is right, whatever is behind it
		}
	}
	for i < len(data) && data[i] >= 0x20 && data[i] != '"' && data[i] != '\\' {
		i++
	}
	return i
}

// special marks, by their highest bits, those of eight bytes that are quotes, backslashes or control characters; of
// marks behind the first some may be wrong.
func special(x uint64) uint64 {
	const low, high = 0x0101010101010101, 0x8080808080808080
	quote, slash := x^low*'"', x^low*'\\'
	return ((quote-low)&^quote | (slash-low)&^slash | (x-low*0x20)&^x) & high
}

func (t *tape) literal(i int, word string, k kind) (int, error) {
	if !bytes.HasPrefix(t.data[i:], []byte(word)) {
		return i, t.syntax(i, "unknown word")
	}
	t.scalar(i, i+len(word), k, false)
	return i + len(word), nil
}

// number reads a JSON number, or one of the words for what is none, which the
// original writes for such floating point values.
func (t *tape) number(start int) (int, error) {
	i, k := start, kindInteger
	at := func() byte {
		if i < len(t.data) {
			return t.data[i]
		}
		return 0
	}
	digits := func() bool {
		from := i
		for c := at(); c >= '0' && c <= '9'; c = at() {
			i++
		}
		return i > from
	}
	if at() == '-' {
		i++
	}
	for _, word := range [...]string{"NaN", "Infinity", "Inf"} {
		if bytes.HasPrefix(t.data[i:], []byte(word)) {
			i += len(word)
			t.scalar(start, i, kindNumber, false)
			return i, nil
		}
	}
	if at() == '0' {
		i++
	} else if !digits() {
		return start, t.syntax(start, "bad number")
	}
	if at() == '.' {
		i++
		k = kindNumber
		if !digits() {
			return start, t.syntax(start, "bad number")
		}
	}
	if c := at(); c == 'e' || c == 'E' {
		i++
		k = kindNumber
		if c := at(); c == '+' || c == '-' {
			i++
		}
		if !digits() {
			return start, t.syntax(start, "bad number")
		}
	}
	t.scalar(start, i, k, false)
	return i, nil
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\r' || data[i] == '\t') {
		i++
	}
	return i
}

// raw is a value's text; for strings with the escapes still in.
func (t *tape) raw(at uint32) []byte { return t.data[t.values[at].start:t.values[at].end] }

func (t *tape) uint(at uint32, limit uint64) (uint64, bool) {
	if t.values[at].kind != kindInteger {
		return 0, false
	}
	n, err := strconv.ParseUint(string(t.raw(at)), 10, 64)
	return n, err == nil && n <= limit
}

func (t *tape) int(at uint32, low, high int64) (int64, bool) {
	if t.values[at].kind != kindInteger {
		return 0, false
	}
	n, err := strconv.ParseInt(string(t.raw(at)), 10, 64)
	return n, err == nil && n >= low && n <= high
}
