// Package terminal is what a program sees of the outside: its three streams, its
// environment, and whether a person sits at the other end. Programs get it handed in, so
// that tests run them whole, without a process.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// Terminal is a program's outside. The zero value has no streams: make one with [System],
// or fill in the fields.
type Terminal struct {
	In       io.Reader
	Out, Err io.Writer
	Env      func(name string) (value string, ok bool)

	// Whether a person reads or writes there.
	InIsTerminal, OutIsTerminal, ErrIsTerminal bool

	// Width of a line in columns; 0: not known, write lines of any length.
	Width func() int

	// secret reads a line that is not shown; nil: In is read as it is.
	secret func(ctx context.Context) ([]byte, error)
	lines  *bufio.Reader
}

// System is the outside of this process.
func System() *Terminal {
	stdin := int(os.Stdin.Fd())
	return &Terminal{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv,
		InIsTerminal:  term.IsTerminal(stdin),
		OutIsTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Width: func() int {
			width, _, err := term.GetSize(int(os.Stdout.Fd()))
			if err != nil {
				return 0
			}
			return width
		},
		secret: func(ctx context.Context) ([]byte, error) { return readSecret(ctx, stdin) },
	}
}

// Getenv is a variable's value, "" if it is not set.
func (t *Terminal) Getenv(name string) string {
	value, _ := t.Env(name)
	return value
}

// Line reads one line from In, without its end. At the end of the input it returns io.EOF.
func (t *Terminal) Line() (string, error) {
	if t.lines == nil {
		t.lines = bufio.NewReader(t.In)
	}
	line, err := t.lines.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// Secret writes a prompt on Err and reads a line that the terminal does not show, until ctx
// ends. Without a terminal it reads a line from In and prompts for nothing, so that scripts
// can pipe a password in.
func (t *Terminal) Secret(ctx context.Context, prompt string) (string, error) {
	if !t.InIsTerminal || t.secret == nil {
		return until(ctx, t.Line)
	}
	fmt.Fprint(t.Err, prompt)
	text, err := t.secret(ctx)
	fmt.Fprintln(t.Err)
	return string(text), err
}

// Answer writes a question on Err and reads a line from In, until ctx ends.
func (t *Terminal) Answer(ctx context.Context, question string) (string, error) {
	fmt.Fprint(t.Err, question)
	return until(ctx, t.Line)
}

// until waits for a read that nothing can end, but no longer than ctx lasts. The read
// stays behind: this is for programs that end then.
func until[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// readSecret reads a line from a terminal that is not shown. When ctx ends first, the terminal shows again what is typed.
func readSecret(ctx context.Context, fd int) ([]byte, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return nil, err
	}
	text, err := until(ctx, func() ([]byte, error) { return term.ReadPassword(fd) })
	if ctx.Err() != nil {
		_ = term.Restore(fd, before)
	}
	return text, err
}
