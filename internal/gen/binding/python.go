package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/api"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/version"
)

// pyType is a type as a signature shows it.
func pyType(t command.Type, argument bool) string {
	switch t {
	case command.None:
		return "None"
	case command.Status, command.Int:
		return "int"
	case command.String:
		return "str"
	case command.Bool:
		return "bool"
	case command.Float:
		return "float"
	case command.Bytes:
		return "bytes"
	case command.StringInt:
		return "str | int"
	case command.State:
		return "State"
	case command.CheckPt:
		return "CheckPt"
	case command.Strings:
		return "list[str]"
	case command.Paths:
		return "str | list[str]"
	case command.Pairs:
		return "dict[str, Any] | list[Variable | tuple[str, str] | str]"
	case command.Object:
		return "object"
	case command.Tree:
		if argument {
			return "Defs"
		}
		return "Defs | None"
	case command.Zombies:
		if argument {
			return "Zombie"
		}
		return "list[Zombie]"
	case command.Text:
		if argument {
			return "str"
		}
		return "str | bytes"
	}
	panic(fmt.Sprint("no Python type for ", t))
}

func pyLiteral(p command.Param) string {
	switch v := p.Default.(type) {
	case string:
		return "'" + strings.ReplaceAll(v, "'", `\'`) + "'"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int:
		return pyNumber(p, int64(v))
	case int64:
		return pyNumber(p, v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default: // an empty list of any sort
		return "[]"
	}
}

func pyNumber(p command.Param, n int64) string {
	if p.Type == command.CheckPt {
		for _, e := range api.Enums {
			for _, v := range e.Values {
				if e.Name == "CheckPt" && int64(v.Number) == n {
					return "CheckPt." + v.Name
				}
			}
		}
	}
	return strconv.FormatInt(n, 10)
}

// signature is a form as TypeErrors and stubs show it; self is its first
// parameter, or "".
func signature(f command.Form, self string) string {
	var params []string
	if self != "" {
		params = append(params, self)
	}
	positional := true
	for _, p := range f.Params {
		if positional && !p.Unnamed {
			if len(params) > 0 {
				params = append(params, "/")
			}
			positional = false
		}
		s := p.Name + ": " + pyType(p.Type, true)
		if p.Default != nil {
			s += " = " + pyLiteral(p)
		}
		params = append(params, s)
	}
	if positional && len(params) > 0 {
		params = append(params, "/")
	}
	return "(" + strings.Join(params, ", ") + ") -> " + pyType(f.Returns, false)
}

func stubs(b *bytes.Buffer) {
	fmt.Fprintf(b, "# %s\n", origin)
	b.WriteString("\"\"\"The engine under ecflow: C, no Go inside.\"\"\"\n\n")
	stubImports(b)
	b.WriteString("class Client:\n    @overload\n    def __init__(self) -> None: ...\n    @overload\n    def __init__(self, host_port: str) -> None: ...\n    @overload\n    def __init__(self, host: str, port: Union[str, int]) -> None: ...\n")
	b.WriteString("    @property\n    def closed(self) -> bool:\n        \"\"\"True after close(), or when __init__ has not run.\"\"\"\n")
	b.WriteString("    def close(self) -> None:\n        \"\"\"Forget all settings.\"\"\"\n")
	for _, m := range pyMethods() {
		for i, f := range m.Forms {
			if len(m.Forms) > 1 {
				b.WriteString("    @overload\n")
			}
			fmt.Fprintf(b, "    def %s%s:\n", pyName(m), stubTypes(signature(f, "self")))
			if i > 0 {
				b.Truncate(b.Len() - 1)
				b.WriteString(" ...\n")
				continue
			}
			fmt.Fprintf(b, "        \"\"\"%s\"\"\"\n", strings.ReplaceAll(strings.ReplaceAll(m.Summary(), `\`, `\\`), `"`, `\"`))
		}
	}
	b.WriteString("\nclass VariableData:\n    \"\"\"What Variable is made of.\"\"\"\n    def name(self) -> str:\n        \"\"\"The name.\"\"\"\n" +
		"    def value(self) -> str:\n        \"\"\"The value, as text.\"\"\"\n    def _set(self, name: str, value: str, /) -> None: ...\n")
	modelStubs(b)
	b.WriteString("\ndef _install(**classes: Any) -> None: ...\ndef _locate(path: str, /) -> None: ...\ndef _library_version() -> str: ...\n" +
		"def _open_handles() -> int: ...\ndef _loaded() -> bool: ...\ndef _test_panic() -> None: ...\n" +
		"def _before_fork() -> None: ...\ndef _after_fork_in_parent() -> None: ...\n")
}

// stubTypes spells the types in the way that Python 3.8 has.
func stubTypes(s string) string {
	return strings.NewReplacer(
		"dict[str, Any] | list[Variable | tuple[str, str] | str]", "Union[Dict[str, Any], List[Variable], List[Tuple[str, str]], List[str]]",
		"Defs | None", "Optional[Defs]", "str | list[str]", "Union[str, List[str]]", "str | int", "Union[str, int]", "str | bytes", "Union[str, bytes]",
		"list[", "List[",
	).Replace(s)
}

func enumerations(b *bytes.Buffer) {
	fmt.Fprintf(b, "# %s\n", origin)
	b.WriteString("\"\"\"The enumerations.\"\"\"\n\nfrom __future__ import annotations\n\nfrom ._enum import Enum\n\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import ClassVar\n")
	for _, e := range api.Enums {
		fmt.Fprintf(b, "\n\nclass %s(Enum):\n    \"\"\"%s\"\"\"\n\n    __slots__ = ()\n", e.Name, e.Doc)
		for _, v := range e.Values {
			fmt.Fprintf(b, "    %s: ClassVar[%s]\n", v.Name, e.Name)
		}
		fmt.Fprintf(b, "\n\n%s._define(", e.Name)
		for i, v := range e.Values {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(b, "%s=%d", v.Name, v.Number)
		}
		b.WriteString(")\n")
	}
	b.WriteString("\n__all__ = [\n")
	for _, e := range api.Enums {
		fmt.Fprintf(b, "    %q,\n", e.Name)
	}
	b.WriteString("]\n")
}

func errorClasses(b *bytes.Buffer) {
	fmt.Fprintf(b, "# %s\n", origin)
	b.WriteString("\"\"\"One class for each kind of error.\"\"\"\n\nimport builtins\n\nfrom ._error import KINDS, Error\n")
	names := map[fault.Kind]string{}
	for _, c := range api.ErrorClasses {
		base := "Error"
		if p := c.Kind.Parent(); p != c.Kind {
			base = names[p]
		}
		names[c.Kind] = c.Name
		if c.Twin != "" {
			base += ", " + c.Twin
		}
		fmt.Fprintf(b, "\n\nclass %s(%s):\n    \"\"\"%s\"\"\"\n\n    kind = %q\n", c.Name, base, c.Doc, c.Kind.String())
	}
	b.WriteString("\n\nKINDS.update(\n    {\n")
	for _, c := range api.ErrorClasses {
		fmt.Fprintf(b, "        %d: %s,\n", int(c.Kind), c.Name)
	}
	b.WriteString("    }\n)\n\n__all__ = [\n    \"Error\",\n")
	for _, c := range api.ErrorClasses {
		fmt.Fprintf(b, "    %q,\n", c.Name)
	}
	b.WriteString("]\n")
}

func versionModule(b *bytes.Buffer) {
	fmt.Fprintf(b, "# %s\n\"\"\"The versions.\"\"\"\n\n", origin)
	fmt.Fprintf(b, "#: The release of ecFlow whose module this one stands in for.\n__version__ = %q\n", version.EcFlow)
	fmt.Fprintf(b, "#: The version of this package.\n__release__ = %q\n", version.Number())
}
