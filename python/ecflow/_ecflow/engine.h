/* engine.h - what the files of the extension module share.
 *
 *   module.c    the module and its state
 *   client.c    the type Client
 *   overload.c  which of a method's forms a call means
 *   values.c    Python values to C values and back
 *   call.c      one operation: GIL, signals, notices, errors
 *   library.c   libecflow.so: loading, forks, signal stacks
 *   zmethods.c  generated: the methods of Client
 *
 * Limited API of CPython 3.8: one binary serves every later version.
 */
#ifndef ECF_ENGINE_H
#define ECF_ENGINE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "../../../capi/ecflow.h"

/* ---- tables (zmethods.c) ------------------------------------------------ */

/* Shapes of arguments and results, as the command table names them. */
typedef enum ecf_shape {
    SHAPE_NONE,
    SHAPE_STATUS,
    SHAPE_STRING,
    SHAPE_INT,
    SHAPE_BOOL,
    SHAPE_STRINGS,
    SHAPE_PATHS,
    SHAPE_PAIRS,
    SHAPE_BYTES,
    SHAPE_STRING_INT,
    SHAPE_STATE,
    SHAPE_CHECKPT,
    SHAPE_ZOMBIES,
    SHAPE_FLOAT,
    SHAPE_TEXT,
    SHAPE_OBJECT
} ecf_shape;

typedef struct ecf_param {
    const char *name;
    const char *type; /* as the signature shows it */
    unsigned char shape;
    unsigned char required;
    unsigned char named;       /* may be given by keyword */
    unsigned char is_unsigned; /* an int that the original takes as unsigned */
} ecf_param;

typedef struct ecf_form {
    const char *signature; /* "(paths: list[str]) -> None" */
    const ecf_param *params;
    unsigned char count;
    unsigned char returns;
} ecf_form;

typedef struct ecf_method {
    const char *name;
    const ecf_form *forms;
    int op;
    unsigned char count;
    unsigned char blocks;       /* release the GIL, watch for signals */
    unsigned char prints;       /* 0 never, 1 always, 2 as the argument says */
    const char *prints_if;      /* that argument, true unless given */
} ecf_method;

#define ECF_MAX_PARAMS 8

extern PyMethodDef ecf_client_methods[]; /* close() among them, see client.c */

PyObject *ecf_client_close(PyObject *self, PyObject *unused);

/* ---- module.c ----------------------------------------------------------- */

typedef struct module_state {
    PyObject *client_type;
    PyObject *error_of;     /* callable: (kind, message, details) -> exception */
    PyObject *zombie_type;  /* from_fields(), fields() */
    PyObject *variable_type;
    PyObject *state_type;
    PyObject *checkpt_type;
    PyObject *warning_type;
} module_state;

/* The state of the module that a type or its subtype came from. */
module_state *ecf_state_of_type(PyObject *type);

/* ---- client.c ----------------------------------------------------------- */

typedef struct client_object {
    PyObject_HEAD
    module_state *state;
    ecf_handle handle;            /* 0: not made, or closed */
    unsigned long generation;     /* of the library that made the handle */
    ecf_value settings;           /* what a fork left, until the child has made its own */
    int made;                     /* __init__ has run */
    struct client_object *next, *prev;
} client_object;

extern PyType_Spec ecf_client_spec;

/* The client's handle in this process's library, made anew after a fork; 0 with
 * an exception set when there is none. */
ecf_handle ecf_client_handle(client_object *self);

/* ---- overload.c --------------------------------------------------------- */

/* What a call means: a form, its values by position in it, and whatever must
 * live until the call is done. */
typedef struct ecf_binding {
    const ecf_form *form;
    ecf_arg args[ECF_MAX_PARAMS];
    int count;
    PyObject *keep; /* list or NULL */
} ecf_binding;

/* Chooses the form, or raises TypeError and returns -1. */
int ecf_bind(const module_state *state, const char *owner, const ecf_method *method,
             PyObject *args, PyObject *kwargs, ecf_binding *out);
void ecf_unbind(ecf_binding *binding);

/* ---- values.c ----------------------------------------------------------- */

/* FITS and MISFIT are verdicts; FAILED comes with an exception that ends the
 * whole call. */
typedef enum ecf_fit { FAILED = -1, MISFIT = 0, FITS = 1 } ecf_fit;

/* Converts an argument. With lenient 0 only exact types fit. */
ecf_fit ecf_value_from(const module_state *state, const ecf_param *param, PyObject *object,
                       int lenient, ecf_value *out, PyObject **keep);

PyObject *ecf_value_to(const module_state *state, int shape, const ecf_value *value);

/* UTF-8; bytes that are not come and go as surrogate escapes. */
PyObject *ecf_text(const char *s, Py_ssize_t size);

/* Name of an object's type, for messages: always a str. */
PyObject *ecf_type_name(PyObject *o);

/* ---- call.c ------------------------------------------------------------- */

/* Calls a method of a client; what every generated method does. */
PyObject *ecf_invoke(PyObject *self, PyObject *args, PyObject *kwargs, const ecf_method *method);

/* Sets the exception for err, which it releases, and returns NULL. */
PyObject *ecf_raise(const module_state *state, ecf_error *err);

/* ---- library.c ---------------------------------------------------------- */

typedef struct ecf_library {
    int32_t (*abi_version)(void);
    uint64_t (*ops_fingerprint)(void);
    const char *(*version)(void);
    int64_t (*open_handles)(void);
    int32_t (*test_panic)(ecf_error *);
    int32_t (*client_new)(const char *, const char *, ecf_handle *, ecf_error *);
    int32_t (*client_settings)(ecf_handle, ecf_value *, ecf_error *);
    int32_t (*client_restore)(const ecf_value *, ecf_handle *, ecf_error *);
    void (*release)(const ecf_handle *, int64_t);
    int32_t (*call)(int32_t, ecf_handle, const ecf_arg *, int32_t, const ecf_watch *, ecf_value *, ecf_error *);
    void (*value_release)(ecf_value *);
    void (*error_release)(ecf_error *);
} ecf_library;

/* The library of this process, loaded at the first call; NULL with an exception
 * set when it cannot be. The GIL is held. */
const ecf_library *ecf_library_get(void);

/* The same if it is there already; raises nothing. */
const ecf_library *ecf_library_loaded(void);

/* Counts forks: a handle is good in the generation that made it. */
unsigned long ecf_generation(void);

/* Where libecflow.so is; borrowed by the loader, which copies it. */
int ecf_library_locate(const char *path);

/* Go code runs on small stacks: handlers must ask for the signal stack. */
void ecf_signals_on_stack(void);
int ecf_signals_need_care(void);

/* Clients that live, so that a fork can take their settings along. */
void ecf_clients_add(client_object *client);
void ecf_clients_remove(client_object *client);
void ecf_clients_drop_settings(client_object *client);

#endif
