package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// NodeEventMemento sets the value of the event with that name or number, or adds it.
type NodeEventMemento struct {
	_ cereal.Versioned
	MementoBase
	Event Event `cereal:"event_"`
}

// NodeMeterMemento sets the value of the meter with that name, or adds it.
type NodeMeterMemento struct {
	_ cereal.Versioned
	MementoBase
	Meter Meter `cereal:"meter_"`
}

// NodeLabelMemento replaces the label with that name, or adds it.
type NodeLabelMemento struct {
	_ cereal.Versioned
	MementoBase
	Label Label `cereal:"label_"`
}

// NodeAvisoMemento replaces the aviso with that name, or adds it (servers from 5.13).
type NodeAvisoMemento struct {
	_ cereal.Versioned
	MementoBase
	Aviso AvisoAttr `cereal:"aviso_"`
}

// NodeMirrorMemento replaces the mirror with that name, or adds it (servers from 5.13).
type NodeMirrorMemento struct {
	_ cereal.Versioned
	MementoBase
	Mirror MirrorAttr `cereal:"mirror_"`
}

// NodeVariableMemento sets the variable with that name, or adds it.
type NodeVariableMemento struct {
	_ cereal.Versioned
	MementoBase
	Variable Variable `cereal:"var_"`
}

// NodeTriggerMemento sets the free flag of the trigger, or adds it.
type NodeTriggerMemento struct {
	_ cereal.Versioned
	MementoBase
	Expression Expression `cereal:"exp_"`
}

// NodeCompleteMemento sets the free flag of the complete expression, or adds it.
type NodeCompleteMemento struct {
	_ cereal.Versioned
	MementoBase
	Expression Expression `cereal:"exp_"`
}

// NodeRepeatMemento sets the value of the repeat, or adds it.
type NodeRepeatMemento struct {
	_ cereal.Versioned
	MementoBase
	Repeat Repeat `cereal:"repeat_"`
}

// NodeRepeatIndexMemento sets the index or value of the repeat; may be one past the end.
type NodeRepeatIndexMemento struct {
	_ cereal.Versioned
	MementoBase
	IndexOrValue int `cereal:"index_or_value_"`
}

// NodeLimitMemento sets the limit with that name, or adds it.
type NodeLimitMemento struct {
	_ cereal.Versioned
	MementoBase
	Limit Limit `cereal:"limit_"`
}

// NodeInLimitMemento adds an inlimit.
type NodeInLimitMemento struct {
	_ cereal.Versioned
	MementoBase
	InLimit InLimit `cereal:"inlimit_"`
}

// NodeLateMemento sets whether the node is late, or adds the late attribute.
type NodeLateMemento struct {
	_ cereal.Versioned
	MementoBase
	Late LateAttr `cereal:"late_"`
}

// NodeTodayMemento replaces the structurally equal today, or adds it.
type NodeTodayMemento struct {
	_ cereal.Versioned
	MementoBase
	Attr TodayAttr `cereal:"attr_"`
}

// NodeTimeMemento replaces the structurally equal time, or adds it.
type NodeTimeMemento struct {
	_ cereal.Versioned
	MementoBase
	Attr TimeAttr `cereal:"attr_"`
}

// NodeDayMemento replaces the structurally equal day, or adds it.
type NodeDayMemento struct {
	_ cereal.Versioned
	MementoBase
	Attr DayAttr `cereal:"attr_"`
}

// NodeCronMemento replaces the structurally equal cron, or adds it.
type NodeCronMemento struct {
	_ cereal.Versioned
	MementoBase
	Attr CronAttr `cereal:"attr_"`
}

// NodeDateMemento sets the free flag of the structurally equal date, or adds it.
type NodeDateMemento struct {
	_ cereal.Versioned
	MementoBase
	Attr DateAttr `cereal:"attr_"`
}

// NodeZombieMemento replaces the zombie attribute of the same type.
type NodeZombieMemento struct {
	_ cereal.Versioned
	MementoBase
	Attr ZombieAttr `cereal:"attr_"`
}

// NodeVerifyMemento replaces all verifies.
type NodeVerifyMemento struct {
	_ cereal.Versioned
	MementoBase
	Verifies []VerifyAttr `cereal:"verifys_"`
}

// NodeQueueMemento adds a queue.
type NodeQueueMemento struct {
	_ cereal.Versioned
	MementoBase
	Queue QueueAttr `cereal:"queue_"`
}

// NodeGenericMemento adds a generic attribute.
type NodeGenericMemento struct {
	_ cereal.Versioned
	MementoBase
	Generic GenericAttr `cereal:"generic_"`
}

// NodeQueueIndexMemento sets the index and the states of the queue with that name.
type NodeQueueIndexMemento struct {
	_ cereal.Versioned
	MementoBase
	Index  int      `cereal:"index_"`
	Name   string   `cereal:"name_"`
	States []NState `cereal:"state_vec_"`
}
