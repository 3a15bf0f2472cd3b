package command

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const defaultLogLines = 100 // source: Log::get_last_n_lines_default

var logActions = map[string]wire.LogAPI{
	"get": wire.LogGet, "clear": wire.LogClear, "flush": wire.LogFlush, "new": wire.LogNew, "path": wire.LogPath,
}

func logRows() []Spec {
	return []Spec{{
		Name: "log", Idempotent: true, Summary: "read, flush or replace the server's log",
		Params: []Param{
			{Name: "action", Type: String, Doc: "get, clear, flush, new, path"},
			{Name: "lines", Type: Int, Default: int64(defaultLogLines), Doc: "get: how many lines from the end"},
			{Name: "path", Type: String, Default: "", Doc: "new: path of the new log file on the server's machine"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			api, known := logActions[r.str("action")]
			if r.err == nil && !known {
				return nil, argument("LogCmd: The arguments have not been specified correctly")
			}
			n := r.integer("lines")
			if n == 0 {
				n = defaultLogLines
			}
			return &wire.LogCmd{UserCmd: userCmd(id), API: api, GetLastNLines: n, NewPath: strings.TrimSpace(r.str("path"))}, r.err
		},
		Words: logWords,
		Methods: []Method{
			{Py: "get_log", Go: "Log", Fixed: Args{"action": "get"},
				Forms: returning(String, Param{Name: "lines", Type: Int, Unnamed: true, Doc: "how many lines from the end; 0: 100"}),
				Doc:   "The last lines of the server's log."},
			{Py: "new_log", Go: "NewLog", Fixed: Args{"action": "new"},
				Forms: status(Param{Name: "path", Type: String, Default: "", Doc: "path on the server's machine; \"\": the path it has (or its variable ECF_LOG)"}),
				Doc:   "Have the server close its log and write to another file. Needs write access."},
			{Py: "clear_log", Go: "ClearLog", Fixed: Args{"action": "clear"}, Forms: status(),
				Doc: "Empty the server's log file."},
			{Py: "flush_log", Go: "FlushLog", Fixed: Args{"action": "flush"}, Forms: status(),
				Doc: "Have the server write what it holds of the log to the file."},
			{Go: "LogPath", Fixed: Args{"action": "path"}, Forms: returning(String), Ours: true,
				Doc: "Path of the server's log file on its machine."},
		},
	}, {
		Name: "msg", Summary: "write a line into the server's log",
		Params: []Param{{Name: "message", Type: String}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			return &wire.LogMessageCmd{UserCmd: userCmd(id), Msg: r.str("message")}, r.err
		},
		Words: func(words []string) (Args, error) { return Args{"message": first(words)}, nil },
		Methods: []Method{{Py: "log_msg", Go: "LogMessage",
			Forms: status(Param{Name: "message", Type: String, Unnamed: true, Doc: "one line"}),
			Doc:   "Write a line into the server's log."}},
	}}
}

// source: LogCmd::create
func logWords(words []string) (Args, error) {
	action, rest := first(words), words[min(1, len(words)):]
	switch {
	case action == "get" && len(rest) == 0:
		return Args{"action": action}, nil
	case action == "get" && len(rest) == 1:
		n, err := strconv.ParseInt(rest[0], 10, 32)
		if err != nil {
			return nil, argument("LogCmd: Second argument must be a integer, i.e. --log get 100")
		}
		return Args{"action": action, "lines": n}, nil
	case action == "get":
		return nil, argument("LogCmd: Please use '--log==get 100' to get the log file contents from the server")
	case action == "new" && len(rest) > 1:
		return nil, argument("LogCmd: Too many arguments.  Expected --log=new   OR   --log=new /path/to/newlog/file")
	case action == "new":
		return Args{"action": action, "path": first(rest)}, nil
	case (action == "clear" || action == "flush" || action == "path") && len(rest) > 0:
		what := map[string]string{"clear": "clear the log file", "flush": "flush the log file", "path": "get the log file path"}[action]
		return nil, argument("LogCmd: Too many arguments. Please use --log=%s to %s", action, what)
	case action == "clear" || action == "flush" || action == "path":
		return Args{"action": action}, nil
	}
	return nil, argument("LogCmd: The arguments have not been specified correctly")
}
