package engine

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// fileRow gives a file that belongs to a node. It is read without the lock.
//
// source: libs/base CFileCmd.cpp.
func fileRow(m *wire.CFileCmd) (row, error) {
	r := row{access: reads, paths: []string{m.PathToNode}}
	switch m.File {
	case wire.FileECF:
		r.count = func(n *tally) *uint32 { return &n.FileECF }
	case wire.FileManual:
		r.count = func(n *tally) *uint32 { return &n.FileManual }
	case wire.FileJob:
		r.count = func(n *tally) *uint32 { return &n.FileJob }
	case wire.FileJobout:
		r.count = func(n *tally) *uint32 { return &n.FileJobout }
	case wire.FileKill, wire.FileStat:
		r.count = func(n *tally) *uint32 { return &n.FileCmdout }
	default:
		return row{}, unknown(m)
	}
	r.run = func(c *call) (wire.Reply, error) {
		n, err := c.find(m.PathToNode)
		if err != nil {
			return nil, err
		}
		f := c.fileOf(n, m.PathToNode)
		c.after = f.reply(func(ctx context.Context) (string, error) {
			content, err := f.read(ctx, m.File)
			return endOf(content, m.MaxLines), err
		})
		return nil, nil
	}
	return r, nil
}

// endOf is the end of a text, if it is longer, and then a line that says so.
func endOf(text string, most uint64) string {
	if text == "" || most == 0 {
		return text
	}
	at, count := len(text), uint64(0)
	for count < most {
		if at = strings.LastIndexByte(text[:at], '\n'); at < 0 {
			return text
		}
		count++
	}
	return text[at+1:] + "\n# >>>>>>>> File truncated down to " + strconv.FormatUint(most, 10) + ". Truncated from the end of the file <<<<<<<<<\n"
}

// fileOf reads the files of a node that stands alone.
type fileOf struct {
	c     *call
	node  *defs.Node
	path  string
	files *patient
}

// fileOf has a patient of its own answers: nobody else waits for what is read only.
func (c *call) fileOf(n *defs.Node, path string) *fileOf {
	if c.files == nil {
		own := newAnswers(func() {})
		own.least, own.most = c.answers.least, c.answers.most
		c.files = newPatient(c.opts.Files, own)
		c.files.done = c.ctx.Done()
		if c.group == nil { // there is no lock
			c.files.limit = own.most + own.least // commands have ended by then
		}
	}
	return &fileOf{c: c, node: n.Alone(), path: path, files: c.files}
}

// reply answers with a text that is read. It waits for the file system or, in a group, says that it is to be asked again.
func (f *fileOf) reply(read func(context.Context) (string, error)) func() (wire.Reply, error) {
	return func() (wire.Reply, error) {
		ctx, cancel := context.WithTimeout(f.c.ctx, scriptTime)
		defer cancel()
		f.files.gaveUp = false
		text, err := read(ctx)
		switch {
		case f.files.gaveUp && f.c.group != nil:
			return nil, errLater
		case f.files.gaveUp:
			return nil, f.c.unanswered(f.files.asked, f.c.ctx.Err())
		case err != nil:
			return nil, err
		}
		return &wire.SStringCmd{Str: text}, nil
	}
}

func (f *fileOf) maker() *job.Maker { return job.NewMaker(f.files) }

func (f *fileOf) read(ctx context.Context, kind wire.FileType) (string, error) {
	if !f.node.IsSubmittable() {
		if kind != wire.FileManual {
			return "", refused("Option " + fileWord[kind] + " is only valid for tasks")
		}
		return f.containerManual(ctx)
	}
	switch kind {
	case wire.FileECF:
		return f.maker().Script(ctx, f.node)
	case wire.FileManual:
		return f.maker().Manual(ctx, f.node)
	case wire.FileJobout:
		return f.jobOutput()
	case wire.FileKill:
		return f.ofJob(".kill", "kill output")
	case wire.FileStat:
		return f.ofJob(".stat", "status output")
	}
	return f.ofJob("", "job")
}

