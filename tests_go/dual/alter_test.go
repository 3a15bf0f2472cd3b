package dual

import (
	"fmt"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// alter is one of all alterations.
func (p *speaker) alter() step {
	paths := []string{p.path()}
	if p.often(10) {
		paths = append(paths, p.path())
	}
	c := wire.NewAlterCmd(wire.UserCmd{}, paths, "", "")
	switch at := p.IntN(100); {
	case at < 35:
		p.alterAdd(c)
	case at < 55:
		p.alterDelete(c)
	case at < 88:
		p.alterChange(c)
	case at < 96:
		bits := 26
		if p.older { // 5.9.2 does not know the last
			bits = 25
		}
		c.FlagType, c.Flag = wire.FlagBit(p.IntN(bits)), p.often(60)
	default:
		c.Name, c.Value = of(p.chooser, "event", "meter", "label", "variable", "limit", "all", "wrong"), of(p.chooser, "", "recursive")
	}
	return rawStep(c)
}

func (p *speaker) alterAdd(c *wire.AlterCmd) {
	kinds := []wire.AlterAdd{
		wire.AlterAddTime, wire.AlterAddToday, wire.AlterAddDate, wire.AlterAddDay, wire.AlterAddZombie, wire.AlterAddVariable, wire.AlterAddVariable,
		wire.AlterAddLate, wire.AlterAddLimit, wire.AlterAddInLimit, wire.AlterAddLabel,
	}
	if !p.older {
		kinds = append(kinds, wire.AlterAddEvent, wire.AlterAddMeter)
	}
	c.AddAttrType = of(p.chooser, kinds...)
	switch c.AddAttrType {
	case wire.AlterAddTime, wire.AlterAddToday:
		c.Name = of(p.chooser, "+00:20", "23:30", "00:00 20:00 01:00", "wrong", "25:00", "00:00")
	case wire.AlterAddDate:
		c.Name = of(p.chooser, "1.*.*", "24.12.2027", "*.*.*", "32.1.2020", "wrong")
	case wire.AlterAddDay:
		c.Name = of(p.chooser, "sunday", "monday", "wrong")
	case wire.AlterAddZombie:
		c.Name = of(p.chooser, "ecf:fob::", "user:fail::", "wrong", "path:adopt:init:200")
	case wire.AlterAddVariable:
		c.Name, c.Value = of(p.chooser, "V0", "V9", "ECF_TRIES", "bad name", ""), of(p.chooser, "new", "", "2", "with  blanks")
	case wire.AlterAddLate:
		c.Name = of(p.chooser, "-s +00:01", "-a 14:30 -c +03:00", "wrong")
	case wire.AlterAddLimit:
		c.Name, c.Value = of(p.chooser, "l0", "l9", "bad name"), of(p.chooser, "2", "0", "wrong", "-1")
	case wire.AlterAddInLimit:
		c.Name, c.Value = of(p.chooser, p.path()+":l0", "l0", "/nosuch:l0", p.path()+":l1"), of(p.chooser, "", "2", "wrong")
	case wire.AlterAddLabel:
		c.Name, c.Value = of(p.chooser, "info", "more", "bad name"), of(p.chooser, "text", "", "a b")
	case wire.AlterAddEvent:
		c.Name, c.Value = of(p.chooser, "ev0", "ev9", "7"), of(p.chooser, "set", "clear", "", "wrong")
	case wire.AlterAddMeter:
		c.Name, c.Value = of(p.chooser, "m0", "m9"), of(p.chooser, "0,100,50", "0,100", "10,0,5", "wrong", "")
	}
}

func (p *speaker) alterDelete(c *wire.AlterCmd) {
	c.DelAttrType = wire.AlterDelete(p.IntN(20))
	if c.DelAttrType == wire.AlterDeleteNone {
		c.DelAttrType = wire.AlterDeleteVariable
	}
	switch c.DelAttrType {
	case wire.AlterDeleteVariable:
		c.Name = of(p.chooser, "V0", "V9", "R", "", "ECF_TRIES", "nosuch")
	case wire.AlterDeleteTime, wire.AlterDeleteToday:
		c.Name = of(p.chooser, "", "00:00", "+00:20", "wrong")
	case wire.AlterDeleteDate:
		c.Name = of(p.chooser, "", "1.*.*", "*.*.*", "wrong")
	case wire.AlterDeleteDay:
		c.Name = of(p.chooser, "", "sunday", "wrong")
	case wire.AlterDeleteCron:
		c.Name = of(p.chooser, "", "23:00", "wrong")
	case wire.AlterDeleteEvent:
		c.Name = of(p.chooser, "", "ev0", "1", "nosuch")
	case wire.AlterDeleteMeter:
		c.Name = of(p.chooser, "", "m0", "nosuch")
	case wire.AlterDeleteLabel:
		c.Name = of(p.chooser, "", "info", "nosuch")
	case wire.AlterDeleteLimit:
		c.Name = of(p.chooser, "", "l0", "nosuch")
	case wire.AlterDeleteLimitPath:
		c.Name, c.Value = of(p.chooser, "l0", "l1"), p.path()
	case wire.AlterDeleteInLimit:
		c.Name = of(p.chooser, "", "l0", p.path()+":l0", "nosuch")
	case wire.AlterDeleteZombie:
		c.Name = of(p.chooser, "", "ecf", "user", "wrong")
	case wire.AlterDeleteQueue:
		c.Name = of(p.chooser, "", "q", "nosuch")
	case wire.AlterDeleteGeneric:
		c.Name = of(p.chooser, "", "gen", "nosuch")
	}
}

func (p *speaker) alterChange(c *wire.AlterCmd) {
	c.ChangeAttrType = wire.AlterChange(p.IntN(18))
	if c.ChangeAttrType == wire.AlterChangeNone {
		c.ChangeAttrType = wire.AlterChangeVariable
	}
	switch c.ChangeAttrType {
	case wire.AlterChangeVariable:
		c.Name, c.Value = of(p.chooser, "V0", "V1", "R", "ECF_TRYNO", "nosuch"), of(p.chooser, "changed", "", "2")
		if p.often(20) {
			c.Paths, c.Name = []string{"/"}, of(p.chooser, "ECF_MINE", "ECF_HOST", "ECF_MICRO")
		}
	case wire.AlterChangeClockType:
		c.Name = of(p.chooser, "hybrid", "real", "wrong")
	case wire.AlterChangeClockDate:
		c.Name = of(p.chooser, "24.12.2027", "wrong", "1.1.2028")
	case wire.AlterChangeClockGain:
		c.Name = of(p.chooser, "3600", "-60", "wrong")
	case wire.AlterChangeEvent:
		c.Name, c.Value = of(p.chooser, "ev0", "go0", "1", "nosuch"), of(p.chooser, "set", "clear", "", "wrong")
	case wire.AlterChangeMeter:
		c.Name, c.Value = of(p.chooser, "m0", "m1", "nosuch"), of(p.chooser, "5", "1000", "wrong", "")
	case wire.AlterChangeLabel:
		c.Name, c.Value = of(p.chooser, "info", "nosuch"), of(p.chooser, "changed", "", "two\nlines")
	case wire.AlterChangeTrigger, wire.AlterChangeComplete:
		c.Name = of(p.chooser, p.path()+" == complete", "1 == 0", "t0 == complete", "((", "/nosuch == complete", p.path()+":ev0")
	case wire.AlterChangeRepeat:
		c.Name = of(p.chooser, "2", "0", "20280102", "green", "b", "wrong", "")
	case wire.AlterChangeLimitMax, wire.AlterChangeLimitValue:
		c.Name, c.Value = of(p.chooser, "l0", "l1", "nosuch"), of(p.chooser, "3", "0", "wrong", "-1")
	case wire.AlterChangeDefstatus:
		c.Name = of(p.chooser, "complete", "queued", "suspended", "aborted", "wrong")
	case wire.AlterChangeLate:
		c.Name = of(p.chooser, "-c +03:00", "-s +00:05 -a 10:00", "wrong")
	case wire.AlterChangeTime, wire.AlterChangeToday:
		c.Name, c.Value = of(p.chooser, "00:00", "10:00", "+00:30", "wrong"), of(p.chooser, "11:00", "+01:00", fmt.Sprintf("%02d:30", p.IntN(26)), "wrong")
	}
}
