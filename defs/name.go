package defs

// nameByte tells for each byte whether it may stand in a name: 2 anywhere, 1 after the first.
var nameByte = func() (t [256]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = 2, 2
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = 2
	}
	t['_'] = 2
	t['.'] = 1
	return t
}()

// ValidName reports whether name may name a node or an attribute: ASCII
// letters, digits, underscores, and dots except at the beginning.
//
// source: libs/core Str.cpp, is_valid_name.
func ValidName(name string) bool {
	if name == "" || nameByte[name[0]] != 2 {
		return false
	}
	for i := 1; i < len(name); i++ {
		if nameByte[name[i]] == 0 {
			return false
		}
	}
	return true
}

// nameFault says what is wrong with name, in the original's words; empty when nothing is.
func nameFault(name string) string {
	switch {
	case name == "":
		return "Invalid name '': empty string"
	case nameByte[name[0]] != 2:
		return "Invalid name '" + name + "': only alphanumeric characters or underscore are accepted as first character"
	case !ValidName(name):
		return "Invalid name '" + name + "': only alphanumeric characters, underscore or dot are accepted"
	}
	return ""
}

// checkName gives an error that begins with prefix unless name is valid.
func checkName(prefix, name string) error {
	if ValidName(name) {
		return nil
	}
	return argf("%s%s", prefix, nameFault(name))
}
