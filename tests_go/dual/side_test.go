package dual

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// side is one of the two servers, and what is known of it.
type side struct {
	server    *realserver.Server
	mail      mail
	tree, was *defs.Defs // as it was after the last step, and before that
	followers []*follower
	changes   [2]uint64 // the server's counters after the last step
	logged    int64     // bytes of the log already looked at
	seen      map[string]os.FileInfo
	passwords map[string]bool // that jobs have had
	newest    string          // entry of the server's own history
	early     string          // lines of the log that were read before the others of the step
	eager     bool            // the server looks for freed tasks by itself at once: it is ours
}

// outcome is what a step shows, by name of its part.
type outcome map[string]string

// The parts of an outcome, in the order they are reported.
var parts = []string{"reply", "definition", "log", "changes", "news", "sync", "followed", "zombies", "files"}

func newSide(server *realserver.Server, files reads) *side {
	s := &side{server: server, seen: map[string]os.FileInfo{}, passwords: map[string]bool{}, followers: []*follower{{}, {suites: []string{"s1", "s2"}}}}
	s.mail = mail{user: somebody, files: files, password: s.password, expand: s.expand}
	return s
}

// expand fills in $ECFHOME, $PORT and $HOST.
func (s *side) expand(text string) string {
	return strings.NewReplacer("$ECFHOME", s.server.Home, "$PORT", s.server.Port, "$HOST", s.server.HostName).Replace(text)
}

// password is that of the job of a task.
func (s *side) password(path string) string {
	if s.tree == nil {
		return ""
	}
	if n := s.tree.Find(path); n != nil {
		return n.Password()
	}
	return ""
}

// send sends a request and gives its reply.
func (s *side) send(r wire.Request) (wire.Reply, error) {
	payload, err := wire.EncodeRequest(r)
	if err != nil {
		return nil, err
	}
	connection, err := net.Dial("tcp4", "127.0.0.1:"+s.server.Port)
	if err != nil {
		return nil, err
	}
	defer connection.Close() //nolint:errcheck // nothing is lost with it
	if err := connection.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return nil, err
	}
	if err := wire.WriteFrame(connection, payload); err != nil {
		return nil, err
	}
	reply, err := wire.ReadFrame(connection, 0)
	if err != nil {
		return nil, err
	}
	return wire.DecodeReply(reply)
}

// do takes one step, and looks at everything. An error is one of the connection; a nil
// outcome, that nothing was sent: a client would not.
func (s *side) do(one step) (outcome, error) {
	request, err := one.request(&s.mail)
	if request == nil || err != nil {
		return nil, nil //nolint:nilerr // as told
	}
	reply, err := s.send(request)
	if err != nil {
		return nil, err
	}
	if s.early, err = s.news(); err != nil {
		return nil, err
	}
	if kills(request) || strings.Contains(s.early, "kill & fob") { // what becomes of the commands is noticed in this step
		time.Sleep(50 * time.Millisecond)
	}
	// What a child command sets free the original submits within a second, by a clock of its
	// own; a user's command that frees nothing makes it do so now. Each looks once.
	if s.eager && setsFree(request, reply, s.early) {
		time.Sleep(25 * time.Millisecond)
	} else if _, err := s.send(&wire.FreeDepCmd{UserCmd: asked(), Paths: []string{}}); err != nil {
		return nil, err
	}
	o := outcome{"reply": s.ordered(written(reply))}
	return o, s.look(o)
}

// kills reports whether a request starts commands other than jobs.
func kills(request wire.Request) bool {
	switch r := request.(type) {
	case *wire.PathsCmd:
		return r.API == wire.PathsKill || r.API == wire.PathsStatus
	case *wire.ZombieCmd:
		return r.UserAction == wire.ZombieKill
	}
	return false
}

// setsFree reports whether a request of a job was done, and may thus have set tasks free.
func setsFree(request wire.Request, reply wire.Reply, logged string) bool {
	switch request.(type) {
	case *wire.InitCmd, *wire.CompleteCmd, *wire.AbortCmd, *wire.EventCmd, *wire.MeterCmd, *wire.QueueCmd:
	default:
		return false
	}
	switch reply := reply.(type) {
	case *wire.ErrorCmd, *wire.BlockClientZombieCmd:
		return false
	case *wire.StcCmd:
		if reply.API != wire.StcOK {
			return false
		}
	}
	if strings.Contains(logged, "request failed as ") || strings.Contains(logged, "doHandleRequest: failed ") {
		return false
	}
	return !strings.Contains(logged, " : action(") || strings.Contains(logged, "adopt)")
}

func asked() wire.UserCmd {
	return wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: madeHost}, User: watcher}
}

// look fills in what the server shows of itself.
func (s *side) look(o outcome) error {
	reply, err := s.send(&wire.CtsNodeCmd{UserCmd: asked(), API: wire.CtsNodeMigrate})
	if err != nil {
		return err
	}
	whole, ok := reply.(*wire.DefsCmd)
	if !ok {
		return fmt.Errorf("migrate was answered with %s", written(reply))
	}
	o["definition"] = s.ordered(whole.Defs)
	s.was = s.tree
	if s.tree, err = text.ParseString(whole.Defs, text.Options{}); err != nil {
		return fmt.Errorf("the definition cannot be read: %w", err)
	}
	for _, suite := range s.tree.Suites() {
		for n := range suite.All() {
			if password := n.Password(); len(password) == 8 {
				s.passwords[password] = true
			}
		}
	}
	now := [2]uint64{uint64(s.tree.StateChangeNo()), uint64(s.tree.ModifyChangeNo())}
	o["changes"] = fmt.Sprintf("state %s, structure %s", grown(s.changes[0], now[0]), grown(s.changes[1], now[1]))
	s.changes = now
	for i, f := range s.followers {
		if err := f.follow(s, o, i); err != nil {
			return err
		}
	}
	if reply, err = s.send(&wire.CtsCmd{UserCmd: asked(), API: wire.CtsGetZombies}); err != nil {
		return err
	}
	o["zombies"] = written(reply)
	late, err := s.news()
	o["log"] = s.early + late
	if err != nil {
		return err
	}
	o["files"], err = s.changedFiles()
	return err
}

