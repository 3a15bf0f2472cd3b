package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGeneratedFiles_areWhatTheTableSays(t *testing.T) {
	require.NoError(t, run("../../..", true))
}
