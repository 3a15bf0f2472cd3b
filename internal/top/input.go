package top

import (
	tea "charm.land/bubbletea/v2"
)

// input is a line of text being typed.
type input struct {
	text []rune
	at   int
}

func typed(text string) input { r := []rune(text); return input{r, len(r)} }

func (i *input) String() string { return string(i.text) }

// insert puts text in at the cursor.
func (i *input) insert(text string) {
	add := []rune(plain(text))
	i.text = append(i.text[:i.at:i.at], append(add, i.text[i.at:]...)...)
	i.at += len(add)
}

// key takes a key, and reports whether it was one for typing.
func (i *input) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left":
		i.at = max(0, i.at-1)
	case "right":
		i.at = min(len(i.text), i.at+1)
	case "home", "ctrl+a":
		i.at = 0
	case "end", "ctrl+e":
		i.at = len(i.text)
	case "backspace":
		if i.at > 0 {
			i.text = append(i.text[:i.at-1:i.at-1], i.text[i.at:]...)
			i.at--
		}
	case "delete", "ctrl+d":
		if i.at < len(i.text) {
			i.text = append(i.text[:i.at:i.at], i.text[i.at+1:]...)
		}
	case "ctrl+u":
		i.text, i.at = append([]rune(nil), i.text[i.at:]...), 0
	default:
		if k.Text == "" || k.Mod&^tea.ModShift != 0 {
			return false
		}
		i.insert(k.Text)
	}
	return true
}

// draw shows the text with a cursor, within a width.
func (i *input) draw(width int, focused bool) string {
	text := append([]rune(nil), i.text...)
	from := max(0, i.at-width+1)
	if !focused {
		return fit(string(text[min(from, len(text)):]), width)
	}
	text = append(text, ' ')
	shown := string(text[from:i.at]) + reverse.draw(string(text[i.at])) + string(text[i.at+1:])
	return fit(shown, width)
}
