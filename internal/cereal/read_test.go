package cereal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// same demands that the decoder reads what the reader has read.
func same[T any](t require.TestingT, document []byte) (quick bool) {
	var first, second T
	if quick = registry.Quick(document, &first); quick {
		require.NoError(t, registry.Thorough(document, &second), "%q", document)
		require.Equal(t, second, first, "%q", document)
	}
	return quick
}

func TestQuick_reads_what_is_written(t *testing.T) {
	five := 5
	circle, square := &Circle{base: base{ID: 1}, Radius: 2}, &Square{Label: "a \"label\"\n"}
	require.True(t, same[options](t, []byte(encode(t, &options{Name: "n\\", On: true, List: []int{1, -2, 3, 0}, Maybe: &tagged{"m"}, Number: -7}))))
	require.True(t, same[options](t, []byte(encode(t, &options{Off: true, Number: 7}))))
	require.True(t, same[scalars](t, []byte(encode(t, &scalars{S: "s\tt", B: true, L: -1 << 60, U: 1<<32 - 1, Z: 1 << 60, X: "15"}))))
	require.True(t, same[grown](t, []byte(encode(t, &grown{Version: 1, Second: "b", Third: &five}))))
	require.True(t, same[tagged](t, []byte(encode(t, &tagged{strings.Repeat("a line\n", 1000)}))))
	shapes := &pointers{Shared: []*tagged{{"x"}, {"x"}, {"y"}}, Exact: []*Circle{circle, {Radius: 3}}, Unique: &tagged{}, Kind: square}
	for i := range 200 {
		shapes.Shapes = append(shapes.Shapes, circle, &Square{Label: "l"}, square, &Circle{Radius: i})
	}
	require.True(t, same[pointers](t, []byte(encode(t, shapes))))
	var read pointers
	require.True(t, registry.Quick([]byte(encode(t, shapes)), &read))
	require.Same(t, read.Shapes[0], read.Shapes[4])
	require.Same(t, read.Shapes[0], read.Exact[0])
	require.NotSame(t, read.Shapes[1], read.Shapes[5])
}

// Any change of one byte is either declined or read as the decoder reads it.
func TestQuick_of_damaged_documents(t *testing.T) {
	circle := &Circle{base: base{ID: 10}, Radius: 2}
	document := []byte(encode(t, &pointers{Shapes: []Shape{circle, &Square{Label: "a\\b\n"}, circle}, Shared: []*tagged{{}},
		Exact: []*Circle{circle}, Unique: &tagged{"long enough for more than one word"}, Kind: circle}))
	check := func(damaged []byte) {
		same[pointers](t, damaged)
	}
	for i := range document {
		check(append(append([]byte{}, document[:i]...), document[i+1:]...))
		check(document[:i])
		for _, c := range []byte("\x00\n \"\\{}[],:-019aut\xff") {
			damaged := append([]byte{}, document...)
			damaged[i] = c
			check(damaged)
		}
	}
}

func TestQuick_declines(t *testing.T) {
	for _, document := range []string{
		"", "{", "{}", "[]", "{\n\"top\": {\n\"n_\": \"\"\n}\n} ", "{\n\"top\": {\n\"n_\": \"\\u0041\"\n}\n}", "{\n\"top\": {\"n_\": \"\"}\n}",
		"{\n\"top\": {\n\"n_\": \"a\x01\"\n}\n}", "{\n\"top\": {\n\"n_\": \"\\n\x01\"\n}\n}", "{\n\"top\": {\n\"n_\": \"\\\"\n}\n}", "{\n\"top\": {\n\"n_\": \"\\q\"\n}\n}",
	} {
		require.False(t, registry.Quick([]byte(document), &tagged{}), document)
	}
}
