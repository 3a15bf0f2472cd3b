// Package cli is the program ecflow_client: the original's options, output and exit codes,
// driven by the command table, for scripts that cannot tell the two apart.
//
//	code := cli.Run(ctx, terminal.System(), os.Args[1:])
//
// It prints and reads its input through the terminal it is given, and knows no other way
// out. Meant differences from the original are listed in docs/compat-cli.md.
package cli
