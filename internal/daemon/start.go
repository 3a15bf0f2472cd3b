package daemon

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// patience is how long a server may take to start: a check point of a million nodes takes some seconds to read.
const patience = 2 * time.Minute

// background is a server in the background: where it is, and how to reach it.
type background struct {
	t          *terminal.Terminal
	host, port string
	env        map[string]string // what it finds in its environment besides ours
}

// options are those of the scripts ecflow_start and ecflow_stop.
type options struct {
	*flag.FlagSet
	backup, check, halted, verbose, tls *bool
	home, port                          *string
}

func optionsOf(name string) *options {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return &options{FlagSet: f, backup: f.Bool("b", false, ""), port: f.String("p", "", ""), tls: f.Bool("s", false, "")}
}

// parse reads a command line; when it says enough, done is true.
func (o *options) parse(t *terminal.Terminal, args []string, usage string) (code int, done bool) {
	err := o.Parse(args)
	if err == nil && o.NArg() > 0 {
		err = fmt.Errorf("what is %q?", o.Arg(0))
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(t.Out, usage)
		return 0, true
	case err != nil:
		fmt.Fprintf(t.Err, "%s: %v\n%s", o.Name(), err, usage)
		return 1, true
	}
	return 0, false
}

// server is the one that the options mean: the port is made of the user's number unless it is given.
func (o *options) server(t *terminal.Terminal) (*background, error) {
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	b := &background{t: t, host: host, port: *o.port}
	if b.port == "" {
		base := 1500
		if *o.backup {
			base = 1000
		}
		b.port = strconv.Itoa(base + os.Getuid())
	}
	b.host = hostOf(t, host, b.port)
	b.env = map[string]string{"ECF_HOST": b.host, "ECF_PORT": b.port}
	if *o.tls {
		b.env["ECF_SSL"] = "1"
	}
	return b, nil
}

func (b *background) lookup(name string) (string, bool) {
	if value, found := b.env[name]; found {
		return value, true
	}
	return b.t.Env(name)
}

func (b *background) client() (*client.Client, error) {
	return client.New(client.OptionsFromEnv(b.lookup))
}

// StartUsage is the help of start.
const StartUsage = `Usage: ecflow_server start [-b] [-c] [-d ecf_home_dir] [-f] [-H] [-p port] [-s] [-v]
  -b        backup server: another default port
  -c        look first whether the check point can be read
  -d <dir>  ECF_HOME - default $HOME/ecflow_server
  -f, -r    ignored, as in the script
  -H        leave the server HALTED
  -p <num>  the port - default 1500+<UID>, 1000+<UID> for a backup server
  -s        speak TLS
  -v        keep what the server prints in <host>.<port>.ecf.out
  -h        this help
`

// Start starts a server in the background and makes it RUNNING, as the script ecflow_start does. When it returns 0 the
// server answers.
//
// source: tools/ecflow_start.sh.
func Start(ctx context.Context, t *terminal.Terminal, args []string) int {
	o := optionsOf("ecflow_server start")
	o.check, o.halted, o.verbose = o.Bool("c", false, ""), o.Bool("H", false, ""), o.Bool("v", false, "")
	o.home = o.String("d", filepath.Join(t.Getenv("HOME"), "ecflow_server"), "")
	o.Bool("f", true, "")
	o.Bool("r", true, "")
	if code, done := o.parse(t, args, StartUsage); done {
		return code
	}
	b, err := o.server(t)
	if err == nil {
		err = b.start(ctx, o)
	}
	if err != nil {
		fmt.Fprintf(t.Err, "%v\n", err)
		return 1
	}
	return 0
}

