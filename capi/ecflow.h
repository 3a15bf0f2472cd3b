/* ecflow.h - the C interface of the ecFlow client, libecflow.so.
 *
 * One header, one library, no logic of its own: whatever a client can do is a
 * numbered operation (ecflow_ops.h), called by ecf_call() with named arguments.
 *
 *     ecf_error err = {0};
 *     ecf_handle client;
 *     if (ecf_client_new("localhost", "3141", &client, &err) == ECF_OK &&
 *         ecf_call(ECF_OP_PING, client, NULL, 0, NULL, NULL, &err) == ECF_OK)
 *         puts("the server answers");
 *     else
 *         fprintf(stderr, "%s\n", err.message);
 *     ecf_error_release(&err);
 *     ecf_release(&client, 1);
 *
 * Conventions, for every function unless it says otherwise:
 *
 * - The result is ECF_OK (0) or the number of an error kind (ecflow_errors.h);
 *   the error is then described in *err. err may be NULL.
 * - Any thread may call any function at any time. A client may be used by many
 *   threads at once; calls do not wait for one another.
 * - Text is UTF-8 in intent, but is neither checked nor repaired, because
 *   servers do not either. Lengths count bytes. What the library hands out is
 *   also terminated by a zero byte that the length does not count.
 * - What the caller passes in is read during the call only. What the library
 *   hands out belongs to the caller, and is given back by the release function
 *   of its type. All release functions accept zeroed objects and leave zeroed
 *   objects behind.
 * - A defect inside the library (a Go panic) never unwinds into C. It fails the
 *   call with ECF_INTERNAL and poisons the library: from then on every call
 *   fails with ECF_INTERNAL and says so, because the state is unknown.
 *
 * The library carries a Go runtime. Load it once for each process and never
 * unload it. After fork() the child must not call into the copy it inherited;
 * it may load a copy of the file under another name, as the Python module does.
 * Go needs the SA_ONSTACK flag on every signal handler of the process.
 * No socket, timer or goroutine outlives the call that made it.
 */
#ifndef ECFLOW_H
#define ECFLOW_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "ecflow_errors.h"
#include "ecflow_model.h"
#include "ecflow_ops.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The layout below. A library and a caller that differ here cannot work together. */
#define ECF_ABI_VERSION 1

/* A client or a call under way. Never 0, never used again for another object:
 * a handle that was released is recognised and refused. */
typedef uint64_t ecf_handle;

/* ---- values ------------------------------------------------------------- */

typedef enum ecf_type {
    ECF_NIL = 0,    /* nothing; an absent argument */
    ECF_BOOL = 1,   /* as.i: 0 or 1 */
    ECF_INT = 2,    /* as.i */
    ECF_FLOAT = 3,  /* as.f */
    ECF_STRING = 4, /* as.s, size bytes */
    ECF_BYTES = 5,  /* as.s, size bytes, not text */
    ECF_LIST = 6,   /* as.items, size values */
    ECF_RECORD = 7, /* as.items, size fields: 2*size values, name (ECF_STRING) and value in turn */
    ECF_OBJECT = 8, /* as.i: a handle; reserved: number of its class, see ecflow_model.h. The low 16 bits; the
                       next 8 are the state of a node. A result's handle is the caller's to release. */
    ECF_PAIR = 9,   /* a variable: as.items, 2 values, name and value (ECF_STRING) */
    ECF_OPAQUE = 10, /* arguments only: something without a form here; as.s: the name of its type */
    ECF_NODES = 11, /* results only: as.items, size nodes: 2*size values, the node (ECF_OBJECT, whose size is that
                       of its name) and its path (ECF_STRING), which ends with the name */
    ECF_ABSENT = 12 /* arguments only: not given */
} ecf_type;

typedef struct ecf_value {
    int32_t type; /* an ecf_type */
    int32_t reserved;
    int64_t size;
    union {
        int64_t i;
        double f;
        const char *s;
        const struct ecf_value *items;
    } as;
} ecf_value;

