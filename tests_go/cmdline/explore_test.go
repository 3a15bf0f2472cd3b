package cmdline

import (
	"fmt"
	"os"
	"testing"
)

func TestExplore(t *testing.T) {
	lines, err := Load(os.Getenv("V"))
	if err != nil {
		t.Fatal(err)
	}
	o := start(t)
	n, agreed := 0, 0
	for i := range lines {
		got := o.run(&lines[i])
		d := differences(&lines[i], got)
		n++
		if d == "" {
			agreed++
			continue
		}
		fmt.Printf("=== %d [%s] %q %v\n", i, d, lines[i].Args, lines[i].Env)
		if lines[i].Exit != got.Exit {
			fmt.Printf("  exit %d | %d\n", lines[i].Exit, got.Exit)
		}
		if lines[i].Err != got.Err {
			fmt.Printf("  err  %q\n     | %q\n", lines[i].Err, got.Err)
		}
		if lines[i].Out != got.Out {
			fmt.Printf("  out  %q\n     | %q\n", lines[i].Out, got.Out)
		}
		if fmt.Sprint(lines[i].Requests) != fmt.Sprint(got.Requests) {
			fmt.Printf("  req  %q\n     | %q\n", lines[i].Requests, got.Requests)
		}
	}
	fmt.Println("TOTAL", n, "agreed", agreed)
}
