//go:build unix

package fileset

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// owned says whether files have an owner by number.
const owned = true

// giveTo makes a new file belong to the owner of the one it replaces; one that root makes
// anew, to the owner of its directory.
func giveTo(part *os.File, before fs.FileInfo) error {
	like := before
	if like == nil {
		if os.Geteuid() != 0 {
			return nil
		}
		var err error
		if like, err = os.Stat(filepath.Dir(part.Name())); err != nil {
			return err
		}
	}
	now, err := part.Stat()
	if err != nil {
		return err
	}
	want, ok := like.Sys().(*syscall.Stat_t)
	have, ok2 := now.Sys().(*syscall.Stat_t)
	if !ok || !ok2 || want.Uid == have.Uid && want.Gid == have.Gid {
		return nil
	}
	if err := part.Chown(int(want.Uid), int(want.Gid)); err != nil {
		if want.Uid == have.Uid {
			return fmt.Errorf("belongs to group %d, of which this user is no member", want.Gid)
		}
		return fmt.Errorf("belongs to another user (id %d), who could not read it any more: edit it as that user", want.Uid)
	}
	return nil
}
