package model

import (
	"html"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// mostShown bounds how many nodes a notebook gets to show.
const mostShown = 2000

// stateColours are those of the original's viewer, nearly; text is readable on all of them.
var stateColours = map[defs.DState]string{
	defs.DUnknown: "#d0d0d0", defs.DComplete: "#ffe94d", defs.DQueued: "#a8d0f5", defs.DAborted: "#ff8a80", defs.DSubmitted: "#7fe0d8",
	defs.DActive: "#80e080", defs.DSuspended: "#ffc266",
}

// nodesHTML shows nodes and what is below them as a tree that opens and closes.
func nodesHTML(nodes []*defs.Node) string {
	h := htmlTree{left: mostShown}
	h.b.WriteString(`<div style="font-family:monospace;line-height:1.6">`)
	for i, n := range nodes {
		if h.left == 0 {
			h.more(len(nodes) - i)
			break
		}
		h.node(n, 0)
	}
	h.b.WriteString("</div>")
	return h.b.String()
}

type htmlTree struct {
	b    strings.Builder
	left int
}

// opened is down to which depth the tree is open at first.
const opened = 2

func (h *htmlTree) node(n *defs.Node, depth int) {
	h.left--
	children := n.Children()
	if len(children) == 0 {
		h.b.WriteString(`<div style="margin-left:1.2em">`)
		h.label(n)
		h.b.WriteString("</div>")
		return
	}
	h.b.WriteString(`<details style="margin-left:1.2em"`)
	if depth < opened {
		h.b.WriteString(" open")
	}
	h.b.WriteString("><summary>")
	h.label(n)
	h.b.WriteString("</summary>")
	for i, c := range children {
		if h.left == 0 {
			h.more(len(children) - i)
			break
		}
		h.node(c, depth+1)
	}
	h.b.WriteString("</details>")
}

func (h *htmlTree) label(n *defs.Node) {
	state := n.DState()
	h.b.WriteString(`<span style="background:` + stateColours[state] + `;color:#000;padding:0 .4em;border-radius:.3em" title="` +
		n.Kind().String() + " " + html.EscapeString(n.Path()) + ": " + state.String() + `">` + html.EscapeString(n.Name()) + "</span>")
}

func (h *htmlTree) more(n int) {
	h.b.WriteString(`<div style="margin-left:1.2em">... and ` + strconv.Itoa(n) + " more here</div>")
}
