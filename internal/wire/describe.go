package wire

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/ecflow-go/ecflow/internal/cereal"
)

const (
	hidden = "<hidden>"
	// How much of a string is shown, and how much is looked at for that.
	shown     = 300
	looked    = 4096
	keyOfType = "polymorphic_id"
)

// Describe tells a payload, request or reply, on one line, for traces and
// tests:
//
//	CtsCmd{cl_host_: "desk", user_: "fred", pswd_: <hidden>, api_: 8}
//
// Passwords of users and of jobs are hidden, wherever they are known to stand;
// so are those in definition text and job files. The reply to a query for a
// password is text like any other and is not hidden. Long strings are cut. Of
// a payload that cannot be read, only the reason is given.
func Describe(payload []byte) string {
	document, err := cereal.Inspect(payload)
	if err != nil {
		return "(" + err.Error() + ")"
	}
	d := describer{names: map[uint32]string{}}
	d.item(unwrap(unwrap(document)), false)
	return d.String()
}

// unwrap takes an object's only member, or an array's only element, in its
// place.
func unwrap(i cereal.Item) cereal.Item {
	if _, pointer := i.Member(keyOfType); pointer {
		return i
	}
	for _, member := range i.Members() {
		return member
	}
	for element := range i.Elements() {
		return element
	}
	return i
}

type describer struct {
	strings.Builder
	names map[uint32]string // of types, by number
}

// item writes one value; secret says that it is to be hidden if it is text.
func (d *describer) item(i cereal.Item, secret bool) {
	text, isText := i.Text()
	switch {
	case isText && secret && text != "":
		d.WriteString(hidden)
	case isText:
		d.text(text)
	case i.IsArray():
		d.WriteByte('[')
		separator := ""
		for element := range i.Elements() {
			d.WriteString(separator)
			d.item(element, false)
			separator = ", "
		}
		d.WriteByte(']')
	case i.IsObject():
		d.object(i)
	default:
		d.WriteString(i.Raw())
	}
}

func (d *describer) object(i cereal.Item) {
	wrapper, isPointer := i.Member("ptr_wrapper")
	if number, ok := i.Member(keyOfType); ok {
		d.WriteString(d.typeName(i, number))
		isPointer = true
	}
	if !isPointer {
		d.WriteByte('{')
		d.members(i, "")
		d.WriteByte('}')
		return
	}
	if wrapper == (cereal.Item{}) {
		d.WriteString("null")
		return
	}
	if id, ok := wrapper.Member("id"); ok {
		// The first object is the message itself, to which nothing refers.
		if n, _ := id.Uint(); n&^0x80000000 != 1 {
			d.WriteString("#" + strconv.FormatUint(uint64(n&^0x80000000), 10))
		}
	}
	if data, ok := wrapper.Member("data"); ok {
		d.WriteByte('{')
		d.members(data, "")
		d.WriteByte('}')
	} else if _, unique := wrapper.Member("valid"); unique {
		d.WriteString("null")
	}
}

// members writes an object's members, those of its bases as its own.
func (d *describer) members(i cereal.Item, separator string) string {
	password := namesPassword(i)
	for key, member := range i.Members() {
		n, _ := member.Uint()
		switch {
		case key == "cereal_class_version" && n == 0:
			continue
		case key == "value0" && member.IsObject():
			separator = d.members(member, separator)
			continue
		}
		d.WriteString(separator + key + ": ")
		d.item(member, isSecret(key) || password && isValue(key))
		separator = ", "
	}
	return separator
}

// typeName finds the name behind a polymorphic pointer.
func (d *describer) typeName(i, number cereal.Item) string {
	n, _ := number.Uint()
	if named, ok := i.Member("polymorphic_name"); ok {
		name, _ := named.Text()
		d.names[n&^0x80000000] = name
		return name
	}
	return d.names[n]
}

func (d *describer) text(text string) {
	cut := len(text)
	text = secretText().ReplaceAllString(text[:min(cut, looked)], "${1}"+hidden)
	rest := ""
	if cut > looked || len(text) > shown {
		text = text[:min(len(text), shown)]
		rest = "... (" + strconv.Itoa(cut) + " bytes)"
	}
	d.WriteString(strconv.Quote(text) + rest)
}

// secretText finds job passwords in definition text, job files and logs.
var secretText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(\bpasswd:|\bECF_PASS\b['"]?\s*[=:]?\s*['"]?)[^\s'"]+`)
})

// isSecret reports whether the member of that name is a password.
func isSecret(key string) bool {
	return key == "pswd_" || key == "jobs_password_" || key == "paswd_" || key == "password_"
}

// isValue reports whether a member of that name goes with one that names it.
func isValue(key string) bool { return key == "v_" || key == "second" || key == "value_" }

// namesPassword reports whether an object is a variable, a pair or an alter
// request that has to do with a job password.
func namesPassword(object cereal.Item) bool {
	for _, key := range [...]string{"n_", "first", "name_"} {
		if name, ok := object.Member(key); ok {
			text, _ := name.Text()
			return text == "ECF_PASS"
		}
	}
	return false
}
