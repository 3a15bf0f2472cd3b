package command

// HelpVariable is an environment variable that the command line reads.
type HelpVariable struct {
	Name, Shape string
	Need        string // mandatory, optional; a star after it: there is an option or an argument for it
	Text        string
	Main        bool // told with every command, not in the whole list alone
}

// EnvironmentForAll are the variables that every command reads.
func EnvironmentForAll() []HelpVariable {
	return []HelpVariable{
		{"ECF_HOST", "<string>", "mandatory*", "machine of the server; localhost if it is not set", true},
		{"ECF_PORT", "<int>", "mandatory*", "port of the server; 3141 if it is not set", true},
		{"ECF_SSL", "<any>", "optional*", "if set, speak TLS: 1 looks for server.crt, then for <host>.<port>.crt; other values for the latter alone", true},
		{"ECF_HOSTFILE", "<string>", "optional", "file with further servers, one <host>:<port> a line, which are tried when the first does not answer", true},
		{"ECF_HOSTFILE_POLICY", "<string>", "optional", "task, which is meant if it is not set: the file is for commands of jobs; all: for every command", true},
		{"ECF_HOST_PROTOCOL", "<string>", "optional*", "TCP, SSL, HTTP or HTTPS; servers from 5.14 speak the last two", false},
		{"ECF_SSL_DIR", "<string>", "optional", "directory of certificates, in place of $HOME/.ecflowrc/ssl", false},
		{"ECF_USER", "<string>", "optional*", "act as this user instead of the login; a password is needed then", false},
		{"ECF_PASSWD", "<string>", "optional", "file with your passwords for servers that ask for one", false},
		{"ECF_CUSTOM_PASSWD", "<string>", "optional", "file with passwords for users named by ECF_USER or --user", false},
		{"ECF_AUTHTOKENS", "<string>", "optional", "file with tokens for servers that are spoken to by HTTP, in place of $HOME/.ecflowapirc", false},
		{"ECF_CONNECT_TIMEOUT", "<int>", "optional", "seconds for each step of a connection; if it is not set, 10 to 600 seconds, by the command", false},
		{"ECF_PROXY", "<url>", "optional", "proxy for connections: socks5://, socks5h://, http:// or https://[user:password@]host:port, or none; not in the original", false},
		{"ALL_PROXY", "<url>", "optional", "the same, if ECF_PROXY is not set; all_proxy counts first", false},
		{"NO_PROXY", "<hosts>", "optional", "hosts, domains and ranges of addresses, divided by commas, that are reached without proxy; no_proxy counts first", false},
		{"ECF_DEBUG_CLIENT", "<any>", "optional*", "if set, tell what the client does", false},
		{"NO_ECF", "<any>", "optional", "if set, print NO_ECF and end well without doing anything, to try scripts without a server", true},
	}
}

// EnvironmentForTasks are the variables that only the commands of jobs read.
func EnvironmentForTasks() []HelpVariable {
	return []HelpVariable{
		{"ECF_NAME", "<string>", "mandatory", "absolute path of the task", true},
		{"ECF_PASS", "<string>", "mandatory", "password of the job, which the server made when it submitted it", true},
		{"ECF_TRYNO", "<int>", "mandatory", "which try of the task the job is; 1 if it is not set", true},
		{"ECF_RID", "<string>", "mandatory*", "process or batch id of the job, as --init said it", true},
		{"ECF_TIMEOUT", "<int>", "optional", "seconds for which delivery is tried; 86400, a day, if it is not set, and at least 60", true},
		{"ECF_ZOMBIE_TIMEOUT", "<int>", "optional", "seconds for which a job waits that the server takes for a zombie; 43200, half a day, if it is not set, and at least 60", true},
		{"ECF_DENIED", "<any>", "optional", "if set, fail at once when no server can be reached", true},
	}
}
