// Command commands writes what the command table says where the language needs
// static text: the typed methods of package client, and docs/commands.md.
//
// Run it as go generate ./client. With -check it writes nothing and fails when a
// file is not what it would write.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	check := flag.Bool("check", false, "compare instead of writing")
	root := flag.String("root", "..", "root of the module, as seen from the working directory")
	flag.Parse()
	if err := run(*root, *check); err != nil {
		fmt.Fprintln(os.Stderr, "commands:", err)
		os.Exit(1)
	}
}

func run(root string, check bool) error {
	methods, err := goMethods()
	if err != nil {
		return err
	}
	for name, want := range map[string][]byte{
		"client/zcommands.go": methods,
		"docs/commands.md":    reference(),
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		have, err := os.ReadFile(path)
		if err == nil && bytes.Equal(have, want) {
			continue
		}
		if check {
			return fmt.Errorf("%s is not what the command table says; run go generate ./client", name)
		}
		if err := os.WriteFile(path, want, 0o644); err != nil {
			return err
		}
	}
	return nil
}
