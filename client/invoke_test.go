package client_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

var ctx = context.Background()

func TestPing_carriesWhoAsks(t *testing.T) {
	p := startPeer(t, always(ok()))
	require.NoError(t, newBench(t, p.options()).Ping(ctx))
	ping := p.seen()[0].(*wire.CtsCmd)
	require.Equal(t, wire.CtsPing, ping.API)
	require.Equal(t, "fred", ping.User)
	require.Equal(t, "desk", ping.ClHost)
	require.Empty(t, ping.Password)
}

func TestUserRequest_triesTwiceTenSecondsApart(t *testing.T) {
	n := &nowhere{}
	b := newBench(t, client.Options{Host: "127.0.0.1", Dial: n.dial})
	_, err := b.Suites(ctx)
	require.ErrorIs(t, err, client.NoConnection)
	require.True(t, client.SafeToRetry(err))
	require.Len(t, n.addrs, 2)
	require.Equal(t, []time.Duration{10 * time.Second}, b.clock.pauses)
	require.Equal(t, []client.EventKind{client.Retrying}, b.journal.kinds())
	require.True(t, strings.HasPrefix(client.Text(err),
		"Error: request( --suites ) failed! Failed to connect to 127.0.0.1:3141. Cannot communicate with the server"), client.Text(err))
}

func TestPing_triesTwiceOneSecondApart(t *testing.T) {
	n := &nowhere{}
	b := newBench(t, client.Options{Host: "127.0.0.1", Dial: n.dial})
	require.Error(t, b.Ping(ctx))
	require.Equal(t, []time.Duration{time.Second}, b.clock.pauses)
	require.Empty(t, b.journal.kinds(), "the original says nothing on the way either")
}

func TestRequest_attemptsAndPeriodCanBeSet(t *testing.T) {
	n := &nowhere{}
	b := newBench(t, client.Options{Host: "127.0.0.1", Dial: n.dial})
	b.SetConnectionAttempts(4)
	b.SetRetryPeriod(2 * time.Second)
	require.Error(t, b.Suspend(ctx, "/s"))
	require.Len(t, n.addrs, 4)
	require.Equal(t, []time.Duration{2 * time.Second, 2 * time.Second, 2 * time.Second}, b.clock.pauses)
	b.SetConnectionAttempts(0)
	require.Error(t, b.Suspend(ctx, "/s"))
	require.Len(t, n.addrs, 5)
}

// resetting takes the request and resets the connection.
func resetting(t *testing.T) (host, port string, count *atomic.Int32) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	count = new(atomic.Int32)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = wire.ReadFrame(conn, 0)
			count.Add(1)
			_ = conn.(*net.TCPConn).SetLinger(0)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	host, port, err = net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return host, port, count
}

func TestRequest_isNotRepeatedWhenItMayHaveBeenDone(t *testing.T) {
	host, port, count := resetting(t)
	b := newBench(t, client.Options{Host: host, Port: port})
	err := b.Requeue(ctx, "", "/s")
	require.ErrorIs(t, err, client.NoConnection)
	require.False(t, client.SafeToRetry(err))
	require.EqualValues(t, 1, count.Load(), "a requeue must not be done twice")
	require.Error(t, b.Suspend(ctx, "/s"))
	require.EqualValues(t, 3, count.Load(), "suspending twice does no harm")
}

func TestRequest_closedWithoutReplyIsNotRepeated(t *testing.T) {
	p := startPeer(t, always(nil))
	err := newBench(t, p.options()).Suspend(ctx, "/s")
	require.ErrorIs(t, err, fault.PlainToTLS)
	require.Len(t, p.seen(), 1)
	require.Contains(t, client.Text(err), "Protocol mismatch: the client is using TCP/IP to reach "+p.host+":"+p.port)
}

func TestChild_walksTheHostFileUntilItsTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hosts")
	require.NoError(t, os.WriteFile(file, []byte("# others\n127.0.0.2\n127.0.0.3:4000 more\n"), 0o600))
	n := &nowhere{}
	b := newBench(t, client.Options{Host: "127.0.0.1", Port: "3141", HostFile: file, Dial: n.dial, ChildTimeout: 3 * time.Minute})
	err := b.ChildInit(ctx)
	require.ErrorIs(t, err, client.TimedOut)
	require.Equal(t, []string{"127.0.0.1:3141", "127.0.0.1:3141", "127.0.0.2:3141", "127.0.0.2:3141", "127.0.0.3:4000", "127.0.0.3:4000",
		"127.0.0.1:3141", "127.0.0.1:3141"}, n.addrs[:8])
	s := time.Second
	require.Equal(t, []time.Duration{10 * s, 10 * s, 30 * s, 10 * s, 30 * s, 10 * s, 30 * s}, b.clock.pauses[:7])
	require.Contains(t, client.Text(err), "ClientInvoker: Timed out after ECF_TIMEOUT(180) seconds : for ")
	require.Contains(t, b.journal.kinds(), client.NextHost, "it says so on the way")
	require.Equal(t, "127.0.0.1", b.Host(), "no server answered: the next request begins with the main one")
}

func TestChild_goesOnWithTheHostThatAnswered(t *testing.T) {
	p := startPeer(t, always(ok()))
	file := filepath.Join(t.TempDir(), "hosts")
	require.NoError(t, os.WriteFile(file, []byte(p.host+":"+p.port+"\n"), 0o600))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, dead, _ := net.SplitHostPort(l.Addr().String())
	require.NoError(t, l.Close())
	b := newBench(t, client.Options{Host: "127.0.0.1", Port: dead, HostFile: file})
	require.NoError(t, b.ChildInit(ctx))
	require.Equal(t, p.port, b.Port())
	pauses := len(b.clock.pauses)
	require.NoError(t, b.ChildComplete(ctx))
	require.Len(t, b.clock.pauses, pauses)
	require.NoError(t, b.SetHostPort("127.0.0.1", dead))
	require.Equal(t, dead, b.Port())
}

func TestChild_passesOverServersThatCannotBeAsked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "hosts")
	require.NoError(t, os.WriteFile(file, []byte("127.0.0.2:4000\n\x01\n"), 0o600))
	certificates := t.TempDir() // that of 127.0.0.2 is not there
	pem, err := os.ReadFile(filepath.Join("..", "internal", "transport", "testdata", "ec.crt"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(certificates, "127.0.0.1.3141.crt"), pem, 0o600))
	n := &nowhere{}
	b := newBench(t, client.Options{
		Host: "127.0.0.1", HostFile: file, Dial: n.dial, ChildTimeout: 3 * time.Minute,
		Protocol: client.TLS, SSLValue: "127.0.0.1.3141", SSLDir: certificates,
	})
	require.ErrorIs(t, b.ChildInit(ctx), client.TimedOut)
	require.Equal(t, []string{"127.0.0.1:3141", "127.0.0.1:3141", "127.0.0.1:3141", "127.0.0.1:3141"}, n.addrs[:4])
	require.Contains(t, b.journal.kinds(), client.Retrying)
}

func TestUserRequest_walksTheHostFileOnlyIfToldTo(t *testing.T) {
	p := startPeer(t, always(ok()))
	file := filepath.Join(t.TempDir(), "hosts")
	require.NoError(t, os.WriteFile(file, []byte(p.host+":"+p.port+"\n"), 0o600))
	o := client.Options{Host: "127.0.0.1", Port: "1", HostFile: file}
	require.Error(t, newBench(t, o).Ping(ctx))
	o.HostFileForAll = true
	require.NoError(t, newBench(t, o).Ping(ctx))
}

