package defs

import (
	"math"
	"strconv"
)

// parseInt reads a decimal number of 32 bits as the original does: digits with at most one sign before them.
func parseInt(s string) (int, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, false
	}
	return int(n), true
}

// parseLong reads a decimal number of 64 bits.
func parseLong(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// intOr is s as a number, or otherwise fallback.
func intOr(s string, fallback int) int {
	if n, ok := parseInt(s); ok {
		return n
	}
	return fallback
}

// appendPadded appends n, with zeros before it up to width.
func appendPadded(b []byte, n, width int) []byte {
	var digits [20]byte
	text := strconv.AppendInt(digits[:0], int64(n), 10)
	for i := len(text); i < width; i++ {
		b = append(b, '0')
	}
	return append(b, text...)
}
