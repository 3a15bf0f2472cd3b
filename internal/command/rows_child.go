package command

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const childNote = "\n\nSpeaks for the task that ECF_NAME, ECF_PASS, ECF_RID and ECF_TRYNO or the set_child_ methods name.\n" +
	"Waits, up to ECF_TIMEOUT (default 24 hours), while no server can be reached, the server is halted, or the task is\n" +
	"a zombie; see set_child_timeout()."

// childRow completes the row of a child command.
func childRow(s Spec) Spec {
	s.Class, s.Timeout = Child, timeoutChild
	for i := range s.Methods {
		s.Methods[i].Doc += childNote
	}
	return s
}

func childRows() []Spec {
	rows := []Spec{initRow(), completeRow(), abortRow(), eventRow(), meterRow(), labelRow(), waitRow(), queueRow()}
	for i := range rows {
		rows[i] = childRow(rows[i])
	}
	return rows
}

func initRow() Spec {
	return Spec{
		Name: "init", Summary: "tell the server that the job has started", Idempotent: true,
		Params: []Param{
			{Name: "remote_id", Type: StringInt, Default: "", Doc: "process or batch id; \"\": that of the task (ECF_RID)"},
			{Name: "add", Type: Pairs, Default: []Pair{}, Doc: "user variables to add to the task"},
		},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			task, err := taskCmd(id, "InitCmd")
			if err != nil {
				return nil, err
			}
			if rid := r.str("remote_id"); r.has("remote_id") {
				if task.RemoteID != "" && task.RemoteID != rid {
					return nil, argument("remote id(%s) passed as an argument, not the same the client environment ECF_RID(%s)", rid, task.RemoteID)
				}
				task.RemoteID = rid
			}
			cmd := &wire.InitCmd{TaskCmd: task}
			for _, p := range r.pairs("add") {
				cmd.VarToAdd = append(cmd.VarToAdd, wire.Variable{Name: p.Name, Value: p.Value})
			}
			return cmd, r.err
		},
		Words: func(words []string) (Args, error) {
			a := Args{"remote_id": first(words)}
			_, more := cutOption(words[min(1, len(words)):], "--add")
			var add []Pair
			for _, w := range more {
				parts := slices.DeleteFunc(strings.Split(w, "="), func(s string) bool { return s == "" })
				if len(parts) != 2 {
					return nil, argument("Could not parse variable provided to --add; Expected  var1=value1 var2=value2 but found %s", w)
				}
				add = append(add, Pair{parts[0], parts[1]})
			}
			if add != nil {
				a["add"] = add
			}
			return a, nil
		},
		Methods: []Method{{Py: "child_init", Go: "ChildInit", Forms: none(),
			Doc: "Tell the server that the job has started, with the variables of set_child_init_add_vars()."}},
	}
}

// cutOption splits words at an option that follows them.
func cutOption(words []string, option string) (before, after []string) {
	for i, w := range words {
		if w == option {
			return words[:i], words[i+1:]
		}
		if rest, found := strings.CutPrefix(w, option+"="); found {
			return words[:i], append([]string{rest}, words[i+1:]...)
		}
	}
	return words, nil
}

func completeRow() Spec {
	return Spec{
		Name: "complete", Summary: "tell the server that the job has ended well", Idempotent: true,
		Params: []Param{{Name: "remove", Type: Strings, Default: []string{}, Doc: "names of user variables to delete from the task"}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			task, err := taskCmd(id, "CompleteCmd")
			if err != nil {
				return nil, err
			}
			cmd := &wire.CompleteCmd{TaskCmd: task}
			if names := r.strs("remove"); len(names) > 0 {
				cmd.VarToDel = names
			}
			return cmd, r.err
		},
		Words: func(words []string) (Args, error) {
			_, names := cutOption(words, "--remove")
			return Args{"remove": append([]string{}, names...)}, nil
		},
		Methods: []Method{{Py: "child_complete", Go: "ChildComplete", Forms: none(),
			Doc: "Tell the server that the job has ended well; deletes the variables of set_child_complete_del_vars()."}},
	}
}

