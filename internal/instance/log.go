package instance

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/logfile"
)

// logging is a log file as an engine writes it.
type logging struct{ file *logfile.File }

var kinds = [...]logfile.Kind{
	defs.LogMsg: logfile.Message, defs.LogState: logfile.Log, defs.LogError: logfile.Error, defs.LogWarning: logfile.Warning,
}

func (l logging) Write(kind defs.LogKind, text string) { l.file.Log(kinds[kind], text) }
func (l logging) Flush()                               { l.file.Soon() }
func (l logging) Close()                               { l.file.Close() }
func (l logging) Path() string                         { return l.file.Path() }
func (l logging) Last(lines int) (string, error)       { return l.file.Tail(lines), nil }
func (l logging) Clear() error                         { l.file.Clear(); return nil }
func (l logging) New(path string) error                { return l.file.Move(path) }
func (l logging) Problem() string                      { return l.file.Trouble() }

// quiet is a log that nobody reads.
type quiet struct{}

func (quiet) Write(defs.LogKind, string) {}
func (quiet) Flush()                     {}
func (quiet) Close()                     {}
func (quiet) Path() string               { return "" }
func (quiet) Last(int) (string, error)   { return "", nil }
func (quiet) Clear() error               { return nil }
func (quiet) New(string) error           { return nil }
func (quiet) Problem() string            { return "" }
