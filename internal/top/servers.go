package top

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/ecflow-go/ecflow/fault"
)

// Server says where a server is and how it is spoken to.
type Server struct {
	Name string `json:"name,omitempty"` // what the screen calls it; "": its address
	Host string `json:"host"`
	Port string `json:"port"`
	SSL  bool   `json:"ssl,omitempty"`
	User string `json:"user,omitempty"` // act as this user; "": that of the environment
}

// Title is what the screen calls the server.
func (s Server) Title() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Address()
}

// Address is host:port.
func (s Server) Address() string { return net.JoinHostPort(s.Host, s.Port) }

// Check tells what is wrong with the server's description.
//
// Errors: fault.Argument.
func (s Server) Check() error {
	if s.Host == "" {
		return fault.New(fault.Argument, "a server needs a host")
	}
	if n, err := strconv.Atoi(s.Port); err != nil || n < 1 || n > 65535 {
		return fault.New(fault.Argument, strconv.Quote(s.Port)+" is no port: 1 to 65535")
	}
	return nil
}

// listFile is the form of the file of servers.
type listFile struct {
	Servers []Server `json:"servers"`
}

// LoadServers reads the list of servers; there are none where there is no file.
//
// Errors: fault.Config.
func LoadServers(path string) ([]Server, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	bad := func(err error) error {
		return &fault.Error{Kind: fault.Config, Op: "read the list of servers " + path, Err: err}
	}
	if err != nil {
		return nil, bad(err)
	}
	var list listFile
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, bad(err)
	}
	for i, s := range list.Servers {
		if err := s.Check(); err != nil {
			return nil, bad(fmt.Errorf("server %d: %s", i+1, short(err)))
		}
	}
	return list.Servers, nil
}

// SaveServers writes the list of servers, whole or not at all, and makes its directory.
//
// Errors: fault.Config.
func SaveServers(path string, servers []Server) error {
	bad := func(err error) error {
		return &fault.Error{Kind: fault.Config, Op: "write the list of servers " + path, Err: err}
	}
	data, err := json.MarshalIndent(listFile{servers}, "", "  ")
	if err != nil {
		return bad(err)
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return bad(err)
	}
	temporary, err := os.CreateTemp(dir, ".servers-*")
	if err != nil {
		return bad(err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(append(data, '\n'))
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return bad(err)
	}
	return nil
}
