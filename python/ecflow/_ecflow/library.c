/* library.c - libecflow.so: loading, forks, signal stacks.
 *
 * The library carries a Go runtime, which does not survive a fork: its threads
 * are gone in the child. So the child loads a copy of the file (as far as the
 * dynamic linker can tell, another library), and makes its clients again from
 * the settings that were taken just before the fork.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include "engine.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of all below */
static char *library_path;
static ecf_library table;
static int loaded;
static int atfork_done;
static unsigned long generation = 1;
static client_object *clients;

/* The objects of definition trees that came along with a fork, until this
 * process has brought them back; and of which generation they were. */
static ecf_value objects;
static unsigned long objects_of;

/* Dispositions around the last load, for a child to undo what it changed. */
static struct sigaction before[NSIG], after[NSIG];
static int have_dispositions;

int ecf_came_along(unsigned long of)
{
    return of != 0 && of == __atomic_load_n(&objects_of, __ATOMIC_ACQUIRE) && ecf_library_loaded() != NULL;
}

/* Called by Python in front of os.fork(), with the GIL. Forks of other code, which
 * execs soon, do without: it may be a lot to copy. */
void ecf_objects_before_fork(void)
{
    pthread_mutex_lock(&lock);
    if (loaded) {
        ecf_value_release(&objects);
        if (table.objects_save(&objects, NULL) != ECF_OK)
            memset(&objects, 0, sizeof objects); /* the child's objects then say so */
    }
    pthread_mutex_unlock(&lock);
}

void ecf_objects_after_fork_in_parent(void)
{
    pthread_mutex_lock(&lock);
    if (loaded)
        ecf_value_release(&objects);
    pthread_mutex_unlock(&lock);
}

static void bring_back(const ecf_library *found)
{
    if (objects.type == ECF_BYTES && found->objects_restore(&objects, NULL) == ECF_OK)
        __atomic_store_n(&objects_of, generation - 1, __ATOMIC_RELEASE);
    ecf_value_release(&objects);
}

unsigned long ecf_generation(void) { return __atomic_load_n(&generation, __ATOMIC_ACQUIRE); }

int ecf_library_locate(const char *path)
{
    char *copy = strdup(path);
    if (copy == NULL)
        return -1;
    pthread_mutex_lock(&lock);
    free(library_path);
    library_path = copy;
    pthread_mutex_unlock(&lock);
    return 0;
}

/* ---- forks -------------------------------------------------------------- */

static void before_fork(void)
{
    pthread_mutex_lock(&lock);
    if (!loaded)
        return;
    for (client_object *c = clients; c != NULL; c = c->next) {
        if (c->handle == 0 || c->generation != generation)
            continue;
        ecf_value_release(&c->settings);
        /* A failure leaves nothing; the child then says so when it is asked. */
        (void)table.client_settings(c->handle, &c->settings, NULL);
    }
}

static void after_fork_in_parent(void)
{
    for (client_object *c = clients; c != NULL; c = c->next)
        if (c->generation == generation)
            ecf_value_release(&c->settings); /* may hold a password: not longer than needed */
    pthread_mutex_unlock(&lock);
}

