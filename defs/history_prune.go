package defs

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// PruneHistory forgets the edits of nodes that are not there, and those of earlier days than since, in UTC, unless that is
// the zero time.
//
// source: libs/node Defs.cpp, read_history and handle_migration.
func (d *Defs) PruneHistory(since time.Time) {
	first := dateOf(since)
	for path, entries := range d.history {
		kept := slices.DeleteFunc(entries, func(entry string) bool {
			day := entryDate(entry)
			return day != 0 && day < first
		})
		if len(kept) == len(entries) && (path == "/" || d.Find(path) != nil) {
			continue
		}
		d.revision++
		if len(kept) == 0 || path != "/" && d.Find(path) == nil {
			delete(d.history, path)
		} else {
			d.history[path] = kept
		}
	}
}

// entryDate is the day of an entry that begins with MSG:[hh:mm:ss d.m.yyyy], 0 for others.
func entryDate(entry string) Date {
	stamp, isStamped := strings.CutPrefix(entry, "MSG:[")
	stamp, _, closed := strings.Cut(stamp, "]")
	_, date, hasDate := strings.Cut(stamp, " ")
	words := strings.Split(date, ".")
	if !isStamped || !closed || !hasDate || len(words) != 3 {
		return 0
	}
	number := 0
	for i, most := range [...]int{9999, 12, 31} {
		n, err := strconv.Atoi(words[2-i])
		if err != nil || n < 1 || n > most {
			return 0
		}
		number = number*100 + n
	}
	if !validDate(number) {
		return 0
	}
	return Date(number)
}
