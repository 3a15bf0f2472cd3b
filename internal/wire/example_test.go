package wire_test

import (
	"bytes"
	"fmt"

	"github.com/ecflow-go/ecflow/internal/wire"
)

func Example() {
	request := &wire.PathsCmd{
		UserCmd: wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: "desk"}, User: "fred", Password: "frrkUcE9qDkFs"},
		API:     wire.PathsSuspend,
		Paths:   []string{"/suite/family"},
	}
	payload, err := wire.EncodeRequest(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	var connection bytes.Buffer
	if err := wire.WriteFrame(&connection, payload); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q\n", connection.Bytes()[:8])

	received, err := wire.ReadFrame(&connection, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(wire.Describe(received))
	// Output:
	// "     183"
	// PathsCmd{cl_host_: "desk", user_: "fred", pswd_: <hidden>, api_: 1, paths_: ["/suite/family"], force_: false}
}
