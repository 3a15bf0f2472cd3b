package model

import (
	"errors"
	"strings"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// readDefs makes a definition of a file. Warnings are printed.
func readDefs(a *Args) (any, error) {
	opts, tell := reading(a)
	d, err := text.Load(a.Str(0), opts)
	if err != nil {
		return nil, withPath(err, a.Str(0))
	}
	tell()
	return d, nil
}

// reading is how files are read, and what prints the warnings when that went well.
func reading(a *Args) (opts text.Options, tell func()) {
	var warnings strings.Builder
	opts = text.Options{Host: hostName(), EaseGC: true, Warn: func(s string) { warnings.WriteString(s) }}
	return opts, func() { a.print(warnings.String()) }
}

// withPath adds the file's name to an error.
func withPath(err error, path string) error {
	var known *fault.Error
	if !errors.As(err, &known) || known.Path != "" {
		return err
	}
	e := *known
	e.Path = path
	return &e
}

// print tells what the original prints.
func (a *Args) print(text string) {
	if a.Print != nil && text != "" {
		a.Print(text)
	}
}

// Write makes Args a place for what the original prints.
func (a *Args) Write(p []byte) (int, error) {
	a.print(string(p))
	return len(p), nil
}

func defsFiles() []Member {
	return []Member{
		{Name: "save_as_defs", Pure: true, Long: true, Doc: "Write the definition to a file, in style DEFS or another. RuntimeError if the file cannot be written.", Forms: []Form{
			{"(filename: str, style: Style, /) -> None", on(func(d *tree, a *Args) (any, error) {
				style, err := enum(a, 1, "Style", styleNothing, styleMigrate)
				if err != nil {
					return nil, err
				}
				return nil, text.Save(a.Str(0), d, textStyle(style))
			})},
			{"(filename: str, /) -> None", on(func(d *tree, a *Args) (any, error) { return nil, text.Save(a.Str(0), d, text.Defs) })},
		}},
		{Name: "save_as_checkpt", Pure: true, Long: true, Doc: "Write the definition with all states and the edit history to a file, as servers keep it.\n\n" +
			"What was in the file stays until all is written. RuntimeError if the file cannot be written.",
			Forms: one("(filename: str, /) -> None", func(d *tree, a *Args) (any, error) { return nil, text.SaveCheckpoint(a.Str(0), d) })},
		{Name: "restore_from_checkpt", Long: true, Doc: "Become what a file holds that save_as_checkpt(), save_as_defs() or a server has written. Variables stay that the file does not have.\n\n" +
			"RuntimeError if it cannot be read; the definition then stays as it was, where the original's is empty. '' does nothing.",
			Forms: one("(filename: str, /) -> None", func(d *tree, a *Args) (any, error) {
				opts, tell := reading(a)
				if err := text.RestoreCheckpoint(a.Str(0), d, opts); err != nil {
					return nil, withPath(err, a.Str(0))
				}
				tell()
				return nil, nil
			})},
	}
}
