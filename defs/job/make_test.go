package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

var ctx = context.Background()

// memory is a System of files without directories; commands print themselves.
type memory map[string]string

func (m memory) Stat(path string) (bool, error) {
	if _, ok := m[path]; ok {
		return false, nil
	}
	if path != "" {
		for name := range m {
			if strings.HasPrefix(name, path+"/") {
				return true, nil
			}
		}
	}
	return false, &fs.PathError{Op: "stat", Path: path, Err: syscall.ENOENT}
}

func (m memory) Read(path string) ([]byte, error) {
	if text, ok := m[path]; ok {
		return []byte(text), nil
	}
	_, err := m.Stat(path)
	return nil, err
}

func (m memory) Write(path string, content []byte) error               { m[path] = string(content); return nil }
func (m memory) Chmod(string, fs.FileMode) error                       { return nil }
func (m memory) Mkdir(string) error                                    { return nil }
func (m memory) MkdirAll(string) error                                 { return nil }
func (m memory) RemoveAll(string) error                                { return nil }
func (m memory) Run(_ context.Context, command string) ([]byte, error) { return []byte(command), nil }

// oneTask is a definition of one task, /s/f/t, whose files are in /h.
func oneTask(t testing.TB, vars ...string) (*defs.Defs, *defs.Node) {
	t.Helper()
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	s.AddVariable(defs.Variable{Name: "ECF_HOME", Value: "/h"})
	f, err := s.AddFamily("f")
	require.NoError(t, err)
	task, err := f.AddTask("t")
	require.NoError(t, err)
	for i := 0; i < len(vars); i += 2 {
		task.AddVariable(defs.Variable{Name: vars[i], Value: vars[i+1]})
	}
	return d, task
}

func TestMake_usersEdit(t *testing.T) {
	_, task := oneTask(t, "A", "tree")
	files := memory{"/h/s/f/t.ecf": "%A% %B:none%\n%comment\nx\n%end"}
	made, err := NewMaker(files).Make(ctx, task, Options{Variables: map[string]string{"A": "user", "B": "", "ECF_PASS": ""}})
	require.NoError(t, err)
	require.Equal(t, Made{Script{FromScript, "/h/s/f/t.ecf", false}, "/h/s/f/t.job0", len("user none") + 1}, made)
	require.Equal(t, "user none", files["/h/s/f/t.job0"], "an empty value is none")
	require.Equal(t, "user none\n%comment\nx\n%end", files["/h/s/f/t.usr"])

	_, err = NewMaker(files).Make(ctx, task, Options{Lines: []string{"mine %TASK%"}})
	require.NoError(t, err)
	require.Equal(t, "mine t", files["/h/s/f/t.job0"])
}

func TestMake_generatedInItsPlace(t *testing.T) {
	_, task := oneTask(t)
	files := memory{"/h/s/f/t.ecf": "%ECF_JOB% %ECF_PASS%"}
	options := Options{Generated: []defs.Variable{{Name: "ECF_JOB", Value: "/j/x.job"}, {Name: "ECF_PASS", Value: "secret"}}}
	_, err := NewMaker(files).Make(ctx, task, options)
	require.NoError(t, err)
	require.Equal(t, "/j/x.job secret", files["/j/x.job"])
	task.AddVariable(defs.Variable{Name: "ECF_JOB", Value: "/own.job"})
	made, err := NewMaker(files).Make(ctx, task, options)
	require.NoError(t, err)
	require.Equal(t, "/own.job", made.Path, "the user's variable goes before it")
}

func TestPrepare_commandAndFailures(t *testing.T) {
	_, task := oneTask(t, "ECF_JOB_CMD", "run %ECF_JOB% %ECF_TRYNO%")
	files := memory{"/h/s/f/t.ecf": "x"}
	task.SetJob("password", "", "", 3)
	prepared, err := NewMaker(files).Prepare(ctx, task, Options{})
	require.NoError(t, err)
	require.Equal(t, "run /h/s/f/t.job3 3", prepared.Command)
	require.Equal(t, "x", files["/h/s/f/t.job3"])

	for _, c := range []struct {
		name     string
		break_   func()
		kind     fault.Kind
		mark     defs.FlagType
		reason   string
		firstone string
	}{
		{"command", func() { task.AddVariable(defs.Variable{Name: "ECF_JOB_CMD", Value: "%NO%"}) }, fault.Check, defs.FlagJobCmdFailed,
			" Job creation failed for task /s/f/t could not create child process.",
			"Submittable::createChildProcess: Variable substitution failed for ECF_JOB_CMD(%NO%) : Job creation failed for task /s/f/t could not create child process."},
		{"script", func() { files["/h/s/f/t.ecf"] = "%NO%" }, fault.Check, defs.FlagEditFailed,
			"Submittable::submit_job_only: Job creation failed for task /s/f/t : \n   EcfFile::variableSubstitution: failed : '%NO%'\n",
			"Submittable::submit_job_only: Job creation failed for task /s/f/t : "},
		{"no script", func() { delete(files, "/h/s/f/t.ecf") }, fault.NotFound, defs.FlagNoScript, "   Script for /s/f/t cannot be found:",
			"Submittable::submit_job_only: Script location failed for task /s/f/t :"},
		{"active", func() { task.SetState(defs.Active) }, fault.Check, defs.FlagEditFailed, "",
			"Submittable::submit_job_only: failed: Submittable /s/f/t is already active : "},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.break_()
			_, err := NewMaker(files).Prepare(ctx, task, Options{})
			var f *Failure
			require.ErrorAs(t, err, &f)
			require.ErrorIs(t, err, c.kind)
			require.Equal(t, c.mark, f.Mark)
			require.True(t, strings.HasPrefix(f.Reason, c.reason), f.Reason)
			first, _, _ := strings.Cut(words(err), "\n")
			require.Equal(t, c.firstone, first)
		})
	}
}

