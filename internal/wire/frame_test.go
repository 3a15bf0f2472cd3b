package wire_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func TestWriteFrame(t *testing.T) {
	for _, size := range []int{0, 1, 238, 64 << 10, 64<<10 + 1} {
		payload := bytes.Repeat([]byte("x"), size)
		var out bytes.Buffer
		require.NoError(t, wire.WriteFrame(&out, payload))
		back, err := wire.ReadFrame(&out, 0)
		require.NoError(t, err)
		require.Equal(t, payload, back)
	}
	var out bytes.Buffer
	require.NoError(t, wire.WriteFrame(&out, make([]byte, 0xee)))
	require.Equal(t, "      ee", out.String()[:8])
	require.ErrorIs(t, wire.WriteFrame(brokenPipe{}, make([]byte, 1<<20)), io.ErrClosedPipe)
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// What real servers take for a length, and what not.
func TestReadFrame_header(t *testing.T) {
	for _, header := range []string{
		"       3", "00000003", "3       ", "0x3     ", "0X000003", "      +3", "3zz     ", "\t\n 3   \x00", "   +0x3 ",
	} {
		payload, err := wire.ReadFrame(strings.NewReader(header+"abc and more"), 0)
		require.NoError(t, err, "%q", header)
		require.Equal(t, "abc", string(payload))
	}
	payload, err := wire.ReadFrame(strings.NewReader("      AB"+strings.Repeat("x", 0xab)), 0)
	require.NoError(t, err)
	require.Len(t, payload, 0xab)
	payload, err = wire.ReadFrame(strings.NewReader("      -0"), 0)
	require.NoError(t, err)
	require.Empty(t, payload)

	for header, kind := range map[string]fault.Kind{
		"        ":                         fault.Protocol,
		"GET / HT":                         fault.Protocol,
		"      0x":                         fault.Protocol,
		"       -":                         fault.Protocol,
		"      -1":                         fault.Protocol,
		"-fffffff":                         fault.Protocol,
		"\x00\x00\x00\x03":                 fault.Truncated,
		"HTTP/1.1":                         fault.HTTPServer,
		"HTTP/":                            fault.HTTPServer,
		"\x15\x03\x01\x00\x02\x02\x28":     fault.PlainToTLS, // an alert is one byte shorter than a header
		"\x15\x03\x03\x00\x02\x02\x46\x00": fault.PlainToTLS,
		"\x16\x03\x01\x02\x00\x01\x00\x01": fault.PlainToTLS,
		"7fffffff":                         fault.TooLarge,
		"ffffffff":                         fault.TooLarge,
	} {
		_, err := wire.ReadFrame(strings.NewReader(header), 0)
		require.Equal(t, kind, fault.KindOf(err), "%q: %v", header, err)
		require.ErrorIs(t, err, kind)
	}
}

func TestReadFrame_limit(t *testing.T) {
	for limit, ok := range map[int64]bool{3: true, 4: true, 2: false, 0: true} {
		_, err := wire.ReadFrame(strings.NewReader("       3abc"), limit)
		if ok {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, fault.TooLarge)
		}
	}
}

func TestReadFrame_endsTooEarly(t *testing.T) {
	_, err := wire.ReadFrame(strings.NewReader(""), 0)
	require.ErrorIs(t, err, fault.Truncated)
	require.ErrorIs(t, err, io.EOF)

	for _, input := range []string{" ", "       ", "       3", "       3ab", "  100000" + strings.Repeat("x", 200_000)} {
		_, err := wire.ReadFrame(iotest.OneByteReader(strings.NewReader(input)), 0)
		require.ErrorIs(t, err, fault.Truncated)
		require.NotErrorIs(t, err, io.EOF)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	}
}

func TestReadFrame_readerFails(t *testing.T) {
	reset := errors.New("connection reset by peer")
	for _, before := range []string{"", "    ", "      10abc"} {
		_, err := wire.ReadFrame(io.MultiReader(strings.NewReader(before), iotest.ErrReader(reset)), 0)
		require.ErrorIs(t, err, fault.Connect)
		require.ErrorIs(t, err, reset)
	}
}

func TestReadFrame_slowPeer(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	defer server.Close()
	require.NoError(t, client.SetReadDeadline(time.Now().Add(20*time.Millisecond)))
	go server.Write([]byte("      10abc"))
	_, err := wire.ReadFrame(client, 0)
	require.ErrorIs(t, err, fault.Timeout)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
}

// A header may promise what never comes: memory must follow the data.
func TestReadFrame_promisesOnly(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := wire.ReadFrame(strings.NewReader("40000000"+strings.Repeat("x", 1000)), 0)
	runtime.ReadMemStats(&after)
	require.ErrorIs(t, err, fault.Truncated)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
}
