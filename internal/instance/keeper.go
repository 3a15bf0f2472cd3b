package instance

import (
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/checkpoint"
	"github.com/ecflow-go/ecflow/internal/engine"
	"github.com/ecflow-go/ecflow/internal/logfile"
	"github.com/ecflow-go/ecflow/internal/settings"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// keeping is a saver of check points as an engine knows it.
type keeping struct {
	*checkpoint.Saver
	started bool
}

var modes = [...]wire.CheckPtMode{settings.Never: wire.CheckPtNever, settings.OnTime: wire.CheckPtOnTime, settings.Always: wire.CheckPtAlways}

func newKeeper(tree engine.Snapshot, log *logfile.File, set *settings.Settings) *keeping {
	files := set.Files()
	return &keeping{
		Saver: checkpoint.New(tree, log, checkpoint.Settings{
			Path: files.Checkpoint, Old: files.Backup, Mode: modes[set.CheckpointMode],
			Interval: time.Duration(set.CheckpointInterval) * time.Second, Alarm: time.Duration(set.SaveTimeAlarm) * time.Second,
			Host: set.Host, Port: strconv.Itoa(set.Port),
		}),
	}
}

// Changed gives what brings the change to the disk, in the mode that asks for it.
func (k *keeping) Changed() func() error {
	if k.Mode() != wire.CheckPtAlways {
		return nil
	}
	return func() error { k.Saver.Changed(); return nil } // the saver itself tells of what goes wrong
}

// Save is what a user asks for.
func (k *keeping) Save() error { return k.Saver.Save(false) }

func (k *keeping) Set(mode wire.CheckPtMode, interval, alarm int) {
	k.Saver.Set(mode, time.Duration(interval)*time.Second, time.Duration(alarm)*time.Second)
}

func (k *keeping) Settings() (mode wire.CheckPtMode, interval, alarm int) {
	return k.Mode(), int(k.Interval() / time.Second), int(k.Alarm() / time.Second)
}

func (k *keeping) Hold() { k.SetRunning(false) }
func (k *keeping) Go()   { k.SetRunning(true) }

// Restore reads what was kept. The first time it refuses to go on without it.
func (k *keeping) Restore() (*defs.Defs, error) {
	d := defs.New()
	if k.started {
		if !k.Load(d) {
			return nil, nil
		}
		return d, nil
	}
	k.started = true
	if loaded, err := k.Start(d); err != nil || !loaded {
		return nil, err
	}
	return d, nil
}
