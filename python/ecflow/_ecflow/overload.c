/* overload.c - which of a method's forms a call means.
 *
 * As in the original: the forms are tried in order, first with exact types
 * only, then leniently; the first that fits is meant. If none does, a TypeError
 * lists them. Unlike the original's it names the argument that did not fit, and
 * shows types instead of values, which might be passwords.
 */
#include "engine.h"

/* Why the form that came farthest, the first of them, did not fit. */
typedef struct misfit {
    int position;           /* how far */
    const ecf_param *param; /* which one did not fit, or is missing; NULL: see text */
    PyObject *given;        /* borrowed; NULL: nothing */
    const char *text;
} misfit;

static void note(misfit *worst, int position, const ecf_param *param, PyObject *given, const char *text)
{
    if (worst != NULL && position > worst->position) {
        worst->position = position;
        worst->param = param;
        worst->given = given;
        worst->text = text;
    }
}

static int unknown_keyword(const ecf_form *form, PyObject *kwargs)
{
    PyObject *key;
    Py_ssize_t at = 0;
    while (PyDict_Next(kwargs, &at, &key, NULL)) {
        int known = 0;
        for (int i = 0; i < form->count && !known; i++)
            known = form->params[i].shape == SHAPE_KEYWORDS ||
                    (form->params[i].named && PyUnicode_CompareWithASCIIString(key, form->params[i].name) == 0);
        if (!known)
            return 1;
    }
    return 0;
}

/* How many arguments may be given by position. */
static Py_ssize_t places(const ecf_form *form)
{
    Py_ssize_t n = 0;
    for (int i = 0; i < form->count; i++) {
        if (form->params[i].shape == SHAPE_REST)
            return PY_SSIZE_T_MAX;
        n += form->params[i].shape != SHAPE_KEYWORDS;
    }
    return n;
}

static ecf_fit fit_form(const module_state *state, const ecf_form *form, PyObject *args, PyObject *kwargs,
                        int lenient, ecf_binding *out, misfit *worst)
{
    Py_ssize_t given = PyTuple_Size(args);
    out->form = form;
    out->count = 0;
    if (given > places(form)) {
        note(worst, -1, NULL, NULL, "too many arguments");
        return MISFIT;
    }
    if (kwargs != NULL && unknown_keyword(form, kwargs)) {
        note(worst, -1, NULL, NULL, "unknown keyword argument");
        return MISFIT;
    }
    for (int i = 0; i < form->count; i++) {
        const ecf_param *param = &form->params[i];
        if (param->shape == SHAPE_REST || param->shape == SHAPE_KEYWORDS) {
            ecf_arg *arg = &out->args[out->count++];
            arg->name = param->name;
            ecf_fit fit = param->shape == SHAPE_REST ? ecf_rest_from(state, args, i, &arg->value, &out->keep)
                                                     : ecf_keywords_from(state, form, kwargs, &arg->value, &out->keep);
            if (fit != FITS)
                return fit;
            continue;
        }
        PyObject *named = kwargs == NULL || !param->named ? NULL : PyDict_GetItemString(kwargs, param->name);
        PyObject *object = i < given ? PyTuple_GetItem(args, i) : named;
        if (i < given && named != NULL) {
            note(worst, i, param, NULL, "given twice");
            return MISFIT;
        }
        if (object == NULL) {
            if (!param->required)
                continue;
            note(worst, i, param, NULL, "missing");
            return MISFIT;
        }
        ecf_arg *arg = &out->args[out->count];
        arg->name = param->name;
        ecf_fit fit = ecf_value_from(state, param, object, lenient, &arg->value, &out->keep);
        if (fit != FITS) {
            note(worst, i, param, object, NULL);
            return fit;
        }
        out->count++;
    }
    return FITS;
}

/* Appends a formatted piece to *text; on failure *text is NULL. */
static void append(PyObject **text, PyObject *piece)
{
    if (*text != NULL && piece != NULL) {
        PyObject *joined = PyUnicode_Concat(*text, piece);
        Py_DECREF(*text);
        *text = joined;
    }
    else {
        Py_CLEAR(*text);
    }
    Py_XDECREF(piece);
}

static PyObject *reason(const misfit *worst)
{
    if (worst->param == NULL)
        return PyUnicode_FromFormat("\n\n%s", worst->text != NULL ? worst->text : "no form fits");
    if (worst->given == NULL)
        return PyUnicode_FromFormat("\n\nargument '%s' (%s) is %s", worst->param->name, worst->param->type, worst->text);
    PyObject *name = ecf_type_name(worst->given);
    if (name == NULL)
        return NULL;
    const char *range = PyLong_Check(worst->given) && worst->param->shape == SHAPE_INT ? " out of range" : "";
    PyObject *text = PyUnicode_FromFormat("\n\nargument '%s' should be %s, not %U%s", worst->param->name,
                                          worst->param->type, name, range);
    Py_DECREF(name);
    return text;
}

static void raise_type_error(const char *owner, const ecf_method *method, PyObject *args, PyObject *kwargs, const misfit *worst)
{
    PyObject *text = PyUnicode_FromFormat(
        "%s(): incompatible %s arguments. The following argument types are supported:", method->name,
        strcmp(method->name, "__init__") == 0 ? "constructor" : "function");
    for (int i = 0; i < method->count; i++)
        append(&text, PyUnicode_FromFormat("\n    %d. %s.%s%s", i + 1, owner, method->name, method->forms[i].signature));
    append(&text, PyUnicode_FromString("\n\nInvoked with types: "));
    for (Py_ssize_t i = 0; i < PyTuple_Size(args); i++) {
        append(&text, PyUnicode_FromString(i > 0 ? ", " : ""));
        append(&text, ecf_type_name(PyTuple_GetItem(args, i)));
    }
    if (kwargs != NULL) {
        PyObject *key, *value;
        Py_ssize_t at = 0, n = PyTuple_Size(args);
        while (PyDict_Next(kwargs, &at, &key, &value)) {
            PyObject *name = ecf_type_name(value);
            append(&text, name == NULL ? NULL : PyUnicode_FromFormat("%s%U=%U", n++ > 0 ? ", " : "", key, name));
            Py_XDECREF(name);
        }
    }
    append(&text, reason(worst));
    if (text != NULL) {
        PyErr_SetObject(PyExc_TypeError, text);
        Py_DECREF(text);
    }
}

int ecf_bind(const module_state *state, const char *owner, const ecf_method *method,
             PyObject *args, PyObject *kwargs, ecf_binding *out)
{
    misfit worst = {-2, NULL, NULL, NULL};
    memset(out, 0, sizeof *out);
    if (kwargs != NULL && PyDict_Size(kwargs) == 0)
        kwargs = NULL;
    /* With one form there is nothing to tell apart. */
    for (int lenient = method->count == 1; lenient < 2; lenient++) {
        for (int i = 0; i < method->count; i++) {
            switch (fit_form(state, &method->forms[i], args, kwargs, lenient, out, lenient ? &worst : NULL)) {
            case FITS:
                return 0;
            case FAILED:
                ecf_unbind(out);
                return -1;
            default:
                ecf_unbind(out);
            }
        }
    }
    raise_type_error(owner, method, args, kwargs, &worst);
    return -1;
}

void ecf_unbind(ecf_binding *binding) { Py_CLEAR(binding->keep); }
