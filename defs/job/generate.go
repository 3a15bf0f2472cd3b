package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/ecflow-go/ecflow/defs"
)

// GenerateScripts writes a script for each task that has none, and head.h and
// tail.h for all of them, where the tasks' ECF_FILES, ECF_HOME and ECF_INCLUDE
// say. What it writes and what it finds is told to out. It stops at the first error.
//
// source: libs/node TaskScriptGenerator.cpp. Where ECF_INCLUDE is a list or has
// variables, the original makes a directory of that very name; here it is the first directory that scripts search.
func GenerateScripts(ctx context.Context, d *defs.Defs, sys System, out io.Writer) error {
	for n := range d.All() {
		if n.Kind() != defs.KindTask {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := generateScript(n, sys, out); err != nil {
			return err
		}
	}
	return nil
}

func generateScript(n *defs.Node, sys System, out io.Writer) error {
	if _, dummy := n.UserVariable("ECF_DUMMY_TASK"); dummy {
		return nil
	}
	root, include, err := scriptDirs(n, sys)
	if err != nil {
		return err
	}
	script := root + n.Path() + n.ScriptExtension()
	if found, err := exists(sys, script); err != nil {
		return err
	} else if found {
		fmt.Fprintf(out, "Cannot generate. Script file %s already exists\n", script)
		return nil
	}
	if err := makeDirs(sys, script); err != nil {
		if _, failed := err.(makeDirError); !failed {
			return err
		}
		return failf("TaskScriptGenerator::generate: Could not create missing directories '%s' for task %s", script, n.Path())
	}
	for _, part := range [...]struct{ kind, file, text string }{
		{"head", include + "/head.h", headText}, {"tail", include + "/tail.h", tailText},
	} {
		if err := generatePart(part.kind, part.file, part.text, sys, out); err != nil {
			return err
		}
	}
	if why := createFile(sys, script, scriptText(n)); why != "" {
		return failf("TaskScriptGenerator::generate: Could not create '.ecf' script for task %s %s", n.Path(), why)
	}
	fmt.Fprintf(out, "Generated script file %s\n", script)
	return nil
}

// scriptDirs makes the directories for scripts and include files.
func scriptDirs(n *defs.Node, sys System) (root, include string, err error) {
	const me = "TaskScriptGenerator: Could not "
	files, hasFiles := n.UserVariable("ECF_FILES")
	if hasFiles {
		if err := makeAll(sys, "ECF_FILES", files); err != nil {
			return "", "", err
		}
	}
	home, ok := n.UserVariable("ECF_HOME")
	if !ok {
		return "", "", failf(me+"generate scripts for task %s no ECF_HOME specified\n", n.Path())
	}
	include, ok = n.UserVariable("ECF_INCLUDE")
	if !ok {
		return "", "", failf(me+"generate scripts for task %s no ECF_INCLUDE specified\n", n.Path())
	}
	if dirs := includeDirs(n); len(dirs) > 0 {
		include = dirs[0]
	}
	if err := makeAll(sys, "ECF_HOME", home); err != nil {
		return "", "", err
	}
	if err := makeAll(sys, "ECF_INCLUDE", include); err != nil {
		return "", "", err
	}
	if files != "" {
		home = files
	}
	return home, include, nil
}

func makeAll(sys System, variable, dir string) error {
	err := error(syscall.EINVAL)
	if dir != "" {
		err = sys.MkdirAll(dir)
	}
	if err != nil {
		return failf("TaskScriptGenerator: Could not create directories for %s %s filesystem error: "+
			"cannot create directories: %s [%s]", variable, dir, reason(err), dir)
	}
	return nil
}

// generatePart writes head.h or tail.h.
func generatePart(kind, file, text string, sys System, out io.Writer) error {
	if found, err := exists(sys, file); err != nil {
		return err
	} else if found {
		fmt.Fprintf(out, "Skipping generation of %s file: %s as it already exists\n", kind, file)
		return nil
	}
	if why := createFile(sys, file, text); why != "" {
		return failf("TaskScriptGenerator::generate_tail_file: Could not create %s.h %s %s", kind, file, why)
	}
	if kind == "head" {
		kind = "header"
	}
	fmt.Fprintf(out, "Generated %s file: %s\n", kind, file)
	return nil
}

// createFile writes a text; why is why not.
func createFile(sys System, file, text string) (why string) {
	err := sys.Write(file, []byte(text))
	if err == nil {
		return ""
	}
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Sprintf("Could not write to file '%s' (%s)\n", file, reason(err))
	}
	return fmt.Sprintf("Could not create file '%s' (%s)\n", file, reason(err))
}
