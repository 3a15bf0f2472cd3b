package settings

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzParse: any text of a file is taken whole or refused with a line, and never a panic.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"ECF_PORT = 3141\n", "[a]\nb=c", "= a", "ECF_HOME=.#x\n\nECF_INTERVAL = 3\r\n", "[", "[]", "[]=", "\x00=\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := defaults(Given{Host: "h"})
		if err := s.parse(data); err != nil {
			require.Positive(t, err.Line)
			require.True(t, strings.HasPrefix(err.Msg, "ServerEnvironment::read_config_file() "))
		}
	})
}
