package fault

import "strconv"

// Kind is what went wrong, in one word. A Kind is itself an error value, so
// that errors.Is(err, fault.Refused) works.
type Kind int32

// The kinds. Numbers from 100 on refine the kind in their hundreds: 801 is a
// sort of 8, and errors.Is matches both.
const (
	Internal    Kind = 1  // a defect in this library
	Argument    Kind = 2  // a value the caller gave cannot be used
	Config      Kind = 3  // environment, settings or a file they name are wrong
	Parse       Kind = 4  // text that should be a definition, expression or command line is not
	Check       Kind = 5  // well-formed but refers to what is not there
	NotFound    Kind = 6  // no such node, attribute or file
	Connect     Kind = 7  // no connection could be made, or it broke
	TLS         Kind = 8  // the secure channel could not be made
	Timeout     Kind = 9  // time ran out
	Cancelled   Kind = 10 // the caller asked to stop
	Auth        Kind = 11 // the server does not accept this user, password or permission
	Refused     Kind = 12 // the server answered the request with an error
	Protocol    Kind = 13 // the peer does not speak the protocol as known here
	Unsupported Kind = 14 // known, but not by this server or this build
	Blocked     Kind = 15 // a child command held back: zombie, or halted server
	Busy        Kind = 16 // another thread is at it; try again

	WrongType Kind = 201 // an argument of a type that cannot be used
	Index     Kind = 601 // no such position
	Key       Kind = 602 // no such key
	Attribute Kind = 603 // an object has no member or child of that name

	TLSMissing     Kind = 801  // the certificate file is not there
	TLSBadFile     Kind = 802  // the certificate file is there but holds no usable certificate
	TLSPlainServer Kind = 803  // TLS was spoken to a server that does not
	TLSUntrusted   Kind = 804  // the server presents another certificate than the trusted file holds
	TLSExpired     Kind = 805  // the certificate is expired or not yet valid
	TLSVersion     Kind = 806  // the two ends share no TLS version or cipher
	TLSHostName    Kind = 807  // strict mode: the certificate is for another name
	PlainToTLS     Kind = 1301 // plain was spoken and the server closed at once: likely a TLS server
	HTTPServer     Kind = 1302 // the peer answers HTTP
	TooLarge       Kind = 1303 // a reply above the size limit
	Truncated      Kind = 1304 // the peer closed in the middle of a reply
	BlockedZombie  Kind = 1501 // the server holds the task for a zombie
	BlockedHalted  Kind = 1502 // the server is halted
)

var names = map[Kind]string{
	Internal: "internal", Argument: "argument", Config: "config", Parse: "parse", Check: "check",
	NotFound: "not_found", Connect: "connect", TLS: "tls", Timeout: "timeout", Cancelled: "cancelled",
	Auth: "auth", Refused: "refused", Protocol: "protocol", Unsupported: "unsupported", Blocked: "blocked", Busy: "busy",
	WrongType: "wrong_type", Index: "index", Key: "key", Attribute: "attribute",
	TLSMissing: "tls_missing", TLSBadFile: "tls_bad_file", TLSPlainServer: "tls_plain_server",
	TLSUntrusted: "tls_untrusted", TLSExpired: "tls_expired", TLSVersion: "tls_version", TLSHostName: "tls_host_name",
	PlainToTLS: "plain_to_tls", HTTPServer: "http_server", TooLarge: "too_large", Truncated: "truncated",
	BlockedZombie: "blocked_zombie", BlockedHalted: "blocked_halted",
}

// Kinds lists every kind, in order of number.
func Kinds() []Kind {
	return []Kind{
		Internal, Argument, Config, Parse, Check, NotFound, Connect, TLS, Timeout, Cancelled, Auth, Refused,
		Protocol, Unsupported, Blocked, Busy,
		WrongType, Index, Key, Attribute,
		TLSMissing, TLSBadFile, TLSPlainServer, TLSUntrusted, TLSExpired, TLSVersion, TLSHostName,
		PlainToTLS, HTTPServer, TooLarge, Truncated, BlockedZombie, BlockedHalted,
	}
}

// String is the kind's fixed name, as Python's Error.kind shows it.
func (k Kind) String() string {
	if s, ok := names[k]; ok {
		return s
	}
	return "kind " + strconv.Itoa(int(k))
}

// Error makes a Kind an error value.
func (k Kind) Error() string { return k.String() }

// Parent is the kind this one refines, or itself.
func (k Kind) Parent() Kind {
	if k >= 100 {
		return k / 100
	}
	return k
}

// Within reports whether k is other or a refinement of it.
func (k Kind) Within(other Kind) bool { return k == other || k.Parent() == other }
