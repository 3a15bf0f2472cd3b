package command

// requestNames tells which request type of the original a row makes, where that
// is not the CtsCmd that most rows make.
var requestNames = map[string]string{
	"server_version": "ServerVersionCmd", "check_pt": "CheckPtCmd",
	"suspend": "PathsCmd", "resume": "PathsCmd", "kill": "PathsCmd", "status": "PathsCmd", "check": "PathsCmd",
	"edit_history": "PathsCmd", "archive": "PathsCmd", "restore": "PathsCmd",
	"delete": "DeleteCmd", "begin": "BeginCmd", "requeue": "RequeueNodeCmd", "run": "RunNodeCmd", "order": "OrderNodeCmd",
	"force": "ForceCmd", "free-dep": "FreeDepCmd", "plug": "PlugCmd", "job_gen": "CtsNodeCmd", "checkJobGenOnly": "CtsNodeCmd",
	"alter": "AlterCmd", "query": "QueryCmd", "file": "CFileCmd", "edit_script": "EditScriptCmd", "log": "LogCmd", "msg": "LogMessageCmd",
	"zombie_fob": "ZombieCmd", "zombie_fail": "ZombieCmd", "zombie_adopt": "ZombieCmd", "zombie_remove": "ZombieCmd",
	"zombie_block": "ZombieCmd", "zombie_kill": "ZombieCmd",
	"ch_register": "ClientHandleCmd", "ch_suites": "ClientHandleCmd", "ch_drop": "ClientHandleCmd", "ch_drop_user": "ClientHandleCmd",
	"ch_add": "ClientHandleCmd", "ch_rem": "ClientHandleCmd", "ch_auto_add": "ClientHandleCmd",
	"load": "LoadDefsCmd", "replace": "ReplaceNodeCmd", "get": "CtsNodeCmd", "get_state": "CtsNodeCmd", "migrate": "CtsNodeCmd", "why": "CtsNodeCmd",
	"news": "CSyncCmd", "sync": "CSyncCmd", "sync_clock": "CSyncCmd", "sync_full": "CSyncCmd", "group": "GroupCTSCmd", "show": "ShowCmd",
	"init": "InitCmd", "complete": "CompleteCmd", "abort": "AbortCmd", "event": "EventCmd", "meter": "MeterCmd", "label": "LabelCmd",
	"wait": "CtsWaitCmd", "queue": "QueueCmd",
}

// Source is the file of the original in which the command's behaviour is
// written, below the root of its repository.
func (s *Spec) Source() string {
	switch name := requestNames[s.Name]; {
	case s.Class == Local:
		return "libs/client/src/ecflow/client/ClientInvoker.cpp"
	case s.Class == Child:
		return "libs/base/src/ecflow/base/cts/task/" + name + ".cpp"
	case name != "":
		return "libs/base/src/ecflow/base/cts/user/" + name + ".cpp"
	}
	return "libs/base/src/ecflow/base/cts/user/CtsCmd.cpp"
}
