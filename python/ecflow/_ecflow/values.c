/* values.c - Python values to C values and back. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "engine.h"

#include <dlfcn.h>

/* Keeps an object until the call is done; steals the reference. */
int ecf_keep(PyObject **keep, PyObject *object)
{
    if (object == NULL)
        return -1;
    if (*keep == NULL && (*keep = PyList_New(0)) == NULL) {
        Py_DECREF(object);
        return -1;
    }
    int status = PyList_Append(*keep, object);
    Py_DECREF(object);
    return status;
}

/* Memory for count times each values, kept as a bytes object. A subclass may say
 * that it has any length. */
static ecf_value *keep_values(PyObject **keep, Py_ssize_t count, Py_ssize_t each)
{
    if (count >= PY_SSIZE_T_MAX / each / (Py_ssize_t)sizeof(ecf_value) - 1) {
        PyErr_NoMemory();
        return NULL;
    }
    PyObject *block = PyBytes_FromStringAndSize(NULL, (count * each + 1) * (Py_ssize_t)sizeof(ecf_value));
    if (block == NULL)
        return NULL;
    ecf_value *values = (ecf_value *)(void *)PyBytes_AsString(block);
    return ecf_keep(keep, block) < 0 ? NULL : values;
}

static void set_text(ecf_value *out, int type, const char *s, Py_ssize_t size)
{
    memset(out, 0, sizeof *out);
    out->type = type;
    out->size = size;
    out->as.s = s;
}

PyObject *ecf_text(const char *s, Py_ssize_t size)
{
    return PyUnicode_DecodeUTF8(s, size, "surrogateescape");
}

PyObject *ecf_type_name(PyObject *o)
{
    if (o == Py_None)
        return PyUnicode_FromString("None");
    PyObject *name = PyObject_GetAttrString((PyObject *)Py_TYPE(o), "__name__");
    if (name != NULL && PyUnicode_Check(name))
        return name;
    /* A metaclass has its own idea of a name. */
    PyErr_Clear();
    Py_XDECREF(name);
    return PyUnicode_FromString("object");
}

static int is_text(PyObject *o) { return PyUnicode_Check(o) || PyBytes_Check(o) || PyByteArray_Check(o); }

/* A str's own UTF-8, which lives as long as it does. Every CPython has the
 * function; the limited API has it from 3.10 on. */
static const char *utf8_of(PyObject *o, Py_ssize_t *size)
{
    static const char *(*function)(PyObject *, Py_ssize_t *);
    static int looked;
    if (!looked) {
        *(void **)&function = dlsym(RTLD_DEFAULT, "PyUnicode_AsUTF8AndSize");
        looked = 1;
    }
    if (function == NULL)
        return NULL;
    const char *s = function(o, size);
    if (s == NULL)
        PyErr_Clear(); /* surrogates */
    return s;
}

ecf_fit ecf_text_from(PyObject *o, int type, ecf_value *out, PyObject **keep)
{
    PyObject *bytes = NULL;
    if (Py_TYPE(o) == &PyUnicode_Type || PyUnicode_Check(o)) {
        Py_ssize_t size = 0;
        const char *s = utf8_of(o, &size);
        if (s != NULL) {
            set_text(out, type, s, size);
            return FITS; /* whoever gave o holds it until the call is done */
        }
        bytes = PyUnicode_AsEncodedString(o, "utf-8", "surrogateescape");
    }
    else if (PyBytes_Check(o)) {
        Py_INCREF(o);
        bytes = o;
    }
    else if (PyByteArray_Check(o)) {
        bytes = PyBytes_FromStringAndSize(PyByteArray_AsString(o), PyByteArray_Size(o));
    }
    else {
        return MISFIT;
    }
    if (bytes == NULL)
        return FAILED;
    set_text(out, type, PyBytes_AsString(bytes), PyBytes_Size(bytes));
    return ecf_keep(keep, bytes) < 0 ? FAILED : FITS;
}

