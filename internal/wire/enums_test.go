package wire_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// What the original client sends for its own words; and which reply it got,
// where that is not StcCmd.
var words = []struct {
	words string
	want  any
	reply string
}{
	{"--restore_from_checkpt", wire.CtsRestoreDefsFromCheckpt, ""},
	{"--restart", wire.CtsRestartServer, ""},
	{"--shutdown=yes", wire.CtsShutdownServer, ""},
	{"--halt=yes", wire.CtsHaltServer, ""},
	{"--terminate=yes", wire.CtsTerminateServer, ""},
	{"--reloadwsfile", wire.CtsReloadWhiteListFile, "ErrorCmd"}, // none had been there at the start
	{"--force-dep-eval", wire.CtsForceDepEval, ""},
	{"--ping", wire.CtsPing, ""},
	{"--zombie_get", wire.CtsGetZombies, "ZombieGetCmd"},
	{"--stats", wire.CtsStats, "SStringCmd"},
	{"--suites", wire.CtsSuites, "SSuitesCmd"},
	{"--debug_server_on", wire.CtsDebugServerOn, ""},
	{"--debug_server_off", wire.CtsDebugServerOff, ""},
	{"--server_load", wire.CtsServerLoad, "SServerLoadCmd"},
	{"--stats_reset", wire.CtsStatsReset, ""},
	{"--reloadpasswdfile", wire.CtsReloadPasswdFile, "ErrorCmd"},
	{"--stats_server", wire.CtsStatsServer, "SStatsCmd"},
	{"--reloadcustompasswdfile", wire.CtsReloadCustomPasswdFile, "ErrorCmd"},

	{"--job_gen=/s1", wire.CtsNodeJobGen, ""},
	{"--checkJobGenOnly=/s3", wire.CtsNodeCheckJobGenOnly, ""},
	{"--get", wire.CtsNodeGet, "DefsCmd"},
	{"--get=/s1", wire.CtsNodeGet, "SNodeCmd"},
	{"--why", wire.CtsNodeWhy, "StcCmd"},
	{"--get_state", wire.CtsNodeGetState, "DefsCmd"},
	{"--migrate", wire.CtsNodeMigrate, "DefsCmd"},

	{"--suspend=/s1", wire.PathsSuspend, ""},
	{"--resume=/s1", wire.PathsResume, ""},
	{"--kill=/s1/f1/t3", wire.PathsKill, ""},
	{"--status=/s1/f1/t3", wire.PathsStatus, ""},
	{"--check=/s1", wire.PathsCheck, "SStringCmd"},
	{"--edit_history=/s1", wire.PathsEditHistory, "SStringVecCmd"},
	{"--archive=/s1/rep", wire.PathsArchive, ""},
	{"--restore=/s1/rep", wire.PathsRestore, ""},

	{"--news=0 0 0", wire.SyncNews, "SNewsCmd"},
	{"--sync=0 0 0", wire.Sync, "SSyncCmd"},
	{"--sync_full=0", wire.SyncFull, "SSyncCmd"},
	{"--sync_clock=0 0 0", wire.SyncClock, "SSyncCmd"},

	{"--ch_register=true s1 s2", wire.HandleRegister, "SClientHandleCmd"},
	{"--ch_drop=2", wire.HandleDrop, "SClientHandleCmd"},
	{"--ch_drop_user", wire.HandleDropUser, "SClientHandleCmd"},
	{"--ch_add=1 s3", wire.HandleAdd, ""},
	{"--ch_rem=1 s3", wire.HandleRemove, ""},
	{"--ch_auto_add=1 false", wire.HandleAutoAdd, ""},
	{"--ch_suites", wire.HandleSuites, "SClientHandleSuitesCmd"},

	{"--log=get", wire.LogGet, "SStringCmd"},
	{"--log=clear", wire.LogClear, ""},
	{"--log=flush", wire.LogFlush, ""},
	{"--log=new", wire.LogNew, ""},
	{"--log=path", wire.LogPath, "SStringCmd"},

	{"--check_pt", wire.CheckPtUndefined, ""},
	{"--check_pt=never", wire.CheckPtNever, ""},
	{"--check_pt=always", wire.CheckPtAlways, ""},
	{"--check_pt=on_time", wire.CheckPtOnTime, ""},

	{"--file=/s1/f1/t1 script", wire.FileECF, "SStringCmd"},
	{"--file=/s1/f1/t1 job", wire.FileJob, "SStringCmd"},
	{"--file=/s1/f1/t1 jobout", wire.FileJobout, "ErrorCmd"},
	{"--file=/s1/f1/t1 manual", wire.FileManual, "SStringCmd"},
	{"--file=/s1/f1/t1 kill", wire.FileKill, "ErrorCmd"},
	{"--file=/s1/f1/t1 stat", wire.FileStat, "ErrorCmd"},

	{"--edit_script=/s1/f1/t1 edit", wire.EditEdit, "SStringCmd"},
	{"--edit_script=/s1/f1/t1 pre_process", wire.EditPreprocess, "SStringCmd"},
	{"--edit_script=/s1/f1/t2 pre_process_file", wire.EditPreprocessUserFile, "SStringCmd"},
	{"--edit_script=/s1/f1/t2 submit_file", wire.EditSubmitUserFile, ""},

	{"--requeue=/s1/rep", wire.RequeueNoOption, ""},
	{"--requeue=abort /s1/f1", wire.RequeueAbort, ""},
	{"--requeue=force /s1/f1/sub", wire.RequeueForce, ""},

	{"--order=/s2 top", wire.OrderTop, ""},
	{"--order=/s2 bottom", wire.OrderBottom, ""},
	{"--order=/s2 alpha", wire.OrderAlpha, ""},
	{"--order=/s2 order", wire.OrderOrder, ""},
	{"--order=/s2 up", wire.OrderUp, ""},
	{"--order=/s2 down", wire.OrderDown, ""},
	{"--order=/s2 runtime", wire.OrderRuntime, ""},

	{"--zombie_fob=/s1/f1/t3", wire.ZombieFob, ""},
	{"--zombie_fail=/not/there", wire.ZombieFail, "StcCmd"},
	{"--zombie_remove=/s1/f1/t3", wire.ZombieRemove, ""},
	{"--zombie_block=/s1/f1/t1", wire.ZombieBlock, ""},
	{"--zombie_kill=/s1/f1/nosuch", wire.ZombieKill, ""},

	{"--alter add time +00:20", wire.AlterAddTime, ""},
	{"--alter add today", wire.AlterAddToday, ""},
	{"--alter add date", wire.AlterAddDate, ""},
	{"--alter add day", wire.AlterAddDay, ""},
	{"--alter add zombie", wire.AlterAddZombie, ""},
	{"--alter add variable NEWV", wire.AlterAddVariable, ""},
	{"--alter add late", wire.AlterAddLate, ""},
	{"--alter add limit", wire.AlterAddLimit, ""},
	{"--alter add inlimit", wire.AlterAddInLimit, ""},
	{"--alter add label", wire.AlterAddLabel, ""},
	{"--alter add aviso", wire.AlterAddAviso, ""},
	{"--alter add mirror MR", wire.AlterAddMirror, ""},
	{"--alter add event", wire.AlterAddEvent, ""},
	{"--alter add meter", wire.AlterAddMeter, ""},

	{"--alter delete variable NEWV", wire.AlterDeleteVariable, ""},
	{"--alter delete time", wire.AlterDeleteTime, ""},
	{"--alter delete today", wire.AlterDeleteToday, ""},
	{"--alter delete date", wire.AlterDeleteDate, ""},
	{"--alter delete day", wire.AlterDeleteDay, ""},
	{"--alter delete cron", wire.AlterDeleteCron, ""},
	{"--alter delete event", wire.AlterDeleteEvent, ""},
	{"--alter delete meter", wire.AlterDeleteMeter, ""},
	{"--alter delete label", wire.AlterDeleteLabel, ""},
	{"--alter delete trigger", wire.AlterDeleteTrigger, ""},
	{"--alter delete complete", wire.AlterDeleteComplete, ""},
	{"--alter delete repeat", wire.AlterDeleteRepeat, ""},
	{"--alter delete limit lx", wire.AlterDeleteLimit, ""},
	{"--alter delete limit_path", wire.AlterDeleteLimitPath, ""},
	{"--alter delete inlimit", wire.AlterDeleteInLimit, ""},
	{"--alter delete zombie", wire.AlterDeleteZombie, ""},
	{"--alter delete late", wire.AlterDeleteLate, ""},
	{"--alter delete queue", wire.AlterDeleteQueue, ""},
	{"--alter delete generic", wire.AlterDeleteGeneric, ""},
	{"--alter delete aviso", wire.AlterDeleteAviso, ""},
	{"--alter delete mirror", wire.AlterDeleteMirror, ""},

	{"--alter change variable NEWV", wire.AlterChangeVariable, ""},
	{"--alter change clock_type", wire.AlterChangeClockType, ""},
	{"--alter change clock_date", wire.AlterChangeClockDate, ""},
	{"--alter change clock_gain", wire.AlterChangeClockGain, ""},
	{"--alter change event", wire.AlterChangeEvent, ""},
	{"--alter change meter", wire.AlterChangeMeter, ""},
	{"--alter change label", wire.AlterChangeLabel, ""},
	{"--alter change trigger", wire.AlterChangeTrigger, ""},
	{"--alter change complete", wire.AlterChangeComplete, ""},
	{"--alter change repeat 5", wire.AlterChangeRepeat, ""},
	{"--alter change limit_max", wire.AlterChangeLimitMax, ""},
	{"--alter change limit_value", wire.AlterChangeLimitValue, ""},
	{"--alter change defstatus", wire.AlterChangeDefstatus, ""},
	{"--alter change clock_sync", wire.AlterChangeClockSync, ""},
	{"--alter change late", wire.AlterChangeLate, ""},
	{"--alter change time", wire.AlterChangeTime, ""},
	{"--alter change today", wire.AlterChangeToday, ""},
	{"--alter change aviso", wire.AlterChangeAviso, ""},
	{"--alter change mirror", wire.AlterChangeMirror, ""},

	{"--alter set_flag late", wire.FlagLate, ""},
	{"--alter clear_flag late", wire.FlagLate, ""},
	{"--alter set_flag message", wire.FlagMessage, ""},
	{"--alter set_flag force_aborted", wire.FlagForceAborted, ""},
	{"--alter set_flag user_edit", wire.FlagUserEdit, ""},
	{"--alter set_flag zombie", wire.FlagZombie, ""},
	{"--alter sort all", wire.FlagNotSet, ""},
}

