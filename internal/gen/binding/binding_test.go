package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
)

func TestGeneratedFiles_areInSync(t *testing.T) {
	for name, text := range files {
		var b bytes.Buffer
		text(&b)
		got, err := os.ReadFile(filepath.Join("..", "..", "..", name))
		require.NoError(t, err)
		require.Equal(t, b.String(), string(got), "%s: run go generate ./capi", name)
	}
}

func TestFingerprint_changesWithTheTable(t *testing.T) {
	methods := command.Methods()
	require.NotEqual(t, fingerprint(methods), fingerprint(methods[1:]))
	require.Equal(t, fingerprint(methods), fingerprint(command.Methods()))
}