/* An int of 32 bits, as the original takes; bools and whatever has __index__
 * are ints too, floats are not. */
static ecf_fit int_from(const ecf_param *param, PyObject *o, ecf_value *out)
{
    PyObject *index = o;
    if (Py_TYPE(o) == &PyLong_Type) {
        Py_INCREF(o); /* the usual case, without asking around */
    }
    else {
        if (PyFloat_Check(o) || !PyIndex_Check(o))
            return MISFIT;
        index = PyNumber_Index(o);
        if (index == NULL)
            return FAILED;
    }
    int overflow = 0;
    long long n = PyLong_AsLongLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (n == -1 && PyErr_Occurred())
        return FAILED;
    long long low = param->is_unsigned ? 0 : INT32_MIN, high = param->is_unsigned ? UINT32_MAX : INT32_MAX;
    if (overflow != 0 || n < low || n > high)
        return MISFIT;
    *out = ecf_int(n);
    return FITS;
}

/* Without leniency only True and False; with it None, and whatever says itself
 * what its truth is (numbers do, strings and lists do not). */
static ecf_fit bool_from(PyObject *o, int lenient, ecf_value *out)
{
    if (PyBool_Check(o)) {
        *out = ecf_bool(o == Py_True);
        return FITS;
    }
    if (!lenient)
        return MISFIT;
    if (o == Py_None) {
        *out = ecf_bool(0);
        return FITS;
    }
    if (!PyObject_HasAttrString((PyObject *)Py_TYPE(o), "__bool__"))
        return MISFIT;
    int truth = PyObject_IsTrue(o);
    if (truth < 0)
        return FAILED;
    *out = ecf_bool(truth);
    return FITS;
}

static ecf_fit float_from(PyObject *o, ecf_value *out)
{
    if (!PyFloat_Check(o) && !PyLong_Check(o))
        return MISFIT;
    double d = PyFloat_AsDouble(o);
    if (d == -1.0 && PyErr_Occurred())
        return FAILED;
    memset(out, 0, sizeof *out);
    out->type = ECF_FLOAT;
    out->as.f = d;
    return FITS;
}

static ecf_fit enum_from(PyObject *type, PyObject *o, ecf_value *out)
{
    int is = type == NULL ? 0 : PyObject_IsInstance(o, type);
    if (is <= 0)
        return is < 0 ? FAILED : MISFIT;
    long n = PyLong_AsLong(o);
    if (n == -1 && PyErr_Occurred())
        return FAILED;
    *out = ecf_int(n);
    return FITS;
}

/* ---- containers --------------------------------------------------------- */

static int is_sequence(PyObject *o) { return PyList_Check(o) || PyTuple_Check(o); }

/* A wrong item is not a wrong overload: the original fails the call too. */
static ecf_fit wrong_item(const module_state *state, const ecf_param *param, Py_ssize_t i, PyObject *item, const char *want)
{
    PyObject *name = ecf_type_name(item);
    if (name == NULL)
        return FAILED;
    PyObject *text = PyUnicode_FromFormat("argument '%s': item %zd is %U, expected %s", param->name, i, name, want);
    Py_DECREF(name);
    if (text == NULL)
        return FAILED;
    PyObject *error = state->error_of == NULL
        ? NULL
        : PyObject_CallFunction(state->error_of, "iOz", (int)ECF_ARGUMENT, text, (char *)NULL);
    if (error != NULL) {
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
        Py_DECREF(error);
    }
    else if (!PyErr_Occurred()) {
        PyErr_SetObject(PyExc_RuntimeError, text);
    }
    Py_DECREF(text);
    return FAILED;
}

static ecf_fit strings_from(const module_state *state, const ecf_param *param, PyObject *o, ecf_value *out, PyObject **keep)
{
    if (!is_sequence(o))
        return MISFIT;
    Py_ssize_t n = PySequence_Size(o);
    ecf_value *items = n < 0 ? NULL : keep_values(keep, n, 1);
    if (items == NULL)
        return FAILED;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(o, i);
        if (item == NULL)
            return FAILED;
        ecf_fit fit = ecf_text_from(item, ECF_STRING, &items[i], keep);
        if (fit == MISFIT)
            fit = wrong_item(state, param, i, item, "str");
        if (ecf_keep(keep, item) < 0 || fit != FITS)
            return FAILED;
    }
    *out = ecf_list(items, n);
    return FITS;
}

