package doctor

import (
	"context"
	"errors"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// task looks at what a job gets from its server, if this is one.
func (e *examination) task() {
	path := e.value("ECF_NAME")
	if path == "" {
		if e.value("ECF_PASS") != "" {
			e.add(checkTask, Warning, "ECF_PASS is set, but not ECF_NAME: child commands fail", "a job script sets both")
			return
		}
		e.skip(checkTask, "ECF_NAME is not set: this is no job")
		return
	}
	var missing []string
	for _, name := range []string{"ECF_PASS", "ECF_TRYNO", "ECF_HOST", "ECF_PORT"} {
		if e.value(name) == "" {
			missing = append(missing, name)
		}
	}
	switch {
	case e.value("ECF_PASS") == "":
		e.add(checkTask, Problem, path+": not set: "+strings.Join(missing, ", ")+"; child commands fail", "have the script include head.h, or export them as it does")
	case len(missing) > 0:
		e.add(checkTask, Warning, path+": not set: "+strings.Join(missing, ", "), "export ECF_HOST=%ECF_HOST% and so on in head.h")
	}
	if e.stopped || e.refused {
		if len(missing) == 0 {
			e.ok(checkTask, "%s: all variables are set", path)
		}
		return
	}
	var state string
	err := e.ask(func(ctx context.Context) (err error) {
		state, err = e.client.Query(ctx, "state", path, "")
		return err
	})
	switch {
	case errors.Is(err, fault.Refused):
		e.add(checkTask, Problem, path+": the server knows no such node: "+summary(err), "is this the right server (ECF_HOST, ECF_PORT), and was the suite renamed or replaced?")
	case err != nil:
		e.fail(checkTask, err)
	default:
		e.ok(checkTask, "%s is %s", path, state)
	}
}
