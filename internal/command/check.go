package command

import (
	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
)

// checkExpression refuses a text that is no expression; context begins the message.
//
// source: libs/node Expression.cpp, parse
func checkExpression(context, text string) error {
	if text == "" {
		return argument("%s Failed to parse expression ''.  ", context)
	}
	_, err := expr.Parse(text)
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.Argument, Msg: context + " " + clip(err.Error(), longestMessage), Err: err}
}
