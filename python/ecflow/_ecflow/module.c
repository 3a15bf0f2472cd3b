/* module.c - the module ecflow._ecflow and its state.
 *
 * Nothing of Go is loaded here: importing costs half a millisecond.
 */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

static module_state *state_of(PyObject *module) { return PyModule_GetState(module); }

module_state *ecf_state_of_type(PyObject *type)
{
    PyObject *module = PyObject_GetAttrString(type, "_module");
    if (module == NULL)
        return NULL;
    module_state *state = PyModule_Check(module) ? state_of(module) : NULL;
    if (state == NULL && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "Client._module is not the module");
    Py_DECREF(module); /* the type keeps it */
    return state;
}

/* ---- functions ---------------------------------------------------------- */

static void install_named(PyObject *kwargs, const char *const *names, PyObject **places)
{
    for (int i = 0; names[i] != NULL; i++) {
        PyObject *value = PyDict_GetItemString(kwargs, names[i]), *old = places[i]; /* borrowed */
        if (value == NULL)
            continue;
        Py_INCREF(value);
        places[i] = value;
        Py_XDECREF(old);
    }
}

static PyObject *install(PyObject *module, PyObject *args, PyObject *kwargs)
{
    module_state *s = state_of(module);
    struct {
        const char *name;
        PyObject **to;
    } known[] = {
        {"error_of", &s->error_of},         {"zombie", &s->zombie_type}, {"variable", &s->variable_type},
        {"state", &s->state_type},          {"checkpt", &s->checkpt_type}, {"warning", &s->warning_type},
    };
    if (PyTuple_Size(args) != 0 || kwargs == NULL) {
        PyErr_SetString(PyExc_TypeError, "_install() takes keywords");
        return NULL;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        PyObject *value = PyDict_GetItemString(kwargs, known[i].name);
        if (value == NULL)
            continue;
        PyObject *old = *known[i].to;
        Py_INCREF(value);
        *known[i].to = value;
        Py_XDECREF(old);
    }
    install_named(kwargs, ecf_enum_names, s->enums);
    install_named(kwargs, ecf_collection_names, s->collections);
    Py_RETURN_NONE;
}

static PyObject *locate(PyObject *module, PyObject *path)
{
    (void)module;
    PyObject *bytes = NULL;
    if (!PyUnicode_FSConverter(path, &bytes))
        return NULL;
    int status = ecf_library_locate(PyBytes_AsString(bytes));
    Py_DECREF(bytes);
    if (status < 0)
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyObject *library_version(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    const ecf_library *library = ecf_library_get();
    return library == NULL ? NULL : PyUnicode_FromString(library->version());
}

static PyObject *open_handles(PyObject *module, PyObject *unused)
{
    (void)unused;
    ecf_objects_flush(state_of(module));
    const ecf_library *library = ecf_library_loaded();
    return PyLong_FromLongLong(library == NULL ? 0 : library->open_handles());
}

static PyObject *loaded(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    return PyBool_FromLong(ecf_library_loaded() != NULL);
}

static PyObject *before_fork(PyObject *module, PyObject *unused)
{
    (void)unused;
    ecf_objects_flush(state_of(module));
    ecf_objects_before_fork();
    Py_RETURN_NONE;
}

static PyObject *after_fork_in_parent(PyObject *module, PyObject *unused)
{
    (void)module;
    (void)unused;
    ecf_objects_after_fork_in_parent();
    Py_RETURN_NONE;
}

static PyObject *test_panic(PyObject *module, PyObject *unused)
{
    (void)unused;
    const ecf_library *library = ecf_library_get();
    if (library == NULL)
        return NULL;
    ecf_error err = {0};
    if (library->test_panic(&err) != ECF_OK)
        return ecf_raise(state_of(module), &err);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"_install", (PyCFunction)(void (*)(void))install, METH_VARARGS | METH_KEYWORDS,
     "Give the engine the Python classes it makes and recognises."},
    {"_locate", locate, METH_O, "Say where libecflow.so is."},
    {"_library_version", library_version, METH_NOARGS, "Version of libecflow.so, which this loads."},
    {"_open_handles", open_handles, METH_NOARGS, "How many clients and calls the library holds."},
    {"_loaded", loaded, METH_NOARGS, "Whether this process has loaded libecflow.so."},
    {"_before_fork", before_fork, METH_NOARGS, "Take the definition trees along into a child."},
    {"_after_fork_in_parent", after_fork_in_parent, METH_NOARGS, "Forget what the child took along."},
    {"_test_panic", test_panic, METH_NOARGS, "Break the library on purpose, if ECFLOW_TEST_PANIC is 1."},
    {NULL, NULL, 0, NULL},
};

