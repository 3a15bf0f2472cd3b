package expr

import (
	"strconv"
	"strings"
)

// complicated is what makes an expression too complicated for [simple].
var complicated = []string{
	"(", ":", ".", "/", " not ", " and ", " or ", "!", "&&", "||", "<", ">", "+", "-", "*", "~", " ne ", " ge ", " le ",
	" gt ", " lt ",
}

// simple reads what most expressions are: a node and a state, or two numbers,
// with "==" or "eq" between. It comes before the grammar and lets more pass:
// any name without a space for the node, and the state "suspended".
func simple(text string) (Node, bool) {
	for _, c := range complicated {
		if strings.Contains(text, c) {
			return nil, false
		}
	}
	text = trim(text)
	if strings.HasPrefix(text, "==") || strings.HasPrefix(text, "eq ") || strings.HasSuffix(text, "==") || strings.HasSuffix(text, " eq") {
		return nil, false
	}
	separator := "=="
	if !strings.Contains(text, separator) {
		separator = " eq "
	}
	var parts []string
	for part := range strings.SplitSeq(text, separator) {
		if part != "" {
			if parts = append(parts, trim(part)); len(parts) > 2 {
				return nil, false
			}
		}
	}
	if len(parts) != 2 || !strings.Contains(text, separator) || strings.Contains(parts[0], " ") || strings.Contains(parts[1], " ") {
		return nil, false
	}
	if state, ok := stateNamed(parts[1]); ok {
		return &Binary{Equal, &Ref{Kind: NodeRef, Path: parts[0]}, &StateValue{state}}, true
	}
	left, err := strconv.ParseInt(parts[0], 10, 32)
	right, err2 := strconv.ParseInt(parts[1], 10, 32)
	if err != nil || err2 != nil {
		return nil, false
	}
	return &Binary{Equal, &Integer{Value: int32(left)}, &Integer{Value: int32(right)}}, true
}

// trim removes the white space that the original's grammar skips.
func trim(s string) string { return strings.Trim(s, " \t\n\v\f\r") }
