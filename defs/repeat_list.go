package defs

import (
	"slices"
	"strconv"

	"github.com/ecflow-go/ecflow/defs/expr"
)

// list is what repeats over a list share.
type list[T any] struct {
	Variable string
	Items    []T
	Index    int64
}

// Name is the variable's name.
func (l *list[T]) Name() string { return l.Variable }

// Step is 1.
func (l *list[T]) Step() int64 { return 1 }

// IndexOrValue is the index.
func (l *list[T]) IndexOrValue() int64 { return l.Index }

// CurrentIndex is the index.
func (l *list[T]) CurrentIndex() int64 { return l.Index }

// Valid reports whether the index is one of the list.
func (l *list[T]) Valid() bool { return l.Index >= 0 && l.Index < int64(len(l.Items)) }

// Increment makes one step.
func (l *list[T]) Increment() { l.Index++ }

// Reset goes back to the start.
func (l *list[T]) Reset() { l.Index = 0 }

// SetToLast goes to the end.
func (l *list[T]) SetToLast() { l.Index = int64(max(len(l.Items)-1, 0)) }

// Set sets the index, whatever it is.
func (l *list[T]) Set(index int64) { l.Index = index }

// near is the item at an index, the first or last for one outside.
func (l *list[T]) near(index int64) (item T) {
	if len(l.Items) == 0 {
		return item
	}
	return l.Items[min(max(index, 0), int64(len(l.Items)-1))]
}

// RepeatDateList goes through a list of days, yyyymmdd.
type RepeatDateList struct{ list[int] }

// NewRepeatDateList checks the days.
func NewRepeatDateList(name string, days []int) (*RepeatDateList, error) {
	if !ValidName(name) {
		return nil, argf("RepeatDateList: Invalid name: %s", name)
	}
	if len(days) == 0 {
		return nil, argf("RepeatDateList: %s is empty", name)
	}
	for _, d := range days {
		if len(strconv.Itoa(d)) != 8 || !validDate(d) {
			return nil, argf("Invalid Repeat datelist : %s the date %d is not valid. Please use yyyymmdd format.", name, d)
		}
	}
	return &RepeatDateList{list[int]{Variable: name, Items: slices.Clone(days)}}, nil
}

// Start is the first day.
func (r *RepeatDateList) Start() int64 { return int64(r.near(0)) }

// End is the last day.
func (r *RepeatDateList) End() int64 { return int64(r.near(int64(len(r.Items)))) }

// Value is the current day, 0 past the end.
func (r *RepeatDateList) Value() int64 {
	if !r.Valid() {
		return 0
	}
	return int64(r.Items[r.Index])
}

// CurrentValue is the current day as text.
func (r *RepeatDateList) CurrentValue() string {
	if !r.Valid() {
		return ""
	}
	return itoa(r.Value())
}

// LastValid is the current, first or last day.
func (r *RepeatDateList) LastValid() int64 { return int64(r.near(r.Index)) }

// LastValidPlus adds n days to it.
func (r *RepeatDateList) LastValidPlus(n int64) int64 {
	if r.LastValid() == 0 {
		return 0
	}
	return expr.AddDays(r.LastValid(), n)
}

// ValueString is the last valid day as text.
func (r *RepeatDateList) ValueString() string { return itoa(r.LastValid()) }

// NextString is the day after it in the list.
func (r *RepeatDateList) NextString() string { return strconv.Itoa(r.near(r.Index + 1)) }

// PrevString is the day before it in the list.
func (r *RepeatDateList) PrevString() string { return strconv.Itoa(r.near(r.Index - 1)) }

// Change goes to a day of the list.
func (r *RepeatDateList) Change(text string) error {
	day, ok := parseInt(text)
	if !ok {
		return argf("RepeatDateList::change: %s\nThe new value %s is must be convertible to integer, and correspond to an existing value\n", lineOf(r), text)
	}
	i := slices.Index(r.Items, day)
	if i < 0 {
		return argf("RepeatDateList::change: %s\nThe new value %s is not a valid member of the date list\n", lineOf(r), text)
	}
	r.Index = int64(i)
	return nil
}

// ChangeTo goes to an index.
func (r *RepeatDateList) ChangeTo(index int64) error {
	return changeIndex("RepeatDateList::changeValue:", r, &r.Index, index, len(r.Items))
}

// changeIndex sets an index if it is one of the list.
func changeIndex(where string, r Repeat, at *int64, index int64, length int) error {
	if length == 0 {
		return nil
	}
	if index < 0 || index >= int64(length) {
		return argf("%s%s\nThe new value '%d' is not a valid index expected range[0-%d] but found '%d'", where, lineOf(r), index, length-1, index)
	}
	*at = index
	return nil
}

// Equal compares everything.
func (r *RepeatDateList) Equal(o Repeat) bool {
	x, ok := o.(*RepeatDateList)
	return ok && r.Variable == x.Variable && r.Index == x.Index && slices.Equal(r.Items, x.Items)
}

