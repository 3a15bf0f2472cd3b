package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/command"
)

// unsigned are the ints that the original takes as unsigned: a negative one is
// a TypeError there.
var unsigned = map[string]bool{
	"set_child_timeout": true, "set_zombie_child_timeout": true, "set_connection_attempts": true, "set_child_try_no": true,
}

// waiting are the local methods that nevertheless talk to a server.
var waiting = map[string]bool{"wait_for_server_reply": true}

type pyMethod struct {
	command.Method
	row    *command.Spec
	op     int
	blocks bool
}

// pyMethods lists the methods that Python has.
func pyMethods() []pyMethod {
	var out []pyMethod
	for i, m := range command.Methods() {
		if m.Py == "" {
			continue
		}
		_, spec, ok := command.LookupMethod(m.Py)
		if !ok {
			panic("no row for " + m.Py)
		}
		out = append(out, pyMethod{m, spec, i, spec.Class != command.Local || waiting[m.Py]})
	}
	return out
}

func methodTables(b *bytes.Buffer) {
	fmt.Fprintf(b, "/* %s */\n#include \"engine.h\"\n", origin)
	methods := pyMethods()
	for _, m := range methods {
		b.WriteByte('\n')
		methodTable(b, m)
	}
	b.WriteString("\n/* A method of Client takes its tuple and dict of arguments to its row. */\n")
	b.WriteString("#define METHOD(name) \\\n    static PyObject *call_##name(PyObject *self, PyObject *args, PyObject *kwargs) \\\n" +
		"    { \\\n        return ecf_invoke(self, args, kwargs, &method_##name); \\\n    }\n\n")
	for _, m := range methods {
		fmt.Fprintf(b, "METHOD(%s)\n", m.Py)
	}
	b.WriteString("\n#define ROW(name, doc) {#name, (PyCFunction)(void (*)(void))call_##name, METH_VARARGS | METH_KEYWORDS, doc}\n\n")
	b.WriteString("PyMethodDef ecf_client_methods[] = {\n")
	for _, m := range methods {
		if m.Property {
			fmt.Fprintf(b, "    {\"%s\", (PyCFunction)(void (*)(void))call_%s, METH_VARARGS | METH_KEYWORDS, NULL},\n", pyName(m), m.Py)
			continue
		}
		fmt.Fprintf(b, "    ROW(%s,\n%s),\n", m.Py, cText(docstring(m), "        "))
	}
	fmt.Fprintf(b, "    {\"close\", ecf_client_close, METH_NOARGS,\n%s},\n", cText(closeDoc, "     "))
	b.WriteString("    {NULL, NULL, 0, NULL},\n};\n")
}

// pyName is the name under which the C class has a method; the Python class makes
// properties of those that begin with _.
func pyName(m pyMethod) string {
	if m.Property {
		return "_" + m.Py
	}
	return m.Py
}

const closeDoc = "close($self, /)\n--\n\nForget all settings.\n\nA client holds no connection, so this is never needed. Whatever is called\nafterwards raises ValueError. Closing twice does nothing."

