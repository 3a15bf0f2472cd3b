package cliargs

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

// some are options of every sort.
func some() []Option {
	return []Option{
		{Name: "ping"},
		{Name: "get", Arity: Optional},
		{Name: "get_state", Arity: Optional},
		{Name: "msg", Arity: One},
		{Name: "delete", Arity: Many},
		{Name: "news", Arity: Many, Content: Unsigned},
		{Name: "ch_drop", Arity: One, Content: Signed},
		{Name: "abort", Arity: Optional, Swallows: func([]string) int { return 0 }},
		{Name: "label", Arity: Many, Swallows: func(w []string) int { return min(1, len(w)) }},
		{Name: "alter", Arity: Each, Swallows: func(w []string) int { return min(2, len(w)) }},
		{Name: "help", Short: 'h', Arity: Optional},
		{Name: "version", Short: 'v'},
		{Name: "debug", Short: 'd'},
	}
}

// Facts recorded from ecflow_client 5.19.0.
func TestParse(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", ""},
		{"--ping", "ping"},
		{"--pi", "ping"},
		{"word --ping word", "ping"},
		{"--get", "get"},
		{"--get /a /b", "get /a"},
		{"--get=/a /b", "get /a"},
		{"--get_=/a", "get_state /a"},
		{"--get=/a --get", "get"},
		{"--get --get=/a", "! option '--get' cannot be specified more than once"},
		{"--ge", "! option '--ge' is ambiguous and matches '--get', and '--get_state'"},
		{"--ge=x", "! option '--ge=x' is ambiguous and matches '--get', and '--get_state'"},
		{"--nothing=1", "! unrecognised option '--nothing=1'"},
		{"-x", "! unrecognised option '-x'"},
		{"-dxy", "! unrecognised option '-dxy'"},
		{"-vd", "version|debug"},
		{"-d -d", "! option '--debug' cannot be specified more than once"},
		{"-dhget", "debug|help get"},
		{"-h get", "help get"},
		{"---h", "help"},
		{"--msg a b", "msg a"},
		{"--msg", "! the required argument for option '--msg' is missing"},
		{"--msg --ping", "msg --ping"},
		{"--msg -x", "msg -x"},
		{"--msg -h", "! the required argument for option '--msg' is missing"},
		{"--msg --", "msg --"},
		{"--msg --x=", "! the argument for option '--msg' should follow immediately after the equal sign"},
		{"--msg=a --msg=b", "! option '--msg' cannot be specified more than once"},
		{"--ping=1", "! option '--ping' does not take any arguments"},
		{"--get=", "! the argument for option '--get' should follow immediately after the equal sign"},
		{"--=", "! the argument for option should follow immediately after the equal sign"},
		{"--get --=x", "get x"},
		{"--delete a b --ping c --delete=d -- e", "delete a b d|ping"},
		{"--delete a -- b", "delete a"},
		{"--news 1 -2", "! unrecognised option '-2'"},
		{"--news 1 2 x", "! the argument ('x') for option '--news' is invalid"},
		{"--news -1", "news -1"},
		{"--ch_drop 2147483648", "! the argument ('2147483648') for option '--ch_drop' is invalid"},
		{"--ch_drop=-2147483648", "ch_drop -2147483648"},
		{"--abort", "abort"},
		{"--abort=", "abort "},
		{"--abort --ping", "abort --ping"},
		{"--abort=-x why --ping", "abort -x|ping"},
		{"--abort - x --ping=", "! the argument for option '--ping' should follow immediately after the equal sign"},
		{"--abortion=x", "abort x"},
		{"--abo -1", "! unrecognised option '-1'"},
		{"--label=l -j64 x --ping", "label l -j64 x|ping"},
		{"--label", "! the required argument for option '--label' is missing"},
		{"--alter a -b --c d", "alter a -b --c"},
		{"--alter=a b c --alter=d", "alter a b c d"},
		{"--alt=a b", "alter a"},
	} {
		t.Run(c.args, func(t *testing.T) {
			line, err := Parse(strings.Fields(c.args), some())
			if message, bad := strings.CutPrefix(c.want, "! "); bad {
				require.ErrorIs(t, err, fault.Argument)
				require.Equal(t, "ecflow: "+message, err.Error())
				return
			}
			require.NoError(t, err)
			got := []string{}
			for _, g := range line.Given {
				got = append(got, strings.Join(append([]string{g.Name}, g.Words...), " "))
			}
			require.Equal(t, c.want, strings.Join(got, "|"))
		})
	}
}

func TestParse_dashesAreWordsWithoutLetters(t *testing.T) {
	line, err := Parse([]string{"--delete", "a", "-b", "-"}, some()[:8])
	require.NoError(t, err)
	words, given := line.Get("delete")
	require.True(t, given)
	require.Equal(t, []string{"a", "-b", "-"}, words)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"--ping", "-dv\x00x", "--get=/a\x00--get", "--alter\x00a\x00--\x00-h", "--=\x00--\x00--", "---h", "--label=\x00--=x", "-\x00-h="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, joined string) {
		args := strings.Split(joined, "\x00")
		line, err := Parse(args, some())
		if err != nil {
			require.ErrorIs(t, err, fault.Argument)
			require.Nil(t, line)
			return
		}
		// No word is made, lost or counted twice, and no option is given more than once.
		seen, words := map[string]bool{}, len(line.Rest)
		for _, g := range line.Given {
			require.False(t, seen[g.Name])
			seen[g.Name] = true
			words += len(g.Words)
		}
		require.LessOrEqual(t, words, len(args))
	})
}
