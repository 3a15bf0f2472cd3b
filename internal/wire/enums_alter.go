package wire

// AlterAdd is the attribute that an AlterCmd adds. Servers answer values they
// do not know with StcOK and do nothing.
type AlterAdd int

// The values of [AlterAdd].
const (
	AlterAddTime     AlterAdd = 0
	AlterAddToday    AlterAdd = 1
	AlterAddDate     AlterAdd = 2
	AlterAddDay      AlterAdd = 3
	AlterAddZombie   AlterAdd = 4
	AlterAddVariable AlterAdd = 5
	AlterAddNone     AlterAdd = 6 // neutral
	AlterAddLate     AlterAdd = 7
	AlterAddLimit    AlterAdd = 8
	AlterAddInLimit  AlterAdd = 9
	AlterAddLabel    AlterAdd = 10
	AlterAddAviso    AlterAdd = 11 // servers from 5.13
	AlterAddMirror   AlterAdd = 12 // servers from 5.13
	AlterAddEvent    AlterAdd = 13 // servers from 5.14
	AlterAddMeter    AlterAdd = 14 // servers from 5.14
)

// AlterDelete is the attribute that an AlterCmd deletes.
type AlterDelete int

// The values of [AlterDelete].
const (
	AlterDeleteVariable  AlterDelete = 0
	AlterDeleteTime      AlterDelete = 1
	AlterDeleteToday     AlterDelete = 2
	AlterDeleteDate      AlterDelete = 3
	AlterDeleteDay       AlterDelete = 4
	AlterDeleteCron      AlterDelete = 5
	AlterDeleteEvent     AlterDelete = 6
	AlterDeleteMeter     AlterDelete = 7
	AlterDeleteLabel     AlterDelete = 8
	AlterDeleteTrigger   AlterDelete = 9
	AlterDeleteComplete  AlterDelete = 10
	AlterDeleteRepeat    AlterDelete = 11
	AlterDeleteLimit     AlterDelete = 12
	AlterDeleteLimitPath AlterDelete = 13
	AlterDeleteInLimit   AlterDelete = 14
	AlterDeleteZombie    AlterDelete = 15
	AlterDeleteNone      AlterDelete = 16 // neutral
	AlterDeleteLate      AlterDelete = 17
	AlterDeleteQueue     AlterDelete = 18
	AlterDeleteGeneric   AlterDelete = 19
	AlterDeleteAviso     AlterDelete = 20 // servers from 5.13
	AlterDeleteMirror    AlterDelete = 21 // servers from 5.13
)

// AlterChange is the attribute that an AlterCmd changes.
type AlterChange int

// The values of [AlterChange].
const (
	AlterChangeVariable   AlterChange = 0
	AlterChangeClockType  AlterChange = 1
	AlterChangeClockDate  AlterChange = 2
	AlterChangeClockGain  AlterChange = 3
	AlterChangeEvent      AlterChange = 4
	AlterChangeMeter      AlterChange = 5
	AlterChangeLabel      AlterChange = 6
	AlterChangeTrigger    AlterChange = 7
	AlterChangeComplete   AlterChange = 8
	AlterChangeRepeat     AlterChange = 9
	AlterChangeLimitMax   AlterChange = 10
	AlterChangeLimitValue AlterChange = 11
	AlterChangeDefstatus  AlterChange = 12
	AlterChangeNone       AlterChange = 13 // neutral
	AlterChangeClockSync  AlterChange = 14
	AlterChangeLate       AlterChange = 15
	AlterChangeTime       AlterChange = 16
	AlterChangeToday      AlterChange = 17
	AlterChangeAviso      AlterChange = 18 // servers from 5.13
	AlterChangeMirror     AlterChange = 19 // servers from 5.13
)
