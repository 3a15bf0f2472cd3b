package engine

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func TestStats_tableAndFigures(t *testing.T) {
	b := newBench(t)
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsPing})
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsRestoreDefsFromCheckpt})
	table := b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsStats}).(*wire.SStringCmd).Str
	for _, line := range []string{
		"  Version                         Ecflow version(5.19.0) ", "  Status                          HALTED\n",
		"  Up since                        2026-Nov-24 12:00:30\n", "  ECF_LOG                         log\n",
		"  ECF_SSL                         disabled\n", "  Restore from Check point        1\n", "  Ping                            1\n",
		"  Stats cmd                       1\n", "  pid   ",
	} {
		require.Contains(t, table, line)
	}
	s := b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsStatsServer}).(*wire.SStatsCmd).Stats
	require.EqualValues(t, 1, s.Counts.Ping)
	require.EqualValues(t, 2, s.Counts.Stats)
	payload, err := wire.EncodeReply(&wire.SStatsCmd{Stats: s})
	require.NoError(t, err)
	again, err := wire.DecodeReply(payload)
	require.NoError(t, err)
	require.Equal(t, s, again.(*wire.SStatsCmd).Stats)
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsStatsReset})
	table = b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsStats}).(*wire.SStringCmd).Str
	require.NotContains(t, table, "Ping")
}

func TestLog_requests(t *testing.T) {
	b := newBench(t)
	require.Equal(t, "log", b.ask(&wire.LogCmd{UserCmd: fred, API: wire.LogPath}).(*wire.SStringCmd).Str)
	require.Contains(t, b.ask(&wire.LogCmd{UserCmd: fred, API: wire.LogGet}).(*wire.SStringCmd).Str, "--log=get")
	for _, api := range []wire.LogAPI{wire.LogClear, wire.LogFlush} {
		require.Equal(t, ok, b.ask(&wire.LogCmd{UserCmd: fred, API: api}))
	}
	require.Equal(t, ok, b.ask(&wire.LogCmd{UserCmd: fred, API: wire.LogNew, NewPath: "other"}))
	require.Equal(t, []defs.Variable{{Name: "ECF_LOG", Value: "log"}}, b.tree.UserVariables())
	require.Equal(t, []string{"other"}, b.log.moved)
	require.Equal(t, ok, b.ask(&wire.LogCmd{UserCmd: fred, API: wire.LogNew}))
	require.Equal(t, []string{"other", "log"}, b.log.moved, "that of ECF_LOG")

	b.log.problem = "Could not open log file"
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsPing})
	require.True(t, b.tree.Flag().Has(defs.FlagLogError))
	require.Contains(t, b.tree.UserVariables(), defs.Variable{Name: "ECF_LOG_ERROR", Value: "Could not open log file"})
}

// paper is a keeper in memory.
type paper struct {
	did  []string
	fail error
}

func (p *paper) Changed() func() error {
	return func() error { p.did = append(p.did, "changed"); return nil }
}
func (p *paper) Save() error { p.did = append(p.did, "save"); return p.fail }
func (p *paper) Set(mode wire.CheckPtMode, interval, alarm int) {
	p.did = append(p.did, strings.Repeat("x", int(mode)+interval+alarm))
}
func (p *paper) Settings() (wire.CheckPtMode, int, int) { return wire.CheckPtAlways, 7, 8 }
func (p *paper) Hold()                                  { p.did = append(p.did, "hold") }
func (p *paper) Go()                                    { p.did = append(p.did, "go") }
func (p *paper) Restore() (*defs.Defs, error)           { return nil, nil }

func TestKeeper_isToldInTime(t *testing.T) {
	b, p := newBench(t), &paper{}
	b.keeper = p
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsPing})
	require.Empty(t, p.did)
	require.Equal(t, ok, b.ask(&wire.CheckPtCmd{UserCmd: fred, Mode: wire.CheckPtUndefined}))
	require.Equal(t, []string{"save"}, p.did)
	p.fail = errors.New("no room")
	e := b.ask(&wire.CheckPtCmd{UserCmd: fred, Mode: wire.CheckPtUndefined}).(*wire.ErrorCmd)
	require.Equal(t, "Could not save check point file. file system full or permissions ?", e.ErrorMsg)
	p.did = nil
	require.Equal(t, ok, b.ask(&wire.CheckPtCmd{UserCmd: fred, Mode: wire.CheckPtUndefined, CheckPtInterval: 1}))
	require.Equal(t, []string{"xxxx", "changed"}, p.did)
	p.did, p.fail = nil, nil
	group := &wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{&wire.CheckPtCmd{UserCmd: fred, Mode: wire.CheckPtUndefined}}}
	require.Equal(t, ok, b.ask(group))
	require.Equal(t, "save", p.did[0])
	p.did = nil
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsRestartServer})
	b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsHaltServer})
	require.Equal(t, []string{"go", "changed", "hold", "changed"}, p.did)
	s := b.ask(&wire.CtsCmd{UserCmd: fred, API: wire.CtsStatsServer}).(*wire.SStatsCmd).Stats
	require.Equal(t, []int{2, 7, 8}, []int{int(s.CheckptMode), s.CheckptInterval, s.CheckptSaveTimeAlarm})
}

// A request that fails after it has changed something is as safe as others.
func TestKeeper_isToldOfWhatFailsInItsMidst(t *testing.T) {
	b, p := newBench(t), &paper{}
	b.load("suite s\n task t\nendsuite\n")
	b.keeper = p
	_, failed := b.ask(&wire.ForceCmd{UserCmd: fred, Paths: []string{"/s/t", "/nix"}, StateOrEvent: "complete"}).(*wire.ErrorCmd)
	require.True(t, failed)
	require.Equal(t, defs.Complete, b.tree.Find("/s/t").State())
	require.Equal(t, []string{"changed"}, p.did)
}
