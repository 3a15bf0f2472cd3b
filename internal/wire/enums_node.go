package wire

import "strconv"

// NState is a node's state.
type NState int

// The values of [NState].
const (
	StateUnknown   NState = 0
	StateComplete  NState = 1
	StateQueued    NState = 2
	StateAborted   NState = 3
	StateSubmitted NState = 4
	StateActive    NState = 5
)

// String gives the word used in definition text.
func (s NState) String() string { return word(stateWords[:6], int(s)) }

// DState is a node's default status.
type DState int

// The values of [DState]. A node without one is queued.
const (
	DStateUnknown   DState = 0
	DStateComplete  DState = 1
	DStateQueued    DState = 2
	DStateAborted   DState = 3
	DStateSubmitted DState = 4
	DStateActive    DState = 5
	DStateSuspended DState = 6
)

// String gives the word used in definition text.
func (s DState) String() string { return word(stateWords, int(s)) }

// ServerState says what a server does.
type ServerState int

// The values of [ServerState].
const (
	ServerHalted   ServerState = 0
	ServerShutdown ServerState = 1 // answers, but submits no jobs
	ServerRunning  ServerState = 2
)

// String gives the word used in definition text.
func (s ServerState) String() string { return word([]string{"HALTED", "SHUTDOWN", "RUNNING"}, int(s)) }

// ChildCmd names a child command.
type ChildCmd int

// The values of [ChildCmd].
const (
	ChildInit     ChildCmd = 0
	ChildEvent    ChildCmd = 1
	ChildMeter    ChildCmd = 2
	ChildLabel    ChildCmd = 3
	ChildWait     ChildCmd = 4
	ChildQueue    ChildCmd = 5
	ChildAbort    ChildCmd = 6
	ChildComplete ChildCmd = 7
)

// String gives the command's word.
func (c ChildCmd) String() string {
	return word([]string{"init", "event", "meter", "label", "wait", "queue", "abort", "complete"}, int(c))
}

// ZombieType says why a job is a zombie.
type ZombieType int

// The values of [ZombieType].
const (
	ZombieUser         ZombieType = 0
	ZombieECF          ZombieType = 1
	ZombieECFPid       ZombieType = 2
	ZombieECFPasswd    ZombieType = 3
	ZombieECFPidPasswd ZombieType = 4
	ZombiePath         ZombieType = 5
	ZombieNotSet       ZombieType = 6
)

// String gives the original's word.
func (t ZombieType) String() string {
	return word([]string{"user", "ecf", "ecf_pid", "ecf_passwd", "ecf_pid_passwd", "path", "not_set"}, int(t))
}

// ZombieAction is what is done with a zombie.
type ZombieAction int

// The values of [ZombieAction].
const (
	ZombieFob    ZombieAction = 0
	ZombieFail   ZombieAction = 1
	ZombieAdopt  ZombieAction = 2
	ZombieRemove ZombieAction = 3
	ZombieBlock  ZombieAction = 4
	ZombieKill   ZombieAction = 5
)

// String gives the word used in definition text.
func (a ZombieAction) String() string {
	return word([]string{"fob", "fail", "adopt", "remove", "block", "kill"}, int(a))
}

// ExprType joins a line of an expression to those before it.
type ExprType int

// The values of [ExprType].
const (
	ExprFirst ExprType = 0
	ExprAnd   ExprType = 1
	ExprOr    ExprType = 2
)

// Weekday counts from Sunday, 0.
type Weekday int

// FlagBit is the number of a bit in [Flag].
type FlagBit int

// The values of [FlagBit].
const (
	FlagForceAborted    FlagBit = 0
	FlagUserEdit        FlagBit = 1
	FlagTaskAborted     FlagBit = 2
	FlagEditFailed      FlagBit = 3
	FlagEcfcmdFailed    FlagBit = 4
	FlagNoScript        FlagBit = 5
	FlagKilled          FlagBit = 6
	FlagLate            FlagBit = 7
	FlagMessage         FlagBit = 8
	FlagByRule          FlagBit = 9
	FlagQueueLimit      FlagBit = 10
	FlagTaskWaiting     FlagBit = 11
	FlagLocked          FlagBit = 12
	FlagZombie          FlagBit = 13
	FlagNoReque         FlagBit = 14
	FlagArchived        FlagBit = 15
	FlagRestored        FlagBit = 16
	FlagThreshold       FlagBit = 17
	FlagSigterm         FlagBit = 18
	FlagNotSet          FlagBit = 19 // neutral in AlterCmd
	FlagLogError        FlagBit = 20
	FlagCheckptError    FlagBit = 21
	FlagKillcmdFailed   FlagBit = 22
	FlagStatuscmdFailed FlagBit = 23
	FlagStatus          FlagBit = 24
	FlagRemoteError     FlagBit = 25 // servers from 5.13
)

// String gives the word used in definition text.
func (f FlagBit) String() string { return word(flagWords, int(f)) }

var (
	stateWords = []string{"unknown", "complete", "queued", "aborted", "submitted", "active", "suspended"}
	flagWords  = []string{
		"force_aborted", "user_edit", "task_aborted", "edit_failed", "ecfcmd_failed", "no_script", "killed", "late",
		"message", "by_rule", "queue_limit", "task_waiting", "locked", "zombie", "no_reque", "archived", "restored",
		"threshold", "sigterm", "not_set", "log_error", "checkpt_error", "killcmd_failed", "statuscmd_failed", "status",
		"remote_error",
	}
)

func word(words []string, i int) string {
	if i < 0 || i >= len(words) {
		return strconv.Itoa(i)
	}
	return words[i]
}
