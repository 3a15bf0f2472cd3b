package defs

import (
	"fmt"
	"strconv"
)

// Repeat runs a node once for each of a row of values. It is one of the
// pointers *RepeatDate, *RepeatDateTime, *RepeatDateList, *RepeatDateTimeList,
// *RepeatInteger, *RepeatEnumerated, *RepeatString, *RepeatDay.
//
// The value may stand one step past the end, when all is done; then Valid is
// false, and the "last valid" value is the end. Dates count as yyyymmdd, points
// in time as seconds since 1970 (UTC), texts as their index unless they are
// numbers (enumerated only).
//
// A repeat of a node is changed through its node ([Node.ChangeRepeat]) only.
type Repeat interface {
	Name() string
	// Start, End and Step are those of the definition; for lists of text: indices.
	Start() int64
	End() int64
	Step() int64
	// Value is the current value, or for lists what the original takes for it.
	Value() int64
	// IndexOrValue is what a sync carries: the index for lists, else the value.
	IndexOrValue() int64
	// CurrentIndex is how many steps have been made; for RepeatDay the step.
	CurrentIndex() int64
	// CurrentValue is the value as text, empty for a list that is past its end.
	CurrentValue() string
	Valid() bool
	// LastValid is the value, kept within start and end.
	LastValid() int64
	// LastValidPlus is LastValid with n added: n days for dates, seconds for points in time.
	LastValidPlus(n int64) int64
	// ValueString is LastValid as text; NextString and PrevString those of the steps after and before.
	ValueString() string
	NextString() string
	PrevString() string
	Equal(Repeat) bool
	Clone() Repeat
	// Append appends the repeat as a definition has it, without state.
	Append(b []byte) []byte
	String() string

	// Increment makes one step, Reset goes back to the start, SetToLast to the end.
	Increment()
	Reset()
	SetToLast()
	// Change sets the value from text, as alter does; ChangeTo from a value or index. Both refuse what is no value.
	Change(text string) error
	ChangeTo(valueOrIndex int64) error
	// Set sets value or index, whatever it is, as a sync does.
	Set(valueOrIndex int64)
	// generated appends the variables that the repeat makes, itself last.
	generated(vars []Variable) []Variable
}

// steps are the parts that repeats over numbers share.
type steps struct {
	Variable            string
	From, To, Delta, At int64
}

// Name is the variable's name.
func (s *steps) Name() string { return s.Variable }

// Start is the first value.
func (s *steps) Start() int64 { return s.From }

// End is the last value.
func (s *steps) End() int64 { return s.To }

// Step is what is added each time.
func (s *steps) Step() int64 { return s.Delta }

// Value is the current value, perhaps past the end.
func (s *steps) Value() int64 { return s.At }

// IndexOrValue is the value.
func (s *steps) IndexOrValue() int64 { return s.At }

// Valid reports whether the end has not been passed.
func (s *steps) Valid() bool {
	if s.Delta > 0 {
		return s.At <= s.To
	}
	return s.At >= s.To
}

// LastValid is the value, kept within start and end.
func (s *steps) LastValid() int64 { return s.clamp(s.At) }

func (s *steps) clamp(v int64) int64 {
	if s.Delta > 0 {
		return min(max(v, s.From), s.To)
	}
	return max(min(v, s.From), s.To)
}

// outside reports whether v is beyond start or end.
func (s *steps) outside(v int64) bool {
	if s.Delta > 0 {
		return v < s.From || v > s.To
	}
	return v > s.From || v < s.To
}

// Set sets the value, whatever it is.
func (s *steps) Set(v int64) { s.At = v }

// Reset goes back to the start.
func (s *steps) Reset() { s.At = s.From }

// SetToLast goes to the end.
func (s *steps) SetToLast() { s.At = s.To }

// RepeatInteger counts.
type RepeatInteger struct{ steps }

// NewRepeatInteger counts from start to end in steps of delta; the bounds are not compared.
//
// source: libs/attribute RepeatAttr.cpp, as for all repeats.
func NewRepeatInteger(name string, start, end, delta int) (*RepeatInteger, error) {
	if !ValidName(name) {
		return nil, argf("RepeatInteger: Invalid name: %s", name)
	}
	return &RepeatInteger{steps{name, int64(start), int64(end), int64(delta), int64(start)}}, nil
}

// CurrentIndex is how many steps have been made.
func (r *RepeatInteger) CurrentIndex() int64 {
	if r.Delta == 0 {
		return 0
	}
	return (r.At - r.From) / r.Delta
}

// CurrentValue is the value as text.
func (r *RepeatInteger) CurrentValue() string { return itoa(r.At) }

// LastValidPlus is the last valid value plus n.
func (r *RepeatInteger) LastValidPlus(n int64) int64 { return r.LastValid() + n }

// ValueString is the last valid value as text.
func (r *RepeatInteger) ValueString() string { return itoa(r.LastValid()) }

// NextString is the value after it.
func (r *RepeatInteger) NextString() string { return itoa(r.clamp(r.LastValid() + r.Delta)) }

// PrevString is the value before it.
func (r *RepeatInteger) PrevString() string { return itoa(r.clamp(r.LastValid() - r.Delta)) }

