// Package ecftest runs an ecFlow server for a test:
//
//	func TestForecast(t *testing.T) {
//		s := ecftest.Run(t)
//		s.Script(t, "/forecast/run", "echo a job")
//		s.Play(t, "suite forecast\n task run\nendsuite")
//		s.Wait(t, "/forecast", client.StateComplete)
//	}
//
// It is a real server, in this process, on a free port of the loopback
// interface. It is RUNNING, keeps its files in a directory of the test, and
// ends, with its jobs, when the test does. Certificates and passwords are one
// option each:
//
//	s := ecftest.Run(t, ecftest.TLS(), ecftest.User("fred", "secret"))
//	c := s.Client(t) // trusts that certificate, and is fred
//
// Jobs need a command ecflow_client. A test program is one itself once its
// TestMain goes through [Main]; else PATH has to have one.
//
// What it does not do: pretend. There is no fake clock nor canned reply; see
// package [github.com/ecflow-go/ecflow/defs/simulate] for what a suite would do
// in a year.
package ecftest
