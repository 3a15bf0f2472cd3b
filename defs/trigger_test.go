package defs_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

func expressionTree(t testing.TB) (*defs.Defs, *defs.Node) {
	source, err := os.ReadFile("expr/testdata/base.def")
	require.NoError(t, err)
	tree, err := text.Parse(source, text.Options{})
	require.NoError(t, err)
	return tree, tree.Find("/s/f/t")
}

// The recordings are those of package expr, see expr/testdata/README.md; here they meet the real tree.
func TestTrigger_agreesWithTheOriginal(t *testing.T) {
	_, task := expressionTree(t)
	file, err := os.Open("expr/testdata/golden.jsonl.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	count, wrong := 0, 0
	for lines.Scan() {
		var want struct {
			Expression string `json:"e"`
			Check      string `json:"c"`
			Holds      bool   `json:"v"`
			Why        string `json:"w"`
			Aborted    int    `json:"a"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &want))
		if want.Aborted != 0 {
			continue
		}
		task.DeleteTrigger()
		require.NoError(t, task.AddTrigger(want.Expression))
		count++
		check, holds, why := task.CheckExpressions(), task.EvaluateTrigger(), task.WhyTrigger(false)
		if check != strings.TrimSuffix(want.Check, "\n") || holds != want.Holds || why != want.Why {
			if wrong++; wrong <= 10 {
				t.Errorf("%q\nwant %q %v %q\n got %q %v %q", want.Expression, want.Check, want.Holds, want.Why, check, holds, why)
			}
		}
	}
	require.NoError(t, lines.Err())
	require.Greater(t, count, 10_000)
	t.Logf("%d expressions, %d disagreements", count, wrong)
}

func TestTrigger_mayBeAskedByManyAtOnce(t *testing.T) {
	_, task := expressionTree(t)
	require.NoError(t, task.AddTrigger("a == complete and :YMD + 1 == 20200229"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				if !task.EvaluateTrigger() || task.CheckExpressions() != "" {
					t.Error("must hold")
				}
			}
		})
	}
	all.Wait()
	require.Equal(t, "yes: all of these must hold\n  yes: a == complete (a is complete)\n"+
		"  yes: (:YMD + 1) == 20200229 (repeat :YMD is 20200228)", task.ExplainTrigger().String())
}

func TestTrigger_withoutOneOrWithoutATree(t *testing.T) {
	task, err := defs.NewTask("t")
	require.NoError(t, err)
	require.False(t, task.EvaluateTrigger())
	require.False(t, task.EvaluateComplete())
	require.Nil(t, task.ExplainTrigger())
	require.Empty(t, task.CheckExpressions())
	require.NoError(t, task.AddTrigger("../a == unknown and a:x == 0 and :y == 0 and not /<flag>late"))
	require.True(t, task.EvaluateTrigger())
}

func TestChangeTrigger_refusesWhatCannotBeRead(t *testing.T) {
	_, task := expressionTree(t)
	for text, want := range map[string]string{
		"bad":          "Node::changeTrigger: Failed to parse expression 'bad'.  Parsing failed\nlength = 18446744073709551615\nstopped at: \": bad\"\n",
		"":             "Node::changeTrigger: Failed to parse expression ''.  ",
		"1 / 0 == 3":   "Node::changeTrigger:  Error: Divide by zero in trigger expression Error: Expression checking failed for 'trigger 1 / 0 == 3' at TASK:/s/f/t",
		"zz == queued": "Node::changeTrigger: Error: Expression node tree references failed for 'trigger zz == queued' at TASK:/s/f/t\n Could not find node 'zz' from node /s/f/t . Expected 'zz' to be a sibling.\n",
	} {
		var err *fault.Error
		require.ErrorAs(t, task.ChangeTrigger(text), &err)
		require.Equal(t, want, err.Summary())
		require.Nil(t, task.Trigger())
	}
	require.ErrorContains(t, task.ChangeComplete("bad"), "Node::changeComplete: Failed to parse expression 'bad'.  Parsing failed\n")
	require.NoError(t, task.ChangeComplete("a == complete"))
	require.Equal(t, "a == complete", task.Complete().String())
}

func TestCheckExpressions_tellsOfEachPart(t *testing.T) {
	_, task := expressionTree(t)
	require.NoError(t, task.AddTrigger("a == complete"))
	require.NoError(t, task.AddPartTrigger(defs.PartExpression{Text: "bad", Type: defs.PartAnd}))
	require.NoError(t, task.AddComplete("1 / 0 == 2"))
	require.Equal(t, " Error: Divide by zero in trigger expression Error: Expression checking failed for 'complete 1 / 0 == 2' at TASK:/s/f/t"+
		"Failed to parse trigger -a bad\n at TASK:/s/f/t because Parsing failed\nlength = 18446744073709551615\nstopped at: \": bad\"\n\n\n",
		task.CheckExpressions())
	require.True(t, task.EvaluateTrigger())
}
