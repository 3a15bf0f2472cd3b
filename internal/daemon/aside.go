package daemon

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/internal/terminal"
)

// hostOf is where the user's server on a port is: this computer, unless a file says otherwise. It is for servers that move
// between computers whose names begin alike, and holds the name of one.
//
// source: tools/ecflow_start.sh, rcdir.
func hostOf(t *terminal.Terminal, host, port string) string {
	begin := host
	if len(begin) > 4 {
		begin = begin[:4]
	}
	text, err := os.ReadFile(filepath.Join(t.Getenv("HOME"), ".ecflowrc", begin+"."+t.Getenv("USER")+"."+port))
	if words := strings.Fields(string(text)); err == nil && len(words) > 0 {
		return words[0]
	}
	return host
}

// large is the size of a log that is begun anew.
//
// source: tools/ecflow_start.sh, SIZE.
const large = 100 << 20

// setAside copies a server's files from before into log/. A large log is moved there, and packed.
func (b *background) setAside(home, own string) error {
	aside := filepath.Join(home, "log")
	if err := os.MkdirAll(aside, 0o777); err != nil {
		return err
	}
	log := own + ".ecf.log"
	if info, err := os.Stat(filepath.Join(home, log)); err == nil && info.Size() > large {
		packed := log + "." + time.Now().UTC().Format("20060102.1504") + ".log.gz"
		fmt.Fprintf(b.t.Out, "Moving, compressing logfile %dmb %s\n", info.Size()>>20, strings.TrimSuffix(packed, ".gz"))
		if err := copyFile(filepath.Join(home, log), filepath.Join(aside, packed)); err != nil {
			return err
		}
		if err := os.Remove(filepath.Join(home, log)); err != nil {
			return err
		}
	}
	for _, name := range []string{own + ".check", own + ".check.b", log, own + ".ecf.out"} {
		if err := copyFile(filepath.Join(home, name), filepath.Join(aside, name)); err != nil {
			return err
		}
	}
	return nil
}

// copyFile copies a file if it is there, packed if its new name says so.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer source.Close() //nolint:errcheck // only read from
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	var out io.WriteCloser = target
	if strings.HasSuffix(to, ".gz") {
		out = gzip.NewWriter(target)
	}
	_, err = io.Copy(out, source)
	err = errors.Join(err, out.Close())
	if out != target {
		err = errors.Join(err, target.Close())
	}
	return err
}
