package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// FileName is the file that a server looks for where it is started.
const FileName = "server_environment.cfg"

// maxFile is more than such a file needs.
const maxFile = 1 << 20

// readFile takes what the file in a directory says. No file, or a directory of that name: all stays as it is.
func (s *Settings) readFile(dir string) error {
	if dir == "" {
		return nil
	}
	path := filepath.Join(dir, FileName)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var data []byte
	if err == nil {
		defer file.Close()
		if info, failed := file.Stat(); failed == nil && info.IsDir() {
			return nil
		}
		data, err = io.ReadAll(io.LimitReader(file, maxFile+1))
	}
	if err == nil && len(data) > maxFile {
		err = errors.New("is too large")
	}
	if err != nil {
		var failed *fs.PathError
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return &fault.Error{Kind: fault.Config, Op: "read the settings", Path: path, Msg: "Could not load server_environment.cfg " + path + ": " + err.Error(), Err: err}
	}
	s.readFrom = path
	if err := s.parse(data); err != nil {
		err.Path, err.Hint = path, fmt.Sprintf("see %s, line %d", path, err.Line)
		return err
	}
	return nil
}

// entry is one NAME = VALUE of the file.
type entry struct {
	name, value string
	line        int
}

// parse takes the text of a file: all of it is read before any of it counts.
//
//	# a comment, anywhere
//	ECF_PORT = 3141
//
// source: boost::program_options, config_file.cpp; ServerEnvironment.cpp, read_config_file
func (s *Settings) parse(data []byte) *fault.Error {
	fields := s.fields()
	var entries []entry
	prefix := ""
	line := 0
	for raw := range bytes.Lines(data) {
		line++
		before, _, _ := strings.Cut(string(raw), "#")
		text := strings.Trim(before, " \t\r\n")
		if text == "" {
			continue
		}
		if text[0] == '[' && text[len(text)-1] == ']' {
			if prefix = text[1 : len(text)-1]; !strings.HasSuffix(prefix, ".") {
				prefix += "."
			}
			continue
		}
		name, value, found := strings.Cut(text, "=")
		if !found {
			return wrong(line, "the options configuration file contains an invalid line '"+text+"'")
		}
		name = prefix + strings.Trim(name, " \t\r\n")
		if _, known := fields[name]; !known {
			quoted := ""
			if name != "" {
				quoted = " '" + name + "'"
			}
			return wrong(line, "unrecognised option"+quoted)
		}
		entries = append(entries, entry{name, strings.Trim(value, " \t\r\n"), line})
	}
	given := map[string]bool{}
	for _, e := range entries {
		if given[e.name] {
			return wrong(e.line, "option '"+e.name+"' cannot be specified more than once")
		}
		given[e.name] = true
		if !fields[e.name](e.value) {
			if e.value != "" {
				e.value = " ('" + e.value + "')"
			}
			return wrong(e.line, "the argument"+e.value+" for option '"+e.name+"' is invalid")
		}
	}
	return nil
}

func wrong(line int, message string) *fault.Error {
	err := refuse("ServerEnvironment::read_config_file() " + message)
	err.Line = line
	return err
}

// fields are the names that the file may have, each with what takes its value.
func (s *Settings) fields() map[string]func(value string) bool {
	text := func(into *string) func(string) bool {
		return func(value string) bool { *into = value; return true }
	}
	number := func(into *int) func(string) bool {
		return func(value string) bool {
			n, err := strconv.ParseInt(value, 10, 32)
			if err == nil {
				*into = int(n)
			}
			return err == nil
		}
	}
	return map[string]func(string) bool{
		"ECF_HOME":          text(&s.Home),
		"ECF_PORT":          number(&s.Port),
		"ECF_CHECK":         text(&s.checkName),
		"ECF_CHECKOLD":      text(&s.backupName),
		"ECF_LOG":           text(&s.logName),
		"ECF_CHECKINTERVAL": number(&s.CheckpointInterval),
		"ECF_INTERVAL":      number(&s.Interval),
		"ECF_CHECKMODE": func(value string) bool { // other words change nothing
			for _, mode := range []Mode{Never, OnTime, Always} {
				if value == mode.String() {
					s.CheckpointMode = mode
				}
			}
			return true
		},
		"ECF_JOB_CMD":       text(&s.JobCmd),
		"ECF_KILL_CMD":      text(&s.KillCmd),
		"ECF_STATUS_CMD":    text(&s.StatusCmd),
		"ECF_CHECK_CMD":     text(&s.CheckCmd),
		"ECF_URL_CMD":       text(&s.URLCmd),
		"ECF_URL_BASE":      text(&s.URLBase),
		"ECF_URL":           text(&s.URL),
		"ECF_MICRODEF":      text(&s.Micro),
		"ECF_LISTS":         text(&s.listName),
		"ECF_PASSWD":        text(&s.passwdName),
		"ECF_CUSTOM_PASSWD": text(&s.customName),
		"ECF_TASK_THRESHOLD": func(value string) bool {
			var n int
			ok := number(&n)(value)
			if ok && n != 0 { // 0 leaves the default
				s.TaskThreshold = n
			}
			return ok
		},
		"ECF_PRUNE_NODE_LOG": number(&s.PruneNodeLog),
	}
}
