package cli

import (
	"context"
	"fmt"

	"github.com/ecflow-go/ecflow/internal/terminal"
)

// Run is the program: args are those after its name. It returns the exit code.
func Run(_ context.Context, t *terminal.Terminal, _ []string) int {
	fmt.Fprintln(t.Err, "ecflow_client: not written yet")
	return 1
}
