package cmdline

// templates are good uses of every option: its name and its words, between bars.
var templates = []string{
	"news|0|1|2", "sync|0|1|2", "sync_full|0", "sync_clock|0|1|2",
	"get", "get|/s", "get_state", "get_state|/s/f", "migrate", "migrate|/s/f/t",
	"check_pt", "check_pt|never", "check_pt|on_time", "check_pt|on_time:90", "check_pt|alarm:35", "check_pt|always", "check_pt|180",
	"ping", "restore_from_checkpt", "restart", "halt|yes", "shutdown|yes", "terminate|yes", "halt", "shutdown", "terminate",
	"reloadwsfile", "reloadpasswdfile", "reloadcustompasswdfile", "force-dep-eval",
	"stats", "stats_reset", "debug_server_on", "debug_server_off",
	"job_gen", "job_gen|/s", "checkJobGenOnly", "checkJobGenOnly|_all_",
	"delete|/s", "delete|force|yes|/s|/t", "delete|_all_|yes", "delete|yes|_all_", "delete|yes|force|/s/f/t",
	"suspend|/s|/t", "resume|/s", "kill|/s/f/t", "status|/s/f/t|/s/f/u", "check|_all_", "check|/s|/t",
	"edit_history|/s/f/t", "edit_history|clear", "archive|/s", "archive|force|/s|/t", "restore|/s|/t",
	"zombie_fob|/s/t|/s/u", "zombie_fail|/s/t", "zombie_adopt|/s/t", "zombie_block|/s/t", "zombie_remove|/s/t|/s/u", "zombie_kill|/s/t", "zombie_get",
	"suites", "ch_register|true|s|t", "ch_register|false", "ch_register|1|true|s", "ch_drop|7", "ch_drop_user", "ch_drop_user|fred",
	"ch_add|7|s|t", "ch_rem|7|s", "ch_auto_add|7|true", "ch_auto_add|7|false", "ch_suites",
	"log|get", "log|get|200", "log|clear", "log|flush", "log|new", "log|new|/path/to.log", "log|path",
	"server_version", "msg|a message", "begin", "begin|s", "begin|s --force", "begin|--force", "begin|/s",
	"init|42", "init|42|--add|A=b|C=d", "complete", "complete|--remove|A|B", "abort", "abort|some reason", "wait|/s/u == complete",
	"event|e", "event|e|set", "event|e|clear", "meter|m|20", "meter|m|-20", "label|l|text", "label|l|two|words", "label|l|-j64 --verbose",
	"queue|q|active", "queue|q|complete|step", "queue|q|aborted|step|/s/q", "queue|q|no_of_aborted|/s/q", "queue|q|reset",
	"requeue|/s", "requeue|abort|/s|/t", "requeue|force|/s/t", "order|/s/f|top", "order|/s/f|bottom", "order|/s/f|alpha", "order|/s/f|order",
	"order|/s/f|up", "order|/s/f|down", "order|/s/f|runtime", "run|/s/t", "run|force|/s/t|/s/u",
	"force|complete|/s/t|/s/u", "force|aborted|recursive|/s", "force|queued|recursive|full|/s", "force|set|/s/t:e", "force|clear|/s/t:e", "force|unknown|full|/s/t",
	"free-dep|/s/t|/s/u", "free-dep|all|/s/t", "free-dep|date|/s/t", "free-dep|time|/s/t", "free-dep|trigger|/s/t",
	"load|good.def", "load|good.def|force", "load|good.def|check_only", "load|bad.def", "load|no.def", "load|missing.def", "load|good.def|stats",
	"replace|/su|good.def", "replace|/su/f/t|good.def|parent", "replace|/su|good.def|true|force", "replace|/su|bad.def",
	"file|/s/t", "file|/s/t|script", "file|/s/t|job", "file|/s/t|jobout|5", "file|/s/t|manual", "file|/s/t|kill", "file|/s/t|stat",
	"edit_script|/s/t|edit", "edit_script|/s/t|pre_process", "edit_script|/s/t|submit", "edit_script|/s/t|pre_process_file|edit.ecf",
	"edit_script|/s/t|submit_file|edit.ecf", "edit_script|/s/t|submit_file|edit.ecf|create_alias", "edit_script|/s/t|submit_file|edit.ecf|create_alias|no_run",
	"alter|add|variable|A|a value|/s", "alter|add|variable|A|-x|/s|/t", "alter|add|variable|A|--x=y|/", "alter|add|time|+00:20|/s/t", "alter|add|today|10:00|/s/t",
	"alter|add|date|01.*.*|/s/t", "alter|add|day|sunday|/s/t", "alter|add|label|l|text|/s/t", "alter|add|late|-s 00:01 -a 14:30 -c +00:01|/s/t",
	"alter|add|limit|l|100|/s", "alter|add|inlimit|/s:l|10|/s/t", "alter|add|inlimit|l|-n 10|/s/t", "alter|add|inlimit|/s:l|-s 2|/s/t", "alter|add|zombie|ecf:fail::|/s/t", "alter|add|zombie|user:fob:label:300|/s/t",
	"alter|change|variable|A|b|/s", "alter|change|clock_type|hybrid|/s", "alter|change|clock_type|real|/s", "alter|change|clock_gain|-100|/s", "alter|change|clock_date|12.12.2012|/s", "alter|change|clock_sync|/s",
	"alter|change|label|l|-x y|/s/t", "alter|change|trigger|u == complete|/s/t", "alter|change|complete|u==aborted|/s/t",
	"alter|change|repeat|5|/s/f", "alter|change|limit_max|l|6|/s", "alter|change|limit_value|l|2|/s", "alter|change|defstatus|complete|/s/t", "alter|change|late|-c +03:00|/s/t",
	"alter|change|time|+00:20|10:10|/s/t", "alter|change|today|10:00|11:11|/s/t", "alter|change|event|e|set|/s/t", "alter|change|event|e|/s/t", "alter|change|meter|m|-1|/s/t", "alter|change|meter|m|7|/s/t|/s/u",
	"alter|set_flag|late|/s/t", "alter|clear_flag|message|/s/t", "alter|set_flag|force_aborted|/s", "alter|sort|variable|/s/t", "alter|sort|all|recursive|/s",
	"alter|delete|variable|A|/s", "alter|delete|variable|/s", "alter|delete|time|10:10|/s/t", "alter|delete|time|/s/t", "alter|delete|today|/s/t", "alter|delete|date|/s/t", "alter|delete|date|1.1.2020|/s/t", "alter|delete|day|monday|/s/t",
	"alter|delete|cron|/s/t", "alter|delete|cron|-w 0,1 10:00|/s/t", "alter|delete|event|e|/s/t", "alter|delete|meter|m|/s/t", "alter|delete|label|l|/s/t", "alter|delete|trigger|/s/t", "alter|delete|complete|/s/t", "alter|delete|late|/s/t",
	"alter|delete|zombie|ecf|/s/t", "alter|delete|zombie|/s/t", "alter|delete|queue|q|/s/t", "alter|delete|generic|g|/s/t", "alter|delete|inlimit|/s:l|/s/t", "alter|delete|inlimit|/s/t", "alter|delete|limit_path|l|/s/t|/s", "alter|delete|limit|l|/s", "alter|delete|repeat|/s/f",
	"query|state|/", "query|dstate|/s", "query|repeat|/s/f", "query|repeat|/s/f|next", "query|event|/s/t:e", "query|meter|/s/t:m", "query|label|/s/t:l", "query|variable|/s/t:V", "query|variable|/:V", "query|limit|/s:l", "query|limit_max|/s:l", "query|trigger|/s/t|/s/u == complete",
	"plug|/s|/t", "plug|/s/f|host:3141/t", "why", "why|/s/t", "show", "show|state", "show|defs", "show|migrate",
	"group|get; show", "group|suspend /s; resume /s", "group|halt=yes; check_pt; terminate=yes", "group|alter add variable A 'b c' /s; ping", `group|label=l "a b"; meter m -1`,
	"alter|add|event|e|set|/s/t", "alter|add|event|7|clear|/s/t", "alter|add|meter|m|0,100,5|/s/t", "alter|change|limit_value|l|reset|/s",
	"alter|add|mirror|m|--remote_path /s/f --remote_host host --remote_port 3141 --polling 60|/s/t", "alter|delete|mirror|m|/s/t", "alter|change|mirror|m|reload|/s/t",
	"alter|add|aviso|a|--listener '{\"event\":\"mars\"}' --url http://host/ --schema /x --polling 60|/s/t", "alter|delete|aviso|a|/s/t", "alter|change|aviso|a|reload|/s/t",
}

