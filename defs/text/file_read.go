package text

import (
	"io"
	"os"
	"syscall"
)

// longestFile is how much of a file is read: a definition of a million nodes has some 200 MB.
const longestFile = 1 << 30

// readFile reads a file that a caller named, which may be a device without an end.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read from
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > longestFile {
		return nil, syscall.EFBIG
	}
	if info.Mode().IsRegular() {
		return os.ReadFile(path)
	}
	src, err := io.ReadAll(io.LimitReader(f, longestFile+1))
	if err == nil && len(src) > longestFile {
		err = syscall.EFBIG
	}
	return src, err
}
