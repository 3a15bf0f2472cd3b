package client_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
)

func TestProxy_fromTheEnvironment(t *testing.T) {
	const system, ours = "socks5h://system:1", "http://ours:2"
	for name, c := range map[string]struct {
		env           map[string]string
		host          string
		library, tool string // the proxy of OptionsFromEnv, and with UseSystemProxy
	}{
		"nothing":             {map[string]string{}, "far", "", ""},
		"ours":                {map[string]string{"ECF_PROXY": ours}, "far", ours, ours},
		"of the system":       {map[string]string{"ALL_PROXY": system}, "far", "", system},
		"in lower case":       {map[string]string{"all_proxy": system, "ALL_PROXY": ours}, "far", "", system},
		"ours wins":           {map[string]string{"ECF_PROXY": ours, "ALL_PROXY": system}, "far", ours, ours},
		"none wins":           {map[string]string{"ECF_PROXY": "None", "ALL_PROXY": system}, "far", "", ""},
		"empty wins":          {map[string]string{"ECF_PROXY": "", "ALL_PROXY": system}, "far", "", ""},
		"not for this server": {map[string]string{"ECF_PROXY": ours, "NO_PROXY": "far"}, "far", "", ""},
		"nor for that":        {map[string]string{"ALL_PROXY": system, "no_proxy": "example.org", "NO_PROXY": "x"}, "far.example.org", "", ""},
		"this machine":        {map[string]string{"ECF_PROXY": ours}, "localhost", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			lookup := func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }
			o := client.OptionsFromEnv(lookup)
			got, err := o.ProxyFor(c.host)
			require.NoError(t, err)
			require.Equal(t, c.library, got)
			o.UseSystemProxy(lookup)
			got, err = o.ProxyFor(c.host)
			require.NoError(t, err)
			require.Equal(t, c.tool, got)
		})
	}
}

func TestProxy_badURLIsAnErrorWhereItMatters(t *testing.T) {
	n := &nowhere{}
	o := client.Options{Host: "far", Proxy: client.Hide("ftp://u:secret@h"), Dial: n.dial}
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", o, o, o), "secret")
	err := newBench(t, o).Ping(ctx)
	require.ErrorIs(t, err, fault.Config)
	require.NotContains(t, client.Text(err), "secret")
	require.Empty(t, n.addrs, "nothing goes straight there instead")
	o.NoProxy = "far"
	require.ErrorIs(t, newBench(t, o).Ping(ctx), fault.Connect)
}

// A child command tries again through a proxy as it does without.
func TestProxy_childCommandsTryAgain(t *testing.T) {
	server := startPeer(t, always(ok()))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var running sync.WaitGroup
	var asked atomic.Int32
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			n := asked.Add(1)
			running.Go(func() {
				defer conn.Close()
				_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
				in := bufio.NewReader(conn)
				if r, err := http.ReadRequest(in); err != nil || r.Host != "far:3141" {
					return
				}
				if n < 4 {
					_, _ = io.WriteString(conn, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
					return
				}
				far, err := net.Dial("tcp", net.JoinHostPort(server.host, server.port))
				if err != nil {
					return
				}
				defer far.Close()
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
				go func() { _, _ = io.Copy(far, in) }()
				_, _ = io.Copy(conn, far)
			})
		}
	})
	t.Cleanup(func() { _ = l.Close(); running.Wait() })
	b := newBench(t, client.Options{Host: "far", Proxy: client.Hide("http://" + l.Addr().String())})
	require.NoError(t, b.ChildComplete(ctx))
	require.EqualValues(t, 4, asked.Load())
	require.NotEmpty(t, b.clock.pauses)
	require.Contains(t, b.journal.events[0].Text, "502 Bad Gateway")
}
