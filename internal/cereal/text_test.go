package cereal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func TestStrings_escapes(t *testing.T) {
	for text, written := range map[string]string{
		"":                                 "",
		"plain / <&> \x7f \u2028 é 😀":      "plain / <&> \x7f \u2028 é 😀",
		"\"\\\b\f\n\r\t":                   `\"\\\b\f\n\r\t`,
		"\x00\x01\x0b\x1b\x1f":             `\u0000\u0001\u000B\u001B\u001F`,
		"Latin-1 \xe9\xff, cut UTF-8 \xc3": "Latin-1 \xe9\xff, cut UTF-8 \xc3",
	} {
		document := encode(t, &tagged{Name: text})
		require.Equal(t, "{\n\"top\": {\n\"n_\": \""+written+"\"\n}\n}", document)
		out, err := decode[tagged](document)
		require.NoError(t, err)
		before, _, _ := strings.Cut(text, "\x00") // strings end there for the reader
		require.Equal(t, before, out.Name)
	}
}

func TestStrings_read(t *testing.T) {
	for written, text := range map[string]string{
		`\/\"\\\b\f\n\r\t`:         "/\"\\\b\f\n\r\t",
		`\u0041\u00e9\u20AC`:       "Aé€",
		`\ud83d\ude00\uD83D\uDE00`: "😀😀",
		`cut\u0000off`:             "cut",
		`\udc00`:                   "\xed\xb0\x80", // the original does not mind a low surrogate by itself
	} {
		out, err := decode[tagged](`{"":{"n_":"` + written + `"}}`)
		require.NoError(t, err, written)
		require.Equal(t, text, out.Name)
	}
	for _, written := range []string{
		`\`, `\q`, `\u`, `\u12`, `\u12g4`, `\ud800`, `\ud800x`, `\ud800\u0041`, `\ud800\ud800`, "a\tb", "a\nb", "a\x00b", `\U0041`,
	} {
		_, err := decode[tagged](`{"":{"n_":"` + written + `"}}`)
		require.ErrorIs(t, err, fault.Protocol, "%q", written)
	}
}

func TestDecode_noDocument(t *testing.T) {
	for _, document := range []string{
		"", " ", "{", "[", "}", `{"`, `{"a`, `{"a"`, `{"a":`, `{"a":{`, `{"a":{}`, `{"a":{}}x`, `{"a":{}},`, `{"a":{},}`, `[{},]`,
		`{"a" {}}`, `{a:{}}`, `{1:{}}`, `{"a":{}]`, `[{}}`, `{,}`, `[,]`, `{"a":{} "b":{}}`, "\xef\xbb\xbf{}", "// no\n{}", `{"a":'x'}`, "\x00",
	} {
		_, err := decode[tagged](document)
		require.ErrorIs(t, err, fault.Protocol, "%q", document)
	}
}

func TestDecode_tooDeep(t *testing.T) {
	for _, open := range []string{"[", `{"a":`} {
		_, err := decode[tagged](strings.Repeat(open, 20_000_000/len(open)))
		require.ErrorIs(t, err, fault.TooLarge)
	}
	deep := strings.Repeat("[", 9000) + strings.Repeat("]", 9000)
	_, err := decode[tagged](`{"top":{"n_":"x","unknown":` + deep + `}}`)
	require.NoError(t, err)
}

// A list of absurd length fails at its first bad element, before it gets room.
func TestDecode_absurdList(t *testing.T) {
	document := `{"top":{"shapes_":[],"shared_":[` + strings.Repeat("0,", 1<<20) + `0]}}`
	allocated := testing.AllocsPerRun(1, func() {
		_, err := decode[pointers](document)
		require.ErrorIs(t, err, fault.Protocol)
	})
	require.Less(t, allocated, 1000.0)
}
