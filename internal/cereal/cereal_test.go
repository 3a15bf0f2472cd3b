package cereal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/cereal"
)

// A small family with one of everything.
type (
	Shape interface{ shape() }

	base struct {
		_  cereal.Versioned
		ID int `cereal:"id_"`
	}
	Circle struct {
		_ cereal.Versioned
		base
		Radius int `cereal:"r_"`
	}
	Square struct {
		_ cereal.Versioned
		base
		Label string `cereal:",value"`
	}
	Holder struct {
		base
		Inner Shape `cereal:"inner_"`
	}
	grade  int
	tagged struct {
		Name string `cereal:"n_"`
	}
	counts struct {
		A uint32 `cereal:",value"`
		B uint32 `cereal:",value"`
	}
	grown struct {
		Version uint32 `cereal:",version"`
		First   string `cereal:",value"`
		Counts  counts `cereal:",inline"`
		Second  string `cereal:",value,since=1"`
		Third   *int   `cereal:",value,optional"`
	}
	options struct {
		Name   string  `cereal:"name_"`
		On     bool    `cereal:"on_,optional"`
		Off    bool    `cereal:"off_,optional,default=true"`
		Number int     `cereal:"number_,optional,default=7"`
		List   []int   `cereal:"list_,optional"`
		Maybe  *tagged `cereal:"maybe_,optional"`
	}
	scalars struct {
		S string        `cereal:"s"`
		B bool          `cereal:"b"`
		I int           `cereal:"i"`
		E grade         `cereal:"e"`
		L int64         `cereal:"l"`
		U uint32        `cereal:"u"`
		Z uint64        `cereal:"z"`
		X cereal.Scalar `cereal:"x"`
	}
	pointers struct {
		Shapes []Shape   `cereal:"shapes_"`
		Shared []*tagged `cereal:"shared_,shared"`
		Exact  []*Circle `cereal:"exact_,polymorphic"`
		Unique *tagged   `cereal:"unique_,unique"`
		Kind   Shape     `cereal:"kind_,unique"`
	}
)

func (*base) shape() {}

var registry = cereal.NewRegistry(
	[]any{grown{}, options{}, scalars{}, pointers{}, tagged{}, Holder{}},
	Circle{}, Square{}, Holder{},
)

func encode(t *testing.T, v any) string {
	t.Helper()
	out, err := registry.Encode("top", v)
	require.NoError(t, err)
	return string(out)
}

// compact drops what the layout adds, so that tests stay readable; none of
// their strings holds a line end or such a blank.
func compact(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\n", ""), `": `, `":`)
}

func decode[T any](document string) (T, error) {
	var v T
	err := registry.Decode([]byte(document), &v)
	return v, err
}

func TestEncode_layout(t *testing.T) {
	require.Equal(t, "{\n\"top\": {\n\"name_\": \"x\",\n\"off_\": false,\n\"number_\": 0,\n\"list_\": [\n1,\n2\n]\n}\n}",
		encode(t, &options{Name: "x", List: []int{1, 2}}))
	require.Equal(t, "{\n\"top\": {\n\"shapes_\": [],\n\"shared_\": [],\n\"exact_\": [],\n"+
		"\"unique_\": {\n\"ptr_wrapper\": {\n\"valid\": 0\n}\n},\n\"kind_\": {\n\"polymorphic_id\": 0\n}\n}\n}",
		encode(t, &pointers{}))
}

