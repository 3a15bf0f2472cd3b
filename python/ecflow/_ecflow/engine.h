/* engine.h - what the files of the extension module share.
 *
 *   module.c    the module and its state
 *   client.c    the type Client
 *   overload.c  which of a method's forms a call means
 *   values.c    Python values to C values and back
 *   call.c      one operation: GIL, signals, notices, errors
 *   library.c   libecflow.so: loading, forks, signal stacks
 *   objects.c   the types of the definition tree, and what their objects are
 *   variable.c  the data of Variable
 *   any.c       arguments of theirs
 *   members.c   a call of one of their members
 *   zmethods.c  generated: the methods of Client
 *   zmodel.c    generated: the members of the definition tree's classes
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
    SHAPE_OBJECT,
    /* Those of the definition tree; the id says which class, enumeration or collection. */
    SHAPE_CLASS,
    SHAPE_ENUM,
    SHAPE_COLLECTION,
    SHAPE_VARIABLE,
    SHAPE_CLIENT,
    SHAPE_ANY,
    SHAPE_SEQUENCE, /* of anything */
    SHAPE_DICT,
    SHAPE_REST,     /* *args */
    SHAPE_KEYWORDS, /* **kwargs */
    SHAPE_SELF,
    SHAPE_SET,
    SHAPE_EXTENDS, /* a list that is appended to the first argument */
    SHAPE_IGNORED, /* an argument that nobody looks at */
    SHAPE_ITERATOR,
    SHAPE_LIST,
    SHAPE_TREE /* a definition, of the command table */
} ecf_shape;

typedef struct ecf_param {
    const char *name;
    const char *type; /* as the signature shows it */
    unsigned char shape;
    unsigned char required;
    unsigned char named;       /* may be given by keyword */
    unsigned char is_unsigned; /* an int that the original takes as unsigned */
    unsigned char optional;    /* None will do */
    short id;                  /* of a class, enumeration or collection */
} ecf_param;

