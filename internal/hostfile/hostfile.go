// Package hostfile reads the list of alternate servers that ECF_HOSTFILE names.
//
//	hosts, err := hostfile.Read(path, "3141")
//
// It knows no environment and tries no connection.
package hostfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// maxFile bounds the file; real ones have a few lines.
const maxFile = 16 << 20

// Host is one server: a name or address, and a port as text.
type Host struct{ Name, Port string }

// Read gives the servers of the file at path, in order, duplicates included.
// Each line names one as "host" or "host:port" (an IPv6 address as "[::1]" or
// "[::1]:3141"); the rest of the line is ignored, so are blank lines and lines
// that begin with "#". A host without port gets defaultPort.
//
// Errors are of kind fault.Config, with path and line. When lines are faulty,
// the hosts of the others are given together with an error that joins one
// fault.Error a line: a task with one alternate left is better off than a task
// with none. A file that cannot be read gives no hosts; the original warns and
// stays with the main host.
//
// source: HostsFile.cpp.
func Read(path, defaultPort string) ([]Host, error) {
	fail := func(msg string, cause error) error {
		return &fault.Error{Kind: fault.Config, Op: "read the host file", Path: path, Msg: path + ": " + msg, Err: cause}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fail("cannot be opened", err)
	}
	defer file.Close() //nolint:errcheck // only read from
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, fail("cannot be read", err)
	}
	if len(data) > maxFile {
		return nil, fail(fmt.Sprintf("is larger than %d MiB", maxFile>>20), nil)
	}
	return parse(path, data, defaultPort)
}

func parse(path string, data []byte, defaultPort string) ([]Host, error) {
	var hosts []Host
	var faults []error
	line := 0
	for text := range bytes.Lines(data) {
		line++
		fields := strings.Fields(string(text))
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		host, problem := parseHost(fields[0], defaultPort)
		if problem != "" {
			faults = append(faults, &fault.Error{
				Kind: fault.Config, Op: "read the host file", Path: path, Line: line,
				Msg:  fmt.Sprintf("%s:%d: %s: %q", path, line, problem, fields[0]),
				Hint: "a line reads: host or host:port",
			})
			continue
		}
		if host.Name != "" {
			hosts = append(hosts, host)
		}
	}
	return hosts, errors.Join(faults...)
}

// parseHost leaves the name empty where the original skips the line.
func parseHost(text, defaultPort string) (host Host, problem string) {
	name, port, _ := strings.Cut(text, ":")
	if strings.HasPrefix(text, "[") {
		inner, rest, closed := strings.Cut(text[1:], "]")
		if !closed || inner == "" || rest != "" && rest[0] != ':' {
			return Host{}, "the address in brackets is not complete"
		}
		name, port = inner, strings.TrimPrefix(rest, ":")
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return Host{}, "the name holds a control character"
	}
	if port == "" {
		return Host{name, defaultPort}, ""
	}
	if strings.Contains(port, ":") {
		return Host{}, "more than one colon; write an IPv6 address in brackets"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return Host{}, "the port is not a number from 0 to 65535"
	}
	return Host{name, port}, ""
}
