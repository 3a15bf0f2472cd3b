package engine

import (
	"github.com/ecflow-go/ecflow/internal/wire"
)

// rowOf is the table of requests: how each is handled. The rows stand in the files of their groups.
func rowOf(m wire.Request) (row, error) {
	if task, isChild := m.(wire.TaskRequest); isChild {
		if r, known := childRowOf(task); known {
			return r, nil
		}
	}
	switch m := m.(type) {
	case *wire.CtsCmd:
		return ctsRow(m)
	case *wire.ServerVersionCmd:
		return row{paths: root, count: func(n *tally) *uint32 { return &n.ServerVersion }, run: (*call).version}, nil
	case *wire.GroupCTSCmd:
		return groupRow(m)
	case *wire.LoadDefsCmd:
		return loadRow(m)
	case *wire.ReplaceNodeCmd:
		return replaceRow(m)
	case *wire.BeginCmd:
		return beginRow(m)
	case *wire.DeleteCmd:
		return deleteRow(m)
	case *wire.RequeueNodeCmd:
		return requeueRow(m)
	case *wire.RunNodeCmd:
		return runRow(m)
	case *wire.ForceCmd:
		return forceRow(m)
	case *wire.FreeDepCmd:
		return freeRow(m)
	case *wire.AlterCmd:
		return alterRow(m)
	case *wire.OrderNodeCmd:
		return orderRow(m)
	case *wire.PathsCmd:
		return pathsRow(m)
	case *wire.CSyncCmd:
		return syncRow(m)
	case *wire.ClientHandleCmd:
		return handleRow(m)
	case *wire.CtsNodeCmd:
		return nodeRow(m)
	case *wire.QueryCmd:
		return queryRow(m)
	case *wire.CFileCmd:
		return fileRow(m)
	case *wire.EditScriptCmd:
		return scriptRow(m)
	case *wire.PlugCmd:
		return plugRow(m)
	case *wire.MoveCmd:
		return moveRow(m)
	case *wire.ZombieCmd:
		return zombieRow(m)
	case *wire.LogCmd:
		return logRow(m)
	case *wire.CheckPtCmd:
		return checkRow(m)
	case *wire.LogMessageCmd:
		return row{paths: root, count: func(n *tally) *uint32 { return &n.LogMessage }, run: nothing}, nil
	case *wire.ShowCmd:
		return row{paths: root, run: nothing}, nil
	}
	return row{}, unknown(m)
}

// nothing is done: what there was to do the client does, or the log has been written.
func nothing(*call) (wire.Reply, error) { return nil, nil }
