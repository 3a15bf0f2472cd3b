package wire_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

func describe(t *testing.T, message any) string {
	t.Helper()
	var payload []byte
	var err error
	if reply, ok := message.(wire.Reply); ok {
		payload, err = wire.EncodeReply(reply)
	} else {
		payload, err = wire.EncodeRequest(message.(wire.Request))
	}
	require.NoError(t, err)
	return wire.Describe(payload)
}

func TestDescribe(t *testing.T) {
	require.Equal(t, `CtsCmd{cl_host_: "ecfhost", user_: "fred", api_: 8}`, describe(t, ping()))
	shared := &wire.SStringCmd{Str: "twice"}
	require.Equal(t, `GroupSTCCmd{cmdVec_: [SStringCmd#2{str_: "twice"}, SStringCmd#2]}`,
		describe(t, &wire.GroupSTCCmd{Commands: []wire.Reply{shared, shared}}))
	require.Equal(t, `SSyncCmd{full_defs_: false, incremental_changes_: {server_state_change_no_: 1, `+
		`server_modify_change_no_: 0, compound_mementos_: [#2{absNodePath_: "/s", vec_: [NodeRepeatMemento#3{repeat_: `+
		`{type_: null}}]}]}, server_defs_: "", value1: ""}`,
		describe(t, &wire.SSyncCmd{IncrementalChanges: wire.DefsDelta{ServerStateChangeNo: 1, CompoundMementos: []*wire.CompoundMemento{
			{AbsNodePath: "/s", Vec: []wire.Memento{&wire.NodeRepeatMemento{}}},
		}}}))
}

func TestDescribe_hidesSecrets(t *testing.T) {
	const secret = "s3cr3t"
	user := wire.UserCmd{User: "fred", Password: secret}
	task := wire.TaskCmd{Path: "/s/t", JobsPassword: secret}
	alter := wire.NewAlterCmd(user, []string{"/s"}, "ECF_PASS", secret)
	alter.ChangeAttrType = wire.AlterChangeVariable
	for _, message := range []any{
		&wire.CtsCmd{UserCmd: user, API: wire.CtsPing},
		&wire.AbortCmd{TaskCmd: task},
		&wire.InitCmd{TaskCmd: task, VarToAdd: []wire.Variable{{Name: "ECF_PASS", Value: secret}}},
		alter,
		&wire.ZombieCmd{UserCmd: user, Password: secret},
		&wire.EditScriptCmd{UserVariables: []wire.StringPair{{First: "ECF_PASS", Second: secret}}},
		&wire.LoadDefsCmd{Defs: "suite s\ntask t # passwd:" + secret + " try:1\nedit ECF_PASS '" + secret + "'\n"},
		&wire.GroupCTSCmd{UserCmd: user, Commands: []wire.Request{&wire.CtsCmd{UserCmd: user, API: wire.CtsPing}}},
		&wire.SStringCmd{Str: "export ECF_PASS=" + secret + "\nexport ECF_PASS=\"" + secret + "\""},
		&wire.ZombieGetCmd{Zombies: []wire.Zombie{{JobsPassword: secret}}},
	} {
		text := describe(t, message)
		require.NotContains(t, text, secret)
		require.Contains(t, text, "<hidden>")
	}
}

func TestDescribe_unreadable(t *testing.T) {
	require.Contains(t, wire.Describe([]byte(`{"pswd_": "s3cr3t"`)), "malformed")
	require.NotContains(t, wire.Describe([]byte(`{"pswd_": "s3cr3t"`)), "s3cr3t")
	require.Equal(t, "{}", wire.Describe([]byte("{}")))
	require.Equal(t, "1", wire.Describe([]byte("[[1]]")))
}
