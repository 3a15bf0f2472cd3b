package client_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// server answers as an ecFlow server would, for the examples below.
func server() (host, port string, stop func()) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	p := &peer{}
	states := []string{"queued", "active", "complete"}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.serve(conn, func(_ int, r wire.Request) wire.Reply {
				switch c := r.(type) {
				case *wire.ServerVersionCmd:
					return text("5.19.0")
				case *wire.PathsCmd:
					if c.Paths[0] == "/nosuch" {
						return failure("PathsCmd:Suspend: Could not find node at path '/nosuch'")
					}
				case *wire.QueryCmd:
					state := states[0]
					if len(states) > 1 {
						states = states[1:]
					}
					return text(state)
				}
				return ok()
			})
		}
	}()
	host, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		panic(err)
	}
	return host, port, func() { _ = l.Close() }
}

func Example() {
	host, port, stop := server()
	defer stop()
	c, err := client.New(client.Options{Host: host, Port: port})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	if err := c.Ping(ctx); err != nil {
		fmt.Println(client.Text(err))
		return
	}
	version, err := c.ServerVersion(ctx)
	fmt.Println(version, err)
	// Output: 5.19.0 <nil>
}

// Errors say what kind of failure it was, and keep the server's words.
func ExampleError() {
	host, port, stop := server()
	defer stop()
	c, _ := client.New(client.Options{Host: host, Port: port})
	err := c.Suspend(context.Background(), "/nosuch")
	var e *client.Error
	if errors.As(err, &e) && errors.Is(err, client.Refused) {
		fmt.Println(e.Op)
		fmt.Println(e.Server)
	}
	fmt.Println(client.Text(err))
	// Output:
	// --suspend /nosuch
	// PathsCmd:Suspend: Could not find node at path '/nosuch'
	// Error: request( --suspend /nosuch ) failed! Server reply: PathsCmd:Suspend: Could not find node at path '/nosuch'
}

// Waiting for a state is asking for it until it is there.
func ExampleClient_Query() {
	host, port, stop := server()
	defer stop()
	c, _ := client.New(client.Options{Host: host, Port: port})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		state, err := c.Query(ctx, "state", "/suite", "")
		if err != nil {
			fmt.Println(client.Text(err))
			return
		}
		fmt.Println(state)
		if state == "complete" {
			return
		}
		time.Sleep(time.Millisecond)
	}
	// Output:
	// queued
	// active
	// complete
}

// A program that runs as an ecFlow job takes its identity from the environment
// of the job, here a map.
func ExampleOptionsFromEnv() {
	host, port, stop := server()
	defer stop()
	job := map[string]string{
		"ECF_HOST": host, "ECF_PORT": port,
		"ECF_NAME": "/suite/task", "ECF_PASS": "hCM5G.Zz", "ECF_RID": "4711", "ECF_TRYNO": "1",
	}
	options := client.OptionsFromEnv(func(name string) (string, bool) { v, ok := job[name]; return v, ok })
	options.Notify = func(_ context.Context, e client.Event) { fmt.Println(e.Text) }
	c, err := client.New(options)
	if err != nil {
		fmt.Println(client.Text(err))
		return
	}
	ctx := context.Background()
	fmt.Println(c.ChildInit(ctx))
	fmt.Println(c.ChildMeter(ctx, "progress", 50))
	fmt.Println(c.ChildComplete(ctx))
	// Output:
	// <nil>
	// <nil>
	// <nil>
}