func TestChild_unreadableHostFileIsAWarning(t *testing.T) {
	n := &nowhere{}
	b := newBench(t, client.Options{Host: "127.0.0.1", HostFile: "/nonexistent/hosts", Dial: n.dial, ChildTimeout: time.Minute})
	require.Error(t, b.ChildInit(ctx))
	warnings := 0
	for _, k := range b.journal.kinds() {
		if k == client.Warning {
			warnings++
		}
	}
	require.Equal(t, 1, warnings, "told once")
}

func TestChild_waitsWhileTheServerIsHalted(t *testing.T) {
	halt := &wire.StcCmd{API: wire.StcBlockClientServerHalted}
	p := startPeer(t, inTurn(halt, halt, halt, ok()))
	b := newBench(t, p.options())
	require.NoError(t, b.ChildEvent(ctx, "e", true))
	s := time.Second
	require.Equal(t, []time.Duration{10 * s, 10 * s}, b.clock.pauses, "the first move to the next host, the same here, is without pause")
	require.Equal(t, []client.EventKind{client.Waiting, client.NextHost}, b.journal.kinds())
	require.Contains(t, b.journal.events[0].Text, "halted")
}

func TestChild_deniedDoesNotWait(t *testing.T) {
	p := startPeer(t, always(&wire.StcCmd{API: wire.StcBlockClientServerHalted}))
	o := p.options()
	o.Denied = true
	b := newBench(t, o)
	err := b.ChildMeter(ctx, "m", 3)
	require.ErrorIs(t, err, fault.BlockedHalted)
	require.Len(t, p.seen(), 2)

	n := &nowhere{}
	b = newBench(t, client.Options{Host: "127.0.0.1", Dial: n.dial, Denied: true})
	require.ErrorIs(t, b.ChildMeter(ctx, "m", 3), client.NoConnection)
	require.Len(t, n.addrs, 2)
}

func TestChild_zombieGivesUpAtItsTime(t *testing.T) {
	p := startPeer(t, always(&wire.BlockClientZombieCmd{ZombieType: wire.ZombieECF}))
	o := p.options()
	o.ZombieTimeout = 2 * time.Minute
	b := newBench(t, o)
	err := b.ChildLabel(ctx, "l", "x")
	require.ErrorIs(t, err, fault.BlockedZombie)
	var e *client.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "/s/t", e.Path)
	require.Contains(t, client.Text(err), "*ZOMBIE* Timed out after ECF_ZOMBIE_TIMEOUT(120) seconds")
	require.GreaterOrEqual(t, b.clock.Now().Sub(time.Unix(1e9, 0)), 2*time.Minute)
}

func TestChildWait_asksUntilTheConditionHolds(t *testing.T) {
	wait := &wire.StcCmd{API: wire.StcBlockClientOnHomeServer}
	p := startPeer(t, func(n int, _ wire.Request) wire.Reply {
		if n < 50 {
			return wait
		}
		return ok()
	})
	b := newBench(t, p.options())
	require.NoError(t, b.ChildWait(ctx, "/s/t == complete"))
	require.Len(t, p.seen(), 51)
	require.Equal(t, []client.EventKind{client.Waiting}, b.journal.kinds(), "told once")
}

func TestChild_needsToKnowItsTask(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	for want, missing := range map[string]client.Task{
		"Child Path not set":     {Password: "p", RemoteID: "1", TryNo: 1},
		"Child password not set": {Path: "/s/t", RemoteID: "1", TryNo: 1},
		"Child pid not set":      {Path: "/s/t", Password: "p", TryNo: 1},
		"Child try_no not set":   {Path: "/s/t", Password: "p", RemoteID: "1"},
	} {
		b.SetTask(missing)
		err := b.ChildInit(ctx)
		require.ErrorIs(t, err, client.InvalidArgument)
		require.Equal(t, want, client.Text(err))
	}
	require.Empty(t, p.seen())
}