/* One pair: a Variable, a tuple of two, or "name=value". */
static ecf_fit pair_from(const module_state *state, const ecf_param *param, Py_ssize_t i, PyObject *item,
                         ecf_value *out, PyObject **keep)
{
    if (is_text(item)) {
        if (ecf_text_from(item, ECF_STRING, &out[0], keep) != FITS)
            return FAILED;
        const char *s = out[0].as.s, *equals = memchr(s, '=', (size_t)out[0].size);
        /* Without "=" the original takes the whole for both. */
        Py_ssize_t at = equals != NULL ? equals - s : (Py_ssize_t)out[0].size;
        Py_ssize_t from = equals != NULL ? at + 1 : 0;
        set_text(&out[1], ECF_STRING, s + from, (Py_ssize_t)out[0].size - from);
        out[0].size = at;
        return FITS;
    }
    if (PyTuple_Check(item) && PyTuple_Size(item) == 2) {
        for (int k = 0; k < 2; k++) {
            ecf_fit fit = ecf_text_from(PyTuple_GetItem(item, k), ECF_STRING, &out[k], keep);
            if (fit != FITS)
                return fit == MISFIT ? wrong_item(state, param, i, item, "a tuple of two str") : FAILED;
        }
        return FITS;
    }
    int is = state->variable_type == NULL ? 0 : PyObject_IsInstance(item, state->variable_type);
    if (is < 0)
        return FAILED;
    if (!is)
        return wrong_item(state, param, i, item, "Variable");
    static const char *const parts[] = {"name", "value"};
    for (int k = 0; k < 2; k++) {
        PyObject *part = PyObject_CallMethod(item, parts[k], NULL);
        if (part == NULL)
            return FAILED;
        ecf_fit fit = ecf_text_from(part, ECF_STRING, &out[k], keep);
        if (ecf_keep(keep, part) < 0)
            return FAILED;
        if (fit != FITS)
            return fit == MISFIT ? wrong_item(state, param, i, item, "Variable") : FAILED;
    }
    return FITS;
}

/* A dict (values become str), or a list of pairs. */
static ecf_fit pairs_from(const module_state *state, const ecf_param *param, PyObject *o, ecf_value *out, PyObject **keep)
{
    int is_dict = PyDict_Check(o);
    if (!is_dict && !is_sequence(o))
        return MISFIT;
    Py_ssize_t n = is_dict ? PyDict_Size(o) : PySequence_Size(o), i = 0;
    ecf_value *fields = n < 0 ? NULL : keep_values(keep, n, 2);
    if (fields == NULL)
        return FAILED;
    if (is_dict) {
        PyObject *items = PyDict_Items(o); /* a snapshot: str() may run anything */
        if (items == NULL || ecf_keep(keep, items) < 0)
            return FAILED;
        for (; i < n && i < PyList_Size(items); i++) {
            PyObject *entry = PyList_GetItem(items, i), *key = PyTuple_GetItem(entry, 0);
            ecf_fit fit = ecf_text_from(key, ECF_STRING, &fields[2 * i], keep);
            if (fit != FITS)
                return fit == MISFIT ? wrong_item(state, param, i, key, "str") : FAILED;
            PyObject *text = PyObject_Str(PyTuple_GetItem(entry, 1));
            if (text == NULL)
                return FAILED;
            if (ecf_keep(keep, text) < 0 || ecf_text_from(text, ECF_STRING, &fields[2 * i + 1], keep) != FITS)
                return FAILED;
        }
    }
    else {
        for (; i < n; i++) {
            PyObject *item = PySequence_GetItem(o, i);
            if (item == NULL)
                return FAILED;
            ecf_fit fit = pair_from(state, param, i, item, &fields[2 * i], keep);
            if (fit == FITS && ecf_keep(keep, item) < 0)
                return FAILED;
            if (fit != FITS) {
                Py_DECREF(item);
                return FAILED;
            }
        }
    }
    *out = ecf_list(fields, i);
    out->type = ECF_RECORD;
    return FITS;
}

