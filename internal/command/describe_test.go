package command_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// What real servers wrote into their logs for these command lines, less the
// paths after the first and ":user@host".
func TestDescribe_isTheOriginalsForm(t *testing.T) {
	id := command.Identity{Host: "h", User: "fred", Task: command.Task{Path: "/s/t", Password: "p", RemoteID: "1", TryNo: 1}}
	for words, want := range map[string]string{
		"--ping":                                  "--ping",
		"--halt=yes":                              "--halt=yes",
		"--begin":                                 "--begin",
		"--begin=s1":                              "--begin=s1",
		"'--begin=s1 --force'":                    "--begin=s1 --force",
		"--begin=--force":                         "--begin=--force",
		"--suspend=/s1":                           "--suspend /s1",
		"--suspend=/s1 /s2 /s3":                   "--suspend /s1 : truncated : 2 paths *not* shown",
		"--check=_all_":                           "--check _all_",
		"--delete=force yes /s1 /s2":              "--delete force yes /s1 /s2",
		"--delete=_all_ yes":                      "--delete _all_ yes",
		"--requeue=abort /s1/f1":                  "--requeue abort /s1/f1",
		"--run=force /s1/t":                       "--run force /s1/t",
		"--order=/s1 top":                         "--order=/s1 top",
		"--force=complete recursive full /s1":     "--force=complete recursive full /s1",
		"--free-dep=/s1":                          "--free-dep trigger /s1",
		"--free-dep=all /s1":                      "--free-dep all /s1",
		"--query variable /s1:V":                  "--query=variable /s1:V/s/t",
		"--file=/s1/t script 5":                   "--file=/s1/t script 5",
		"--check_pt=on_time:200":                  "--check_pt=on_time:200",
		"--check_pt=alarm:35":                     "--check_pt=alarm:35",
		"--check_pt=300":                          "--check_pt=300",
		"--log=get":                               "--log=get 100",
		"--log=new /x":                            "--log=new /x",
		"'--msg=hello world'":                     "--msg=hello world",
		"--zombie_fob=/s/t":                       "--zombie_fob=/s/t",
		"--plug=/s /d":                            "--plug=/s /d",
		"--job_gen=/s1":                           "--job_gen=/s1",
		"--edit_script=/s/t edit":                 "--edit_script=/s/t edit no_run",
		"--ch_register=true s1 s2":                "--ch_register=true s1 s2",
		"--ch_drop_user":                          "--ch_drop_user=fred",
		"--ch_auto_add=1 false":                   "--ch_auto_add=1 false",
		"--sync=1 2 3":                            "--sync=1 2 3",
		"--sync_full=0":                           "--sync_full=0",
		"--alter change variable V x /s1/t /s1/u": "--alter change variable V x /s1/t",
		"--alter set_flag late /s1":               "--alter set_flag late /s1",
		"--alter sort all recursive /s1":          "--alter sort all recursive /s1",
		"'--group=ping; suspend /s1'":             "--group=--ping; --suspend /s1",
		"--init=1 --add A=b":                      "chd:init /s/t --add A=b",
		"--complete --remove V":                   "chd:complete /s/t --remove V",
		"'--abort=a; b'":                          "chd:abort /s/t  a  b",
		"--event=e clear":                         "chd:event e 0 /s/t",
		"--meter=m 4":                             "chd:meter m 4 /s/t",
		"--label=l a b":                           "chd:label l 'a b' /s/t",
		"'--wait=a == complete'":                  "chd:wait a == complete /s/t",
		"--queue=q complete 001":                  "chd:queue q complete 001 /s/t",
	} {
		built, err := fromWords(append([]string{"ecflow_client"}, shellWords(words)...), id, nil)
		require.NoError(t, err, words)
		require.Equal(t, want, command.Describe(built), words)
	}
}

func TestDescribe_knowsEveryRequest(t *testing.T) {
	for _, row := range command.Table() {
		if row.Class == command.Local {
			continue
		}
		id := command.Identity{Task: command.Task{Path: "/s/t", Password: "secretpw", RemoteID: "1", TryNo: 1}, Password: "secrethash"}
		request, err := row.Build(id, samples)
		require.NoError(t, err, row.Name)
		text := command.Describe(request)
		require.NotContains(t, text, "secret", row.Name)
		require.NotContains(t, text, "Cmd", row.Name)
		require.NotEqual(t, "--", text, row.Name)
	}
	require.Contains(t, command.Describe(&wire.MoveCmd{SrcNode: "secret"}), "Plug(Move) source(")
	require.Empty(t, command.Describe(nil))
}

// samples are arguments with which every row can be built.
var samples = command.Args{
	"paths": []string{"/s"}, "path": "/s", "order": "top", "edit_type": "edit", "action": "get", "commands": "ping", "name": "n",
	"alter_type": "add", "attribute_type": "variable", "value": nil, "text": "", "path_to_defs": "x", "source": "/s", "destination": "/d",
	"query_type": "state", "path_to_attribute": "/s", "expression": "t == complete", "message": "m", "state_or_event": "complete",
}
