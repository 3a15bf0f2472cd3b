package engine

import (
	"github.com/ecflow-go/ecflow/internal/stats"
	"github.com/ecflow-go/ecflow/internal/version"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// counts are the requests counted.
type counts struct{ stats.Counters }

// counter names one of the counters.
type counter func(*wire.RequestCounts) *uint32

func (c *counts) add(which counter) {
	if which != nil {
		c.Add(which(&c.Requests))
	}
}

// statistics are the server's figures. The lock is held for reading.
//
// source: libs/base Stats.cpp; libs/server BaseServer.cpp.
func (c *call) statistics() *wire.Stats {
	s := &wire.Stats{
		Version: 2, Status: wire.ServerState(c.tree.ServerState()), LockedByUser: c.lockedBy, Host: c.opts.Host, Port: c.opts.Port,
		UpSince: c.begun.UTC().Format("2006-Jan-02 15:04:05"), ServerVersion: version.Description(),
		JobSubInterval: int(seconds(c.opts.Interval)), NoOfSuites: len(c.tree.Suites()), RequestStats: c.counts.Rates(),
		EcfHome: c.opts.Home, EcfCheck: c.opts.Check, EcfLog: c.log.Path(), EcfSSL: c.opts.SSL,
		Counts: c.counts.Counts(), Metrics: stats.Metrics(), Protocol: c.opts.Protocol, CheckptMode: wire.CheckPtNever,
	}
	if s.EcfSSL == "" {
		s.EcfSSL = "disabled"
	}
	if c.keeper != nil {
		s.CheckptMode, s.CheckptInterval, s.CheckptSaveTimeAlarm = c.keeper.Settings()
	}
	return s
}

func (c *call) statsTable() (wire.Reply, error) {
	return &wire.SStringCmd{Str: stats.Table(c.statistics(), c.counts.Restores())}, nil
}

func (c *call) statsServer() (wire.Reply, error) {
	return &wire.SStatsCmd{Stats: *c.statistics()}, nil
}

func (c *call) statsReset() (wire.Reply, error) {
	c.counts.Reset()
	return nil, nil
}
