/* any.c - what members of the definition tree take: objects, variables, and
 * anything nested in lists and dicts. */
#include "engine.h"

enum { DEEPEST = 64 };

static ecf_value *room(PyObject **keep, Py_ssize_t count)
{
    if (count >= PY_SSIZE_T_MAX / (Py_ssize_t)sizeof(ecf_value) - 1) {
        PyErr_NoMemory();
        return NULL;
    }
    PyObject *block = PyBytes_FromStringAndSize(NULL, (count + 1) * (Py_ssize_t)sizeof(ecf_value));
    if (block == NULL || ecf_keep(keep, block) < 0)
        return NULL;
    return (ecf_value *)(void *)PyBytes_AsString(block);
}

static void set(ecf_value *out, int type, int64_t size)
{
    memset(out, 0, sizeof *out);
    out->type = type;
    out->size = size;
}

static ecf_fit pair_of(PyObject *o, ecf_value *out, PyObject **keep)
{
    static const char *const parts[] = {"name", "value"};
    ecf_value *items = room(keep, 2);
    for (int i = 0; items != NULL && i < 2; i++) {
        PyObject *text = PyObject_CallMethod(o, parts[i], NULL);
        if (text == NULL || ecf_keep(keep, text) < 0 || ecf_text_from(text, ECF_STRING, &items[i], keep) != FITS)
            return FAILED;
    }
    if (items == NULL)
        return FAILED;
    set(out, ECF_PAIR, 2);
    out->as.items = items;
    return FITS;
}

static ecf_fit sequence_of(const module_state *state, PyObject *o, Py_ssize_t from, ecf_value *out, PyObject **keep, int depth)
{
    Py_ssize_t n = PySequence_Size(o) - from;
    ecf_value *items = n < 0 && PyErr_Occurred() ? NULL : room(keep, n > 0 ? n : 0);
    if (items == NULL)
        return FAILED;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(o, from + i);
        if (item == NULL || ecf_keep(keep, item) < 0 || ecf_any_from(state, item, &items[i], keep, depth + 1) != FITS)
            return FAILED;
    }
    set(out, ECF_LIST, n > 0 ? n : 0);
    out->as.items = items;
    return FITS;
}

static ecf_fit dict_of(const module_state *state, PyObject *o, ecf_value *out, PyObject **keep, int depth)
{
    PyObject *entries = PyDict_Items(o);
    if (entries == NULL || ecf_keep(keep, entries) < 0)
        return FAILED;
    Py_ssize_t n = PyList_Size(entries);
    ecf_value *items = room(keep, 2 * n);
    for (Py_ssize_t i = 0; items != NULL && i < n; i++) {
        PyObject *entry = PyList_GetItem(entries, i); /* borrowed, as its parts */
        for (int k = 0; k < 2; k++)
            if (ecf_any_from(state, PyTuple_GetItem(entry, k), &items[2 * i + k], keep, depth + 1) != FITS)
                return FAILED;
    }
    if (items == NULL)
        return FAILED;
    set(out, ECF_RECORD, n);
    out->as.items = items;
    return FITS;
}

/* A number that does not fit is no number here: what wants one refuses it. */
static ecf_fit number_of(PyObject *o, ecf_value *out)
{
    int overflow = 0;
    long long n = PyLong_AsLongLongAndOverflow(o, &overflow);
    if (n == -1 && PyErr_Occurred())
        return FAILED;
    if (overflow != 0)
        return MISFIT;
    *out = ecf_int(n);
    return FITS;
}

static ecf_fit object_of(object *self, ecf_value *out)
{
    ecf_handle handle = ecf_object_handle(self);
    if (handle == 0)
        return FAILED;
    set(out, ECF_OBJECT, 0);
    out->as.i = (int64_t)handle;
    return FITS;
}

static ecf_fit client_of(const module_state *state, PyObject *o, ecf_value *out)
{
    int is = PyObject_IsInstance(o, state->client_type);
    if (is <= 0)
        return is < 0 ? FAILED : MISFIT;
    ecf_handle handle = ecf_client_handle((client_object *)o);
    if (handle == 0)
        return FAILED;
    set(out, ECF_OBJECT, 0);
    out->as.i = (int64_t)handle;
    return FITS;
}

static int is_object(const module_state *state, PyObject *o)
{
    return PyType_IsSubtype(Py_TYPE(o), (PyTypeObject *)state->object_type);
}