func TestNoServer_succeedsWithoutSending(t *testing.T) {
	p := startPeer(t, always(ok()))
	o := p.options()
	o.NoServer = true
	b := newBench(t, o)
	require.NoError(t, b.Ping(ctx))
	require.NoError(t, b.ChildInit(ctx))
	suites, err := b.Suites(ctx)
	require.NoError(t, err)
	require.Empty(t, suites)
	zombies, err := b.Zombies(ctx)
	require.NoError(t, err)
	require.Empty(t, zombies)
	require.Empty(t, p.seen())
	require.Equal(t, "NO_ECF", b.journal.events[0].Text)
}

func TestRefusal_keepsTheServersWords(t *testing.T) {
	p := startPeer(t, always(failure("Could not find node at path '/nosuch'")))
	_, err := newBench(t, p.options()).Query(ctx, "state", "/nosuch", "")
	require.ErrorIs(t, err, client.Refused)
	require.Equal(t, "Error: request( --query=state /nosuch/s/t ) failed! Server reply: Could not find node at path '/nosuch'", client.Text(err))
	var e *client.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, "Could not find node at path '/nosuch'", e.Server)
	require.Equal(t, p.host+":"+p.port, e.Addr)
}

func TestRefusal_ofAUserOfAllServers(t *testing.T) {
	for _, words := range []string{
		"[ authentication failed ] User 'fred' is not allowed any access.",
		"[ authentication failed ] User mary has no *write* access. Please see your administrator.",
		"Command not accepted, due to: Authentication (user) failed, due to: Incorrect credentials detected [fred]",
		"Command not accepted, due to: Authorisation (user) failed, due to: Insufficient permissions [mary]",
	} {
		p := startPeer(t, always(failure(words)))
		err := newBench(t, p.options()).Suspend(ctx, "/s")
		require.ErrorIs(t, err, client.NotAuthorised, words)
		require.Contains(t, client.Text(err), "failed! Server reply: "+words)
	}
}

func TestRefusal_ofAZombieIsNotOneOfAUser(t *testing.T) {
	// All server versions use the words of a refused user when somebody chose to let a zombie fail.
	p := startPeer(t, always(failure("[ authentication failed ] Request set to FAIL via zombie setting")))
	b := newBench(t, p.options())
	b.SetTask(client.Task{Path: "/s/t", Password: "pass", RemoteID: "1", TryNo: 1})
	err := b.ChildInit(ctx)
	require.ErrorIs(t, err, client.Refused)
	require.NotContains(t, client.Text(err), "ECF_PASSWD")
}

func TestGroup_reportsEveryFailure(t *testing.T) {
	same := failure("one")
	p := startPeer(t, always(&wire.GroupSTCCmd{Commands: []wire.Reply{same, text("x"), failure("two")}}))
	b := newBench(t, p.options())
	err := b.Group(ctx, "suspend /a; resume /b; query state /")
	require.ErrorIs(t, err, client.Refused)
	lines := strings.Split(client.Text(err), "\n")
	require.Len(t, lines, 2)
	require.True(t, strings.HasSuffix(lines[0], ") failed! Server reply: one"), lines[0])
	require.True(t, strings.HasSuffix(lines[1], ") failed! Server reply: two"), lines[1])
	members := p.seen()[0].(*wire.GroupCTSCmd).Commands
	require.Len(t, members, 3)
	require.Equal(t, "fred", members[1].(*wire.PathsCmd).User)
}

func TestGroup_neverSendsWhatKillsAServer(t *testing.T) {
	p := startPeer(t, always(ok()))
	err := newBench(t, p.options()).Group(ctx, "sync_full 7; ping")
	require.ErrorIs(t, err, client.InvalidArgument)
	require.Empty(t, p.seen())
}

