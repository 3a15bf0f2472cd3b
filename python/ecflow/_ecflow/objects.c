/* objects.c - the types of the definition tree, and what their objects are.
 *
 * An object is a handle. Nodes and definitions are recognised: while an object
 * for one lives, the library's answer "that node" is that object.
 */
#include "engine.h"

#include <stdlib.h>

/* ---- handles ------------------------------------------------------------ */

static size_t index_of(ecf_handle handle) { return (size_t)(uint32_t)handle - 1; }

void ecf_objects_flush(module_state *state)
{
    const ecf_library *library = ecf_library_loaded();
    int n = state->pending_count;
    state->pending_count = 0;
    if (library != NULL && n > 0)
        library->release(state->pending, n);
}

static void give_back(module_state *state, ecf_handle handle)
{
    state->pending[state->pending_count++] = handle;
    if (state->pending_count == (int)(sizeof state->pending / sizeof *state->pending))
        ecf_objects_flush(state);
}

/* Whether the object's handle is one of this process's library. */
static int is_current(object *self)
{
    if (self->generation != ecf_generation() && ecf_came_along(self->generation))
        self->generation = ecf_generation();
    return self->generation == ecf_generation();
}

static object *known(module_state *state, ecf_handle handle)
{
    size_t at = index_of(handle);
    object *found = at < state->objects_size ? state->objects[at] : NULL;
    return found != NULL && found->handle == handle && is_current(found) ? found : NULL;
}

