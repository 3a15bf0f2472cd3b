package defs

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// Trees have a million nodes: what one takes is a size of the allocator, and the next is larger by 16.
func TestNode_size(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(Node{}), uintptr(144))
}