func TestHandle_isKeptAsTheOriginalKeepsIt(t *testing.T) {
	p := startPeer(t, func(_ int, r wire.Request) wire.Reply {
		switch c := r.(*wire.ClientHandleCmd); c.API {
		case wire.HandleRegister:
			return &wire.SClientHandleCmd{Handle: 7}
		case wire.HandleDrop:
			return &wire.SClientHandleCmd{}
		}
		return ok()
	})
	b := newBench(t, p.options())
	require.NoError(t, b.DropHandle(ctx, 0), "nothing to drop")
	require.Empty(t, p.seen())
	h, err := b.RegisterHandle(ctx, true, "s1")
	require.NoError(t, err)
	require.Equal(t, 7, h)
	require.NoError(t, b.AddHandleSuites(ctx, 0, "s2"))
	require.Equal(t, 7, p.seen()[1].(*wire.ClientHandleCmd).ClientHandle)
	require.NoError(t, b.AddHandleSuites(ctx, 3, "s2"))
	require.Equal(t, 3, p.seen()[2].(*wire.ClientHandleCmd).ClientHandle)
	require.NoError(t, b.DropHandle(ctx, 0))
	require.Zero(t, b.Handle())
}

func TestHandleSuites_isATable(t *testing.T) {
	p := startPeer(t, always(&wire.SClientHandleSuitesCmd{
		Users:         []wire.HandlesOfUser{{User: "fred", Handles: []uint32{1, 2}}},
		ClientHandles: []wire.SuitesOfHandle{{Handle: 1, Suites: []string{"s1", "s2"}}, {Handle: 2, Suites: []string{"s3"}}},
	}))
	table, err := newBench(t, p.options()).HandleSuites(ctx)
	require.NoError(t, err)
	require.Equal(t, "\nUser      handle  suites\nfred           1  s1  s2  \n               2  s3  ", table)
}

func TestAlter_listsOfPathsAreCheckedFirst(t *testing.T) {
	p := startPeer(t, func(_ int, r wire.Request) wire.Reply {
		if c, isPaths := r.(*wire.PathsCmd); isPaths && c.API == wire.PathsCheck {
			return failure("no such node")
		}
		return ok()
	})
	b := newBench(t, p.options())
	require.Error(t, b.Alter(ctx, "add", "variable", "N", "v", "/a", "/b"))
	require.Len(t, p.seen(), 1)
	require.NoError(t, b.Alter(ctx, "add", "variable", "N", "v", "/a"))
	// The original checks every list, but not a path by itself.
	change := func(paths any) error {
		_, err := b.Do(ctx, "alter", client.Args{
			"paths": paths, "alter_type": "add", "attribute_type": "variable", "name": "N", "value": "v",
		})
		return err
	}
	require.Error(t, change([]string{"/a"}))
	require.Error(t, change([]string{}))
	require.NoError(t, change("/a"))
	_, err := b.Do(ctx, "sort_attributes", client.Args{"paths": []string{"/a"}, "attribute_name": "variable"})
	require.Error(t, err)
}

func TestAlter_whatAnOldServerIgnoresIsRefused(t *testing.T) {
	var version atomic.Value
	version.Store("5.9.2")
	p := startPeer(t, func(_ int, r wire.Request) wire.Reply {
		if _, asked := r.(*wire.ServerVersionCmd); asked {
			return text(version.Load().(string))
		}
		return ok()
	})
	b := newBench(t, p.options())
	err := b.Alter(ctx, "add", "meter", "m", "0,100,5", "/s")
	require.ErrorIs(t, err, client.Unsupported)
	require.Contains(t, err.Error(), "needs 5.14 or later")
	require.NoError(t, b.Alter(ctx, "add", "label", "l", "x", "/s"))
	require.Len(t, p.seen(), 2)
	version.Store("5.13.8")
	require.NoError(t, b.Alter(ctx, "delete", "mirror", "m", "", "/s"))
	require.Error(t, b.Alter(ctx, "add", "event", "e", "set", "/s"))
	version.Store("5.19.0")
	require.NoError(t, b.Alter(ctx, "add", "event", "e", "set", "/s"))
	before := len(p.seen())
	require.NoError(t, b.Alter(ctx, "add", "event", "e", "set", "/s"))
	require.Len(t, p.seen(), before+1, "not asked again")
}

