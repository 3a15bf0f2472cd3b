package daemon

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/gcpace"
	"github.com/ecflow-go/ecflow/internal/instance"
	"github.com/ecflow-go/ecflow/internal/jobs"
	"github.com/ecflow-go/ecflow/internal/parallel"
	"github.com/ecflow-go/ecflow/internal/parent"
	"github.com/ecflow-go/ecflow/internal/settings"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/version"
)

// Run is the program: args are those after its name. It returns the exit code.
//
// source: libs/server ServerMain.cpp.
func Run(ctx context.Context, t *terminal.Terminal, args []string) int {
	if len(args) > 0 {
		switch args[0] {
		case "start":
			return Start(ctx, t, args[1:])
		case "stop":
			return Stop(ctx, t, args[1:])
		}
	}
	ctx, done := terminal.Attentive(ctx)
	defer done()
	if err := serve(ctx, t, args); err != nil {
		return failed(t, err)
	}
	return 0
}

// failed tells of an error in the original's words, with what to do below.
func failed(t *terminal.Terminal, err error) int {
	var e *fault.Error
	if !errors.As(err, &e) {
		fmt.Fprintf(t.Err, "Exception in ServerMain:: %v\n", err)
		return 1
	}
	text := strings.TrimRight(e.Summary(), "\n")
	if e.Op != readSettings && e.Op != readRights && !strings.HasPrefix(text, exception) {
		text = exception + text
	}
	if e.Hint != "" {
		text += "\n" + e.Hint
	}
	fmt.Fprintln(t.Err, text)
	return 1
}

const (
	exception    = "Exception in ServerMain:: "
	readSettings = "read the settings"    // whose errors begin as the original's do
	readRights   = "read who may do what" // theirs, too
)

// serve runs a server until it is told to end.
func serve(ctx context.Context, t *terminal.Terminal, args []string) error {
	from, args, err := parent.Take(args)
	if err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	directory, err := os.Getwd()
	if err != nil {
		return err
	}
	set, err := settings.Read(settings.Given{Args: args, Env: t.Env, Dir: directory, Host: from.Host(host), PID: os.Getpid()})
	switch {
	case err != nil:
		return err
	case set.Help:
		fmt.Fprint(t.Out, help())
		return nil
	case set.ShowVersion:
		fmt.Fprintln(t.Out, version.Description())
		return nil
	}
	if err := set.Check(); err != nil {
		return err
	}
	if from.NewCertificate && set.TLS.Wanted && set.TLS.Dir != "" { // without a directory there is an error soon
		if _, err := certs.Create(certs.Request{Dir: set.TLS.Dir, Names: certs.NamesOf(ctx, "localhost"), Brief: true}); err != nil {
			return err
		}
	}
	if err := os.Chdir(set.HomeDir()); err != nil { // jobs begin there
		return err
	}
	ctx, done := from.Within(ctx)
	defer done()
	jobs.KeepFiles()
	pace(t)
	server, err := instance.Start(context.WithoutCancel(ctx), instance.Config{
		Settings: set, Socket: from.Socket, EndJobs: from.Owned(), Ease: gcpace.EaseAndCollect,
	})
	if err != nil {
		return err
	}
	parallel.Spare(1)
	if set.Debug {
		fmt.Fprint(t.Out, dump(set))
	}
	fmt.Fprint(t.Out, loaded(set))
	if set.Debug {
		fmt.Fprintf(t.Out, "Server started: ------------------------------------------------>port:%d\n", set.Port)
	}
	if err := from.Ready(int(server.Addr().Port())); err != nil {
		return errors.Join(err, server.Stop(context.Background()))
	}
	select {
	case <-server.Done():
	case <-ctx.Done():
		var by *terminal.Interrupted
		if errors.As(context.Cause(ctx), &by) && by.Signal == syscall.SIGTERM {
			server.Sigterm()
		}
		return server.Stop(context.Background())
	}
	return nil
}

// pace settles the runtime to a server. It gets one place more than there are processors, for whoever waits at the port. With more,
// as many threads look for garbage as there are places, and requests wait for their turn among them: pings during loads took
// 15 ms (p99) with eight places on two processors, 6 to 7 ms with three or four. And garbage is collected when the heap has
// tripled, not doubled: each time looks at the whole definition. GOMAXPROCS and GOGC in the environment go before.
func pace(t *terminal.Terminal) {
	if _, set := t.Env("GOMAXPROCS"); !set {
		runtime.GOMAXPROCS(runtime.NumCPU() + 1)
	}
	if _, set := t.Env("GOGC"); !set {
		debug.SetGCPercent(200)
	}
}
