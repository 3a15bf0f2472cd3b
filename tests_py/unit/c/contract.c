/* contract.c - what ecflow.h promises. The first argument is the port of a peer
 * that answers, the second of one that never does. Prints "ok". */
#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ecflow.h"

#ifdef NDEBUG
#error "assertions are the test"
#endif

static const char *answering, *silent;

static ecf_handle new_client(const char *port)
{
    ecf_error err = {0};
    ecf_handle client = 0;
    assert(ecf_client_new("127.0.0.1", port, &client, &err) == ECF_OK);
    assert(client != 0);
    return client;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void names_and_numbers(void)
{
    assert(ecf_abi_version() == ECF_ABI_VERSION);
    assert(ecf_ops_fingerprint() == ECF_OPS_FINGERPRINT);
    assert(ecf_version()[0] != 0);
    assert(ecf_op("ping") == ECF_OP_PING && ecf_op("query") == ECF_OP_QUERY);
    assert(ecf_op("nonsense") == -1 && ecf_op(NULL) == -1);
}

static void stale_handles(void)
{
    ecf_error err = {0};
    ecf_handle client = new_client(answering), copy = client;
    assert(ecf_open_handles() == 1);
    assert(ecf_call(ECF_OP_PING, client, NULL, 0, NULL, NULL, NULL) == ECF_OK);
    ecf_release(&client, 1);
    ecf_release(&client, 1); /* twice does nothing */
    assert(ecf_open_handles() == 0);
    client = new_client(answering); /* the same place, another generation */
    assert(client != copy);
    assert(ecf_call(ECF_OP_PING, copy, NULL, 0, NULL, NULL, &err) == ECF_ARGUMENT);
    assert(strstr(err.message, "handle") != NULL && err.kind == ECF_ARGUMENT);
    ecf_error_release(&err);
    ecf_error_release(&err);
    assert(err.message == NULL);
    assert(ecf_call(ECF_OP_PING, 0, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_call(ECF_OP_PING, ~(ecf_handle)0, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_wait(client, 0, NULL, NULL, NULL) == ECF_ARGUMENT); /* a client is no call */
    assert(ecf_call_fd(client) == -1);
    ecf_handle many[3] = {client, 0, copy};
    ecf_release(many, 3);
    ecf_release(NULL, 0);
    assert(ecf_open_handles() == 0);
}

/* A tree by numbers: make a suite with a task, read names and paths, fail, release. */
static void trees(void)
{
    ecf_error err = {0};
    ecf_value suite = {0}, task = {0}, result = {0}, space[4], name = ecf_string("s");
    int64_t before = ecf_open_handles();
    assert(ecf_member_number_of("Suite.__init__") == ECF_DO_Suite___init__);
    assert(ecf_member_number_of("Suite.nonsense") == -1 && ecf_member_number_of(NULL) == -1);
    assert(ecf_do(ECF_DO_Suite___init__, 0, 0, &name, 1, NULL, &suite, &err) == ECF_OK);
    assert(suite.type == ECF_OBJECT && (suite.reserved & 0xffff) == ECF_CLASS_Suite);
    ecf_handle s = (ecf_handle)suite.as.i;

    name = ecf_string("t");
    assert(ecf_do(ECF_DO_NodeContainer_add_task, 0, s, &name, 1, NULL, &task, &err) == ECF_OK);
    ecf_handle t = (ecf_handle)task.as.i;
    assert(ecf_do(ECF_DO_NodeContainer_add_task, 0, s, &name, 1, NULL, &result, &err) == ECF_ARGUMENT);
    assert(strstr(err.message, "already exists") != NULL && result.type == ECF_NIL);
    ecf_error_release(&err);

    /* A result in the caller's memory is not released. */
    result = (ecf_value){ECF_BYTES, 0, sizeof space, {0}};
    result.as.items = space;
    assert(ecf_do(ECF_DO_Node_get_abs_node_path, 0, t, NULL, 0, NULL, &result, &err) == ECF_OK);
    assert(result.as.items == space && strcmp(result.as.s, "/s/t") == 0);

    result = (ecf_value){0};
    assert(ecf_do(ECF_DO_NodeContainer_nodes, 0, s, NULL, 0, NULL, &result, &err) == ECF_OK);
    assert(result.type == ECF_NODES && result.size == 1 && (ecf_handle)result.as.items[0].as.i == t);
    assert(strcmp(result.as.items[1].as.s, "/s/t") == 0 && result.as.items[0].size == 1);
    ecf_handle again = (ecf_handle)result.as.items[0].as.i;
    ecf_value_release(&result);

    ecf_release(&again, 1); /* handed out twice, released twice */
    assert(ecf_do(ECF_DO_Node_name, 0, t, NULL, 0, NULL, NULL, &err) == ECF_OK);
    assert(ecf_do(ECF_DO_Meter_name, 0, t, NULL, 0, NULL, NULL, &err) == ECF_ARGUMENT); /* another class */
    ecf_error_release(&err);
    ecf_release(&s, 1);
    name = ecf_string("a task keeps its tree");
    assert(ecf_do(ECF_DO_Node_get_parent, 0, t, NULL, 0, NULL, &result, &err) == ECF_OK && result.type == ECF_OBJECT);
    s = (ecf_handle)result.as.i;
    ecf_release(&s, 1);
    ecf_release(&t, 1);
    assert(ecf_do(ECF_DO_Node_name, 0, t, NULL, 0, NULL, NULL, &err) == ECF_ARGUMENT); /* stale */
    ecf_error_release(&err);
    assert(ecf_do(-1, 0, 0, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT && ecf_do(ECF_DO_COUNT, 0, 0, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_do(ECF_DO_Node_name, 99, 0, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_open_handles() == before);
}

static void arguments(void)
{
    ecf_error err = {0};
    ecf_handle client = new_client(answering);
    ecf_arg query[] = {{"query_type", ecf_string("variable")}, {"path_to_attribute", ecf_string("/a")}, {"attribute", ecf_string("x")}};
    ecf_value result = {0};
    assert(ecf_call(ECF_OP_QUERY, client, query, 3, NULL, &result, &err) == ECF_OK);
    assert(result.type == ECF_STRING && strcmp(result.as.s, "hello") == 0 && result.size == 5);
    ecf_value_release(&result);
    ecf_value_release(&result);
    assert(result.type == ECF_NIL);

    ecf_value paths[] = {ecf_string("/a"), ecf_string("/b")};
    ecf_arg suspend[] = {{"paths", ecf_list(paths, 2)}};
    assert(ecf_call(ECF_OP_SUSPEND, client, suspend, 1, NULL, NULL, &err) == ECF_OK);

    ecf_arg wrong[] = {{"nonsense", ecf_int(1)}};
    assert(ecf_call(ECF_OP_SUSPEND, client, wrong, 1, NULL, NULL, &err) == ECF_ARGUMENT);
    assert(strstr(err.message, "nonsense") != NULL);
    ecf_error_release(&err);
    ecf_arg type[] = {{"paths", ecf_int(1)}};
    assert(ecf_call(ECF_OP_SUSPEND, client, type, 1, NULL, NULL, NULL) == ECF_ARGUMENT);
    ecf_arg mixed[] = {{"paths", ecf_list((ecf_value[]){ecf_string("/a"), ecf_int(1)}, 2)}};
    assert(ecf_call(ECF_OP_SUSPEND, client, mixed, 1, NULL, NULL, NULL) == ECF_ARGUMENT);
    ecf_arg unknown[] = {{"paths", {99, 0, 0, {0}}}};
    assert(ecf_call(ECF_OP_SUSPEND, client, unknown, 1, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_call(-1, client, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_call(ECF_OP_COUNT, client, NULL, 0, NULL, NULL, NULL) == ECF_ARGUMENT);
    ecf_release(&client, 1);
}

static void errors_have_details(void)
{
    ecf_error err = {0};
    ecf_handle client = 0;
    assert(ecf_client_new("h", "nonsense", &client, &err) == ECF_ARGUMENT && client == 0);
    assert(strstr(err.details, "\"kind\":\"argument\"") != NULL);
    ecf_error_release(&err);
}

static void null_pointers(void)
{
    ecf_handle client = new_client(answering);
    assert(ecf_client_new(NULL, NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_client_settings(client, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_client_restore(NULL, NULL, NULL) == ECF_ARGUMENT);
    assert(ecf_start(ECF_OP_PING, client, NULL, 0, NULL, NULL) == ECF_ARGUMENT);
    ecf_arg nameless[] = {{NULL, ecf_int(1)}};
    assert(ecf_call(ECF_OP_SUSPEND, client, nameless, 1, NULL, NULL, NULL) == ECF_ARGUMENT);
    ecf_arg empty[] = {{"paths", ecf_list(NULL, 3)}};
    assert(ecf_call(ECF_OP_SUSPEND, client, empty, 1, NULL, NULL, NULL) == ECF_OK);
    assert(ecf_call(ECF_OP_PING, client, NULL, -5, NULL, NULL, NULL) == ECF_OK);
    ecf_value_release(NULL);
    ecf_error_release(NULL);
    ecf_release(&client, 1);
}

static int count_down(void *data) { return --*(int *)data == 0; }

static void watched_calls_end(void)
{
    ecf_handle client = new_client(silent);
    int left = 3;
    ecf_watch watch = {count_down, NULL, &left, 10, 0};
    double start = now();
    ecf_error err = {0};
    assert(ecf_call(ECF_OP_PING, client, NULL, 0, &watch, NULL, &err) == ECF_CANCELLED);
    assert(now() - start < 1);
    ecf_error_release(&err);
    ecf_release(&client, 1);
}

static void started_calls(void)
{
    ecf_error err = {0};
    ecf_handle client = new_client(answering), call = 0;
    int32_t finished = 0;
    ecf_value result = {0};
    assert(ecf_start(ECF_OP_SERVER_VERSION, client, NULL, 0, &call, &err) == ECF_OK);
    assert(ecf_open_handles() == 2);
    struct pollfd p = {ecf_call_fd(call), POLLIN, 0};
    assert(p.fd >= 0 && poll(&p, 1, 5000) == 1);
    assert(ecf_wait(call, 0, &finished, &result, &err) == ECF_OK && finished);
    assert(strcmp(result.as.s, "hello") == 0);
    ecf_value_release(&result);
    assert(ecf_wait(call, -1, NULL, NULL, NULL) == ECF_ARGUMENT); /* fetched already */
    ecf_release(&client, 1);

    client = new_client(silent);
    assert(ecf_start(ECF_OP_PING, client, NULL, 0, &call, &err) == ECF_OK);
    assert(ecf_wait(call, 50, &finished, NULL, NULL) == ECF_TIMEOUT && !finished);
    double start = now();
    assert(ecf_cancel(call, &err) == ECF_OK);
    assert(ecf_wait(call, -1, NULL, NULL, NULL) == ECF_CANCELLED && now() - start < 1);
    assert(ecf_start(ECF_OP_PING, client, NULL, 0, &call, &err) == ECF_OK);
    ecf_release(&client, 1); /* the call goes on */
    ecf_release(&call, 1);   /* and is cancelled */
    assert(ecf_open_handles() == 0);
}

static void settings_travel(void)
{
    ecf_handle client = new_client(answering), again = 0;
    ecf_arg password[] = {{"password", ecf_string("secret \xff")}};
    assert(ecf_call(ECF_OP_SET_PASSWORD, client, password, 1, NULL, NULL, NULL) == ECF_OK);
    ecf_value settings = {0}, port = {0};
    assert(ecf_client_settings(client, &settings, NULL) == ECF_OK && settings.type == ECF_BYTES);
    assert(ecf_client_restore(&settings, &again, NULL) == ECF_OK);
    assert(ecf_call(ECF_OP_GET_PORT, again, NULL, 0, NULL, &port, NULL) == ECF_OK);
    assert(strcmp(port.as.s, answering) == 0);
    ecf_value_release(&port);
    ecf_value_release(&settings);
    ecf_value junk = ecf_string("junk");
    junk.type = ECF_BYTES;
    assert(ecf_client_restore(&junk, &client, NULL) == ECF_ARGUMENT);
    ecf_release(&client, 1);
    ecf_release(&again, 1);
}

static void *pinger(void *client)
{
    for (int i = 0; i < 50; i++) {
        ecf_value result = {0};
        if (ecf_call(ECF_OP_SERVER_VERSION, *(ecf_handle *)client, NULL, 0, NULL, &result, NULL) != ECF_OK)
            return client;
        ecf_value_release(&result);
    }
    return NULL;
}

static void many_threads(void)
{
    ecf_handle client = new_client(answering);
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        assert(pthread_create(&threads[i], NULL, pinger, &client) == 0);
    for (int i = 0; i < 8; i++) {
        void *failed = NULL;
        assert(pthread_join(threads[i], &failed) == 0 && failed == NULL);
    }
    ecf_release(&client, 1);
}

static void a_panic_poisons(void)
{
    ecf_error err = {0};
    ecf_handle client = new_client(answering);
    assert(ecf_test_panic(&err) == ECF_ARGUMENT); /* not asked for */
    ecf_error_release(&err);
    setenv("ECFLOW_TEST_PANIC", "1", 1);
    assert(ecf_test_panic(&err) == ECF_INTERNAL);
    ecf_error_release(&err);
    assert(ecf_call(ECF_OP_PING, client, NULL, 0, NULL, NULL, &err) == ECF_INTERNAL);
    assert(strstr(err.message, "defect") != NULL);
    ecf_error_release(&err);
}

int main(int argc, char **argv)
{
    assert(argc == 3);
    answering = argv[1];
    silent = argv[2];
    names_and_numbers();
    stale_handles();
    arguments();
    trees();
    errors_have_details();
    null_pointers();
    watched_calls_end();
    started_calls();
    settings_travel();
    many_threads();
    assert(ecf_open_handles() == 0);
    a_panic_poisons(); /* last */
    puts("ok");
    return 0;
}
