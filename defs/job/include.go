package job

import (
	"errors"
	"os/exec"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// includes remembers include files.
type includes struct {
	text map[string][]string
	bad  map[string]string // those that cannot be opened, and why
}

// mostRemembered is how many include files are remembered at once: the original has each of them open.
const mostRemembered = 1001

func (c *includes) size() string { return itoa(len(c.text) + len(c.bad)) }

// readInclude gives the lines of an include file; why is why not.
func (e *expansion) readInclude(path string) (text []string, why string) {
	switch {
	case path == "":
		return nil, "EcfFile::open_script_file: Could not open ecf include file. Input File/cmd string is empty."
	case e.script.Origin == FromFetch:
		return e.run(path+" -i ", "include")
	}
	c := &e.includes
	if text, ok := c.text[path]; ok {
		return text, ""
	}
	if why, ok := c.bad[path]; ok {
		return nil, "Could not open include file: " + path + " (" + why + ") : include file cache size:" + c.size()
	}
	if c.text == nil || len(c.text)+len(c.bad) >= mostRemembered {
		*c = includes{text: map[string][]string{}, bad: map[string]string{}}
	}
	content, err := e.sys.Read(path)
	if err != nil {
		c.bad[path] = reason(err)
		return nil, "Could not open include file: " + path + " (" + reason(err) + ") include file cache size:" + c.size()
	}
	c.text[path] = lines(content)
	return c.text[path], ""
}

// includePath is the path of the file that a directive names: <file> in
// ECF_INCLUDE or ECF_HOME, "file" beside the job or script or below ECF_HOME,
// an absolute path, or what is taken as it is.
func (p *preprocessor) includePath(name, line string) (string, error) {
	if strings.Contains(name, p.micro) {
		if n := countMicro(name, p.micro); n%2 != 0 {
			return "", p.failf("Mismatched ecfmicro(%s) count(%d) at : %s", p.micro, n, line)
		}
		s := p.substitution(p.micro)
		s.User = nil
		name, _ = s.Expand(name)
	}
	if name == "" {
		return "", failf("basic_string::substr: __pos (which is 1) > this->size() (which is 0)")
	}
	inner := ""
	if len(name) > 1 {
		inner = name[1 : len(name)-1]
		if name[1] == '/' {
			return inner, nil
		}
	}
	switch name[0] {
	case '<':
		return p.includeBelow(inner, line)
	case '"':
		return p.includeBeside(name, inner, line)
	}
	return name, nil
}

// includeBelow finds <file>.
func (p *preprocessor) includeBelow(file, line string) (string, error) {
	for _, dir := range includeDirs(p.node) {
		path := dir + "/" + file
		found, known := p.places[path]
		if !known {
			var err error
			if found, err = exists(p.sys, path); err != nil {
				return "", err
			}
			p.places[path] = found
		}
		if found {
			return path, nil
		}
	}
	home, _ := p.node.InheritedVariable("ECF_HOME")
	if home == "" {
		return "", p.failf("ECF_INCLUDE/ECF_HOME not specified, at : %s", line)
	}
	return home + "/" + file, nil
}

// includeDirs are the directories that ECF_INCLUDE lists.
func includeDirs(n *defs.Node) []string {
	list, _ := n.UserVariable("ECF_INCLUDE")
	var dirs []string
	for dir := range strings.SplitSeq(list, ":") {
		if dir != "" {
			dir, _ = n.Substitute(dollars(n, dir), nil, n.Micro())
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

const nameBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

// mostDollars bounds values that contain each other; the original goes on for ever.
const mostDollars = 1000

// dollars puts values in place of $NAME, up to the first that has none.
func dollars(n *defs.Node, text string) string {
	for range mostDollars {
		at := strings.IndexByte(text, '$')
		if at < 0 {
			break
		}
		name := text[at+1:]
		name = name[:len(name)-len(strings.TrimLeft(name, nameBytes))]
		value, ok := n.InheritedVariable(name)
		if name == "" || !ok {
			break
		}
		text = text[:at] + value + text[at+1+len(name):]
		if strings.Contains(value, name) || len(text) > mostJob {
			break
		}
	}
	return text
}

// includeBeside finds "file".
func (p *preprocessor) includeBeside(name, inner, line string) (string, error) {
	if rest := name[1:]; strings.HasPrefix(rest, "./") || strings.HasPrefix(rest, "../") {
		beside := p.script.PathOrCommand
		if p.script.Origin != FromScript {
			beside = p.jobPath()
		}
		if at := strings.LastIndexByte(beside, '/'); at >= 0 {
			if strings.HasSuffix(name, `"`) {
				return beside[:at+1] + inner, nil
			}
			return beside[:at+1] + name, nil
		}
	}
	home, _ := p.node.UserVariable("ECF_HOME")
	if home == "" {
		return "", p.failf("ECF_HOME not specified, at : %s", line)
	}
	path := home
	for _, variable := range [...]string{"SUITE", "FAMILY"} {
		value, _ := p.node.InheritedVariable(variable)
		if value == "" {
			return "", p.failf("%s not specified, at : %s", variable, line)
		}
		path += "/" + value
	}
	return path + "/" + inner, nil
}

// longestRead is how much of a command's line the original reads at once: longer ones become several.
const longestRead = 2047

// run gives the lines that a command prints; why is why not.
func (e *expansion) run(command, kind string) (text []string, why string) {
	output, err := e.sys.Run(e.ctx, command)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.Exited():
		why = "non-zero exit "
	case errors.As(err, &exit):
		why = "child process terminated by a signal  "
	case err != nil:
		return nil, "EcfFile::do_popen:: Could not open " + kind + " via cmd " + command + " for task " + e.node.Path() +
			" (" + reason(err) + ") "
	}
	if why != "" {
		return nil, "EcfFile::do_popen: " + why + ": " + kind + " via cmd " + command + " for task " + e.node.Path() +
			" (No such file or directory) "
	}
	for rest := string(output); rest != ""; {
		at := strings.IndexByte(rest, '\n')
		switch {
		case at >= 0 && at < longestRead:
			text = append(text, upToNul(rest[:at]))
			rest = rest[at+1:]
		case len(rest) > longestRead:
			text = append(text, upToNul(rest[:longestRead]))
			rest = rest[longestRead:]
		default:
			text = append(text, upToNul(rest))
			rest = ""
		}
	}
	return text, ""
}

// upToNul is a text up to its first NUL, as far as the original's C functions see.
func upToNul(text string) string {
	text, _, _ = strings.Cut(text, "\x00")
	return text
}

func itoa(n int) string { return strconv.Itoa(n) }
