package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/api"
	"github.com/ecflow-go/ecflow/internal/model"
)

// collections are the Python classes of lists, and what their items are.
var collections = []struct{ name, item string }{
	{"NodeVec", "Node"}, {"FamilyVec", "Family"}, {"SuiteVec", "Suite"}, {"TaskVec", "Task"},
	{"VariableList", "Variable"}, {"FlagTypeVec", "FlagType"}, {"ZombieVec", "Zombie"},
}

func enumNumber(name string) int {
	return slices.IndexFunc(api.Enums, func(e api.Enum) bool { return e.Name == name })
}

func collectionNumber(name string) int {
	for i, c := range collections {
		if c.name == name {
			return i
		}
	}
	return -1
}

// typeShape is how the engine treats a type of a signature: its shape, and the
// number of its class, enumeration or collection.
type typeShape struct {
	shape    string
	id, item int // item: the enumeration that items are of, or -1
	optional bool
}

var plainShapes = map[string]string{
	"str": "STRING", "int": "INT", "bool": "BOOL", "float": "FLOAT", "object": "ANY", "list": "SEQUENCE", "dict": "DICT",
	"Variable": "VARIABLE", "Client": "CLIENT", "None": "NONE", "Self": "SELF", "bytes": "BYTES", "Zombie": "ANY", "ignored": "IGNORED",
}

func shapeOf(t string) typeShape {
	if inner, ok := unwrap(t, "Optional"); ok {
		s := shapeOf(inner)
		s.optional = true
		return s
	}
	for _, generic := range []string{"Iterator", "List", "Set", "Extends"} {
		if inner, ok := unwrap(t, generic); ok {
			return typeShape{strings.ToUpper(generic), 0, enumNumber(inner), false}
		}
	}
	if s, ok := plainShapes[t]; ok {
		return typeShape{s, 0, -1, false}
	}
	if n := enumNumber(t); n >= 0 {
		return typeShape{"ENUM", n, -1, false}
	}
	if n := collectionNumber(t); n >= 0 {
		return typeShape{"COLLECTION", n, enumNumber(collections[n].item), false}
	}
	if n := model.ClassNumber(t); n >= 0 {
		return typeShape{"CLASS", n, -1, false}
	}
	panic("no shape for the type " + t)
}

func unwrap(t, generic string) (string, bool) {
	if strings.HasPrefix(t, generic+"[") && strings.HasSuffix(t, "]") {
		return t[len(generic)+1 : len(t)-1], true
	}
	return "", false
}

func modelHeader(b *bytes.Buffer) {
	fmt.Fprintf(b, "/* %s */\n#ifndef ECFLOW_MODEL_H\n#define ECFLOW_MODEL_H\n\n", origin)
	b.WriteString("/* The classes of the definition tree, and their members for ecf_do(). Forms are\n * numbered from 0 in the order of their lines; a property that can be set has its\n * setter as the last. */\ntypedef enum ecf_class_number {\n")
	classes := model.Classes()
	for i, c := range classes {
		fmt.Fprintf(b, "    ECF_CLASS_%s = %d,\n", c.Name, i)
	}
	fmt.Fprintf(b, "    ECF_CLASS_COUNT = %d\n} ecf_class_number;\n\ntypedef enum ecf_member_number {\n", len(classes))
	for i, op := range model.Operations() {
		fmt.Fprintf(b, "    /* %s.%s: %s\n", op.Class.Name, op.Member.Name, cComment(summary(op.Member.Doc)))
		for _, f := range op.Member.AllForms() {
			fmt.Fprintf(b, "     *   %s\n", cComment(f.Signature))
		}
		fmt.Fprintf(b, "     */\n    ECF_DO_%s_%s = %d,\n", op.Class.Name, op.Member.Name, i)
	}
	fmt.Fprintf(b, "    ECF_DO_COUNT = %d\n} ecf_member_number;\n\n#endif\n", len(model.Operations()))
}

func summary(doc string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(doc), "\n")
	return line
}

// ---- the tables of the extension

