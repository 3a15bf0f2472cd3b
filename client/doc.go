// Package client talks to ecFlow servers.
//
//	c, err := client.New(client.OptionsFromEnv(os.LookupEnv))
//	if err != nil {
//		return err
//	}
//	if err := c.Suspend(ctx, "/suite/family"); err != nil {
//		return err
//	}
//	state, err := c.Query(ctx, "state", "/suite/family", "")
//
// Every method that asks a server takes a context first, which can cancel it or
// limit its time, and returns an [*Error] when it fails:
//
//	var e *client.Error
//	switch {
//	case errors.Is(err, client.NotAuthorised): // user, password or permission
//	case errors.As(err, &e) && e.Server != "": // the server's own words
//	}
//
// Requests are tried twice, ten seconds apart, if no server can be reached.
// Child commands (ChildInit, ChildComplete, ...) go on for hours, walking the
// hosts of a host file, since a job must not lose what it has to say; what
// keeps them waiting is told to [Options].Notify.
//
// The package prints nothing and reads no environment by itself;
// [OptionsFromEnv] is asked for explicitly. It holds no connections and no
// goroutines between requests. What it does not do: keep a copy of the server's
// definition.
package client

//go:generate go run ../internal/gen/commands
