//go:build !unix

package settings

import "os"

// accessible reports whether this process may enter a directory; writing is found out when it comes to it.
func accessible(dir string, _ bool) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