func abortRow() Spec {
	return Spec{
		Name: "abort", Summary: "tell the server that the job has failed", Idempotent: true,
		Params: []Param{{Name: "reason", Type: String, Default: "", Doc: "one line; line ends are removed and ; becomes a blank"}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			task, err := taskCmd(id, "AbortCmd")
			if err != nil {
				return nil, err
			}
			reason := strings.NewReplacer("\n", "", ";", " ").Replace(r.str("reason"))
			return &wire.AbortCmd{TaskCmd: task, Reason: reason}, r.err
		},
		Words: func(words []string) (Args, error) { return Args{"reason": first(words)}, nil },
		Methods: []Method{{Py: "child_abort", Go: "ChildAbort",
			Forms: returning(None, Param{Name: "reason", Type: String, Default: "", Doc: "why; one line, line ends are removed and ; becomes a blank"}),
			Doc:   "Tell the server that the job has failed."}},
	}
}

func eventRow() Spec {
	value := Param{Name: "value", Type: Bool, Default: true, Doc: "set it; False clears it"}
	return Spec{
		Name: "event", Summary: "set or clear an event of the task", Idempotent: true,
		Params: []Param{{Name: "name", Type: String, Doc: "name or number"}, value},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			task, err := taskCmd(id, "EventCmd")
			if err != nil {
				return nil, err
			}
			return &wire.EventCmd{TaskCmd: task, Name: r.str("name"), Value: r.booleanOr("value", true)}, r.err
		},
		Words: func(words []string) (Args, error) {
			a := Args{"name": first(words)}
			if len(words) == 2 {
				if words[1] != "set" && words[1] != "clear" {
					return nil, argument("EventCmd: The second argument must be [ set | clear ] but found %s", words[1])
				}
				a["value"] = words[1] == "set"
			}
			return a, nil
		},
		Methods: []Method{{Py: "child_event", Go: "ChildEvent",
			Forms: returning(None, Param{Name: "event_name", Type: String, Arg: "name", Doc: "name or number of the event"}, value),
			Doc:   "Set or clear an event of the task. The server only logs an event that does not exist."}},
	}
}

func meterRow() Spec {
	return Spec{
		Name: "meter", Summary: "set a meter of the task", Idempotent: true,
		Params: []Param{{Name: "name", Type: String}, {Name: "value", Type: Int}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			name := r.str("name")
			if r.err == nil && name == "" {
				return nil, argument("Meter name not set")
			}
			task, err := taskCmd(id, "MeterCmd")
			if err != nil {
				return nil, err
			}
			return &wire.MeterCmd{TaskCmd: task, Name: name, Value: r.integer("value")}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) != 2 {
				return nil, argument("MeterCmd: Two arguments expected, found %d Please specify <meter-name> <meter-value>, i.e. --meter=name 100", len(words))
			}
			if words[0] == "" {
				return nil, argument("MeterCmd: First argument must be a non-empty string, i.e. --meter=name 100")
			}
			n, err := strconv.ParseInt(words[1], 10, 32)
			if err != nil {
				return nil, argument("MeterCmd: Second argument must be a integer, i.e. --meter=name 100")
			}
			return Args{"name": words[0], "value": n}, nil
		},
		Methods: []Method{{Py: "child_meter", Go: "ChildMeter",
			Forms: returning(None, Param{Name: "name", Type: String, Unnamed: true, Doc: "name of the meter"}, Param{Name: "value", Type: Int, Unnamed: true, Doc: "its new value"}),
			Doc:   "Set a meter of the task. The server only logs a meter that does not exist, or a value out of its range."}},
	}
}

func labelRow() Spec {
	return Spec{
		Name: "label", Summary: "set a label of the task", Idempotent: true,
		Params: []Param{{Name: "name", Type: String}, {Name: "value", Type: String}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			name := r.str("name")
			if r.err == nil && name == "" {
				return nil, argument("Label name not set")
			}
			task, err := taskCmd(id, "LabelCmd")
			if err != nil {
				return nil, err
			}
			return &wire.LabelCmd{TaskCmd: task, Name: name, Label: r.str("value")}, r.err
		},
		Words: func(words []string) (Args, error) {
			if len(words) < 2 {
				return nil, argument("LabelCmd: At least 2 arguments expected. Please specify: <label-name> <label-value>")
			}
			return Args{"name": words[0], "value": strings.Join(words[1:], " ")}, nil
		},
		Methods: []Method{{Py: "child_label", Go: "ChildLabel",
			Forms: returning(None, Param{Name: "name", Type: String, Unnamed: true, Doc: "name of the label"}, Param{Name: "value", Type: String, Unnamed: true, Doc: "its new text, which may have several lines"}),
			Doc:   "Set the text of a label of the task. The server only logs a label that does not exist."}},
	}
}

