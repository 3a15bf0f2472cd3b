package model

import (
	"os"
	"sync"
	"sync/atomic"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// The styles as Python numbers them.
const (
	styleNothing = iota // what the original begins with; prints as styleDefs
	styleDefs
	styleState
	styleMigrate
)

// settings are those of the process: the original has them in singletons.
var settings struct {
	style, debugLevel atomic.Int32
	debugEquality     atomic.Bool
}

func textStyle(style int) text.Style {
	switch style {
	case styleState:
		return text.State
	case styleMigrate:
		return text.Migrate
	}
	return text.Defs
}

func currentStyle() text.Style { return textStyle(int(settings.style.Load())) }

// nodeText is str() of a node.
func nodeText(n *defs.Node) string { return string(text.AppendNode(nil, n, currentStyle())) }

// hostName is this computer's name, which the default server variables hold; asked once.
var hostName = sync.OnceValue(func() string {
	name, err := os.Hostname()
	if err != nil {
		return "localhost"
	}
	return name
})

// newDefs is an empty definition with the default server variables of this computer.
func newDefs() *defs.Defs {
	d := defs.New()
	d.SetServerHost(hostName())
	return d
}
