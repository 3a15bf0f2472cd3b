package client

// list makes a variadic argument the list that Do expects, never nil.
func list(items []string) []string { return append([]string{}, items...) }

// pathOrList makes one path a path by itself, which the methods that check lists
// of paths do not check.
func pathOrList(items []string) any {
	if len(items) == 1 {
		return items[0]
	}
	return list(items)
}
