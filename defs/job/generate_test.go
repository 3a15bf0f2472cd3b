package job

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

func TestGenerateScripts_asTheOriginal(t *testing.T) {
	content, err := os.ReadFile("testdata/generate.5.19.0.json")
	require.NoError(t, err)
	var cases []struct {
		Name, Defs, Out, Error string
		Before, Files          []string
	}
	require.NoError(t, json.Unmarshal(content, &cases))
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			s := newSandbox(t, nil)
			require.NoError(t, errors.Join(os.Remove("home"), os.Remove("files")))
			for _, path := range c.Before {
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, nil, 0o666))
			}
			d, err := text.ParseString(s.here(c.Defs), text.Options{})
			require.NoError(t, err)
			var out bytes.Buffer
			why := ""
			if err := GenerateScripts(ctx, d, OS{}, &out); err != nil {
				why = words(err)
			}
			require.Equal(t, c.Error, s.anywhere(why))
			require.Equal(t, c.Out, s.anywhere(out.String()))
			var found []string
			for path := range s.files(t) {
				found = append(found, path)
			}
			require.ElementsMatch(t, c.Files, found)
		})
	}
}

func requireNothingWrong(t *testing.T, d *defs.Defs) {
	t.Helper()
	wrong, err := CheckAll(ctx, d, false, nil)
	require.NoError(t, err)
	require.Empty(t, wrong)
}

// reporting is a definition whose task has something of all that scripts report.
const reporting = `suite s
 edit ECF_HOME '@ROOT@/home'
 edit ECF_INCLUDE '%ECF_HOME%/inc:@ROOT@/more'
 edit ECF_CLIENT_EXE_PATH '@ROOT@/client'
 edit SLEEP '0'
 queue p x
 family f
  task t
   event e
   event 3 n
   event g set
   meter m 2 3 3
   label l "it's 50% of it"
   label o ""
   queue q a b
 endfamily
endsuite
`

// What is generated makes jobs that run, and report what the task has.
func TestGenerateScripts_jobsRun(t *testing.T) {
	s := newSandbox(t, map[string]string{
		"@ROOT@/client": "#!/bin/sh\nprintf '%s|' \"$@\" >>@ROOT@/calls; echo >>@ROOT@/calls; case \"$*\" in *active*) echo step;; esac\n",
	})
	require.NoError(t, os.Chmod("client", 0o755))
	d, err := text.ParseString(s.here(reporting), text.Options{})
	require.NoError(t, err)
	require.NoError(t, GenerateScripts(ctx, d, OS{}, &bytes.Buffer{}))
	require.FileExists(t, "home/inc/head.h", "the first directory of the list, with its variables")
	requireNothingWrong(t, d)

	run := func() []string {
		require.NoError(t, os.RemoveAll("calls"))
		output, err := exec.Command("bash", "home/s/f/t.job0").CombinedOutput()
		require.NoError(t, err, "%s", output)
		calls, err := os.ReadFile("calls")
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSpace(string(calls)), "\n")
		require.Regexp(t, `^--init=\d+\|$`, lines[0])
		return lines[1:]
	}
	require.Equal(t, []string{
		"--event=e|", "--event=n|", "--event=g|clear|", "--meter=m|2|", "--meter=m|3|", "--label=l|it's 50% of it|",
		"--queue=q|active|/s/f/t|", "--queue=q|complete|step|/s/f/t|", "--queue=q|active|/s/f/t|", "--queue=q|complete|step|/s/f/t|",
		"--queue=p|active|/s|", "--queue=p|complete|step|/s|", "--complete|",
	}, run())

	script := "home/s/f/t.ecf"
	require.NoError(t, os.WriteFile(script, []byte("%include <head.h>\nfalse\n%include <tail.h>\n"), 0o666))
	requireNothingWrong(t, d)
	require.Equal(t, []string{"--abort=trap|"}, run(), "a job that fails says so, once")
}

func TestGenerateScripts_stopsAtTheFirstError(t *testing.T) {
	d := defs.New()
	for _, name := range []string{"a", "b"} {
		suite, err := d.AddSuite(name)
		require.NoError(t, err)
		_, err = suite.AddTask("t")
		require.NoError(t, err)
	}
	require.ErrorContains(t, GenerateScripts(ctx, d, OS{}, &bytes.Buffer{}), "for task /a/t no ECF_INCLUDE specified")
}
