// Ecflow_client is the command line client of ecFlow: what the original of this name does,
// in one static file. Run it with --help.
package main

import (
	"os"

	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func main() {
	ctx, done := terminal.Interruptible()
	code := cli.Run(ctx, terminal.System(), os.Args[1:])
	done()
	os.Exit(code)
}
