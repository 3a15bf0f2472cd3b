package client

import (
	"context"
	"maps"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// AnswerKind says what an [Answer] holds.
type AnswerKind uint8

// The kinds of answers, and the field that each of them fills.
const (
	Done          AnswerKind = iota // nothing: the server did what was asked
	AnswerText                      // Text
	AnswerLines                     // Lines
	AnswerSuites                    // Lines, the names of suites
	AnswerDefs                      // Defs
	AnswerNode                      // Node
	AnswerStats                     // Stats
	AnswerZombies                   // Zombies
	AnswerHandles                   // Text, a table of all users' handles
	AnswerHandle                    // Handle
	AnswerLog                       // Text, the path of the server's log on its machine
	AnswerNews                      // News
	AnswerSync                      // Defs, brought up to date by what came
	AnswerGroup                     // Members
)

// Answer is what a server answered to a command; Kind says which of the other fields is set.
type Answer struct {
	Kind    AnswerKind
	Text    string
	Lines   []string
	Defs    *defs.Defs
	Node    *defs.Node // with all below it, and nothing above
	Stats   *ServerStats
	Zombies []Zombie
	Handle  int
	News    bool
	Members []*Answer // of a group, in the server's order, without those that had nothing to say
}

// Command asks what a command of the command line asks, by its name without dashes, and gives
// the answer as it came. args are those of the command's row; docs/commands.md lists them.
//
// A group may come back with both: the answers of its members, and an error for those that were refused.
// What the original prints while it reads a definition goes to Options.Notify.
//
// Errors: fault.Argument for a name there is not, and those of the command.
func (c *Client) Command(ctx context.Context, name string, args Args) (*Answer, error) {
	row, ok := command.Lookup(name)
	if !ok || row.Build == nil {
		return nil, fault.New(fault.Argument, "there is no command "+name)
	}
	if ctx == nil {
		ctx = context.Background()
	}
	s := c.snapshot()
	a := maps.Clone(args)
	if a == nil {
		a = Args{}
	}
	if done, err := c.prepareDefinition(ctx, &s, row, args, a); done || err != nil {
		return &Answer{}, err
	}
	if done, _, err := c.prepare(&s, row, a); done || err != nil {
		return &Answer{}, err
	}
	request, err := row.Build(s.identity(), a)
	if err != nil {
		return nil, err
	}
	if wanted := command.Since(row, a); wanted != "" {
		if err := c.demand(ctx, s, wanted, a); err != nil {
			return nil, err
		}
	}
	reply, from, err := c.invoke(ctx, s, row, request)
	if reply == nil {
		return &Answer{}, err
	}
	if failed := c.learn(reply, request, from); err == nil {
		err = failed
	}
	answer, unread := c.answerOf(reply, 0)
	if err == nil {
		err = unread
	}
	return answer, err
}

// answerOf puts a reply into the words of this package. The definition is the client's, which
// has learnt from the reply.
func (c *Client) answerOf(reply wire.Reply, depth int) (*Answer, error) {
	switch r := reply.(type) {
	case *wire.SStringCmd:
		return &Answer{Kind: AnswerText, Text: r.Str}, nil
	case *wire.SStringVecCmd:
		return &Answer{Kind: AnswerLines, Lines: r.Vec}, nil
	case *wire.SSuitesCmd:
		return &Answer{Kind: AnswerSuites, Lines: r.Suites}, nil
	case *wire.DefsCmd:
		return &Answer{Kind: AnswerDefs, Defs: c.Defs()}, nil
	case *wire.SSyncCmd:
		return &Answer{Kind: AnswerSync, Defs: c.Defs()}, nil
	case *wire.SNodeCmd:
		node, err := text.ParseNode(r.TheNodeStr, text.Options{})
		if err != nil {
			return nil, &fault.Error{Kind: fault.Protocol, Err: err, Msg: "the node that the server sent cannot be read: " + err.Error()}
		}
		return &Answer{Kind: AnswerNode, Node: node}, nil
	case *wire.SStatsCmd:
		return &Answer{Kind: AnswerStats, Stats: &r.Stats}, nil
	case *wire.ZombieGetCmd:
		return &Answer{Kind: AnswerZombies, Zombies: r.Zombies}, nil
	case *wire.SClientHandleSuitesCmd:
		return &Answer{Kind: AnswerHandles, Text: handleTable(r)}, nil
	case *wire.SClientHandleCmd:
		return &Answer{Kind: AnswerHandle, Handle: r.Handle}, nil
	case *wire.SServerLoadCmd:
		return &Answer{Kind: AnswerLog, Text: r.LogFilePath}, nil
	case *wire.SNewsCmd:
		return &Answer{Kind: AnswerNews, News: r.News != wire.NewsNone}, nil
	case *wire.GroupSTCCmd:
		return c.groupAnswer(r, depth)
	}
	return &Answer{}, nil
}

func (c *Client) groupAnswer(r *wire.GroupSTCCmd, depth int) (*Answer, error) {
	group := &Answer{Kind: AnswerGroup}
	if depth >= deepestGroup {
		return group, nil
	}
	for _, member := range r.Commands {
		if _, refused := member.(*wire.ErrorCmd); refused {
			continue
		}
		answer, err := c.answerOf(member, depth+1)
		if err != nil {
			return group, err
		}
		if answer.Kind != Done {
			group.Members = append(group.Members, answer)
		}
	}
	return group, nil
}
