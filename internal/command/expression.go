package command

import "github.com/ecflow-go/ecflow/defs/expr"

// expressionProblem says why a text is no expression; it is empty if it is one.
//
// source: libs/node Expression.cpp, parse
func expressionProblem(text string) string {
	if text == "" {
		return "Failed to parse expression ''.  "
	}
	if _, err := expr.Parse(text); err != nil {
		return clip(err.Error(), longestMessage)
	}
	return ""
}
