/* members.c - a call of a member of the definition tree. */
#include "engine.h"

static void clear_answers(rooted_object *self, unsigned long revision)
{
    for (int i = 1; i < CACHES; i++)
        Py_CLEAR(self->cache[i]);
    self->cached_at = revision;
}

/* The answer kept from an earlier call, or NULL. */
static PyObject *kept(module_state *state, PyObject *self, const ecf_member *member)
{
    rooted_object *rooted = (rooted_object *)self;
    if (member->cache > 1 && rooted->cached_at != state->revision)
        clear_answers(rooted, state->revision);
    PyObject *answer = rooted->cache[member->cache - 1];
    Py_XINCREF(answer);
    return answer;
}

static void keep(PyObject *self, const ecf_member *member, PyObject *answer)
{
    PyObject **place = &((rooted_object *)self)->cache[member->cache - 1], *old = *place;
    Py_INCREF(answer);
    *place = answer;
    Py_XDECREF(old);
}

enum { SPACE = 40 };

/* Calls a form with its values in place. self is NULL for static members. */
static PyObject *run(module_state *state, PyObject *self, const ecf_member *member, const ecf_form *form, int number,
                     const ecf_value *values, int count)
{
    const ecf_library *library = ecf_library_get();
    if (library == NULL)
        return NULL;
    int making = form->returns == SHAPE_CLASS && member == ((self != NULL) ? ((object *)self)->cls->slots[SLOT_INIT] : NULL);
    ecf_handle handle = 0;
    if (self != NULL && !making && (handle = ecf_object_handle((object *)self)) == 0)
        return NULL;
    if (ecf_signals_need_care())
        ecf_signals_on_stack();
    ecf_value space[SPACE], result = {ECF_BYTES, 0, sizeof space, {0}};
    result.as.s = (const char *)space; /* for what is small */
    ecf_error err = {0};
    int32_t status;
    if (member->method.blocks) {
        ecf_watching data = {state, NULL};
        ecf_watch watch = ecf_watch_for(&data);
        data.thread = PyEval_SaveThread();
        status = library->do_member(member->method.op, number, handle, values, count, &watch, &result, &err);
        ecf_take_gil(&data);
    }
    else {
        /* Short: the GIL stays. But a long call may hold the trees and want the GIL, to
         * look for signals: never wait for the trees with the GIL. */
        static const ecf_watch at_once = {NULL, NULL, NULL, 0, 1};
        status = library->do_member(member->method.op, number, handle, values, count, &at_once, &result, &err);
        if (status == ECF_BUSY) {
            ecf_error_release(&err);
            Py_BEGIN_ALLOW_THREADS;
            status = library->do_member(member->method.op, number, handle, values, count, NULL, &result, &err);
            Py_END_ALLOW_THREADS;
        }
    }
    if (!member->pure)
        state->revision++;
    PyObject *answer = NULL;
    if (PyErr_Occurred()) {
        /* A signal handler or a print raised: that is what the caller gets. */
        ecf_error_release(&err);
    }
    else if (status != ECF_OK) {
        ecf_raise(state, &err);
    }
    else if (making) {
        if (result.type != ECF_OBJECT)
            PyErr_SetString(PyExc_SystemError, "the library made no object");
        else if (ecf_object_adopt((object *)self, (ecf_handle)result.as.i) == 0) {
            Py_INCREF(Py_None);
            answer = Py_None;
        }
    }
    else if (form->returns == SHAPE_SELF) {
        /* A result that is a handle has to be given back. */
        PyObject *same = ecf_value_to(state, form, &result);
        if (same != NULL) {
            Py_DECREF(same);
            Py_INCREF(self);
            answer = self;
        }
    }
    else {
        answer = ecf_value_to(state, form, &result);
    }
    if (result.as.items != space)
        ecf_value_release(&result);
    return answer;
}

static module_state *state_of(PyObject *self, const ecf_member *member)
{
    return member->kind == 2 ? ecf_state_of_type(self) : ((object *)self)->state;
}

PyObject *ecf_member_get(PyObject *self, const ecf_member *member)
{
    module_state *state = ((object *)self)->state;
    PyObject *answer = member->cache != 0 ? kept(state, self, member) : NULL;
    if (answer == NULL && member->cache == 3 && (answer = ecf_told_path(state, (rooted_object *)self)) != NULL)
        keep(self, member, answer);
    if (answer == NULL) {
        answer = run(state, self, member, &member->method.forms[0], 0, NULL, 0);
        if (answer != NULL && member->cache != 0)
            keep(self, member, answer);
    }
    return answer;
}

PyObject *ecf_property_get(PyObject *self, void *member) { return ecf_member_get(self, member); }

/* The setter is the form after the last. */
int ecf_property_set(PyObject *self, PyObject *value, void *of)
{
    const ecf_member *member = of;
    const ecf_form *form = &member->method.forms[member->method.count];
    if (value == NULL) {
        PyErr_Format(PyExc_AttributeError, "can't delete attribute '%s'", member->method.name);
        return -1;
    }
    module_state *state = ((object *)self)->state;
    ecf_value values[1];
    PyObject *keep = NULL, *done = NULL;
    ecf_fit fit = ecf_value_from(state, &form->params[0], value, 1, values, &keep);
    if (fit == MISFIT)
        PyErr_Format(PyExc_TypeError, "%s.%s should be set to %s", member->owner, member->method.name, form->params[0].type);
    if (fit == FITS) {
        done = run(state, self, member, form, member->method.count, values, 1);
        state->revision++;
    }
    Py_XDECREF(keep);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

PyObject *ecf_member_call(PyObject *self, PyObject *args, PyObject *kwargs, const ecf_member *member)
{
    module_state *state = state_of(self, member);
    if (state == NULL)
        return NULL;
    ecf_binding binding;
    if (ecf_bind(state, member->owner, &member->method, args, kwargs, &binding) < 0)
        return NULL;
    const ecf_form *form = binding.form;
    ecf_value values[ECF_MAX_PARAMS];
    int count = 0;
    for (int i = 0; i < form->count; i++) {
        values[i].type = ECF_ABSENT;
        for (int k = 0; k < binding.count; k++)
            if (binding.args[k].name == form->params[i].name) {
                values[i] = binding.args[k].value;
                count = i + 1;
            }
    }
    PyObject *answer = run(state, member->kind == 2 ? NULL : self, member, form, (int)(form - member->method.forms), values, count);
    ecf_unbind(&binding);
    if (answer != NULL && form->returns == SHAPE_EXTENDS) {
        PyObject *list = PyTuple_GetItem(args, 0); /* borrowed */
        Py_ssize_t n = list == NULL ? -1 : PyList_Size(list);
        int status = n < 0 ? -1 : PyList_SetSlice(list, n, n, answer);
        Py_DECREF(answer);
        if (status < 0)
            return NULL;
        Py_RETURN_NONE;
    }
    return answer;
}