/* A named argument. The names are those of the method, see ecflow_ops.h. */
typedef struct ecf_arg {
    const char *name;
    ecf_value value;
} ecf_arg;

static inline ecf_value ecf_int(int64_t i)
{
    ecf_value v = {ECF_INT, 0, 0, {0}};
    v.as.i = i;
    return v;
}

static inline ecf_value ecf_bool(int yes)
{
    ecf_value v = {ECF_BOOL, 0, 0, {0}};
    v.as.i = yes != 0;
    return v;
}

static inline ecf_value ecf_string(const char *s)
{
    ecf_value v = {ECF_STRING, 0, 0, {0}};
    v.size = (int64_t)strlen(s);
    v.as.s = s;
    return v;
}

static inline ecf_value ecf_list(const ecf_value *items, int64_t size)
{
    ecf_value v = {ECF_LIST, 0, 0, {0}};
    v.size = size;
    v.as.items = items;
    return v;
}

/* ---- errors ------------------------------------------------------------- */

/* What went wrong in one call. Start it as {0}; a function that fails fills it
 * and releases nothing, so release it before using it for another call. */
typedef struct ecf_error {
    int32_t kind; /* an ecf_kind, or 0 */
    int32_t reserved;
    char *message; /* for people; may span lines; never holds a password */
    char *details; /* a JSON object with those of these that apply:
                      kind  name of the kind, "refused"
                      op    what was tried, "--begin=/s1 :fred"
                      addr  host:port of the server
                      path  file or node path; line: line in it
                      server  the server's own words
                      unsent  true: the server cannot have seen the request */
} ecf_error;

/* What a caller wants to know while a call is under way. All of it is called
 * in the thread that made the call, and must not call back into that call. */
typedef struct ecf_watch {
    /* Asked when a signal has arrived, and every tick_ms: nonzero ends the
     * call with ECF_CANCELLED. May be NULL. */
    int (*interrupted)(void *data);
    /* Told of a warning (level 1), of a failed attempt that will be repeated
     * (level 0), or of text that the original prints on standard output (level 2). Nonzero ends the call as above. May be NULL. */
    int (*notice)(void *data, int32_t level, const char *text, size_t size);
    void *data;
    int32_t tick_ms; /* 0: 250 */
    int32_t nowait;  /* ecf_do(): nonzero: fail with ECF_BUSY at once while another thread works on trees */
} ecf_watch;

#ifndef ECF_BUILDING_LIBRARY

/* ---- the library -------------------------------------------------------- */

/* ECF_ABI_VERSION of the library. Does not start the Go runtime's work. */
int32_t ecf_abi_version(void);

/* ECF_OPS_FINGERPRINT of the library: equal when the operation numbers are. */
uint64_t ecf_ops_fingerprint(void);

/* Version of the library, "0.1.0". The text is static. */
const char *ecf_version(void);

/* Number of an operation by the name it has in Python, or -1. For callers that
 * do not want to be compiled anew for each release: numbers may change with
 * ECF_OPS_FINGERPRINT, names do not. */
int32_t ecf_op(const char *name);

/* How many clients and calls are open; for tests that look for leaks. */
int64_t ecf_open_handles(void);

/* Panics inside, to show what a defect does, if the environment variable
 * ECFLOW_TEST_PANIC is "1"; fails with ECF_ARGUMENT otherwise. */
int32_t ecf_test_panic(ecf_error *err);

/* ---- clients ------------------------------------------------------------ */

/* Makes a client: settings, no connection. It reads the ECF_* environment
 * variables as the original client does.
 *
 * host and port may be NULL. With both NULL they come from ECF_HOST and
 * ECF_PORT, or are localhost and 3141. With port NULL, host is "host:port" or
 * "host@port". Does not block, but may read the certificate file.
 * Errors: ECF_ARGUMENT, ECF_CONFIG, ECF_TLS_*. */
int32_t ecf_client_new(const char *host, const char *port, ecf_handle *client, ecf_error *err);

/* Copies everything a client has been set to, in a form that only this version
 * of the library reads. It may hold passwords: keep it in memory. */