func TestPointers(t *testing.T) {
	circle, label := &Circle{base: base{ID: 1}, Radius: 2}, &tagged{Name: "t"}
	in := &pointers{
		Shapes: []Shape{circle, &Square{Label: "s"}, &Circle{}, circle},
		Shared: []*tagged{label, label},
		Exact:  []*Circle{circle, {Radius: 3}},
		Unique: &tagged{Name: "u"},
		Kind:   &Square{},
	}
	document := encode(t, in)
	require.Equal(t, `{"top":{"shapes_":[`+
		`{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":`+
		`{"cereal_class_version":0,"value0":{"cereal_class_version":0,"id_":1},"r_":2}}},`+
		`{"polymorphic_id":2147483650,"polymorphic_name":"Square","ptr_wrapper":{"id":2147483650,"data":`+
		`{"cereal_class_version":0,"value0":{"id_":0},"value1":"s"}}},`+
		`{"polymorphic_id":1,"ptr_wrapper":{"id":2147483651,"data":{"value0":{"id_":0},"r_":0}}},`+
		`{"polymorphic_id":1,"ptr_wrapper":{"id":1}}],`+
		`"shared_":[{"ptr_wrapper":{"id":2147483652,"data":{"n_":"t"}}},{"ptr_wrapper":{"id":4}}],`+
		`"exact_":[{"polymorphic_id":1073741824,"ptr_wrapper":{"id":1}},`+
		`{"polymorphic_id":1073741824,"ptr_wrapper":{"id":2147483653,"data":{"value0":{"id_":0},"r_":3}}}],`+
		`"unique_":{"ptr_wrapper":{"valid":1,"data":{"n_":"u"}}},`+
		`"kind_":{"polymorphic_id":2,"ptr_wrapper":{"valid":1,"data":{"value0":{"id_":0},"value1":""}}}}}`,
		compact(document))
	out, err := decode[pointers](document)
	require.NoError(t, err)
	require.Equal(t, in, &out)
	require.Same(t, out.Shapes[0], out.Shapes[3])
	require.Same(t, out.Shapes[0], out.Exact[0])
	require.NotSame(t, out.Shapes[0], out.Shapes[2])
	require.Same(t, out.Shared[0], out.Shared[1])
}

