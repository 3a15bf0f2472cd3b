package command_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
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
