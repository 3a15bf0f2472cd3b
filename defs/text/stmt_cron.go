package text

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

func isCronOption(w string) bool {
	return strings.Contains(w, "-w") || strings.Contains(w, "-d") || strings.Contains(w, "-m")
}

// cron reads: cron [-w 0,1,5L] [-d 1,15,L] [-m 1,6] TIMES, in any order; lists may have blanks.
//
// source: libs/attribute CronAttr.cpp, parse.
func (p *parser) cron() error {
	var c defs.CronAttr
	timed := false
	for i := 1; i < len(p.words); {
		w := p.words[i]
		switch {
		case isCronOption(w):
			next, err := p.cronOption(&c, i)
			if err != nil {
				return err
			}
			i = next
		case !timed && strings.Contains(w, ":"):
			series, err := p.series(i)
			if err != nil {
				return err
			}
			c.Series, timed = series, true
			if p.style == Defs {
				i = len(p.words)
			} else {
				i++
			}
		case strings.Contains(w, "#"):
			c.Free = p.style != Defs && p.word(i+1) == "free"
			i = len(p.words)
		default:
			i++
		}
	}
	if !timed {
		return want(len(p.words), "a time, hh:mm", "Invalid cron, no time specified")
	}
	return at(1, p.top().AddCron(c))
}

// cronOption reads one option at word i, and gives the number of the word after it.
func (p *parser) cronOption(c *defs.CronAttr, i int) (int, error) {
	where := i
	what := map[string]string{"-w": "week days", "-d": "Days of the month", "-m": "Months"}[p.words[i]]
	if what == "" {
		return i, want(i, "-w, -d or -m", "extractOption: Invalid cron option :"+p.words[i])
	}
	var list strings.Builder
	for i++; i < len(p.words) && !isCronOption(p.words[i]) && !strings.Contains(p.words[i], ":"); i++ {
		list.WriteString(p.words[i])
	}
	var days, last []int
	for item := range strings.SplitSeq(list.String(), ",") {
		if item == "" {
			continue
		}
		into := &days
		switch {
		case what == "week days" && len(item) == 2:
			if item[1] != 'L' {
				return i, bad(where+1, "Invalid cron option: "+what+" "+item)
			}
			item, into = item[:1], &last
		case what == "Days of the month" && item == "L":
			c.LastDayOfMonth = true
			continue
		}
		n, ok := number(item)
		if !ok {
			return i, want(where+1, "numbers with commas between", "Invalid cron option: "+what)
		}
		*into = append(*into, n)
	}
	var err error
	switch what {
	case "week days":
		if err = c.SetWeekDays(days); err == nil {
			err = c.SetLastWeekDays(last)
		}
	case "Months":
		err = c.SetMonths(days)
	default:
		err = c.SetDaysOfMonth(days)
	}
	return i, at(where+1, err)
}
