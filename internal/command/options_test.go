package command

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/cliargs"
)

func TestOptions_andRowsWithWordsAreTheSame(t *testing.T) {
	listed := map[string]bool{}
	for _, o := range Options() {
		require.False(t, listed[o.Name], "%s is there twice", o.Name)
		listed[o.Name] = true
	}
	for i := range Table() {
		if Table()[i].Words != nil {
			require.True(t, listed[Table()[i].Name], "%s is no option", Table()[i].Name)
		}
	}
	for _, o := range memberOptions() {
		row, ok := Lookup(o.Name)
		require.True(t, o.Name == "add" || o.Name == "remove" || ok && row.Words != nil, "%s is no command", o.Name)
		require.Zero(t, o.Short, "a group has no letters")
	}
}

func TestChosen(t *testing.T) {
	for _, c := range []struct {
		args    []string
		command string
		words   []string
	}{
		{[]string{"--suspend=/a", "--ping"}, "ping", nil},
		{[]string{"--group=get", "--why"}, "why", nil},
		{[]string{"--init", "7", "--add", "a=1", "b=2"}, "init", []string{"7", "--add", "a=1", "b=2"}},
		{[]string{"--complete", "--remove", "a"}, "complete", []string{"--remove", "a"}},
		{[]string{"--remove", "a", "--add", "b", "--host=h"}, "", nil},
		{[]string{"--alter", "change", "meter", "m", "-1", "/s"}, "alter", []string{"change", "meter", "m", "-1", "/s"}},
		{[]string{"--alter=add", "inlimit", "/p:l", "2", "/s", "/t", "rest"}, "alter", []string{"add", "inlimit", "/p:l", "2", "/s", "/t"}},
		{[]string{"--alter=delete", "variable", "/s", "/t", "x", "/u"}, "alter", []string{"delete", "variable", "/s", "/t"}},
	} {
		line, err := cliargs.Parse(c.args, Options())
		require.NoError(t, err, c.args)
		row, words := Chosen(line)
		if c.command == "" {
			require.Nil(t, row, c.args)
			continue
		}
		require.Equal(t, c.command, row.Name, c.args)
		require.Equal(t, c.words, words, c.args)
	}
}

// What kills a server never leaves; what a server refuses in its own words does.
func TestAlterWords_change(t *testing.T) {
	row, _ := Lookup("alter")
	for _, value := range []string{"", " ", "\t"} {
		_, err := row.Words([]string{"change", "time", "10:00", value, "/s"})
		require.ErrorContains(t, err, "TimeSeries::create: Invalid time series :")
	}
	args, err := row.Words([]string{"change", "time", "x", "y", "/s"})
	require.NoError(t, err)
	_, err = row.Build(Identity{}, args)
	require.NoError(t, err)
	_, err = row.Words([]string{"add", "time", "x", "/s"})
	require.ErrorContains(t, err, "AlterCmd: add: Could not parse x. Error: TimeSeries::getTime: Invalid time :'x'")
}

// Whatever a command line holds is a request or an error.
func FuzzChosen(f *testing.F) {
	for _, s := range []string{
		"--alter\x00add\x00inlimit\x00/s:l", "--alter=delete\x00cron\x00-w 0\x00/s", "--group=get; ; alter add aviso a b /s;--", "--delete=/s\x00yes", "--queue=q\x00active\x00/",
		"--init\x00--add\x00A=b", "--query=trigger\x00/s\x00(", "--news=-1\x002\x003", "--edit_script=/s\x00submit_file\x00x", "--check_pt=alarm:5", "--zombie_fob=/s\x00", "--label=\x00x", "--replace=/s\x00suite endsuite",
	} {
		f.Add(s)
	}
	id := Identity{Task: Task{Path: "/s/t", Password: "p", RemoteID: "1", TryNo: 1}}
	f.Fuzz(func(t *testing.T, joined string) {
		line, err := cliargs.Parse(strings.Split(joined, "\x00"), Options())
		if err != nil {
			return
		}
		row, words := Chosen(line)
		if row == nil {
			return
		}
		given := slices.Clone(words)
		args, err := row.Words(words)
		require.Equal(t, given, words, "words are only read")
		if err != nil {
			require.ErrorIs(t, err, fault.Argument)
			return
		}
		if path, _ := args["path_to_defs"].(string); path != "" && !isText(path) || args["file"] != nil {
			return // no file is read here
		}
		if group, _ := args["commands"].(string); strings.Contains(group, "lo") || strings.Contains(group, "rep") || strings.Contains(group, "edit") {
			return
		}
		request, err := row.Build(id, args)
		require.True(t, err != nil || request != nil)
	})
}
