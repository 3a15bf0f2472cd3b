package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/internal/api"
	"github.com/ecflow-go/ecflow/internal/model"
)

// modelStubs writes the types of the classes of the definition tree.
func modelStubs(b *bytes.Buffer) {
	b.WriteString("\nclass Object:\n    \"\"\"What the objects of a definition tree have in common.\"\"\"\n    def __init__(self, *args: Any, **kwargs: Any) -> None: ...\n")
	classes := model.Classes()
	for i := range classes {
		c := &classes[i]
		base := c.Base
		if base == "" {
			base = "Object"
		}
		fmt.Fprintf(b, "\nclass %s(%s):\n    \"\"\"%s\"\"\"\n", c.Name, base, stubText(summary(c.Doc)))
		for j := range c.Members {
			memberStubs(b, &c.Members[j])
		}
	}
}

func memberStubs(b *bytes.Buffer, m *model.Member) {
	doc := fmt.Sprintf("        \"\"\"%s\"\"\"\n", stubText(summary(m.Doc)))
	if m.Kind == model.Property {
		returns := stubType(model.ParseSignature(m.Forms[0].Signature).Returns, false)
		fmt.Fprintf(b, "    @property\n    def %s(self) -> %s:\n%s", m.Name, returns, doc)
		if m.Set != nil {
			fmt.Fprintf(b, "    @%s.setter\n    def %s%s: ...\n", m.Name, m.Name, stubSignature(m.Set.Signature, "self", false))
		}
		return
	}
	if m.Name == "__eq__" {
		fmt.Fprintf(b, "    def __eq__(self, other: object, /) -> bool:\n%s", doc)
		return
	}
	self, decorator := "self", ""
	if m.Kind == model.Static {
		self, decorator = "cls", "    @classmethod\n"
	}
	if len(m.Forms) == 1 && m.Name == "__init__" && len(model.ParseSignature(m.Forms[0].Signature).Params) == 0 {
		// Python shows every __init__ in C as one that takes anything.
		fmt.Fprintf(b, "    def __init__(self, *args: Never, **kwargs: Never) -> None:\n%s", doc)
		return
	}
	if reflected, ok := reflections[m.Name]; ok {
		defer fmt.Fprintf(b, "    def %s(self, other: Any, /) -> Any: ...\n", reflected)
	}
	var seen []string
	for _, f := range m.Forms {
		s := stubSignature(f.Signature, self, m.Name == "__init__")
		if !slices.Contains(seen, s) {
			seen = append(seen, s)
		}
	}
	for i, s := range seen {
		if len(seen) > 1 {
			b.WriteString("    @overload\n")
		}
		ignore := ""
		if m.Overrides {
			ignore = "  # type: ignore[override]"
		}
		fmt.Fprintf(b, "%s    def %s%s:", decorator, m.Name, s)
		if i > 0 {
			fmt.Fprintf(b, " ...%s\n", ignore)
		} else {
			fmt.Fprintf(b, "%s\n%s", ignore, doc)
		}
	}
}

// reflections are the operators that Python makes of others.
var reflections = map[string]string{"__add__": "__radd__", "__lshift__": "__rlshift__", "__rshift__": "__rrshift__"}

// stubText makes a text fit between the quotes of a docstring.
func stubText(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), `"`, `\"`)
}

func stubSignature(s, self string, constructor bool) string {
	signature := model.ParseSignature(s)
	params := []string{self}
	positional := 0
	for _, p := range signature.Params {
		if !p.Named && !p.Rest && !p.Keys {
			positional++
		}
	}
	for i, p := range signature.Params {
		name := p.Name
		switch {
		case p.Rest:
			name = "*" + name
		case p.Keys:
			name = "**" + name
		}
		text := name + ": " + stubType(p.Type, true)
		if p.Default != "" {
			text += " = " + p.Default
		}
		params = append(params, text)
		if i+1 == positional {
			params = append(params, "/")
		}
	}
	returns := stubType(signature.Returns, false)
	if constructor {
		returns = "None"
	}
	return "(" + strings.Join(params, ", ") + ") -> " + returns
}

// stubType spells a type of a signature in the way that Python 3.8 has.
func stubType(t string, argument bool) string {
	for _, generic := range []string{"Optional", "Iterator", "List", "Set"} {
		if inner, ok := unwrap(t, generic); ok {
			return generic + "[" + stubType(inner, argument) + "]"
		}
	}
	switch t {
	case "object":
		return "Any"
	case "ignored":
		return "object"
	case "Extends[Variable]":
		return "None"
	case "list":
		if argument {
			return "Sequence[Any]"
		}
		return "List[Any]"
	case "dict":
		return "Dict[str, Any]"
	}
	return t
}

func modelClassNames() []string {
	var names []string
	for _, c := range model.Classes() {
		names = append(names, c.Name)
	}
	return names
}

// classModule lists the classes of the extension for the package.
func classModule(b *bytes.Buffer) {
	fmt.Fprintf(b, "# %s\n\"\"\"The classes of the definition tree.\"\"\"\n\nfrom ._ecflow import (\n", origin)
	names := modelClassNames()
	for _, n := range names {
		fmt.Fprintf(b, "    %s,\n", n)
	}
	b.WriteString(")\n\n__all__ = [\n")
	for _, n := range names {
		fmt.Fprintf(b, "    %q,\n", n)
	}
	b.WriteString("]\n")
}

func stubImports(b *bytes.Buffer) {
	b.WriteString("from typing import Any, Dict, Iterator, List, Optional, Sequence, Set, Tuple, Union, overload\n\nfrom typing_extensions import Never, Self\n\n")
	b.WriteString("from ._zenums import (\n")
	for _, e := range api.Enums {
		fmt.Fprintf(b, "    %s,\n", e.Name)
	}
	b.WriteString(")\nfrom .variable import Variable\nfrom .vectors import FamilyVec, FlagTypeVec, NodeVec, SuiteVec, TaskVec, VariableList\nfrom .zombie import Zombie, ZombieVec\n\n")
}