typedef struct ecf_form {
    const char *signature; /* "(paths: list[str]) -> None" */
    const ecf_param *params;
    unsigned char count;
    unsigned char returns;
    short returns_id;   /* of a class, enumeration or collection */
    short returns_item; /* enumeration that the items of a list are of, or -1 */
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

/* A member of a class of the definition tree. */
typedef struct ecf_member {
    ecf_method method;
    const char *owner;
    unsigned char pure;  /* changes nothing */
    unsigned char cache; /* 0, or 1 + the place in the object where the answer is kept */
    unsigned char kind;  /* 0 method, 1 property, 2 static */
} ecf_member;

/* Members that Python calls by its own syntax. */
typedef enum ecf_slot {
    SLOT_INIT, SLOT_STR, SLOT_REPR, SLOT_LEN, SLOT_CONTAINS, SLOT_ITER, SLOT_GETITEM, SLOT_SETITEM, SLOT_DELITEM,
    SLOT_ADD, SLOT_RADD, SLOT_IADD, SLOT_SUB, SLOT_ISUB, SLOT_LSHIFT, SLOT_RSHIFT, SLOT_EQ, SLOT_LT, SLOT_LE, SLOT_GT,
    SLOT_GE, SLOT_BOOL, SLOT_HASH, SLOT_GETATTR, SLOT_CALL, ECF_SLOT_COUNT
} ecf_slot;

typedef struct ecf_class {
    const char *name;
    short base;             /* -1: none */
    unsigned char rooted;   /* a node or a definition: recognised, keeps answers, takes attributes */
    PyMethodDef *methods;
    PyGetSetDef *getset;
    newfunc make;
    const ecf_member *const *slots;
    const char *doc;
} ecf_class;

enum { ECF_ENUMS = 16, ECF_COLLECTIONS = 8, ECF_QUICK = 8 };

extern const ecf_class ecf_classes[ECF_CLASS_COUNT];
extern const char *const ecf_enum_names[];       /* NULL at the end */
extern const char *const ecf_collection_names[]; /* NULL at the end */

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
    PyObject *object_type;             /* the base of all below */
    PyObject *types[ECF_CLASS_COUNT];
    PyObject *enums[ECF_ENUMS];        /* the classes, and their members by number */
    PyObject *enum_values[ECF_ENUMS];
    PyObject *enum_quick[ECF_ENUMS][ECF_QUICK]; /* the first members, borrowed */
    PyObject *collections[ECF_COLLECTIONS];
    struct object **objects;           /* nodes and definitions that live, by handle index; borrowed */
    size_t objects_size;
    ecf_handle pending[256];           /* handles to give back */
    int pending_count;
    unsigned long revision;            /* grows with every call that may change a tree */
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

/* ---- objects.c ---------------------------------------------------------- */

/* An object of the definition tree. */
typedef struct object {
    PyObject_HEAD
    module_state *state;
    const ecf_class *cls;
    ecf_handle handle;        /* 0: __init__ has not run */
    unsigned long generation; /* of the library that knows the handle */
} object;

enum { CACHES = 3 };

/* What the library told of many nodes at once, for as long as one of them may ask. */
typedef struct nodes_block {
    ecf_value value;
    Py_ssize_t references;
} nodes_block;

/* One of a class that is rooted. */
typedef struct rooted_object {
    object base;
    PyObject *attributes;    /* dict of those that Python code has set, or NULL */
    PyObject *cache[CACHES]; /* the first is good for ever */
    unsigned long cached_at; /* the revision that the others, and path, belong to */
    nodes_block *block;      /* keeps path; or NULL */
    const ecf_value *path;
} rooted_object;

int ecf_objects_ready(PyObject *module, module_state *state);
PyObject *ecf_object_new(PyTypeObject *type, int number);

/* The Python object for a handle that the library handed out; takes the handle over. */
PyObject *ecf_object_of(module_state *state, const ecf_value *value);

/* The list of nodes that an ECF_NODES value is, which it takes over. */
PyObject *ecf_nodes_of(module_state *state, ecf_value *value);

/* The node's path, if the library has told it, and nothing has changed since. */
PyObject *ecf_told_path(module_state *state, rooted_object *self);

/* Gives self, which __init__ runs for, its handle. */
int ecf_object_adopt(object *self, ecf_handle handle);

/* The object's handle in this process's library, or 0 with an exception set. */
ecf_handle ecf_object_handle(object *self);

/* Gives back the handles of objects that are gone. */
void ecf_objects_flush(module_state *state);

PyObject *ecf_enum_member(module_state *state, int number, long long value);

/* Call all members of type's class. */
PyObject *ecf_member_call(PyObject *self, PyObject *args, PyObject *kwargs, const ecf_member *member);
PyObject *ecf_member_get(PyObject *self, const ecf_member *member);
PyObject *ecf_property_get(PyObject *self, void *member);
int ecf_property_set(PyObject *self, PyObject *value, void *member);

/* ---- variable.c --------------------------------------------------------- */

extern PyType_Spec ecf_variable_spec;

/* A Variable; takes both references, which may be NULL with an exception set. */
PyObject *ecf_variable_new(PyObject *type, PyObject *name, PyObject *value);

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

PyObject *ecf_value_to(module_state *state, const ecf_form *form, ecf_value *value);

/* Anything, as far as it has a form: objects, variables, lists, dicts, texts, numbers. */
ecf_fit ecf_any_from(const module_state *state, PyObject *object, ecf_value *out, PyObject **keep, int depth);

/* Keeps an object until the call is done; steals the reference. */
int ecf_keep(PyObject **keep, PyObject *object);

/* A text; that of a str is not copied, so whoever has o must hold it during the call. */
ecf_fit ecf_text_from(PyObject *o, int type, ecf_value *out, PyObject **keep);

/* Shapes of the definition tree. */
ecf_fit ecf_model_from(const module_state *state, const ecf_param *param, PyObject *o, ecf_value *out, PyObject **keep);

/* What is given to *args from a position on, and to **kwargs beside the form's own names. */
ecf_fit ecf_rest_from(const module_state *state, PyObject *args, Py_ssize_t from, ecf_value *out, PyObject **keep);
ecf_fit ecf_keywords_from(const module_state *state, const ecf_form *form, PyObject *kwargs, ecf_value *out, PyObject **keep);

/* UTF-8; bytes that are not come and go as surrogate escapes. */
PyObject *ecf_text(const char *s, Py_ssize_t size);

/* Name of an object's type, for messages: always a str. */
PyObject *ecf_type_name(PyObject *o);

/* ---- call.c ------------------------------------------------------------- */

/* Calls a method of a client; what every generated method does. */
PyObject *ecf_invoke(PyObject *self, PyObject *args, PyObject *kwargs, const ecf_method *method);

/* What a watch needs while an operation runs; see ecf_watch. */
typedef struct ecf_watching {
    const module_state *state;
    PyThreadState *thread; /* saved while the GIL is released; NULL: it is not */
} ecf_watching;

ecf_watch ecf_watch_for(ecf_watching *data);
void ecf_take_gil(ecf_watching *data);

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
    int32_t (*do_member)(int32_t, int32_t, ecf_handle, const ecf_value *, int32_t, const ecf_watch *, ecf_value *, ecf_error *);
    int32_t (*objects_save)(ecf_value *, ecf_error *);
    int32_t (*objects_restore)(const ecf_value *, ecf_error *);
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

/* Whether objects of an earlier generation came along into this one. */
int ecf_came_along(unsigned long of);
void ecf_objects_before_fork(void);
void ecf_objects_after_fork_in_parent(void);

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
