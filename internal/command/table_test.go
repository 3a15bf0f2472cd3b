package command_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func TestMethods_tellAboutThemselves(t *testing.T) {
	for _, m := range command.Methods() {
		require.NotEmpty(t, m.Doc, m.Py)
		require.NotEmpty(t, m.Forms, m.Py)
		for _, f := range m.Forms {
			for _, p := range f.Params {
				require.NotEmpty(t, p.Doc, "%s(%s)", m.Py, p.Name)
				require.NotEqual(t, command.None, p.Type, "%s(%s)", m.Py, p.Name)
			}
		}
	}
}

func TestTable_rowsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range command.Table() {
		require.False(t, seen[s.Name], s.Name)
		seen[s.Name] = true
		same, found := command.Lookup(s.Name)
		require.True(t, found, s.Name)
		require.Equal(t, s.Summary, same.Summary)
		require.NotEmpty(t, s.Summary, s.Name)
		if s.Class == command.Local {
			require.Nil(t, s.Build, s.Name)
			continue
		}
		require.NotNil(t, s.Build, s.Name)
		require.NotNil(t, s.Words, s.Name)
		require.Positive(t, s.Timeout, s.Name)
	}
}

func TestMessages_doNotRepeatLongTexts(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	require.Less(t, len(command.Describe(&wire.LogMessageCmd{Msg: long})), 3000)
	alter, _ := command.Lookup("alter")
	_, err := alter.Build(command.Identity{}, command.Args{"paths": []string{"/a"}, "alter_type": long, "attribute_type": "variable"})
	require.ErrorIs(t, err, fault.Argument)
	require.Less(t, len(err.Error()), 3000)
}

// The file named as a row's source is that of the request it makes.
func TestSource_namesTheRequest(t *testing.T) {
	values := map[command.Type]any{command.String: "x", command.Paths: []string{"/a"}, command.Strings: []string{"/a"}, command.Int: int64(1)}
	task := command.Task{Path: "/a", Password: "p", RemoteID: "1", TryNo: 1}
	compared := 0
	for i := range command.Table() {
		row := &command.Table()[i]
		if row.Build == nil {
			continue
		}
		args := command.Args{}
		for _, p := range row.Params {
			if v, ok := values[p.Type]; ok {
				args[p.Name] = v
			}
		}
		if request, err := row.Build(command.Identity{User: "fred", Task: task}, args); err == nil {
			compared++
			require.Contains(t, row.Source(), "/"+wire.TypeName(request)+".cpp", row.Name)
		}
	}
	require.Greater(t, compared, 60)
}
