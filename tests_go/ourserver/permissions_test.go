package ourserver

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// setPermissions gives a node, or "/", a variable PERMISSIONS.
func (d *desk) setPermissions(user, path, value string) string {
	d.t.Helper()
	return d.ask(body("AlterCmd", json.RawMessage(fmt.Sprintf(`{"paths_":[%q],"name_":"PERMISSIONS","value_":%q,"add_attr_type_":5,"del_attr_type_":16,`+
		`"change_attr_type_":13,"flag_type_":19,"flag_":false}`, path, value)), user))
}

// TestPermissions_ofRequests sends every request to a server with PERMISSIONS on the definition and on a suite: each is allowed to
// whom it is by 5.19.0, so each asks for the right nodes.
func TestPermissions_ofRequests(t *testing.T) {
	for _, r := range recordings(t, "5.19.0", "permissions of commands") {
		var more []string
		switch r.Name {
		case "LoadDefsCmd":
			r.Fields = json.RawMessage(`{"force_":true}`)
			more = []string{`"defs_":"suite s\nendsuite\n"`, `"defs_filename_":""`}
		case "ReplaceNodeCmd":
			more = []string{fmt.Sprintf(`"clientDefs_":%q`, tree)}
		}
		t.Run(r.Name+string(r.Fields), func(t *testing.T) {
			d := &desk{t: t, home: t.TempDir()}
			d.start()
			defer func() { d.stop() }()
			d.load("anybody")
			require.Empty(t, d.setPermissions("anybody", "/s", "suite1"))
			require.Empty(t, d.setPermissions("anybody", "/", "root1"))
			allowed := []string{}
			for _, user := range []string{"nobody", "root1", "suite1"} {
				select {
				case <-d.server.Done(): // a permitted --terminate
					continue
				default:
				}
				answer := d.ask(body(r.Name, r.Fields, user, more...))
				require.NotContains(t, answer, "does not know the request")
				if refusal(answer) == "" {
					allowed = append(allowed, user)
				}
				if answer = refusal(answer); answer != "" && r.Refusal[user] != "" {
					require.Equal(t, r.Refusal[user], answer)
				}
				if user == "root1" { // what it may have done is undone
					d.stop()
					d.start()
					d.load("anybody")
					require.Empty(t, d.setPermissions("anybody", "/s", "suite1"))
					require.Empty(t, d.setPermissions("anybody", "/", "root1"))
				}
			}
			switch {
			case r.Name == "CtsCmd" && strings.Contains(string(r.Fields), fmt.Sprintf(`"api_": %d}`, wire.CtsPing)):
				require.Equal(t, []string{"nobody", "root1", "suite1"}, allowed) // a ping waits for nobody
			case strings.Contains(string(r.Fields), "/s/f/t:e"):
				require.Equal(t, []string{"suite1"}, allowed) // the original lets everybody set an event
			case r.Name == "DeleteCmd" && strings.Contains(string(r.Fields), ", \"/"):
				require.Empty(t, allowed) // all nodes are looked at
			default:
				slices.Sort(r.Allowed)
				require.Equal(t, r.Allowed, allowed)
			}
		})
	}
}
