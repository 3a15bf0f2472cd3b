package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// InitCmd says that the job has started.
type InitCmd struct {
	_ cereal.Versioned
	TaskCmd
	VarToAdd []Variable `cereal:"var_to_add_,optional"` // servers from 5.5
}

// CompleteCmd says that the job has ended well.
type CompleteCmd struct {
	_ cereal.Versioned
	TaskCmd
	VarToDel []string `cereal:"var_to_del_,optional"` // names of user variables
}

// AbortCmd says that the job has failed.
type AbortCmd struct {
	_ cereal.Versioned
	TaskCmd
	Reason string `cereal:"reason_"` // one line without ';'
}

// EventCmd sets or clears an event.
type EventCmd struct {
	_ cereal.Versioned
	TaskCmd
	Name  string `cereal:"name_"` // name or number
	Value bool   `cereal:"value_,optional,default=true"`
}

// MeterCmd sets a meter.
type MeterCmd struct {
	_ cereal.Versioned
	TaskCmd
	Name  string `cereal:"name_"`
	Value int    `cereal:"value_"`
}

// LabelCmd sets a label's text.
type LabelCmd struct {
	_ cereal.Versioned
	TaskCmd
	Name  string `cereal:"name_"`
	Label string `cereal:"label_"`
}

// CtsWaitCmd waits for an expression. Reply: StcOK when it holds,
// StcBlockClientOnHomeServer while it does not.
type CtsWaitCmd struct {
	_ cereal.Versioned
	TaskCmd
	Expression string `cereal:"expression_"`
}

// QueueCmd takes a step from a queue or reports one. Reply: SStringCmd for
// active and, unless its text is empty, no_of_aborted; else StcCmd.
type QueueCmd struct {
	_ cereal.Versioned
	TaskCmd
	Name                string `cereal:"name_"`
	Action              string `cereal:"action_"` // active, aborted, complete, no_of_aborted, reset
	Step                string `cereal:"step_"`
	PathToNodeWithQueue string `cereal:"path_to_node_with_queue_"`
}
