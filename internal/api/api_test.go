package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/api"
)

func TestErrorClasses_oneForEveryKind(t *testing.T) {
	seen := map[fault.Kind]string{}
	for _, c := range api.ErrorClasses {
		require.Empty(t, seen[c.Kind], c.Name)
		seen[c.Kind] = c.Name
		if c.Kind != c.Kind.Parent() {
			require.NotEmpty(t, seen[c.Kind.Parent()], "%s comes before its base", c.Name)
		}
	}
	for _, k := range fault.Kinds() {
		require.NotEmpty(t, seen[k], "no class for %s", k)
	}
	require.Len(t, seen, len(fault.Kinds()))
}

func TestEnums_numbersAndNamesAreUnique(t *testing.T) {
	for i, e := range api.Enums {
		if i > 0 {
			require.Less(t, api.Enums[i-1].Name, e.Name)
		}
		numbers, names := map[int]bool{}, map[string]bool{}
		for _, v := range e.Values {
			require.False(t, numbers[v.Number] || names[v.Name], "%s.%s", e.Name, v.Name)
			numbers[v.Number], names[v.Name] = true, true
		}
	}
}
