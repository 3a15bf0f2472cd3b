package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// SNewsCmd says whether a sync is worth while.
type SNewsCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	News News `cereal:"news_"`
}

// SSyncCmd brings a client up to date, in one of three forms, to be tested in
// this order: ServerDefs not empty: the definition is that text; FullDefs: it
// is Defs; else IncrementalChanges are to be applied.
type SSyncCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	FullDefs           bool      `cereal:"full_defs_"`
	IncrementalChanges DefsDelta `cereal:"incremental_changes_"`
	ServerDefs         string    `cereal:"server_defs_"` // definition text of the handle's suites
	Defs               string    `cereal:",value"`       // definition text of all suites
}

// DefsDelta holds changes since the client's last sync.
type DefsDelta struct {
	_                    cereal.Versioned
	ServerStateChangeNo  uint32             `cereal:"server_state_change_no_"`
	ServerModifyChangeNo uint32             `cereal:"server_modify_change_no_"`
	CompoundMementos     []*CompoundMemento `cereal:"compound_mementos_,shared"`
}

// SClientHandleCmd gives the handle the client has from now on, 0 for none.
type SClientHandleCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Handle int `cereal:"handle_"`
}

// SClientHandleSuitesCmd lists all handles.
type SClientHandleSuitesCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Users         []HandlesOfUser  `cereal:"users_"`
	ClientHandles []SuitesOfHandle `cereal:"client_handles_"`
}

// HandlesOfUser are the handles of one user.
type HandlesOfUser struct {
	User    string   `cereal:"first"`
	Handles []uint32 `cereal:"second"`
}

// SuitesOfHandle are the suites of one handle.
type SuitesOfHandle struct {
	Handle uint32   `cereal:"first"`
	Suites []string `cereal:"second"`
}
