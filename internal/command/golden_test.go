package command_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// Every request that the original clients sent is built again from the table,
// with the arguments that their command line or Python call had, and must come
// out with the same bytes. Definition text, script lines and change numbers are
// taken from the recording; so are passwords and the task a child speaks for.
//
// The counts below change only when recordings do: nothing is left out unseen.
func TestTable_buildsTheRecordedRequests(t *testing.T) {
	want := map[string]map[string]int{}
	for version, counts := range map[string][4]int{
		// command line, Python, sync from decoded fields, and those whose calls the
		// recording does not tell (loops, sent by a server, mixed versions)
		"5.9.2":  {360, 169, 115, 35},
		"5.13.8": {368, 171, 118, 41},
		"5.19.0": {377, 171, 122, 41},
	} {
		want[version] = map[string]int{"cli": counts[0], "python": counts[1], "sync": counts[2], "irregular": counts[3]}
	}
	for _, version := range golden.Versions() {
		exchanges, err := golden.Load(version)
		require.NoError(t, err)
		have := map[string]int{"cli": 0, "python": 0, "sync": 0, "irregular": 0}
		for i, x := range exchanges {
			if x.Raw() {
				continue
			}
			sort, err := rebuild(&x)
			if err != nil {
				t.Errorf("%s row %d: %s: %v", version, i+1, x.Via, err)
				continue
			}
			have[sort]++
		}
		assert.Equal(t, want[version], have, version)
	}
}

// rebuild builds the request that a recording tells of and compares.
func rebuild(x *golden.Exchange) (sort string, err error) {
	recorded, err := wire.DecodeRequest(x.Request)
	if err != nil {
		return "", err
	}
	if _, ok := recorded.(*wire.CSyncCmd); ok && !strings.HasPrefix(x.Via, "ecflow_client") {
		return "sync", same(x, recorded, syncAgain)
	}
	via := x.Via
	switch {
	case strings.HasPrefix(via, "python: "):
		via = strings.TrimPrefix(via, "python: ")
		if inner, wrapped := strings.CutPrefix(via, "list("); wrapped {
			via = strings.TrimSuffix(inner, ")")
		}
		if !pythonCall.MatchString(via) || strings.HasSuffix(via, "sync_local()") {
			return "irregular", nil
		}
		return "python", same(x, recorded, func(id command.Identity, r wire.Request) (wire.Request, error) {
			built, err := fromPython(via, id, r)
			if c, ok := built.(*wire.EditScriptCmd); ok && x.Version != "5.19.0" {
				for i := range c.UserVariables { // the older Python clients lose the last letter of names
					v := &c.UserVariables[i]
					v.First = v.First[:len(v.First)-1]
				}
			}
			return built, err
		})
	case strings.HasPrefix(via, "server to server"), strings.Contains(via, " client against "):
		return "irregular", nil
	}
	return "cli", same(x, recorded, func(id command.Identity, r wire.Request) (wire.Request, error) {
		return fromWords(shellWords(via), id, r)
	})
}

func same(x *golden.Exchange, recorded wire.Request, build func(command.Identity, wire.Request) (wire.Request, error)) error {
	built, err := build(identityOf(recorded), recorded)
	if err != nil {
		return err
	}
	payload, err := wire.EncodeRequest(built)
	if err != nil {
		return err
	}
	if string(payload) != string(x.Request) {
		return fmt.Errorf("built\n%s\nrecorded\n%s", payload, x.Request)
	}
	return nil
}

// identityOf is who the recorded request comes from. That this machine and login
// are the expected ones is checked; a custom user and passwords are taken over.
func identityOf(r wire.Request) command.Identity {
	id := command.Identity{Host: golden.Host, User: golden.User}
	if u, ok := r.(wire.UserRequest); ok {
		base := u.AsUser()
		id.Password, id.Custom = base.Password, base.Custom
		if base.Custom {
			id.User = base.User
		}
	}
	if c, ok := r.(wire.TaskRequest); ok {
		base := c.AsTask()
		id.Task = command.Task{Path: base.Path, Password: base.JobsPassword, RemoteID: base.RemoteID, TryNo: base.TryNo}
	}
	if q, ok := r.(*wire.QueryCmd); ok {
		id.Task.Path = q.PathToTask
	}
	return id
}

