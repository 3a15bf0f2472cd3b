package logfile

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
)

// most is how much text of a log is given at most: it becomes a reply, and stands in memory
// more than once on its way.
const most = 64 << 20

// Tail gives the last n lines, or the first -n; a file that cannot be read has none.
// Writers do not wait for it.
//
// source: libs/core Log.cpp, contents; File.cpp, get_last_n_lines.
func (f *File) Tail(n int) string {
	if n == 0 {
		return ""
	}
	f.Flush()
	file, err := os.Open(f.Path())
	if err != nil {
		return ""
	}
	defer file.Close() //nolint:errcheck // only read from
	if n < 0 {
		return first(file, -n)
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return last(file, info.Size(), n)
}

// last reads backwards until there are n lines and the end of the one before.
func last(file io.ReaderAt, size int64, n int) string {
	var tail []byte
	from := size
	for step := int64(100 * min(n, 1<<20)); from > 0; step *= 2 {
		step = min(step, from, most-int64(len(tail)))
		if step <= 0 {
			break
		}
		from -= step
		part := make([]byte, step, step+int64(len(tail)))
		if read, err := file.ReadAt(part, from); err != nil && (!errors.Is(err, io.EOF) || int64(read) < step) {
			return string(tail)
		}
		tail = append(part, tail...)
		if ends := bytes.Count(tail, []byte("\n")); ends > n {
			for ; ends > n; ends-- {
				tail = tail[bytes.IndexByte(tail, '\n')+1:]
			}
			break
		}
	}
	return string(tail)
}

func first(file io.Reader, n int) string {
	head, err := io.ReadAll(io.LimitReader(file, min(most, max(100*int64(min(n, 1<<20)), 1<<20))))
	if err != nil {
		return ""
	}
	end := 0
	for ; n > 0 && end < len(head); n-- {
		i := bytes.IndexByte(head[end:], '\n')
		if i < 0 {
			return string(head) + "\n"
		}
		end += i + 1
	}
	return string(head[:end])
}

// parent is the directory part of a path, "" if it has none.
func parent(path string) string {
	i := strings.LastIndexByte(path, '/')
	if i > 0 {
		return path[:i]
	}
	return path[:i+1]
}

// quoted is a path as C++ writes it.
func quoted(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}

// words is why the system refuses, as the C library says it.
func words(err error) string {
	var number syscall.Errno
	if !errors.As(err, &number) {
		return err.Error()
	}
	text := number.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}
