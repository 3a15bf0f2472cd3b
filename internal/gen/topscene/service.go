package topscene

import (
	"context"
	"strings"
	"sync"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// Service stands for a server. It notes what it is told to do and does nothing.
type Service struct {
	Tree    *defs.Defs
	Refuses string                    // the server's words for every command; "": it takes all
	Down    error                     // why it cannot be reached
	Files   map[string]string         // by kind; those of the scenes if nil
	Before  func(ctx context.Context) // called at the start of each request

	mu    sync.Mutex
	calls []string
}

// Calls are the commands it was given.
func (s *Service) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

func (s *Service) begin(ctx context.Context) error {
	if s.Before != nil {
		s.Before(ctx)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.Down
}

func (s *Service) do(ctx context.Context, words ...string) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	s.calls = append(s.calls, strings.Join(words, " "))
	s.mu.Unlock()
	if s.Refuses != "" {
		return &fault.Error{Kind: fault.Refused, Op: words[0], Server: s.Refuses}
	}
	return nil
}

// Sync brings nothing.
func (s *Service) Sync(ctx context.Context, _ bool) error { return s.begin(ctx) }

// Defs is the tree.
func (s *Service) Defs() *defs.Defs { return s.Tree }

// File is a text that tells what it was asked for.
func (s *Service) File(ctx context.Context, task, kind, _ string) (string, error) {
	if err := s.begin(ctx); err != nil {
		return "", err
	}
	from := s.Files
	if from == nil {
		from = files
	}
	if text, ok := from[kind]; ok {
		return strings.ReplaceAll(text, "%TASK%", task), nil
	}
	return "", &fault.Error{Kind: fault.Refused, Op: "file", Server: "no " + kind + " for " + task}
}

// EditHistory tells of one command.
func (s *Service) EditHistory(ctx context.Context, paths ...string) ([]string, error) {
	return []string{"MSG:[05:10:12 24.11.2026] --requeue " + paths[0] + " :anna@ops-desk"}, s.begin(ctx)
}

// Log has two lines.
func (s *Service) Log(ctx context.Context, _ int) (string, error) {
	return "LOG:[06:12:40 24.11.2026]  aborted: /oper/00/fc/model try-No: 2 reason: trap: exit 1\nMSG:[06:12:45 24.11.2026] --news=1 120 31 :anna\n", s.begin(ctx)
}

// The commands.

func (s *Service) Suspend(ctx context.Context, paths ...string) error {
	return s.do(ctx, append([]string{"suspend"}, paths...)...)
}
func (s *Service) Resume(ctx context.Context, paths ...string) error {
	return s.do(ctx, append([]string{"resume"}, paths...)...)
}
func (s *Service) Requeue(ctx context.Context, option string, paths ...string) error {
	return s.do(ctx, append([]string{"requeue", option}, paths...)...)
}
func (s *Service) Run(ctx context.Context, _ bool, paths ...string) error {
	return s.do(ctx, append([]string{"run"}, paths...)...)
}
func (s *Service) ForceState(ctx context.Context, state client.State, paths ...string) error {
	return s.do(ctx, append([]string{"force", defs.NState(state).String()}, paths...)...)
}
func (s *Service) ForceStateRecursive(ctx context.Context, state client.State, paths ...string) error {
	return s.do(ctx, append([]string{"force", defs.NState(state).String(), "recursive"}, paths...)...)
}
func (s *Service) Kill(ctx context.Context, paths ...string) error {
	return s.do(ctx, append([]string{"kill"}, paths...)...)
}
func (s *Service) Status(ctx context.Context, paths ...string) error {
	return s.do(ctx, append([]string{"status"}, paths...)...)
}
func (s *Service) BeginSuite(ctx context.Context, suite string, _ bool) error {
	return s.do(ctx, "begin", suite)
}
func (s *Service) Delete(ctx context.Context, _ bool, paths ...string) error {
	return s.do(ctx, append([]string{"delete"}, paths...)...)
}
func (s *Service) RestartServer(ctx context.Context) error  { return s.do(ctx, "restart") }
func (s *Service) ShutdownServer(ctx context.Context) error { return s.do(ctx, "shutdown") }
func (s *Service) HaltServer(ctx context.Context) error     { return s.do(ctx, "halt") }

var files = map[string]string{
	"script": "#!/bin/bash\n%include <head.h>\nmpirun -n 640 %BINDIR%/model.exe --date %YMD%\n%include <tail.h>\n",
	"job":    "#!/bin/bash\nexport ECF_NAME=%TASK%\nmpirun -n 640 /opt/bin/model.exe --date 20261124\n",
	"jobout": "+ mpirun -n 640 /opt/bin/model.exe --date 20261124\nstep 0 written\nstep 6 written\n" +
		"ERROR: node nid0042 does not answer\n\x1b[31mmpirun: 1 process died\x1b[0m\n+ ecflow_client --abort=trap:\texit 1\n",
	"manual": "If the model stops:\n  look for a broken node in the output, then requeue.\n  After three tries call the analyst on duty.\n",
}