func modelTables(b *bytes.Buffer) {
	fmt.Fprintf(b, "/* %s */\n#include \"engine.h\"\n\n", origin)
	for _, op := range model.Operations() {
		memberTable(b, op)
	}
	for _, op := range model.Operations() {
		memberStub(b, op)
	}
	classes := model.Classes()
	for i := range classes {
		classTables(b, &classes[i])
	}
	b.WriteString("\nconst ecf_class ecf_classes[ECF_CLASS_COUNT] = {\n")
	for i := range classes {
		c := &classes[i]
		fmt.Fprintf(b, "    {\"%s\", %d, %d, methods_%s, getset_%s, new_%s, slots_%s, %s},\n", c.Name, model.ClassNumber(c.Base),
			bit(isNode(c) || c.Name == "Defs"), c.Name, c.Name, c.Name, c.Name, "\n"+cText(classDoc(c), "        "))
	}
	b.WriteString("};\n\nconst char *const ecf_enum_names[] = {")
	for _, e := range api.Enums {
		fmt.Fprintf(b, "%q, ", e.Name)
	}
	b.WriteString("NULL};\n\nconst char *const ecf_collection_names[] = {")
	for _, c := range collections {
		fmt.Fprintf(b, "%q, ", c.name)
	}
	b.WriteString("NULL};\n")
}

func isNode(c *model.Class) bool {
	for c.Name != "Node" {
		n := model.ClassNumber(c.Base)
		if n < 0 {
			return false
		}
		c = &model.Classes()[n]
	}
	return true
}

func id(op model.Operation) string { return op.Class.Name + "_" + op.Member.Name }

func memberTable(b *bytes.Buffer, op model.Operation) {
	all := op.Member.AllForms()
	signatures := make([]model.Signature, len(all))
	for i, f := range all {
		signatures[i] = model.ParseSignature(f.Signature)
		params := signatures[i].Params
		if len(params) > 8 {
			panic(id(op) + ": raise ECF_MAX_PARAMS")
		}
		if len(params) == 0 {
			continue
		}
		fmt.Fprintf(b, "static const ecf_param p_%s_%d[] = {\n", id(op), i)
		for _, p := range params {
			s := shapeOf(p.Type)
			switch {
			case p.Rest:
				s.shape = "REST"
			case p.Keys:
				s.shape = "KEYWORDS"
			}
			fmt.Fprintf(b, "    {%s, %s, SHAPE_%s, %d, %d, 0, %d, %d},\n", strconv.Quote(p.Name), strconv.Quote(p.Type), s.shape,
				bit(p.Default == "" && !p.Rest && !p.Keys), bit(p.Named), bit(s.optional), s.id)
		}
		b.WriteString("};\n")
	}
	fmt.Fprintf(b, "static const ecf_form f_%s[] = {\n", id(op))
	for i, f := range all {
		params := "NULL"
		if n := len(signatures[i].Params); n > 0 {
			params = fmt.Sprintf("p_%s_%d", id(op), i)
		}
		r := shapeOf(signatures[i].Returns)
		fmt.Fprintf(b, "    {%s, %s, %d, SHAPE_%s, %d, %d},\n", strconv.Quote(f.Signature), params, len(signatures[i].Params), r.shape, r.id, r.item)
	}
	b.WriteString("};\n")
	m := op.Member
	fmt.Fprintf(b, "static const ecf_member m_%s = {{\"%s\", f_%s, ECF_DO_%s, %d, %d, 0, NULL}, \"%s\", %d, %d, %d};\n",
		id(op), m.Name, id(op), id(op), len(m.Forms), bit(m.Long), op.Class.Name, bit(m.Pure), m.Cache, m.Kind)
}

// slots are the members that Python calls by its own syntax, in the order of ecf_slot.
var slots = []string{
	"__init__", "__str__", "__repr__", "__len__", "__contains__", "__iter__", "__getitem__", "__setitem__", "__delitem__",
	"__add__", "__radd__", "__iadd__", "__sub__", "__isub__", "__lshift__", "__rshift__", "__eq__", "__lt__", "__le__", "__gt__",
	"__ge__", "__bool__", "__hash__", "__getattr__", "__call__",
}

func isSlot(name string) bool { return slices.Contains(slots, name) }

// plainMethod reports whether a member is in the table of methods; __getattr__ is both there and
// behind its slot, since scripts may look for it.
func plainMethod(m *model.Member) bool {
	return m.Kind != model.Property && (!isSlot(m.Name) || m.Name == "__getattr__")
}

func noArguments(m *model.Member) bool {
	return m.Kind == model.Method && !slices.ContainsFunc(m.Forms, func(f model.Form) bool { return len(model.ParseSignature(f.Signature).Params) > 0 })
}

func memberStub(b *bytes.Buffer, op model.Operation) {
	if !plainMethod(op.Member) {
		return
	}
	if noArguments(op.Member) {
		fmt.Fprintf(b, "static PyObject *c_%s(PyObject *self, PyObject *unused) { (void)unused; return ecf_member_get(self, &m_%s); }\n", id(op), id(op))
		return
	}
	fmt.Fprintf(b, "static PyObject *c_%s(PyObject *self, PyObject *args, PyObject *kwargs) { return ecf_member_call(self, args, kwargs, &m_%s); }\n",
		id(op), id(op))
}

