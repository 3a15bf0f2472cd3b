package defs

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// manySuites is from how many suites on they are checked side by side.
const manySuites = 4

// checkSuites checks all suites, on as many processors as there are; the reports are in the order of the suites.
// Checking changes nothing but what expressions remember, which many may do at once.
func (d *Defs) checkSuites() []report {
	reports := make([]report, len(d.suites))
	var next atomic.Int64
	work := func() {
		for i := next.Add(1) - 1; int(i) < len(d.suites); i = next.Add(1) - 1 {
			d.suites[i].check(&reports[i], wholeTree{d})
		}
	}
	var others sync.WaitGroup
	if len(d.suites) >= manySuites {
		for range min(runtime.GOMAXPROCS(0), len(d.suites)) - 1 {
			others.Go(work)
		}
	}
	work()
	others.Wait()
	return reports
}