/* ---- the module --------------------------------------------------------- */

static int execute(PyObject *module)
{
    module_state *s = state_of(module);
    s->client_type = PyType_FromSpec(&ecf_client_spec);
    if (s->client_type == NULL || PyObject_SetAttrString(s->client_type, "_module", module) < 0)
        return -1;
    Py_INCREF(s->client_type);
    if (PyModule_AddObject(module, "Client", s->client_type) < 0) {
        Py_DECREF(s->client_type);
        return -1;
    }
    PyObject *variable = PyType_FromSpec(&ecf_variable_spec);
    if (variable == NULL || PyModule_AddObject(module, "VariableData", variable) < 0) {
        Py_XDECREF(variable);
        return -1;
    }
    return ecf_objects_ready(module, s);
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    module_state *s = state_of(module);
    if (s == NULL)
        return 0;
    Py_VISIT(s->client_type);
    Py_VISIT(s->error_of);
    Py_VISIT(s->zombie_type);
    Py_VISIT(s->variable_type);
    Py_VISIT(s->state_type);
    Py_VISIT(s->checkpt_type);
    Py_VISIT(s->warning_type);
    Py_VISIT(s->object_type);
    for (int i = 0; i < ECF_CLASS_COUNT; i++)
        Py_VISIT(s->types[i]);
    for (int i = 0; i < ECF_ENUMS; i++) {
        Py_VISIT(s->enums[i]);
        Py_VISIT(s->enum_values[i]);
    }
    for (int i = 0; i < ECF_COLLECTIONS; i++)
        Py_VISIT(s->collections[i]);
    return 0;
}

static int clear(PyObject *module)
{
    module_state *s = state_of(module);
    if (s == NULL)
        return 0;
    Py_CLEAR(s->client_type);
    Py_CLEAR(s->error_of);
    Py_CLEAR(s->zombie_type);
    Py_CLEAR(s->variable_type);
    Py_CLEAR(s->state_type);
    Py_CLEAR(s->checkpt_type);
    Py_CLEAR(s->warning_type);
    Py_CLEAR(s->object_type);
    for (int i = 0; i < ECF_CLASS_COUNT; i++)
        Py_CLEAR(s->types[i]);
    for (int i = 0; i < ECF_ENUMS; i++) {
        Py_CLEAR(s->enums[i]);
        Py_CLEAR(s->enum_values[i]);
    }
    for (int i = 0; i < ECF_COLLECTIONS; i++)
        Py_CLEAR(s->collections[i]);
    return 0;
}

static void release(void *module)
{
    (void)clear((PyObject *)module);
    module_state *s = state_of(module);
    if (s != NULL) {
        ecf_objects_flush(s);
        free(s->objects);
        s->objects = NULL;
        s->objects_size = 0;
    }
}

/* Slots that the limited API of 3.8 does not know yet, by their numbers. */
enum { MOD_MULTIPLE_INTERPRETERS = 3 };
#define PER_INTERPRETER_GIL_SUPPORTED ((void *)2)

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)execute},
    {0, NULL}, /* 3.12 and later: MOD_MULTIPLE_INTERPRETERS */
    {0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_ecflow", "The engine under ecflow: C, no Go inside.", sizeof(module_state),
    functions,             slots,     traverse,                                      clear,
    release,
};

__attribute__((visibility("default"))) PyMODINIT_FUNC PyInit__ecflow(void)
{
    int major = 0, minor = 0;
    if (sscanf(Py_GetVersion(), "%d.%d", &major, &minor) == 2 && (major > 3 || minor >= 12)) {
        slots[1].slot = MOD_MULTIPLE_INTERPRETERS;
        slots[1].value = PER_INTERPRETER_GIL_SUPPORTED;
    }
    return PyModuleDef_Init(&definition);
}
