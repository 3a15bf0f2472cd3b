// Ecflow is the program for people, and by the name ecflow_client, or as
// "ecflow client ARGUMENTS...", also that of scripts.
package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func main() {
	ctx, done := terminal.Interruptible()
	t := terminal.System()
	args := os.Args[1:]
	var code int
	switch {
	case strings.HasPrefix(filepath.Base(os.Args[0]), "ecflow_client"):
		code = cli.Run(ctx, t, args)
	case len(args) > 0 && args[0] == "client":
		code = cli.Run(ctx, t, args[1:])
	default:
		code = app.Run(ctx, t, args)
	}
	done()
	os.Exit(code)
}
