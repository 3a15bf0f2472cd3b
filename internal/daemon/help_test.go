package daemon

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/settings"
)

func TestHelp_tellsOfAllOptions(t *testing.T) {
	text := help()
	for _, o := range settings.Options() {
		require.Contains(t, text, "--"+o.Name)
	}
	for line := range strings.SplitSeq(text, "\n") {
		require.LessOrEqual(t, len(line), helpWidth)
		require.Equal(t, strings.TrimRight(line, " "), line)
	}
}
