package model

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// longestFile bounds what is read of a file that a caller names.
const longestFile = 1 << 30

// readDefs makes a definition of a file.
//
// source: libs/node DefsStructureParser.cpp, Defs.cpp, restore.
func readDefs(a *Args) (any, error) {
	if a.Str(0) == "" {
		return nil, argf("Defs::restore: the filename string is empty")
	}
	return orNil(parseFile(a, a.Str(0)))
}

// parseFile reads and checks a definition; warnings are printed. Files with states are taken as checked.
func parseFile(a *Args, path string) (*tree, error) {
	src, err := readFile(path)
	if err != nil {
		return nil, &fault.Error{Kind: fault.NotFound, Path: path, Err: err,
			Msg: "DefsStructureParser::DefsStructureParser: Unable to open file! " + path + "\n" + reason(err)}
	}
	var style text.Style
	var warnings strings.Builder
	d, err := text.ParseString(src, text.Options{Host: hostName(), Found: &style, Warn: func(s string) { warnings.WriteString(s) }})
	if err != nil {
		var known *fault.Error
		if errors.As(err, &known) {
			e := *known
			e.Path = path
			err = &e
		}
		return nil, err
	}
	if style != text.Migrate && style != text.Net {
		problems, doubts := d.Check()
		if problems != "" {
			return nil, &fault.Error{Kind: fault.Check, Path: path, Msg: problems}
		}
		warnings.WriteString(doubts)
	}
	a.print(warnings.String())
	return d, nil
}

func readFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // only read from
	data, err := io.ReadAll(io.LimitReader(file, longestFile+1))
	if err == nil && len(data) > longestFile {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("the file is larger than 1 GiB")}
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n"), err
}

// reason is what an error about a file says beside its path, as the original words it: first a capital.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	s := err.Error()
	return strings.ToUpper(s[:1]) + s[1:]
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
	save := func(d *tree, path string, style text.Style) error {
		if err := os.WriteFile(path, text.Append(nil, d, style), 0o666); err != nil { //nolint:gosec // as the original's
			return &fault.Error{Kind: fault.NotFound, Path: path, Err: err,
				Msg: "save_as_defs failed: Could not create file '" + path + "' (" + reason(err) + ")"}
		}
		return nil
	}
	return []Member{
		{Name: "save_as_defs", Pure: true, Long: true, Doc: "Write the definition to a file, in style DEFS or another. RuntimeError if the file cannot be written.", Forms: []Form{
			{"(filename: str, style: Style, /) -> None", on(func(d *tree, a *Args) (any, error) {
				style, err := enum(a, 1, "Style", styleNothing, styleMigrate)
				if err != nil {
					return nil, err
				}
				return nil, save(d, a.Str(0), textStyle(style))
			})},
			{"(filename: str, /) -> None", on(func(d *tree, a *Args) (any, error) { return nil, save(d, a.Str(0), text.Defs) })},
		}},
		{Name: "save_as_checkpt", Pure: true, Long: true, Doc: "Write the definition with all states and the edit history to a file, as servers keep it. RuntimeError if the file cannot be written.",
			Forms: one("(filename: str, /) -> None", func(d *tree, a *Args) (any, error) {
				path := a.Str(0)
				out := text.Printer{Style: text.Migrate, History: true}.Append(nil, d)
				if err := os.WriteFile(path, out, 0o666); err != nil { //nolint:gosec // as the original's
					return nil, &fault.Error{Kind: fault.NotFound, Path: path, Err: err,
						Msg: "Defs::write_to_file: path(" + path + ") failed:  Logical error on i/o operation, errno:" + reason(err)}
				}
				return nil, nil
			})},
		{Name: "restore_from_checkpt", Long: true, Doc: "Become what a file holds that save_as_checkpt(), save_as_defs() or a server has written. Variables of users stay.\n\n" +
			"RuntimeError if it cannot be read; the definition then stays as it was, where the original's is empty. '' does nothing.",
			Forms: one("(filename: str, /) -> None", func(d *tree, a *Args) (any, error) {
				if a.Str(0) == "" {
					return nil, nil
				}
				o, err := parseFile(a, a.Str(0))
				if err != nil {
					return nil, restoring(err)
				}
				d.Become(o)
				return nil, nil
			})},
	}
}

// restoring puts the original's words in front of an error.
func restoring(err error) error {
	var known *fault.Error
	if !errors.As(err, &known) {
		return err
	}
	e := *known
	e.Msg = "Defs::defs_restore_from_checkpt: " + e.Summary()
	return &e
}