/* A Zombie, as a list of one record of its fields. */
static ecf_fit zombie_from(const module_state *state, const ecf_param *param, PyObject *o, ecf_value *out, PyObject **keep)
{
    int is = state->zombie_type == NULL ? 0 : PyObject_IsInstance(o, state->zombie_type);
    if (is <= 0)
        return is < 0 ? FAILED : MISFIT;
    PyObject *fields = PyObject_CallMethod(o, "_fields", NULL);
    if (fields == NULL || ecf_keep(keep, fields) < 0)
        return FAILED;
    ecf_value *record = keep_values(keep, 1, 1);
    if (record == NULL)
        return FAILED;
    ecf_fit fit = pairs_from(state, param, fields, record, keep);
    if (fit != FITS)
        return FAILED;
    *out = ecf_list(record, 1);
    return FITS;
}

ecf_fit ecf_value_from(const module_state *state, const ecf_param *param, PyObject *o,
                       int lenient, ecf_value *out, PyObject **keep)
{
    switch (param->shape) {
    case SHAPE_STRING:
    case SHAPE_TEXT:
        return ecf_text_from(o, ECF_STRING, out, keep);
    case SHAPE_STRING_INT: {
        ecf_fit fit = ecf_text_from(o, ECF_STRING, out, keep);
        return fit == MISFIT ? int_from(param, o, out) : fit;
    }
    case SHAPE_BYTES:
        return PyUnicode_Check(o) ? MISFIT : ecf_text_from(o, ECF_BYTES, out, keep);
    case SHAPE_INT:
        return int_from(param, o, out);
    case SHAPE_BOOL:
        return bool_from(o, lenient, out);
    case SHAPE_FLOAT:
        return float_from(o, out);
    case SHAPE_STATE:
        return enum_from(state->state_type, o, out);
    case SHAPE_CHECKPT:
        return enum_from(state->checkpt_type, o, out);
    case SHAPE_STRINGS:
        return strings_from(state, param, o, out, keep);
    case SHAPE_PATHS: {
        ecf_fit fit = ecf_text_from(o, ECF_STRING, out, keep);
        return fit == MISFIT ? strings_from(state, param, o, out, keep) : fit;
    }
    case SHAPE_PAIRS:
        return pairs_from(state, param, o, out, keep);
    case SHAPE_ZOMBIES:
        return zombie_from(state, param, o, out, keep);
    default:
        return ecf_model_from(state, param, o, out, keep);
    }
}

/* ---- results ------------------------------------------------------------ */

static PyObject *variable_of(module_state *state, const ecf_value *v)
{
    PyObject *name = ecf_text(v->as.items[0].as.s, (Py_ssize_t)v->as.items[0].size);
    PyObject *value = ecf_text(v->as.items[1].as.s, (Py_ssize_t)v->as.items[1].size);
    return ecf_variable_new(state->variable_type, name, value);
}

