package delta

import (
	"fmt"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// News tells a client that was told the numbers client whether a sync is worth while, and what the original logs of it,
// to be put behind the request. server are the numbers of the whole definition.
//
// source: libs/base SNewsCmd.cpp.
func News(client, server Numbers) (news wire.News, log string) {
	switch {
	case client.Modify > server.Modify || client.State > server.State:
		return wire.NewsDoFullSync, fmt.Sprintf(" [server(%s) : client no > server no ! :DO_FULL_SYNC]", server)
	case client.Modify < server.Modify:
		return wire.NewsNews, fmt.Sprintf(" [server(%s) : *Large* scale changes(%d) :NEWS]", server, server.Modify-client.Modify)
	case client.State < server.State:
		return wire.NewsNews, fmt.Sprintf(" [server(%s) : *Small* scale changes(%d) :NEWS]", server, server.State-client.State)
	}
	return wire.NewsNone, " [:NO_NEWS]"
}

// String is the numbers as the original logs them.
func (n Numbers) String() string { return fmt.Sprintf("%d,%d", n.State, n.Modify) }
