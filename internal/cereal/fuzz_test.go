package cereal_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cereal"
)

// FuzzDecode: whatever can be read, is read the same again after having been
// written, and then is written the same.
func FuzzDecode(f *testing.F) {
	five := 5
	circle := &Circle{base: base{ID: 1}, Radius: 2}
	for _, v := range []any{
		&options{Name: "\x00\xff\"\\", On: true, List: []int{1}, Maybe: &tagged{"m"}},
		&scalars{S: "s", X: "1.5"},
		&grown{Version: 1, Second: "b", Third: &five},
		&pointers{Shapes: []Shape{circle, &Square{}, circle}, Shared: []*tagged{{}}, Exact: []*Circle{circle}, Unique: &tagged{}, Kind: circle},
	} {
		document, err := registry.Encode("top", v)
		require.NoError(f, err)
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		again[options](t, document)
		again[scalars](t, document)
		again[grown](t, document)
		again[pointers](t, document)
	})
}

func again[T any](t *testing.T, document []byte) {
	same[T](t, document)
	var first, second T
	if registry.Decode(document, &first) != nil {
		return
	}
	written, err := registry.Encode("top", &first)
	require.NoError(t, err)
	require.NoError(t, registry.Decode(written, &second))
	require.Equal(t, first, second)
	rewritten, err := registry.Encode("top", &second)
	require.NoError(t, err)
	require.Equal(t, written, rewritten)
}

// FuzzInspect: our parser accepts what Go's accepts, but for what C++ is known
// to see otherwise, and nothing else.
func FuzzInspect(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-0.5e3,true,false,null,"x\n\u00e9"],"b":{}}`, ` [[],{} ] `, `{"a":1}x`, `"\ud83d\ude00"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		item, err := cereal.Inspect(document)
		if bytes.Contains(document, []byte(`\u`)) || bytes.ContainsAny(document, "NI") || len(document) > 5000 {
			return // surrogates, words for numbers, depth
		}
		require.Equal(t, json.Valid(document), err == nil, "%q: %v", document, err)
		if err == nil {
			walk(item)
		}
	})
}

func walk(item cereal.Item) {
	item.Raw()
	item.Text()
	for _, member := range item.Members() {
		walk(member)
	}
	for element := range item.Elements() {
		walk(element)
	}
}