static int remember(module_state *state, object *self)
{
    size_t at = index_of(self->handle);
    if (at >= state->objects_size) {
        size_t size = state->objects_size * 2 > at + 64 ? state->objects_size * 2 : at + 64;
        object **grown = realloc(state->objects, size * sizeof *grown);
        if (grown == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memset(grown + state->objects_size, 0, (size - state->objects_size) * sizeof *grown);
        state->objects = grown;
        state->objects_size = size;
    }
    state->objects[at] = self;
    return 0;
}

static void forget(object *self)
{
    module_state *state = self->state;
    size_t at = index_of(self->handle);
    if (self->cls->rooted && self->handle != 0 && at < state->objects_size && state->objects[at] == self)
        state->objects[at] = NULL;
}

int ecf_object_adopt(object *self, ecf_handle handle)
{
    ecf_handle old = self->handle;
    if (old != 0 && is_current(self)) {
        forget(self);
        give_back(self->state, old);
    }
    self->handle = handle;
    self->generation = ecf_generation();
    return self->cls->rooted ? remember(self->state, self) : 0;
}

ecf_handle ecf_object_handle(object *self)
{
    if (self->handle == 0) {
        PyErr_Format(PyExc_TypeError, "%s.__init__() must be called when overriding __init__", self->cls->name);
        return 0;
    }
    if (ecf_library_get() == NULL)
        return 0;
    if (!is_current(self)) {
        PyErr_Format(PyExc_RuntimeError,
                     "this %s is of the process before the fork, and did not come along: another thread was working on a tree", self->cls->name);
        return 0;
    }
    return self->handle;
}

/* ---- objects ------------------------------------------------------------ */

static object *make(module_state *state, int number, PyTypeObject *type)
{
    object *self = (object *)PyType_GenericAlloc(type, 0);
    if (self == NULL)
        return NULL;
    self->state = state;
    self->cls = &ecf_classes[number];
    return self;
}

PyObject *ecf_object_new(PyTypeObject *type, int number)
{
    module_state *state = ecf_state_of_type((PyObject *)type);
    return state == NULL ? NULL : (PyObject *)make(state, number, type);
}

static object *object_for(module_state *state, const ecf_value *value)
{
    ecf_handle handle = (ecf_handle)value->as.i;
    object *self = known(state, handle);
    if (self != NULL) {
        Py_INCREF(self);
        give_back(state, handle); /* the object has one already */
        return self;
    }
    int number = value->reserved & 0xffff;
    if (number >= ECF_CLASS_COUNT) {
        PyErr_SetString(PyExc_SystemError, "the library names a class that is not known");
        return NULL;
    }
    self = make(state, number, (PyTypeObject *)state->types[number]);
    if (self == NULL || ecf_object_adopt(self, handle) < 0) {
        Py_XDECREF(self);
        return NULL;
    }
    return self;
}

PyObject *ecf_object_of(module_state *state, const ecf_value *value) { return (PyObject *)object_for(state, value); }

enum { NAME, STATE, PATH };

static void leave_block(rooted_object *self)
{
    nodes_block *block = self->block;
    self->block = NULL;
    self->path = NULL;
    if (block != NULL && --block->references == 0) {
        ecf_value_release(&block->value);
        free(block);
    }
}

static int state_enumeration(void)
{
    static int number = -1; /* the same in every interpreter */
    for (int i = 0; number < 0 && ecf_enum_names[i] != NULL; i++)
        if (strcmp(ecf_enum_names[i], "State") == 0)
            number = i;
    return number;
}

/* A node of a list: its value, whose size is that of the name, and its path. */
static PyObject *node_of(module_state *state, const ecf_value *value, const ecf_value *path, nodes_block *block)
{
    rooted_object *self = (rooted_object *)object_for(state, value);
    if (self == NULL)
        return NULL;
    if (self->cache[NAME] == NULL)
        self->cache[NAME] = ecf_text(path->as.s + path->size - value->size, (Py_ssize_t)value->size);
    if (self->cached_at != state->revision) {
        for (int i = 1; i < CACHES; i++)
            Py_CLEAR(self->cache[i]);
        self->cached_at = state->revision;
    }
    if (self->cache[STATE] == NULL)
        self->cache[STATE] = ecf_enum_member(state, state_enumeration(), value->reserved >> 16 & 0xff);
    if (self->cache[PATH] == NULL && block != self->block) {
        leave_block(self);
        block->references++;
        self->block = block;
        self->path = path;
    }
    if (self->cache[NAME] == NULL || self->cache[STATE] == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

PyObject *ecf_nodes_of(module_state *state, ecf_value *value)
{
    nodes_block *block = malloc(sizeof *block);
    if (block == NULL)
        return PyErr_NoMemory();
    block->value = *value;
    block->references = 1;
    memset(value, 0, sizeof *value);
    Py_ssize_t n = (Py_ssize_t)block->value.size;
    PyObject *list = PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        const ecf_value *item = &block->value.as.items[2 * i];
        PyObject *node = node_of(state, item, item + 1, block);
        if (node == NULL)
            Py_CLEAR(list);
        else
            PyList_SetItem(list, i, node);
    }
    rooted_object last = {.block = block};
    leave_block(&last);
    return list;
}

PyObject *ecf_told_path(module_state *state, rooted_object *self)
{
    PyObject *path = NULL;
    if (self->block != NULL && self->cached_at == state->revision)
        path = ecf_text(self->path->as.s, (Py_ssize_t)self->path->size);
    leave_block(self);
    return path;
}

static void object_dealloc(PyObject *o)
{
    object *self = (object *)o;
    PyTypeObject *type = Py_TYPE(o);
    if (self->cls != NULL && self->cls->rooted) {
        rooted_object *rooted = (rooted_object *)self;
        Py_CLEAR(rooted->attributes);
        leave_block(rooted);
        for (int i = 0; i < CACHES; i++)
            Py_CLEAR(rooted->cache[i]);
    }
    if (self->handle != 0)
        forget(self);
    if (self->handle != 0 && is_current(self)) {
        give_back(self->state, self->handle);
        if (self->cls->base < 0 && self->cls->rooted && strcmp(self->cls->name, "Defs") == 0)
            ecf_objects_flush(self->state); /* much memory may hang on it */
    }
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(o);
    Py_DECREF(type);
}

PyObject *ecf_enum_member(module_state *state, int number, long long value)
{
    if (value == -1 && PyErr_Occurred())
        return NULL;
    PyObject *type = state->enums[number];
    if (type == NULL) {
        PyErr_SetString(PyExc_SystemError, "the enumerations are not installed");
        return NULL;
    }
    PyObject *quick = value >= 0 && value < ECF_QUICK ? state->enum_quick[number][value] : NULL;
    if (quick != NULL) {
        Py_INCREF(quick);
        return quick;
    }
    if (state->enum_values[number] == NULL && (state->enum_values[number] = PyObject_GetAttrString(type, "values")) == NULL)
        return NULL;
    PyObject *key = PyLong_FromLongLong(value);
    PyObject *member = key == NULL ? NULL : PyDict_GetItem(state->enum_values[number], key); /* borrowed */
    if (member != NULL) {
        Py_INCREF(member);
        if (value >= 0 && value < ECF_QUICK)
            state->enum_quick[number][value] = member; /* enum_values holds it */
    }
    else if (key != NULL)
        member = PyObject_CallFunctionObjArgs(type, key, NULL);
    Py_XDECREF(key);
    return member;
}

/* ---- Python's own syntax ------------------------------------------------ */

static const ecf_member *slot(PyObject *self, ecf_slot which) { return ((object *)self)->cls->slots[which]; }

static PyObject *call_slot(PyObject *self, ecf_slot which, PyObject *a, PyObject *b)
{
    const ecf_member *member = slot(self, which);
    if (member == NULL)
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *args = b != NULL ? PyTuple_Pack(2, a, b) : a != NULL ? PyTuple_Pack(1, a) : PyTuple_New(0);
    PyObject *result = args == NULL ? NULL : ecf_member_call(self, args, NULL, member);
    Py_XDECREF(args);
    return result;
}

/* With an operand of another type Python shall look further. */
static PyObject *call_operator(PyObject *self, ecf_slot which, PyObject *other)
{
    PyObject *result = call_slot(self, which, other, NULL);
    if (result == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        Py_RETURN_NOTIMPLEMENTED;
    }
    return result;
}

static int object_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    const ecf_member *member = slot(self, SLOT_INIT);
    if (member == NULL) {
        PyErr_Format(PyExc_TypeError, "ecflow.ecflow.%s: No constructor defined!", ((object *)self)->cls->name);
        return -1;
    }
    PyObject *done = ecf_member_call(self, args, kwargs, member);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

static PyObject *object_repr(PyObject *self)
{
    if (slot(self, SLOT_REPR) != NULL && ((object *)self)->handle != 0)
        return call_slot(self, SLOT_REPR, NULL, NULL);
    return PyUnicode_FromFormat("<ecflow.%s object at %p>", ((object *)self)->cls->name, (void *)self);
}

static PyObject *object_str(PyObject *self)
{
    return slot(self, SLOT_STR) != NULL ? call_slot(self, SLOT_STR, NULL, NULL) : object_repr(self);
}

static long long number(PyObject *result)
{
    long long n = result == NULL ? -1 : PyLong_AsLongLong(result);
    Py_XDECREF(result);
    return n;
}

static PyObject *no_such(PyObject *self, const char *what)
{
    return PyErr_Format(PyExc_TypeError, "object of type '%s' has no %s", ((object *)self)->cls->name, what);
}

static Py_ssize_t object_len(PyObject *self)
{
    if (slot(self, SLOT_LEN) == NULL)
        return no_such(self, "len()"), -1;
    return (Py_ssize_t)number(call_slot(self, SLOT_LEN, NULL, NULL));
}

static int object_contains(PyObject *self, PyObject *item)
{
    if (slot(self, SLOT_CONTAINS) == NULL) {
        if (slot(self, SLOT_ITER) == NULL)
            return no_such(self, "items"), -1;
        PyObject *items = PySequence_List(self);
        int found = items == NULL ? -1 : PySequence_Contains(items, item);
        Py_XDECREF(items);
        return found;
    }
    return (int)number(call_slot(self, SLOT_CONTAINS, item, NULL));
}

static PyObject *object_iter(PyObject *self)
{
    if (slot(self, SLOT_ITER) == NULL)
        return PyErr_Format(PyExc_TypeError, "'%s' object is not iterable", ((object *)self)->cls->name);
    return call_slot(self, SLOT_ITER, NULL, NULL);
}

static PyObject *object_getitem(PyObject *self, PyObject *key)
{
    if (slot(self, SLOT_GETITEM) == NULL)
        return PyErr_Format(PyExc_TypeError, "'%s' object is not subscriptable", ((object *)self)->cls->name);
    return call_slot(self, SLOT_GETITEM, key, NULL);
}

static int object_setitem(PyObject *self, PyObject *key, PyObject *value)
{
    ecf_slot which = value == NULL ? SLOT_DELITEM : SLOT_SETITEM;
    if (slot(self, which) == NULL)
        return no_such(self, "items that can be set"), -1;
    PyObject *done = call_slot(self, which, key, value);
    Py_XDECREF(done);
    return done == NULL ? -1 : 0;
}

static int object_bool(PyObject *self)
{
    if (slot(self, SLOT_BOOL) != NULL)
        return (int)number(call_slot(self, SLOT_BOOL, NULL, NULL));
    if (slot(self, SLOT_LEN) != NULL)
        return object_len(self) > 0 ? 1 : PyErr_Occurred() ? -1 : 0;
    return 1;
}

static Py_hash_t object_hash(PyObject *self)
{
    if (slot(self, SLOT_HASH) != NULL)
        return (Py_hash_t)number(call_slot(self, SLOT_HASH, NULL, NULL));
    uintptr_t p = (uintptr_t)self;
    Py_hash_t hash = (Py_hash_t)(p >> 4 | p << (8 * sizeof p - 4));
    return hash == -1 ? -2 : hash;
}

static int is_object(PyObject *o)
{
    return o != NULL && PyType_GetSlot(Py_TYPE(o), Py_tp_hash) == (void *)object_hash;
}

static PyObject *binary(PyObject *a, PyObject *b, ecf_slot which, ecf_slot reflected)
{
    if (is_object(a))
        return call_operator(a, which, b);
    if (reflected != ECF_SLOT_COUNT && is_object(b))
        return call_operator(b, reflected, a);
    Py_RETURN_NOTIMPLEMENTED;
}

static PyObject *object_add(PyObject *a, PyObject *b) { return binary(a, b, SLOT_ADD, SLOT_RADD); }
static PyObject *object_iadd(PyObject *a, PyObject *b) { return binary(a, b, SLOT_IADD, ECF_SLOT_COUNT); }
static PyObject *object_sub(PyObject *a, PyObject *b) { return binary(a, b, SLOT_SUB, ECF_SLOT_COUNT); }
static PyObject *object_isub(PyObject *a, PyObject *b) { return binary(a, b, SLOT_ISUB, ECF_SLOT_COUNT); }
static PyObject *object_lshift(PyObject *a, PyObject *b) { return binary(a, b, SLOT_LSHIFT, ECF_SLOT_COUNT); }
static PyObject *object_rshift(PyObject *a, PyObject *b) { return binary(a, b, SLOT_RSHIFT, ECF_SLOT_COUNT); }

static PyObject *object_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (slot(self, SLOT_CALL) == NULL)
        return PyErr_Format(PyExc_TypeError, "'%s' object is not callable", ((object *)self)->cls->name);
    return ecf_member_call(self, args, kwargs, slot(self, SLOT_CALL));
}

static PyObject *object_compare(PyObject *self, PyObject *other, int op)
{
    static const ecf_slot of[] = {[Py_LT] = SLOT_LT, [Py_LE] = SLOT_LE, [Py_EQ] = SLOT_EQ, [Py_NE] = SLOT_EQ, [Py_GT] = SLOT_GT, [Py_GE] = SLOT_GE};
    if (slot(self, of[op]) == NULL)
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *result = call_operator(self, of[op], other);
    if (op != Py_NE || result == NULL || result == Py_NotImplemented)
        return result;
    int equal = PyObject_IsTrue(result);
    Py_DECREF(result);
    return equal < 0 ? NULL : PyBool_FromLong(!equal);
}

/* ---- attributes of nodes and definitions -------------------------------- */

static int is_special(PyObject *name)
{
    Py_ssize_t n = PyUnicode_GetLength(name);
    return n > 4 && PyUnicode_ReadChar(name, 0) == '_' && PyUnicode_ReadChar(name, 1) == '_' &&
           PyUnicode_ReadChar(name, n - 1) == '_' && PyUnicode_ReadChar(name, n - 2) == '_';
}

/* What Python code has set hides members, except properties; children and the like come last. */
static PyObject *rooted_getattr(PyObject *self, PyObject *name)
{
    PyObject *attributes = ((rooted_object *)self)->attributes, *found;
    if (attributes != NULL && (found = PyDict_GetItem(attributes, name)) != NULL) {
        Py_INCREF(found);
        return found;
    }
    found = PyObject_GenericGetAttr(self, name);
    if (found != NULL || !PyErr_ExceptionMatches(PyExc_AttributeError))
        return found;
    if (is_special(name) || slot(self, SLOT_GETATTR) == NULL || ((object *)self)->handle == 0)
        return NULL;
    PyErr_Clear();
    return call_slot(self, SLOT_GETATTR, name, NULL);
}

/* Everything can be set but properties. Called with the AttributeError of not being able to. */
static int may_set(PyObject *self, PyObject *name)
{
    PyObject *kind, *error, *traceback;
    if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return 0;
    PyErr_Fetch(&kind, &error, &traceback);
    PyObject *member = PyObject_GetAttr((PyObject *)Py_TYPE(self), name);
    int property = member != NULL && PyObject_HasAttrString((PyObject *)Py_TYPE(member), "__set__");
    Py_XDECREF(member);
    PyErr_Restore(kind, error, traceback);
    return !property;
}

static int rooted_setattr(PyObject *self, PyObject *name, PyObject *value)
{
    int status = PyObject_GenericSetAttr(self, name, value);
    if (status == 0 || !may_set(self, name))
        return status;
    rooted_object *rooted = (rooted_object *)self;
    if (value == NULL) {
        if (rooted->attributes == NULL || PyDict_GetItem(rooted->attributes, name) == NULL)
            return -1;
        PyErr_Clear();
        return PyDict_DelItem(rooted->attributes, name);
    }
    PyErr_Clear();
    if (rooted->attributes == NULL && (rooted->attributes = PyDict_New()) == NULL)
        return -1;
    return PyDict_SetItem(rooted->attributes, name, value);
}

/* ---- the types ---------------------------------------------------------- */

static PyObject *no_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    (void)args;
    (void)kwargs;
    return PyErr_Format(PyExc_TypeError, "%S: No constructor defined!", (PyObject *)type);
}

