package wire

import (
	"errors"
	"io"
)

// Request is what a client asks: a pointer to one of the *Cmd structs that
// embed [UserCmd] or [TaskCmd].
type Request interface {
	// Host gives the field that names the client's machine.
	Host() *string
}

// UserRequest is a request that a person or a script makes.
type UserRequest interface {
	Request
	// AsUser gives the embedded base, to be read or filled.
	AsUser() *UserCmd
}

// TaskRequest is a request that a running task makes (a child command).
type TaskRequest interface {
	Request
	// AsTask gives the embedded base, to be read or filled.
	AsTask() *TaskCmd
}

// Reply is what a server answers: a pointer to one of the structs that embed
// [ServerToClientCmd].
type Reply interface {
	isReply()
}

var errNotYet = errors.New("wire: codec not there yet")

// EncodeRequest gives the payload of a request. It refuses, as
// fault.Argument, what is known to kill a real server.
func EncodeRequest(r Request) ([]byte, error) { return nil, errNotYet }

// DecodeRequest reads the payload of a request. Errors are fault.Protocol.
func DecodeRequest(payload []byte) (Request, error) { return nil, errNotYet }

// EncodeReply gives the payload of a reply.
func EncodeReply(r Reply) ([]byte, error) { return nil, errNotYet }

// DecodeReply reads the payload of a reply. Errors are fault.Protocol.
func DecodeReply(payload []byte) (Reply, error) { return nil, errNotYet }

// WriteFrame writes the length header and the payload.
func WriteFrame(w io.Writer, payload []byte) error { return errNotYet }

// ReadFrame reads one header and its payload; limit is the largest payload
// accepted, in bytes, 0 for 1 GiB.
func ReadFrame(r io.Reader, limit int64) ([]byte, error) { return nil, errNotYet }
