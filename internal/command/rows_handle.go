package command

import (
	"slices"
	"strconv"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// currentHandle in Args means the handle the client has registered; the client
// puts its number there before it builds the request.
const currentHandle = "handle"

func handleRows() []Spec {
	handle := Param{Name: "handle", Type: Int, Unnamed: true, Doc: "a handle's number; in Go 0 means the current one"}
	suites := Param{Name: "suites", Type: Strings, Unnamed: true, Doc: "names of suites, which need not exist yet"}
	autoAdd := Param{Name: "auto_add", Type: Bool, Unnamed: true, Doc: "let the handle see suites that are loaded later"}
	rowParams := []Param{
		{Name: "handle", Type: Int, Default: int64(0), Doc: "a handle's number"},
		{Name: "suites", Type: Strings, Default: []string{}, Doc: "names of suites"},
		{Name: "auto_add", Type: Bool, Default: false, Doc: "let the handle see suites that are loaded later"},
	}
	const note = "\n\nA handle restricts what a client sees of the definition to some suites. It lives in the server until it is dropped."
	return []Spec{{
		Name: "ch_register", Build: handleRequest(wire.HandleRegister), Words: registerWords, Params: rowParams,
		Summary: "register a handle, a view of some suites",
		Methods: []Method{{Py: "ch_register", Go: "RegisterHandle", GoReturns: Int, Forms: returning(None, autoAdd, suites),
			Doc: "Register a handle for some suites; it becomes the client's current one, see ch_handle()." + note}},
	}, {
		Name: "ch_suites", Build: handleRequest(wire.HandleSuites), Words: noWords, Idempotent: true,
		Summary: "list all users' handles",
		Methods: []Method{{Py: "ch_suites", Go: "HandleSuites", GoReturns: String, Prints: "always", Forms: none(),
			Doc: "List all users' handles and their suites, as a table.\n\nPython prints it and returns None, as the original does."}},
	}, {
		Name: "ch_drop", Build: handleRequest(wire.HandleDrop), Words: dropWords, Params: rowParams[:1],
		Summary: "drop a handle",
		Methods: []Method{{Py: "ch_drop", Go: "DropHandle", Forms: []Form{{Returns: Status, Params: []Param{handle}}, {Returns: Status}},
			Doc: "Drop a handle, the current one unless a number is given. Without a current one nothing happens."}},
	}, {
		Name: "ch_drop_user", Words: func(words []string) (Args, error) { return Args{"user": first(words)}, nil },
		Summary: "drop all handles of a user",
		Params:  []Param{{Name: "user", Type: String, Default: "", Doc: "user name; \"\" for the asker"}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.ClientHandleCmd{UserCmd: userCmd(id), API: wire.HandleDropUser, DropUser: r.str("user"), Suites: []string{}}, r.err
		},
		Methods: []Method{{Py: "ch_drop_user", Go: "DropUserHandles", Forms: status(Param{Name: "user", Type: String, Unnamed: true, Doc: "user name; \"\" for yourself"}),
			Doc: "Drop all handles of a user."}},
	}, {
		Name: "ch_add", Build: handleRequest(wire.HandleAdd), Words: handleSuitesWords(""), Params: rowParams[:2], Idempotent: true,
		Summary: "add suites to a handle",
		Methods: []Method{{Py: "ch_add", Go: "AddHandleSuites",
			Forms: []Form{{Returns: None, Params: []Param{handle, suites}}, {Returns: None, Params: []Param{suites}}},
			Doc:   "Add suites to a handle, the current one unless a number is given."}},
	}, {
		Name: "ch_rem", Build: handleRequest(wire.HandleRemove), Words: handleSuitesWords(handleLabel), Params: rowParams[:2], Idempotent: true,
		Summary: "remove suites from a handle",
		Methods: []Method{{Py: "ch_remove", Go: "RemoveHandleSuites",
			Forms: []Form{{Returns: None, Params: []Param{handle, suites}}, {Returns: None, Params: []Param{suites}}},
			Doc:   "Remove suites from a handle, the current one unless a number is given."}},
	}, {
		Name: "ch_auto_add", Build: handleRequest(wire.HandleAutoAdd), Words: autoAddWords, Idempotent: true,
		Params:  []Param{rowParams[0], rowParams[2]},
		Summary: "say whether a handle sees suites that are loaded later",
		Methods: []Method{{Py: "ch_auto_add", Go: "AutoAddHandle",
			Forms: []Form{{Returns: Status, Params: []Param{handle, autoAdd}}, {Returns: Status, Params: []Param{autoAdd}}},
			Doc:   "Say whether a handle, the current one unless a number is given, sees suites that are loaded later."}},
	}}
}

func handleRequest(api wire.HandleAPI) func(Identity, Args) (wire.Request, error) {
	return func(id Identity, a Args) (wire.Request, error) {
		r := read(a)
		return &wire.ClientHandleCmd{UserCmd: userCmd(id), API: api, ClientHandle: r.integer(currentHandle),
			Suites: r.strs("suites"), AutoAddNewSuites: r.boolean("auto_add")}, r.err
	}
}

// registerWords reads [handle] true|false suites...
// source: ClientHandleCmd::create
func registerWords(words []string) (Args, error) {
	a := Args{"suites": []string{}}
	if len(words) == 0 {
		return a, nil
	}
	n, err := strconv.ParseInt(words[0], 10, 32)
	switch {
	case err == nil && len(words) > 1:
		a["handle"], a["auto_add"], a["suites"] = n, words[1] == "true", slices.Clone(words[2:])
	case err == nil:
		a["handle"] = n
	case words[0] == "true" || words[0] == "false":
		a["auto_add"], a["suites"] = words[0] == "true", append([]string{}, words[1:]...)
	default:
		return nil, argument("ClientHandleCmd::create: First argument should be integer | true | false. See help")
	}
	return a, nil
}

const handleLabel = "ClientHandleCmd::create: "

func handleNumber(words []string, label string) (int64, error) {
	n, err := strconv.ParseInt(first(words), 10, 32)
	if err != nil {
		return 0, argument("%sThe first argument must be an integer. See help", label)
	}
	if n == 0 {
		return 0, argument("ClientHandleCmd::create: handles must have a value > 0")
	}
	return n, nil
}

func dropWords(words []string) (Args, error) {
	n, err := handleNumber(words, handleLabel)
	return Args{"handle": n}, err
}

// handleSuitesWords reads handle suites...; label begins the message about what is no number.
func handleSuitesWords(label string) func([]string) (Args, error) {
	return func(words []string) (Args, error) {
		if len(words) < 2 {
			return nil, argument("To few arguments. First arg should be a integer handle, then a list of suite names. See help")
		}
		n, err := handleNumber(words, label)
		return Args{"handle": n, "suites": slices.Clone(words[1:])}, err
	}
}

func autoAddWords(words []string) (Args, error) {
	if len(words) != 2 {
		return nil, argument("Two argument expected. First arg should be a integer handle, second should be true or false. See help")
	}
	n, err := handleNumber(words, handleLabel)
	if err == nil && words[1] != "true" && words[1] != "false" {
		err = argument("ClientHandleCmd::create: First argument should be true | false. See help")
	}
	return Args{"handle": n, "auto_add": words[1] == "true"}, err
}
