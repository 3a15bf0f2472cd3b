package defs

import "slices"

// texts is what repeats over texts share.
type texts struct{ list[string] }

// Start is 0.
func (r *texts) Start() int64 { return 0 }

// End is the last index.
func (r *texts) End() int64 { return int64(max(len(r.Items)-1, 0)) }

// CurrentValue is the current text, empty past the end.
func (r *texts) CurrentValue() string {
	if !r.Valid() {
		return ""
	}
	return r.Items[r.Index]
}

// ValueString is the current, first or last text.
func (r *texts) ValueString() string { return r.near(r.Index) }

// NextString is the text after it.
func (r *texts) NextString() string { return r.near(r.Index + 1) }

// PrevString is the text before it.
func (r *texts) PrevString() string { return r.near(r.Index - 1) }

func (r *texts) clone() texts {
	c := *r
	c.Items = slices.Clone(r.Items)
	return c
}

func (r *texts) equal(o *texts) bool {
	return r.Variable == o.Variable && r.Index == o.Index && slices.Equal(r.Items, o.Items)
}

func (r *texts) appendTo(b []byte, keyword string) []byte {
	b = append(append(b, keyword...), r.Variable...)
	for _, item := range r.Items {
		b = append(append(append(b, ` "`...), item...), '"')
	}
	return b
}

func (r *texts) generated(vars []Variable) []Variable {
	return append(vars, Variable{r.Variable, r.ValueString()})
}

// RepeatEnumerated goes through a list of texts; those that are numbers count as such.
type RepeatEnumerated struct{ texts }

// NewRepeatEnumerated checks the name; there must be a text at least.
func NewRepeatEnumerated(name string, items []string) (*RepeatEnumerated, error) {
	if !ValidName(name) {
		return nil, argf("RepeatEnumerated: Invalid name: %s", name)
	}
	if len(items) == 0 {
		return nil, argf("RepeatEnumerated: %s is empty", name)
	}
	return &RepeatEnumerated{texts{list[string]{Variable: name, Items: slices.Clone(items)}}}, nil
}

// Value is the current text as a number, else the index.
func (r *RepeatEnumerated) Value() int64 {
	if r.Valid() {
		return int64(intOr(r.Items[r.Index], int(r.Index)))
	}
	return r.Index
}

// LastValid is the current, first or last text as a number, else its index.
func (r *RepeatEnumerated) LastValid() int64 {
	if len(r.Items) == 0 {
		return 0
	}
	index := min(max(r.Index, 0), int64(len(r.Items)-1))
	return int64(intOr(r.Items[index], int(index)))
}

// LastValidPlus adds n to it.
func (r *RepeatEnumerated) LastValidPlus(n int64) int64 { return r.LastValid() + n }

// Change goes to a text of the list, or to an index.
func (r *RepeatEnumerated) Change(text string) error {
	if i := slices.Index(r.Items, text); i >= 0 {
		r.Index = int64(i)
		return nil
	}
	if index, ok := parseLong(text); ok {
		return r.ChangeTo(index)
	}
	return argf("RepeatEnumerated::change:%s\nThe new value %s is not a valid index or a member of the enumerated list\n", lineOf(r), text)
}

// ChangeTo goes to an index.
func (r *RepeatEnumerated) ChangeTo(index int64) error {
	return changeIndex("RepeatEnumerated::changeValue:", r, &r.Index, index, len(r.Items))
}

// Equal compares everything.
func (r *RepeatEnumerated) Equal(o Repeat) bool {
	x, ok := o.(*RepeatEnumerated)
	return ok && r.equal(&x.texts)
}

// Clone is an independent copy.
func (r *RepeatEnumerated) Clone() Repeat { return &RepeatEnumerated{r.clone()} }

// Append appends `repeat enumerated NAME "text" "text"`.
func (r *RepeatEnumerated) Append(b []byte) []byte { return r.appendTo(b, "repeat enumerated ") }

// String is the repeat as a definition has it.
func (r *RepeatEnumerated) String() string { return string(r.Append(nil)) }

// RepeatString goes through a list of texts, which count by their index.
type RepeatString struct{ texts }

// NewRepeatString checks the name; there must be a text at least.
func NewRepeatString(name string, items []string) (*RepeatString, error) {
	if !ValidName(name) {
		return nil, argf("RepeatString:: Invalid name: %s", name)
	}
	if len(items) == 0 {
		return nil, argf("RepeatString : %s is empty", name)
	}
	return &RepeatString{texts{list[string]{Variable: name, Items: slices.Clone(items)}}}, nil
}

// Value is the index.
func (r *RepeatString) Value() int64 { return r.Index }

// LastValid is the index, kept within the list.
func (r *RepeatString) LastValid() int64 {
	if len(r.Items) == 0 {
		return 0
	}
	return min(max(r.Index, 0), int64(len(r.Items)-1))
}

// LastValidPlus adds n to it.
func (r *RepeatString) LastValidPlus(n int64) int64 { return r.LastValid() + n }

// Change goes to a text of the list, or to an index.
func (r *RepeatString) Change(text string) error {
	if i := slices.Index(r.Items, text); i >= 0 {
		r.Index = int64(i)
		return nil
	}
	if index, ok := parseInt(text); ok {
		return r.ChangeTo(int64(index))
	}
	return argf("RepeatString::change: %s\nThe new value %s is not a valid index or member of the string list", lineOf(r), text)
}

// ChangeTo goes to an index.
func (r *RepeatString) ChangeTo(index int64) error {
	if index < 0 || index >= int64(len(r.Items)) {
		return argf("RepeatString::change: %s The new the integer %d is not a valid index expected range[0-%d]'", lineOf(r), index, len(r.Items)-1)
	}
	r.Index = index
	return nil
}

// Equal compares everything.
func (r *RepeatString) Equal(o Repeat) bool {
	x, ok := o.(*RepeatString)
	return ok && r.equal(&x.texts)
}

// Clone is an independent copy.
func (r *RepeatString) Clone() Repeat { return &RepeatString{r.clone()} }

// Append appends `repeat string NAME "text" "text"`.
func (r *RepeatString) Append(b []byte) []byte { return r.appendTo(b, "repeat string ") }

// String is the repeat as a definition has it.
func (r *RepeatString) String() string { return string(r.Append(nil)) }
