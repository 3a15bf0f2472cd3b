// Package fileset writes files whole or not at all, several of them as one: keys with
// their certificates, files of passwords.
//
//	err := fileset.Write([]fileset.File{{Path: key, Data: k, Mode: 0o600}, {Path: crt, Data: c, Mode: 0o644}}, false)
//
// Each file is written beside its place and synced to disk before the first of them is
// put there, so a full disk or a missing permission changes nothing. When one cannot be
// put in its place, those before it are taken back. (A machine that loses power between two
// of them leaves the first ones new and the others old: no file system offers more.)
package fileset
