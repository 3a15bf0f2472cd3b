package cereal

import "iter"

// Item is one value of a parsed document, to be looked at without knowing its
// type. It refers to the bytes it was parsed from.
type Item struct {
	t  *tape
	at uint32
}

// Inspect parses a document. Errors are as those of [Registry.Decode].
func Inspect(data []byte) (Item, error) {
	t := &tape{}
	if err := t.parse(data); err != nil {
		return Item{}, err
	}
	return Item{t, 0}, nil
}

// IsObject reports whether the item is an object.
func (i Item) IsObject() bool { return i.t.values[i.at].kind == kindObject }

// IsArray reports whether the item is an array.
func (i Item) IsArray() bool { return i.t.values[i.at].kind == kindArray }

// Members gives the members of an object in their order.
func (i Item) Members() iter.Seq2[string, Item] {
	return func(yield func(string, Item) bool) {
		for key := i.at + 1; i.IsObject() && key < i.t.values[i.at].next; key = i.t.values[key+1].next {
			name, _ := Item{i.t, key}.Text()
			if !yield(name, Item{i.t, key + 1}) {
				return
			}
		}
	}
}

// Member gives the first member of that name.
func (i Item) Member(name string) (Item, bool) {
	for key, item := range i.Members() {
		if key == name {
			return item, true
		}
	}
	return Item{}, false
}

// Elements gives the elements of an array in their order.
func (i Item) Elements() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for at := i.at + 1; i.IsArray() && at < i.t.values[i.at].next; at = i.t.values[at].next {
			if !yield(Item{i.t, at}) {
				return
			}
		}
	}
}

// Text gives a string's value; false if the item is no string.
func (i Item) Text() (string, bool) {
	v := i.t.values[i.at]
	text := i.t.data[v.start:v.end]
	if v.escaped {
		return unescape(text), true
	}
	return string(text), v.kind == kindString
}

// Uint gives a number's value; false if the item is no number below 1<<32.
func (i Item) Uint() (uint32, bool) {
	n, ok := i.t.uint(i.at, 1<<32-1)
	return uint32(n), ok
}

// Raw gives the item as it is written.
func (i Item) Raw() string {
	v := i.t.values[i.at]
	if v.kind == kindString {
		return string(i.t.data[v.start-1 : v.end+1])
	}
	return string(i.t.data[v.start:v.end])
}
