package command

// AnyFile stands in FixedWords for the path of a file on this machine.
const AnyFile = "<file>"

// FixedWords are the words that may stand among an option's arguments, place by place, for
// completion in shells. The last list holds for all places after it; an empty one says that
// only the user knows. See also [FixedWordsAfter].
func FixedWords(option string) [][]string {
	var nothing []string
	switch option {
	case "alter":
		return [][]string{{"add", "change", "delete", "set_flag", "clear_flag", "sort"}, nothing}
	case "event":
		return [][]string{nothing, {"set", "clear"}, nothing}
	case "queue":
		return [][]string{nothing, queueActions, nothing}
	case "complete":
		return [][]string{{"--remove"}, nothing}
	case "init":
		return [][]string{nothing, {"--add"}, nothing}
	case "halt", "shutdown", "terminate":
		return [][]string{{"yes"}, nothing}
	case "check_pt":
		return [][]string{{"never", "on_time", "always"}, nothing}
	case "log":
		return [][]string{{"get", "path", "clear", "flush", "new"}, nothing}
	case "server_load":
		return [][]string{{AnyFile}, nothing}
	case "check":
		return [][]string{{"_all_", "/"}, nothing}
	case "edit_history":
		return [][]string{{"clear"}, nothing}
	case "delete":
		return [][]string{{"force", "yes", "_all_"}}
	case "begin":
		return [][]string{{"--force"}, nothing}
	case "requeue":
		return [][]string{{"abort", "force"}, nothing}
	case "run":
		return [][]string{{"force"}, nothing}
	case "order":
		return [][]string{nothing, orders, nothing}
	case "force":
		return [][]string{append(append([]string{}, States...), "set", "clear"), {"recursive", "full"}}
	case "free-dep":
		return [][]string{{"trigger", "all", "date", "time"}, nothing}
	case "edit_script":
		return [][]string{nothing, editTypes, {AnyFile}, {"create_alias", "no_run"}}
	case "file":
		return [][]string{nothing, fileTypes, nothing}
	case "query":
		return [][]string{queryTypes, nothing, {"prev", "next"}, nothing}
	case "show":
		return [][]string{{"defs", "state", "migrate"}, nothing}
	case "load":
		return [][]string{{AnyFile}, {"force", "check_only", "print", "stats"}, nothing}
	case "replace":
		return [][]string{nothing, {AnyFile}, {"parent", "false"}, {"force"}, nothing}
	case "ch_register":
		return [][]string{{"true", "false"}, nothing}
	case "ch_auto_add":
		return [][]string{nothing, {"true", "false"}, nothing}
	case "output":
		return [][]string{{"text", "json"}, nothing}
	case "help":
		topics := append(append([]string{}, helpTopics[:]...), HelpNames()...)
		for _, item := range HelpItemNames() {
			topics = append(topics, "defs/"+item)
		}
		return [][]string{topics, nothing}
	}
	return nil
}

// helpTopics are the topics of help that are no options.
var helpTopics = [...]string{"all", "summary", "task", "child", "option", "environment", "definition"} // user is an option too

var queryTypes = []string{"state", "dstate", "repeat", "event", "meter", "label", "limit", "limit_max", "variable", "trigger"}

// FixedWordsAfter are the words of an option's second place, by the word in its first; nil
// where they are the same for all.
func FixedWordsAfter(option string) map[string][]string {
	if option != "alter" {
		return nil
	}
	return map[string][]string{
		"add": wordList(alterAdds), "change": wordList(alterChanges), "delete": wordList(alterDeletes),
		"set_flag": wordList(alterFlags), "clear_flag": wordList(alterFlags), "sort": sortables,
	}
}
