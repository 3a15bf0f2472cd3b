package defs

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

// said is an error's message, or "" for none.
func said(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	return f.Msg
}

func good[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		require.NoError(t, err)
		return v
	}
}

func fault1[T any](_ T, err error) error { return err }

// What 5.19.0 says to constructors with values that are wrong.
func TestConstructors_sayWhatTheOriginalSays(t *testing.T) {
	long := func(h, m int) TimeSlot { return slot(h, m) }
	for _, c := range []struct {
		err    error
		want   string
		ranged bool
	}{
		{fault1(NewVariable("a b", "c")), "Variable::new_variable: Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted", false},
		{fault1(NewVariable("", "c")), "Variable::new_variable: Invalid name '': empty string", false},
		{fault1(NewVariable(".a", "c")), "Variable::new_variable: Invalid name '.a': only alphanumeric characters or underscore are accepted as first character", false},
		{fault1(NewVariable("é", "c")), "Variable::new_variable: Invalid name 'é': only alphanumeric characters or underscore are accepted as first character", false},
		{fault1(NewEvent("", false)), "Event::Event: Invalid event name : name must be specified if no number supplied", false},
		{fault1(NewEvent("a b", false)), "Event::Event: Invalid event name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted", false},
		{fault1(NewNumberedEvent(1, "a b", false)), "Event::Event: Invalid event name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted", false},
		{fault1(NewLabel("a b", "")), "Label::Label: Invalid Label name :a b", false},
		{fault1(NewLabel("", "")), "Label::Label: Invalid Label name :", false},
		{fault1(NewLimit("a b", 1)), "Limit::Limit: Invalid Limit name: a b", false},
		{fault1(NewInLimit("a b", "", 1, false, false)), "InLimit::InLimit: Invalid InLimit name: a b", false},
		{fault1(NewInLimit("a", "/p", 1, true, true)), "InLimit::InLimit: can't limit family only(-n) and limit submission(-s) at the same time", false},
		{fault1(NewMeter("a b", 1, 2, NoNumber)), "Meter::Meter: Invalid Meter name: a b", false},
		{fault1(NewMeter("a", 5, -5, NoNumber)), "Meter::Meter: Invalid Meter(name,min,max,color_change) : min must be less than max", true},
		{fault1(NewMeter("a", 0, 5, 6)), "Meter::Meter: Invalid Meter(name,min,max,color_change) color_change(6) must be between min(0) and max(5)", true},
		{fault1(ParseDateAttr("1.2")), "DateAttr::getDate: Invalid date missing second dot :1.2", false},
		{fault1(ParseDateAttr("12")), "DateAttr::getDate Invalid date missing first dot :12", false},
		{fault1(ParseDateAttr("x.1.2020")), "DateAttr::getDate: Invalid day :x.1.2020", false},
		{fault1(ParseDateAttr("32.1.2020")), "DateAttr::getDate: Invalid clock date: 32.1.2020", false},
		{fault1(ParseDateAttr("31.13.2020")), "DateAttr::getDate Invalid clock date: 31.13.2020", false},
		{fault1(ParseDateAttr("31.1.x")), "DateAttr::getDate: Invalid year :31.1.x", false},
		{fault1(ParseDateAttr("0.1.2020")), "DateAttr::getDate: Invalid clock date: 0.1.2020", false},
		{fault1(ParseDateAttr("1.1.-1")), "DateAttr::getDate: Invalid clock date:1.1.-1", false},
		{fault1(NewDateAttr(40, 1, 1)), "Invalid Date(day,month,year) : the day >= 0 and day < 31, where 0 means wild card ", true},
		{fault1(NewDateAttr(0, 13, 0)), "Invalid Date(day,month,year): the month >=0 and month <= 12, where 0 means wild card", true},
		{fault1(NewDateAttr(0, 0, -1)), "Invalid Date(day,month,year): the year >=0, where 0 means wild card", true},
		{fault1(NewDateAttr(31, 2, 2020)), "Day of month is not valid for year", true},
		{fault1(NewDateAttr(1, 2, 1000)), "Year is out of valid range: 1400..9999", true},
		{fault1(NewClockAttrDate(31, 2, 2020, true)), "Day of month is not valid for year", true},
		{fault1(ParseDayAttr("x")), "Invalid day(x) specification expected one of [monday,tuesday,wednesday,thursday,friday,saturday,sunday]: ", false},
		{fault1(NewTimeRange(long(10, 0), long(9, 0), long(1, 0), false)), "TimeSeries::TimeSeries: Invalid time series: Start time(10:00) is greater than end time(09:00)", true},
		{fault1(NewTimeRange(long(10, 0), long(11, 0), long(2, 0), false)), "TimeSeries::TimeSeries: Invalid time series: Increment(02:00) is greater than duration 01:00:00 between start(10:00) and finish(11:00)", true},
		{fault1(NewTimeSeries(long(25, 0), false)), "TimeSeries:  time hour(25) must be in range 0-23", true},
		{fault1(ParseTimeSeries("25:00")), "TimeSeries::testTime: time hour(25) must be in range 0-23", false},
		{fault1(ParseTimeSeries("10:60")), "TimeSeries::testTime: time minute(60) must be in range 0-59", false},
		{fault1(ParseTimeSeries("5:00")), "TimeSeries::getTime: Invalid hour :5", false},
		{fault1(ParseTimeSeries("x")), "TimeSeries::getTime: Invalid time :'x'", false},
		{fault1(ParseTimeSeries("10:00 12:00")), "TimeSeries::create: Invalid time series :", false},
		{fault1(NewQueueAttr("a b", []string{"x"})), "QueueAttr::QueueAttr: Invalid queue name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted", false},
		{fault1(NewQueueAttr("a", nil)), "QueueAttr::QueueAttr: No queue items specified", false},
		{fault1(NewGenericAttr("a b", nil)), "GenericAttr::GenericAttr : Invalid generic name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted", false},
		{fault1(NewTask("")), "Invalid node name : Invalid name '': empty string", false},
		{fault1(NewRepeatDate("x y", 20200101, 20200102, 1)), "RepeatDate::RepeatDate: Invalid name: x y", false},
		{fault1(NewRepeatDate("x", 20200101, 20200102, 0)), "Invalid Repeat date: the delta cannot be zerorepeat x 20200101 20200102 0", false},
		{fault1(NewRepeatDate("x", 20200103, 20200102, 1)), "Invalid Repeat date: The end must be greater than the start date, when delta is positive repeat x 20200103 20200102 1", false},
		{fault1(NewRepeatDate("x", 20200101, 20200102, -1)), "Invalid Repeat date: The start must be greater than the end date, when delta is negative repeat x 20200101 20200102 -1", false},
		{fault1(NewRepeatDate("x", 202001, 20200102, 1)), "Invalid Repeat date: The start is not a valid date. Please use yyyymmdd format.repeat x 202001 20200102 1", false},
		{fault1(NewRepeatDate("x", 20200101, 2020, 1)), "Invalid Repeat date: The end is not a valid date. Please use yyyymmdd format.repeat x 20200101 2020 1", false},
		{fault1(NewRepeatDate("x", 20200101, 20201301, 1)), "Invalid Repeat date: The start/end is not a valid date.repeat x 20200101 20201301 1", false},
		{fault1(NewRepeatInteger("x y", 0, 1, 1)), "RepeatInteger: Invalid name: x y", false},
		{fault1(NewRepeatEnumerated("x", nil)), "RepeatEnumerated: x is empty", false},
		{fault1(NewRepeatEnumerated("", []string{"a"})), "RepeatEnumerated: Invalid name: ", false},
		{fault1(NewRepeatString("x", nil)), "RepeatString : x is empty", false},
		{fault1(NewRepeatString("", []string{"a"})), "RepeatString:: Invalid name: ", false},
		{fault1(NewRepeatDateList("x", nil)), "RepeatDateList: x is empty", false},
		{fault1(NewRepeatDateList("x", []int{20200230})), "Invalid Repeat datelist : x the date 20200230 is not valid. Please use yyyymmdd format.", false},
		{fault1(NewRepeatDateTimeList("x", nil)), "RepeatDateTimeList: x is empty", false},
		{fault1(NewRepeatDateTime("x", 1582932600, 1580515200, 43200)), "Invalid Repeat datetime: The end must be greater than the start date+time, when delta is positive repeat x 20200228T233000 20200201T000000 12:00:00", false},
		{fault1(NewRepeatDateTime("x", 1582932600, 1583020800, -43200)), "Invalid Repeat datetime: The start must be greater than the end date+time, when delta is negative repeat x 20200228T233000 20200301T000000 -12:00:00", false},
		{fault1(NewRepeatDateTime("x", 0, 1, 0)), "Invalid Repeat datetime: the delta cannot be zerorepeat x 19700101T000000 19700101T000001 00:00:00", false},
	} {
		require.Equal(t, c.want, said(t, c.err))
		require.Equal(t, c.ranged, errors.Is(c.err, ErrOutOfRange), c.want)
	}
}

