package client

import (
	"context"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
)

// prepareDefinition puts the text of the definition that load and replace send
// into their arguments a; given are those of the caller. done means that nothing needs to be sent.
func (c *Client) prepareDefinition(ctx context.Context, s *settings, spec *command.Spec, given, a Args) (done bool, err error) {
	if spec.Name != "load" && spec.Name != "replace" {
		return false, nil
	}
	if tree, ok := given["defs"]; ok {
		d, ok := tree.(*defs.Defs)
		if !ok && tree != nil {
			return false, fault.New(fault.Argument, spec.Name+": defs must be a definition")
		}
		delete(a, "defs")
		return false, c.prepareTree(ctx, s, spec, d, a)
	}
	path, _ := a["path_to_defs"].(string)
	var d *command.Definition
	if node, _ := a["path"].(string); spec.Name == "replace" {
		d, err = command.ReadReplacement(node, path, s.LocalHost)
	} else if d, err = command.ReadDefinition(path, s.LocalHost); err == nil {
		a["path_to_defs"] = d.Path
	}
	if err != nil {
		return false, err
	}
	// As the original does: what is asked to be printed is not sent.
	shown := ""
	if a["print"] == true {
		shown += command.DefinitionText(d.Tree)
	}
	if a["stats"] == true {
		shown += d.Tree.Stats()
	}
	done = a["check_only"] == true || a["print"] == true || a["stats"] == true
	if !done {
		a["text"] = command.DefinitionText(d.Tree)
	}
	s.print(ctx, shown+d.Warnings)
	return done, nil
}

// replacing words the error of a replacement from a file as the original's methods do.
func replacing(spec *command.Spec, given, a Args, err error) error {
	if _, tree := given["defs"]; tree || spec.Name != "replace" {
		return err
	}
	node, _ := a["path"].(string)
	path, _ := a["path_to_defs"].(string)
	return command.ReplacementFailed(node, path, err)
}

// prepareTree is prepareDefinition for a definition that the caller has. That of load is
// not warned of, as in the original.
func (c *Client) prepareTree(ctx context.Context, s *settings, spec *command.Spec, d *defs.Defs, a Args) error {
	unlock := c.lockTree()
	var text, warnings string
	var err error
	if node, _ := a["path"].(string); spec.Name == "replace" {
		text, warnings, err = command.CheckedReplacement(node, d)
	} else {
		text, _, err = command.CheckedText(d)
	}
	unlock()
	if err == nil {
		s.print(ctx, warnings)
		a["text"] = text
	}
	return err
}

// print tells what the original prints on standard output.
func (s *settings) print(ctx context.Context, text string) {
	if text != "" {
		s.teller(ctx)(Event{Kind: Printed, Text: text})
	}
}
