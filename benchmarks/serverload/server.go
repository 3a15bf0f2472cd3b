package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// kind is how a server is spoken to.
type kind struct {
	key    certs.KeyKind // "": no TLS
	resume bool          // with sessions of TLS
	http   bool
}

// server is one that runs.
type server struct {
	kind
	address string
	pid     int
	home    string
	process *exec.Cmd // nil: somebody else's
	ended   chan struct{}
	output  bytes.Buffer
}

// start starts a server in a directory of its own. The original takes ports from 1024 to 49150 only.
func start(command string, k kind) (*server, error) {
	home, err := os.MkdirTemp("", "serverload")
	if err != nil {
		return nil, err
	}
	s := &server{kind: k, home: home}
	if k.key != "" {
		// The original takes the key with a pass phrase or without.
		if _, err := certs.Create(certs.Request{Dir: filepath.Join(home, ".ecflowrc", "ssl"), Names: []string{"localhost"}, Key: k.key}); err != nil {
			return nil, err
		}
	}
	for range 20 {
		if s.launch(command, strconv.Itoa(20000+rand.IntN(10000))) {
			return s, nil
		}
	}
	s.stop()
	return nil, errors.New("does not start: " + s.output.String())
}

func (s *server) launch(command, port string) bool {
	parts := strings.Fields(command)
	if s.http {
		parts = append(parts, "--http")
	}
	s.output.Reset()
	if path, err := filepath.Abs(parts[0]); err == nil && strings.Contains(parts[0], "/") {
		parts[0] = path // it starts in a directory of its own
	}
	s.process = exec.Command(parts[0], parts[1:]...)
	s.process.Dir = s.home
	s.process.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.home, "ECF_HOME=" + s.home, "ECF_PORT=" + port, "LC_ALL=C.UTF-8", "ECF_CHECK=check", "ECF_CHECKOLD=check.old"}
	if s.key != "" {
		s.process.Env = append(s.process.Env, "ECF_SSL=1")
	}
	s.process.Stdout, s.process.Stderr = &s.output, &s.output
	s.process.WaitDelay = time.Second
	if err := s.process.Start(); err != nil {
		s.output.WriteString(err.Error())
		return false
	}
	s.ended = make(chan struct{})
	go func(process *exec.Cmd, ended chan struct{}) {
		_ = process.Wait()
		close(ended)
	}(s.process, s.ended)
	s.pid, s.address = s.process.Process.Pid, "127.0.0.1:"+port
	for range 500 {
		select {
		case <-s.ended:
			return false
		case <-time.After(20 * time.Millisecond):
		}
		if conn, err := net.Dial("tcp4", s.address); err == nil {
			conn.Close()
			select {
			case <-s.ended: // the port is somebody else's
				return false
			case <-time.After(100 * time.Millisecond):
				return true
			}
		}
	}
	return false
}

// stop ends the server and removes its files.
func (s *server) stop() {
	if s.process == nil || s.process.Process == nil {
		return
	}
	_ = s.process.Process.Kill()
	<-s.ended
	_ = os.RemoveAll(s.home)
}

// cpu is the time the process has taken so far.
func (s *server) cpu() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	const tick = 10 * time.Millisecond
	return time.Duration(user+system) * tick
}

// memory is what of the process is in memory, in megabytes.
func (s *server) memory() float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	var kilobytes float64
	_, _ = fmt.Sscan(after, &kilobytes)
	return kilobytes / 1024
}

// load gives the server the tree that the client's benchmarks have, and sets it going.
func (s *server) load(suites int) error {
	for _, request := range []wire.Request{
		&wire.LoadDefsCmd{UserCmd: user, Defs: definition(suites)},
		&wire.CtsCmd{UserCmd: user, API: wire.CtsRestartServer},
	} {
		if err := s.ask(request); err != nil {
			return err
		}
	}
	for t := range childTasks {
		free := wire.NewAlterCmd(user, []string{taskPath(t)}, "ECF_PASS", "FREE")
		free.AddAttrType = wire.AlterAddVariable
		if err := s.ask(free); err != nil {
			return err
		}
	}
	return nil
}

// ask sends one request, which must not be refused.
func (s *server) ask(request wire.Request) error {
	frame, err := frameOf(request)
	if err != nil {
		return err
	}
	reply, err := newCaller(s).call(frame)
	if err == nil && refused(reply) {
		err = fmt.Errorf("%s: %.300s", request, reply)
	}
	return err
}

// idle opens connections that say nothing, or half a length.
func (s *server) idle(n int) (closeAll func(), err error) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err == nil && limit.Cur < uint64(n+200) {
		return func() {}, fmt.Errorf("%d files may be open, which is not enough", limit.Cur)
	}
	all := make([]net.Conn, 0, n)
	closeAll = func() {
		for _, conn := range all {
			conn.Close()
		}
	}
	for i := range n {
		conn, err := net.Dial("tcp4", s.address)
		if err != nil {
			return closeAll, err
		}
		all = append(all, conn)
		if i%2 == 1 {
			_, _ = conn.Write([]byte("   1"))
		}
	}
	return closeAll, nil
}
