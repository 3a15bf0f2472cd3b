package command

import (
	"slices"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// UpdatesTree reports whether a request may change what a client that syncs
// sees; with automatic syncing the original then syncs in the same breath.
//
// source: cmd_updates_defs() and isWrite() of the request classes
func UpdatesTree(request wire.Request) bool {
	switch r := request.(type) {
	case *wire.GroupCTSCmd:
		return slices.ContainsFunc(r.Commands, UpdatesTree)
	case *wire.CtsCmd:
		switch r.API {
		case wire.CtsRestoreDefsFromCheckpt, wire.CtsRestartServer, wire.CtsShutdownServer, wire.CtsHaltServer,
			wire.CtsTerminateServer, wire.CtsForceDepEval:
			return true
		}
		return false
	case *wire.CtsNodeCmd:
		return r.API == wire.CtsNodeJobGen
	case *wire.PathsCmd:
		switch r.API {
		case wire.PathsCheck:
			return false
		case wire.PathsEditHistory:
			return len(r.Paths) == 1 && r.Paths[0] == "clear"
		}
		return true
	case *wire.ClientHandleCmd:
		return r.API != wire.HandleAutoAdd && r.API != wire.HandleSuites
	case *wire.CheckPtCmd:
		return r.Mode != wire.CheckPtUndefined || r.CheckPtInterval != 0 || r.CheckPtSaveTimeAlarm != 0
	case *wire.EditScriptCmd:
		return r.EditType == wire.EditSubmit || r.EditType == wire.EditSubmitUserFile
	case *wire.LogCmd:
		return r.API == wire.LogNew
	case *wire.AlterCmd, *wire.BeginCmd, *wire.DeleteCmd, *wire.ForceCmd, *wire.FreeDepCmd, *wire.LoadDefsCmd, *wire.OrderNodeCmd,
		*wire.PlugCmd, *wire.MoveCmd, *wire.ReplaceNodeCmd, *wire.RequeueNodeCmd, *wire.RunNodeCmd:
		return true
	}
	_, child := request.(wire.TaskRequest)
	return child
}