func syncAgain(id command.Identity, r wire.Request) (wire.Request, error) {
	c := r.(*wire.CSyncCmd)
	name := map[wire.SyncAPI]string{wire.SyncNews: "news", wire.Sync: "sync", wire.SyncClock: "sync_clock", wire.SyncFull: "sync_full"}[c.API]
	row, _ := command.Lookup(name)
	return row.Build(id, command.Args{"handle": int64(c.ClientHandle), "state_change": int64(c.ClientStateChangeNo), "modify_change": int64(c.ClientModifyChangeNo)})
}

// withRecorded puts what is out of scope here into the arguments.
func withRecorded(args command.Args, r wire.Request) command.Args {
	switch c := r.(type) {
	case *wire.LoadDefsCmd:
		args["text"] = c.Defs
	case *wire.InitCmd: // variables set on the client before
		for i, v := range c.VarToAdd {
			if i == 0 {
				args["add"] = []command.Pair{}
			}
			args["add"] = append(args["add"].([]command.Pair), command.Pair{Name: v.Name, Value: v.Value})
		}
	case *wire.CompleteCmd:
		args["remove"] = c.VarToDel
	case *wire.ReplaceNodeCmd:
		args["text"] = c.ClientDefs
	case *wire.EditScriptCmd:
		if args["file"] != nil || args["lines"] != nil {
			args["lines"] = c.UserFileContents
			if args["variables"] == nil {
				var variables []string
				for _, v := range c.UserVariables {
					variables = append(variables, v.First+"="+v.Second)
				}
				args["variables"] = variables
			}
		}
	}
	return args
}

var environment = regexp.MustCompile(`^[A-Z_]+=`)

// fromWords builds a request from a command line.
func fromWords(words []string, id command.Identity, r wire.Request) (wire.Request, error) {
	for len(words) > 0 && environment.MatchString(words[0]) {
		name, value, _ := strings.Cut(words[0], "=")
		switch name {
		case "ECF_NAME":
			id.Task.Path = value
		case "ECF_PASS":
			id.Task.Password = value
		case "ECF_RID":
			id.Task.RemoteID = value
		}
		words = words[1:]
	}
	if words[0] != "ecflow_client" {
		return nil, fmt.Errorf("not a command line: %q", words)
	}
	words = words[1:]
	for _, option := range []string{"--user", "--password"} {
		if i := slices.Index(words, option); i >= 0 {
			words = slices.Delete(slices.Clone(words), i, i+2)
		}
	}
	name, rest := strings.TrimPrefix(words[0], "--"), words[1:]
	if option, value, found := strings.Cut(name, "="); found {
		name, rest = option, append([]string{value}, rest...)
	}
	row, known := command.Lookup(name)
	if !known {
		return nil, fmt.Errorf("no row %q", name)
	}
	args, err := row.Words(rest)
	if err != nil {
		return nil, err
	}
	if row.Class != command.Child {
		args = withRecorded(args, r)
	}
	return row.Build(id, args)
}

// shellWords splits as a shell does; inside quotes \' and \" are the quotes.
func shellWords(text string) []string {
	var words []string
	var word strings.Builder
	quote, inside := byte(0), false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && quote != 0 && i+1 < len(text) && text[i+1] == quote:
			i++
			word.WriteByte(text[i])
		case c == '\\' && quote != 0 && i+1 < len(text) && text[i+1] == 'n': // the recorder wrote line ends so
			i++
			word.WriteByte('\n')
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, inside = c, true
		case quote == 0 && c == ' ':
			if inside || word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
			inside = false
		default:
			word.WriteByte(c)
		}
	}
	if inside || word.Len() > 0 {
		words = append(words, word.String())
	}
	return words
}