func methodTable(b *bytes.Buffer, m pyMethod) {
	if len(m.Forms) > 9 {
		panic(m.Py + " has too many forms")
	}
	for i, f := range m.Forms {
		if len(f.Params) == 0 {
			continue
		}
		if len(f.Params) > 8 {
			panic(m.Py + ": raise ECF_MAX_PARAMS")
		}
		fmt.Fprintf(b, "static const ecf_param params_%s_%d[] = {\n", m.Py, i)
		for _, p := range f.Params {
			fmt.Fprintf(b, "    {%s, %s, SHAPE_%s, %d, %d, %d},\n", strconv.Quote(p.Name), strconv.Quote(pyType(p.Type, true)),
				shape(p.Type), bit(p.Default == nil), bit(!p.Unnamed), bit(unsigned[m.Py]))
		}
		b.WriteString("};\n")
	}
	fmt.Fprintf(b, "static const ecf_form forms_%s[] = {\n", m.Py)
	for i, f := range m.Forms {
		params := "NULL"
		if len(f.Params) > 0 {
			params = fmt.Sprintf("params_%s_%d", m.Py, i)
		}
		fmt.Fprintf(b, "    {%s, %s, %d, SHAPE_%s},\n", strconv.Quote(signature(f, "")), params, len(f.Params), shape(f.Returns))
	}
	b.WriteString("};\n")
	prints, when := 0, "NULL"
	switch m.Prints {
	case "":
	case "always":
		prints = 1
	default:
		prints, when = 2, strconv.Quote(m.Prints)
	}
	fmt.Fprintf(b, "static const ecf_method method_%s = {\"%s\", forms_%s, ECF_OP_%s, %d, %d, %d, %s};\n",
		m.Py, m.Py, m.Py, strings.ToUpper(m.Py), len(m.Forms), bit(m.blocks), prints, when)
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func shape(t command.Type) string {
	names := map[command.Type]string{
		command.None: "NONE", command.Status: "STATUS", command.String: "STRING", command.Int: "INT", command.Bool: "BOOL",
		command.Strings: "STRINGS", command.Paths: "PATHS", command.Pairs: "PAIRS", command.Bytes: "BYTES",
		command.StringInt: "STRING_INT", command.State: "STATE", command.CheckPt: "CHECKPT", command.Zombies: "ZOMBIES",
		command.Float: "FLOAT", command.Text: "TEXT", command.Object: "OBJECT",
		command.Tree: "TREE",
	}
	name, ok := names[t]
	if !ok {
		panic(fmt.Sprint("no shape for type ", t))
	}
	return name
}

// docstring is what help() shows. With one form its first line is the signature
// that inspect reads.
func docstring(m pyMethod) string {
	var b strings.Builder
	if len(m.Forms) == 1 {
		if s, ok := textSignature(m.Forms[0]); ok {
			fmt.Fprintf(&b, "%s%s\n--\n\n", m.Py, s)
		}
	} else {
		for _, f := range m.Forms {
			fmt.Fprintf(&b, "%s%s\n", m.Py, signature(f, ""))
		}
		b.WriteByte('\n')
	}
	b.WriteString(strings.TrimSpace(m.Doc))
	seen := map[string]bool{}
	var params strings.Builder
	for _, f := range m.Forms {
		for _, p := range f.Params {
			line := fmt.Sprintf("  %s: %s", p.Name, p.Doc)
			if p.Doc != "" && !seen[line] {
				seen[line] = true
				params.WriteString("\n" + line)
			}
		}
	}
	if params.Len() > 0 {
		b.WriteString("\n" + params.String())
	}
	b.WriteString("\n\n" + failures(m))
	if m.Ours {
		b.WriteString("\n\nNot in the original module.")
	} else {
		b.WriteString("\n\nsource: " + m.row.Source())
	}
	return b.String()
}

// failures tells what a method raises, and how long it may take.
func failures(m pyMethod) string {
	const wrong = "TypeError for an argument of another type, ArgumentError for a value that cannot be used."
	steps := fmt.Sprintf("Connecting, sending and receiving may take %d s each, unless set_timeout() says otherwise.", int(m.row.Timeout.Seconds()))
	switch {
	case !m.blocks:
		return "Raises: " + wrong
	case m.row.Class == command.Child:
		return "Raises: BlockedError, ConnectError or TimeoutError when the time is up, RefusedError with the server's words;\n" + wrong + "\n" + steps
	}
	return "Raises: ConnectError or TimeoutError when no server answers, AuthError when it does not accept the user, RefusedError\n" +
		"with its words when it cannot do what is asked; " + wrong + "\n" + steps
}

// textSignature is a signature without types, as inspect wants it. Defaults
// that are no plain literals cannot be told this way.
func textSignature(f command.Form) (string, bool) {
	out := "($self"
	positional := true
	for _, p := range f.Params {
		if positional && !p.Unnamed {
			out, positional = out+", /", false
		}
		if p.Type == command.CheckPt && p.Default != nil {
			return "", false
		}
		out += ", " + p.Name
		if p.Default != nil {
			out += "=" + pyLiteral(p)
		}
	}
	if positional {
		out += ", /"
	}
	return out + ")", true
}

// cText is a C string literal, a line of text on each line.
func cText(s, indent string) string {
	if s == "" {
		return indent + `""`
	}
	var b strings.Builder
	lines := strings.SplitAfter(s, "\n")
	for i, line := range lines {
		if line == "" {
			continue
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(indent + strconv.QuoteToASCII(line))
	}
	return b.String()
}