func TestDecode_pointers(t *testing.T) {
	shape := func(pointer string) string {
		return `{"top":{"shapes_":[` + pointer + `],"shared_":[],"exact_":[],"unique_":{"ptr_wrapper":{"valid":0}},"kind_":{"polymorphic_id":0}}}`
	}
	const data = `{"cereal_class_version":0,"value0":{"cereal_class_version":0,"id_":1},"r_":2}`
	for name, pointer := range map[string]string{
		"usual":                 `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"other numbers":         `{"polymorphic_id":2147483655,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483700,"data":` + data + `}},{"polymorphic_id":7,"ptr_wrapper":{"id":52}}`,
		"name told twice":       `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":` + data + `}},{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":1}}`,
		"another order":         `{"ptr_wrapper":{"data":` + data + `,"id":2147483649},"polymorphic_name":"Circle","polymorphic_id":2147483649}`,
		"version not looked at": `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":` + strings.ReplaceAll(data, "version\":0", "version\":9") + `}}`,
	} {
		out, err := decode[pointers](shape(pointer))
		require.NoError(t, err, name)
		require.Equal(t, &Circle{base: base{ID: 1}, Radius: 2}, out.Shapes[0], name)
		require.Same(t, out.Shapes[0], out.Shapes[len(out.Shapes)-1])
	}
	for name, pointer := range map[string]string{
		"null":                    `{"polymorphic_id":0}`,
		"null object":             `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":0}}`,
		"no type":                 `{"polymorphic_id":1073741824,"ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"both bits":               `{"polymorphic_id":3221225473,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"type without a name":     `{"polymorphic_id":2147483649,"ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"name is a number":        `{"polymorphic_id":2147483649,"polymorphic_name":5,"ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"type unknown":            `{"polymorphic_id":2147483649,"polymorphic_name":"Sphere","ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"type number unknown":     `{"polymorphic_id":3,"ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"type of another family":  `{"polymorphic_id":2147483649,"polymorphic_name":"options","ptr_wrapper":{"id":2147483649,"data":` + data + `}}`,
		"id unknown":              `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":4}}`,
		"id of another type":      `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":` + data + `}},{"polymorphic_id":2147483650,"polymorphic_name":"Square","ptr_wrapper":{"id":1}}`,
		"id negative":             `{"polymorphic_id":-1,"polymorphic_name":"Circle","ptr_wrapper":{"id":1,"data":` + data + `}}`,
		"no data":                 `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649}}`,
		"no wrapper":              `{"polymorphic_id":2147483649,"polymorphic_name":"Circle"}`,
		"contains itself":         `{"polymorphic_id":2147483649,"polymorphic_name":"Holder","ptr_wrapper":{"id":2147483649,"data":{"value0":{"cereal_class_version":0,"id_":1},"inner_":{"polymorphic_id":1,"ptr_wrapper":{"id":1}}}}}`,
		"version missing":         `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":{"value0":{"cereal_class_version":0,"id_":1},"r_":2}}}`,
		"version of base missing": `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":{"cereal_class_version":0,"value0":{"id_":1},"r_":2}}}`,
		"version again":           `{"polymorphic_id":2147483649,"polymorphic_name":"Circle","ptr_wrapper":{"id":2147483649,"data":` + data + `}},{"polymorphic_id":1,"ptr_wrapper":{"id":2147483650,"data":` + data + `}}`,
		"no object":               `7`,
	} {
		_, err := decode[pointers](shape(pointer))
		require.ErrorIs(t, err, fault.Protocol, name)
	}
}

func TestEncode_refuses(t *testing.T) {
	loop := &Holder{}
	loop.Inner = &Holder{Inner: loop}
	for name, v := range map[string]any{
		"nil shape":      &pointers{Shapes: []Shape{nil}},
		"nil pointer":    &pointers{Shapes: []Shape{(*Circle)(nil)}},
		"nil shared":     &pointers{Shared: []*tagged{nil}},
		"nil exact":      &pointers{Exact: []*Circle{nil}},
		"foreign shape":  &pointers{Shapes: []Shape{&base{}}},
		"in itself":      loop,
		"int too large":  &scalars{I: 1 << 31, X: "1"},
		"int too small":  &scalars{I: -1<<31 - 1, X: "1"},
		"enum below 0":   &scalars{E: -1, X: "1"},
		"no scalar":      &scalars{X: "{}"},
		"scalar empty":   &scalars{},
		"scalar twofold": &scalars{X: "1, 2"},
	} {
		_, err := registry.Encode("top", v)
		require.ErrorIs(t, err, fault.Argument, name)
	}
	for _, v := range []any{nil, 5, tagged{}, (*tagged)(nil), &struct{}{}} {
		_, err := registry.Encode("top", v)
		require.ErrorIs(t, err, fault.Internal)
		require.ErrorIs(t, registry.Decode([]byte("{}"), v), fault.Internal)
	}
	require.NotEmpty(t, encode(t, &pointers{}), "an error leaves nothing behind for the next document")
}

func TestValues_growWithTheVersion(t *testing.T) {
	five := 5
	for document, v := range map[string]grown{
		`{"top":{"cereal_class_version":0,"value0":"a","value1":1,"value2":2}}`:                        {First: "a", Counts: counts{1, 2}},
		`{"top":{"cereal_class_version":0,"value0":"a","value1":1,"value2":2,"value3":5}}`:             {First: "a", Counts: counts{1, 2}, Third: &five},
		`{"top":{"cereal_class_version":2,"value0":"a","value1":1,"value2":2,"value3":"b"}}`:           {Version: 2, First: "a", Counts: counts{1, 2}, Second: "b"},
		`{"top":{"cereal_class_version":1,"value0":"a","value1":1,"value2":2,"value3":"","value4":5}}`: {Version: 1, First: "a", Counts: counts{1, 2}, Third: &five},
	} {
		out, err := decode[grown](document)
		require.NoError(t, err)
		require.Equal(t, v, out)
		if v.Third == nil || v.Version > 0 {
			require.Equal(t, document, compact(encode(t, &v)))
		}
	}
	_, err := decode[grown](`{"top":{"cereal_class_version":1,"value0":"a","value1":1,"value2":2}}`)
	require.ErrorIs(t, err, fault.Protocol)
	_, err = decode[grown](`{"top":{"cereal_class_version":0,"anything":"a","names":1,"do":2}}`)
	require.NoError(t, err, "values go by their position")
}

// The reader looks at its cursor first: that decides about order, unknown
// members and optional ones.
func TestDecode_cursor(t *testing.T) {
	usual := options{Name: "x", On: true, Off: true, Number: 7, Maybe: &tagged{"m"}}
	for document, want := range map[string]options{
		`{"top":{"name_":"x","on_":true,"maybe_":{"n_":"m"}}}`:                                usual,
		` [ {"name_" :"x",` + "\t\r\n" + `"on_": true,"maybe_":{"n_":"m"}}]`:                  usual,
		`{"other":{"name_":"x","on_":true,"maybe_":{"n_":"m"}},"ignored":1}`:                  usual,
		`{"top":{"unknown":{"a":[1,{"b":null}]},"name_":"x","on_":true,"maybe_":{"n_":"m"}}}`: usual,
		`{"top":{"name_":"x","on_":true,"maybe_":{"n_":"m"},"unknown":1}}`:                    usual,
		`{"top":{"name_":"x","on_":true,"maybe_":{"other":1,"n_":"m"}}}`:                      usual,
		`{"top":{"n\u0061me_":"x","\u006fn_":true,"maybe_":{"n_\u0000more":"m"}}}`:            usual,
		`{"top":{"name_":"x","on_":true,"maybe_":{"n_":"m"},"name_":"y"}}`:                    usual, // the first one wins
		`{"top":{"name_":"x","maybe_":{"n_":"m"},"on_":true}}`:                                {Name: "x", Off: true, Number: 7, Maybe: &tagged{"m"}},
		`{"top":{"on_":true,"name_":"x"}}`:                                                    {Name: "x", Off: true, Number: 7},
		`{"top":{"name_":"x","unknown":1,"on_":true}}`:                                        {Name: "x", Off: true, Number: 7},
		`{"top":{"name_":"x","on_":false,"off_":true,"number_":7,"list_":[],"unknown":null}}`: {Name: "x", Off: true, Number: 7},
		`{"top":{"name_":"x","off_":false,"number_":0,"list_":[3]}}`:                          {Name: "x", List: []int{3}},
	} {
		out, err := decode[options](document)
		require.NoError(t, err, document)
		require.Equal(t, want, out, document)
	}
	for _, document := range []string{
		`{"top":{"on_":true}}`, `{"top":{}}`, `{"top":[]}`, `{"top":null}`, `{}`, `[]`, `"name_"`, `null`, `1`,
		`{"top":{"name_":"x","on_":0}}`, `{"top":{"name_":"x","maybe_":null}}`, `{"top":{"name_":"x","list_":{}}}`,
		`{"top":{"name_":"x","list_":[1,"2"]}}`,
	} {
		_, err := decode[options](document)
		require.ErrorIs(t, err, fault.Protocol, document)
	}
}

func TestDecode_scalars(t *testing.T) {
	members := map[string]string{"s": `"x"`, "b": "true", "i": "-8", "e": "3", "l": "-9223372036854775808", "u": "4294967295", "z": "18446744073709551615", "x": "1.5e3"}
	document := func(name, value string) string {
		parts := []string{}
		for _, key := range []string{"s", "b", "i", "e", "l", "u", "z", "x"} {
			text := members[key]
			if key == name {
				text = value
			}
			parts = append(parts, `"`+key+`":`+text)
		}
		return `{"top":{` + strings.Join(parts, ",") + `}}`
	}
	out, err := decode[scalars](document("", ""))
	require.NoError(t, err)
	require.Equal(t, scalars{"x", true, -8, 3, -1 << 63, 1<<32 - 1, 1<<64 - 1, "1.5e3"}, out)
	require.Equal(t, document("", ""), compact(encode(t, &out)))

	for _, good := range []struct{ name, text string }{
		{"u", "0"}, {"u", "-1"}, {"u", "-2147483648"}, {"i", "2147483647"}, {"i", "-2147483648"}, {"i", "-0"}, {"x", `"a\nb"`}, {"x", "null"},
		{"x", "true"}, {"x", "NaN"}, {"x", "-Infinity"}, {"x", "Inf"}, {"x", "-0.5E-7"},
	} {
		_, err := decode[scalars](document(good.name, good.text))
		require.NoError(t, err, good)
	}
	for _, bad := range []struct{ name, text string }{
		{"s", "1"}, {"s", "null"}, {"s", "[]"}, {"b", "0"}, {"b", "1"}, {"b", `"true"`}, {"i", "8.0"}, {"i", "8e0"}, {"i", `"8"`},
		{"i", "2147483648"}, {"i", "-2147483649"}, {"i", "true"}, {"i", "NaN"}, {"e", "-1"}, {"e", "2147483648"},
		{"l", "9223372036854775808"}, {"u", "4294967296"}, {"u", "-2147483649"}, {"u", "1.0"}, {"z", "-1"},
		{"z", "18446744073709551616"}, {"x", "{}"}, {"x", "[]"},
		{"i", "08"}, {"i", "+8"}, {"i", "0x8"}, {"i", "-"}, {"i", ".5"}, {"i", "5."}, {"i", "5e"}, {"i", "5e+"}, {"i", "Na"}, {"b", "tru"}, {"b", "fals"}, {"x", "nul"},
	} {
		_, err := decode[scalars](document(bad.name, bad.text))
		require.ErrorIs(t, err, fault.Protocol, bad)
	}
	wrapped, err := decode[scalars](document("u", "-1"))
	require.NoError(t, err)
	require.EqualValues(t, 1<<32-1, wrapped.U)
}
