package cereal

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// appendString writes s as the original does: only what must be escaped is,
// and every other byte goes through as it is.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	b = append(slices.Grow(b, writtenLength(s)), '"')
	data := unsafe.Slice(unsafe.StringData(s), len(s))
	from := 0
	for i := plain(data, 0); i < len(data); i = plain(data, from) {
		c := data[i]
		b = append(b, data[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, '\\', 'b')
		case '\f':
			b = append(b, '\\', 'f')
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	b = append(b, data[from:]...)
	return append(b, '"')
}

// writtenLength is how much room a string will take, seldom less; for a long one, such as a
// definition, with what will follow it.
func writtenLength(s string) int {
	const long = 4096
	if len(s) < long {
		return len(s) + len(s)/32 + 2
	}
	return len(s) + strings.Count(s, "\n") + strings.Count(s, `"`) + strings.Count(s, `\`) + long
}

// escapeLength gives the length of the escape that b begins with, 0 if it is
// none. A high surrogate counts with the low one that must follow.
func escapeLength(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	if b[1] != 'u' {
		if strings.IndexByte(`"\/bfnrt`, b[1]) < 0 {
			return 0
		}
		return 2
	}
	switch r := hexRune(b); {
	case r < 0:
		return 0
	case r >= 0xD800 && r < 0xDC00:
		if low := hexRune(b[6:]); low < 0xDC00 || low > 0xDFFF {
			return 0
		}
		return 12
	}
	return 6
}

// hexRune reads \uXXXX at the start of b; -1 if it is not there.
func hexRune(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range b[2:6] {
		r <<= 4
		switch {
		case c >= '0' && c <= '9':
			r |= rune(c - '0')
		case c >= 'a' && c <= 'f':
			r |= rune(c-'a') + 10
		case c >= 'A' && c <= 'F':
			r |= rune(c-'A') + 10
		default:
			return -1
		}
	}
	return r
}

// unescape gives the string whose text, with valid escapes, is b. As in the
// original, whose strings end there, a NUL cuts it short.
func unescape(b []byte) string {
	var out strings.Builder
	out.Grow(len(b))
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 {
			out.Write(b)
			return out.String()
		}
		out.Write(b[:i])
		b = b[i:]
		n := escapeLength(b)
		switch c := b[1]; c {
		case 'b':
			out.WriteByte('\b')
		case 'f':
			out.WriteByte('\f')
		case 'n':
			out.WriteByte('\n')
		case 'r':
			out.WriteByte('\r')
		case 't':
			out.WriteByte('\t')
		case 'u':
			r := hexRune(b)
			switch {
			case r == 0:
				return out.String()
			case n == 12:
				r = 0x10000 + (r-0xD800)<<10 + hexRune(b[6:]) - 0xDC00
				out.WriteRune(r)
			case r >= 0xD800 && r <= 0xDFFF: // a low surrogate by itself, which utf8 would replace
				out.Write([]byte{0xE0 | byte(r>>12), utf8.RuneSelf | byte(r>>6)&0x3F, utf8.RuneSelf | byte(r)&0x3F})
			default:
				out.WriteRune(r)
			}
		default:
			out.WriteByte(c)
		}
		b = b[n:]
	}
}

// stringEnd finds the quote that ends the string whose text begins at i; -1 if there is none.
func stringEnd(data []byte, i int) int {
	from := i
	for {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slashes := i
		for slashes > from && data[slashes-1] == '\\' {
			slashes--
		}
		if (i-slashes)%2 == 0 {
			return i
		}
		i++
		from = i
	}
}

// unescaped says what the letter behind a backslash stands for; 0: something unusual or wrong.
var unescaped = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescapeUsual is unescape for text that has not been checked: false if it holds escapes by
// number, or is wrong.
func unescapeUsual(b []byte) (string, bool) {
	if hasControl(b) {
		return "", false
	}
	out := make([]byte, 0, len(b))
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 {
			out = append(out, b...)
			return unsafe.String(unsafe.SliceData(out), len(out)), true
		}
		if i+1 == len(b) || unescaped[b[i+1]] == 0 {
			return "", false
		}
		out = append(append(out, b[:i]...), unescaped[b[i+1]])
		b = b[i+2:]
	}
}

// hasControl reports whether there are control characters.
func hasControl(b []byte) bool {
	const low, high = 0x0101010101010101, 0x8080808080808080
	var found uint64
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		found |= (x - low*0x20) &^ x // right as long as there is none
	}
	for ; i < len(b); i++ {
		if b[i] < 0x20 {
			return true
		}
	}
	return found&high != 0
}

// quoteShort quotes text from the wire for an error message.
func quoteShort(b []byte) string {
	const most = 60
	if len(b) > most {
		return strconv.Quote(string(b[:most])) + "..."
	}
	return strconv.Quote(string(b))
}
