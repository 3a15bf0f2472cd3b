package transport

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

// FuzzExchange_anyPeer lets a peer answer anything at all, in every mode: there
// must be a reply or a typed error, with text.
func FuzzExchange_anyPeer(f *testing.F) {
	for _, seed := range []string{
		"", " ", "       2ok", "      20{", "ffffffff", "      -1", "HTTP/1.1 200 OK\r\n\r\nok", "HTTP/1.1 302 Found\r\nLocation: :\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "\x15\x03\x01\x00\x02\x02\x46", "\x15\x03\x01",
		"\x16\x03\x03\x00\x7a\x02\x00", "SSH-2.0\r\n", "     130{\n\"22ServerToClientResponse\": {",
	} {
		for mode := range HTTPS + 1 {
			f.Add(uint8(mode), seed, true)
			f.Add(uint8(mode), seed, false)
		}
	}
	trust := selfSigned(f).trust(f)
	f.Fuzz(func(t *testing.T, mode uint8, said string, accepts bool) {
		conn := brokenPipe{answer: strings.NewReader(said), err: io.ErrClosedPipe}
		cfg := &Config{Mode: Mode(mode % 4), Trust: trust, MaxReply: 1 << 16}
		cfg.Dial = dialTo(conn)
		if accepts {
			cfg.Dial = dialTo(takesAll{conn})
		}
		reply, err := Exchange(t.Context(), Endpoint{"h", "1"}, cfg, []byte("request"))
		if err == nil {
			require.LessOrEqual(t, len(reply), 1<<16)
			require.True(t, cfg.Mode == Plain || cfg.Mode == HTTP, "a channel without a handshake")
			return
		}
		var e *fault.Error
		require.True(t, errors.As(err, &e))
		require.NotZero(t, e.Kind)
		require.NotEmpty(t, e.Msg)
		require.NotEqual(t, fault.Internal, e.Kind)
		require.Equal(t, "h:1", e.Addr)
	})
}

// takesAll accepts every write.
type takesAll struct{ brokenPipe }

func (takesAll) Write(p []byte) (int, error) { return len(p), nil }

func TestIsFrame(t *testing.T) {
	for _, yes := range []string{"     130{", "     130", "     ", "000000ee{", "      EE{"} {
		require.True(t, isFrame([]byte(yes)), "%q", yes)
	}
	for _, no := range []string{"", "    ", "HTTP/1.1", "     130x", "\x15\x03\x03\x00\x02", "SSH-2.0-O"} {
		require.False(t, isFrame([]byte(no)), "%q", no)
	}
}
