package client

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
)

func TestLocalMethods_areThoseOfTheTable(t *testing.T) {
	inTable := 0
	for _, m := range command.Methods() {
		_, row, _ := command.LookupMethod(m.Py)
		if row.Class == command.Local {
			inTable++
			require.Contains(t, localMethods, m.Py)
		}
	}
	require.Len(t, localMethods, inTable)
}