// odd are words that may be right, wrong, or taken for something else.
var odd = []string{
	"", " ", "-", "--", "-1", "-x", "--x", "--x=", "--x=y", "-h", "-d", "--ping", "--alter", "--label=x", "=", "a=b", "/", "//", "/s", "/s/t:e", "s", "0", "1", "-0", "+5",
	"99999999999", "4294967295", "2147483648", "1.5", "0x10", "yes", "y", "no", "force", "true", "TRUE", "_all_", "set", "clear", "complete", "all", "recursive", "full", "reset",
	"ünïcode", "日本", "\xff", "a b", "'q'", `"q"`, `"`, "'", "a;b", "a\nb", "\t", "%A%", "$HOME", `\`, "*", "()", "and", "[x]", "{}", "&", "|", "a,b", "10:00", "25:99", "monday",
}

// also is what may stand beside a command.
var also = [][]string{
	{"--host=127.0.0.1"}, {"--host", "127.0.0.1", "--port", "{PORT}"}, {"--port={PORT}"}, {"--port=x"}, {"--port="}, {"--host="}, {"--port"}, {"--rid=88"}, {"--rid", "x y"}, {"--rid"},
	{"--user=bob"}, {"--user", "bob", "--password", "secret"}, {"--password=secret"}, {"--user"}, {"--us=bob"}, {"--pas", "x"}, {"--rid=1", "--rid=2"}, {"--host=127.0.0.1", "--host"},
	{"--add=X=y"}, {"--add", "X=y", "Z=", "=W"}, {"--add", "X"}, {"--remove", "X", "Y"}, {"--remove"}, {"--add"},
	{"-v"}, {"-x"}, {"--"}, {"--", "--ping"}, {"--", "word"}, {"word"}, {"word", "/s"}, {"-1"}, {"--debu"}, {"--stats"}, {"--show"},
}

// environment are settings that a child command, or any, may find.
var environment = [][2]string{
	{"ECF_NAME", ""}, {"ECF_PASS", ""}, {"ECF_TRYNO", ""}, {"ECF_TRYNO", "x"}, {"ECF_TRYNO", "7"}, {"ECF_RID", ""}, {"ECF_RID", "abc"}, {"ECF_NAME", "s/t"},
	{"NO_ECF", "1"}, {"ECF_USER", "fred"}, {"ECF_TIMEOUT", "5"}, {"ECF_TIMEOUT", "x"}, {"ECF_ZOMBIE_TIMEOUT", "5"}, {"ECF_DENIED", "1"},
}

// special are lines of their own.
func special() []Line {
	lines := []Line{{}}
	for _, words := range [][]string{
		{""}, {"-"}, {"--"}, {"---"}, {"--="}, {"--=x"}, {"-d"}, {"-v"}, {"-h", "nothing"}, {"-hnothing"}, {"-vd"}, {"-dv"}, {"-dd"}, {"-vv"}, {"-v", "-v"}, {"-vx"}, {"-v=1"}, {"-1"}, {"--1"},
		{"--version=1"}, {"--ping=1"}, {"--ping", "--ping"}, {"--pin"}, {"--p"}, {"--PING"}, {"ping"}, {"--get=/a", "--get=/b"}, {"--get=/a", "--get"}, {"--get", "--get=/a"}, {"--get", "--get"},
		{"--get", "--=/x"}, {"--get", "--", "/x"}, {"--get", "", "/x"}, {"---v"}, {"--delete", "-h"}, {"--delete", "--"}, {"--delete", "--yes="}, {"--suspend=/a", "--ping", "--suspend=/b"}, {"--suspend", "/a", "--", "/b"},
		{"--zombie"}, {"--zombie=x"}, {"--stats_s"}, {"--sync_c=0", "1", "2"}, {"--free_dep=/s"}, {"--restore_"}, {"--alt", "add", "variable", "A", "b", "/s"}, {"--alteration=add", "variable", "A", "b", "/s"}, {"--alterx", "add", "variable", "A", "b", "/s"},
		{"--alter=add", "variable", "A", "b", "/s", "--alter=add", "variable", "B", "c", "/t"}, {"--alter=add", "variable", "A", "b", "/s", "word"}, {"--alter"}, {"--alter="}, {"--alter", "add"},
		{"--label"}, {"--label="}, {"--label=", "x"}, {"--label", "l"}, {"--labels=l", "x"}, {"--lab=l", "-x"}, {"--label", "--ping", "--ping", "--ping"}, {"--label=l", "x", "y", "--ping"}, {"--label=a=b", "c"},
		{"--meter", "m", "-5"}, {"--met", "m", "-5"}, {"--meter=m", "5", "6"}, {"--abort", "--ping"}, {"--abort=--ping"}, {"--abort="}, {"--abo="}, {"--abort", "a", "b"}, {"--abort=a", "--abort=b"}, {"--abort", "a\nb;c"},
		{"--group=get", "--ping"}, {"--group="}, {"--group"}, {"--group", ""}, {"--group= "}, {"--group=;"}, {"--group=get;;ping"}, {"--group=-get"}, {"--group=group=get"}, {"--group=help"}, {"--group=get --ping"}, {"--group=alter add variable A -x /s"}, {"--group=msg 'a b'"}, {`--group=msg "a b"`},
		{"--group=msg a b"}, {"--group=msg  a"}, {"--group=msg=a=b"}, {"--group=show"}, {"--group=why"}, {"--group=show=x"}, {"--group=halt"}, {"--group=halt=no"}, {"--group=delete /s"}, {"--group=free-dep /s"}, {"--group=begin s --force"}, {"--group=ch_register true s"},
		{"--why", "--show"}, {"--show", "--group=get; show"}, {"\u2013\u2013ping"}, {"\u2013-ping"}, {"-\u2013ping"}, {"-ping"}, {"--pi\xffng"}, {"--force-dep"}, {"--che"}, {"--check"}, {"--check_"}, {"--ch"}, {"--load"}, {"--load", "good.def", "print"}, {"--load=good.def", "force", "check_only"},
		{"--init", "1", "--add"}, {"--init=1", "--add", "A=b", "--add", "C=d"}, {"--init", "--add", "A=b"}, {"--init", "1", "2"}, {"--complete=x"}, {"--complete", "x"}, {"--complete", "--remove=A", "B"}, {"--add", "A=b"}, {"--remove", "A"},
		{"--help=nothing", "--ping"}, {"--version", "--ping"}, {"--version", "--port=x"}, {"--port=x", "--help=nothing"}, {"--ping", "--suspend"}, {"--news=a"}, {"--news"}, {"--news=-1", "2", "3"}, {"--news=1"}, {"--sync_full=1", "2"}, {"--sync=1", "2"}, {"--sync=1", "2", "3", "4"},
		{"--alter=add", "meter", "()", "0,1,2", "/s"}, {"--alter=add", "meter", "m", "2,1,0", "/s"}, {"--alter=add", "meter", "m", "0,1,x", "/s"}, {"--alter=add", "meter", "m", ",0,,1,2", "/s"},
		{"--init", ""}, {"--sync", "0", "", "1"}, {"--begin", `"`}, {"--begin", `"s --force"`}, {"--group=load bad.def; halt"}, {"--zombie_fob=/s/t", ""}, {"--delete=/s", "yes"}, {"--delete=/s", "force"},
		{"-h", "t"}, {"--help", "zombie"}, {"--help=meter"}, {"--help=news"}, {"--help=all"}, {"--help=summary"}, {"--help=defs/task"}, {"--help", "host"},
		{"--alter=change", "time", "10:00", "", "/s"}, {"--alter=change", "today", " ", "10:00", "/s"}, {"--alter=change", "time", "x", "y", "/s"},
		{"--ch_drop=x"}, {"--ch_drop=-1"}, {"--ch_drop", "-1"}, {"--ch_drop=1.0"}, {"--ch_drop=1", "--ch_drop=2"}, {"--ch_drop=x", "--ch_drop=2"},
	} {
		lines = append(lines, line(words))
	}
	return lines
}
