package wire

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

// EncodeRequest gives the payload of a request. It refuses, as
// fault.Argument, what is known to kill a real server, and what the protocol
// cannot express.
func EncodeRequest(r Request) ([]byte, error) {
	if err := guard(r); err != nil {
		return nil, err
	}
	return registry().Encode(requestKey, &requestDocument{r})
}

// DecodeRequest reads the payload of a request. It keeps no part of payload.
// Errors are fault.Protocol, or fault.TooLarge for a payload beyond reason.
func DecodeRequest(payload []byte) (Request, error) {
	var document requestDocument
	if err := registry().Decode(payload, &document); err != nil {
		return nil, err
	}
	return document.Cmd, nil
}

// EncodeReply gives the payload of a reply. Equal pointers within it are
// written once, and come back as equal pointers.
func EncodeReply(r Reply) ([]byte, error) {
	return registry().Encode(replyKey, &replyDocument{r})
}

// DecodeReply reads the payload of a reply. It keeps no part of payload.
// Errors are fault.Protocol, or fault.TooLarge for a payload beyond reason.
func DecodeReply(payload []byte) (Reply, error) {
	var document replyDocument
	if err := registry().Decode(payload, &document); err != nil {
		return nil, err
	}
	return document.Cmd, nil
}