// How 5.19.0 prints attributes.
func TestAttributes_printAsTheOriginal(t *testing.T) {
	series := good[TimeSeries](t)(ParseTimeSeries("10:00 11:00 00:30"))
	cron := CronAttr{Series: series}
	require.NoError(t, cron.SetWeekDays([]int{0, 1}))
	require.NoError(t, cron.SetLastWeekDays([]int{2, 3}))
	require.NoError(t, cron.SetDaysOfMonth([]int{1, 2}))
	require.NoError(t, cron.SetMonths([]int{1, 12}))
	cron.LastDayOfMonth = true
	clock := good[ClockAttr](t)(NewClockAttrDate(1, 2, 2020, false))
	clock.SetGain(1, 10, true)
	queue := good[QueueAttr](t)(NewQueueAttr("a", []string{"1", "b"}))
	for _, c := range []struct{ want, got string }{
		{"edit a 'b\\nc'd'", Variable{"a", "b\nc'd"}.String()},
		{"event 1 ", good[Event](t)(NewEvent("1", false)).String()},
		{"event 1a", good[Event](t)(NewEvent("1a", false)).String()},
		{"event 99999999999999", good[Event](t)(NewEvent("99999999999999", false)).String()},
		{"event 1 a set", good[Event](t)(NewNumberedEvent(1, "a", true)).String()},
		{`label a "x\ny"`, Label{Name: "a", Value: "x\ny"}.String()},
		{"meter a -5 5 5", good[Meter](t)(NewMeter("a", -5, 5, NoNumber)).String()},
		{"inlimit -n /p/q:a 2", good[InLimit](t)(NewInLimit("a", "/p/q", 2, true, false)).String()},
		{"inlimit -s a", good[InLimit](t)(NewInLimit("a", "", 1, false, true)).String()},
		{"cron -w 0,1,2L,3L -d 1,2,L -m 1,12 10:00 11:00 00:30", cron.String()},
		{"cron -w 2L 10:00 11:00 00:30", (&CronAttr{Series: series, LastWeekDays: []int{2}}).String()},
		{"cron -d L 10:00 11:00 00:30", (&CronAttr{Series: series, LastDayOfMonth: true}).String()},
		{"cron -d 5 -m 2 10:00 11:00 00:30", (&CronAttr{Series: series, DaysOfMonth: []int{5}, Months: []int{2}}).String()},
		{"cron 00:00", (&CronAttr{}).String()},
		{"late -s +00:05 -a 20:00 -c +01:00", LateAttr{slot(0, 5), slot(20, 0), slot(1, 0), true, false}.String()},
		{"autocancel 3", good[AutoCancel](t)(NewAutoCancelDays(3)).String()},
		{"autocancel +10:05", NewAutoCancel(slot(10, 5), true).String()},
		{"autoarchive 3 -i", good[AutoArchive](t)(NewAutoArchiveDays(3, true)).String()},
		{"autoarchive 10:05 -i", NewAutoArchive(slot(10, 5), false, true).String()},
		{"autorestore /a b", AutoRestore{[]string{"/a", "b"}}.String()},
		{"zombie user:adopt:init,event:300", good[ZombieAttr](t)(NewZombieAttr(ZombieUser, []ChildCmd{ChildInit, ChildEvent}, ZombieAdopt, 0)).String()},
		{"zombie path:block::900", good[ZombieAttr](t)(NewZombieAttr(ZombiePath, nil, ZombieBlock, -1)).String()},
		{"zombie ecf_pid:kill::60", good[ZombieAttr](t)(NewZombieAttr(ZombieEcfPid, nil, ZombieKill, 10)).String()},
		{"clock hybrid ", NewClockAttr(true).String()},
		{"clock real 1.2.2020 +4200", clock.String()},
		{"clock real 100", ClockAttr{Gain: 100}.String()},
		{"queue a 1 b", queue.String()},
		{"generic a x y", GenericAttr{"a", []string{"x", "y"}}.String()},
		{"date *.*.*", DateAttr{}.String()},
		{"date 1.*.*", DateAttr{Day: 1}.String()},
		{"day monday", DayAttr{Day: 1}.String()},
		{"30:90", slot(30, 90).String()},
		{"repeat integer x 5 1", good[*RepeatInteger](t)(NewRepeatInteger("x", 5, 1, 1)).String()},
		{"repeat integer x 5 1 0", good[*RepeatInteger](t)(NewRepeatInteger("x", 5, 1, 0)).String()},
		{"repeat datetime x 20200301T230000 20200201T000000 -24:00:00", good[*RepeatDateTime](t)(NewRepeatDateTime("x", 1583103600, 1580515200, -86400)).String()},
	} {
		require.Equal(t, c.want, c.got)
	}
}

