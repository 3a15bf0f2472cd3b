package ourserver

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/server"
)

// recorded is a row of internal/access/testdata.
type recorded struct {
	Kind, Name string
	Fields     json.RawMessage // in the order in which they travel
	Allowed    []string
	Refusal    map[string]string
}

func recordings(t *testing.T, version, kind string) []recorded {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "internal", "access", "testdata", version+".jsonl.gz"))
	require.NoError(t, err)
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	require.NoError(t, err)
	var found []recorded
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one recorded
		require.NoError(t, json.Unmarshal(lines.Bytes(), &one))
		if one.Kind == kind {
			found = append(found, one)
		}
	}
	require.NoError(t, lines.Err())
	require.NotEmpty(t, found)
	return found
}

const tree = "suite s\n family f\n  task t\n  task u\n endfamily\nendsuite\nsuite sx\n task t\nendsuite\nsuite o\n task t\nendsuite\n"

// roles are a writer of all, a reader of all, a writer of /s alone, a reader of /s alone; a stranger is not listed.
const roles = "4.4.14\nwriter\n-reader\nowner /s\n-visitor /s\n"

// desk is a server of ours within this process.
type desk struct {
	t      *testing.T
	home   string
	server *server.Server
}

func (d *desk) start() {
	d.t.Helper()
	var err error
	d.server, err = server.Start(context.Background(), server.Options{Home: d.home, WhiteList: "lists"})
	require.NoError(d.t, err)
}

// alive starts the server again if a request has ended it.
func (d *desk) alive() {
	d.t.Helper()
	select {
	case <-d.server.Done():
		d.start()
	default:
	}
}

func (d *desk) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = d.server.Close(ctx)
}

// ask sends a request and gives the text of an error, "" for every other answer.
func (d *desk) ask(payload []byte) string {
	d.t.Helper()
	conn, err := net.DialTimeout("tcp4", "127.0.0.1:"+strconv.Itoa(d.server.Port()), 5*time.Second)
	require.NoError(d.t, err)
	defer conn.Close()
	require.NoError(d.t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	_, err = fmt.Fprintf(conn, "%8x%s", len(payload), payload)
	require.NoError(d.t, err)
	answer, err := io.ReadAll(conn)
	require.NoError(d.t, err)
	require.Greater(d.t, len(answer), 8)
	reply, err := wire.DecodeReply(answer[8:])
	require.NoError(d.t, err)
	if failed, ok := reply.(*wire.ErrorCmd); ok {
		return failed.ErrorMsg
	}
	return ""
}

// body writes a request as testdata/record.py does. more are fields that go behind those recorded.
func body(kind string, fields json.RawMessage, user string, more ...string) []byte {
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(fields)), "{"), "}")
	if inner != "" {
		inner = "," + inner
	}
	for _, one := range more {
		inner += "," + one
	}
	const who = `"cereal_class_version":0,"value0":{"cereal_class_version":0,"value0":{"cereal_class_version":0,"cl_host_":"h"},"user_":%q}`
	return fmt.Appendf(nil, `{"21ClientToServerRequest":{"cmd_":{"polymorphic_id":2147483649,"polymorphic_name":%q,"ptr_wrapper":{"id":2147483649,"data":{`+who+`%s}}}}}`,
		kind, user, inner)
}

func (d *desk) load(user string) {
	d.t.Helper()
	require.Empty(d.t, d.ask(body("LoadDefsCmd", json.RawMessage(`{"force_":true}`), user, fmt.Sprintf(`"defs_":%q`, tree), `"defs_filename_":""`)))
}

func refusal(answer string) string {
	if strings.Contains(answer, "not accepted") {
		return answer
	}
	return ""
}

// differs are requests that others may send here: of a request to delete several nodes the original looks at the first alone.
func differs(r recorded) ([]string, bool) {
	if r.Kind == "command" && r.Name == "DeleteCmd" {
		var fields struct {
			Paths []string `json:"paths_"`
		}
		if json.Unmarshal(r.Fields, &fields) == nil && len(fields.Paths) == 2 {
			return []string{"writer"}, true
		}
	}
	return nil, false
}

