// Ecflow is one program of several names: ecflow, for people, ecflow_client, for scripts, ecflow_server, and
// ecflow_start and ecflow_stop, which start and stop one in the background.
// The name it is called by decides. Where a file can have one name alone, the first
// argument names the other: "ecflow client ARGUMENTS...", "ecflow server ARGUMENTS...",
// "ecflow_client --as=ecflow ARGUMENTS..." or --as=ecflow_server, which the original takes for no option of its own.
package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/daemon"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func main() {
	ctx, done := terminal.Interruptible()
	t := terminal.System()
	run, args := choose(os.Args)
	code := run(ctx, t, args)
	done()
	os.Exit(code)
}

// choose is which program a command line, name included, asks for, and its arguments.
func choose(line []string) (run func(ctx context.Context, t *terminal.Terminal, args []string) int, args []string) {
	name, args := "ecflow", []string(nil)
	if len(line) > 0 {
		name, args = filepath.Base(line[0]), line[1:]
	}
	first := ""
	if len(args) > 0 {
		first = args[0]
	}
	switch {
	case strings.HasPrefix(name, "ecflow_client") && first == "--as=ecflow":
		return app.Run, args[1:]
	case strings.HasPrefix(name, "ecflow_client") && first == "--as=ecflow_server":
		return daemon.Run, args[1:]
	case strings.HasPrefix(name, "ecflow_client"):
		return cli.Run, args
	case strings.HasPrefix(name, "ecflow_server"):
		return daemon.Run, args
	case strings.HasPrefix(name, "ecflow_start"):
		return daemon.Start, args
	case strings.HasPrefix(name, "ecflow_stop"):
		return daemon.Stop, args
	case first == "client":
		return cli.Run, args[1:]
	case first == "server":
		return daemon.Run, args[1:]
	}
	return app.Run, args
}