func TestDelta_hasTheOriginalsWays(t *testing.T) {
	for text, want := range map[string]string{
		"-01:00:00": "-1:00:00", "-00:30:00": "00:30:00", "00:30": "00:30:00", "1": "01:00:00", "+01:00:00": "01:00:00",
		"01:02:03:04": "01:02:03", "-01:30:00": "-1:30:00", "0:0:-5": "00:00:-5", ":30": "00:30:00", "01:": "01:00:00", "": "00:00:00",
	} {
		seconds, err := ParseDelta(text)
		require.NoError(t, err, text)
		require.Equal(t, want, FormatDelta(seconds), text)
	}
	_, err := ParseDelta("bad")
	require.Equal(t, "bad lexical cast: source type value could not be interpreted as target", said(t, err))
}

func TestInstant_isReadAsTheOriginalReadsIt(t *testing.T) {
	for text, want := range map[string]string{
		"20200101": "20200101T000000", "20200101T1": "20200101T010000", "20200101T12": "20200101T120000",
		"20200101T1234": "20200101T123400", "20200101T123456x": "20200101T123456",
		"20200101T": "", "20200101T25": "", "2020-01-01": "", "20201301": "", "x": "", "": "", "20200101 120000": "",
		"2020": "", "20200231T000000": "", "10200101T000000": "",
	} {
		at, err := ParseInstant(text)
		if want == "" {
			require.Error(t, err, text)
			continue
		}
		require.NoError(t, err, text)
		require.Equal(t, want, at.String(), text)
	}
}

