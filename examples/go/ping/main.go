// Command ping asks the server that ECF_HOST and ECF_PORT name whether it is
// there, with TLS and password as the environment says.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/ecflow-go/ecflow/client"
)

func main() {
	options := client.OptionsFromEnv(os.LookupEnv)
	options.Notify = func(_ context.Context, e client.Event) { fmt.Fprintln(os.Stderr, e.Text) }
	c, err := client.New(options)
	if err != nil {
		fail(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	started := time.Now()
	if err := c.Ping(ctx); err != nil {
		fail(err)
	}
	took := time.Since(started)
	version, err := c.ServerVersion(ctx)
	if err != nil {
		fail(err)
	}
	fmt.Printf("%s:%s answers in %s, version %s\n", c.Host(), c.Port(), took.Round(time.Microsecond), version)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, client.Text(err))
	os.Exit(1)
}