func (b *background) start(ctx context.Context, o *options) error {
	c, err := b.client()
	if err != nil {
		return err
	}
	quick, done := context.WithTimeout(ctx, 10*time.Second)
	defer done()
	if c.Ping(quick) == nil {
		fmt.Fprintln(b.t.Out, "server is already started")
		return nil
	}
	home, err := filepath.Abs(*o.home)
	if err != nil {
		return err
	}
	own := b.host + "." + b.port
	set := func(name, value string) { b.env[name] = value }
	set("TZ", "GMT")
	set("ECF_HOME", home)
	set("ECF_LOG", own+".ecf.log")
	set("ECF_CHECK", own+".check")
	set("ECF_CHECKOLD", own+".check.b")
	if _, found := b.t.Env("ECF_LISTS"); !found {
		set("ECF_LISTS", filepath.Join(home, "ecf.lists"))
	}
	if err := b.setAside(home, own); err != nil {
		return err
	}
	if *o.check {
		if _, err := text.Load(filepath.Join(home, own+".check"), text.Options{}); err != nil {
			return err
		}
	}
	if err := b.launch(ctx, *o.verbose); err != nil {
		return err
	}
	if !*o.halted {
		if err := c.RestartServer(ctx); err != nil {
			return fmt.Errorf("restart of server failed: %w", err)
		}
	}
	fmt.Fprintf(b.t.Out, "Host        : %s\nPort Number : %s\nECF_HOME    : %s\n", b.host, b.port, home)
	return nil
}

// launch starts the process and waits until it is ready.
func (b *background) launch(ctx context.Context, verbose bool) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	home := b.env["ECF_HOME"]
	output, err := os.Create(filepath.Join(home, b.host+"."+b.port+".ecf.out"))
	if err != nil {
		return err
	}
	defer output.Close() //nolint:errcheck // the server writes, not we
	ready, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer ready.Close() //nolint:errcheck // only read from
	cmd := exec.Command(program, "--ready-fd", "3")
	cmd.Args[0], cmd.Dir = "ecflow_server", home // by that name this program is the server, whatever its file is called
	cmd.Env = cmd.Environ()
	for name, value := range b.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles, cmd.SysProcAttr = output, output, []*os.File{write}, detached()
	if err := cmd.Start(); err != nil {
		_ = write.Close()
		return err
	}
	_ = write.Close()
	if b.await(ctx, ready) {
		if !verbose {
			_ = os.Remove(output.Name()) // it stays open, and goes with the server
		}
		return cmd.Process.Release()
	}
	_ = cmd.Process.Kill() // if it is there still
	_ = cmd.Wait()
	said, _ := os.ReadFile(output.Name()) // nothing more can be told then
	return errors.New("the server did not start:\n" + strings.TrimSpace(string(said)))
}

// await waits for the line that says the server answers.
func (b *background) await(ctx context.Context, ready *os.File) bool {
	answer := make(chan bool, 1)
	go func() {
		_, err := bufio.NewReader(ready).ReadString('\n')
		answer <- err == nil
	}()
	ctx, done := context.WithTimeout(ctx, patience)
	defer done()
	select {
	case ok := <-answer:
		return ok
	case <-ctx.Done():
		return false
	}
}

// StopUsage is the help of stop.
const StopUsage = `Usage: ecflow_server stop [-b] [-p port] [-s]
  -b        backup server: another default port
  -p <num>  the port - default 1500+<UID>, 1000+<UID> for a backup server
  -s        speak TLS
  -h        this help
`

// Stop halts a server, lets it write its check point and ends it, as the script ecflow_stop does. When it returns 0 the
// server is gone.
//
// source: tools/ecflow_stop.sh.
func Stop(ctx context.Context, t *terminal.Terminal, args []string) int {
	o := optionsOf("ecflow_server stop")
	if code, done := o.parse(t, args, StopUsage); done {
		return code
	}
	b, err := o.server(t)
	if err == nil {
		err = b.stop(ctx)
	}
	if err != nil {
		fmt.Fprintf(t.Err, "%v\n", err)
		return 1
	}
	return 0
}

func (b *background) stop(ctx context.Context) error {
	c, err := b.client()
	if err != nil {
		return err
	}
	if err := c.Ping(ctx); err != nil {
		return fmt.Errorf("... The server on %s:%s has already been stopped\n%w", b.host, b.port, err)
	}
	save := func(ctx context.Context) error { return c.Checkpoint(ctx, client.CheckPtUndefined, 0, 0) }
	for _, step := range []func(context.Context) error{c.HaltServer, save, c.TerminateServer} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	for c.Ping(ctx) == nil && ctx.Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Fprintf(b.t.Out, "The server on %s:%s is stopped\n", b.host, b.port)
	return ctx.Err()
}
