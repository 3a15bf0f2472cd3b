package dual

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/cliargs"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// somebody sends what no step says is another's; watcher asks what the tests want to know.
const (
	somebody = "fred"
	watcher  = "watcher"
	madeHost = "ecfhost" // the machine that requests say they come from
)

// step is one request, in a form that can be written down:
//
//	client ARGUMENT...           as ecflow_client would send it
//	job PATH [NAME=VALUE...] ARGUMENT...
//	                             a child command of that task, with pass, rid and try as given,
//	                             or the password that its job has
//	raw TYPE JSON                any request, by the fields of package wire
//	load FILE [force]            a definition of the script
//	replace PATH FILE [parent] [force]
//	be USER                      who sends what follows
type step string

// reads are the files of a script, by name.
type reads map[string]string

// mail is what a step needs to become a request.
type mail struct {
	user     string
	files    reads
	password func(path string) string // of the job of a task
	expand   func(text string) string
}

// request is what the step sends; nil if it sends nothing.
func (s step) request(m *mail) (wire.Request, error) {
	verb, rest, _ := strings.Cut(string(s), " ")
	if verb == "raw" {
		name, text, _ := strings.Cut(rest, " ")
		return m.raw(name, m.expand(text))
	}
	words, err := split(m.expand(rest))
	if err != nil {
		return nil, err
	}
	switch verb {
	case "client":
		return build(words, command.Identity{Host: madeHost, User: m.user})
	case "job":
		return m.job(words)
	case "load":
		text, known := m.files[words[0]]
		if !known {
			return nil, fmt.Errorf("no file %s", words[0])
		}
		return &wire.LoadDefsCmd{UserCmd: m.by(), Defs: m.expand(text), DefsFilename: words[0], Force: has(words, "force")}, nil
	case "replace":
		text, known := m.files[words[1]]
		if !known {
			return nil, fmt.Errorf("no file %s", words[1])
		}
		return &wire.ReplaceNodeCmd{
			UserCmd: m.by(), PathToNode: words[0], PathToDefs: words[1], ClientDefs: m.expand(text),
			CreateNodesAsNeeded: has(words, "parent"), Force: has(words, "force"),
		}, nil
	case "be":
		m.user = words[0]
		return nil, nil
	}
	return nil, fmt.Errorf("%s: no such step", verb)
}

func has(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func (m *mail) by() wire.UserCmd {
	return wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: madeHost}, User: m.user}
}

// build makes of the words of a command line what the client would send.
func build(words []string, id command.Identity) (wire.Request, error) {
	line, err := cliargs.Parse(words, command.Options())
	if err != nil {
		return nil, err
	}
	row, words := command.Chosen(line)
	if row == nil || row.Build == nil {
		return nil, fmt.Errorf("no command that is sent: %q", words)
	}
	args, err := row.Words(words)
	if err != nil {
		return nil, err
	}
	if args == nil {
		args = command.Args{}
	}
	args["confirmed"] = true
	return row.Build(id, args)
}

func (m *mail) job(words []string) (wire.Request, error) {
	task := command.Task{Path: words[0], RemoteID: "4711", TryNo: 1}
	words = words[1:]
	given := false
	for len(words) > 0 && !strings.HasPrefix(words[0], "--") {
		name, value, _ := strings.Cut(words[0], "=")
		switch name {
		case "pass":
			task.Password, given = value, true
		case "rid":
			task.RemoteID = value
		case "try":
			task.TryNo, _ = strconv.Atoi(value)
		default:
			return nil, fmt.Errorf("%s: nothing of a job", words[0])
		}
		words = words[1:]
	}
	if !given {
		if task.Password = m.password(task.Path); task.Password == "" {
			task.Password = "unknown"
		}
	}
	return build(words, command.Identity{Host: madeHost, Task: task})
}

// blank is a request as it is before its JSON fills it in.
func (m *mail) blank(name string) wire.Request {
	switch name {
	case "AlterCmd":
		return wire.NewAlterCmd(m.by(), nil, "", "")
	case "CFileCmd":
		return &wire.CFileCmd{UserCmd: m.by(), MaxLines: 10000}
	}
	r, ok := wire.New(name).(wire.Request)
	if !ok {
		return nil
	}
	*r.Host() = madeHost
	if u, ok := r.(wire.UserRequest); ok {
		u.AsUser().User = m.user
	}
	return r
}

func (m *mail) raw(name, text string) (wire.Request, error) {
	r := m.blank(name)
	if r == nil {
		return nil, fmt.Errorf("%s: no such request", name)
	}
	return r, json.Unmarshal([]byte(text), r)
}

// rawStep writes a request of somebody's down.
func rawStep(r wire.Request) step {
	name := reflect.TypeOf(r).Elem().Name()
	fields, before := fieldsOf(r), fieldsOf((&mail{user: somebody}).blank(name))
	for key, value := range fields {
		if string(value) == string(before[key]) {
			delete(fields, key)
		}
	}
	delete(fields, "ClHost")
	delete(fields, "User")
	text, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return step("raw " + name + " " + string(text))
}

func fieldsOf(r wire.Request) map[string]json.RawMessage {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		panic(err)
	}
	return fields
}

// split takes a line apart as a shell would: '...', "..." and \ as there, nothing else.
func split(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	inside := false
	var quote byte
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case quote == '\'' && c != '\'', quote == '"' && c != '"' && c != '\\':
			word.WriteByte(c)
		case quote != 0 && c == quote:
			quote = 0
		case c == '\\' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
			inside = true
		case c == '\'' || c == '"':
			quote, inside = c, true
		case c == ' ' || c == '\t':
			if inside {
				words = append(words, word.String())
				word.Reset()
				inside = false
			}
		default:
			word.WriteByte(c)
			inside = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("no closing %c: %s", quote, line)
	}
	if inside {
		words = append(words, word.String())
	}
	return words, nil
}
