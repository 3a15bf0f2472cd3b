package auth

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func edited(t *testing.T, content string, change func(*PasswordText)) string {
	t.Helper()
	text, err := ParsePasswordText("file", []byte(content))
	require.NoError(t, err)
	change(text)
	return string(text.Bytes())
}

func TestPasswordText_set(t *testing.T) {
	for name, c := range map[string]struct{ before, after string }{
		"new file":           {"", "4.5.0\n# user host port password\nfred h 3141 new\n"},
		"comments only":      {"# a\n", "# a\n4.5.0\n# user host port password\nfred h 3141 new\n"},
		"appended":           {"5.1.0\n# a\nmary h 1 x\n", "5.1.0\n# a\nmary h 1 x\nfred h 3141 new\n"},
		"no line end":        {"5.1.0\nmary h 1 x", "5.1.0\nmary h 1 x\nfred h 3141 new\n"},
		"CRLF":               {"5.1.0\r\nmary h 1 x\r\n", "5.1.0\r\nmary h 1 x\r\nfred h 3141 new\r\n"},
		"replaced":           {"5.1.0\n\t fred\th  3141  old # c\nmary h 1 x\n", "5.1.0\n\t fred\th  3141  new # c\nmary h 1 x\n"},
		"replaced, CRLF":     {"5.1.0\r\nfred h 3141 old\r\n", "5.1.0\r\nfred h 3141 new\r\n"},
		"replaced at end":    {"5.1.0\nfred h 3141 old", "5.1.0\nfred h 3141 new"},
		"extra fields":       {"5.1.0\nfred h 3141 old and more#c\n", "5.1.0\nfred h 3141 new and more#c\n"},
		"another port":       {"5.1.0\nfred h 3142 old\n", "5.1.0\nfred h 3142 old\nfred h 3141 new\n"},
		"port with a zero":   {"5.1.0\nfred h 03141 old\n", "5.1.0\nfred h 03141 old\nfred h 3141 new\n"},
		"commented out":      {"5.1.0\n#fred h 3141 old\n", "5.1.0\n#fred h 3141 old\nfred h 3141 new\n"},
		"version with words": {"5.1.0 fred h 3141 old\n", "5.1.0 fred h 3141 old\nfred h 3141 new\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := edited(t, c.before, func(text *PasswordText) {
				_, err := text.Set("fred", "h", "3141", "new")
				require.NoError(t, err)
			})
			require.Equal(t, c.after, got)
		})
	}
}

func TestPasswordText_refused(t *testing.T) {
	for _, c := range [][4]string{
		{"", "h", "1", "x"}, {"a b", "h", "1", "x"}, {"a\tb", "h", "1", "x"}, {"#a", "h", "1", "x"}, {"$1$a", "h", "1", "x"},
		{"a", "", "1", "x"}, {"a", "h h", "1", "x"}, {"a", "h\n", "1", "x"},
		{"a", "h", "", "x"}, {"a", "h", "0", "x"}, {"a", "h", "01", "x"}, {"a", "h", "65536", "x"}, {"a", "h", "x", "x"},
		{"a", "h", "1", ""}, {"a", "h", "1", "x y"}, {"a", "h", "1", "x#y"}, {"a", "h", "1", "x\n"}, {"a", "h", "1", "x\x00"}, {"a", "h", "1", "\f"},
	} {
		got := edited(t, "5.1.0\n", func(text *PasswordText) {
			_, err := text.Set(c[0], c[1], c[2], c[3])
			require.ErrorIs(t, err, fault.Argument, c)
		})
		require.Equal(t, "5.1.0\n", got)
	}
}

func TestPasswordText_remove(t *testing.T) {
	before := "5.1.0\n# c\nfred h 1 a\nmary h 1 b # fred\nfred h 2 c"
	ofFred := func(e PasswordEntry) bool { return e.User == "fred" }
	require.Equal(t, "5.1.0\n# c\nmary h 1 b # fred\n", edited(t, before, func(text *PasswordText) {
		require.Equal(t, []PasswordEntry{{"fred", "h", "1", 3}, {"fred", "h", "2", 5}}, text.Remove(ofFred))
	}))
	require.Equal(t, before, edited(t, before, func(text *PasswordText) {
		require.Empty(t, text.Remove(func(PasswordEntry) bool { return false }))
	}))
}

func set(user, password string) func(*PasswordText) error {
	return func(text *PasswordText) error {
		_, err := text.Set(user, "h", "1", password)
		return err
	}
}

