// Package completion holds the scripts by which shells complete command lines of
// ecflow_client: options, and the words that are fixed. They are made from the command table
// and ask neither the program nor a server.
//
// The completion of ecflow itself comes from cobra.
package completion

import _ "embed" // the scripts

//go:generate go run ../gen/shell -root ../..

var (
	//go:embed zecflow_client.bash
	bash string
	//go:embed zecflow_client.zsh
	zsh string
	//go:embed zecflow_client.fish
	fish string
)

// Script is the script for a shell, bash, zsh or fish; "" for others.
func Script(shell string) string {
	switch shell {
	case "bash":
		return bash
	case "zsh":
		return zsh
	case "fish":
		return fish
	}
	return ""
}
