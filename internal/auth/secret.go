package auth

// Secret is a text that shows in no output: a function, of which package fmt
// prints the address, whatever the verb and wherever the value is buried, and
// which package encoding/json refuses. Call it to have the text.
//
// A type with a Format method would not do: fmt reaches past it through
// unexported fields.
type Secret func() string

// Hide makes a Secret of a text.
func Hide(text string) Secret { return func() string { return text } }