func TestPrepare_withoutScript(t *testing.T) {
	_, task := oneTask(t, "ECF_NO_SCRIPT", "", "ECF_JOB_CMD", "do %TASK%")
	prepared, err := NewMaker(memory{}).Prepare(ctx, task, Options{})
	require.NoError(t, err)
	require.Equal(t, Prepared{Command: "do t"}, prepared)
	task.AddVariable(defs.Variable{Name: "ECF_DUMMY_TASK", Value: ""})
	prepared, err = NewMaker(memory{}).Prepare(ctx, task, Options{})
	require.NoError(t, err)
	require.Zero(t, prepared)
}

func TestMake_includesAreBounded(t *testing.T) {
	_, task := oneTask(t, "ECF_INCLUDE", "/i")
	files := memory{"/h/s/f/t.ecf": strings.Repeat("%include <a.h>\n", mostIncludes), "/i/a.h": "x"}
	_, err := NewMaker(files).Make(ctx, task, Options{})
	require.NoError(t, err)
	files["/h/s/f/t.ecf"] += "%include <a.h>\n"
	_, err = NewMaker(files).Make(ctx, task, Options{})
	require.ErrorContains(t, err, ": Failed preprocessing : TASK:/s/f/t : path/cmd(/h/s/f/t.ecf)\n:  Recursive include of file /i/a.h for /h/s/f/t.ecf")

	files = memory{"/h/s/f/t.ecf": "%include <a.h>", "/i/a.h": strings.Repeat("x", mostJob/50) + "\n%include <a.h>\n"}
	_, err = NewMaker(files).Make(ctx, task, Options{})
	require.ErrorContains(t, err, "the job is larger than 256 MB")
}

func TestMake_manyIncludeFilesAreForgotten(t *testing.T) {
	_, task := oneTask(t, "ECF_INCLUDE", "/i")
	files := memory{}
	var script strings.Builder
	for i := range 1002 {
		name := fmt.Sprintf("f%d.h", i)
		files["/i/"+name] = name
		script.WriteString("%include <" + name + ">\n")
	}
	files["/h/s/f/t.ecf"] = script.String() + "%include <nope.h>\n"
	_, err := NewMaker(files).Make(ctx, task, Options{})
	require.ErrorContains(t, err, "Could not open include file: /h/nope.h (No such file or directory) include file cache size:2")
}

func TestMake_nothingAfterANul(t *testing.T) {
	_, task := oneTask(t)
	files := memory{"/h/s/f/t.ecf": "a\x00b\nc"}
	made, err := NewMaker(files).Make(ctx, task, Options{})
	require.NoError(t, err)
	require.Equal(t, "a\nc", files["/h/s/f/t.job0"])
	require.Equal(t, 6, made.Size, "as the original counts")
}

func TestRun_longLinesAsTheOriginalReadsThem(t *testing.T) {
	e := &expansion{ctx: ctx, Maker: NewMaker(memory{})}
	for _, c := range []struct {
		length int
		want   []int
	}{{2046, []int{2046}}, {2047, []int{2047, 0}}, {2048, []int{2047, 1}}, {5000, []int{2047, 2047, 906}}} {
		text, why := e.run(strings.Repeat("x", c.length)+"\n", "script")
		require.Empty(t, why)
		var got []int
		for _, line := range text {
			got = append(got, len(line))
		}
		require.Equal(t, c.want, got)
	}
}

func TestCheck_again(t *testing.T) {
	d, _ := oneTask(t)
	var out bytes.Buffer
	c := Ctrl{System: memory{"/h/s/f/t.ecf": "%NO%"}, Out: &out, Verbose: true, Now: func() time.Time { return time.Unix(1e9, 0) }}
	Check(ctx, d, &c)
	once := c.Wrong
	require.NotEmpty(t, once)
	Check(ctx, d, &c)
	require.Equal(t, once+once, c.Wrong, "what is wrong adds up")
	c.NodePath = "/nix"
	Check(ctx, d, &c)
	require.Equal(t, "Defs::check_job_creation: failed as node path '/nix' does not exist.\n", c.Wrong)
	title, task := "Defs::check_job_creation(verbose):\n", " /s/f/t (FAILED)\n"
	require.Equal(t, title+task+title+task+title, out.String())
	require.False(t, d.Suites()[0].Begun())
}

