package wire_test

import (
	"strings"
	"testing"

	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

func ping() *wire.CtsCmd {
	return &wire.CtsCmd{
		UserCmd: wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: "ecfhost"}, User: "fred"},
		API:     wire.CtsPing,
	}
}

func BenchmarkEncodeRequest_ping(b *testing.B) {
	request := ping()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.EncodeRequest(request); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeReply_ping(b *testing.B) {
	payload, err := wire.EncodeReply(&wire.StcCmd{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.DecodeReply(payload); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeReply_definition(b *testing.B) {
	line := "task t1 # try:1 state:complete dur:00:00:05 flag:message\nlabel info 'half a line of text'\n"
	payload, err := wire.EncodeReply(&wire.DefsCmd{Defs: strings.Repeat(line, 100_000)})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.DecodeReply(payload); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodeRequest_definition(b *testing.B) {
	line := "task t1 # try:1 state:complete dur:00:00:05 flag:message\nlabel info 'half a line of text'\n"
	request := &wire.LoadDefsCmd{Defs: strings.Repeat(line, 100_000)}
	b.SetBytes(int64(len(request.Defs)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.EncodeRequest(request); err != nil {
			b.Fatal(err)
		}
	}
}

// The recorded sync that holds the largest tree as JSON.
func BenchmarkDecodeReply_tree(b *testing.B) {
	exchanges, err := golden.Load("5.19.0")
	if err != nil {
		b.Fatal(err)
	}
	var payload []byte
	for _, x := range exchanges {
		if strings.Contains(string(x.Reply), "ChildrenMemento") && len(x.Reply) > len(payload) {
			payload = x.Reply
		}
	}
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.DecodeReply(payload); err != nil {
			b.Fatal(err)
		}
	}
}
