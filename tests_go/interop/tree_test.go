package interop

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

func newsOf(t *testing.T, c *client.Client) bool {
	t.Helper()
	news, err := c.News(ctx)
	require.NoError(t, err)
	return news
}

func TestTree_newsAndSync(t *testing.T) {
	s := start(t, realserver.Config{})
	c, other := s.Client(), s.Client()
	require.True(t, newsOf(t, c))
	require.NoError(t, c.Sync(ctx, false))
	require.Empty(t, c.Defs().Suites())
	require.NoError(t, other.Load(ctx, replaceName(playground, "s"), false, false))
	require.True(t, newsOf(t, c))
	require.NoError(t, c.Sync(ctx, false))
	require.True(t, c.InSync())
	require.Empty(t, c.ChangedNodePaths())
	require.False(t, newsOf(t, c))

	d := c.Defs()
	require.NoError(t, other.Alter(ctx, "add", "variable", "X", "1", "/s/f/t"))
	require.True(t, newsOf(t, c))
	require.NoError(t, c.Sync(ctx, false))
	require.Contains(t, c.ChangedNodePaths(), "/s/f/t")
	require.Same(t, d, c.Defs())
	x, _ := d.Find("/s/f/t").Variable("X")
	require.Equal(t, "1", x)

	require.NoError(t, c.Sync(ctx, false))
	require.False(t, c.InSync())
	c.Reset()
	require.Nil(t, c.Defs())
	require.NoError(t, c.FetchDefs(ctx))
	require.NotNil(t, c.Defs().Find("/s/g/deep/z"))

	// A full sync with a handle, in the way that no server dies of.
	require.NoError(t, other.Load(ctx, replaceName(playground, "r"), false, false))
	_, err := c.RegisterHandle(ctx, false, "r")
	require.NoError(t, err)
	require.NoError(t, c.Sync(ctx, false))
	require.Len(t, c.Defs().Suites(), 1)
	again := s.Options()
	again.Handle = c.Handle()
	successor, err := client.New(again)
	require.NoError(t, err)
	require.NoError(t, successor.Sync(ctx, false), "the handle has not changed since, and the client has nothing")
	require.Len(t, successor.Defs().Suites(), 1)
	require.NoError(t, c.DropHandle(ctx, 0))
	require.NoError(t, c.Sync(ctx, false))
	require.Len(t, c.Defs().Suites(), 2)
	require.ErrorIs(t, successor.Sync(ctx, false), client.Refused, "the server knows the handle no more")
	works(t, c)
}

func TestTree_loadAndReplace(t *testing.T) {
	s := start(t, realserver.Config{})
	c := s.Client()
	d := defs.New()
	suite, err := d.AddSuite("made")
	require.NoError(t, err)
	family, err := suite.AddFamily("f")
	require.NoError(t, err)
	task, err := family.AddTask("t")
	require.NoError(t, err)
	require.NoError(t, task.SetTrigger(defs.NewExpression("/elsewhere == complete")))
	require.ErrorContains(t, c.LoadDefs(ctx, d, false), "/elsewhere")
	require.NoError(t, d.AddExtern("/elsewhere"))
	require.NoError(t, c.LoadDefs(ctx, d, false), "an extern is taken for granted, and not sent")
	require.ErrorIs(t, c.LoadDefs(ctx, d, false), client.Refused)
	require.NoError(t, c.LoadDefs(ctx, d, true))

	task.DeleteTrigger() // a server that replaces knows no externs
	task.AddVariable(defs.Variable{Name: "NEW", Value: "it's"})
	require.NoError(t, c.ReplaceDefs(ctx, "/made/f/t", d, false, false))
	value, err := c.Query(ctx, "variable", "/made/f/t", "NEW")
	require.NoError(t, err)
	require.Equal(t, "it's", value)
	require.ErrorIs(t, c.Replace(ctx, "/s/f", replaceName(playground, "s"), false, false), client.Refused, "its parent is not there")
	require.NoError(t, c.Replace(ctx, "/s/f", replaceName(playground, "s"), true, false))
	require.NoError(t, c.Sync(ctx, false))
	require.NotNil(t, c.Defs().Find("/s/f/u"))
	require.Equal(t, d.Find("/made/f/t").Variables(), c.Defs().Find("/made/f/t").Variables())
}