// Clone is an independent copy.
func (r *RepeatDateList) Clone() Repeat {
	c := *r
	c.Items = slices.Clone(r.Items)
	return &c
}

// Append appends `repeat datelist NAME "day" "day"`.
func (r *RepeatDateList) Append(b []byte) []byte {
	b = append(append(b, "repeat datelist "...), r.Variable...)
	for _, d := range r.Items {
		b = append(strconv.AppendInt(append(b, ` "`...), int64(d), 10), '"')
	}
	return b
}

// String is the repeat as a definition has it.
func (r *RepeatDateList) String() string { return string(r.Append(nil)) }

func (r *RepeatDateList) generated(vars []Variable) []Variable {
	vars = dateVariables(vars, r.Variable, r.LastValid(), r.Valid())
	return append(vars, Variable{r.Variable, r.ValueString()})
}

// RepeatDateTimeList goes through a list of points in time.
type RepeatDateTimeList struct{ list[Instant] }

// NewRepeatDateTimeList checks the name.
func NewRepeatDateTimeList(name string, points []Instant) (*RepeatDateTimeList, error) {
	if name == "" {
		return nil, argf("RepeatDateTimeList: Invalid name: ")
	}
	if !ValidName(name) {
		return nil, argf("Variable::new_variable: %s", nameFault(name+"_DATE"))
	}
	if len(points) == 0 {
		return nil, argf("RepeatDateTimeList: %s is empty", name)
	}
	return &RepeatDateTimeList{list[Instant]{Variable: name, Items: slices.Clone(points)}}, nil
}

// Start is the first point, in seconds.
func (r *RepeatDateTimeList) Start() int64 { return int64(r.near(0)) }

// End is the last point, in seconds.
func (r *RepeatDateTimeList) End() int64 { return int64(r.near(int64(len(r.Items)))) }

// Value is the current point in seconds, 0 past the end.
func (r *RepeatDateTimeList) Value() int64 {
	if !r.Valid() {
		return 0
	}
	return int64(r.Items[r.Index])
}

// CurrentValue is the current point as text.
func (r *RepeatDateTimeList) CurrentValue() string {
	if !r.Valid() {
		return ""
	}
	return r.Items[r.Index].String()
}

// LastValid is the current, first or last point in seconds.
func (r *RepeatDateTimeList) LastValid() int64 { return int64(r.near(r.Index)) }

// LastValidPlus adds n seconds to it.
func (r *RepeatDateTimeList) LastValidPlus(n int64) int64 {
	if r.LastValid() == 0 {
		return 0
	}
	return r.LastValid() + n
}

// at is the point near an index as text, empty for an empty list.
func (r *RepeatDateTimeList) at(index int64) string {
	if len(r.Items) == 0 {
		return ""
	}
	return r.near(index).String()
}

// ValueString is the last valid point as text.
func (r *RepeatDateTimeList) ValueString() string { return r.at(r.Index) }

// NextString is the point after it in the list.
func (r *RepeatDateTimeList) NextString() string { return r.at(r.Index + 1) }

// PrevString is the point before it in the list.
func (r *RepeatDateTimeList) PrevString() string { return r.at(r.Index - 1) }

// Change goes to a point of the list.
func (r *RepeatDateTimeList) Change(text string) error {
	point, err := ParseInstant(text)
	if err != nil {
		return argf("RepeatDateTimeList::change: %s\nThe new value %s is not a valid datetime (yyyymmddTHHMMSS)", lineOf(r), text)
	}
	i := slices.Index(r.Items, point)
	if i < 0 {
		return argf("RepeatDateTimeList::change: %s\nThe new value %s is not a valid member of the datetimelist\n", lineOf(r), text)
	}
	r.Index = int64(i)
	return nil
}

// ChangeTo goes to an index.
func (r *RepeatDateTimeList) ChangeTo(index int64) error {
	return changeIndex("RepeatDateTimeList::changeValue:", r, &r.Index, index, len(r.Items))
}

// Equal compares everything.
func (r *RepeatDateTimeList) Equal(o Repeat) bool {
	x, ok := o.(*RepeatDateTimeList)
	return ok && r.Variable == x.Variable && r.Index == x.Index && slices.Equal(r.Items, x.Items)
}

// Clone is an independent copy.
func (r *RepeatDateTimeList) Clone() Repeat {
	c := *r
	c.Items = slices.Clone(r.Items)
	return &c
}

// Append appends `repeat datetimelist NAME "point" "point"`.
func (r *RepeatDateTimeList) Append(b []byte) []byte {
	b = append(append(b, "repeat datetimelist "...), r.Variable...)
	for _, p := range r.Items {
		b = append(append(append(b, ` "`...), p.String()...), '"')
	}
	return b
}

// String is the repeat as a definition has it.
func (r *RepeatDateTimeList) String() string { return string(r.Append(nil)) }

func (r *RepeatDateTimeList) generated(vars []Variable) []Variable {
	vars = instantVariables(vars, r.Variable, Instant(r.LastValid()), r.Valid())
	return append(vars, Variable{r.Variable, r.ValueString()})
}
