package wire

// CtsAPI is what a CtsCmd asks for.
type CtsAPI int

// The requests without arguments; those with a reply other than StcCmd say so.
const (
	CtsNoCmd                  CtsAPI = 0 // never to be sent: kills real servers, as does any number not listed here
	CtsRestoreDefsFromCheckpt CtsAPI = 1
	CtsRestartServer          CtsAPI = 2
	CtsShutdownServer         CtsAPI = 3
	CtsHaltServer             CtsAPI = 4
	CtsTerminateServer        CtsAPI = 5
	CtsReloadWhiteListFile    CtsAPI = 6
	CtsForceDepEval           CtsAPI = 7
	CtsPing                   CtsAPI = 8
	CtsGetZombies             CtsAPI = 9  // ZombieGetCmd
	CtsStats                  CtsAPI = 10 // SStringCmd
	CtsSuites                 CtsAPI = 11 // SSuitesCmd
	CtsDebugServerOn          CtsAPI = 12
	CtsDebugServerOff         CtsAPI = 13
	CtsServerLoad             CtsAPI = 14 // SServerLoadCmd
	CtsStatsReset             CtsAPI = 15
	CtsReloadPasswdFile       CtsAPI = 16
	CtsStatsServer            CtsAPI = 17 // SStatsCmd
	CtsReloadCustomPasswdFile CtsAPI = 18
)

// CtsNodeAPI is what a CtsNodeCmd asks for.
type CtsNodeAPI int

// The values of [CtsNodeAPI].
const (
	CtsNodeNoCmd           CtsNodeAPI = 0
	CtsNodeJobGen          CtsNodeAPI = 1
	CtsNodeCheckJobGenOnly CtsNodeAPI = 2
	CtsNodeGet             CtsNodeAPI = 3
	CtsNodeWhy             CtsNodeAPI = 4
	CtsNodeGetState        CtsNodeAPI = 5
	CtsNodeMigrate         CtsNodeAPI = 6
)

// PathsAPI is what a PathsCmd does.
type PathsAPI int

// The values of [PathsAPI].
const (
	PathsNoCmd       PathsAPI = 0
	PathsSuspend     PathsAPI = 1
	PathsResume      PathsAPI = 2
	PathsKill        PathsAPI = 3
	PathsStatus      PathsAPI = 4
	PathsCheck       PathsAPI = 5
	PathsEditHistory PathsAPI = 6
	PathsArchive     PathsAPI = 7
	PathsRestore     PathsAPI = 8
)

// SyncAPI is what a CSyncCmd asks for.
type SyncAPI int

// The values of [SyncAPI].
const (
	SyncNews  SyncAPI = 0 // whether anything changed
	Sync      SyncAPI = 1 // what changed
	SyncFull  SyncAPI = 2 // everything
	SyncClock SyncAPI = 3 // what changed, and all suites' calendars
)

// HandleAPI is what a ClientHandleCmd does.
type HandleAPI int

// The values of [HandleAPI].
const (
	HandleRegister HandleAPI = 0
	HandleDrop     HandleAPI = 1
	HandleDropUser HandleAPI = 2
	HandleAdd      HandleAPI = 3
	HandleRemove   HandleAPI = 4
	HandleAutoAdd  HandleAPI = 5
	HandleSuites   HandleAPI = 6
)

// LogAPI is what a LogCmd does.
type LogAPI int

// The values of [LogAPI].
const (
	LogGet   LogAPI = 0
	LogClear LogAPI = 1
	LogFlush LogAPI = 2
	LogNew   LogAPI = 3
	LogPath  LogAPI = 4
)

// CheckPtMode says when a server saves its definition.
type CheckPtMode int

// The values of [CheckPtMode].
const (
	CheckPtNever     CheckPtMode = 0
	CheckPtOnTime    CheckPtMode = 1 // at intervals
	CheckPtAlways    CheckPtMode = 2 // at any change
	CheckPtUndefined CheckPtMode = 3 // in a request: save now, or change the interval only
)

// FileType names a file of a node.
type FileType int

// The values of [FileType].
const (
	FileECF    FileType = 0 // the script
	FileJob    FileType = 1
	FileJobout FileType = 2
	FileManual FileType = 3
	FileKill   FileType = 4 // output of the kill command
	FileStat   FileType = 5 // output of the status command
)

// EditType is what an EditScriptCmd does.
type EditType int

// The values of [EditType].
const (
	EditEdit               EditType = 0
	EditPreprocess         EditType = 1
	EditSubmit             EditType = 2
	EditPreprocessUserFile EditType = 3
	EditSubmitUserFile     EditType = 4
)

// RequeueOption restricts a RequeueNodeCmd.
type RequeueOption int

// The values of [RequeueOption].
const (
	RequeueNoOption RequeueOption = 0
	RequeueAbort    RequeueOption = 1 // aborted tasks only
	RequeueForce    RequeueOption = 2 // even with tasks submitted or active
)

// OrderOption says where an OrderNodeCmd puts its node.
type OrderOption int

// The values of [OrderOption].
const (
	OrderTop     OrderOption = 0
	OrderBottom  OrderOption = 1
	OrderAlpha   OrderOption = 2
	OrderOrder   OrderOption = 3
	OrderUp      OrderOption = 4
	OrderDown    OrderOption = 5
	OrderRuntime OrderOption = 6
)

// StcAPI is what a StcCmd says.
type StcAPI int

// The values of [StcAPI]. Servers send the first four; the other two exist
// inside the original client only.
const (
	StcOK                      StcAPI = 0
	StcBlockClientServerHalted StcAPI = 1 // a child command must wait: the server is halted
	StcBlockClientOnHomeServer StcAPI = 2 // a child command must ask this server again: its expression does not hold yet
	StcDeleteAll               StcAPI = 3 // all suites are gone; the client drops its definition
	StcInvalidArgument         StcAPI = 4
	StcEndOfFile               StcAPI = 5
)

// News answers SyncNews.
type News int

// The values of [News].
const (
	NewsNone       News = 0
	NewsNews       News = 1
	NewsDoFullSync News = 2 // the client's numbers mean nothing to the server
)
