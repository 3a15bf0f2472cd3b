package text

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/parallel"
)

func TestPass_thePiecesAreTheWhole(t *testing.T) {
	var b strings.Builder
	for s := range 8 {
		fmt.Fprintf(&b, "suite s%d\n", s)
		for n := range 4000 {
			fmt.Fprintf(&b, "task t%d\nlabel l \"%s\"\n", n, strings.Repeat("x", n%97))
		}
		b.WriteString("endsuite\n")
	}
	d, err := ParseString(b.String(), Options{})
	require.NoError(t, err)
	whole := string(Append(nil, d, Migrate))
	defer parallel.Spare(0)
	for _, spare := range []int{0, 1000} {
		parallel.Spare(spare)
		var pieces []string
		last := Printer{Style: Migrate, Pass: func(piece []byte) []byte {
			pieces = append(pieces, string(piece))
			clear(piece) // it is somebody else's now
			return piece
		}}.Append(nil, d)
		require.Greater(t, len(pieces), 3)
		require.Equal(t, whole, strings.Join(pieces, "")+string(last))
	}
}