// ordered puts the histories of nodes in order: the original has them in that of a hash table.
// Of the server's own history only the newest is kept that is not the watcher's, whose
// commands are there if they happened to set something free.
func (s *side) ordered(definition string) string {
	lines := strings.Split(definition, "\n")
	first := slices.IndexFunc(lines, isHistory)
	if first < 0 {
		return definition
	}
	last := first
	for ; last < len(lines) && isHistory(lines[last]); last++ {
		all, isServers := strings.CutPrefix(lines[last], "history / \b")
		if !isServers {
			continue
		}
		for entry := range strings.SplitSeq(all, "\b") {
			if !strings.Contains(entry, ":"+watcher) {
				s.newest = entry
			}
		}
		lines[last] = "history / " + s.newest
	}
	slices.Sort(lines[first:last])
	return strings.Join(lines, "\n")
}

func isHistory(line string) bool { return strings.HasPrefix(line, "history ") }

func grown(before, now uint64) string {
	switch {
	case now > before:
		return "grew"
	case now < before:
		return "shrank"
	}
	return "stayed"
}

// news are the lines of the log that are new, but for those about the watcher. The server is made to write what it has
// not written yet.
func (s *side) news() (string, error) {
	if _, err := s.send(&wire.LogCmd{UserCmd: asked(), API: wire.LogFlush}); err != nil {
		return "", err
	}
	file, err := os.Open(s.server.File("log"))
	if err != nil {
		return "", nil //nolint:nilerr // there need not be one
	}
	defer file.Close() //nolint:errcheck // only read from
	if info, err := file.Stat(); err == nil && info.Size() < s.logged {
		s.logged = 0
	}
	if _, err := file.Seek(s.logged, io.SeekStart); err != nil {
		return "", err
	}
	fresh, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	if end := bytes.LastIndexByte(fresh, '\n'); end < len(fresh)-1 { // a line that is not whole comes with the next step
		fresh = fresh[:end+1]
	}
	s.logged += int64(len(fresh))
	var kept strings.Builder
	for line := range strings.Lines(string(fresh)) {
		// The original tells the state of the definition itself with some full syncs again.
		if !strings.Contains(line, ":"+watcher) && !(strings.HasPrefix(line, "LOG:") && strings.HasSuffix(line, ": /\n")) {
			kept.WriteString(line)
		}
	}
	return kept.String(), nil
}

// changedFiles are the files that have come, gone or changed, with what is in them.
func (s *side) changedFiles() (string, error) {
	var told strings.Builder
	gone := s.seen
	s.seen = map[string]os.FileInfo{}
	err := filepath.WalkDir(s.server.Home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".log") {
			return nil //nolint:nilerr // files may go while we look
		}
		info, err := entry.Info()
		if err != nil {
			return nil //nolint:nilerr // as above
		}
		before := gone[path]
		delete(gone, path)
		s.seen[path] = info
		if before != nil && before.ModTime().Equal(info.ModTime()) && before.Size() == info.Size() && os.SameFile(before, info) {
			return nil
		}
		content, _ := os.ReadFile(path)
		fmt.Fprintf(&told, "== %s %v\n%s\n", path, info.Mode().Perm(), s.ordered(string(content)))
		return nil
	})
	for path := range gone {
		fmt.Fprintf(&told, "== %s is gone\n", path)
	}
	return told.String(), err
}

// written is a reply as text.
func written(r wire.Reply) string {
	switch r := r.(type) {
	case *wire.StcCmd:
		return "StcCmd " + strconv.Itoa(int(r.API))
	case *wire.ErrorCmd:
		return "ErrorCmd " + r.ErrorMsg
	case *wire.SStringCmd:
		return "SStringCmd " + r.Str
	case *wire.SStringVecCmd:
		return "SStringVecCmd\n" + strings.Join(r.Vec, "\n")
	case *wire.DefsCmd:
		return "DefsCmd\n" + r.Defs
	case *wire.SNodeCmd:
		return "SNodeCmd\n" + r.TheNodeStr
	case *wire.SSyncCmd:
		return fmt.Sprintf("SSyncCmd full %v\n%s%s\n%s", r.FullDefs, r.ServerDefs, r.Defs, mementos(&r.IncrementalChanges))
	case *wire.ZombieGetCmd:
		var all strings.Builder
		all.WriteString("ZombieGetCmd\n")
		for _, z := range r.Zombies {
			z.Duration = 0
			fmt.Fprintf(&all, "%+v\n", z)
		}
		return all.String()
	case *wire.GroupSTCCmd:
		all := "GroupSTCCmd\n"
		for _, member := range r.Commands {
			all += written(member) + "\n"
		}
		return all
	}
	return fmt.Sprintf("%s %+v", wire.TypeName(r), r)
}
