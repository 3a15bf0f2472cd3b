package text

// Style is a way of writing a definition.
type Style uint8

// The styles. All but Defs carry state, as comments.
//
// source: libs/core PrintStyle.hpp.
const (
	Defs    Style = iota // structure alone, indented: what people write
	State                // everything, with generated variables and evaluated expressions: for reading
	Migrate              // what a check point holds
	Net                  // what travels between client and server; names are not checked when read
)

var styleNames = [...]string{"DEFS", "STATE", "MIGRATE", "NET"}

// String is the style's name as the header has it.
func (s Style) String() string {
	if int(s) < len(styleNames) {
		return styleNames[s]
	}
	return ""
}

// persistent styles are written by machines: a reader passes over keywords it
// does not know, and semicolons are text.
func (s Style) persistent() bool { return s == Migrate || s == Net }
