package dual

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// recordVariable names the directory with users.steps and users.def, where what the original answers is to be written.
const recordVariable = "ECFLOW_RECORD"

// recorded is a step, and what came of it.
type recorded struct {
	Step       string
	Request    string
	Reply      string
	Definition string
	Log        string
}

// TestRecord writes down what the original does with the steps of internal/engine/testdata.
func TestRecord(t *testing.T) {
	dir := os.Getenv(recordVariable)
	if dir == "" {
		t.Skip(recordVariable + " is not set")
	}
	steps, err := os.ReadFile(dir + "/users.steps")
	require.NoError(t, err)
	def, err := os.ReadFile(dir + "/users.def")
	require.NoError(t, err)
	s := newSide(realserver.Start(t, original, realserver.Config{}), reads{"users.def": string(def)})
	_, err = s.news()
	require.NoError(t, err)
	out, err := os.Create(dir + "/users." + original.Version + ".jsonl")
	require.NoError(t, err)
	encoder := json.NewEncoder(out)
	for _, line := range strings.Split(strings.TrimSpace(string(steps)), "\n") {
		one := step(strings.Replace(line, "load", "load users.def", 1))
		if !strings.HasPrefix(line, "load") {
			one = step(line)
		}
		request, err := one.request(&s.mail)
		require.NoError(t, err, line)
		payload, err := wire.EncodeRequest(request)
		require.NoError(t, err, line)
		reply, err := s.send(request)
		require.NoError(t, err, line)
		answer, err := wire.EncodeReply(reply)
		require.NoError(t, err, line)
		migrated, err := s.send(&wire.CtsNodeCmd{UserCmd: asked(), API: wire.CtsNodeMigrate})
		require.NoError(t, err, line)
		log, err := s.news()
		require.NoError(t, err, line)
		place := strings.NewReplacer(s.server.Home, "HOME", s.server.Port, "PORT", s.server.HostName, "HOST")
		require.NoError(t, encoder.Encode(recorded{
			line, string(payload), place.Replace(string(answer)), place.Replace(migrated.(*wire.DefsCmd).Defs), place.Replace(log),
		}))
	}
	require.NoError(t, out.Close())
}
