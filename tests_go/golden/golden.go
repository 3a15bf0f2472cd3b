// Package golden holds conversations between the original clients and servers,
// recorded on the wire, for tests to compare with. README.md tells how they
// came about.
package golden

import (
	"bufio"
	"compress/bzip2"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed *.jsonl.bz2
var files embed.FS

// The ends of every recorded conversation say these of themselves.
const (
	Host = "ecfhost" // gethostname() of client and server
	User = "fred"    // login name of the client, unless Via sets another
)

// Versions lists the versions recorded, oldest first. Client and server are of
// the same version unless Via says otherwise.
func Versions() []string { return []string{"5.9.2", "5.13.8", "5.19.0"} }

// Exchange is one request and its reply, as payloads without header.
type Exchange struct {
	Version string
	Via     string // the command line, settings from the environment first, or the Python call
	Request []byte
	Reply   []byte // nil when the server closed without one
}

// Raw reports whether the request was written by hand, and on purpose is no
// proper one.
func (x *Exchange) Raw() bool { return strings.HasPrefix(x.Via, "raw:") }

// Load gives the conversations of one version, in the order they took place.
func Load(version string) ([]Exchange, error) {
	f, err := files.Open(version + ".jsonl.bz2")
	if err != nil {
		return nil, fmt.Errorf("golden: nothing was recorded of version %s: %w", version, err)
	}
	defer f.Close()
	lines := bufio.NewReader(bzip2.NewReader(f))
	var exchanges []Exchange
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var row struct {
				Version, Via string
				Request      text
				Reply        *text
			}
			if err := json.Unmarshal(line, &row); err != nil {
				return nil, fmt.Errorf("golden: %s, line %d: %w", version, len(exchanges)+1, err)
			}
			x := Exchange{Version: row.Version, Via: row.Via, Request: row.Request}
			if row.Reply != nil {
				x.Reply = *row.Reply
			}
			exchanges = append(exchanges, x)
		}
		if errors.Is(err, io.EOF) {
			return exchanges, nil
		}
		if err != nil {
			return nil, fmt.Errorf("golden: %s: %w", version, err)
		}
	}
}

// text is a JSON string in which, as Python's surrogateescape writes them,
// \udc80 to \udcff stand for single bytes. encoding/json would lose them.
type text []byte

func (t *text) UnmarshalJSON(quoted []byte) error {
	if len(quoted) < 2 || quoted[0] != '"' {
		return errors.New("no string")
	}
	in := quoted[1 : len(quoted)-1]
	out := make([]byte, 0, len(in))
	for len(in) > 0 {
		if in[0] != '\\' {
			out = append(out, in[0])
			in = in[1:]
			continue
		}
		if in[1] == 'u' {
			r, err := strconv.ParseUint(string(in[2:6]), 16, 16)
			if err != nil {
				return err
			}
			in = in[6:]
			switch {
			case r >= 0xDC80 && r <= 0xDCFF:
				out = append(out, byte(r))
			case r >= 0xD800 && r <= 0xDBFF && len(in) >= 6:
				low, err := strconv.ParseUint(string(in[2:6]), 16, 16)
				if err != nil {
					return err
				}
				out = utf8.AppendRune(out, rune(0x10000+(r-0xD800)<<10+low-0xDC00))
				in = in[6:]
			default:
				out = utf8.AppendRune(out, rune(r))
			}
			continue
		}
		i := strings.IndexByte(`"\/bfnrt`, in[1])
		out = append(out, "\"\\/\b\f\n\r\t"[i])
		in = in[2:]
	}
	*t = out
	return nil
}
