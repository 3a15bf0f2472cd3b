package command

// helpGlobal is the help of options that are no commands of the server.
func helpGlobal(name string) Help {
	switch name {
	case "help":
		return Help{
			Summary: "tell what the client can do",
			Shapes:  []string{"--help", "--help=<topic>", "-h"},
			Text:    "Asks no server, and reads no certificates.",
			Arguments: []HelpArgument{{"topic", "(optional) [ all | summary | task | child | user | option | environment | definition | defs/<item> | <option> ]",
				"summary: one line for each command; task, user, option: those of one kind; all: everything; environment: the variables; definition: the items of definition files, and defs/<item> one of them; else one option; --user with its dashes, since user is a list"}},
			Examples: []HelpExample{{"ecflow_client --help=summary", ""}, {"ecflow_client --help=alter", ""}, {"ecflow_client --help=defs/trigger", ""}},
			Exit:     "0, also for a topic that does not exist.",
		}
	case "version":
		return Help{
			Summary:  "tell the version of the client",
			Shapes:   []string{"--version", "-v"},
			Text:     "Prints one line that begins with Ecflow version(X.Y.Z): the release of the original whose behaviour this client follows; its own version comes behind. Asks no server; --server_version does.",
			Examples: []HelpExample{{"ecflow_client --version", ""}, {"ecflow_client --version | sed 's/.*version(\\([0-9.]*\\)).*/\\1/'", "the number alone"}},
			Exit:     "0.",
		}
	case "remove":
		return Help{
			Summary:   "with --complete: delete user variables from the task",
			Shapes:    []string{"--complete --remove <name> [<name> ...]"},
			Text:      "Has no meaning by itself.",
			Arguments: []HelpArgument{{"names", "name ...", "names of user variables of the task, divided by blanks"}},
			Examples:  []HelpExample{{"ecflow_client --complete --remove OUTPUT", ""}},
		}
	case "add":
		return Help{
			Summary:   "with --init: add user variables to the task",
			Shapes:    []string{"--init=<rid> --add <name>=<value> [<name>=<value> ...]"},
			Text:      "Has no meaning by itself. A variable that exists gets the new value.",
			Arguments: []HelpArgument{{"variables", "<name>=<value> ...", "divided by blanks; quote values with blanks"}},
			Examples:  []HelpExample{{"ecflow_client --init=$$ --add OUTPUT=/scratch/x", ""}},
		}
	case "debug":
		return Help{
			Summary:  "show the client's settings, and tell what it does",
			Shapes:   []string{"--debug", "-d"},
			Text:     "Goes with a command. As the environment variable ECF_DEBUG_CLIENT. Passwords are never shown.",
			Examples: []HelpExample{{"ecflow_client --debug --ping", ""}},
		}
	case "host":
		return Help{
			Summary:   "machine of the server, in place of ECF_HOST",
			Shapes:    []string{"--host=<name>"},
			Text:      "Goes with a command. Without it and ECF_HOST the server is on localhost.",
			Arguments: []HelpArgument{{"name", "string", "host name or address"}},
			Examples:  []HelpExample{{"ecflow_client --ping --host=ops1 --port=3142", ""}},
		}
	case "port":
		return Help{
			Summary:   "port of the server, in place of ECF_PORT",
			Shapes:    []string{"--port=<number>"},
			Text:      "Goes with a command. Without it and ECF_PORT the port is 3141.",
			Arguments: []HelpArgument{{"number", "integer", "the TCP port the server was started with"}},
			Examples:  []HelpExample{{"ecflow_client --ping --host=ops1 --port=3142", ""}},
		}
	case "user":
		return Help{
			Summary:   "act as this user instead of the login",
			Shapes:    []string{"--user=<name>"},
			Text:      "Goes with a command. The user needs a password, given by --password or found in the file that ECF_CUSTOM_PASSWD names. As the environment variable ECF_USER.",
			Arguments: []HelpArgument{{"name", "string", "a name the server's file of custom passwords holds"}},
			Examples:  []HelpExample{{"ecflow_client --user=operator --password=secret --ping", ""}},
		}
	case "password":
		return Help{
			Summary:   "password of the user that --user names",
			Shapes:    []string{"--user=<name> --password=<text>"},
			Text:      "Other users of the machine may see it in the list of processes: a file named by ECF_CUSTOM_PASSWD is safer.",
			Arguments: []HelpArgument{{"text", "string", "the plain password; what travels is made from it by crypt(3)"}},
			Examples:  []HelpExample{{"ecflow_client --user=operator --password=secret --suites", ""}},
		}
	case "rid":
		return Help{
			Summary:   "process or batch id of the job, in place of ECF_RID",
			Shapes:    []string{"--rid=<id>"},
			Text:      "Goes with a command for jobs.",
			Arguments: []HelpArgument{{"id", "string", "what --init said, or is to say"}},
			Examples:  []HelpExample{{"ecflow_client --rid=$$ --meter=step 24", ""}},
		}
	case "ssl":
		return Help{
			Summary: "speak TLS to the server, as with ECF_SSL",
			Shapes:  []string{"--ssl"},
			Text: "Goes with a command. The server's certificate is expected in ~/.ecflowrc/ssl, or the directory that ECF_SSL_DIR names, as server.crt or <host>.<port>.crt, and must be exactly the one the server shows. " +
				"Without it nothing is sent.",
			Examples: []HelpExample{{"ecflow_client --ssl --ping --host=ops1", ""}},
		}
	case "http":
		return Help{
			Summary:  "speak HTTP to the server",
			Since:    "5.14",
			Shapes:   []string{"--http"},
			Text:     "Goes with a command. The server must have been started with --http. As ECF_HOST_PROTOCOL=HTTP. Users are known by the token that the file ECF_AUTHTOKENS (else ~/.ecflowapirc) holds for the server.",
			Examples: []HelpExample{{"ecflow_client --http --ping", ""}},
		}
	case "https":
		return Help{
			Summary:  "speak HTTPS to the server, or to a proxy before it",
			Since:    "5.14",
			Shapes:   []string{"--https"},
			Text:     "Goes with a command. As --http, encrypted; the certificate is verified. As ECF_HOST_PROTOCOL=HTTPS.",
			Examples: []HelpExample{{"ecflow_client --https --ping --host=ecflow.example.int --port=443", ""}},
		}
	case "output":
		return Help{
			Summary: "text, or json for programs",
			Shapes:  []string{"--output=text|json"},
			Text: "Goes with a command. With json standard output holds one JSON text and nothing else: the data, or the error with its kind. The exit code is the same. " +
				"Not in the original; its whole name must be given.",
			Arguments: []HelpArgument{{"form", "[ text | json ]", "text, unless said otherwise"}},
			Examples:  []HelpExample{{"ecflow_client --output=json --suites", ""}, {"ecflow_client --output=json --get_state=/suite | jq .", ""}},
		}
	}
	return Help{}
}
