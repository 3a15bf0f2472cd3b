/* call.c - one operation: GIL, signals, notices, errors.
 *
 * The operation runs in the calling thread, see docs/decisions/0001-binding.md.
 * While it waits the library asks interrupted(), which gives Python's signal
 * handlers their turn; what they raise is what the call raises.
 */
#include "engine.h"

#include <sys/syscall.h>
#include <unistd.h>

typedef ecf_watching watching;

static void take_gil(watching *w)
{
    if (w->thread != NULL)
        PyEval_RestoreThread(w->thread);
}

/* While Python shuts down, taking the GIL ends a daemon thread on the spot, which
 * must not happen below Go's frames. */
static int may_take_gil(const watching *w) { return w->thread == NULL || Py_IsInitialized(); }

static void give_gil(watching *w)
{
    if (w->thread != NULL)
        w->thread = PyEval_SaveThread();
}

static int interrupted(void *data)
{
    watching *w = data;
    if (!may_take_gil(w))
        return 1;
    take_gil(w);
    int stop = PyErr_Occurred() != NULL || PyErr_CheckSignals() < 0;
    give_gil(w);
    return stop;
}

enum { NOTICE_RETRY = 0, NOTICE_WARNING = 1, NOTICE_PRINT = 2 };

/* Warnings go to the warnings module; failed attempts to sys.stderr, where the
 * original writes them. */
static int notice(void *data, int32_t level, const char *s, size_t size)
{
    watching *w = data;
    if (!may_take_gil(w))
        return 1;
    take_gil(w);
    int stop = PyErr_Occurred() != NULL;
    if (stop) {
        /* An earlier one raised; the call is about to end. */
    }
    else if (level == NOTICE_WARNING) {
        PyObject *category = w->state->warning_type != NULL ? w->state->warning_type : PyExc_RuntimeWarning;
        stop = PyErr_WarnEx(category, s, 1) < 0;
    }
    else {
        PyObject *text = ecf_text(s, (Py_ssize_t)size);
        PyObject *file = PySys_GetObject(level == NOTICE_PRINT ? "stdout" : "stderr"); /* borrowed */
        if (text != NULL && file != NULL && file != Py_None) {
            Py_INCREF(file);
            stop = PyFile_WriteObject(text, file, Py_PRINT_RAW) < 0 || (level != NOTICE_PRINT && PyFile_WriteString("\n", file) < 0);
            Py_DECREF(file);
        }
        else {
            stop = text == NULL;
        }
        Py_XDECREF(text);
    }
    give_gil(w);
    return stop;
}

enum { TICK_MS = 20 };

/* Python runs its signal handlers in its main thread alone: the process's first,
 * unless Python is embedded oddly. Other threads need not look up. */
static int runs_handlers(void) { return (pid_t)syscall(SYS_gettid) == getpid(); }

void ecf_take_gil(ecf_watching *data) { take_gil(data); }

ecf_watch ecf_watch_for(ecf_watching *data)
{
    ecf_watch watch = {runs_handlers() ? interrupted : NULL, notice, data, TICK_MS, 0};
    return watch;
}

PyObject *ecf_raise(const module_state *state, ecf_error *err)
{
    int kind = err->kind;
    PyObject *message = ecf_text(err->message != NULL ? err->message : "", err->message != NULL ? (Py_ssize_t)strlen(err->message) : 0);
    PyObject *error = NULL;
    if (message != NULL && state->error_of != NULL)
        error = PyObject_CallFunction(state->error_of, "iOz", kind, message, err->details);
    if (error != NULL)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    else if (message != NULL && !PyErr_Occurred())
        PyErr_SetObject(PyExc_RuntimeError, message);
    Py_XDECREF(error);
    Py_XDECREF(message);
    ecf_error_release(err);
    return NULL;
}

static int print_result(const ecf_value *result)
{
    PyObject *file = PySys_GetObject("stdout"); /* borrowed */
    if (result->type != ECF_STRING || result->size == 0 || file == NULL || file == Py_None)
        return 0; /* of nothing the original prints nothing, not even the line's end */
    PyObject *text = ecf_text(result->as.s, (Py_ssize_t)result->size);
    if (text == NULL)
        return -1;
    Py_INCREF(file);
    int status = PyFile_WriteObject(text, file, Py_PRINT_RAW);
    if (status < 0 && PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
        /* The server did what was asked; what a stream cannot show is no reason to fail. */
        PyErr_Clear();
        PyObject *ascii = PyUnicode_AsEncodedString(text, "ascii", "backslashreplace");
        PyObject *shown = ascii == NULL ? NULL : PyUnicode_FromEncodedObject(ascii, "ascii", NULL);
        status = shown == NULL ? -1 : PyFile_WriteObject(shown, file, Py_PRINT_RAW);
        Py_XDECREF(ascii);
        Py_XDECREF(shown);
    }
    if (status == 0)
        status = PyFile_WriteString("\n", file);
    Py_DECREF(file);
    Py_DECREF(text);
    return status;
}

static int flag(const ecf_binding *binding, const char *name, int absent)
{
    for (int i = 0; i < binding->count; i++)
        if (strcmp(binding->args[i].name, name) == 0)
            return binding->args[i].value.as.i != 0;
    return absent;
}

static int wants_print(const ecf_method *method, const ecf_binding *binding)
{
    return method->prints == 2 ? flag(binding, method->prints_if, 1) : method->prints;
}

static PyObject *finish(module_state *state, const ecf_method *method, const ecf_binding *binding, ecf_value *result)
{
    PyObject *object = NULL;
    if (binding->form->returns == SHAPE_TEXT && result->type == ECF_STRING && flag(binding, "as_bytes", 0))
        result->type = ECF_BYTES;
    if (!wants_print(method, binding) || print_result(result) == 0)
        object = ecf_value_to(state, binding->form, result);
    ecf_value_release(result);
    return object;
}

PyObject *ecf_invoke(PyObject *self, PyObject *args, PyObject *kwargs, const ecf_method *method)
{
    client_object *client = (client_object *)self;
    module_state *state = client->state;
    ecf_binding binding;
    if (ecf_bind(state, "Client", method, args, kwargs, &binding) < 0)
        return NULL;
    ecf_handle handle = ecf_client_handle(client);
    const ecf_library *library = handle == 0 ? NULL : ecf_library_get();
    if (library == NULL) {
        ecf_unbind(&binding);
        return NULL;
    }
    if (ecf_signals_need_care())
        ecf_signals_on_stack();

    ecf_value result = {0};
    ecf_error err = {0};
    watching data = {state, NULL};
    ecf_watch watch = ecf_watch_for(&data);
    /* Settings read the environment, and os.environ writes under the GIL. */
    if (method->blocks)
        data.thread = PyEval_SaveThread();
    int32_t status = library->call(method->op, handle, binding.args, binding.count, &watch, &result, &err);
    take_gil(&data);
    state->revision++; /* a sync changes trees */

    PyObject *object = NULL;
    if (PyErr_Occurred()) {
        /* A signal handler or a warning raised: that is what the caller gets. */
        ecf_value_release(&result);
        ecf_error_release(&err);
    }
    else if (status != ECF_OK) {
        object = ecf_raise(state, &err);
    }
    else {
        object = finish(state, method, &binding, &result);
    }
    ecf_unbind(&binding);
    return object;
}