func TestRepeats_startEndStepValue(t *testing.T) {
	at := func(s string) Instant { return good[Instant](t)(ParseInstant(s)) }
	for _, c := range []struct {
		r                       Repeat
		start, end, step, value int64
		text, next              string
	}{
		{good[*RepeatDate](t)(NewRepeatDate("x", 20200228, 20200305, 2)), 20200228, 20200305, 2, 20200228, "20200228", "20200301"},
		{good[*RepeatDate](t)(NewRepeatDate("x", 20200305, 20200228, -2)), 20200305, 20200228, -2, 20200305, "20200305", "20200303"},
		{good[*RepeatDateTime](t)(NewRepeatDateTime("x", at("20200228T233000"), at("20200305T000000"), 43200)), 1582932600, 1583366400, 43200, 1582932600, "20200228T233000", "20200229T113000"},
		{good[*RepeatDateList](t)(NewRepeatDateList("x", []int{20200101, 20191231})), 20200101, 20191231, 1, 20200101, "20200101", "20191231"},
		{good[*RepeatDateTimeList](t)(NewRepeatDateTimeList("x", []Instant{at("20200101"), at("20210101")})), 1577836800, 1609459200, 1, 1577836800, "20200101T000000", "20210101T000000"},
		{good[*RepeatInteger](t)(NewRepeatInteger("x", 0, 10, 3)), 0, 10, 3, 0, "0", "3"},
		{good[*RepeatEnumerated](t)(NewRepeatEnumerated("x", []string{"5", "b", "7"})), 0, 2, 1, 5, "5", "b"},
		{good[*RepeatString](t)(NewRepeatString("x", []string{"a", "b"})), 0, 1, 1, 0, "a", "b"},
		{NewRepeatDay(2), 0, 0, 2, 2, "", ""},
	} {
		require.Equal(t, []int64{c.start, c.end, c.step, c.value}, []int64{c.r.Start(), c.r.End(), c.r.Step(), c.r.Value()}, c.r)
		require.Equal(t, c.text, c.r.ValueString())
		require.Equal(t, c.next, c.r.NextString())
		copied := c.r.Clone()
		require.True(t, copied.Equal(c.r))
		for range 20 {
			copied.Increment()
		}
		require.Equal(t, c.r.Name() == "day", copied.Valid())
		require.Equal(t, c.r.Name() == "day", copied.Equal(c.r), "a copy is independent")
		copied.Reset()
		require.True(t, copied.Equal(c.r))
	}
}

