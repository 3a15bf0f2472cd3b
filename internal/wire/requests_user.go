package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// ServerVersionCmd asks for the server's version. Reply: SStringCmd.
type ServerVersionCmd struct {
	_ cereal.Versioned
	UserCmd
}

// CtsCmd asks for one of the requests without arguments. The reply depends on
// API, see [CtsAPI].
type CtsCmd struct {
	_ cereal.Versioned
	UserCmd
	API CtsAPI `cereal:"api_"`
}

// QueryCmd asks for the value of one attribute. Reply: SStringCmd.
type QueryCmd struct {
	_ cereal.Versioned
	UserCmd
	QueryType       string `cereal:"query_type_"` // state, dstate, repeat, event, meter, limit, limit_max, label, variable, trigger
	PathToAttribute string `cereal:"path_to_attribute_"`
	Attribute       string `cereal:"attribute_"`
	PathToTask      string `cereal:"path_to_task_"` // ECF_NAME of the asker, for the server's log
}

// CFileCmd asks for a file that belongs to a node. Reply: SStringCmd.
type CFileCmd struct {
	_ cereal.Versioned
	UserCmd
	File       FileType `cereal:"file_"`
	PathToNode string   `cereal:"pathToNode_"`
	MaxLines   uint64   `cereal:"max_lines_"` // 10000 unless the caller says otherwise
}

// LogCmd reads or moves the server's log. Reply: SStringCmd for LogGet and
// LogPath.
type LogCmd struct {
	_ cereal.Versioned
	UserCmd
	API           LogAPI `cereal:"api_"`
	GetLastNLines int    `cereal:"get_last_n_lines_"` // 100 unless the caller says otherwise
	NewPath       string `cereal:"new_path_"`
}

// LogMessageCmd writes a line into the server's log.
type LogMessageCmd struct {
	_ cereal.Versioned
	UserCmd
	Msg string `cereal:"msg_"`
}

// CheckPtCmd saves the server's definition, or sets when it is saved.
type CheckPtCmd struct {
	_ cereal.Versioned
	UserCmd
	Mode                 CheckPtMode `cereal:"mode_"`
	CheckPtInterval      int         `cereal:"check_pt_interval_"`        // seconds, 0: as it was
	CheckPtSaveTimeAlarm int         `cereal:"check_pt_save_time_alarm_"` // seconds, 0: as it was
}

// ShowCmd says, inside a group, that the client will print what it got.
type ShowCmd struct {
	_ cereal.Versioned
	UserCmd
}

// GroupCTSCmd carries several requests. The reply is a GroupSTCCmd, or StcCmd
// when no request had anything to answer.
type GroupCTSCmd struct {
	_ cereal.Versioned
	UserCmd
	Commands []Request `cereal:"cmdVec_"`
	CLI      bool      `cereal:"cli_"` // the request comes from the command-line client
}
