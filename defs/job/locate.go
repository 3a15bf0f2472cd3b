package job

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// Origin is where a script was found.
type Origin uint8

// The origins, in the order in which they are tried.
const (
	FromScript  Origin = iota // ECF_HOME, the node's path and the extension: the generated ECF_SCRIPT
	FromFetch                 // the output of the command ECF_FETCH, as are its include files
	FromCommand               // the output of the command ECF_SCRIPT_CMD
	FromFiles                 // a search below ECF_FILES
	FromHome                  // a search below ECF_HOME
)

var originNames = [...]string{"ECF_SCRIPT", "ECF_FETCH", "ECF_SCRIPT_CMD", "ECF_FILES", "ECF_HOME"}

// String is the variable that the script was found by.
func (o Origin) String() string { return originNames[o] }

// Script is a script that was found: the path of a file, or a command that prints it.
type Script struct {
	Origin        Origin
	PathOrCommand string
	PruneLeaf     bool // found by a search that leaves families out from below, not from above
}

// Locate finds the script of a task or alias.
//
// source: libs/node Submittable.cpp.
func Locate(sys System, n *defs.Node) (Script, error) {
	found, err := locate(sys, n)
	if err != nil {
		return Script{}, err
	}
	if micro, _ := n.UserVariable("ECF_MICRO"); len(micro) != 1 {
		return Script{}, failf("EcfFile::EcfFile: Node %s is referencing a invalid ECF_MICRO variable(' %s). "+
			"ECF_MICRO when overridden, must be a single character.", n.Path(), micro)
	}
	return found, nil
}

func locate(sys System, n *defs.Node) (Script, error) {
	home, _ := n.UserVariable("ECF_HOME")
	path, extension := n.Path(), n.ScriptExtension()
	script := home + path + extension
	if found, err := exists(sys, script); found || err != nil {
		return Script{PathOrCommand: script}, err
	}
	why := "   ECF_SCRIPT(" + script + ") does not exist:\n"
	for _, origin := range [...]Origin{FromFetch, FromCommand} {
		command, _ := n.InheritedVariable(origin.String())
		if command == "" {
			why += "   Variable " + origin.String() + " not defined:\n"
			continue
		}
		command, ok := n.Substitute(command, nil, n.Micro())
		if !ok {
			return Script{}, missingf("%s   Variable %s(%s) defined, but variable substitution has failed:\n", why, origin, command)
		}
		return Script{Origin: origin, PathOrCommand: command}, nil
	}
	lookup, _ := n.UserVariable("ECF_FILES_LOOKUP")
	s := search{sys: sys, path: path, extension: extension, leaf: lookup == "prune_leaf" || lookup == "PRUNE_LEAF"}
	if files, ok := n.UserVariable("ECF_FILES"); ok {
		found, reason, err := s.files(n, files)
		if found != "" || err != nil {
			return Script{FromFiles, found, s.leaf}, err
		}
		why += reason
	} else {
		why += "   Variable ECF_FILES not defined:\n"
	}
	found, reason, err := s.home(home)
	if found != "" || err != nil {
		return Script{FromHome, found, s.leaf}, err
	}
	return Script{}, missingf("   Script for %s cannot be found:\n%s%s", path, why, reason)
}

// search looks for a script below a directory.
type search struct {
	sys             System
	path, extension string
	leaf            bool
}

// files searches below ECF_FILES, taken as it is, or else with its variables replaced.
func (s *search) files(n *defs.Node, dir string) (found, why string, err error) {
	if ok, err := s.isDir(dir); err != nil {
		return "", "", err
	} else if ok {
		return s.in(dir), "   Search of directory ECF_FILES(" + dir + ") failed " + s.how(), nil
	}
	replaced, _ := n.Substitute(dir, nil, n.Micro())
	if ok, err := s.isDir(replaced); err != nil {
		return "", "", err
	} else if ok {
		return s.in(replaced), "   Search of directory ECF_FILES(variable substituted)(" + replaced + ") failed:\n", nil
	}
	why = "   Directory ECF_FILES(" + dir + ") does not exist:\n"
	if replaced != dir {
		why += "   Directory ECF_FILES(" + replaced + ") after variable substitution does not exist:\n"
	}
	return "", why, nil
}

// home searches below ECF_HOME.
func (s *search) home(dir string) (found, why string, err error) {
	if ok, err := s.isDir(dir); err != nil {
		return "", "", err
	} else if ok {
		return s.in(dir), "   Search of directory ECF_HOME(" + dir + ") failed " + s.how(), nil
	}
	return "", "   Directory ECF_HOME(" + dir + ") does not exist:\n", nil
}

func (s *search) isDir(dir string) (bool, error) {
	if dir == "" {
		return false, nil
	}
	return isDir(s.sys, dir)
}

func (s *search) how() string {
	if s.leaf {
		return "using prune_leaf:\n"
	}
	return "using prune_root:\n"
}

// in searches: the names of the path are left out one by one, from the suite
// downwards, or from the last family upwards. What cannot be looked at is not there.
func (s *search) in(dir string) string {
	names := strings.Split(s.path[1:], "/")
	for len(names) > 0 {
		candidate := dir + "/" + strings.Join(names, "/") + s.extension
		if _, err := s.sys.Stat(candidate); err == nil {
			return candidate
		}
		if s.leaf && len(names) > 1 {
			names[len(names)-2] = names[len(names)-1]
			names = names[:len(names)-1]
		} else {
			names = names[1:]
		}
	}
	return ""
}
