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
	for _, s := range command.Table {
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
