package command

// local is the row of a method that the client answers itself.
func local(py, goName, doc string, forms []Form) Spec {
	m := Method{Py: py, Go: goName, Doc: doc, Forms: forms}
	return Spec{Name: "local:" + py, Class: Local, Summary: m.Summary(), Methods: []Method{m}}
}

// ours marks a row as an addition to the original.
func ours(s Spec) Spec {
	s.Methods[0].Ours = true
	return s
}

// property marks a row as one that Python reads like a field.
func property(s Spec) Spec {
	s.Methods[0].Property = true
	return s
}

func unnamed(name string, t Type, doc string) Param {
	return Param{Name: name, Type: t, Unnamed: true, Doc: doc}
}

func localRows() []Spec {
	host := unnamed("host", String, "host name or address of the server")
	seconds := unnamed("seconds", Int, "seconds")
	return []Spec{
		local("version", "Version", "The release of ecFlow whose behaviour this client follows, such as \"5.19.0\".\n\nIt is meant for comparison with server_version(); the package has a version of its own, ecflow.__release__.", returning(String)),
		local("set_host_port", "SetHostPort", "Choose the server for all following requests.\n\nOne argument is \"host:port\" or \"host@port\". Certificate and password are chosen anew for it.",
			[]Form{
				{Returns: None, Params: []Param{host, unnamed("port", StringInt, "port of the server")}},
				{Returns: None, Params: []Param{unnamed("host_port", String, "\"host:port\" or \"host@port\"")}},
			}),
		local("get_host", "Host", "Host of the server, as it was given; localhost unless set.", returning(String)),
		local("get_port", "Port", "Port of the server, as a string; 3141 unless set.", returning(String)),
		local("set_user_name", "SetUser", "Act as another user than the login.\n\nSuch a user needs a password, from the file ECF_CUSTOM_PASSWD names or by set_password().",
			returning(None, unnamed("user", String, "user name; \"\" for the login"))),
		ours(local("set_password", "SetPassword", "Set the password, instead of having it looked up in a password file.\n\nOnly what crypt(3) makes of it with the user name is sent, of which eight characters count.",
			returning(None, Param{Name: "password", Type: String, Doc: "the plain password; \"\" returns to the password files"}))),
		local("set_connection_attempts", "SetConnectionAttempts", "How often a request is tried before it fails; 2 unless set, at least 1.",
			returning(None, unnamed("attempts", Int, "number of attempts"))),
		local("set_retry_connection_period", "SetRetryPeriod", "Pause between attempts, in seconds; 10 unless set. A ping pauses 1 second whatever this says.",
			returning(None, seconds)),
		ours(local("set_timeout", "SetTimeout", "Time allowed for each step (connect, send, receive) of a request, in seconds; 0: the request's own, 10 to 600 seconds.",
			returning(None, Param{Name: "seconds", Type: Float, Doc: "seconds, may have a fraction"}))),
		ours(local("set_connect_timeout", "SetConnectTimeout", "Time allowed for connecting to each address, in seconds; 0: that of the other steps.",
			returning(None, Param{Name: "seconds", Type: Float, Doc: "seconds, may have a fraction"}))),
		local("enable_ssl", "EnableTLS", "Speak TLS to the server from now on, trusting the certificate in $HOME/.ecflowrc/ssl (or ECF_SSL_DIR).\n\nserver.crt is preferred over <host>.<port>.crt, unless ECF_SSL asks for the latter. Raises if neither is there.",
			returning(None,
				Param{Name: "cafile", Type: String, Default: "", Doc: "trust the certificates in this PEM file instead"},
				Param{Name: "verify_host_name", Type: Bool, Default: false, Doc: "also demand that the certificate is for the host connected to"})),
		local("disable_ssl", "DisableTLS", "Speak plain TCP to the server from now on.", returning(None)),
		local("get_certificate", "Certificate", "Name of the certificate file in use, such as \"server.crt\"; \"\" when TLS is off.\n\nGo gives the whole path.", returning(String)),
		local("enable_http", "EnableHTTP", "Speak HTTP to the server from now on (servers from 5.14, started with --http).", returning(None)),
		local("enable_https", "EnableHTTPS", "Speak HTTPS from now on, to a proxy in front of the server. Its certificate is verified.", returning(None)),
		local("debug", "SetDebug", "Tell, request by request, what the client does.", returning(None, unnamed("on", Bool, "on or off"))),
		local("ch_handle", "Handle", "Number of the handle registered by ch_register(); 0 when there is none.", returning(Int)),
		local("get_defs", "Defs", "The client's definition, which sync_local() and get_server_defs() bring; None before.\n\n"+
			"It is brought up to date in place by later calls of sync_local(), unless the changes are large.", returning(Tree)),
		local("in_sync", "InSync", "Whether the last request brought changes: a whole definition, or some.\n\nAny other request makes it False, and so does a sync that found nothing new.",
			returning(Bool)),
		property(local("changed_node_paths", "ChangedNodePaths", "Paths of the nodes that the last sync_local() changed, in the server's order; \"/\" is the definition itself.\n\n"+
			"It is empty when the whole definition came, and after any other request.", returning(Strings))),
		local("reset", "Reset", "Forget definition and handle, so that the next sync_local() gets the whole definition.", returning(None)),
		local("set_auto_sync", "SetAutoSync", "Say whether every request that may change the definition also does what sync_local() does.\n\nBoth travel together, except for child commands, which a sync follows.",
			returning(None, unnamed("on", Bool, "on or off"))),
		local("is_auto_sync_enabled", "AutoSync", "Whether requests sync by themselves.", returning(Bool)),
		local("wait_for_server_reply", "WaitForServer", "Ping the server every two seconds until it answers.\n\nReturns False if it has not within the time.",
			returning(Bool, Param{Name: "time_out", Type: Int, Default: int64(60), Doc: "seconds"})),
		local("set_child_path", "", "Path of the task that child commands speak for, instead of ECF_NAME.", returning(None, unnamed("path", String, "absolute path of the task"))),
		local("set_child_password", "", "Password of the job that child commands speak for, instead of ECF_PASS.", returning(None, unnamed("password", String, "the job's password"))),
		local("set_child_pid", "", "Process or batch id of the job, instead of ECF_RID.", returning(None, unnamed("pid", StringInt, "process id, or the batch system's job id"))),
		local("set_child_try_no", "", "Which try of the task the job is, instead of ECF_TRYNO.", returning(None, unnamed("try_no", Int, "1 for the first"))),
		local("set_child_timeout", "", "How long child commands try to reach a server, in seconds, instead of ECF_TIMEOUT (default 86400).", returning(None, seconds)),
		local("set_zombie_child_timeout", "", "How long child commands of a zombie wait, in seconds, instead of ECF_ZOMBIE_TIMEOUT (default 43200).", returning(None, seconds)),
		local("set_child_init_add_vars", "", "User variables that child_init() adds to the task.", returning(None, unnamed("variables", Pairs, "a dict, or a list of Variable"))),
		local("set_child_complete_del_vars", "", "Names of user variables that child_complete() deletes from the task.", returning(None, unnamed("names", Strings, "names"))),
	}
}