func waitRow() Spec {
	return Spec{
		Name: "wait", Summary: "wait until an expression holds", Idempotent: true,
		Params: []Param{{Name: "expression", Type: String}},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			task, err := taskCmd(id, "CtsWaitCmd")
			if err != nil {
				return nil, err
			}
			expression := r.str("expression")
			if r.err != nil {
				return nil, r.err
			}
			if problem := expressionProblem(expression); problem != "" {
				return nil, argument("CtsWaitCmd: %s", problem)
			}
			return &wire.CtsWaitCmd{TaskCmd: task, Expression: expression}, nil
		},
		Words: func(words []string) (Args, error) { return Args{"expression": first(words)}, nil },
		Methods: []Method{{Py: "child_wait", Go: "ChildWait",
			Forms: returning(None, Param{Name: "expression", Type: String, Unnamed: true, Doc: "a trigger expression, such as \"/s/f/t == complete\""}),
			Doc:   "Wait until an expression holds; the server is asked every ten seconds, without limit."}},
	}
}

var queueActions = []string{"active", "aborted", "complete", "no_of_aborted", "reset"}

func queueRow() Spec {
	step := Param{Name: "step", Type: String, Default: "", Doc: "step to report; for complete and aborted"}
	where := Param{Name: "path_to_node_with_queue", Type: String, Default: "", Doc: "node that has the queue; \"\": the nearest above the task"}
	return Spec{
		Name: "queue", Summary: "take a step from a queue, or report one",
		Params: []Param{{Name: "name", Type: String}, {Name: "action", Type: String, Doc: strings.Join(queueActions, ", ")}, step, where},
		Build: func(id Identity, a Args) (wire.Request, error) {
			r := read(a)
			name, action := r.str("name"), r.str("action")
			switch {
			case r.err != nil:
				return nil, r.err
			case name == "":
				return nil, argument("ClientInvoker::child_queue: Queue name not set")
			case action == "":
				return nil, argument("ClientInvoker::child_queue: action not set")
			}
			task, err := taskCmd(id, "QueueCmd")
			if err != nil {
				return nil, err
			}
			return &wire.QueueCmd{TaskCmd: task, Name: name, Action: action, Step: r.str("step"),
				PathToNodeWithQueue: r.str("path_to_node_with_queue")}, r.err
		},
		Words: func(words []string) (Args, error) {
			return queueWords(words)
		},
		Methods: []Method{{Py: "child_queue", Go: "ChildQueue",
			Forms: returning(String, Param{Name: "queue_name", Type: String, Arg: "name", Doc: "name of the queue"},
				Param{Name: "action", Type: String, Doc: "active (take the next step), complete, aborted (report one), no_of_aborted, reset"}, step, where),
			Doc: "Take the next step from a queue, or report on one.\n\nactive returns the step, \"<NULL>\" at the end of the queue; no_of_aborted returns their number; the others return \"\"."}},
	}
}

// queueWords reads name, action, step and path; all but the name in any order.
// source: QueueCmd::create
func queueWords(words []string) (Args, error) {
	name, action, step, path := first(words), "", "", ""
	for _, w := range words[min(1, len(words)):] {
		switch {
		case slices.Contains(queueActions, w):
			action = w
		case strings.Contains(w, "/"):
			path = w
		default:
			step = w
		}
	}
	reports := action == "complete" || action == "aborted"
	switch {
	case len(words) == 4 && path == "":
		return nil, argument("QueueCmd: The fourth argument if specified must provide a path to a node where the queue resides.\nNo path specified. %s", words[3])
	case name == "" || action == "":
		return nil, argument("QueueCmd: incorrect argument specified, expected at least two arguments but found %d Please specify <queue-name> [active | aborted | complete | no_of_aborted | reset ] step <path to node with queue>(optional) i.e\n--queue=name active", len(words))
	case reports && step == "":
		return nil, argument("QueueCmd: when --queue=name complete || --queue=name aborted is used a step must be provided e.g.\n  ecflow_client --queue=name %s $step", action)
	case !reports && step != "":
		return nil, argument("QueueCmd: step should not be used with active, reset or no_of_aborted.")
	}
	if err := named("QueueCmd: Invalid queue name : ", name); err != nil {
		return nil, argument("%s", err)
	}
	return Args{"name": name, "action": action, "step": step, "path_to_node_with_queue": path}, nil
}
