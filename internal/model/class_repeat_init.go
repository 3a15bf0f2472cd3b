package model

import (
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
)

// The constructors of the repeats.

const repeatSource = "source: libs/attribute RepeatAttr.cpp."

func dateInit() Member {
	return Member{Name: "__init__", Doc: "Go from start to end, both yyyymmdd, in steps of delta days.\n\n" +
		"RuntimeError for a name that cannot be one, for what is no date, for a delta of 0, and if delta leads away from the end.", Forms: []Form{
		create("(name: str, start: int, end: int, delta: int = 1) -> RepeatDate", func(a *Args) (any, error) {
			return orNil(defs.NewRepeatDate(a.Str(0), a.Int(1), a.Int(2), a.IntOr(3, 1)))
		}),
	}}
}

func dateTimeInit() Member {
	return Member{Name: "__init__", Doc: "Go from start to end in steps of delta.\n\n" +
		"As text: yyyymmddTHHMMSS, and hh:mm:ss for delta. As numbers: days as yyyymmdd, and hours for delta.\n" +
		"Points in time are those from 1677-09-22 to 2262-04-11; the original takes others for some other point.\n\n" +
		"RuntimeError for a name that cannot be one, for what is no point in time, for a delta of 0, and if delta leads away from the end.",
		Forms: []Form{
			create("(name: str, start: int, end: int, delta: int = 1) -> RepeatDateTime", func(a *Args) (any, error) {
				return newDateTime(a.Str(0), strconv.Itoa(a.Int(1)), strconv.Itoa(a.Int(2)), strconv.Itoa(a.IntOr(3, 1)))
			}),
			create("(name: str, start: str, end: str, delta: str = '24:00:00') -> RepeatDateTime", func(a *Args) (any, error) {
				return newDateTime(a.Str(0), a.Str(1), a.Str(2), a.StrOr(3, "24:00:00"))
			}),
		}}
}

// newDateTime reads from the right, as the original: so the first error is the same.
func newDateTime(name, start, end, delta string) (any, error) {
	step, err := defs.ParseDelta(delta)
	if err != nil {
		return nil, err
	}
	last, err := defs.ParseInstant(end)
	if err != nil {
		return nil, err
	}
	first, err := defs.ParseInstant(start)
	if err != nil {
		return nil, err
	}
	return orNil(defs.NewRepeatDateTime(name, first, last, step))
}

func dateTimeListInit() Member {
	return Member{Name: "__init__", Doc: "Go through a list of texts yyyymmddTHHMMSS.\n\n" +
		"RuntimeError for a name that cannot be one, without items, and for what is no point in time; TypeError for items that are no texts.", Forms: []Form{
		create("() -> RepeatDateTimeList", func(*Args) (any, error) { return new(defs.RepeatDateTimeList), nil }),
		create("(name: str, items: list, /) -> RepeatDateTimeList", func(a *Args) (any, error) {
			return named(a, func(name string, items []string) (any, error) {
				points := make([]defs.Instant, len(items))
				for i, item := range items {
					p, err := defs.ParseInstant(item)
					if err != nil {
						return nil, argf("RepeatDateTimeList: list elements must be strings in yyyymmddTHHMMSS format\nItem %d is '%s'.", i, item)
					}
					points[i] = p
				}
				return orNil(defs.NewRepeatDateTimeList(name, points))
			})
		}),
	}}
}

func dateListInit() Member {
	return Member{Name: "__init__", Doc: "Go through a list of days, yyyymmdd.\n\n" +
		"RuntimeError for a name that cannot be one, without items, and for what is no date; TypeError for items that are no numbers.", Forms: []Form{
		create("() -> RepeatDateList", func(*Args) (any, error) { return new(defs.RepeatDateList), nil }),
		create("(name: str, days: list, /) -> RepeatDateList", func(a *Args) (any, error) {
			days, err := a.At(1).ints()
			if err != nil {
				return nil, err
			}
			return orNil(defs.NewRepeatDateList(a.Str(0), days))
		}),
	}}
}

func integerInit() Member {
	return Member{Name: "__init__", Doc: "Go from start to end in steps of delta. RuntimeError for a name that cannot be one.", Forms: []Form{
		create("(name: str, start: int, end: int, delta: int = 1) -> RepeatInteger", func(a *Args) (any, error) {
			return orNil(defs.NewRepeatInteger(a.Str(0), a.Int(1), a.Int(2), a.IntOr(3, 1)))
		}),
	}}
}

func textsInit(class string, made func(name string, items []string) (any, error), empty func() any) Member {
	return Member{Name: "__init__", Doc: "Go through a list of texts.\n\n" +
		"RuntimeError for a name that cannot be one and without items; TypeError for items that are no texts.", Forms: []Form{
		create("() -> "+class, func(*Args) (any, error) { return empty(), nil }),
		create("(name: str, items: list, /) -> "+class, func(a *Args) (any, error) { return named(a, made) }),
	}}
}
