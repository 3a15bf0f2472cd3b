package text

import (
	"slices"
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
)

// repeat reads a repeat of any kind; after a hash stands its value, or index.
//
// source: libs/node/parser RepeatParser.cpp.
func (p *parser) repeat() error {
	if len(p.words) < 3 {
		return want(len(p.words), "repeat <kind> <name> ...", "RepeatParser::doParse: Invalid repeat "+p.stmt)
	}
	read, known := repeatKinds[p.words[1]]
	if !known {
		return want(1, "date, datetime, datelist, datetimelist, integer, enumerated, string or day",
			"RepeatParser::doParse: Invalid repeat "+p.stmt)
	}
	r, err := read(p)
	if err != nil || r == nil {
		return err
	}
	if err := p.repeatState(r); err != nil {
		return err
	}
	return at(1, p.top().SetRepeat(r))
}

var repeatKinds map[string]func(*parser) (defs.Repeat, error)

func init() {
	unsupported := func(p *parser) (defs.Repeat, error) {
		return nil, bad(1, "RepeatParser::doParse: repeat "+p.words[1]+" not supported: "+p.stmt)
	}
	repeatKinds = map[string]func(*parser) (defs.Repeat, error){
		"date":         (*parser).repeatDate,
		"datetime":     (*parser).repeatDateTime,
		"datelist":     (*parser).repeatDateList,
		"datetimelist": (*parser).repeatDateTimeList,
		"integer":      (*parser).repeatInteger,
		"enumerated":   (*parser).repeatTexts,
		"string":       (*parser).repeatTexts,
		"day":          (*parser).repeatDay,
		"file":         func(*parser) (defs.Repeat, error) { return nil, nil },
		"month":        unsupported,
		"year":         unsupported,
	}
}

// repeatState reads the value after the last hash.
func (p *parser) repeatState(r defs.Repeat) error {
	if _, day := r.(*defs.RepeatDay); p.style == Defs || day {
		return nil
	}
	for i := len(p.words) - 1; i > 3; i-- {
		if p.words[i] != "#" {
			continue
		}
		if _, ok := r.(*defs.RepeatDateTime); ok {
			v, err := defs.ParseInstant(p.word(i + 1))
			if err != nil {
				return at(i+1, err)
			}
			r.Set(int64(v))
			return nil
		}
		v, ok := number(p.word(i + 1))
		if !ok {
			return want(i+1, "the value", "RepeatParser::doParse, could not extract repeat value")
		}
		r.Set(int64(v))
		return nil
	}
	return nil
}

func (p *parser) badRepeat(i int, expected string) error {
	return want(i, expected, "Invalid repeat : "+p.stmt)
}

// day reads yyyymmdd.
func (p *parser) yearMonthDay(i int) (int, error) {
	w := p.words[i]
	if len(w) != 8 {
		return 0, want(i, "yyyymmdd", "Invalid repeat : "+p.stmt+" YMD must be 8 characters i.e yyyymmdd")
	}
	n, err := strconv.Atoi(w)
	if err != nil || !defs.ValidDate(n) {
		return 0, p.badRepeat(i, "a date, yyyymmdd")
	}
	return n, nil
}

func (p *parser) repeatDate() (defs.Repeat, error) {
	if len(p.words) < 5 {
		return nil, p.badRepeat(len(p.words), "repeat date <name> <yyyymmdd> <yyyymmdd> [<step>]")
	}
	start, err := p.yearMonthDay(3)
	if err != nil {
		return nil, err
	}
	end, err := p.yearMonthDay(4)
	if err != nil {
		return nil, err
	}
	step, ok := p.optional(5, 1)
	if !ok {
		return nil, p.badRepeat(5, "a step in days")
	}
	r, err := defs.NewRepeatDate(p.words[2], start, end, step)
	return r, at(2, err)
}

func (p *parser) repeatInteger() (defs.Repeat, error) {
	if len(p.words) < 5 {
		return nil, p.badRepeat(len(p.words), "repeat integer <name> <start> <end> [<step>]")
	}
	start, ok1 := number(p.words[3])
	end, ok2 := number(p.words[4])
	step, ok3 := p.optional(5, 1)
	for i, ok := range []bool{ok1, ok2, ok3} {
		if !ok {
			return nil, p.badRepeat(3+i, "a whole number")
		}
	}
	r, err := defs.NewRepeatInteger(p.words[2], start, end, step)
	return r, at(2, err)
}

func (p *parser) repeatDay() (defs.Repeat, error) {
	step, ok := number(p.words[2])
	if !ok {
		return nil, want(2, "a step in days", "Invalid repeat day:")
	}
	if w := p.word(3); w != "" && w[0] != '#' {
		return nil, bad(3, "RepeatParser::doParse: repeat day, <end-date> not supported: "+p.stmt)
	}
	return defs.NewRepeatDay(step), nil
}

const aDay = 86400

func (p *parser) repeatDateTime() (defs.Repeat, error) {
	if len(p.words) < 5 {
		return nil, p.badRepeat(len(p.words), "repeat datetime <name> <yyyymmddTHHMMSS> <yyyymmddTHHMMSS> [<hh:mm:ss>]")
	}
	start, err := defs.ParseInstant(p.words[3])
	if err != nil {
		return nil, at(3, err)
	}
	end, err := defs.ParseInstant(p.words[4])
	if err != nil {
		return nil, at(4, err)
	}
	step := int64(aDay)
	if len(p.words) > 5 {
		if step, err = defs.ParseDelta(p.words[5]); err != nil {
			return nil, want(5, "a step, hh:mm:ss", message(err))
		}
	}
	r, err := defs.NewRepeatDateTime(p.words[2], start, end, step)
	return r, at(2, err)
}

// items are the words of a list without their quotes, up to a comment.
func (p *parser) items() ([]string, error) {
	items := slices.Clone(p.words[min(3, len(p.words)):p.comment(3)])
	if len(items) == 0 {
		return nil, p.badRepeat(3, "at least one value")
	}
	return items, nil
}

func (p *parser) repeatTexts() (defs.Repeat, error) {
	items, err := p.items()
	if err != nil {
		return nil, err
	}
	for i := range items {
		items[i] = unquotedText(items[i])
	}
	if p.words[1] == "string" {
		r, err := defs.NewRepeatString(p.words[2], items)
		return r, at(2, err)
	}
	r, err := defs.NewRepeatEnumerated(p.words[2], items)
	return r, at(2, err)
}

func (p *parser) repeatDateList() (defs.Repeat, error) {
	items, err := p.items()
	if err != nil {
		return nil, err
	}
	days := make([]int, len(items))
	for i, item := range items {
		var ok bool
		if days[i], ok = number(unquoted(item)); !ok {
			return nil, want(3+i, "a date, yyyymmdd",
				"RepeatParser::doParse: repeat datelist "+p.words[2]+", invalid date : "+unquoted(item))
		}
	}
	r, err := defs.NewRepeatDateList(p.words[2], days)
	return r, at(2, err)
}

func (p *parser) repeatDateTimeList() (defs.Repeat, error) {
	items, err := p.items()
	if err != nil {
		return nil, err
	}
	points := make([]defs.Instant, len(items))
	for i, item := range items {
		if points[i], err = defs.ParseInstant(unquoted(item)); err != nil {
			return nil, want(3+i, "yyyymmddTHHMMSS",
				"RepeatParser::doParse: repeat datetimelist "+p.words[2]+", invalid datetime : "+unquoted(item))
		}
	}
	r, err := defs.NewRepeatDateTimeList(p.words[2], points)
	return r, at(2, err)
}
