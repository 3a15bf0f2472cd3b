package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// LoadDefsCmd loads suites. Text with an extern line kills real servers;
// [EncodeRequest] refuses it.
type LoadDefsCmd struct {
	_ cereal.Versioned
	UserCmd
	Force        bool   `cereal:"force_"`         // replace suites of the same name
	Defs         string `cereal:"defs_"`          // definition text, net style
	DefsFilename string `cereal:"defs_filename_"` // for logs; "" when the definition was made in memory
}

// ReplaceNodeCmd replaces one node by the one in a definition.
type ReplaceNodeCmd struct {
	_ cereal.Versioned
	UserCmd
	CreateNodesAsNeeded bool   `cereal:"createNodesAsNeeded_"`
	Force               bool   `cereal:"force_"`
	PathToNode          string `cereal:"pathToNode_"`
	PathToDefs          string `cereal:"path_to_defs_"` // for logs
	ClientDefs          string `cereal:"clientDefs_"`   // definition text, net style
}

// PlugCmd moves a node to another parent or another server.
type PlugCmd struct {
	_ cereal.Versioned
	UserCmd
	Source string `cereal:"source_"`
	Dest   string `cereal:"dest_"` // path, host:port, host:port/path or //host:port/path
}

// MoveCmd is what a server that handles a PlugCmd sends to the other server.
type MoveCmd struct {
	_ cereal.Versioned
	UserCmd
	SrcNode string `cereal:"src_node_"` // definition text of the node
	SrcHost string `cereal:"src_host_"`
	SrcPort string `cereal:"src_port_"`
	SrcPath string `cereal:"src_path_"`
	Dest    string `cereal:"dest_"`
}
