package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// SStatsCmd answers with the server's figures.
type SStatsCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Stats Stats `cereal:"stats_"`
}

// Stats are a server's settings and request counters since its start. Servers
// up to 5.13 send version 0; version 1 adds Metrics, version 2 Protocol.
type Stats struct {
	Version uint32 `cereal:",version"`

	Status               ServerState `cereal:",value"`
	LockedByUser         string      `cereal:",value"`
	Host                 string      `cereal:",value"`
	Port                 string      `cereal:",value"`
	UpSince              string      `cereal:",value"`
	ServerVersion        string      `cereal:",value"`
	JobSubInterval       int         `cereal:",value"` // seconds
	CheckptInterval      int         `cereal:",value"` // seconds
	CheckptSaveTimeAlarm int         `cereal:",value"` // seconds
	CheckptMode          CheckPtMode `cereal:",value"`
	NoOfSuites           int         `cereal:",value"`
	RequestStats         string      `cereal:",value"` // requests per second over some spans, as text
	EcfHome              string      `cereal:",value"`
	EcfCheck             string      `cereal:",value"`
	EcfLog               string      `cereal:",value"`
	EcfSSL               string      `cereal:",value"` // "disabled", or which certificate is used

	Counts RequestCounts `cereal:",inline"`

	Metrics  *Metrics `cereal:",value,unique,since=1"`
	Protocol string   `cereal:",value,since=2"` // PLAIN, SSL or HTTP
}

// RequestCounts count the requests a server has received, by kind.
type RequestCounts struct {
	Checkpt         uint32 `cereal:",value"`
	ServerVersion   uint32 `cereal:",value"`
	Restart         uint32 `cereal:",value"`
	Shutdown        uint32 `cereal:",value"`
	Halt            uint32 `cereal:",value"`
	ReloadWhiteList uint32 `cereal:",value"`
	ReloadPasswd    uint32 `cereal:",value"`
	Ping            uint32 `cereal:",value"`
	DebugServerOn   uint32 `cereal:",value"`
	DebugServerOff  uint32 `cereal:",value"`
	Get             uint32 `cereal:",value"`
	Sync            uint32 `cereal:",value"`
	SyncFull        uint32 `cereal:",value"`
	SyncClock       uint32 `cereal:",value"`
	News            uint32 `cereal:",value"`
	JobGen          uint32 `cereal:",value"`
	CheckJobGenOnly uint32 `cereal:",value"`
	Delete          uint32 `cereal:",value"`
	Suspend         uint32 `cereal:",value"`
	Resume          uint32 `cereal:",value"`
	Kill            uint32 `cereal:",value"`
	StatusCmd       uint32 `cereal:",value"`
	EditHistory     uint32 `cereal:",value"`
	Archive         uint32 `cereal:",value"`
	Restore         uint32 `cereal:",value"`
	Log             uint32 `cereal:",value"`
	LogMessage      uint32 `cereal:",value"`
	Begin           uint32 `cereal:",value"`
	Init            uint32 `cereal:",value"`
	Complete        uint32 `cereal:",value"`
	Wait            uint32 `cereal:",value"`
	Abort           uint32 `cereal:",value"`
	Event           uint32 `cereal:",value"`
	Meter           uint32 `cereal:",value"`
	Label           uint32 `cereal:",value"`
	Queue           uint32 `cereal:",value"`
	ZombieFob       uint32 `cereal:",value"`
	ZombieFail      uint32 `cereal:",value"`
	ZombieAdopt     uint32 `cereal:",value"`
	ZombieRemove    uint32 `cereal:",value"`
	ZombieGet       uint32 `cereal:",value"`
	ZombieBlock     uint32 `cereal:",value"`
	ZombieKill      uint32 `cereal:",value"`
	Requeue         uint32 `cereal:",value"`
	Order           uint32 `cereal:",value"`
	Run             uint32 `cereal:",value"`
	Load            uint32 `cereal:",value"`
	Replace         uint32 `cereal:",value"`
	Force           uint32 `cereal:",value"`
	FreeDep         uint32 `cereal:",value"`
	Suites          uint32 `cereal:",value"`
	EditScript      uint32 `cereal:",value"`
	Alter           uint32 `cereal:",value"`
	ClientHandle    uint32 `cereal:",value"`
	FileECF         uint32 `cereal:",value"`
	FileJob         uint32 `cereal:",value"`
	FileJobout      uint32 `cereal:",value"`
	FileCmdout      uint32 `cereal:",value"`
	FileManual      uint32 `cereal:",value"`
	Plug            uint32 `cereal:",value"`
	Move            uint32 `cereal:",value"`
	Group           uint32 `cereal:",value"`
	ServerLoad      uint32 `cereal:",value"`
	Stats           uint32 `cereal:",value"`
	Check           uint32 `cereal:",value"`
	Query           uint32 `cereal:",value"`
}

// Metrics are figures of the server's process.
type Metrics struct {
	_    cereal.Versioned
	List []Metric `cereal:",value"`
}

// Metric is one figure.
type Metric struct {
	_     cereal.Versioned
	Name  string      `cereal:",value"`
	Value MetricValue `cereal:",value"`
	Unit  string      `cereal:",value"`
}

// MetricValue is a number of one of several types.
type MetricValue struct {
	Index int           `cereal:"index"` // which type
	Data  cereal.Scalar `cereal:"data"`
}
