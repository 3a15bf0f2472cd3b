package main

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRuns_looksAndColumns(t *testing.T) {
	got := runs("a\x1b[1;38;2;255;0;16mbc\x1b[m🔒\x1b[7m d")
	require.Equal(t, []run{
		{column: 0, width: 1, text: "a"},
		{look: look{fore: "#ff0010", bold: true}, column: 1, width: 2, text: "bc"},
		{column: 3, width: 2, text: "🔒"},
		{look: look{reverse: true}, column: 5, width: 2, text: " d"},
	}, got)
}

func TestSVG_isXML(t *testing.T) {
	decoder := xml.NewDecoder(strings.NewReader(svg("a & b", "x < \x1b[2my\x1b[m\n&", 10, 2)))
	for {
		if _, err := decoder.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}
}
