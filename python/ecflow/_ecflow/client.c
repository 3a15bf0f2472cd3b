/* client.c - the type Client: a handle, and the settings behind it.
 *
 * ecflow.Client is a Python class derived from this type, which gives it a
 * __dict__, weak references and garbage collection. This type itself holds no
 * Python object.
 */
#include "engine.h"

static const ecf_param host_port[] = {{"host_port", "str", SHAPE_STRING, 1, 1, 0}};
static const ecf_param host_and_port[] = {{"host", "str", SHAPE_STRING, 1, 1, 0}, {"port", "str | int", SHAPE_STRING_INT, 1, 1, 0}};
static const ecf_form constructor_forms[] = {
    {"()", NULL, 0, SHAPE_NONE},
    {"(host_port: str)", host_port, 1, SHAPE_NONE},
    {"(host: str, port: str | int)", host_and_port, 2, SHAPE_NONE},
};
static const ecf_method constructor = {"__init__", constructor_forms, -1, 3, 0, 0, NULL};

static PyObject *client_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    (void)args;
    (void)kwargs;
    module_state *state = ecf_state_of_type((PyObject *)type);
    if (state == NULL)
        return NULL;
    client_object *self = (client_object *)PyType_GenericAlloc(type, 0);
    if (self == NULL)
        return NULL;
    self->state = state;
    ecf_clients_add(self);
    return (PyObject *)self;
}

static void close_client(client_object *self)
{
    const ecf_library *library = ecf_library_loaded();
    ecf_handle handle = self->handle;
    self->handle = 0;
    /* A handle of before a fork belongs to the parent's library. */
    if (handle != 0 && library != NULL && self->generation == ecf_generation())
        library->release(&handle, 1);
    ecf_clients_drop_settings(self);
}

static void client_dealloc(PyObject *object)
{
    client_object *self = (client_object *)object;
    PyTypeObject *type = Py_TYPE(object);
    ecf_clients_remove(self);
    close_client(self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static int has_null(const ecf_arg *arg)
{
    return arg->value.type == ECF_STRING && strlen(arg->value.as.s) != (size_t)arg->value.size;
}

static int client_init(PyObject *object, PyObject *args, PyObject *kwargs)
{
    client_object *self = (client_object *)object;
    ecf_binding binding;
    if (ecf_bind(self->state, "Client", &constructor, args, kwargs, &binding) < 0)
        return -1;
    int status = -1;
    const ecf_library *library = ecf_library_get();
    if (library == NULL)
        goto done;
    const char *words[2] = {NULL, NULL};
    char number[24];
    for (int i = 0; i < binding.count; i++) {
        const ecf_arg *arg = &binding.args[i];
        if (has_null(arg)) {
            PyErr_Format(PyExc_ValueError, "argument '%s' holds a null character", arg->name);
            goto done;
        }
        if (arg->value.type == ECF_INT) {
            PyOS_snprintf(number, sizeof number, "%lld", (long long)arg->value.as.i);
            words[i] = number;
        }
        else {
            words[i] = arg->value.as.s;
        }
    }
    ecf_error err = {0};
    ecf_handle handle = 0;
    /* Reads the environment, so the GIL stays: os.environ writes under it. */
    if (library->client_new(words[0], words[1], &handle, &err) != ECF_OK) {
        ecf_raise(self->state, &err);
        goto done;
    }
    close_client(self); /* __init__ called again */
    self->handle = handle;
    self->generation = ecf_generation();
    self->made = 1;
    status = 0;
done:
    ecf_unbind(&binding);
    return status;
}

/* Makes the client again in this process, from what the fork left. */
static int restore(client_object *self, const ecf_library *library)
{
    ecf_error err = {0};
    ecf_handle handle = 0;
    if (self->settings.type != ECF_BYTES) {
        PyErr_SetString(PyExc_RuntimeError, "the settings of this client did not survive the fork; make a new one");
        return -1;
    }
    if (library->client_restore(&self->settings, &handle, &err) != ECF_OK) {
        ecf_raise(self->state, &err);
        return -1;
    }
    self->handle = handle;
    self->generation = ecf_generation();
    ecf_clients_drop_settings(self);
    return 0;
}

ecf_handle ecf_client_handle(client_object *self)
{
    if (!self->made) {
        PyErr_SetString(PyExc_TypeError, "Client.__init__() must be called when overriding __init__");
        return 0;
    }
    if (self->handle == 0) {
        PyErr_SetString(PyExc_ValueError, "this client is closed");
        return 0;
    }
    if (self->generation != ecf_generation()) {
        const ecf_library *library = ecf_library_get();
        if (library == NULL || restore(self, library) < 0)
            return 0;
    }
    return self->handle;
}

PyObject *ecf_client_close(PyObject *self, PyObject *unused)
{
    (void)unused;
    close_client((client_object *)self);
    Py_RETURN_NONE;
}

static PyObject *client_closed(PyObject *self, void *unused)
{
    (void)unused;
    return PyBool_FromLong(((client_object *)self)->handle == 0);
}

static PyGetSetDef getset[] = {
    {"closed", client_closed, NULL, "True after close(), or when __init__ has not run.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, (void *)client_new},
    {Py_tp_init, (void *)client_init},
    {Py_tp_dealloc, (void *)client_dealloc},
    {Py_tp_methods, ecf_client_methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, "The methods of ecflow.Client, which see."},
    {0, NULL},
};

PyType_Spec ecf_client_spec = {
    "ecflow._ecflow.Client", sizeof(client_object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots,
};
