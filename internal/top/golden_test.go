package top_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/gen/topscene"
)

var update = flag.Bool("update", false, "write the golden screens anew")

func golden(t *testing.T, name, screen string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(screen+"\n"), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test ./internal/top -update writes it")
	require.Equal(t, string(want), screen+"\n", "go test ./internal/top -update writes the screens anew; look at them")
}

// text is a screen without colours and without spaces at the ends of lines.
func text(screen string) string {
	lines := strings.Split(ansi.Strip(screen), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func TestScreens_golden(t *testing.T) {
	for _, scene := range topscene.Scenes() {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			stage := topscene.New(size[0], size[1])
			stage.Press(scene.Keys...)
			screen := stage.Screen()
			name := fmt.Sprintf("%s_%dx%d", scene.Name, size[0], size[1])
			lines := strings.Split(screen, "\n")
			require.Len(t, lines, size[1], name)
			for i, l := range lines {
				require.Equal(t, size[0], ansi.StringWidth(l), "%s: line %d: %q", name, i, l)
			}
			golden(t, name, text(screen))
			if scene.Name == "tree" {
				golden(t, name+".colour", screen)
			}
			stage.Close()
		}
	}
}
