package stats

import (
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"

	"github.com/ecflow-go/ecflow/internal/cereal"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// The types of a metric's value, as the original numbers them.
const (
	int32Value  = 0
	uint64Value = 3
)

// Metrics measures this process: the figures of 5.19.0, those of memory where the system tells
// them. What glibc tells the original of its heap, Go's runtime tells of its own.
//
// source: libs/core resources/Machine.cpp.
func Metrics() *wire.Metrics {
	m := &wire.Metrics{}
	add := func(name string, index int, value uint64, unit string) {
		m.List = append(m.List, wire.Metric{
			Name: name, Unit: unit,
			Value: wire.MetricValue{Index: index, Data: cereal.Scalar(strconv.FormatUint(value, 10))},
		})
	}
	const kilo, mega = 1 << 10, 1 << 20
	add("pid", int32Value, uint64(os.Getpid()), "")
	if total, virtual, resident, threads, ok := memory(); ok {
		add("maximum_memory_available", uint64Value, total/mega, "MB")
		add("virtual_memory_used", uint64Value, virtual/mega, "MB")
		add("resident_memory_used", uint64Value, resident/mega, "MB")
		add("page_size", uint64Value, uint64(os.Getpagesize())/kilo, "kB")
		add("n_cpu_online", int32Value, uint64(runtime.NumCPU()), "")
		add("n_cpu_maximum", int32Value, uint64(runtime.NumCPU()), "")
		add("n_threads", int32Value, threads, "")
	} else {
		add("page_size", uint64Value, uint64(os.Getpagesize())/kilo, "kB")
		add("n_cpu_online", int32Value, uint64(runtime.NumCPU()), "")
		add("n_cpu_maximum", int32Value, uint64(runtime.NumCPU()), "")
	}
	heap := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(heap)
	for i, name := range []string{"arena_memory", "tracked_memory", "freed_memory"} {
		if heap[i].Value.Kind() == metrics.KindUint64 {
			add(name, uint64Value, heap[i].Value.Uint64()/kilo, "kB")
		}
	}
	return m
}