// enumeration gives the field of a request that tells what is asked.
func enumeration(r wire.Request) any {
	switch r := r.(type) {
	case *wire.CtsCmd:
		return r.API
	case *wire.CtsNodeCmd:
		return r.API
	case *wire.PathsCmd:
		return r.API
	case *wire.CSyncCmd:
		return r.API
	case *wire.ClientHandleCmd:
		return r.API
	case *wire.LogCmd:
		return r.API
	case *wire.CheckPtCmd:
		return r.Mode
	case *wire.CFileCmd:
		return r.File
	case *wire.EditScriptCmd:
		return r.EditType
	case *wire.RequeueNodeCmd:
		return r.Option
	case *wire.OrderNodeCmd:
		return r.Option
	case *wire.ZombieCmd:
		return r.UserAction
	case *wire.AlterCmd:
		switch {
		case r.AddAttrType != wire.AlterAddNone:
			return r.AddAttrType
		case r.DelAttrType != wire.AlterDeleteNone:
			return r.DelAttrType
		case r.ChangeAttrType != wire.AlterChangeNone:
			return r.ChangeAttrType
		}
		return r.FlagType
	}
	return nil
}

func TestEnumerations_asTheOriginalSendsThem(t *testing.T) {
	exchanges, err := golden.Load("5.19.0")
	require.NoError(t, err)
	for _, row := range words {
		found := false
		for _, x := range exchanges {
			_, via, isCLI := strings.Cut(x.Via, "ecflow_client ")
			if !isCLI || via != row.words && !strings.HasPrefix(via, row.words+" ") {
				continue
			}
			found = true
			request, err := wire.DecodeRequest(x.Request)
			require.NoError(t, err)
			require.Equal(t, row.want, enumeration(request), x.Via)
			reply, err := wire.DecodeReply(x.Reply)
			require.NoError(t, err)
			if via == row.words && row.reply != "" {
				require.Equal(t, row.reply, wire.TypeName(reply), x.Via)
			}
			break
		}
		require.True(t, found, row.words)
	}
}

