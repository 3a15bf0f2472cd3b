package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// StcCmd answers without data.
type StcCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	API StcAPI `cereal:"api_"`
}

// ErrorCmd says that the request failed.
type ErrorCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	ErrorMsg string `cereal:"error_msg_"`
}

// BlockClientZombieCmd holds a child command back, because its task is a
// zombie.
type BlockClientZombieCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	ZombieType ZombieType `cereal:"zombie_type_"`
}

// SStringCmd answers with text.
type SStringCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Str string `cereal:"str_"`
}

// SStringVecCmd answers with lines (an edit history).
type SStringVecCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Vec []string `cereal:"vec_"`
}

// SSuitesCmd answers with suite names, in their order.
type SSuitesCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Suites []string `cereal:"suites_"`
}

// DefsCmd answers with the whole definition.
type DefsCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Defs string `cereal:",value"` // definition text, net style
}

// SNodeCmd answers with one node.
type SNodeCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	TheNodeStr string `cereal:"the_node_str_"` // definition text of the node, without header
}

// SServerLoadCmd answers with the path of the server's log.
type SServerLoadCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	LogFilePath string `cereal:"log_file_path_"`
}

// GroupSTCCmd answers a group. It holds only what has something to say (data,
// errors, StcDeleteAll), so its replies do not line up with the requests; and
// servers let replies of one type share one object, so the same pointer may
// stand in several places.
type GroupSTCCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Commands []Reply `cereal:"cmdVec_"`
}
