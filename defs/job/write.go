package job

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// jobMode is what job files may be: read and run by all.
const jobMode = 0o755

// write makes the job file, and the directories that lead to it.
func (e *expansion) write() (Made, error) {
	const me = "EcfFile::doCreateJobFile: "
	if len(e.lines) == 0 {
		return Made{}, failf(me+"The ecf file '%s' that is associated with task '%s' is empty", e.script.PathOrCommand, e.node.Path())
	}
	file := e.jobPath()
	if err := makeDirs(e.sys, file); err != nil {
		if why, failed := err.(makeDirError); failed {
			return Made{}, failf(me+"Could not create missing directories for ECF_JOB %s (%s)", file, why)
		}
		return Made{}, err
	}
	if why := writeFile(e.sys, file, joined(e.lines)); why != "" {
		return Made{}, failf(me+"Could not create job file : %s", why)
	}
	if err := e.sys.Chmod(file, jobMode); err != nil {
		return Made{}, failf(me+"Could not make job file %s  executable by using chmod (%s)", file, reason(err))
	}
	size := len(e.lines)
	for _, line := range e.lines {
		size += len(line)
	}
	return Made{Script: e.script, Path: file, Size: size}, nil
}

// writeUserFile keeps the script that a user changed beside the script, as <task>.usr.
func (e *expansion) writeUserFile() error {
	const me = "EcfFile::doCreateUsrFile: file creation failed"
	beside := e.script.PathOrCommand
	if e.script.Origin != FromScript {
		beside = e.jobPath()
	}
	dir := parentOf(beside)
	if is, err := isDir(e.sys, dir); err != nil {
		return err
	} else if !is {
		return failf(me+`. The path '"%s"' is not a directory`, dir)
	}
	if why := writeFile(e.sys, dir+"/"+e.node.Name()+".usr", joined(e.lines)); why != "" {
		return failf(me+" : %s", why)
	}
	return nil
}

// writeFile writes a file; why is why not.
func writeFile(sys System, file string, content []byte) (why string) {
	err := sys.Write(file, content)
	var at *fs.PathError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &at) && at.Op != "open":
		return "Could not write to file '" + file + "' (" + reason(err) + ")\n"
	}
	return "Could not create file '" + file + " (" + reason(err) + "'\n"
}

// makeDirError says why a directory could not be made.
type makeDirError string

func (e makeDirError) Error() string { return string(e) }

// makeDirs makes the directories that lead to a file. As in the original, what
// has a dot at its end is a file, and all else a directory.
//
// source: libs/core File.cpp, createMissingDirectories.
func makeDirs(sys System, file string) error {
	there := file
	if extension(file) != "" {
		there = parentOf(file)
	}
	if found, err := exists(sys, there); found || err != nil {
		return err
	}
	names := strings.FieldsFunc(file, func(r rune) bool { return r == '/' })
	if len(names) == 0 {
		return makeDirError("No such file or directory")
	}
	if strings.Contains(names[len(names)-1], ".") {
		names = names[:len(names)-1]
	}
	dir := ""
	if file[0] == '/' {
		dir = "/"
	}
	for _, name := range names {
		dir += name
		_, err := sys.Stat(dir)
		if missing(err) {
			err = sys.Mkdir(dir)
		}
		if err != nil {
			return makeDirError(reason(err))
		}
		dir += "/"
	}
	return nil
}

// extension is what follows the last dot of a file's name, the dot too, as std::filesystem has it.
func extension(file string) string {
	name := file[strings.LastIndexByte(file, '/')+1:]
	if name == ".." || strings.LastIndexByte(name, '.') <= 0 {
		return ""
	}
	return path.Ext(name)
}

// parentOf is the directory that a file is in, as std::filesystem has it.
func parentOf(file string) string {
	at := strings.LastIndexByte(file, '/')
	if at < 0 {
		return ""
	}
	dir := strings.TrimRight(file[:at], "/")
	if dir == "" {
		return "/"
	}
	return dir
}