// Increment makes one step.
func (r *RepeatInteger) Increment() { r.At += r.Delta }

// Change sets the value from text.
func (r *RepeatInteger) Change(text string) error {
	v, ok := parseLong(text)
	if !ok {
		return argf("RepeatInteger::change:%s The new value(%s) is not convertible to an long", lineOf(r), text)
	}
	return r.ChangeTo(v)
}

// lineOf is a repeat as it is in errors: the line of a definition.
func lineOf(r Repeat) string { return "  " + fmt.Sprint(r) + "\n" }

// ChangeTo sets a value between start and end.
func (r *RepeatInteger) ChangeTo(v int64) error {
	if r.outside(v) {
		return argf("RepeatInteger::changeValue:%s. The new value should be in the range[%d-%d] but found %d", lineOf(r), r.From, r.To, v)
	}
	r.At = v
	return nil
}

// Equal compares everything.
func (r *RepeatInteger) Equal(o Repeat) bool {
	x, ok := o.(*RepeatInteger)
	return ok && *r == *x
}

// Clone is an independent copy.
func (r *RepeatInteger) Clone() Repeat { c := *r; return &c }

// Append appends "repeat integer NAME start end [delta]".
func (r *RepeatInteger) Append(b []byte) []byte {
	b = append(append(b, "repeat integer "...), r.Variable...)
	b = strconv.AppendInt(append(b, ' '), r.From, 10)
	b = strconv.AppendInt(append(b, ' '), r.To, 10)
	if r.Delta != 1 {
		b = strconv.AppendInt(append(b, ' '), r.Delta, 10)
	}
	return b
}

// String is the repeat as a definition has it.
func (r *RepeatInteger) String() string { return string(r.Append(nil)) }

func (r *RepeatInteger) generated(vars []Variable) []Variable {
	return append(vars, Variable{r.Variable, r.ValueString()})
}

// RepeatDay runs again every so many days, for ever.
type RepeatDay struct {
	Days    int64
	Stopped bool // a simulation has ended it
}

// NewRepeatDay repeats every so many days.
func NewRepeatDay(step int) *RepeatDay { return &RepeatDay{Days: int64(step)} }

// Name is always "day".
func (r *RepeatDay) Name() string { return "day" }

// Start is 0.
func (r *RepeatDay) Start() int64 { return 0 }

// End is 0.
func (r *RepeatDay) End() int64 { return 0 }

// Step is the number of days.
func (r *RepeatDay) Step() int64 { return r.Days }

// Value is the number of days.
func (r *RepeatDay) Value() int64 { return r.Days }

// IndexOrValue is the number of days.
func (r *RepeatDay) IndexOrValue() int64 { return r.Days }

// CurrentIndex is the number of days.
func (r *RepeatDay) CurrentIndex() int64 { return r.Days }

// CurrentValue is the number of days.
func (r *RepeatDay) CurrentValue() string { return itoa(r.Days) }

// Valid is true unless a simulation has ended it.
func (r *RepeatDay) Valid() bool { return !r.Stopped }

// LastValid is the number of days.
func (r *RepeatDay) LastValid() int64 { return r.Days }

// LastValidPlus adds to it.
func (r *RepeatDay) LastValidPlus(n int64) int64 { return r.Days + n }

// ValueString is empty.
func (r *RepeatDay) ValueString() string { return "" }

// NextString is empty.
func (r *RepeatDay) NextString() string { return "" }

// PrevString is empty.
func (r *RepeatDay) PrevString() string { return "" }

// Increment does nothing.
func (r *RepeatDay) Increment() {}

// Reset makes it valid again.
func (r *RepeatDay) Reset() { r.Stopped = false }

// SetToLast does nothing.
func (r *RepeatDay) SetToLast() {}

// Change does nothing.
func (r *RepeatDay) Change(string) error { return nil }

// ChangeTo does nothing.
func (r *RepeatDay) ChangeTo(int64) error { return nil }

// Set does nothing.
func (r *RepeatDay) Set(int64) {}

// Equal compares the number of days.
func (r *RepeatDay) Equal(o Repeat) bool {
	x, ok := o.(*RepeatDay)
	return ok && r.Days == x.Days
}

// Clone is an independent copy.
func (r *RepeatDay) Clone() Repeat { c := *r; return &c }

// Append appends "repeat day step".
func (r *RepeatDay) Append(b []byte) []byte {
	return strconv.AppendInt(append(b, "repeat day "...), r.Days, 10)
}

// String is the repeat as a definition has it.
func (r *RepeatDay) String() string { return string(r.Append(nil)) }

func (r *RepeatDay) generated(vars []Variable) []Variable {
	return append(vars, Variable{"day", ""})
}

// RepeatTypes are nil values of the types that a [Repeat] can hold.
func RepeatTypes() []Repeat {
	return []Repeat{
		(*RepeatDate)(nil), (*RepeatDateTime)(nil), (*RepeatDateList)(nil), (*RepeatDateTimeList)(nil),
		(*RepeatInteger)(nil), (*RepeatEnumerated)(nil), (*RepeatString)(nil), (*RepeatDay)(nil),
	}
}
