package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// ClientToServerCmd is the root of all requests.
type ClientToServerCmd struct {
	_      cereal.Versioned
	ClHost string `cereal:"cl_host_"` // gethostname() of the client's machine; may be empty
}

// Host gives the field that names the client's machine.
func (c *ClientToServerCmd) Host() *string { return &c.ClHost }

// UserCmd is the base of requests made by a person or a script.
type UserCmd struct {
	_ cereal.Versioned
	ClientToServerCmd
	User     string `cereal:"user_"`
	Password string `cereal:"pswd_,optional"` // crypt(3) of the password, never the password itself
	Custom   bool   `cereal:"cu_,optional"`   // User was chosen rather than taken from the login
}

// AsUser gives the base itself.
func (c *UserCmd) AsUser() *UserCmd { return c }

// TaskCmd is the base of requests made by a running task.
type TaskCmd struct {
	_ cereal.Versioned
	ClientToServerCmd
	Path         string `cereal:"path_to_submittable_"`  // ECF_NAME
	JobsPassword string `cereal:"jobs_password_"`        // ECF_PASS
	RemoteID     string `cereal:"process_or_remote_id_"` // ECF_RID
	TryNo        int    `cereal:"try_no_"`               // ECF_TRYNO
}

// AsTask gives the base itself.
func (c *TaskCmd) AsTask() *TaskCmd { return c }

// ServerToClientCmd is the root of all replies.
type ServerToClientCmd struct {
	_ cereal.Versioned
}

func (*ServerToClientCmd) isReply() {}
