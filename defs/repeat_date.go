package defs

import (
	"strconv"

	"github.com/ecflow-go/ecflow/defs/expr"
)

// RepeatDate counts days; values are yyyymmdd, the step is in days.
type RepeatDate struct{ steps }

// NewRepeatDate runs from start to end, yyyymmdd, in steps of delta days.
func NewRepeatDate(name string, start, end, delta int) (*RepeatDate, error) {
	line := func() string {
		return "repeat " + name + " " + strconv.Itoa(start) + " " + strconv.Itoa(end) + " " + strconv.Itoa(delta)
	}
	switch {
	case !ValidName(name):
		return nil, argf("RepeatDate::RepeatDate: Invalid name: %s", name)
	case delta == 0:
		return nil, argf("Invalid Repeat date: the delta cannot be zero%s", line())
	case len(strconv.Itoa(start)) != 8:
		return nil, argf("Invalid Repeat date: The start is not a valid date. Please use yyyymmdd format.%s", line())
	case len(strconv.Itoa(end)) != 8:
		return nil, argf("Invalid Repeat date: The end is not a valid date. Please use yyyymmdd format.%s", line())
	case delta > 0 && end < start:
		return nil, argf("Invalid Repeat date: The end must be greater than the start date, when delta is positive %s", line())
	case delta < 0 && start < end:
		return nil, argf("Invalid Repeat date: The start must be greater than the end date, when delta is negative %s", line())
	case !validDate(start) || !validDate(end):
		return nil, argf("Invalid Repeat date: The start/end is not a valid date.%s", line())
	}
	return &RepeatDate{steps{name, int64(start), int64(end), int64(delta), int64(start)}}, nil
}

// CurrentIndex is how many steps have been made.
func (r *RepeatDate) CurrentIndex() int64 {
	if r.Delta == 0 {
		return 0
	}
	return (expr.DateToJulian(r.At) - expr.DateToJulian(r.From)) / r.Delta
}

// CurrentValue is the value as text.
func (r *RepeatDate) CurrentValue() string { return itoa(r.At) }

// LastValidPlus is the last valid day with n days added.
func (r *RepeatDate) LastValidPlus(n int64) int64 { return expr.AddDays(r.LastValid(), n) }

// ValueString is the last valid value as text.
func (r *RepeatDate) ValueString() string { return itoa(r.LastValid()) }

// NextString is the value after it.
func (r *RepeatDate) NextString() string { return itoa(r.clamp(r.LastValidPlus(r.Delta))) }

// PrevString is the value before it.
func (r *RepeatDate) PrevString() string { return itoa(r.clamp(r.LastValidPlus(-r.Delta))) }

// Increment makes one step.
func (r *RepeatDate) Increment() { r.At = r.LastValidPlus(r.Delta) }

// Change sets the value from text.
func (r *RepeatDate) Change(text string) error {
	if len(text) != 8 {
		return argf("RepeatDate::change: %s The new date is not valid, expected 8 characters in yyyymmdd format but found %s", lineOf(r), text)
	}
	v, ok := parseLong(text)
	if !ok {
		return argf("RepeatDate::change: %s The new date(%s) is not convertible to an long", lineOf(r), text)
	}
	if !validDate(int(v)) {
		return argf("RepeatDate::change: %s The new date(%s) is not valid", lineOf(r), text)
	}
	return r.ChangeTo(v)
}

// ChangeTo sets a day between start and end, and in line with the step.
func (r *RepeatDate) ChangeTo(v int64) error {
	if r.outside(v) {
		return argf("RepeatDate::changeValue: %s\nThe new date should be in the range[%d : %d] but found %d", lineOf(r), r.From, r.To, v)
	}
	if r.Delta != 0 && (expr.DateToJulian(v)-expr.DateToJulian(r.From))%r.Delta != 0 {
		return argf("RepeatDate::changeValue: %s\nThe new date %d is not in line with the delta/step", lineOf(r), v)
	}
	r.At = v
	return nil
}

// Equal compares everything.
func (r *RepeatDate) Equal(o Repeat) bool {
	x, ok := o.(*RepeatDate)
	return ok && *r == *x
}

// Clone is an independent copy.
func (r *RepeatDate) Clone() Repeat { c := *r; return &c }

// Append appends "repeat date NAME start end delta".
func (r *RepeatDate) Append(b []byte) []byte {
	b = append(append(b, "repeat date "...), r.Variable...)
	for _, v := range [...]int64{r.From, r.To, r.Delta} {
		b = strconv.AppendInt(append(b, ' '), v, 10)
	}
	return b
}

// String is the repeat as a definition has it.
func (r *RepeatDate) String() string { return string(r.Append(nil)) }

func (r *RepeatDate) generated(vars []Variable) []Variable {
	vars = dateVariables(vars, r.Variable, r.LastValid(), r.Valid())
	return append(vars, Variable{r.Variable, r.ValueString()})
}

// dateVariables appends the variables of a repeat over days.
func dateVariables(vars []Variable, name string, day int64, valid bool) []Variable {
	year, month, dom, dow, julian := "<invalid>", "<invalid>", "<invalid>", "", "<invalid>"
	if valid && validDate(int(day)) {
		d := Date(day)
		year, month, dom = padded(int(d)/10000, 4), padded(int(d)/100%100, 2), padded(int(d)%100, 2)
		dow, julian = strconv.Itoa(d.Weekday()), itoa(expr.DateToJulian(day))
	}
	return append(vars, Variable{name + "_YYYY", year}, Variable{name + "_MM", month}, Variable{name + "_DD", dom},
		Variable{name + "_DOW", dow}, Variable{name + "_JULIAN", julian})
}

