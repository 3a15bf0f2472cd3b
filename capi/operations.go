package main

import (
	"fmt"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
)

// operation is a method of the command table under its number.
type operation struct {
	name   string // as client.Do takes it
	params map[string]bool
}

var operations, operationNumbers = listOperations()

func listOperations() ([]operation, map[string]int) {
	methods := command.Methods()
	list, numbers := make([]operation, len(methods)), make(map[string]int, len(methods))
	for i, m := range methods {
		list[i] = operation{name: m.Py, params: map[string]bool{}}
		if m.Py == "" {
			list[i].name = m.Go
		}
		for _, f := range m.Forms {
			for _, p := range f.Params {
				list[i].params[p.Name] = true
			}
		}
		numbers[list[i].name] = i
	}
	return list, numbers
}

func operationByNumber(n int) *operation {
	if n < 0 || n >= len(operations) {
		return nil
	}
	return &operations[n]
}

func operationNumber(name string) int {
	if n, ok := operationNumbers[name]; ok {
		return n
	}
	return -1
}

// accept converts a value that came from C to the shape the table wants, and
// stores it.
func (o *operation) accept(args command.Args, name string, value any) error {
	if !o.params[name] {
		return fault.New(fault.Argument, fmt.Sprintf("%s: there is no argument %q", o.name, name))
	}
	shaped, err := shape(value)
	if err != nil {
		return fault.New(fault.Argument, fmt.Sprintf("%s: argument %q: %v", o.name, name, err))
	}
	args[name] = shaped
	return nil
}

// shape turns lists and records into what command.Type promises.
func shape(value any) (any, error) {
	switch v := value.(type) {
	case record:
		pairs := make([]command.Pair, len(v))
		for i, f := range v {
			s, ok := f.value.(string)
			if !ok {
				return nil, fmt.Errorf("%q is not a string", f.name)
			}
			pairs[i] = command.Pair{Name: f.name, Value: s}
		}
		return pairs, nil
	case []any:
		if len(v) > 0 {
			if _, ok := v[0].(record); ok {
				return zombies(v)
			}
		}
		list := make([]string, len(v))
		for i, item := range v {
			s, ok := item.(string)
			if !ok {
				return nil, fmt.Errorf("item %d is not a string", i)
			}
			list[i] = s
		}
		return list, nil
	}
	return value, nil
}

// zombies reads the fields by which a server finds the job.
func zombies(list []any) ([]client.Zombie, error) {
	out := make([]client.Zombie, len(list))
	for i, item := range list {
		r, ok := item.(record)
		if !ok {
			return nil, fmt.Errorf("item %d is not a record", i)
		}
		for _, f := range r {
			s, _ := f.value.(string)
			switch f.name {
			case "path_to_task":
				out[i].PathToTask = s
			case "process_or_remote_id":
				out[i].ProcessOrRemoteID = s
			case "jobs_password":
				out[i].JobsPassword = s
			}
		}
	}
	return out, nil
}

// plain turns a result into what toC knows.
func plain(result any) (any, error) {
	switch v := result.(type) {
	case []command.Pair:
		out := make(record, len(v))
		for i, p := range v {
			out[i] = field{p.Name, p.Value}
		}
		return out, nil
	case []client.Zombie:
		out := make([]any, len(v))
		for i := range v {
			out[i] = zombieRecord(&v[i])
		}
		return out, nil
	}
	return result, nil
}

func zombieRecord(z *client.Zombie) record {
	commands := make([]any, len(z.Attr.ChildCmds))
	for i, c := range z.Attr.ChildCmds {
		commands[i] = int64(c)
	}
	return record{
		{"user_action", int64(z.UserAction)}, {"try_no", z.TryNo}, {"duration", z.Duration}, {"calls", z.Calls},
		{"zombie_type", int64(z.ZombieType)}, {"last_child_cmd", int64(z.LastChildCmd)}, {"path_to_task", z.PathToTask},
		{"jobs_password", z.JobsPassword}, {"process_or_remote_id", z.ProcessOrRemoteID}, {"user_cmd", z.UserCmd},
		{"host", z.Host}, {"user_action_set", z.UserActionSet},
		{"attr", record{
			{"child_cmds", commands}, {"zombie_type", int64(z.Attr.ZombieType)}, {"action", int64(z.Attr.Action)},
			{"zombie_lifetime", z.Attr.ZombieLifetime},
		}},
	}
}
