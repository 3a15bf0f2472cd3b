package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// StringPair is a name with its value.
type StringPair struct {
	First  string `cereal:"first"`
	Second string `cereal:"second"`
}

// Variable is a user variable.
type Variable struct {
	Name  string `cereal:"n_"`
	Value string `cereal:"v_"`
}

// Meter is a number between two bounds.
type Meter struct {
	Min         int    `cereal:"min_"`
	Max         int    `cereal:"max_"`
	Value       int    `cereal:"v_"`
	Name        string `cereal:"n_"`
	ColorChange int    `cereal:"cc_"`
}

// NoEventNumber stands in Event.Number when the event has none.
const NoEventNumber = 1<<31 - 1

// Event is a flag with a name, a number or both.
type Event struct {
	Name         string `cereal:"n_,optional"`
	Number       int    `cereal:"number_,optional,default=2147483647"`
	Value        bool   `cereal:"v_,optional"`
	InitialValue bool   `cereal:"iv_,optional"`
}

// Label is a text for people.
type Label struct {
	Name     string `cereal:"n_"`
	Value    string `cereal:"v_,optional"`     // as defined
	NewValue string `cereal:"new_v_,optional"` // as set since
}

// Expression is a trigger or a complete expression.
type Expression struct {
	Parts []PartExpression `cereal:"vec_"`
	Free  bool             `cereal:"free_,optional"`
}

// PartExpression is one line of an expression.
type PartExpression struct {
	Expression string   `cereal:"exp_"`
	Type       ExprType `cereal:"type_,optional"`
}

// MiscAttrs are a node's rarer attributes.
type MiscAttrs struct {
	_        cereal.Versioned
	Zombies  []ZombieAttr  `cereal:"zombies_,optional"`
	Verifies []VerifyAttr  `cereal:"verifys_,optional"`
	Queues   []QueueAttr   `cereal:"queues_,optional"`
	Generics []GenericAttr `cereal:"generics_,optional"`
}

// VerifyAttr counts how often a state was entered.
type VerifyAttr struct {
	State    NState `cereal:"state_"`
	Expected int    `cereal:"expected_"`
	Actual   int    `cereal:"actual_"`
}

// QueueAttr is a list of steps that tasks take one by one.
type QueueAttr struct {
	_            cereal.Versioned
	Queue        []string `cereal:"theQueue_"`
	States       []NState `cereal:"state_vec_"`
	Name         string   `cereal:"name_"`
	CurrentIndex int      `cereal:"currentIndex_"`
}

// GenericAttr is a name with words, meant for later.
type GenericAttr struct {
	Name   string   `cereal:"name_"`
	Values []string `cereal:"values_"`
}

// Limit is a number of tokens.
type Limit struct {
	Name  string   `cereal:"n_"`
	Limit int      `cereal:"lim_"`
	Value int      `cereal:"value_,optional"` // tokens taken
	Paths []string `cereal:"paths_,optional"` // nodes that took them
}

// InLimit makes a node take tokens of a limit.
type InLimit struct {
	Name              string `cereal:"n_"`
	Path              string `cereal:"path_,optional"`
	Tokens            int    `cereal:"tokens_,optional,default=1"`
	LimitThisNodeOnly bool   `cereal:"limit_this_node_only_,optional"`
	LimitSubmission   bool   `cereal:"limit_submission_,optional"`
	Incremented       bool   `cereal:"incremented_,optional"`
}

// Flag is a set of [FlagBit]s.
type Flag struct {
	_    cereal.Versioned
	Mask uint32 `cereal:"flag_"`
}

// AvisoAttr waits for a notification. Its class version never changed, though
// a value was added in 5.15.
type AvisoAttr struct {
	_        cereal.Versioned
	Path     string  `cereal:",value"` // of the node
	Name     string  `cereal:",value"`
	Listener string  `cereal:",value"`
	URL      string  `cereal:",value"`
	Schema   string  `cereal:",value"`
	Polling  string  `cereal:",value"`
	Auth     string  `cereal:",value"`
	Reason   string  `cereal:",value"`
	Revision uint32  `cereal:",value"`
	Active   *string `cereal:",value,optional"` // the listener with its variables replaced; nil before 5.15
}

// MirrorAttr mirrors a node of another server. Servers from 5.19 send
// version 1.
type MirrorAttr struct {
	Version    uint32 `cereal:",version"`
	Name       string `cereal:",value"`
	RemotePath string `cereal:",value"`
	RemoteHost string `cereal:",value"`
	RemotePort string `cereal:",value"`
	Polling    string `cereal:",value"`
	SSL        bool   `cereal:",value"`
	Auth       string `cereal:",value"`
	Reason     string `cereal:",value"`
	Propagate  bool   `cereal:",value,since=1"` // the only member that 5.19.0 has more
}
