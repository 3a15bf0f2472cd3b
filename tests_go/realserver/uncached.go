package realserver

import (
	"flag"
	"fmt"
	"testing"
)

// Run runs the tests of a package whose outcome go test must not answer from its cache: it does not see which servers are
// installed, which programs are built by the tests, nor variables that are read before the tests run.
func Run(m *testing.M) (code int) {
	flag.Parse()
	if err := flag.Set("test.testlogfile", ""); err != nil { // without the list of what they depend on nothing is kept
		fmt.Println("realserver:", err)
		return 1
	}
	return m.Run()
}
