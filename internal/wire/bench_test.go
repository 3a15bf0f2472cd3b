package wire_test

import (
	"testing"

	"github.com/ecflow-go/ecflow/internal/wire"
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
