package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// CtsNodeCmd asks something of one node, or of the whole definition. Replies:
// DefsCmd or SNodeCmd for the gets, else StcCmd.
type CtsNodeCmd struct {
	_ cereal.Versioned
	UserCmd
	API         CtsNodeAPI `cereal:"api_"`
	AbsNodePath string     `cereal:"absNodePath_"` // "" means the whole definition
}

// PathsCmd acts on some nodes. Replies: SStringCmd for PathsCheck,
// SStringVecCmd for PathsEditHistory, else StcCmd.
type PathsCmd struct {
	_ cereal.Versioned
	UserCmd
	API   PathsAPI `cereal:"api_"`
	Paths []string `cereal:"paths_"`
	Force bool     `cereal:"force_"` // PathsArchive: even with tasks submitted or active
}

// DeleteCmd deletes nodes; without paths, all suites. The reply is then
// StcCmd with StcDeleteAll.
type DeleteCmd struct {
	_ cereal.Versioned
	UserCmd
	Paths []string `cereal:"paths_"`
	Force bool     `cereal:"force_"` // even with tasks submitted or active
}

// BeginCmd starts a suite, or all.
type BeginCmd struct {
	_ cereal.Versioned
	UserCmd
	SuiteName string `cereal:"suiteName_"` // without a slash; "" means all
	Force     bool   `cereal:"force_"`
}

// RequeueNodeCmd queues nodes again.
type RequeueNodeCmd struct {
	_ cereal.Versioned
	UserCmd
	Paths  []string      `cereal:"paths_"`
	Option RequeueOption `cereal:"option_"`
}

// RunNodeCmd runs tasks at once, whatever their dependencies.
type RunNodeCmd struct {
	_ cereal.Versioned
	UserCmd
	Paths []string `cereal:"paths_"`
	Force bool     `cereal:"force_"`
}

// OrderNodeCmd moves a node among its brothers.
type OrderNodeCmd struct {
	_ cereal.Versioned
	UserCmd
	AbsNodepath string      `cereal:"absNodepath_"`
	Option      OrderOption `cereal:"option_"`
}

// ForceCmd forces nodes into a state, or sets and clears events.
type ForceCmd struct {
	_ cereal.Versioned
	UserCmd
	Paths                []string `cereal:"paths_"`        // events as /path:name
	StateOrEvent         string   `cereal:"stateOrEvent_"` // unknown, complete, queued, submitted, active, aborted, set, clear
	Recursive            bool     `cereal:"recursive_"`
	SetRepeatToLastValue bool     `cereal:"setRepeatToLastValue_"`
}

// FreeDepCmd frees nodes from their dependencies.
type FreeDepCmd struct {
	_ cereal.Versioned
	UserCmd
	Paths   []string `cereal:"paths_"`
	Trigger bool     `cereal:"trigger_"`
	All     bool     `cereal:"all_"`
	Date    bool     `cereal:"date_"`
	Time    bool     `cereal:"time_"`
}

// AlterCmd adds, deletes or changes an attribute, a flag or an order. Exactly
// one of the four enumerations differs from its neutral value; for sorting all
// are neutral. [NewAlterCmd] gives the neutral form.
type AlterCmd struct {
	_ cereal.Versioned
	UserCmd
	Paths          []string    `cereal:"paths_"`
	Name           string      `cereal:"name_"`
	Value          string      `cereal:"value_"`
	AddAttrType    AlterAdd    `cereal:"add_attr_type_"`
	DelAttrType    AlterDelete `cereal:"del_attr_type_"`
	ChangeAttrType AlterChange `cereal:"change_attr_type_"`
	FlagType       FlagBit     `cereal:"flag_type_"`
	Flag           bool        `cereal:"flag_"` // set (true) or clear FlagType
}

// NewAlterCmd gives an AlterCmd whose enumerations are all neutral.
func NewAlterCmd(user UserCmd, paths []string, name, value string) *AlterCmd {
	return &AlterCmd{
		UserCmd: user, Paths: paths, Name: name, Value: value,
		AddAttrType: AlterAddNone, DelAttrType: AlterDeleteNone, ChangeAttrType: AlterChangeNone, FlagType: FlagNotSet,
	}
}

// EditScriptCmd shows, preprocesses or submits a task's script. Replies:
// SStringCmd for all but the two submissions.
type EditScriptCmd struct {
	_ cereal.Versioned
	UserCmd
	EditType         EditType     `cereal:"edit_type_"`
	PathToNode       string       `cereal:"path_to_node_"`
	UserFileContents []string     `cereal:"user_file_contents_"` // lines, without their ends
	UserVariables    []StringPair `cereal:"user_variables_"`
	Alias            bool         `cereal:"alias_"`
	Run              bool         `cereal:"run_"`
}

// ZombieCmd says what is to be done with the zombies of some tasks.
type ZombieCmd struct {
	_ cereal.Versioned
	UserCmd
	UserAction ZombieAction `cereal:"user_action_"`
	ProcessID  string       `cereal:"process_id_"` // "" but to pick one zombie
	Password   string       `cereal:"password_"`   // the zombie's job password; "" but to pick one zombie
	Paths      []string     `cereal:"paths_"`
}
