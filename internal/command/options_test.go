package command

import (
	"testing"

	"github.com/stretchr/testify/require"

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