// TestRoles_asTheOriginal sends every request as users with more and fewer rights: those are refused who are by 5.19.0, in
// the same words.
func TestRoles_asTheOriginal(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(home, "lists"), []byte(roles), 0o600))
	d := &desk{t: t, home: home}
	d.start()
	defer func() { d.stop() }()
	for _, r := range recordings(t, "5.19.0", "command") {
		var more []string // what the recording leaves out
		switch r.Name {
		case "LoadDefsCmd":
			r.Fields = json.RawMessage(`{"force_":true}`)
			more = []string{`"defs_":"suite s\nendsuite\n"`, `"defs_filename_":""`}
		case "ReplaceNodeCmd":
			more = []string{fmt.Sprintf(`"clientDefs_":%q`, tree)}
		}
		terminates := r.Name == "CtsCmd" && strings.Contains(string(r.Fields), `"api_": 5}`)
		t.Run(r.Name+string(r.Fields), func(t *testing.T) {
			outer := d.t
			d.t = t
			defer func() { d.t = outer }()
			allowed := []string{}
			want := r.Allowed
			if other, ok := differs(r); ok {
				want = other
			}
			for _, user := range []string{"stranger", "visitor", "owner", "reader", "writer"} {
				d.alive()
				d.load("writer")
				whole := d.ask(body(r.Name, r.Fields, user, more...))
				require.NotContains(t, whole, "does not know the request")
				answer := refusal(whole)
				if answer == "" {
					allowed = append(allowed, user)
				} else if !slices.Contains(want, user) && r.Refusal[user] != "" {
					require.Equal(t, r.Refusal[user], answer)
				}
				if terminates && answer == "" {
					<-d.server.Done()
				}
			}
			require.Equal(t, want, allowed)
		})
	}
}

// TestRoles_groups: a group is refused as a whole when one of its requests is, each for the user that it names itself.
func TestRoles_groups(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(home, "lists"), []byte(roles), 0o600))
	d := &desk{t: t, home: home}
	d.start()
	defer d.stop()
	suites := func(user string) wire.Request { return &wire.CtsCmd{UserCmd: as(user), API: wire.CtsSuites} }
	ping := func(user string) wire.Request { return &wire.CtsCmd{UserCmd: as(user), API: wire.CtsPing} }
	version := func(user string) wire.Request { return &wire.ServerVersionCmd{UserCmd: as(user)} }
	suspend := func(user string) wire.Request {
		return &wire.PathsCmd{UserCmd: as(user), API: wire.PathsSuspend, Paths: []string{"/s/f/t"}}
	}
	remove := func(path string) func(user string) wire.Request {
		return func(user string) wire.Request {
			return &wire.DeleteCmd{UserCmd: as(user), Paths: []string{path}, Force: true}
		}
	}
	members := map[string][]func(string) wire.Request{
		"group of a read and a write":    {suites, suspend},
		"group of two reads":             {suites, version},
		"group of writes":                {suspend, remove("/s/f/u")},
		"group of writes here and there": {suspend, remove("/o/t")},
		"group with a ping":              {ping, suites},
		"group of nothing":               {},
	}
	group := func(user string, all ...wire.Request) string {
		payload, err := wire.EncodeRequest(&wire.GroupCTSCmd{UserCmd: as(user), Commands: all})
		require.NoError(t, err)
		return refusal(d.ask(payload))
	}
	for _, r := range recordings(t, "5.19.0", "group") {
		made, known := members[r.Name]
		if !known {
			continue
		}
		allowed := []string{}
		for _, user := range []string{"stranger", "visitor", "owner", "reader", "writer"} {
			d.load("writer")
			var all []wire.Request
			for _, one := range made {
				all = append(all, one(user))
			}
			answer := group(user, all...)
			require.Equal(t, r.Refusal[user], answer, r.Name)
			if answer == "" {
				allowed = append(allowed, user)
			}
		}
		require.Equal(t, r.Allowed, allowed, r.Name)
	}
	d.load("writer")
	require.NotEmpty(t, group("writer", suspend("stranger")))
}

func as(user string) wire.UserCmd { return wire.UserCmd{User: user} }
