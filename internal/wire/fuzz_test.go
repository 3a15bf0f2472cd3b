package wire_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// seeds adds one recorded payload of each type and version.
func seeds(f *testing.F, payload func(*golden.Exchange) []byte, typeName func([]byte) string) {
	for _, version := range golden.Versions() {
		exchanges, err := golden.Load(version)
		require.NoError(f, err)
		added := map[string]bool{}
		for i := range exchanges {
			text := payload(&exchanges[i])
			name := typeName(text)
			if bytes.Contains(text, []byte("Memento")) {
				name += " with changes"
			}
			if !added[name] {
				added[name] = true
				f.Add(text)
			}
		}
	}
}

func FuzzDecodeRequest(f *testing.F) {
	seeds(f, func(x *golden.Exchange) []byte { return x.Request }, func(payload []byte) string {
		request, _ := wire.DecodeRequest(payload)
		return wire.TypeName(request)
	})
	f.Fuzz(func(t *testing.T, payload []byte) {
		first, err := wire.DecodeRequest(payload)
		wire.Describe(payload)
		if err != nil {
			require.Nil(t, first)
			return
		}
		written, err := wire.EncodeRequest(first)
		if err != nil {
			require.ErrorIs(t, err, fault.Argument) // the guard
			return
		}
		second, err := wire.DecodeRequest(written)
		require.NoError(t, err)
		require.Equal(t, first, second)
		rewritten, err := wire.EncodeRequest(second)
		require.NoError(t, err)
		require.Equal(t, written, rewritten)
	})
}

func FuzzDecodeReply(f *testing.F) {
	seeds(f, func(x *golden.Exchange) []byte { return x.Reply }, func(payload []byte) string {
		reply, _ := wire.DecodeReply(payload)
		return wire.TypeName(reply)
	})
	f.Fuzz(func(t *testing.T, payload []byte) {
		first, err := wire.DecodeReply(payload)
		wire.Describe(payload)
		if err != nil {
			require.Nil(t, first)
			return
		}
		written, err := wire.EncodeReply(first)
		require.NoError(t, err)
		second, err := wire.DecodeReply(written)
		require.NoError(t, err)
		require.Equal(t, first, second)
		rewritten, err := wire.EncodeReply(second)
		require.NoError(t, err)
		require.Equal(t, written, rewritten)
	})
}

func FuzzReadFrame(f *testing.F) {
	for _, seed := range []string{
		"       3abc", "00000003abc", "0x3     abc", "      -1", "ffffffff", "GET / HTTP/1.1", "HTTP/1.1 400", "\x15\x03\x01\x00\x02\x02\x28", "", "       5ab",
	} {
		f.Add([]byte(seed), int64(0))
		f.Add([]byte(seed), int64(2))
	}
	f.Fuzz(func(t *testing.T, stream []byte, limit int64) {
		payload, err := wire.ReadFrame(bytes.NewReader(stream), limit)
		if err != nil {
			require.Nil(t, payload)
			require.True(t, fault.KindOf(err).Within(fault.Protocol), err)
			return
		}
		require.True(t, bytes.HasPrefix(stream[8:], payload))
		var out bytes.Buffer
		require.NoError(t, wire.WriteFrame(&out, payload))
		back, err := wire.ReadFrame(&out, limit)
		require.NoError(t, err)
		require.Equal(t, payload, back)
	})
}