static void after_fork_in_child(void)
{
    if (loaded) {
        loaded = 0;
        memset(&table, 0, sizeof table);
        __atomic_add_fetch(&generation, 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&lock);
}

void ecf_clients_add(client_object *client)
{
    pthread_mutex_lock(&lock);
    client->prev = NULL;
    client->next = clients;
    if (clients != NULL)
        clients->prev = client;
    clients = client;
    pthread_mutex_unlock(&lock);
}

void ecf_clients_remove(client_object *client)
{
    pthread_mutex_lock(&lock);
    if (client->prev != NULL)
        client->prev->next = client->next;
    else if (clients == client)
        clients = client->next;
    if (client->next != NULL)
        client->next->prev = client->prev;
    client->next = client->prev = NULL;
    pthread_mutex_unlock(&lock);
}

void ecf_clients_drop_settings(client_object *client)
{
    pthread_mutex_lock(&lock); /* a fork in a thread without the GIL may be writing them */
    ecf_value_release(&client->settings);
    pthread_mutex_unlock(&lock);
}

/* ---- signals ------------------------------------------------------------ */

static void dispositions(struct sigaction *into)
{
    for (int s = 1; s < NSIG; s++)
        if (sigaction(s, NULL, &into[s]) != 0)
            memset(&into[s], 0, sizeof into[s]);
}

static int same_handler(const struct sigaction *a, const struct sigaction *b)
{
    return a->sa_handler == b->sa_handler && a->sa_sigaction == b->sa_sigaction;
}

/* The runtime that died in the fork still owns some signals: give them back as
 * they were, or the new one would forward to it. */
static void forget_dead_handlers(void)
{
    if (!have_dispositions)
        return;
    for (int s = 1; s < NSIG; s++) {
        struct sigaction now;
        if (same_handler(&before[s], &after[s]) || sigaction(s, NULL, &now) != 0)
            continue;
        if (same_handler(&now, &after[s]))
            (void)sigaction(s, &before[s], NULL);
    }
}

void ecf_signals_on_stack(void)
{
    for (int s = 1; s < NSIG; s++) {
        struct sigaction act;
        if (sigaction(s, NULL, &act) != 0 || (act.sa_flags & SA_ONSTACK) != 0)
            continue;
        if (act.sa_handler == SIG_DFL || act.sa_handler == SIG_IGN)
            continue;
        act.sa_flags |= SA_ONSTACK;
        (void)sigaction(s, &act, NULL);
    }
}

/* Python sets the flag itself from 3.10 on. */
int ecf_signals_need_care(void)
{
    static int care = -1;
    if (care < 0) {
        int major = 0, minor = 0;
        care = sscanf(Py_GetVersion(), "%d.%d", &major, &minor) == 2 && major == 3 && minor < 10;
    }
    return care;
}

/* ---- loading ------------------------------------------------------------ */

static int copy_file(int from, int to)
{
    char buffer[1 << 16];
    for (;;) {
        ssize_t n = read(from, buffer, sizeof buffer);
        if (n == 0)
            return 0;
        if (n < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        for (ssize_t done = 0; done < n;) {
            ssize_t w = write(to, buffer + done, (size_t)(n - done));
            if (w < 0 && errno != EINTR)
                return -1;
            if (w > 0)
                done += w;
        }
    }
}

/* Opens a copy of the library: the linker knows a file by its inode. A copy in
 * memory is tried first, then one in the temporary directory. */
static void *open_copy(const char *path)
{
    void *handle = NULL;
    char name[4096];
    int from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return NULL;
    int to = (int)syscall(SYS_memfd_create, "libecflow", 1u /* MFD_CLOEXEC */);
    if (to >= 0 && copy_file(from, to) == 0) {
        snprintf(name, sizeof name, "/proc/self/fd/%d", to);
        handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    }
    if (to >= 0)
        close(to);
    if (handle == NULL) {
        const char *dir = getenv("TMPDIR");
        snprintf(name, sizeof name, "%s/libecflow.XXXXXX", dir != NULL && *dir ? dir : "/tmp");
        to = mkstemp(name);
        if (to >= 0) {
            if (lseek(from, 0, SEEK_SET) == 0 && copy_file(from, to) == 0)
                handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
            close(to);
            unlink(name);
        }
    }
    close(from);
    return handle;
}

static int resolve(void *handle, ecf_library *out, char *why, size_t size)
{
    struct {
        const char *name;
        void **to;
    } symbols[] = {
        {"ecf_abi_version", (void **)&out->abi_version},
        {"ecf_ops_fingerprint", (void **)&out->ops_fingerprint},
        {"ecf_version", (void **)&out->version},
        {"ecf_open_handles", (void **)&out->open_handles},
        {"ecf_test_panic", (void **)&out->test_panic},
        {"ecf_client_new", (void **)&out->client_new},
        {"ecf_client_settings", (void **)&out->client_settings},
        {"ecf_client_restore", (void **)&out->client_restore},
        {"ecf_release", (void **)&out->release},
        {"ecf_call", (void **)&out->call},
        {"ecf_do", (void **)&out->do_member},
        {"ecf_objects_save", (void **)&out->objects_save},
        {"ecf_objects_restore", (void **)&out->objects_restore},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *symbols[i].to = dlsym(handle, symbols[i].name);
        if (*symbols[i].to == NULL) {
            snprintf(why, size, "%s has no %s: it is not the library of this package", library_path, symbols[i].name);
            return -1;
        }
    }
    if (out->abi_version() != ECF_ABI_VERSION || out->ops_fingerprint() != ECF_OPS_FINGERPRINT) {
        snprintf(why, size, "%s is version %s, made for another version of this package", library_path, out->version());
        return -1;
    }
    return 0;
}

/* Called with the lock held, so it raises nothing: an exception may start a
 * collection, which may free a client, which takes the lock. A failure is told
 * in why instead. */
static int load(char *why, size_t size)
{
    if (library_path == NULL) {
        snprintf(why, size, "the place of libecflow.so is not known");
        return -1;
    }
    int first = generation == 1;
    if (!first)
        forget_dead_handlers();
    dispositions(before);
    void *handle = first ? dlopen(library_path, RTLD_NOW | RTLD_LOCAL) : open_copy(library_path);
    if (handle == NULL) {
        const char *reason = dlerror();
        snprintf(why, size, "cannot load %s: %s", library_path, reason != NULL ? reason : strerror(errno));
        return -1;
    }
    ecf_library found;
    memset(&found, 0, sizeof found);
    if (resolve(handle, &found, why, size) < 0)
        return -1; /* stays mapped: a Go runtime cannot be unloaded */
    dispositions(after);
    have_dispositions = 1;
    ecf_signals_on_stack();
    if (!atfork_done) {
        int err = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
        if (err != 0) {
            snprintf(why, size, "cannot watch for forks: %s", strerror(err));
            return -1;
        }
        atfork_done = 1;
    }
    bring_back(&found);
    table = found;
    __atomic_store_n(&loaded, 1, __ATOMIC_RELEASE);
    return 0;
}

const ecf_library *ecf_library_loaded(void)
{
    return __atomic_load_n(&loaded, __ATOMIC_ACQUIRE) ? &table : NULL;
}

const ecf_library *ecf_library_get(void)
{
    if (ecf_library_loaded() == NULL) {
        char why[2048];
        pthread_mutex_lock(&lock);
        int status = loaded ? 0 : load(why, sizeof why);
        pthread_mutex_unlock(&lock);
        if (status < 0) {
            PyErr_Format(PyExc_ImportError, "%s", why);
            return NULL;
        }
    }
    return &table;
}

/* The same two functions as in the library, whose copies this file does not
 * link to: a block of malloc() is a block of malloc(). */
void ecf_value_release(ecf_value *value)
{
    if (value->type >= ECF_STRING && value->type != ECF_OBJECT)
        free((void *)value->as.s);
    memset(value, 0, sizeof *value);
}

void ecf_error_release(ecf_error *err)
{
    free(err->message);
    free(err->details);
    memset(err, 0, sizeof *err);
}
