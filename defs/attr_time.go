package defs

// TimeAttr makes a node wait for times of day, every day.
type TimeAttr struct {
	Series TimeSeries
	Free   bool // no longer waiting
}

// NewTimeAttr wraps a series.
func NewTimeAttr(series TimeSeries) TimeAttr { return TimeAttr{Series: series} }

// SameStructure compares all but the state.
func (t TimeAttr) SameStructure(o TimeAttr) bool { return t.Series.SameStructure(o.Series) }

// Equal compares structure and state.
func (t TimeAttr) Equal(o TimeAttr) bool { return t.Free == o.Free && t.Series.Equal(o.Series) }

// String is the attribute as a definition has it.
func (t TimeAttr) String() string { return "time " + t.Series.String() }

// TodayAttr makes a node wait for times of today: a time that has passed when the suite begins is free.
type TodayAttr struct {
	Series TimeSeries
	Free   bool // no longer waiting
}

// NewTodayAttr wraps a series.
func NewTodayAttr(series TimeSeries) TodayAttr { return TodayAttr{Series: series} }

// SameStructure compares all but the state.
func (t TodayAttr) SameStructure(o TodayAttr) bool { return t.Series.SameStructure(o.Series) }

// Equal compares structure and state.
func (t TodayAttr) Equal(o TodayAttr) bool { return t.Free == o.Free && t.Series.Equal(o.Series) }

// String is the attribute as a definition has it.
func (t TodayAttr) String() string { return "today " + t.Series.String() }