func TestCancel_endsAWait(t *testing.T) {
	p := startPeer(t, always(&wire.StcCmd{API: wire.StcBlockClientServerHalted}))
	o := p.options()
	o.Task, o.LocalHost, o.Login = task, "desk", "fred"
	c, err := client.New(o)
	require.NoError(t, err)
	cancellable, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	started := time.Now()
	err = c.ChildInit(cancellable)
	require.ErrorIs(t, err, client.TimedOut)
	require.Less(t, time.Since(started), 5*time.Second)

	stopped, stop := context.WithCancel(ctx)
	stop()
	require.ErrorIs(t, c.Ping(stopped), client.Cancelled)
}

func TestClient_servesManyGoroutines(t *testing.T) {
	p := startPeer(t, func(_ int, r wire.Request) wire.Reply {
		if q, isQuery := r.(*wire.QueryCmd); isQuery {
			return text(q.PathToAttribute)
		}
		return ok()
	})
	b := newBench(t, p.options())
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 20 {
				path := "/s" + string(rune('a'+i))
				got, err := b.Query(ctx, "state", path, "")
				if err != nil || got != path {
					t.Errorf("%s: %q, %v", path, got, err)
				}
				b.SetRetryPeriod(time.Second)
				b.SetUser("")
				_ = b.SetHostPort(p.host, p.port)
				_, _ = b.Host(), b.Certificate()
			}
		})
	}
	all.Wait()
}

func TestReply_ofAnotherSortIsAnError(t *testing.T) {
	p := startPeer(t, inTurn(&wire.SSuitesCmd{Suites: []string{"s"}}, text("x"), text("x"), ok(), &wire.StcCmd{API: wire.StcEndOfFile}))
	b := newBench(t, p.options())
	_, err := b.Query(ctx, "state", "/", "")
	require.ErrorIs(t, err, client.BadProtocol)
	_, err = b.Suites(ctx)
	require.ErrorIs(t, err, client.BadProtocol)
	_, err = b.Zombies(ctx)
	require.ErrorIs(t, err, client.BadProtocol)
	got, err := b.ChildQueue(ctx, "q", "no_of_aborted", "", "")
	require.NoError(t, err)
	require.Empty(t, got, "a plain OK is an empty text")
	require.ErrorIs(t, b.Suspend(ctx, "/s"), client.BadProtocol)
}

func TestServerStats(t *testing.T) {
	p := startPeer(t, inTurn(&wire.SStatsCmd{Stats: wire.Stats{Host: "h", NoOfSuites: 3}}, ok()))
	b := newBench(t, p.options())
	stats, err := b.ServerStats(ctx)
	require.NoError(t, err)
	require.Equal(t, 3, stats.NoOfSuites)
	_, err = b.ServerStats(ctx)
	require.ErrorIs(t, err, client.BadProtocol)
}

func TestWaitForServer(t *testing.T) {
	n := &nowhere{}
	b := newBench(t, client.Options{Host: "127.0.0.1", Dial: n.dial})
	alive, err := b.WaitForServer(ctx, 10*time.Second)
	require.NoError(t, err)
	require.False(t, alive)
	p := startPeer(t, always(ok()))
	require.NoError(t, b.SetHostPort(p.host, p.port))
	b = newBench(t, p.options())
	v, err := b.Do(ctx, "wait_for_server_reply", client.Args{"time_out": int64(1)})
	require.NoError(t, err)
	require.Equal(t, true, v)
}

// Servers cut a text at a NUL without a word.
func TestRequest_withNULIsNotSent(t *testing.T) {
	p := startPeer(t, always(ok()))
	b := newBench(t, p.options())
	require.ErrorIs(t, b.LogMessage(ctx, "a\x00b"), client.InvalidArgument)
	require.Empty(t, p.seen())
	require.NoError(t, b.LogMessage(ctx, `a\u0000b \\u0000`), "a backslash is no NUL")
	require.Equal(t, `a\u0000b \\u0000`, p.seen()[0].(*wire.LogMessageCmd).Msg)
}