int32_t ecf_client_settings(ecf_handle client, ecf_value *settings, ecf_error *err);

/* Makes a client with the settings of another, perhaps of another process. */
int32_t ecf_client_restore(const ecf_value *settings, ecf_handle *client, ecf_error *err);

/* Closes handles of any sort. Stale and zero handles are passed over. Calls
 * under way are not disturbed: they end, and then nobody owns what they used. */
void ecf_release(const ecf_handle *handles, int64_t count);

/* ---- calls -------------------------------------------------------------- */

/* Runs an operation in the calling thread, and blocks until it is done: for
 * user commands two attempts with their time limits, for child commands up to
 * ECF_TIMEOUT (a day). watch, which may be NULL, can end it early; signals do
 * not end it by themselves.
 *
 * args may be NULL when nargs is 0. *ret, which may be NULL, receives the result
 * in the shape that ecflow_ops.h names; release it with ecf_value_release(). */
int32_t ecf_call(int32_t op, ecf_handle client, const ecf_arg *args, int32_t nargs,
                 const ecf_watch *watch, ecf_value *ret, ecf_error *err);

/* Calls a member of a class of the definition tree: ecflow_model.h names classes
 * and members and their forms, with the arguments in order. self is the object's
 * handle, 0 for a constructor (which gives the object) and for static members.
 * Arguments of absent parameters may be left out at the end, or be ECF_ABSENT.
 *
 * Objects belong to whoever releases their handles; a node keeps its whole tree
 * alive. A node or definition has the same handle for as long as anybody holds
 * one, and every result that holds it has to be released. *ret may offer memory
 * for a small result: ECF_BYTES, as.s aligned for an ecf_value, size bytes. A
 * result that lies there, which as.items tells, must not be released. Members that change a
 * tree do so completely or fail and change nothing, unless they say otherwise.
 * Calls on trees wait for one another. watch matters for long ones only. */
int32_t ecf_do(int32_t member, int32_t form, ecf_handle self, const ecf_value *args, int32_t nargs,
               const ecf_watch *watch, ecf_value *ret, ecf_error *err);

/* Copies all objects that have handles, in a form that only this version of the
 * library reads, and brings them back under the same handles, into a copy of the
 * library in which none is open: what a fork needs. */
int32_t ecf_objects_save(ecf_value *saved, ecf_error *err);
int32_t ecf_objects_restore(const ecf_value *saved, ecf_error *err);

/* Number of a member by its name, "Task.name", or -1. */
int32_t ecf_member_number_of(const char *name);

/* Starts an operation and returns at once. It runs beside the caller until
 * ecf_wait() has fetched its end; ecf_release() of a call that was not waited
 * for cancels it. */
int32_t ecf_start(int32_t op, ecf_handle client, const ecf_arg *args, int32_t nargs,
                  ecf_handle *call, ecf_error *err);

/* A descriptor that polls readable once the call is done, or -1 for a handle
 * that is no call. It belongs to the call. Do not read from it. */
int32_t ecf_call_fd(ecf_handle call);

/* Blocks until the call is done, for at most timeout_ms (negative: for ever),
 * and hands out its result or its error, and releases the call. When the time
 * is over first: ECF_TIMEOUT, *finished is 0, and the call goes on.
 * finished may be NULL when timeout_ms is negative. */
int32_t ecf_wait(ecf_handle call, int32_t timeout_ms, int32_t *finished, ecf_value *ret, ecf_error *err);

/* Asks a call to end. ecf_wait() then gives ECF_CANCELLED within milliseconds,
 * unless the call was done already. */
int32_t ecf_cancel(ecf_handle call, ecf_error *err);

#endif /* ECF_BUILDING_LIBRARY */

/* ---- giving back -------------------------------------------------------- */

/* Release a result, an error. They do not enter the Go runtime. */
void ecf_value_release(ecf_value *value);
void ecf_error_release(ecf_error *err);

#ifdef __cplusplus
}
#endif

#endif /* ECFLOW_H */
