package defs

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPruneHistory(t *testing.T) {
	fill := func() *Defs {
		d := New()
		s, err := d.AddSuite("s")
		require.NoError(t, err)
		_, err = s.AddTask("t")
		require.NoError(t, err)
		for _, entry := range []string{
			"MSG:[10:00:00 31.12.2025] --old :u@h", "MSG:[10:00:00 1.1.2026] --new :u@h", "MSG:[10:00:00 02.01.2026] --new :u@h",
			"MSG:[10:00:00 31.2.2001] no day", "MSG:[10:00:00 1.2001] no day", "MSG:[1.1.2001 10:00:00] no day", "MSG:[10:00:00 1.1.2001", "LOG:[10:00:00 1.1.2001] not read",
			"MSG:[10:00:00 1.x.2001] no day",
		} {
			d.AddHistory("/s/t", entry)
		}
		d.AddHistory("/", "MSG:[10:00:00 31.12.2025] --old :u@h")
		d.AddHistory("/", "MSG:[10:00:00 1.1.2026] --new :u@h")
		d.AddHistory("/s", "MSG:[10:00:00 31.12.2025] --old :u@h")
		d.AddHistory("/s/gone", "MSG:[10:00:00 1.1.2026] --new :u@h")
		return d
	}
	d := fill()
	d.PruneHistory(time.Date(2026, 1, 1, 23, 0, 0, 0, time.UTC))
	require.Equal(t, []string{"/", "/s/t"}, d.HistoryPaths())
	require.Equal(t, []string{"MSG:[10:00:00 1.1.2026] --new :u@h"}, d.History("/"))
	require.Equal(t, fill().History("/s/t")[1:], d.History("/s/t"))

	d = fill()
	d.PruneHistory(time.Time{})
	require.Equal(t, []string{"/", "/s", "/s/t"}, d.HistoryPaths())
	require.Equal(t, fill().History("/s/t"), d.History("/s/t"))
}
