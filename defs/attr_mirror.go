package defs

// MirrorAttr makes a node follow a node of another server.
type MirrorAttr struct {
	Name, RemotePath, RemoteHost, RemotePort, Polling string
	SSL                                               bool
	Auth, Reason                                      string
	Propagate                                         bool // servers from 5.19
}

// The values that MirrorAttr takes where nothing is given: variables of the node.
const (
	MirrorDefaultHost    = "%ECF_MIRROR_REMOTE_HOST%"
	MirrorDefaultPort    = "%ECF_MIRROR_REMOTE_PORT%"
	MirrorDefaultPolling = "%ECF_MIRROR_REMOTE_POLLING%"
	MirrorDefaultAuth    = "%ECF_MIRROR_REMOTE_AUTH%"
)

// NewMirrorAttr checks the name.
//
// source: libs/node MirrorAttr.cpp.
func NewMirrorAttr(m MirrorAttr) (MirrorAttr, error) {
	if !ValidName(m.Name) {
		return MirrorAttr{}, argf("Invalid MirrorAttr name :%s", m.Name)
	}
	return m, nil
}