static PyObject *object_of(module_state *state, ecf_value *v)
{
    switch (v->type) {
    case ECF_BOOL:
        return PyBool_FromLong(v->as.i != 0);
    case ECF_INT:
        return PyLong_FromLongLong(v->as.i);
    case ECF_FLOAT:
        return PyFloat_FromDouble(v->as.f);
    case ECF_STRING:
        return ecf_text(v->as.s, (Py_ssize_t)v->size);
    case ECF_BYTES:
        return PyBytes_FromStringAndSize(v->as.s, (Py_ssize_t)v->size);
    case ECF_LIST: {
        PyObject *list = PyList_New((Py_ssize_t)v->size);
        for (Py_ssize_t i = 0; list != NULL && i < (Py_ssize_t)v->size; i++) {
            PyObject *item = object_of(state, (ecf_value *)&v->as.items[i]);
            if (item == NULL)
                Py_CLEAR(list);
            else
                PyList_SetItem(list, i, item);
        }
        return list;
    }
    case ECF_RECORD: {
        PyObject *dict = PyDict_New();
        for (Py_ssize_t i = 0; dict != NULL && i < (Py_ssize_t)v->size; i++) {
            PyObject *item = object_of(state, (ecf_value *)&v->as.items[2 * i + 1]);
            if (item == NULL || PyDict_SetItemString(dict, v->as.items[2 * i].as.s, item) < 0)
                Py_CLEAR(dict);
            Py_XDECREF(item);
        }
        return dict;
    }
    case ECF_OBJECT:
        return ecf_object_of(state, v);
    case ECF_PAIR:
        return variable_of(state, v);
    case ECF_NODES:
        return ecf_nodes_of(state, v);
    default:
        Py_RETURN_NONE;
    }
}

/* Records of a list become Zombies. */
static PyObject *zombies_of(module_state *state, ecf_value *v)
{
    PyObject *list = object_of(state, v);
    if (list == NULL || state->zombie_type == NULL || !PyList_Check(list))
        return list;
    for (Py_ssize_t i = 0; i < PyList_Size(list); i++) {
        PyObject *zombie = PyObject_CallMethod(state->zombie_type, "_from_fields", "O", PyList_GetItem(list, i));
        if (zombie == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SetItem(list, i, zombie);
    }
    return list;
}

/* A list, of enumeration members if item says so. */
static PyObject *list_of(module_state *state, const ecf_form *form, ecf_value *v)
{
    PyObject *list = v->type == ECF_NIL ? PyList_New(0) : object_of(state, v);
    for (Py_ssize_t i = 0; list != NULL && form->returns_item >= 0 && i < PyList_Size(list); i++) {
        PyObject *member = ecf_enum_member(state, form->returns_item, PyLong_AsLongLong(PyList_GetItem(list, i)));
        if (member == NULL)
            Py_CLEAR(list);
        else
            PyList_SetItem(list, i, member);
    }
    return list;
}

/* Makes of a list, which it takes over, what called with it. */
static PyObject *made_of(PyObject *list, PyObject *type)
{
    if (list != NULL && type != NULL && PyType_IsSubtype((PyTypeObject *)type, &PyList_Type)) {
        /* Its items are what they should be: as list() would, without looking at each. */
        PyObject *made = PyObject_CallMethod(type, "__new__", "O", type);
        if (made != NULL && PyList_SetSlice(made, 0, 0, list) < 0)
            Py_CLEAR(made);
        Py_DECREF(list);
        return made;
    }
    PyObject *made = list == NULL ? NULL : type == NULL ? PyObject_GetIter(list) : PyObject_CallFunctionObjArgs(type, list, NULL);
    Py_XDECREF(list);
    return made;
}

PyObject *ecf_value_to(module_state *state, const ecf_form *form, ecf_value *v)
{
    switch (form->returns) {
    case SHAPE_NONE:
        Py_RETURN_NONE;
    case SHAPE_STATUS:
        return PyLong_FromLong(0);
    case SHAPE_BOOL:
        return PyBool_FromLong(v->as.i != 0);
    case SHAPE_ZOMBIES:
        return zombies_of(state, v);
    case SHAPE_ENUM:
        return ecf_enum_member(state, form->returns_id, v->as.i);
    case SHAPE_LIST:
    case SHAPE_EXTENDS:
        return list_of(state, form, v);
    case SHAPE_SET:
        return made_of(list_of(state, form, v), (PyObject *)&PySet_Type);
    case SHAPE_ITERATOR:
        return made_of(list_of(state, form, v), NULL);
    case SHAPE_COLLECTION:
        return made_of(list_of(state, form, v), state->collections[form->returns_id]);
    default:
        return object_of(state, v);
    }
}
