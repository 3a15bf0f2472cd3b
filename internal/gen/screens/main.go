// Command screens draws the pictures of `ecflow top` for the documentation, docs/screens/z*.svg, from the
// scenes of package topscene.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/ecflow-go/ecflow/internal/gen/topscene"
)

const (
	columns = 110
	lines   = 32
)

func main() {
	if err := write("../../docs/screens"); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

// write draws all scenes that have a title.
func write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, scene := range topscene.Scenes() {
		if scene.Title == "" {
			continue
		}
		stage := topscene.New(columns, lines)
		stage.Press(scene.Keys...)
		picture := svg(scene.Title, stage.Screen(), columns, lines)
		stage.Close()
		if err := os.WriteFile(filepath.Join(dir, "z"+scene.Name+".svg"), []byte(picture), 0o644); err != nil {
			return err
		}
	}
	return nil
}
