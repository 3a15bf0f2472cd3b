package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// TreeNode is a node that travels as JSON: *Family, *Task, *Alias or *Suite.
type TreeNode interface {
	// AsNode gives the embedded base.
	AsNode() *Node
}

// Node is what suites, families, tasks and aliases share.
type Node struct {
	_           cereal.Versioned
	Name        string           `cereal:"n_"`
	State       TimedState       `cereal:"st_,optional"` // absent: unknown
	Suspended   bool             `cereal:"suspended_,optional"`
	DefStatus   *DefStatusBox    `cereal:"d_st_,optional"` // nil: queued
	Variables   []Variable       `cereal:"vars_,optional"`
	Complete    *Expression      `cereal:"c_expr_,optional,unique"`
	Trigger     *Expression      `cereal:"t_expr_,optional,unique"`
	Meters      []Meter          `cereal:"meters_,optional"`
	Events      []Event          `cereal:"events_,optional"`
	Labels      []Label          `cereal:"labels_,optional"`
	Avisos      []AvisoAttr      `cereal:"avisos_,optional"`  // servers from 5.13
	Mirrors     []MirrorAttr     `cereal:"mirrors_,optional"` // servers from 5.13
	Times       []TimeAttr       `cereal:"times_,optional"`
	Todays      []TodayAttr      `cereal:"todays_,optional"`
	Crons       []CronAttr       `cereal:"crons_,optional"`
	Dates       []DateAttr       `cereal:"dates_,optional"`
	Days        []DayAttr        `cereal:"days_,optional"`
	Late        *LateAttr        `cereal:"late_,optional,unique"`
	MiscAttrs   *MiscAttrs       `cereal:"misc_attrs_,optional,unique"`
	Repeat      *Repeat          `cereal:"repeat_,optional"`
	Limits      []*Limit         `cereal:"limits_,optional,shared"`
	InLimits    InLimitBox       `cereal:"inLimitMgr_,optional"`
	Flag        Flag             `cereal:"flag_,optional"`
	AutoCancel  *AutoCancelAttr  `cereal:"auto_cancel_,optional,unique"`
	AutoArchive *AutoArchiveAttr `cereal:"auto_archive_,optional,unique"`
	AutoRestore *AutoRestoreAttr `cereal:"auto_restore_,optional,unique"`
}

// AsNode gives the base itself.
func (n *Node) AsNode() *Node { return n }

// TimedState is a state and when, since the suite began, it was entered.
type TimedState struct {
	State StateBox `cereal:"first"`
	Since Duration `cereal:"second"`
}

// StateBox is a state inside an object of its own.
type StateBox struct {
	State NState `cereal:"st_"`
}

// DefStatusBox is a default status inside an object of its own.
type DefStatusBox struct {
	State DState `cereal:"st_"`
}

// InLimitBox holds a node's inlimits.
type InLimitBox struct {
	Vec []InLimit `cereal:"vec_"`
}

// Submittable is what tasks and aliases share.
type Submittable struct {
	_ cereal.Versioned
	Node
	JobsPassword string `cereal:"paswd_,optional"`
	RemoteID     string `cereal:"rid_,optional"`
	AbortReason  string `cereal:"abr_,optional"`
	TryNo        int    `cereal:"tryNo_,optional"`
}

// Task is a node with a job.
type Task struct {
	_ cereal.Versioned
	Submittable
	AliasNo uint32   `cereal:"alias_no_,optional"`
	Aliases []*Alias `cereal:"aliases_,optional,polymorphic"`
}

// Alias is a variant of a task.
type Alias struct {
	_ cereal.Versioned
	Submittable
}

// NodeContainer is what suites and families share.
type NodeContainer struct {
	_ cereal.Versioned
	Node
	Nodes []TreeNode `cereal:"nodes_"`
}

// Family is a node with children.
type Family struct {
	_ cereal.Versioned
	NodeContainer
}

// Suite is a top node. It has not been seen on the wire; whole suites travel
// as definition text.
type Suite struct {
	_ cereal.Versioned
	NodeContainer
	Begun     bool       `cereal:"begun_,optional"`
	ClockAttr *ClockAttr `cereal:"clockAttr_,optional,shared"`
	Calendar  Calendar   `cereal:"cal_"`
}

// Defs is a whole definition. It has not been seen on the wire.
type Defs struct {
	_                   cereal.Versioned
	StateChangeNo       uint32        `cereal:"state_change_no_"`
	ModifyChangeNo      uint32        `cereal:"modify_change_no_"`
	UpdateCalendarCount uint32        `cereal:"updateCalendarCount_"`
	State               StateBox      `cereal:"state_"`
	Server              ServerStates  `cereal:"server_"`
	Suites              []*Suite      `cereal:"suiteVec_,polymorphic"`
	Flag                Flag          `cereal:"flag_,optional"`
	EditHistory         []EditHistory `cereal:"edit_history_,optional"`
}

// ServerStates are a server's state and variables.
type ServerStates struct {
	_               cereal.Versioned
	State           ServerState `cereal:"server_state_"`
	ServerVariables []Variable  `cereal:"server_variables_"`
	UserVariables   []Variable  `cereal:"user_variables_,optional"`
}

// EditHistory is what users did to one node.
type EditHistory struct {
	Path  string   `cereal:"key"`
	Lines []string `cereal:"value"`
}
