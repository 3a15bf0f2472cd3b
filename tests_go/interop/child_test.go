package interop

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

func TestChildCommands(t *testing.T) {
	server := start(t, realserver.Config{})
	task := submitted(t, server)
	o := server.Options(task...)
	o.AddVariables = []client.Pair{{Name: "BY_JOB", Value: "a value"}}
	o.DropVariables = []string{"BY_JOB"}
	c, err := client.New(o)
	require.NoError(t, err)
	shows := func(text string, question ...string) {
		t.Helper()
		require.Contains(t, server.Original(question...), text)
	}

	require.NoError(t, c.ChildInit(ctx))
	shows("active", "--query", "state", "/s/quiet")
	shows("a value", "--query", "variable", "/s/quiet:BY_JOB")
	require.NoError(t, c.ChildEvent(ctx, "ready", true))
	shows("set", "--query", "event", "/s/quiet:ready")
	require.NoError(t, c.ChildEvent(ctx, "ready", false))
	shows("clear", "--query", "event", "/s/quiet:ready")
	require.NoError(t, c.ChildEvent(ctx, "2", true))
	require.NoError(t, c.ChildMeter(ctx, "steps", 42))
	shows("42", "--query", "meter", "/s/quiet:steps")
	require.NoError(t, c.ChildLabel(ctx, "note", "Übersicht: 50 %"))
	shows("Übersicht: 50 %", "--query", "label", "/s/quiet:note")
	require.NoError(t, c.ChildWait(ctx, "/s/quiet == active"))

	step, err := c.ChildQueue(ctx, "steps", "active", "", "")
	require.NoError(t, err)
	require.Equal(t, "001", step)
	_, err = c.ChildQueue(ctx, "steps", "complete", step, "")
	require.NoError(t, err)
	step, err = c.ChildQueue(ctx, "steps", "active", "", "/s/quiet")
	require.NoError(t, err)
	require.Equal(t, "002", step)
	_, err = c.ChildQueue(ctx, "steps", "aborted", step, "")
	require.NoError(t, err)
	count, err := c.ChildQueue(ctx, "steps", "no_of_aborted", "", "")
	require.NoError(t, err)
	require.Equal(t, "1", count)

	require.NoError(t, c.ChildComplete(ctx))
	shows("complete", "--query", "state", "/s/quiet")
	require.NotContains(t, server.Original("--get=/s/quiet"), "BY_JOB")
}

func TestChildAbort(t *testing.T) {
	server := start(t, realserver.Config{})
	task := submitted(t, server)
	require.NoError(t, server.Client().Alter(ctx, "add", "variable", "ECF_TRIES", "1", "/s/quiet"))
	c := server.Client(task...)
	require.NoError(t, c.ChildInit(ctx))
	require.NoError(t, c.ChildAbort(ctx, "the disk; is full"))
	require.Contains(t, server.Original("--query", "state", "/s/quiet"), "aborted")
	require.Contains(t, server.Original("--get_state=/s/quiet"), "the disk  is full")
}

// A halted server lets child commands wait; the context ends that.
func TestChild_waitsForHaltedServer(t *testing.T) {
	server := start(t, realserver.Config{})
	task := submitted(t, server)
	require.NoError(t, server.Client().HaltServer(ctx))
	o := server.Options(task...)
	var told []string
	o.Notify = func(_ context.Context, e client.Event) { told = append(told, e.Text) }
	c, err := client.New(o)
	require.NoError(t, err)
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err = c.ChildInit(short)
	require.Error(t, err)
	require.True(t, client.IsTimeout(err) || client.KindOf(err) == fault.Cancelled, "%v", err)
	require.NotEmpty(t, told)
}

// A child command with a wrong job password makes a zombie, which each command
// then treats in its way.
func TestZombies(t *testing.T) {
	server := start(t, realserver.Config{})
	task := submitted(t, server)
	c := server.Client()
	process := "4712" // of the zombie; the task's is 4711
	intruder := func() client.Options {
		o := server.Options(append(task, "ECF_PASS=intruder", "ECF_RID="+process)...)
		o.Denied = true // it does not wait
		return o
	}
	knock := func() error { // the commands a zombie may not do by default: init, complete, abort, wait
		zombie, err := client.New(intruder())
		require.NoError(t, err)
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return zombie.ChildComplete(short)
	}
	require.NoError(t, server.Client(task...).ChildInit(ctx))
	for _, step := range []struct {
		name   string
		call   func(context.Context, ...string) error
		action string // in the original's list
		knocks bool   // the zombie's next command succeeds
	}{
		{"block", c.ZombieBlock, "block", false},
		{"fail", c.ZombieFail, "fail", false},
		{"kill", c.ZombieKill, "kill", true},
		{"fob", c.ZombieFob, "fob", true},
	} {
		t.Run(step.name, func(t *testing.T) {
			require.Error(t, knock())
			zombies, err := c.Zombies(ctx)
			require.NoError(t, err)
			require.Len(t, zombies, 1)
			require.NoError(t, step.call(ctx, "/s/quiet"))
			require.Contains(t, server.Original("--zombie_get"), step.action)
			if err := knock(); step.knocks {
				require.NoError(t, err)
			} else {
				require.Error(t, err)
			}
			require.NoError(t, c.ZombieRemove(ctx, "/s/quiet"))
			zombies, err = c.Zombies(ctx)
			require.NoError(t, err)
			require.Empty(t, zombies)
		})
	}
	t.Run("adopt", func(t *testing.T) {
		process = "4711" // only a job of the same number can be adopted
		require.Error(t, knock())
		require.NoError(t, c.ZombieAdopt(ctx, "/s/quiet"))
		require.NoError(t, knock())
		require.Contains(t, server.Original("--query", "state", "/s/quiet"), "complete")
	})
}