ecf_fit ecf_any_from(const module_state *state, PyObject *o, ecf_value *out, PyObject **keep, int depth)
{
    if (depth > DEEPEST) {
        PyErr_SetString(PyExc_RecursionError, "an argument is nested too deeply");
        return FAILED;
    }
    ecf_fit fit;
    if (o == Py_None) {
        set(out, ECF_NIL, 0);
        return FITS;
    }
    if (PyUnicode_Check(o))
        return ecf_text_from(o, ECF_STRING, out, keep);
    if (is_object(state, o))
        return object_of((object *)o, out);
    if (PyBool_Check(o)) {
        *out = ecf_bool(o == Py_True);
        return FITS;
    }
    if (PyLong_Check(o) && (fit = number_of(o, out)) != MISFIT)
        return fit;
    if (PyFloat_Check(o)) {
        set(out, ECF_FLOAT, 0);
        out->as.f = PyFloat_AsDouble(o);
        return FITS;
    }
    if (PyList_Check(o) || PyTuple_Check(o))
        return sequence_of(state, o, 0, out, keep, depth);
    if (PyDict_Check(o))
        return dict_of(state, o, out, keep, depth);
    if (PyBytes_Check(o))
        return ecf_text_from(o, ECF_BYTES, out, keep);
    if (state->variable_type != NULL && PyObject_IsInstance(o, state->variable_type) == 1)
        return pair_of(o, out, keep);
    fit = client_of(state, o, out);
    if (fit != MISFIT)
        return fit;
    PyObject *name = PyLong_Check(o) ? PyUnicode_FromString("int, beyond 64 bits") : ecf_type_name(o);
    if (name == NULL || ecf_keep(keep, name) < 0)
        return FAILED;
    return ecf_text_from(name, ECF_OPAQUE, out, keep);
}

/* ---- by the shape of a parameter ---------------------------------------- */

static ecf_fit sequence_from(const module_state *state, PyObject *o, ecf_value *out, PyObject **keep)
{
    if (!PyList_Check(o) && !PyTuple_Check(o)) {
        if (PyUnicode_Check(o) || PyBytes_Check(o) || PyDict_Check(o) || !PySequence_Check(o) || is_object(state, o))
            return MISFIT;
    }
    return sequence_of(state, o, 0, out, keep, 0);
}

ecf_fit ecf_model_from(const module_state *state, const ecf_param *param, PyObject *o, ecf_value *out, PyObject **keep)
{
    if (param->optional && o == Py_None) {
        set(out, ECF_NIL, 0);
        return FITS;
    }
    switch (param->shape) {
    case SHAPE_CLASS: {
        if (!PyType_IsSubtype(Py_TYPE(o), (PyTypeObject *)state->types[param->id]))
            return MISFIT;
        return object_of((object *)o, out);
    }
    case SHAPE_TREE:
        if (!is_object(state, o) || strcmp(((object *)o)->cls->name, "Defs") != 0)
            return MISFIT;
        return object_of((object *)o, out);
    case SHAPE_ENUM: {
        int is = state->enums[param->id] == NULL ? 0 : PyObject_IsInstance(o, state->enums[param->id]);
        if (is <= 0)
            return is < 0 ? FAILED : MISFIT;
        return number_of(o, out);
    }
    case SHAPE_VARIABLE: {
        int is = state->variable_type == NULL ? 0 : PyObject_IsInstance(o, state->variable_type);
        if (is <= 0)
            return is < 0 ? FAILED : MISFIT;
        return pair_of(o, out, keep);
    }
    case SHAPE_CLIENT:
        return client_of(state, o, out);
    case SHAPE_ANY:
        return ecf_any_from(state, o, out, keep, 0);
    case SHAPE_SEQUENCE:
        return sequence_from(state, o, out, keep);
    case SHAPE_COLLECTION: {
        int is = state->collections[param->id] == NULL ? 0 : PyObject_IsInstance(o, state->collections[param->id]);
        if (is <= 0)
            return is < 0 ? FAILED : MISFIT;
        return sequence_of(state, o, 0, out, keep, 0);
    }
    case SHAPE_IGNORED:
        set(out, ECF_NIL, 0);
        return FITS;
    case SHAPE_DICT:
        return PyDict_Check(o) ? dict_of(state, o, out, keep, 0) : MISFIT;
    default:
        return MISFIT;
    }
}

ecf_fit ecf_rest_from(const module_state *state, PyObject *args, Py_ssize_t from, ecf_value *out, PyObject **keep)
{
    if (PyTuple_Size(args) <= from) {
        set(out, ECF_LIST, 0);
        return FITS;
    }
    return sequence_of(state, args, from, out, keep, 0);
}

ecf_fit ecf_keywords_from(const module_state *state, const ecf_form *form, PyObject *kwargs, ecf_value *out, PyObject **keep)
{
    set(out, ECF_RECORD, 0);
    if (kwargs == NULL)
        return FITS;
    PyObject *rest = PyDict_Copy(kwargs);
    if (rest == NULL || ecf_keep(keep, rest) < 0)
        return FAILED;
    for (int i = 0; i < form->count; i++) {
        const ecf_param *p = &form->params[i];
        if (p->named && PyDict_GetItemString(rest, p->name) != NULL && PyDict_DelItemString(rest, p->name) < 0)
            return FAILED;
    }
    return dict_of(state, rest, out, keep, 0);
}
