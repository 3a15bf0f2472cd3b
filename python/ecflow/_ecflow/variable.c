/* variable.c - the data of ecflow.Variable: a name and a value, both str.
 *
 * ecflow.Variable is a Python class derived from this type. Trees make many of
 * them, which is why their data is here. Nothing of Go is needed.
 */
#include "engine.h"

typedef struct variable {
    PyObject_HEAD
    PyObject *name, *value;
} variable;

PyObject *ecf_variable_new(PyObject *type, PyObject *name, PyObject *value)
{
    variable *self = name == NULL || value == NULL ? NULL : (variable *)PyType_GenericAlloc((PyTypeObject *)type, 0);
    if (self == NULL) {
        Py_XDECREF(name);
        Py_XDECREF(value);
        return NULL;
    }
    self->name = name;
    self->value = value;
    return (PyObject *)self;
}

static void variable_dealloc(PyObject *o)
{
    variable *self = (variable *)o;
    PyTypeObject *type = Py_TYPE(o);
    Py_CLEAR(self->name);
    Py_CLEAR(self->value);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(o);
    Py_DECREF(type);
}

static PyObject *part(PyObject *held)
{
    if (held == NULL)
        return PyErr_Format(PyExc_TypeError, "Variable.__init__() must be called when overriding __init__");
    Py_INCREF(held);
    return held;
}

static PyObject *variable_name(PyObject *self, PyObject *unused)
{
    (void)unused;
    return part(((variable *)self)->name);
}

static PyObject *variable_value(PyObject *self, PyObject *unused)
{
    (void)unused;
    return part(((variable *)self)->value);
}

/* Takes what the Python class has checked. */
static PyObject *variable_set(PyObject *o, PyObject *args)
{
    variable *self = (variable *)o;
    PyObject *name, *value, *old_name = self->name, *old_value = self->value;
    if (!PyArg_ParseTuple(args, "UU", &name, &value))
        return NULL;
    Py_INCREF(name);
    Py_INCREF(value);
    self->name = name;
    self->value = value;
    Py_XDECREF(old_name);
    Py_XDECREF(old_value);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"name", variable_name, METH_NOARGS, "name($self, /)\n--\n\nThe name."},
    {"value", variable_value, METH_NOARGS, "value($self, /)\n--\n\nThe value, as text."},
    {"_set", variable_set, METH_VARARGS, "Take a name and a value."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_dealloc, (void *)variable_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_doc, "What ecflow.Variable, which see, is made of."},
    {0, NULL},
};

PyType_Spec ecf_variable_spec = {
    "ecflow._ecflow.VariableData", sizeof(variable), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots,
};
