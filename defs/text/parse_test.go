package text

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

func TestParse_severalErrorsAtOnce(t *testing.T) {
	_, err := ParseString("suite s\n  task t\n    edti A 'b'\n    meter m 0 x\n  endsuit\nfamily f\n\ttime  25:00\n", Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.Len(t, all.List, 4)
	require.ErrorIs(t, err, fault.Parse)
	require.Equal(t, "# Unexpected keyword edti found whilst parsing task /s/t", firstLine(err.Error()))
	require.Equal(t, [][2]int{{3, 5}, {4, 15}, {5, 3}, {7, 8}},
		[][2]int{place(all.List[0]), place(all.List[1]), place(all.List[2]), place(all.List[3])})
	require.Equal(t, "Invalid meter :     meter m 0 x\n  line 4, column 15:\n  |     meter m 0 x\n  |               ^ expected a whole number",
		all.List[1].Error())
	require.Contains(t, all.List[3].Error(), "\n  | \ttime  25:00\n  | \t      ^ expected hh:mm")
}

func TestParse_keywordsThatAreNearlyRight(t *testing.T) {
	for word, near := range map[string]string{"edti": "edit", "Trigger": "trigger", "lable": "label", "tasks": "task", "inlimt": "inlimit"} {
		_, err := ParseString("suite s\ntask t\n"+word+" x\n", Options{})
		var all *Errors
		require.ErrorAs(t, err, &all)
		require.Contains(t, all.List[0].Expected, near+"? Or one of ")
	}
	_, err := ParseString("suite s\ntask t\nsomething x\n", Options{})
	require.ErrorContains(t, err, "^ expected one of ")
}

func place(e *Error) [2]int { return [2]int{e.Line, e.Column} }

func TestParse_placeWithinALineOfStatements(t *testing.T) {
	_, err := ParseString("suite s; task a; foo b; bar\n", Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.Equal(t, [][2]int{{1, 18}, {1, 25}}, [][2]int{place(all.List[0]), place(all.List[1])})
}

func TestParse_errorsHaveALimit(t *testing.T) {
	src := strings.Repeat("foo\n", 1000)
	_, err := ParseString(src, Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.Len(t, all.List, 20)
	require.True(t, all.More)
	_, err = ParseString(src, Options{MaxErrors: 3})
	require.ErrorAs(t, err, &all)
	require.Len(t, all.List, 3)
}

func TestParse_aBadNodeDoesNotSpoilWhatFollows(t *testing.T) {
	_, err := ParseString("suite s\n family\n  task t\n  task u\n endfamily\n family g\n endfamily\nendsuite\nsuite s2\n", Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.Len(t, all.List, 1)
}

func TestParse_whatTheOriginalDoesNotSurvive(t *testing.T) {
	_, err := ParseString("suite s\n autocancel -1\n", Options{})
	require.Error(t, err)
	_, err = ParseString("suite s\n autoarchive 99999999\n", Options{})
	require.Error(t, err)
	tree, err := ParseString("suite s\n task t\n  trigger 1 == 1 \\\n", Options{})
	require.NoError(t, err)
	require.Equal(t, "1 == 1", tree.Suites()[0].Child("t").Trigger().String())
	for _, text := range []string{";", ";;;", " ; # x", "suite s\n;\n"} {
		_, err = ParseString(text, Options{})
		require.NoError(t, err, text)
	}
}

func TestParse_aLineOf10MB(t *testing.T) {
	long := strings.Repeat("x", 10<<20)
	tree, err := ParseString("suite s\n edit A '"+long+"'\n", Options{})
	require.NoError(t, err)
	value, _ := tree.Suites()[0].Variable("A")
	require.Len(t, value, len(long))
	_, err = ParseString("suite s\n "+long+"\n", Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.LessOrEqual(t, len(all.List[0].Source), longestSource)
	tree, err = ParseString("suite s\n task t\n  trigger 1 == 1"+strings.Repeat(" and 1 == 1", 500_000)+"\n", Options{})
	require.NoError(t, err)
	require.NotNil(t, tree)
}

func TestParse_bytesThatAreNoText(t *testing.T) {
	value := "a\x00b\xff\xfe\x80c\rd"
	src := "suite s\nedit A '" + value + "'\nlabel l \"" + value + "\"\nendsuite\n"
	tree, err := Parse([]byte(src), Options{})
	require.NoError(t, err)
	require.Contains(t, string(Append(nil, tree, Defs)), "  edit A '"+value+"'\n  label l \""+value+"\"\n")
	_, err = ParseString("suite s\x00\n", Options{})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "\x00\n  |")
}

func TestParse_deepNesting(t *testing.T) {
	const deep = deepest - 2
	src := "suite s\n" + strings.Repeat("family f\n", deep) + "task t\n" + strings.Repeat("endfamily\n", deep) + "endsuite\n"
	tree, err := ParseString(src, Options{})
	require.NoError(t, err)
	out := Append(nil, tree, Migrate)
	again, err := ParseString(string(out), Options{})
	require.NoError(t, err)
	require.True(t, bytes.Equal(out, Append(nil, again, Migrate)))
}

func TestParse_tooDeepNesting(t *testing.T) {
	_, err := ParseString("suite s\n"+strings.Repeat("family f\n", 1_000_000), Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.Equal(t, "nodes are nested too deeply: more than 10000 within each other", all.List[0].Msg)
	require.Equal(t, deepest+1, all.List[0].Line)
}

func TestParse_absurdNumbers(t *testing.T) {
	const huge = "123456789012345678901234567890"
	for _, line := range []string{
		"limit l N", "limit l -N", "meter m 0 N", "meter m N 1", "meter m 0 1 N", "inlimit l N", "repeat integer a 0 N",
		"repeat date a N 20200101 1", "repeat day N", "autocancel N", "autocancel +N:00", "time N:00", "time +00:00 00:01 00:N",
		"date N.1.2020", "date 1.1.N", "day N", "cron -w N 10:00", "cron -m N 10:00", "cron -d N 10:00", "late -s +N:00", "clock real N",
		"zombie ecf:fob:kill:N", "aviso --name N", "mirror --name m --remote_path /a --remote_host h --remote_port N",
		"autoarchive N", "queue", "verify complete:N", "event N N",
	} {
		for _, number := range []string{huge, "99999999999", "0x10", "1e5", "-"} {
			src := "suite s\nfamily f\n" + strings.ReplaceAll(line, "N", number) + "\n"
			_, err := ParseString(src, Options{})
			if err != nil {
				require.ErrorIs(t, err, fault.Parse)
			}
		}
	}
}

func TestParse_doesNotKeepTheCallersBytes(t *testing.T) {
	src := []byte("suite s\n edit A 'b'\n")
	tree, err := Parse(src, Options{})
	require.NoError(t, err)
	clear(src)
	require.Contains(t, string(Append(nil, tree, Defs)), "suite s\n  edit A 'b'\n")
}

func TestParse_readerThatFails(t *testing.T) {
	_, err := ParseReader(failing{}, Options{})
	require.ErrorIs(t, err, errFailing)
	tree, err := ParseReader(strings.NewReader("suite s\n"), Options{})
	require.NoError(t, err)
	require.Len(t, tree.Suites(), 1)
}

var errFailing = errors.New("no more")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFailing }

func TestParse_warnsOfWhatItPassesOver(t *testing.T) {
	var warnings []string
	_, err := ParseString("defs_state MIGRATE\nsuite s\nfoo bar\n", Options{Warn: func(msg string) { warnings = append(warnings, msg) }})
	require.NoError(t, err)
	require.Equal(t, []string{"# Unexpected keyword foo found whilst parsing suite /s -> ignoring\n"}, warnings)
}

func TestParseNode(t *testing.T) {
	for _, kind := range []string{"suite", "family", "task"} {
		n, err := ParseNode(kind+" a # state:queued\nedit X 'y;z'\n", Options{})
		require.NoError(t, err)
		require.Equal(t, kind, n.Kind().String())
		require.Equal(t, defs.Queued, n.State())
	}
	n, err := ParseNode("alias a\nedit X 'y'\n", Options{})
	require.NoError(t, err)
	require.Equal(t, defs.KindAlias, n.Kind())
	for _, text := range []string{"", "foo", "extern a", "task a-b", "# nothing"} {
		_, err := ParseNode(text, Options{})
		require.Error(t, err, text)
	}
}

func TestPrint_nodeAlone(t *testing.T) {
	tree, err := ParseString("suite s\n family f\n  task t\n   edit A 'b'\n", Options{})
	require.NoError(t, err)
	f := tree.Suites()[0].Child("f")
	require.Equal(t, "  family f\n    task t\n      edit A 'b'\n  endfamily\n", string(AppendNode(nil, f, Defs)))
	require.Equal(t, "family f\ntask t\nedit A 'b'\nendfamily\n", string(AppendNode(nil, f, Net)))
	var out strings.Builder
	require.NoError(t, Print(&out, tree, Defs))
	require.True(t, strings.HasPrefix(out.String(), "#5.19.0\nsuite s\n"))
}

func FuzzParse(f *testing.F) {
	for _, c := range cases(f) {
		f.Add(c.Text)
	}
	f.Add("suite a\nendsuite\nsuite b\n task t\nendsuite\nsuite c\nendsuite\nhistory /a \bMSG:[x]\n")
	f.Fuzz(func(t *testing.T, src string) {
		requireSame(t, src)
		for _, memory := range []bool{false, true} {
			tree, err := ParseString(src, Options{Memory: memory})
			if err != nil {
				_ = err.Error()
				continue
			}
			for _, style := range []Style{Defs, Migrate, Net} {
				once := Append(nil, tree, style)
				if again, err := ParseString(string(once), Options{}); err == nil && style == Net {
					_ = Append(nil, again, style)
				}
			}
		}
		if n, err := ParseNode(src, Options{}); err == nil {
			_ = AppendNode(nil, n, Net)
		}
	})
}

// Found by comparing 5,500 random texts with 5.19.0.
func TestParse_optionsAsTheOriginalTakesThem(t *testing.T) {
	for text, first := range map[string]string{
		"mirror --remote_path /a --name m --remote_host h --remote_host": "the required argument for option '--remote_host' is missing",
		"mirror --name m --name m --remote_path /a":                      "option '--name' cannot be specified more than once",
		"aviso --name  --listener '{}'":                                  "AvisoParser::doParse: Could not find 'listener' option in line: aviso --name  --listener '{}'",
		"aviso --name a -n --listener '{}'":                              "unrecognised option '-n'",
		"calendar initTime:2020-Foo-0 10:00:00":                          "Day of month value is out of range 1..31",
		"endsuite\nedit $ 'b'":                                           "Variable::new_variable: Invalid name '$': only alphanumeric characters or underscore are accepted as first character",
	} {
		_, err := ParseString("suite s\n"+text+"\n", Options{})
		require.Error(t, err, text)
		require.Equal(t, first, firstLine(err.Error()))
	}
}

// Recorded from 5.19.0, which prints it last.
func TestParse_mirrorPropagates(t *testing.T) {
	d, err := ParseString("suite s\n task t\n  mirror --name a --remote_path /p --propagate --ssl --reason why --remote_auth f\nendsuite\n", Options{})
	require.NoError(t, err)
	require.Contains(t, string(Append(nil, d, Defs)), "mirror --name a --remote_path /p --ssl --remote_auth f --reason why --propagate\n")
}
