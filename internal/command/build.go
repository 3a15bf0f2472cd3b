package command

import "github.com/ecflow-go/ecflow/internal/wire"

// userCmd is the part of a request that says which user asks.
func userCmd(id Identity) wire.UserCmd {
	return wire.UserCmd{
		ClientToServerCmd: wire.ClientToServerCmd{ClHost: id.Host},
		User:              id.User,
		Password:          id.Password,
		Custom:            id.Custom,
	}
}

// taskCmd is the part of a child command that says which task speaks. label
// begins the message when something is missing, as the original words it.
func taskCmd(id Identity, label string) (wire.TaskCmd, error) {
	switch {
	case id.Task.Path == "":
		return wire.TaskCmd{}, argument("%s: No task path specified for ECF_NAME ", label)
	case id.Task.Password == "":
		return wire.TaskCmd{}, argument("%s: No jobs password specified for ECF_PASS ", label)
	}
	return wire.TaskCmd{
		ClientToServerCmd: wire.ClientToServerCmd{ClHost: id.Host},
		Path:              id.Task.Path,
		JobsPassword:      id.Task.Password,
		RemoteID:          id.Task.RemoteID,
		TryNo:             id.Task.TryNo,
	}, nil
}

// CheckTask demands what the methods of a client demand of a task before they
// send a child command; the command line is content with less.
func CheckTask(t Task) error {
	switch {
	case t.Path == "":
		return argument("Child Path not set")
	case t.Password == "":
		return argument("Child password not set")
	case t.RemoteID == "":
		return argument("Child pid not set")
	case t.TryNo == 0:
		return argument("Child try_no not set")
	}
	return nil
}

// split parts command-line words into options and paths, each in their order:
// a path begins with "/" and holds no blank, nor a colon unless colons are asked for.
// source: UserCmd::split_args_to_options_and_paths
func split(words []string, colons bool) (options, paths []string) {
	options, paths = []string{}, []string{}
	for _, w := range words {
		if isPath(w, colons) {
			paths = append(paths, w)
		} else if w != "" || !colons {
			options = append(options, w)
		}
	}
	return options, paths
}

func isPath(w string, colons bool) bool {
	if w == "" || w[0] != '/' {
		return false
	}
	for i := 0; i < len(w); i++ {
		if w[i] == ' ' || (w[i] == ':' && !colons) {
			return false
		}
	}
	return true
}

// first is the first word, or "".
func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// noWords is for options without arguments; the original ignores any.
func noWords([]string) (Args, error) { return Args{}, nil }

// pathWords is for options whose single, optional word is a path.
func pathWords(words []string) (Args, error) { return Args{"path": first(words)}, nil }

// pathsParam and its like are the parameters that many rows share.
func pathsParam(name, doc string) Param {
	return Param{Name: name, Type: Paths, Unnamed: true, Arg: "paths", Doc: doc}
}

const nodePathsDoc = "one absolute node path, or a list of them"

func none() []Form { return []Form{{Returns: None}} }

func status(params ...Param) []Form { return []Form{{Params: params, Returns: Status}} }

func returning(t Type, params ...Param) []Form { return []Form{{Params: params, Returns: t}} }