func classTables(b *bytes.Buffer, c *model.Class) {
	fmt.Fprintf(b, "\nstatic PyMethodDef methods_%s[] = {\n", c.Name)
	for i := range c.Members {
		m := &c.Members[i]
		op := model.Operation{Class: c, Member: m}
		if !plainMethod(m) {
			continue
		}
		flags := "METH_VARARGS | METH_KEYWORDS"
		switch {
		case noArguments(m):
			flags = "METH_NOARGS"
		case m.Kind == model.Static:
			flags += " | METH_CLASS"
		}
		fmt.Fprintf(b, "    {\"%s\", (PyCFunction)(void (*)(void))c_%s, %s,\n%s},\n", m.Name, id(op), flags, cText(memberDoc(m), "     "))
	}
	fmt.Fprintf(b, "    {NULL, NULL, 0, NULL},\n};\nstatic PyGetSetDef getset_%s[] = {\n", c.Name)
	for i := range c.Members {
		m := &c.Members[i]
		if m.Kind != model.Property {
			continue
		}
		set := "NULL"
		if m.Set != nil {
			set = "ecf_property_set"
		}
		fmt.Fprintf(b, "    {\"%s\", ecf_property_get, %s,\n%s,\n     (void *)&m_%s},\n", m.Name, set, cText(strings.TrimSpace(m.Doc), "     "), c.Name+"_"+m.Name)
	}
	b.WriteString("    {NULL, NULL, NULL, NULL, NULL},\n};\n")
	fmt.Fprintf(b, "static PyObject *new_%s(PyTypeObject *type, PyObject *args, PyObject *kwargs) { (void)args; (void)kwargs; return ecf_object_new(type, ECF_CLASS_%s); }\n",
		c.Name, c.Name)
	fmt.Fprintf(b, "static const ecf_member *const slots_%s[ECF_SLOT_COUNT] = {", c.Name)
	for _, name := range slots {
		fmt.Fprintf(b, "%s, ", slotMember(c, name))
	}
	b.WriteString("};\n")
}

// slotMember finds a special method in a class or its bases.
func slotMember(c *model.Class, name string) string {
	for {
		for i := range c.Members {
			if c.Members[i].Name == name {
				return "&m_" + c.Name + "_" + name
			}
		}
		n := model.ClassNumber(c.Base)
		if n < 0 || name == "__init__" {
			return "NULL"
		}
		c = &model.Classes()[n]
	}
}

func memberDoc(m *model.Member) string {
	var b strings.Builder
	if s, ok := modelTextSignature(m); ok {
		fmt.Fprintf(&b, "%s%s\n--\n\n", m.Name, s)
	} else {
		for _, f := range m.Forms {
			fmt.Fprintf(&b, "%s%s\n", m.Name, f.Signature)
		}
		b.WriteByte('\n')
	}
	b.WriteString(strings.TrimSpace(m.Doc))
	if m.Ours {
		b.WriteString("\n\nNot in the original module.")
	}
	return b.String()
}

// modelTextSignature is the one form's signature without types, as inspect wants it.
func modelTextSignature(m *model.Member) (string, bool) {
	if len(m.Forms) != 1 {
		return "", false
	}
	out := "($self"
	if m.Kind == model.Static {
		out = "($type"
	}
	positional := true
	for _, p := range model.ParseSignature(m.Forms[0].Signature).Params {
		if positional && (p.Named || p.Rest || p.Keys) {
			out, positional = out+", /", false
		}
		switch {
		case p.Rest:
			out += ", *" + p.Name
		case p.Keys:
			out += ", **" + p.Name
		case p.Default == "":
			out += ", " + p.Name
		case strings.Contains(p.Default, ".") || strings.ContainsAny(p.Default, "([{"):
			return "", false
		default:
			out += ", " + p.Name + "=" + p.Default
		}
	}
	if positional {
		out += ", /"
	}
	return out + ")", true
}

// classDoc is the class's text and the ways of making one.
func classDoc(c *model.Class) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(c.Doc))
	for i := range c.Members {
		if m := &c.Members[i]; m.Name == "__init__" {
			b.WriteString("\n\n")
			for _, f := range m.Forms {
				signature, _, _ := strings.Cut(f.Signature, " -> ")
				fmt.Fprintf(&b, "%s%s\n", c.Name, signature)
			}
			b.WriteString("\n" + strings.TrimSpace(m.Doc))
		}
	}
	return b.String()
}
