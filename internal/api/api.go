// Package api describes the part of the Python package that is no command: the
// enumerations and the error classes. Together with the command table it is
// what the generators in internal/gen read.
//
// The numbers of enumerations are those on the wire, the same in every server
// from 5.9.2 to 5.19.0 except where noted.
package api

import "github.com/ecflow-go/ecflow/fault"

// Enum is an enumeration as Python shows it.
type Enum struct {
	Name   string
	Doc    string // first line is the summary
	Values []Value
}

// Value is one member.
type Value struct {
	Name   string
	Number int
}

// Enums lists the enumerations, in order of name.
var Enums = []Enum{
	{"AttrType", "Kinds of attributes, for sort_attributes().",
		[]Value{{"event", 1}, {"meter", 2}, {"label", 3}, {"limit", 4}, {"variable", 5}, {"all", 6}}},
	{"CheckPt", "When the server writes its check point file, for Client.checkpt().",
		[]Value{{"NEVER", 0}, {"ON_TIME", 1}, {"ALWAYS", 2}, {"UNDEFINED", 3}}},
	{"ChildCmdType", "The commands that jobs send.",
		[]Value{{"init", 0}, {"event", 1}, {"meter", 2}, {"label", 3}, {"wait", 4}, {"queue", 5}, {"abort", 6}, {"complete", 7}}},
	{"DState", "State of a node as people see it: State, and suspended.",
		[]Value{{"unknown", 0}, {"complete", 1}, {"queued", 2}, {"aborted", 3}, {"submitted", 4}, {"active", 5}, {"suspended", 6}}},
	{"Days", "Days of the week.",
		[]Value{{"sunday", 0}, {"monday", 1}, {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5}, {"saturday", 6}}},
	{"FlagType", "Marks on a node. remote_error exists from server 5.13 on.",
		[]Value{{"force_abort", 0}, {"user_edit", 1}, {"task_aborted", 2}, {"edit_failed", 3}, {"jobcmd_failed", 4}, {"no_script", 5},
			{"killed", 6}, {"late", 7}, {"message", 8}, {"byrule", 9}, {"queuelimit", 10}, {"wait", 11}, {"locked", 12}, {"zombie", 13},
			{"no_reque", 14}, {"archived", 15}, {"restored", 16}, {"threshold", 17}, {"sigterm", 18}, {"not_set", 19}, {"log_error", 20},
			{"checkpt_error", 21}, {"killcmd_failed", 22}, {"statuscmd_failed", 23}, {"status", 24}, {"remote_error", 25}}},
	{"SState", "State of a server.",
		[]Value{{"HALTED", 0}, {"SHUTDOWN", 1}, {"RUNNING", 2}}},
	{"State", "State of a node.",
		[]Value{{"unknown", 0}, {"complete", 1}, {"queued", 2}, {"aborted", 3}, {"submitted", 4}, {"active", 5}}},
	{"Style", "What printing a definition shows.",
		[]Value{{"NOTHING", 0}, {"DEFS", 1}, {"STATE", 2}, {"MIGRATE", 3}}},
	{"ZombieType", "What does not fit between a zombie and its task.",
		[]Value{{"user", 0}, {"ecf", 1}, {"ecf_pid", 2}, {"ecf_passwd", 3}, {"ecf_pid_passwd", 4}, {"path", 5}}},
	{"ZombieUserActionType", "What is done with a zombie.",
		[]Value{{"fob", 0}, {"fail", 1}, {"adopt", 2}, {"remove", 3}, {"block", 4}, {"kill", 5}}},
}

// ErrorClass is the Python class of an error kind.
type ErrorClass struct {
	Kind fault.Kind
	Name string
	Twin string // built-in class it also is, or ""
	Doc  string
}

// ErrorClasses lists one class for every kind, those of coarse kinds first: they
// are the bases of the fine ones.
var ErrorClasses = []ErrorClass{
	{fault.Internal, "InternalError", "", "A defect in this package. After one, the library refuses to work."},
	{fault.Argument, "ArgumentError", "ValueError", "A value that cannot be used."},
	{fault.Config, "ConfigError", "", "The environment, the settings or a file they name are wrong."},
	{fault.Parse, "ParseError", "ValueError", "Text that should be a definition, an expression or a command is not."},
	{fault.Check, "CheckError", "ValueError", "Well-formed, but it refers to what is not there."},
	{fault.NotFound, "NotFoundError", "LookupError", "No such node, attribute or file."},
	{fault.Connect, "ConnectError", "ConnectionError", "No connection could be made, or it broke."},
	{fault.TLS, "TLSError", "ConnectionError", "The secure channel could not be made."},
	{fault.Timeout, "TimeoutError", "builtins.TimeoutError", "Time ran out."},
	{fault.Cancelled, "CancelledError", "", "The caller asked to stop."},
	{fault.Auth, "AuthError", "PermissionError", "The server does not accept this user, password or permission."},
	{fault.Refused, "RefusedError", "", "The server answered the request with an error."},
	{fault.Protocol, "ProtocolError", "", "The peer does not speak the protocol as known here."},
	{fault.Unsupported, "UnsupportedError", "NotImplementedError", "Known, but not by this server or this build."},
	{fault.Blocked, "BlockedError", "", "A child command was held back until its time was over."},

	{fault.Busy, "BusyError", "", "Another thread is at it."},

	{fault.WrongType, "ArgumentTypeError", "TypeError", "A value of a type that cannot be used."},
	{fault.Index, "IndexNotFoundError", "IndexError", "No such position."},
	{fault.Key, "KeyNotFoundError", "KeyError", "No such key."},
	{fault.Attribute, "AttributeNotFoundError", "AttributeError", "An object has no member, and no child, of that name."},

	{fault.TLSMissing, "TLSMissingError", "", "The certificate file is not there."},
	{fault.TLSBadFile, "TLSBadFileError", "", "The certificate file holds no usable certificate."},
	{fault.TLSPlainServer, "TLSPlainServerError", "", "TLS was spoken to a server that does not."},
	{fault.TLSUntrusted, "TLSUntrustedError", "", "The server presents another certificate than the trusted file holds."},
	{fault.TLSExpired, "TLSExpiredError", "", "The certificate is expired, or not valid yet."},
	{fault.TLSVersion, "TLSVersionError", "", "The two ends share no TLS version or cipher."},
	{fault.TLSHostName, "TLSHostNameError", "", "Strict mode: the certificate is for another name."},
	{fault.PlainToTLS, "PlainToTLSError", "", "Plain TCP was spoken, and the server closed at once: likely it speaks TLS."},
	{fault.HTTPServer, "HTTPServerError", "", "The peer answers HTTP."},
	{fault.TooLarge, "TooLargeError", "", "A reply is above the size limit."},
	{fault.Truncated, "TruncatedError", "", "The peer closed in the middle of a reply."},
	{fault.BlockedZombie, "BlockedZombieError", "", "The server takes the job for a zombie."},
	{fault.BlockedHalted, "BlockedHaltedError", "", "The server is halted."},
}
