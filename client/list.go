package client

// list makes a variadic argument the list that Do expects, never nil.
func list(items []string) []string { return append([]string{}, items...) }
