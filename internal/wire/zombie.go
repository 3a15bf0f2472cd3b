package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// ZombieGetCmd lists the zombies.
type ZombieGetCmd struct {
	_ cereal.Versioned
	ServerToClientCmd
	Zombies []Zombie `cereal:"zombies_"`
}

// Zombie is a job whose child commands do not fit the task they name.
type Zombie struct {
	_                 cereal.Versioned
	UserAction        ZombieAction `cereal:"user_action_"`
	TryNo             int          `cereal:"try_no_"`
	Duration          int          `cereal:"duration_"` // seconds since it was first seen
	Calls             int          `cereal:"calls_"`    // child commands received
	ZombieType        ZombieType   `cereal:"zombie_type_"`
	LastChildCmd      ChildCmd     `cereal:"last_child_cmd_"`
	PathToTask        string       `cereal:"path_to_task_"`
	JobsPassword      string       `cereal:"jobs_password_"`
	ProcessOrRemoteID string       `cereal:"process_or_remote_id_"`
	UserCmd           string       `cereal:"user_cmd_"`
	Host              string       `cereal:"host_"`
	Attr              ZombieAttr   `cereal:"attr_"`
	UserActionSet     bool         `cereal:"user_action_set_"`
}

// ZombieAttr is a node's rule for zombies.
type ZombieAttr struct {
	_              cereal.Versioned
	ChildCmds      []ChildCmd   `cereal:"child_cmds_"` // empty: all
	ZombieType     ZombieType   `cereal:"zombie_type_"`
	Action         ZombieAction `cereal:"action_"`
	ZombieLifetime int          `cereal:"zombie_lifetime_"` // seconds
}
