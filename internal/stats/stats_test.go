package stats

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

func TestCounters(t *testing.T) {
	var c Counters
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 1000 {
				c.Add(&c.Requests.Ping)
				c.Add(&c.Requests.Query)
				_ = c.Counts()
			}
		}()
	}
	group.Wait()
	c.Add(&c.Restored)
	require.Equal(t, wire.RequestCounts{Ping: 8000, Query: 8000}, c.Counts())
	c.Reset()
	require.Equal(t, wire.RequestCounts{}, c.Counts())
	require.Zero(t, c.Restores())
}

func TestRates(t *testing.T) {
	var c Counters
	require.Empty(t, c.Rates())
	c.EndSpan(0)
	require.Equal(t, "0.00", c.Rates())
	c = Counters{}
	for i := range 70 {
		for range i {
			c.Seen()
		}
		c.EndSpan(60)
		switch i {
		case 3:
			require.Equal(t, "0.05", c.Rates())
		case 4:
			require.Equal(t, "0.07 0.03", c.Rates())
		}
	}
	// The newest of 60 spans: 69 requests in the last minute, 67 in each of the last five, ...
	require.Equal(t, "1.15 1.12 1.03 0.91 0.66", c.Rates())
	require.Len(t, c.spans, longest)
}

// What 5.19.0 printed after some requests.
const printed = `Server Statistics
  Version                         Ecflow version(5.19.0)
  Status                          HALTED
  Host                            vm
  Port                            23513
  Protocol                        TCP/IP
  Up since                        2026-Nov-24 22:37:54
  Job sub' interval               60 (s)
  ECF_HOME                        /tmp/home
  ECF_LOG                         /tmp/home/vm.23513.ecf.log
  ECF_CHECK                       /tmp/home/vm.23513.ecf.check
  ECF_SSL                         disabled
  Check pt interval               2 (s)
  Check pt mode                   CHECK_ON_TIME
  Check pt save time alarm        20 (s)
  Number of Suites                0

Server Resources
  pid                             28224
  maximum_memory_available        24105 (MB)

User Commands (Server-related)
  Store to Check point            3
  Restore from Check point        2
  Restart server                  1
  Halt server                     1

User Commands (Node-related)
  Log cmd                         1
  Alter                           2
  Stats cmd                       1

`

func TestTable(t *testing.T) {
	s := &wire.Stats{
		Host: "vm", Port: "23513", UpSince: "2026-Nov-24 22:37:54", ServerVersion: "Ecflow version(5.19.0)", Protocol: "PLAIN",
		JobSubInterval: 60, CheckptInterval: 2, CheckptSaveTimeAlarm: 20, CheckptMode: wire.CheckPtOnTime,
		EcfHome: "/tmp/home", EcfCheck: "/tmp/home/vm.23513.ecf.check", EcfLog: "/tmp/home/vm.23513.ecf.log", EcfSSL: "disabled",
		Counts: wire.RequestCounts{Checkpt: 3, Restart: 1, Halt: 1, Log: 1, Alter: 2, Stats: 1},
		Metrics: &wire.Metrics{List: []wire.Metric{
			{Name: "pid", Value: wire.MetricValue{Data: "28224"}},
			{Name: "maximum_memory_available", Value: wire.MetricValue{Index: 3, Data: "24105"}, Unit: "MB"},
		}},
	}
	require.Equal(t, printed, Table(s, 2))
	require.Equal(t, strings.Replace(printed, "  Restore from Check point        2\n", "", 1), Table(s, 0))
}

func TestMetrics(t *testing.T) {
	m := Metrics()
	require.Equal(t, "pid", m.List[0].Name)
	for _, one := range m.List {
		require.NotEmpty(t, one.Value.Data, one.Name)
	}
}

func BenchmarkAdd(b *testing.B) {
	var c Counters
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			c.Add(&c.Requests.Ping)
		}
	})
}
