package top

import "github.com/ecflow-go/ecflow/defs"

// style is how text is drawn: the numbers of an SGR sequence. The terminal library
// turns colours into what the terminal has, or leaves them out.
type style string

// draw gives a text the style.
func (s style) draw(text string) string {
	if s == "" || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[m"
}

const (
	bold    style = "1"
	dim     style = "2"
	reverse style = "7"
	// selected is the row of the cursor. Colours of text are chosen to be read on it.
	selected style = "38;2;255;255;255;48;2;62;84;122"
	// redSelected takes the place of red in that row.
	redSelected style = "1;38;2;255;170;160"
	title       style = "1;38;2;255;255;255;48;2;40;70;110"
	red         style = "38;2;230;60;60"
	redBold     style = "1;38;2;230;60;60"
	green       style = "38;2;40;170;60"
	yellow      style = "38;2;200;160;0"
	blue        style = "38;2;70;140;220"
	box         style = "38;2;70;140;220"
	tabOn       style = "1;38;2;255;255;255;48;2;40;70;110"
	hit         style = "38;2;0;0;0;48;2;255;220;90"
)

// states are drawn as ecflow_ui draws them: black on the colour of the state.
var states = [...]style{
	defs.DUnknown:   "38;2;0;0;0;48;2;180;180;180",
	defs.DComplete:  "38;2;0;0;0;48;2;255;240;60",
	defs.DQueued:    "38;2;0;0;0;48;2;173;216;240",
	defs.DAborted:   "38;2;255;255;255;48;2;220;30;30",
	defs.DSubmitted: "38;2;0;0;0;48;2;64;224;208",
	defs.DActive:    "38;2;0;0;0;48;2;60;220;60",
	defs.DSuspended: "38;2;0;0;0;48;2;255;165;0",
}

// signs are the characters beyond letters.
type signs struct {
	open, closed, leaf string
	lock, cursor       string
	full, empty        string
	set, unset         string
	bar, more          string
	corner             [4]string // top left, top right, bottom left, bottom right
	across             string
}

var unicodeSigns = signs{
	open: "▾", closed: "▸", leaf: " ", lock: "🔒", cursor: "▌", full: "█", empty: "░", set: "●", unset: "○",
	bar: "│", more: "…", corner: [4]string{"╭", "╮", "╰", "╯"}, across: "─",
}

var asciiSigns = signs{
	open: "-", closed: "+", leaf: " ", lock: "[TLS]", cursor: ">", full: "#", empty: ".", set: "*", unset: "o",
	bar: "|", more: "~", corner: [4]string{"+", "+", "+", "+"}, across: "-",
}
