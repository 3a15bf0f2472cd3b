// Package text reads and writes definitions as text: what users keep in .def
// files, what servers keep in check points, and what travels inside messages.
//
//	tree, err := text.Parse(src, text.Options{})
//	out := text.Append(nil, tree, text.Defs)
//
// [Parse] takes every form that the original takes, with its quirks, and finds
// the style by itself. It goes on after a mistake, so that an [Errors] tells of
// several at once, each with line, column, the source line and a caret; the
// first line of the first one is the original's.
//
// The printers give the bytes that version 5.19.0 gives, in four styles.
//
// The package does not look into expressions and does not check references
// between nodes unless asked for a check: see package defs. Files are known to
// [Load], [Save], [SaveCheckpoint] and [RestoreCheckpoint] alone; no network.
package text
