// Command hold suspends a node, waits until nothing below it runs any more, says
// so, and lets it go on:
//
//	hold /suite/family
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/ecflow-go/ecflow/client"
)

const poll = 2 * time.Second

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: hold /path/of/node")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := hold(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, client.Text(err))
		os.Exit(1)
	}
}

func hold(ctx context.Context, path string) (err error) {
	options := client.OptionsFromEnv(os.LookupEnv)
	options.Notify = func(_ context.Context, e client.Event) { fmt.Fprintln(os.Stderr, e.Text) }
	c, err := client.New(options)
	if err != nil {
		return err
	}
	if err := c.Suspend(ctx, path); err != nil {
		return err
	}
	// Whatever happens, even Ctrl-C, the node goes on in the end.
	defer func() { err = errors.Join(err, c.Resume(context.WithoutCancel(ctx), path)) }()
	if err := waitIdle(ctx, c, path); err != nil {
		return err
	}
	fmt.Println(path, "is held and idle")
	return nil
}

// waitIdle asks for the node's state until no job below it runs.
func waitIdle(ctx context.Context, c *client.Client, path string) error {
	for {
		state, err := c.Query(ctx, "state", path, "")
		if err != nil {
			return err
		}
		if state != "active" && state != "submitted" {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(poll):
		}
	}
}
