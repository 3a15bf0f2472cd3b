package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"

	"github.com/ecflow-go/ecflow/fault"
)

const (
	// HeaderLength is the size of what stands before a payload.
	HeaderLength = 8
	// DefaultLimit is the largest payload that [ReadFrame] accepts unless told
	// otherwise: 1 GiB.
	DefaultLimit = 1 << 30
	largestFrame = 1<<32 - 1 // what eight hexadecimal digits can tell
	// Below this, header and payload leave in one write (one TLS record, one
	// packet); above, copying costs more than a second write.
	oneWrite = 64 << 10
	// A payload gets this much room at once; more only as it arrives.
	firstRead = 64 << 10
	// That much having arrived, up to so many times as much, and so on.
	trust = 1 << 10
)

// TLSProtocol is what our own clients and servers call the protocol within TLS
// (its ALPN name). The original's neither offer nor choose one: who does is ours,
// and knows of resumption.
const TLSProtocol = "ecflow-go"

// AppendHeader appends the length of a payload as it stands before it. The
// payload must not be larger than 4 GiB - 1, which is all the header can tell.
func AppendHeader(b []byte, length int) []byte {
	const digits = "0123456789abcdef"
	var header [HeaderLength]byte
	at := len(header)
	for left := uint32(length); ; left >>= 4 {
		at--
		header[at] = digits[left&15]
		if left < 16 {
			break
		}
	}
	for at > 0 {
		at--
		header[at] = ' '
	}
	return append(b, header[:]...)
}

// WriteFrame writes a payload behind its length, in hexadecimal, right aligned
// in eight characters. It gives the writer's error as it is.
func WriteFrame(w io.Writer, payload []byte) error {
	if len(payload) > largestFrame {
		return fault.New(fault.Argument, fmt.Sprintf("a request of %d bytes is more than the protocol can carry", len(payload)))
	}
	frame := make([]byte, 0, HeaderLength+min(len(payload), oneWrite))
	frame = AppendHeader(frame, len(payload))
	if len(payload) <= oneWrite {
		_, err := w.Write(append(frame, payload...))
		return err
	}
	if _, err := w.Write(frame); err != nil {
		return err
	}
	_, err := w.Write(payload)
	return err
}

// ReadFrame reads one header and its payload, and nothing behind it. limit is
// the largest payload to accept, in bytes; 0 stands for [DefaultLimit]. Memory
// is taken as data arrives, not as the header promises.
//
// Errors are of these kinds: fault.Truncated when the stream ends too early,
// and then errors.Is(err, io.EOF) tells that not one byte came;
// fault.TooLarge; fault.HTTPServer and fault.PlainToTLS when the peer plainly
// speaks those; fault.Protocol for any other header; fault.Timeout and
// fault.Connect, with their cause, when reading fails.
func ReadFrame(r io.Reader, limit int64) ([]byte, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	var header [HeaderLength]byte
	if n, err := io.ReadFull(r, header[:]); err != nil {
		if foreign := foreignPeer(header[:n]); foreign != nil {
			return nil, foreign
		}
		if n == 0 && errors.Is(err, io.EOF) {
			return nil, &fault.Error{Kind: fault.Truncated, Msg: "the connection was closed without a message", Err: io.EOF}
		}
		return nil, readFault(err, "header")
	}
	length, err := ParseHeader(header[:])
	if err != nil {
		return nil, err
	}
	if length > uint64(limit) {
		return nil, fault.New(fault.TooLarge, fmt.Sprintf("a message of %d bytes is announced, the limit is %d", length, limit))
	}
	return readPayload(r, int(length))
}

func readPayload(r io.Reader, length int) ([]byte, error) {
	payload := make([]byte, min(length, firstRead))
	for done := 0; ; {
		n, err := io.ReadFull(r, payload[done:])
		if done += n; done == length {
			return payload, nil
		}
		if err != nil {
			return nil, readFault(err, fmt.Sprintf("message, after %d of %d bytes", done, length))
		}
		more := make([]byte, min(length, trust*len(payload)))
		copy(more, payload)
		payload = more
	}
}

// readFault classifies an error of the reader.
func readFault(err error, where string) error {
	var timeout net.Error
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &fault.Error{Kind: fault.Truncated, Msg: "the connection was closed in the middle of a " + where, Err: io.ErrUnexpectedEOF}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &fault.Error{Kind: fault.Timeout, Msg: "time ran out in the middle of a " + where, Err: err}
	}
	return &fault.Error{Kind: fault.Connect, Msg: "the connection broke in the middle of a " + where, Err: err}
}

// ParseHeader reads the length as real servers do, which use the stream
// extraction of C++: blanks, a sign and 0x may come first, anything may follow.
// Errors are as those of [ReadFrame].
func ParseHeader(header []byte) (uint64, error) {
	text := bytes.TrimLeft(header, " \t\n\v\f\r")
	negative := false
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		negative = text[0] == '-'
		text = text[1:]
	}
	for len(text) > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') {
		text = text[2:]
	}
	digits := 0
	for digits < len(text) && isHex(text[digits]) {
		digits++
	}
	if digits == 0 {
		if err := foreignPeer(header); err != nil {
			return 0, err
		}
		return 0, fault.New(fault.Protocol, "a message begins with "+strconv.Quote(string(header))+", which is no length")
	}
	length, err := strconv.ParseUint(string(text[:digits]), 16, 64)
	if err != nil || negative && length > 0 {
		return 0, fault.New(fault.Protocol, "a message begins with the impossible length "+strconv.Quote(string(header)))
	}
	return length, nil
}

// foreignPeer recognises, by the first bytes, peers that speak something else.
func foreignPeer(start []byte) error {
	switch {
	case bytes.HasPrefix(start, []byte("HTTP/")):
		return fault.New(fault.HTTPServer, "the peer answers in HTTP")
	case len(start) >= 2 && (start[0] == 0x15 || start[0] == 0x16) && start[1] == 0x03:
		return fault.New(fault.PlainToTLS, "the peer speaks TLS")
	}
	return nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