func padded(n, width int) string { return string(appendPadded(nil, n, width)) }

// RepeatDateTime counts points in time; values and the step are in seconds.
type RepeatDateTime struct{ steps }

// NewRepeatDateTime runs from start to end in steps of delta seconds.
func NewRepeatDateTime(name string, start, end Instant, delta int64) (*RepeatDateTime, error) {
	line := func() string {
		return "repeat " + name + " " + start.String() + " " + end.String() + " " + FormatDelta(delta)
	}
	switch {
	case name == "":
		return nil, argf("RepeatDateTime::RepeatDateTime: Invalid name: ")
	case !ValidName(name):
		return nil, argf("Variable::new_variable: %s", nameFault(name+"_DATE"))
	case delta == 0:
		return nil, argf("Invalid Repeat datetime: the delta cannot be zero%s", line())
	case delta > 0 && end < start:
		return nil, argf("Invalid Repeat datetime: The end must be greater than the start date+time, when delta is positive %s", line())
	case delta < 0 && start < end:
		return nil, argf("Invalid Repeat datetime: The start must be greater than the end date+time, when delta is negative %s", line())
	}
	return &RepeatDateTime{steps{name, int64(start), int64(end), delta, int64(start)}}, nil
}

// CurrentIndex is how many steps have been made.
func (r *RepeatDateTime) CurrentIndex() int64 {
	if r.Delta == 0 {
		return 0
	}
	return (r.At - r.From) / r.Delta
}

// CurrentValue is the value as text.
func (r *RepeatDateTime) CurrentValue() string { return Instant(r.At).String() }

// LastValidPlus is the last valid point with n seconds added.
func (r *RepeatDateTime) LastValidPlus(n int64) int64 { return r.LastValid() + n }

// ValueString is the last valid value as text.
func (r *RepeatDateTime) ValueString() string { return Instant(r.LastValid()).String() }

// NextString is the value after it.
func (r *RepeatDateTime) NextString() string {
	return Instant(r.clamp(r.LastValid() + r.Delta)).String()
}

// PrevString is the value before it.
func (r *RepeatDateTime) PrevString() string {
	return Instant(r.clamp(r.LastValid() - r.Delta)).String()
}

// Increment makes one step.
func (r *RepeatDateTime) Increment() { r.At += r.Delta }

// Change sets the value from text.
func (r *RepeatDateTime) Change(text string) error {
	v, err := ParseInstant(text)
	if err != nil {
		return argf("RepeatDateTime::change: %s The new date(%s) is not valid", lineOf(r), text)
	}
	return r.ChangeTo(int64(v))
}

// ChangeTo sets a point between start and end, and in line with the step.
func (r *RepeatDateTime) ChangeTo(v int64) error {
	if r.outside(v) {
		found := Instant(v).String()
		if r.Delta < 0 {
			found = itoa(v) // the original does so
		}
		return argf("RepeatDateTime::changeValue: %s\nThe new date should be in the range[%s : %s] but found %s", lineOf(r), Instant(r.From), Instant(r.To), found)
	}
	if r.Delta != 0 && (v-r.From)%r.Delta != 0 {
		return argf("RepeatDateTime::changeValue: %s\nThe new date %d is not in line with the delta/step", lineOf(r), v)
	}
	r.At = v
	return nil
}

// Equal compares everything.
func (r *RepeatDateTime) Equal(o Repeat) bool {
	x, ok := o.(*RepeatDateTime)
	return ok && *r == *x
}

// Clone is an independent copy.
func (r *RepeatDateTime) Clone() Repeat { c := *r; return &c }

// Append appends "repeat datetime NAME start end delta".
func (r *RepeatDateTime) Append(b []byte) []byte {
	b = append(append(b, "repeat datetime "...), r.Variable...)
	b = append(append(b, ' '), Instant(r.From).String()...)
	b = append(append(b, ' '), Instant(r.To).String()...)
	return append(append(b, ' '), FormatDelta(r.Delta)...)
}

// String is the repeat as a definition has it.
func (r *RepeatDateTime) String() string { return string(r.Append(nil)) }

func (r *RepeatDateTime) generated(vars []Variable) []Variable {
	vars = instantVariables(vars, r.Variable, Instant(r.LastValid()), r.Valid())
	return append(vars, Variable{r.Variable, r.ValueString()})
}

// instantVariables appends the variables of a repeat over points in time.
func instantVariables(vars []Variable, name string, at Instant, valid bool) []Variable {
	names := [...]string{"_DATE", "_YYYY", "_MM", "_DD", "_JULIAN", "_TIME", "_HOURS", "_MINUTES", "_SECONDS"}
	t := at.Time()
	day := int64(dateOf(t))
	for i, suffix := range names {
		value := "<invalid>"
		if valid {
			value = [...]string{
				t.Format("20060102"), padded(t.Year(), 4), t.Format("01"), t.Format("02"), itoa(expr.DateToJulian(day)),
				t.Format("150405"), t.Format("15"), t.Format("04"), t.Format("05"),
			}[i]
		}
		vars = append(vars, Variable{name + suffix, value})
	}
	return vars
}
