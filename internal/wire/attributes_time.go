package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// TimeSeries is one time, or a series of them.
type TimeSeries struct {
	_                    cereal.Versioned
	Start                TimeSlot  `cereal:"start_"`
	Finish               *TimeSlot `cereal:"finish_,optional"`
	Increment            *TimeSlot `cereal:"incr_,optional"`
	NextTimeSlot         *TimeSlot `cereal:"nextTimeSlot_,optional"` // absent: Start
	RelativeDuration     Duration  `cereal:"relativeDuration_,optional"`
	RelativeToSuiteStart bool      `cereal:"relativeToSuiteStart_,optional"`
	IsValid              bool      `cereal:"isValid_,optional,default=true"`
}

// TimeAttr is a time dependency.
type TimeAttr struct {
	Series TimeSeries `cereal:"ts_"`
	Free   bool       `cereal:"free_,optional"`
}

// TodayAttr is a time dependency of the current day.
type TodayAttr struct {
	Series TimeSeries `cereal:"ts_"`
	Free   bool       `cereal:"free_,optional"`
}

// DateAttr is a date dependency; 0 stands for any.
type DateAttr struct {
	Day   int  `cereal:"day_"`
	Month int  `cereal:"month_"`
	Year  int  `cereal:"year_"`
	Free  bool `cereal:"free_,optional"`
}

// DayAttr is a week day dependency.
type DayAttr struct {
	Day     Weekday `cereal:"day_"`
	Free    bool    `cereal:"free_,optional"`
	Expired bool    `cereal:"expired_,optional"` // servers from 5.4
	Date    Date    `cereal:"date_,optional"`    // servers from 5.5
}

// CronAttr is a time that comes again.
type CronAttr struct {
	_                   cereal.Versioned
	Series              TimeSeries `cereal:"timeSeries_"`
	WeekDays            []int      `cereal:"weekDays_,optional"`
	LastWeekDaysOfMonth []int      `cereal:"last_week_days_of_month_,optional"`
	DaysOfMonth         []int      `cereal:"daysOfMonth_,optional"`
	Months              []int      `cereal:"months_,optional"`
	Free                bool       `cereal:"free_,optional"`
	LastDayOfMonth      bool       `cereal:"last_day_of_month_,optional"`
	W                   int        `cereal:"w_,optional"`
}

// LateAttr says when a node is late.
type LateAttr struct {
	Submitted          *TimeSlot `cereal:"s_,optional"`
	Active             *TimeSlot `cereal:"a_,optional"`
	Complete           *TimeSlot `cereal:"c_,optional"`
	CompleteIsRelative bool      `cereal:"c_is_rel_,optional"`
	IsLate             bool      `cereal:"isLate_,optional"`
}

// AutoCancelAttr deletes a node some time after it is complete.
type AutoCancelAttr struct {
	_        cereal.Versioned
	Time     TimeSlot `cereal:"time_"`
	Relative bool     `cereal:"relative_,optional,default=true"`
	Days     bool     `cereal:"days_,optional"` // given in days; Time holds hours
}

// AutoArchiveAttr archives a node some time after it is complete.
type AutoArchiveAttr struct {
	_        cereal.Versioned
	Time     TimeSlot `cereal:"time_"`
	Relative bool     `cereal:"relative_,optional,default=true"`
	Days     bool     `cereal:"days_,optional"` // given in days; Time holds hours
	Idle     bool     `cereal:"idle_,optional"`
}

// AutoRestoreAttr restores archived nodes when its node is complete.
type AutoRestoreAttr struct {
	_              cereal.Versioned
	NodesToRestore []string `cereal:"nodes_to_restore_"`
}

// ClockAttr sets a suite's clock.
type ClockAttr struct {
	_            cereal.Versioned
	Hybrid       bool `cereal:"hybrid_"`
	PositiveGain bool `cereal:"positiveGain_,optional"`
	Gain         int  `cereal:"gain_,optional"` // seconds
	Day          int  `cereal:"day_,optional"`
	Month        int  `cereal:"month_,optional"`
	Year         int  `cereal:"year_,optional"`
}

// Calendar is a suite's time.
type Calendar struct {
	_             cereal.Versioned
	InitTime      DateTime `cereal:"initTime_"`
	SuiteTime     DateTime `cereal:"suiteTime_,optional"`     // absent: InitTime
	InitLocalTime DateTime `cereal:"initLocalTime_,optional"` // absent: InitTime
	LastTime      DateTime `cereal:"lastTime_,optional"`      // absent: InitTime
	DayChanged    bool     `cereal:"dayChanged_,optional"`
	Duration      Duration `cereal:"duration_,optional"`  // absent: 0
	Increment     Duration `cereal:"increment_,optional"` // absent: one minute
}
