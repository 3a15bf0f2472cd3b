// Package checkpoint keeps a server's definition on disk, and brings it back.
//
// A check point is the definition's text, byte for byte what the original writes and reads. It is
// written beside its place, brought to the disk, and then put there; the one before is kept under
// another name. At no moment is there none.
//
// In the mode "always" every change is on disk before it is acknowledged. Where the original
// writes the whole definition each time, a journal is kept here: records of what an incremental
// sync would send, one fsync for all that is waiting. A structural change writes a check point, and so
// does a journal that has grown too long.
//
// A journal's name ends with the size and check sum of the check point it follows:
//
//	vm.3141.ecf.check                         the check point
//	vm.3141.ecf.check.journal.1f0c2a9e-4711   what happened since
//
// so it is never taken for that of another: a newer check point of an original server has other bytes,
// and whatever journals lie around are passed over. The one before keeps its journal too.
//
// The package decides nothing about when the tree changes; it is told by [Saver.Changed].
package checkpoint
