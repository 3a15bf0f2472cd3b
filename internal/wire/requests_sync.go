package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// CSyncCmd asks what changed. Reply: SNewsCmd for SyncNews, else SSyncCmd.
// SyncFull with a handle that is not registered kills real servers: only the
// client can know, so it must take care.
type CSyncCmd struct {
	_ cereal.Versioned
	UserCmd
	API                  SyncAPI `cereal:"api_"`
	ClientHandle         uint32  `cereal:"client_handle_"` // 0: all suites
	ClientStateChangeNo  uint32  `cereal:"client_state_change_no_"`
	ClientModifyChangeNo uint32  `cereal:"client_modify_change_no_"`
}

// ClientHandleCmd manages handles, by which a client sees some suites only.
// Replies: SClientHandleCmd for register and the two drops,
// SClientHandleSuitesCmd for HandleSuites, else StcCmd.
type ClientHandleCmd struct {
	_ cereal.Versioned
	UserCmd
	API              HandleAPI `cereal:"api_"`
	ClientHandle     int       `cereal:"client_handle_"`
	DropUser         string    `cereal:"drop_user_"` // "": the sender
	Suites           []string  `cereal:"suites_"`
	AutoAddNewSuites bool      `cereal:"auto_add_new_suites_"`
}
