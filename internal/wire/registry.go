package wire

import (
	"reflect"
	"slices"
	"sync"

	"github.com/ecflow-go/ecflow/internal/cereal"
)

type requestDocument struct {
	Cmd Request `cereal:"cmd_"`
}

type replyDocument struct {
	Cmd Reply `cereal:"stc_cmd_"`
}

// The outer keys are what the original's compiler makes of two class names.
const (
	requestKey = "21ClientToServerRequest"
	replyKey   = "22ServerToClientResponse"
)

// registry lists every type that travels under its name.
var registry = sync.OnceValue(func() *cereal.Registry {
	return cereal.NewRegistry([]any{requestDocument{}, replyDocument{}, Defs{}},
		// requests
		AbortCmd{}, AlterCmd{}, BeginCmd{}, CFileCmd{}, CSyncCmd{}, CheckPtCmd{}, ClientHandleCmd{}, CompleteCmd{},
		CtsCmd{}, CtsNodeCmd{}, CtsWaitCmd{}, DeleteCmd{}, EditScriptCmd{}, EventCmd{}, ForceCmd{}, FreeDepCmd{},
		GroupCTSCmd{}, InitCmd{}, LabelCmd{}, LoadDefsCmd{}, LogCmd{}, LogMessageCmd{}, MeterCmd{}, MoveCmd{},
		OrderNodeCmd{}, PathsCmd{}, PlugCmd{}, QueryCmd{}, QueueCmd{}, ReplaceNodeCmd{}, RequeueNodeCmd{}, RunNodeCmd{},
		ServerVersionCmd{}, ShowCmd{}, ZombieCmd{},
		// replies
		BlockClientZombieCmd{}, DefsCmd{}, ErrorCmd{}, GroupSTCCmd{}, SClientHandleCmd{}, SClientHandleSuitesCmd{},
		SNewsCmd{}, SNodeCmd{}, SServerLoadCmd{}, SStatsCmd{}, SStringCmd{}, SStringVecCmd{}, SSuitesCmd{}, SSyncCmd{},
		StcCmd{}, ZombieGetCmd{},
		// nodes
		Alias{}, Family{}, Suite{}, Task{},
		// repeats
		RepeatDate{}, RepeatDateList{}, RepeatDateTime{}, RepeatDateTimeList{}, RepeatDay{}, RepeatEnumerated{},
		RepeatInteger{}, RepeatString{},
		// mementos
		AliasChildrenMemento{}, AliasNumberMemento{}, ChildrenMemento{}, FlagMemento{}, NodeAvisoMemento{},
		NodeCompleteMemento{}, NodeCronMemento{}, NodeDateMemento{}, NodeDayMemento{}, NodeDefStatusDeltaMemento{},
		NodeEventMemento{}, NodeGenericMemento{}, NodeInLimitMemento{}, NodeLabelMemento{}, NodeLateMemento{},
		NodeLimitMemento{}, NodeMeterMemento{}, NodeMirrorMemento{}, NodeQueueIndexMemento{}, NodeQueueMemento{},
		NodeRepeatIndexMemento{}, NodeRepeatMemento{}, NodeStateMemento{}, NodeTimeMemento{}, NodeTodayMemento{},
		NodeTriggerMemento{}, NodeVariableMemento{}, NodeVerifyMemento{}, NodeZombieMemento{}, OrderMemento{},
		ServerStateMemento{}, ServerVariableMemento{}, StateMemento{}, SubmittableMemento{}, SuiteBeginDeltaMemento{},
		SuiteCalendarMemento{}, SuiteClockMemento{}, SuspendedMemento{},
	)
})

// TypeName gives the name under which a request, reply, node, repeat or
// memento travels: that of the struct v points to. It is "" for nil.
func TypeName(v any) string {
	t := reflect.TypeOf(v)
	if t == nil || t.Kind() != reflect.Pointer {
		return ""
	}
	return t.Elem().Name()
}

// TypeNames lists the names of all types that travel under their name, sorted.
func TypeNames() []string {
	names := registry().Names()
	slices.Sort(names)
	return names
}

// New gives a new zero value of the named type: a Request, Reply, TreeNode,
// RepeatKind or Memento. It is nil for an unknown name.
func New(name string) any {
	t := registry().Type(name)
	if t == nil {
		return nil
	}
	return reflect.New(t).Interface()
}