func TestRepeatDate_generatesAndChanges(t *testing.T) {
	r := good[*RepeatDate](t)(NewRepeatDate("x", 20200228, 20200305, 2))
	require.Equal(t, []Variable{{"x_YYYY", "2020"}, {"x_MM", "02"}, {"x_DD", "28"}, {"x_DOW", "5"}, {"x_JULIAN", "2458908"}, {"x", "20200228"}}, r.generated(nil))
	require.NoError(t, r.Change("20200303"))
	require.Equal(t, int64(2), r.CurrentIndex())
	require.Contains(t, said(t, r.Change("20200304")), "is not in line with the delta/step")
	require.Contains(t, said(t, r.Change("20200401")), "The new date should be in the range[20200228 : 20200305] but found 20200401")
	require.Equal(t, int64(20200303), r.Value(), "nothing changed")
	require.Equal(t, int64(20200225), r.LastValidPlus(-7))
}

func TestLimit_countsEachPathOnce(t *testing.T) {
	l := good[*Limit](t)(NewLimit("L", 3))
	l.Increment(2, "/a")
	l.Increment(2, "/a")
	l.Increment(2, "/b")
	require.Equal(t, 4, l.Value)
	require.Equal(t, []string{"/a", "/b"}, l.Paths)
	l.Decrement(3, "/a")
	require.Equal(t, 1, l.Value)
	l.Decrement(3, "/b")
	require.Equal(t, 0, l.Value)
}

func TestQueue_handsOutSteps(t *testing.T) {
	q := good[QueueAttr](t)(NewQueueAttr("q", []string{"5", "b"}))
	require.Equal(t, 5, q.IndexOrValue())
	require.Equal(t, []string{"5", "b", "<NULL>"}, []string{q.Active(), q.Active(), q.Active()})
	require.NoError(t, q.Finish("5", Aborted))
	require.Equal(t, "1", q.CountAborted())
	q.Rewind()
	require.Equal(t, "5", q.Value())
	require.Equal(t, "QueueAttr::complete: Could not find z in queue q", said(t, q.Finish("z", Complete)))
}

func TestFlag_namesAndOrder(t *testing.T) {
	f := Flag(0).With(FlagLate).With(FlagKillCmdFailed).With(FlagForceAbort)
	require.Equal(t, "force_aborted,killcmd_failed,late", f.String())
	require.Equal(t, f, good[Flag](t)(ParseFlag("late,force_aborted,killcmd_failed")))
	require.Len(t, FlagTypes(), 25)
}

func TestCalendar_realAndHybrid(t *testing.T) {
	start := time.Date(2020, 2, 28, 23, 30, 0, 0, time.UTC)
	real, hybrid := Calendar{}, Calendar{Hybrid: true}
	real.Begin(start, start)
	hybrid.Begin(start, start)
	for range 2 {
		real.Advance(time.Hour)
		hybrid.Advance(time.Hour)
	}
	require.Equal(t, "2020-Feb-29 01:30:00", FormatPoint(real.Suite))
	require.Equal(t, "2020-Feb-28 01:30:00", FormatPoint(hybrid.Suite))
	require.Equal(t, 2*time.Hour, hybrid.Duration)
}
