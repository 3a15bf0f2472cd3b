package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// Memento is one change: a pointer to one of the *Memento structs.
type Memento interface {
	isMemento()
}

// MementoBase is the root of all mementos.
type MementoBase struct {
	_ cereal.Versioned
}

func (*MementoBase) isMemento() {}

// CompoundMemento holds the changes of one node; several may name the same
// node.
type CompoundMemento struct {
	_ cereal.Versioned
	// ClearAttributes says that the node's attributes are to be dropped (all but
	// autocancel, autoarchive and autorestore): Vec adds them anew.
	ClearAttributes bool      `cereal:"clear_attributes_,optional"`
	AbsNodePath     string    `cereal:"absNodePath_"` // "/" means the definition itself
	Vec             []Memento `cereal:"vec_"`
}

// NodeStateChange is a state and when, since the suite began, it was entered.
// Unlike [TimedState] it holds the state as a bare number.
type NodeStateChange struct {
	State NState   `cereal:"first"`
	Since Duration `cereal:"second"`
}

// StateMemento sets the overall state of the definition.
type StateMemento struct {
	_ cereal.Versioned
	MementoBase
	State NState `cereal:"state_"`
}

// ServerStateMemento sets the server's state.
type ServerStateMemento struct {
	_ cereal.Versioned
	MementoBase
	State ServerState `cereal:"state_"`
}

// ServerVariableMemento replaces all user variables of the server.
type ServerVariableMemento struct {
	_ cereal.Versioned
	MementoBase
	Variables []Variable `cereal:"serverEnv_"`
}

// OrderMemento reorders suites, children or aliases; to be ignored if the names do not all match.
type OrderMemento struct {
	_ cereal.Versioned
	MementoBase
	Order []string `cereal:"order_"`
}

// FlagMemento sets the flags of the definition or a node.
type FlagMemento struct {
	_ cereal.Versioned
	MementoBase
	Flag Flag `cereal:"flag_"`
}

// NodeStateMemento sets a node's state.
type NodeStateMemento struct {
	_ cereal.Versioned
	MementoBase
	State NodeStateChange `cereal:"state_"`
}

// NodeDefStatusDeltaMemento sets a node's default status.
type NodeDefStatusDeltaMemento struct {
	_ cereal.Versioned
	MementoBase
	State DState `cereal:"state_"`
}

// SuspendedMemento suspends or resumes a node.
type SuspendedMemento struct {
	_ cereal.Versioned
	MementoBase
	Suspended bool `cereal:"suspended_"`
}

// ChildrenMemento replaces all children of a suite or family.
type ChildrenMemento struct {
	_ cereal.Versioned
	MementoBase
	Children []TreeNode `cereal:"children_"`
}

// AliasChildrenMemento replaces all aliases of a task.
type AliasChildrenMemento struct {
	_ cereal.Versioned
	MementoBase
	Children []*Alias `cereal:"children_,polymorphic"`
}

// AliasNumberMemento sets the number of the task's next alias.
type AliasNumberMemento struct {
	_ cereal.Versioned
	MementoBase
	AliasNo uint32 `cereal:"alias_no_"`
}

// SubmittableMemento sets what a task or alias knows of its job.
type SubmittableMemento struct {
	_ cereal.Versioned
	MementoBase
	JobsPassword string `cereal:"paswd_"`
	RemoteID     string `cereal:"rid_"`
	AbortReason  string `cereal:"abr_"`
	TryNo        int    `cereal:"tryNo_"`
}

// SuiteClockMemento sets a suite's clock attribute; never seen, clock changes force a full sync.
type SuiteClockMemento struct {
	_ cereal.Versioned
	MementoBase
	ClockAttr ClockAttr `cereal:"clockAttr_"`
}

// SuiteBeginDeltaMemento sets whether the suite has begun; never seen, begin forces a full sync.
type SuiteBeginDeltaMemento struct {
	_ cereal.Versioned
	MementoBase
	Begun bool `cereal:"begun_"`
}

// SuiteCalendarMemento replaces a suite's calendar.
type SuiteCalendarMemento struct {
	_ cereal.Versioned
	MementoBase
	Calendar Calendar `cereal:"cal_"`
}
