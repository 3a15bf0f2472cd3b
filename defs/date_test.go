package defs

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What ecflow_client 5.19.0 makes of days in a check point.
func TestParseDate(t *testing.T) {
	const (
		badDay   = "Day of month value is out of range 1..31"
		badMonth = "Month number is out of range 1..12"
	)
	for text, want := range map[string]string{
		"": badDay, "x": badCast, "2018": badDay, "2018-Jan": badDay, "2018-Jan-": badDay, "2018-Xyz-08": badMonth, "2018-Jan-40": badDay,
		"2018-Jan-0": badDay, "2018-Feb-30": "Day of month is not valid for year", "1300-Jan-01": "Year is out of valid range: 1400..9999",
		"99999-Jan-01": badCast, "20180108": badCast, "2018-13-08": badMonth, "2018--08": badDay, "2018-Jan-x": badCast, "x:y": badCast,
		"2018:01": badDay, "2018-Jan-8x": badCast, "01-Jan-2018": badDay,
	} {
		_, err := ParseDate(text)
		require.EqualError(t, err, "ecflow: "+want, text)
	}
	for _, text := range []string{
		"2018-Jan-08", "2018-jan-08", "2018-January-08", "2018-01-08", "2018/01/08", "2018-1-8", "-2018-Jan-08", "2018-Jan-08-09",
		"2018.Jan.08", "2018-JAN-08", "2018-Jan-008", "02018-Jan-08", "2018,Jan,08",
	} {
		d, err := ParseDate(text)
		require.NoError(t, err, text)
		require.Equal(t, Date(20180108), d, text)
	}
}

func TestParsePoint(t *testing.T) {
	for text, want := range map[string]string{
		"2018-jan-03 10:00:00": "2018-Jan-03 10:00:00", "2018/1/3 10:0:0": "2018-Jan-03 10:00:00", "2018-Jan-03 10:00": "2018-Jan-03 10:00:00",
		"2018-Jan-03 25:00:00": "2018-Jan-04 01:00:00", "2018-Jan-03 10:61:00": "2018-Jan-03 11:01:00", "2018-Jan-03 -01:00:00": "2018-Jan-02 23:00:00",
		"2018-Jan-03 10:00:00.5": "2018-Jan-03 10:00:00.500000",
	} {
		at, err := ParsePoint(text)
		require.NoError(t, err, text)
		require.Equal(t, want, FormatPoint(at))
	}
	for _, text := range []string{"", "2018-Jan-03", "2018-Jan-03 ", "2018-Jan-03 x", "x 10:00:00", "not-a-date-time", "1300-Jan-01 10:00:00"} {
		_, err := ParsePoint(text)
		require.Error(t, err, text)
	}
}
