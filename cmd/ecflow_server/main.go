// Ecflow_server is the server of ecFlow: what the original of this name does, in one static file. Run it with --help;
// "ecflow_server start" and "ecflow_server stop" are what the scripts ecflow_start and ecflow_stop do.
package main

import (
	"os"

	"github.com/ecflow-go/ecflow/internal/daemon"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func main() {
	ctx, done := terminal.Interruptible()
	code := daemon.Run(ctx, terminal.System(), os.Args[1:])
	done()
	os.Exit(code)
}
