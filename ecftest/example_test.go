package ecftest_test

import (
	"errors"
	"fmt"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/ecftest"
)

// A suite of one task runs to its end.
func ExampleRun() {
	t := newT() // a test has a t
	defer t.end()

	s := ecftest.Run(t)
	s.Script(t, "/forecast/run", `ecflow_client --label=info "step 24 of 24"`)
	s.Play(t, "suite forecast\n task run\n  label info ''\nendsuite")
	s.Wait(t, "/forecast", client.StateComplete)

	label, err := s.Client(t).Query(t.Context(), "label", "/forecast/run", "info")
	fmt.Println(label, err)
	// Output: step 24 of 24 <nil>
}

// TLS and passwords are an option each.
func ExampleRun_secure() {
	t := newT() // a test has a t
	defer t.end()

	s := ecftest.Run(t, ecftest.TLS(), ecftest.User("fred", "secret"))
	fmt.Println(s.Client(t).Ping(t.Context()))

	o := s.Options()
	o.User, o.Password = "nobody", nil
	c, err := client.New(o)
	if err != nil {
		t.Fatalf("%v", err)
	}
	_, err = c.Suites(t.Context())
	fmt.Println(errors.Is(err, client.NotAuthorised))
	// Output:
	// <nil>
	// true
}