func TestEnumerations_words(t *testing.T) {
	require.Equal(t, []string{"unknown", "complete", "queued", "aborted", "submitted", "active"}, all(wire.StateUnknown, wire.StateActive))
	require.Equal(t, []string{"unknown", "complete", "queued", "aborted", "submitted", "active", "suspended"}, all(wire.DStateUnknown, wire.DStateSuspended))
	require.Equal(t, []string{"HALTED", "SHUTDOWN", "RUNNING"}, all(wire.ServerHalted, wire.ServerRunning))
	require.Equal(t, []string{"init", "event", "meter", "label", "wait", "queue", "abort", "complete"}, all(wire.ChildInit, wire.ChildComplete))
	require.Equal(t, []string{"user", "ecf", "ecf_pid", "ecf_passwd", "ecf_pid_passwd", "path", "not_set"}, all(wire.ZombieUser, wire.ZombieNotSet))
	require.Equal(t, []string{"fob", "fail", "adopt", "remove", "block", "kill"}, all(wire.ZombieFob, wire.ZombieKill))
	require.Equal(t, "force_aborted", wire.FlagForceAborted.String())
	require.Equal(t, "not_set", wire.FlagNotSet.String())
	require.Equal(t, "remote_error", wire.FlagRemoteError.String())
	require.Equal(t, "26", wire.FlagBit(26).String())
	require.Equal(t, "-1", wire.NState(-1).String())
}

func all[E interface {
	~int
	String() string
}](first, last E) []string {
	var words []string
	for e := first; e <= last; e++ {
		words = append(words, e.String())
	}
	return words
}
