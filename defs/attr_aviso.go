package defs

import "strings"

// AvisoAttr makes a node wait for a notification of an Aviso server.
type AvisoAttr struct {
	Name, Listener, URL, Schema, Polling, Auth, Reason string
	Revision                                           uint64
}

// The values that AvisoAttr takes where nothing is given: variables of the node.
const (
	AvisoDefaultURL     = "%ECF_AVISO_URL%"
	AvisoDefaultSchema  = "%ECF_AVISO_SCHEMA%"
	AvisoDefaultPolling = "%ECF_AVISO_POLLING%"
	AvisoDefaultAuth    = "%ECF_AVISO_AUTH%"
)

// NewAvisoAttr checks the name, and puts single quotes around listener and reason where there are none.
//
// source: libs/node AvisoAttr.cpp.
func NewAvisoAttr(a AvisoAttr) (AvisoAttr, error) {
	if !ValidName(a.Name) {
		return AvisoAttr{}, argf("Invalid AvisoAttr name :%s", a.Name)
	}
	a.Listener, a.Reason = quoted(a.Listener), quoted(a.Reason)
	return a, nil
}

func quoted(s string) string {
	if strings.HasPrefix(s, "'") && strings.HasSuffix(s, "'") {
		return s
	}
	return "'" + s + "'"
}
