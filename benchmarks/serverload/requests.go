package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/ecflow-go/ecflow/internal/wire"
)

var user = wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: "load"}, User: "load"}

// ready is a request whose frame has been made before: making it takes a processor that the server needs.
type ready struct {
	wire.Request
	frame []byte
}

func made(r wire.Request) wire.Request {
	frame, err := frameOf(r)
	if err != nil {
		return r // and fail there
	}
	return ready{r, frame}
}

// frameOf is a request as it travels.
func frameOf(r wire.Request) ([]byte, error) {
	if made, ok := r.(ready); ok {
		return made.frame, nil
	}
	payload, err := wire.EncodeRequest(r)
	if err != nil {
		return nil, err
	}
	return append(wire.AppendHeader(nil, len(payload)), payload...), nil
}

func refused(reply []byte) bool {
	head := reply[:min(len(reply), 200)]
	return !bytes.Contains(head, []byte("22ServerToClientResponse")) || bytes.Contains(head, []byte(`"ErrorCmd"`))
}

// childTasks is how many tasks accept child commands with any password.
const childTasks = 100

func taskPath(n int) string { return fmt.Sprintf("/s0/f0/t%d", n%childTasks) }

// The work of the rows: the n-th request.

var pinging = sync.OnceValue(func() wire.Request { return made(&wire.CtsCmd{UserCmd: user, API: wire.CtsPing}) })

func ping(int) wire.Request { return pinging() }

func alter(n int) wire.Request {
	c := wire.NewAlterCmd(user, []string{taskPath(n * 7)}, "VAR", fmt.Sprint("value ", n))
	c.ChangeAttrType = wire.AlterChangeVariable
	return c
}

func child(n int) wire.Request {
	task := wire.TaskCmd{ClientToServerCmd: user.ClientToServerCmd, Path: taskPath(n), JobsPassword: "12345678", RemoteID: "1", TryNo: 1}
	switch n % 3 {
	case 0:
		return &wire.LabelCmd{TaskCmd: task, Name: "info", Label: fmt.Sprint("text ", n)}
	case 1:
		return &wire.MeterCmd{TaskCmd: task, Name: "step", Value: n / 3 % 100}
	}
	return &wire.EventCmd{TaskCmd: task, Name: "done", Value: n/3%2 == 0}
}

func fullSync(int) wire.Request { return &wire.CSyncCmd{UserCmd: user, API: wire.SyncFull} }

func checkpoint(int) wire.Request {
	return &wire.CheckPtCmd{UserCmd: user, Mode: wire.CheckPtUndefined}
}

func loading(suites int) work {
	request := made(&wire.LoadDefsCmd{UserCmd: user, Force: true, Defs: definition(suites)})
	return func(int) wire.Request { return request }
}

// definition is the tree of benchmarks/tree_workload.py.
func definition(suites int) string {
	var b strings.Builder
	for s := range suites {
		fmt.Fprintf(&b, "suite s%d\n  edit SUITE_VAR '/path/of/some/length/that/users/have'\n  limit lim 10\n", s)
		for f := range 10 {
			fmt.Fprintf(&b, "  family f%d\n    edit FAMILY_VAR '/path/of/some/length/that/users/have'\n", f)
			for t := range 100 {
				fmt.Fprintf(&b, "    task t%d\n      trigger t%d == complete\n      edit VAR 'value of a variable'\n      inlimit /s%d:lim\n"+
					"      label info \"some text\"\n      meter step 0 100 100\n      event done\n", t, max(t-1, 0), s)
			}
			b.WriteString("  endfamily\n")
		}
		b.WriteString("endsuite\n")
	}
	return b.String()
}
