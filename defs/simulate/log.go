package simulate

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// logFile writes a log as servers do. The zero value writes nothing.
type logFile struct {
	file  *os.File
	out   *bufio.Writer
	now   func() time.Time
	at    int64 // the second that stamp is for
	stamp string
}

func (l *logFile) open(path string, now func() time.Time) error {
	if path == "" {
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cannotLog(path, err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o666) //nolint:gosec // as other files of the user
	if err != nil {
		return cannotLog(path, err)
	}
	l.file, l.out, l.now = file, bufio.NewWriterSize(file, 1<<16), now
	return nil
}

func cannotLog(path string, err error) error {
	return &fault.Error{Kind: fault.Config, Msg: "Could not open log file '" + path + "'", Err: err}
}

func (l *logFile) write(kind defs.LogKind, message string) {
	if l.out == nil {
		return
	}
	if now := l.now(); now.Unix() != l.at || l.stamp == "" {
		l.at, l.stamp = now.Unix(), now.Format(":[15:04:05 02.01.2006] ")
	}
	for line := range strings.SplitSeq(strings.TrimRight(message, "\n"), "\n") {
		_, _ = l.out.WriteString(kind.String()) // errors stay with the writer until close
		_, _ = l.out.WriteString(l.stamp)
		_, _ = l.out.WriteString(line)
		_ = l.out.WriteByte('\n')
	}
}

func (l *logFile) close() error {
	if l.file == nil {
		return nil
	}
	err := l.out.Flush()
	if closing := l.file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return &fault.Error{Kind: fault.Config, Msg: "Failed to write to log file: " + l.file.Name(), Err: err}
	}
	return nil
}