var fileWord = [...]string{"script", "job", "jobout", "manual", "kill", "stat"}

// ofJob reads the job file or a file beside it.
func (f *fileOf) ofJob(suffix, what string) (string, error) {
	file, _ := f.node.InheritedVariable("ECF_JOB")
	content, err := f.readFile(file + suffix)
	if err != nil {
		return "", refused("CFileCmd::doHandleRequest: Failed to open the " + what + " file('" + file + suffix + "') for task " + f.path + " (" + reason(err) + ")")
	}
	return content, nil
}

// jobOutput reads the output of the job: where the user says, else where the server says, and at last below ECF_HOME.
func (f *fileOf) jobOutput() (string, error) {
	why := ""
	if file, ok := f.node.UserVariable("ECF_JOBOUT"); ok {
		content, err := f.readFile(file)
		if err == nil {
			return content, nil
		}
		why = "Failed to open user specified job-out(ECF_JOBOUT='" + file + "') "
	}
	file, _ := f.node.GeneratedVariable("ECF_JOBOUT")
	content, err := f.readFile(file)
	if err == nil {
		return content, nil
	}
	home, _ := f.node.UserVariable("ECF_HOME")
	other := home + f.node.Path() + "." + strconv.Itoa(f.node.TryNo())
	if other == file {
		return "", refused(why + "Failed to open the job-out(ECF_JOBOUT=ECF_HOME/ECF_NAME.ECF_TRYNO='" + file + "')  for task " + f.path + " (" + reason(err) + ")")
	}
	if content, err = f.readFile(other); err != nil {
		return "", refused(why + "Failed to open the job-out (ECF_JOBOUT=ECF_OUT/ECF_NAME.ECF_TRYNO='" + file +
			"') *AND* (ECF_JOBOUT=ECF_HOME/ECF_NAME.ECF_TRYNO='" + other + "') for task " + f.path + " (" + reason(err) + ")")
	}
	return content, nil
}

// containerManual finds the .man file of a suite or family, below ECF_FILES and then below ECF_HOME.
func (f *fileOf) containerManual(ctx context.Context) (string, error) {
	isDir := func(name string) (string, bool) {
		dir, _ := f.node.UserVariable(name)
		if dir == "" {
			return "", false
		}
		is, err := f.files.Stat(dir)
		return dir, err == nil && is
	}
	if dir, ok := isDir("ECF_FILES"); ok {
		if file := job.FindManual(f.files, f.node, dir); file != "" {
			text, err := f.maker().ManualFile(ctx, f.node, file)
			if text != "" || err != nil {
				return text, err
			}
		}
	}
	dir, ok := isDir("ECF_HOME")
	if !ok {
		return "", refused("Failed to find the manual for Suite/Family  " + f.path +
			" ECF_HOME directory does not exist and/or ECF_FILES not defined or directory does not exist.")
	}
	return f.maker().ManualFile(ctx, f.node, job.FindManual(f.files, f.node, dir))
}

// mostFile bounds how much of a file is sent: the end of it.
const mostFile = 256 << 20

func (f *fileOf) readFile(path string) (string, error) {
	return ask(f.files, "read "+path, true, func() (string, error) { return readFile(path) })
}

// readFile reads a file; of one that is too large, the end.
func readFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return "", nil // as the original
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("not a regular file")
	}
	if more := info.Size() - mostFile; more > 0 {
		if _, err := file.Seek(more, 0); err != nil {
			return "", err
		}
	}
	var content bytes.Buffer
	if _, err := content.ReadFrom(io.LimitReader(file, mostFile)); err != nil {
		return "", err
	}
	return content.String(), nil
}

// reason is the system's word for an error, as C programs have it.
func reason(err error) string {
	var no syscall.Errno
	if !errors.As(err, &no) {
		return err.Error()
	}
	text := no.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}
