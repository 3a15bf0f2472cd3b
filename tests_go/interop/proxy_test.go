package interop

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// startConnectProxy is an HTTP proxy for CONNECT alone, which counts its tunnels.
func startConnectProxy(t *testing.T) (url string, tunnels *atomic.Int32) {
	t.Helper()
	tunnels = new(atomic.Int32)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		far, err := net.Dial("tcp", r.Host)
		if r.Method != http.MethodConnect || err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer far.Close()
		near, buffered, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer near.Close()
		tunnels.Add(1)
		_, _ = io.WriteString(near, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(far, buffered) }()
		_, _ = io.Copy(near, far)
	}))
	t.Cleanup(proxy.Close)
	return proxy.URL, tunnels
}

// Everything goes through a proxy: plain, TLS and HTTP, user and child commands, and the doctor.
func TestProxy(t *testing.T) {
	kinds := map[string]realserver.Config{"plain": {}, "TLS": {TLS: realserver.ServerFiles}}
	if realserver.Selected(t).AtLeast(5, 14) {
		kinds["HTTP"] = realserver.Config{HTTP: true}
	}
	for name, config := range kinds {
		t.Run(name, func(t *testing.T) {
			url, tunnels := startConnectProxy(t)
			s := start(t, config)
			// The name of this machine is none of its loopback names.
			through := []string{"ECF_HOST=" + s.HostName, "ECF_PROXY=" + url}
			c := s.Client(through...)
			works(t, c)
			require.EqualValues(t, 1, tunnels.Load())
			version, err := c.ServerVersion(ctx)
			require.NoError(t, err)
			require.Equal(t, s.Installation.ServerVersion(), version)

			told := consult(t, s, nil, through...)
			tells(t, told, "name", "skipped: the proxy looks it up", "proxy", "ok: "+url+" (ECF_PROXY)", "port", "ok: the proxy reaches", "access", "ok: ", "writing", "ok: ")
			before := tunnels.Load()
			works(t, s.Client(append(through, "NO_PROXY="+s.HostName)...))
			works(t, s.Client(append(through, "ECF_PROXY=none")...))
			require.Equal(t, before, tunnels.Load())

			code, out, diagnostics := ecflow("", s.Environment("ECF_HOST="+s.HostName, "ALL_PROXY="+url), "ping")
			require.Zero(t, code, diagnostics)
			require.True(t, strings.HasPrefix(out, s.HostName+":"+s.Port+" answers"), out)
			require.Equal(t, before+1, tunnels.Load())
		})
	}
}
