package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// Repeat holds a repeat of some kind, or none.
type Repeat struct {
	_    cereal.Versioned
	Kind RepeatKind `cereal:"type_,unique"`
}

// RepeatKind is a pointer to one of the Repeat* structs.
type RepeatKind interface {
	// AsRepeat gives the embedded base.
	AsRepeat() *RepeatBase
}

// RepeatBase is what all repeats share.
type RepeatBase struct {
	Name string `cereal:"name_"`
}

// AsRepeat gives the base itself.
func (r *RepeatBase) AsRepeat() *RepeatBase { return r }

// RepeatDate runs over dates, written as the numbers 20260131.
type RepeatDate struct {
	_ cereal.Versioned
	RepeatBase
	Start int `cereal:"start_"`
	End   int `cereal:"end_"`
	Delta int `cereal:"delta_"` // days
	Value int `cereal:"value_"`
}

// RepeatInteger runs over numbers.
type RepeatInteger struct {
	_ cereal.Versioned
	RepeatBase
	Start int `cereal:"start_"`
	End   int `cereal:"end_"`
	Delta int `cereal:"delta_"`
	Value int `cereal:"value_"`
}

// RepeatDateTime runs over points of time (servers from 5.12).
type RepeatDateTime struct {
	_ cereal.Versioned
	RepeatBase
	Start Instant `cereal:"start_"`
	End   Instant `cereal:"end_"`
	Delta Span    `cereal:"delta_"`
	Value Instant `cereal:"value_"`
}

// RepeatDateList runs over a list of dates.
type RepeatDateList struct {
	_ cereal.Versioned
	RepeatBase
	List         []int `cereal:"list_"`
	CurrentIndex int   `cereal:"currentIndex_"`
}

// RepeatDateTimeList runs over a list of points of time (servers from 5.17).
type RepeatDateTimeList struct {
	_ cereal.Versioned
	RepeatBase
	List         []Instant `cereal:"list_"`
	CurrentIndex int       `cereal:"currentIndex_"`
}

// RepeatEnumerated runs over words.
type RepeatEnumerated struct {
	_ cereal.Versioned
	RepeatBase
	Enums        []string `cereal:"theEnums_"`
	CurrentIndex int      `cereal:"currentIndex_"`
}

// RepeatString runs over strings.
type RepeatString struct {
	_ cereal.Versioned
	RepeatBase
	Strings      []string `cereal:"theStrings_"`
	CurrentIndex int      `cereal:"currentIndex_"`
}

// RepeatDay runs for ever, in days.
type RepeatDay struct {
	_ cereal.Versioned
	RepeatBase
	Step int `cereal:"step_"`
}