static PyType_Slot base_slots[] = {
    {Py_tp_new, (void *)no_new},
    {Py_tp_dealloc, (void *)object_dealloc},
    {Py_tp_init, (void *)object_init},
    {Py_tp_repr, (void *)object_repr},
    {Py_tp_str, (void *)object_str},
    {Py_tp_hash, (void *)object_hash},
    {Py_tp_richcompare, (void *)object_compare},
    {Py_tp_doc, "What the objects of a definition tree have in common."},
    {0, NULL},
};

static PyType_Spec base_spec = {"ecflow._ecflow.Object", sizeof(object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, base_slots};

/* The slots of a class: its own tables, and syntax where it has a member for it. */
static void slots_of(const ecf_class *cls, PyType_Slot *out)
{
    struct {
        ecf_slot member;
        int slot;
        void *function;
    } syntax[] = {
        {SLOT_LEN, Py_sq_length, (void *)object_len},
        {SLOT_CONTAINS, Py_sq_contains, (void *)object_contains},
        {SLOT_ITER, Py_tp_iter, (void *)object_iter},
        {SLOT_GETITEM, Py_mp_subscript, (void *)object_getitem},
        {SLOT_SETITEM, Py_mp_ass_subscript, (void *)object_setitem},
        {SLOT_ADD, Py_nb_add, (void *)object_add},
        {SLOT_IADD, Py_nb_inplace_add, (void *)object_iadd},
        {SLOT_SUB, Py_nb_subtract, (void *)object_sub},
        {SLOT_ISUB, Py_nb_inplace_subtract, (void *)object_isub},
        {SLOT_LSHIFT, Py_nb_lshift, (void *)object_lshift},
        {SLOT_RSHIFT, Py_nb_rshift, (void *)object_rshift},
        {SLOT_BOOL, Py_nb_bool, (void *)object_bool},
        {SLOT_CALL, Py_tp_call, (void *)object_call},
    };
    *out++ = (PyType_Slot){Py_tp_new, (void *)cls->make};
    *out++ = (PyType_Slot){Py_tp_methods, cls->methods};
    *out++ = (PyType_Slot){Py_tp_getset, cls->getset};
    *out++ = (PyType_Slot){Py_tp_doc, (void *)cls->doc};
    for (size_t i = 0; i < sizeof syntax / sizeof *syntax; i++)
        if (cls->slots[syntax[i].member] != NULL)
            *out++ = (PyType_Slot){syntax[i].slot, syntax[i].function};
    if (cls->rooted) {
        *out++ = (PyType_Slot){Py_tp_getattro, (void *)rooted_getattr};
        *out++ = (PyType_Slot){Py_tp_setattro, (void *)rooted_setattr};
    }
    *out = (PyType_Slot){0, NULL};
}

static PyObject *type_of(const ecf_class *cls, PyObject *base)
{
    char name[64];
    PyType_Slot slots[24];
    slots_of(cls, slots);
    PyOS_snprintf(name, sizeof name, "ecflow.%s", cls->name);
    PyType_Spec spec = {name, cls->rooted ? sizeof(rooted_object) : sizeof(object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    PyObject *bases = PyTuple_Pack(1, base);
    PyObject *type = bases == NULL ? NULL : PyType_FromSpecWithBases(&spec, bases);
    Py_XDECREF(bases);
    return type;
}

int ecf_objects_ready(PyObject *module, module_state *state)
{
    state->object_type = PyType_FromSpec(&base_spec);
    if (state->object_type == NULL || PyObject_SetAttrString(state->object_type, "_module", module) < 0)
        return -1;
    Py_INCREF(state->object_type);
    if (PyModule_AddObject(module, "Object", state->object_type) < 0) {
        Py_DECREF(state->object_type);
        return -1;
    }
    for (int i = 0; i < ECF_CLASS_COUNT; i++) {
        const ecf_class *cls = &ecf_classes[i];
        PyObject *type = type_of(cls, cls->base < 0 ? state->object_type : state->types[cls->base]);
        if (type == NULL)
            return -1;
        state->types[i] = type;
        Py_INCREF(type);
        if (PyModule_AddObject(module, cls->name, type) < 0) {
            Py_DECREF(type);
            return -1;
        }
    }
    return 0;
}