func TestEditPasswordFile(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ecf.passwd")
	warnings, err := EditPasswordFile(ctx, path, set("fred", "x"))
	require.NoError(t, err)
	require.Empty(t, warnings)
	mode := func() fs.FileMode {
		info, err := os.Stat(path)
		require.NoError(t, err)
		return info.Mode().Perm()
	}
	require.Equal(t, fs.FileMode(0o600), mode())

	require.NoError(t, os.Chmod(path, 0o640))
	warnings, err = EditPasswordFile(ctx, path, set("mary", "y"))
	require.NoError(t, err)
	require.Len(t, warnings, 1)
	require.Equal(t, WarnGroupReadable, warnings[0].ID)
	require.Equal(t, fs.FileMode(0o640), mode())

	t.Run("a refusal changes nothing", func(t *testing.T) {
		before, err := os.ReadFile(path)
		require.NoError(t, err)
		_, err = EditPasswordFile(ctx, path, set("a b", "y"))
		require.ErrorIs(t, err, fault.Argument)
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, before, after)

		fresh := filepath.Join(t.TempDir(), "fresh")
		_, err = EditPasswordFile(ctx, fresh, set("a b", "y"))
		require.ErrorIs(t, err, fault.Argument)
		require.NoFileExists(t, fresh)
	})
	t.Run("a file that is none", func(t *testing.T) {
		wrong := write(t, "some text\n")
		_, err := EditPasswordFile(ctx, wrong, set("fred", "x"))
		require.ErrorIs(t, err, fault.Config)
		text, err := os.ReadFile(wrong)
		require.NoError(t, err)
		require.Equal(t, "some text\n", string(text))
	})
	t.Run("read only", func(t *testing.T) {
		closed := write(t, "5.1.0\n")
		require.NoError(t, os.Chmod(closed, 0o400))
		_, err := EditPasswordFile(ctx, closed, set("fred", "x"))
		require.NoError(t, err)
		info, err := os.Stat(closed)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o400), info.Mode().Perm())
	})
	t.Run("through a link", func(t *testing.T) {
		link := filepath.Join(t.TempDir(), "link")
		require.NoError(t, os.Symlink(path, link))
		_, err := EditPasswordFile(ctx, link, set("link", "x"))
		require.NoError(t, err)
		info, err := os.Lstat(link)
		require.NoError(t, err)
		require.NotZero(t, info.Mode()&fs.ModeSymlink)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(text), "link h 1 x\n")
	})
	t.Run("locked", func(t *testing.T) {
		unlock, err := lockFile(ctx, path)
		require.NoError(t, err)
		defer unlock()
		short, done := context.WithTimeout(ctx, 50*time.Millisecond)
		defer done()
		_, err = EditPasswordFile(short, path, set("fred", "x"))
		require.ErrorIs(t, err, fault.Busy)
	})
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1)
}

// Many edits at once lose none, whoever makes the file.
func TestEditPasswordFile_concurrent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ecf.passwd")
	var all sync.WaitGroup
	for n := range 30 {
		all.Go(func() {
			ctx, done := context.WithTimeout(context.Background(), 30*time.Second)
			defer done()
			_, err := EditPasswordFile(ctx, path, set(fmt.Sprint("user", n), "x"))
			require.NoError(t, err)
		})
	}
	all.Wait()
	file, err := ReadPasswordFile(path)
	require.NoError(t, err)
	require.Equal(t, 30, file.Len())
}

// differIn reports whether two lines are equal but for a part that is one text here, another there.
func differIn(line, other, part, otherPart string) bool {
	for i := range line {
		if strings.HasPrefix(line[i:], part) && line[:i]+otherPart+line[i+len(part):] == other {
			return true
		}
	}
	return false
}

// Whatever the file and the entry: the file stays one, the entry has the password, every
// other line stays byte for byte, and taking the entry out again gives what was there.
func FuzzPasswordText(f *testing.F) {
	for _, c := range files {
		f.Add([]byte(c.content), "root", "localhost", "3141", "new")
	}
	f.Add([]byte("5.1.0\r\n\tfred  h\t1 x # c\r\nmary h 1 y"), "fred", "h", "1", "p\xff")
	f.Fuzz(func(t *testing.T, data []byte, user, host, port, plain string) {
		before, err := parsePasswordFile("f", data)
		if err != nil {
			return
		}
		text, err := ParsePasswordText("f", data)
		require.NoError(t, err)
		require.Equal(t, data, append(data[:0:0], text.Bytes()...))
		require.Len(t, text.Entries(), before.Len())
		had, _ := before.Lookup(user, host, port, "")
		lines := bytes.SplitAfter(data, []byte("\n"))
		at := -1
		for _, e := range text.Entries() {
			if e.User == user && e.Host == host && e.Port == port {
				at = e.Line - 1
			}
		}
		replaced, err := text.Set(user, host, port, plain)
		if err != nil {
			require.Equal(t, data, append(data[:0:0], text.Bytes()...))
			return
		}
		require.Equal(t, at >= 0, replaced)
		changed := text.Bytes()
		after, err := parsePasswordFile("f", changed)
		require.NoError(t, err)
		got, ok := after.Lookup(user, host, port, "")
		require.True(t, ok)
		require.Equal(t, plain, got)
		now := bytes.SplitAfter(changed, []byte("\n"))
		for i, line := range lines {
			switch {
			case i == at:
				require.True(t, differIn(string(line), string(now[i]), had, plain), "only the password of the line changes")
			case i < len(lines)-1 || replaced:
				require.Equal(t, string(line), string(now[i]))
			default: // may have got a line end
				require.True(t, bytes.HasPrefix(now[i], line))
			}
		}
		if replaced {
			require.Equal(t, before.Len(), after.Len())
			return
		}
		require.Equal(t, before.Len()+1, after.Len())
		again, err := ParsePasswordText("f", changed)
		require.NoError(t, err)
		removed := again.Remove(func(e PasswordEntry) bool { return e.User == user && e.Host == host && e.Port == port })
		require.Len(t, removed, 1)
		require.True(t, bytes.HasPrefix(again.Bytes(), bytes.TrimSuffix(data, []byte("\n"))))
	})
}