func TestCheck_ends(t *testing.T) {
	d, task := oneTask(t)
	over, cancel := context.WithCancel(ctx)
	cancel()
	files := memory{"/h/s/f/t.ecf": "x"}
	c := Ctrl{System: files}
	require.ErrorIs(t, Check(over, d, &c), context.Canceled)
	require.NotContains(t, files, "/h/s/f/t.job0")
	require.False(t, task.Suite().Begun())
	require.ErrorIs(t, GenerateScripts(over, d, files, &bytes.Buffer{}), context.Canceled)
}

func TestCtrl_tempDir(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(dir+"/ecf_check_job_creation/old", 0o777))
	var out bytes.Buffer
	c := Ctrl{Out: &out}
	require.NoError(t, c.TempDir(func(name string) (string, bool) { return dir, name == "TMPDIR" }))
	require.Equal(t, dir+"/ecf_check_job_creation", c.Dir)
	require.NoDirExists(t, c.Dir)
	require.Equal(t, "JobCreationCtrl::generate_temp_dir()  "+c.Dir+"\n", out.String())
	c.System = memory{"/tmp/x": ""}
	require.NoError(t, c.TempDir(func(string) (string, bool) { return "", false }))
	require.Equal(t, "/tmp/ecf_check_job_creation", c.Dir)
	c.System = memory{}
	require.ErrorIs(t, c.TempDir(func(string) (string, bool) { return "", false }), fault.NotFound)
}

func TestErrors_ofTheSystem(t *testing.T) {
	long := strings.Repeat("a", 300)
	_, err := exists(OS{}, "/tmp/"+long)
	require.EqualError(t, errors.New(words(err)), "filesystem error: status: File name too long [/tmp/"+long+"]")
	found, err := exists(OS{}, "/dev/null/x")
	require.NoError(t, err)
	require.False(t, found)
	require.Equal(t, "Too many levels of symbolic links", reason(syscall.ELOOP))
	require.Equal(t, "odd", reason(errors.New("odd")))
}

func TestPassword(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		p := Password()
		require.Regexp(t, `^[./0-9A-Za-z]{8}$`, p)
		require.False(t, seen[p])
		seen[p] = true
	}
}

func FuzzMake(f *testing.F) {
	f.Add("%include <a.h>\n%manual\nx\n%end\n%A% %B:x% %%", "%includeonce <b.h>\n%nopp\n%x\n%end", "%ecfmicro ^\n^A^", "%B%", "x%A%", "%")
	f.Add("^includenopp \"./a.h\"\n^include ^A^", "%", "%end", "<a.h>", "$B", "^")
	f.Fuzz(func(t *testing.T, script, a, b, valueA, valueB, micro string) {
		_, task := oneTask(t, "A", valueA, "B", valueB, "ECF_INCLUDE", "/i:"+valueB, "ECF_MICRO", micro)
		files := memory{"/h/s/f/t.ecf": script, "/i/a.h": a, "/i/b.h": b, "/h/s/f/a.h": b}
		made, err := NewMaker(files).Make(ctx, task, Options{})
		if err != nil {
			require.NotEmpty(t, words(err))
			return
		}
		job := files[made.Path]
		if !strings.Contains(job+script+a+b+valueA+valueB, "\x00") {
			require.Equal(t, made.Size, len(job)+1)
		}
	})
}

func TestPrepare_noPasswordInMessages(t *testing.T) {
	_, task := oneTask(t)
	task.SetJob("aB3./xyz", "", "", 1)
	_, err := NewMaker(memory{"/h/s/f/t.ecf": "%ECF_PASS% %NO%"}).Prepare(ctx, task, Options{})
	require.ErrorContains(t, err, "failed : '******** %NO%'")
	var f *Failure
	require.ErrorAs(t, err, &f)
	require.NotContains(t, err.Error()+f.Reason, "aB3./xyz")
}

func TestCheck_generatedVariablesTellWhereJobsAre(t *testing.T) {
	d, task := oneTask(t)
	files := memory{"/h/s/f/t.ecf": "x"}
	require.NoError(t, Check(ctx, d, &Ctrl{System: files, Dir: "/jobs"}))
	job, _ := task.GeneratedVariable("ECF_JOB")
	require.Contains(t, files, job)
	require.Equal(t, "/jobs/s/f/t.job0", job)
	password, _ := task.GeneratedVariable("ECF_PASS")
	require.Len(t, password, passwordSize)
	require.Empty(t, task.Password())
	date, _ := d.Suites()[0].GeneratedVariable("ECF_DATE")
	require.NotEmpty(t, date, "though the suite has not begun")
	copied := d.Copy()
	require.True(t, d.Suites()[0].Equal(copied.Suites()[0]))
	job, _ = copied.Find("/s/f/t").GeneratedVariable("ECF_JOB")
	require.Equal(t, "/h/s/f/t.job0", job)
	require.NoError(t, Check(ctx, d, &Ctrl{System: files}))
	job, _ = task.GeneratedVariable("ECF_JOB")
	require.Equal(t, "/h/s/f/t.job0", job)
}
