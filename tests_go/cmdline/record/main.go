// Command record runs the original ecflow_client on the generated command lines, and writes
// what it did. See the README beside the package.
//
//	go run ./tests_go/cmdline/record | bzip2 -9 >tests_go/cmdline/testdata/5.9.2.jsonl.bz2
//	go run ./tests_go/cmdline/record -root .../sid | bzip2 -9 >tests_go/cmdline/testdata/5.19.0.jsonl.bz2
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/tests_go/cmdline"
)

var (
	client = flag.String("client", "/usr/bin/ecflow_client", "the original program, within the root")
	root   = flag.String("root", "", "directory to take for /; needs root's rights")
	lines  = flag.Int("lines", 8000, "how many command lines")
	seed   = flag.Uint64("seed", 1, "what they are made of")
	side   = flag.Int("side", 2, "how many to run side by side")
)

// patience is how long a call may take before it is ended.
const patience = 15 * time.Second

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	all := cmdline.Generate(*lines, *seed)
	jobs := make(chan *cmdline.Line)
	failures := make(chan error, *side)
	var workers sync.WaitGroup
	for range *side {
		workers.Add(1)
		go func() {
			defer workers.Done()
			if err := work(jobs); err != nil {
				failures <- err
				for range jobs { // let the others end
				}
			}
		}()
	}
	for i := range all {
		jobs <- &all[i]
	}
	close(jobs)
	workers.Wait()
	select {
	case err := <-failures:
		return err
	default:
	}
	out := bufio.NewWriter(os.Stdout)
	for i := range all {
		text, err := json.Marshal(&all[i])
		if err != nil {
			return err
		}
		out.Write(append(text, '\n'))
	}
	return out.Flush()
}

func work(jobs <-chan *cmdline.Line) error {
	server, err := cmdline.Serve()
	if err != nil {
		return err
	}
	defer server.Close()
	outside, err := os.MkdirTemp(filepath.Join(*root, "/tmp"), "cmdline")
	if err != nil {
		return err
	}
	defer os.RemoveAll(outside)
	if err := cmdline.Prepare(outside); err != nil {
		return err
	}
	home := filepath.Join("/tmp", filepath.Base(outside))
	for line := range jobs {
		if err := record(line, server, home); err != nil {
			return err
		}
	}
	return nil
}

func record(line *cmdline.Line, server *cmdline.Server, home string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(ctx, *client, line.Words(server.Port())...)
	command.Dir = home
	command.Env = []string{}
	for name, value := range line.Environment(home, server.Port()) {
		command.Env = append(command.Env, name+"="+value)
	}
	if *root != "" {
		command.SysProcAttr = &syscall.SysProcAttr{Chroot: *root}
	}
	var out, failed bytes.Buffer
	command.Stdout, command.Stderr = &out, &failed
	var ended *exec.ExitError
	switch err := command.Run(); {
	case ctx.Err() != nil:
		line.Exit = -1
	case errors.As(err, &ended):
		line.Exit = exitCode(ended)
	case err != nil:
		return fmt.Errorf("%q: %w", line.Args, err)
	}
	line.Out, line.Err = cmdline.Bytes(out.String()), cmdline.Bytes(failed.String())
	for _, request := range server.Take() {
		line.Requests = append(line.Requests, cmdline.Bytes(request))
	}
	line.Normal(home, server.Port())
	return nil
}

// exitCode is what a shell gives: 128 and its number for a signal.
func exitCode(ended *exec.ExitError) int {
	if status, ok := ended.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return ended.ExitCode()
}
