package text

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pieces keeps what it is given, and spoils it.
type pieces []string

func (p *pieces) Room() []byte { return make([]byte, 0, 8) }

func (p *pieces) Pass(piece []byte) {
	*p = append(*p, string(piece))
	clear(piece)
}

// Suites are of very different sizes, so that some are written long before it is their turn.
func TestOut_thePiecesAreTheWhole(t *testing.T) {
	var b strings.Builder
	for s := range 40 {
		fmt.Fprintf(&b, "suite s%d\n", s)
		for n := range []int{1000, 0, 10, 6000}[s%4] {
			fmt.Fprintf(&b, "task t%d\nlabel l \"%s\"\n", n, strings.Repeat("x", n%97))
		}
		b.WriteString("endsuite\n")
	}
	d, err := ParseString(b.String(), Options{})
	require.NoError(t, err)
	whole := string(Append(nil, d, Migrate))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, processors := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(processors)
		for _, expect := range []int{0, 1, len(whole) / 8, len(whole), 100 * len(whole)} {
			var got pieces
			last := Printer{Style: Migrate, Out: &got, Expect: expect}.Append(nil, d)
			require.Greater(t, len(got), 3)
			require.Equal(t, whole, strings.Join(got, "")+string(last))
		}
	}
}
