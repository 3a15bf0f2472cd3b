package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/api"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/model"
)

func errorsHeader(b *bytes.Buffer) {
	fmt.Fprintf(b, "/* %s */\n#ifndef ECFLOW_ERRORS_H\n#define ECFLOW_ERRORS_H\n\n", origin)
	b.WriteString("/* What went wrong. Numbers from 100 on refine the kind in their hundreds.\n * Numbers are never changed nor used again. */\n")
	b.WriteString("typedef enum ecf_kind {\n    ECF_OK = 0,\n")
	docs := map[fault.Kind]string{}
	for _, c := range api.ErrorClasses {
		docs[c.Kind] = c.Doc
	}
	kinds := fault.Kinds()
	for i, k := range kinds {
		comma := ","
		if i == len(kinds)-1 {
			comma = ""
		}
		fmt.Fprintf(b, "    ECF_%s = %d%s /* %s */\n", strings.ToUpper(k.String()), int(k), comma, docs[k])
	}
	b.WriteString("} ecf_kind;\n\n#endif\n")
}

func opsHeader(b *bytes.Buffer) {
	fmt.Fprintf(b, "/* %s */\n#ifndef ECFLOW_OPS_H\n#define ECFLOW_OPS_H\n\n", origin)
	b.WriteString("/* The operations, for ecf_call(): arguments by name, and the result. Several\n * lines are several ways of calling one operation. An argument with \"=\" may be\n * left out. */\ntypedef enum ecf_op_number {\n")
	methods := command.Methods()
	for i, m := range methods {
		fmt.Fprintf(b, "    /* %s\n", cComment(m.Summary()))
		for _, f := range m.Forms {
			fmt.Fprintf(b, "     *   %s\n", cComment(cSignature(m, f)))
		}
		fmt.Fprintf(b, "     */\n    ECF_OP_%s = %d,\n", strings.ToUpper(opName(m)), i)
	}
	fmt.Fprintf(b, "    ECF_OP_COUNT = %d\n} ecf_op_number;\n\n", len(methods))
	fmt.Fprintf(b, "/* Changes when any number does. */\n#define ECF_OPS_FINGERPRINT UINT64_C(0x%016x)\n\n#endif\n", fingerprint(methods))
}

// opName is the method's name in Python, or what it would be there.
func opName(m command.Method) string {
	if m.Py != "" {
		return m.Py
	}
	var b strings.Builder
	for i, r := range m.Go {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func fingerprint(methods []command.Method) uint64 {
	h := fnv.New64a()
	for _, m := range methods {
		fmt.Fprintln(h, opName(m))
		for _, f := range m.Forms {
			fmt.Fprintln(h, cSignature(m, f))
		}
	}
	for _, op := range model.Operations() {
		fmt.Fprintln(h, op.Class.Name, op.Member.Name)
		for _, f := range op.Member.AllForms() {
			fmt.Fprintln(h, f.Signature)
		}
	}
	return h.Sum64()
}

func cSignature(m command.Method, f command.Form) string {
	returns := f.Returns
	if m.GoReturns != command.None {
		returns = m.GoReturns
	}
	var params []string
	for _, p := range f.Params {
		s := p.Name + " " + cType(p.Type)
		if p.Default != nil {
			s += " = " + pyLiteral(p)
		}
		params = append(params, s)
	}
	return "(" + strings.Join(params, ", ") + ") -> " + cType(returns)
}

func cType(t command.Type) string {
	switch t {
	case command.None, command.Object:
		return "nil"
	case command.Status, command.Int, command.State, command.CheckPt:
		return "int"
	case command.String, command.StringInt:
		return "string"
	case command.Text, command.Bytes:
		return "string or bytes"
	case command.Bool:
		return "bool"
	case command.Float:
		return "float"
	case command.Strings:
		return "list of strings"
	case command.Paths:
		return "string or list of strings"
	case command.Pairs:
		return "record of strings"
	case command.Zombies:
		return "list of records"
	case command.Tree:
		return "definition"
	}
	panic(fmt.Sprint("no C name for type ", t))
}

func cComment(s string) string { return strings.ReplaceAll(s, "*/", "* /") }
