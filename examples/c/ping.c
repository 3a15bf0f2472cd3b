/* ping.c - ask an ecFlow server for a sign of life, and for its version.
 *
 *     cc -I capi -o ping examples/c/ping.c -L python/ecflow -lecflow -Wl,-rpath,python/ecflow
 *     ./ping localhost 3141
 */
#include <stdio.h>

#include "ecflow.h"

static int fail(const char *what, ecf_error *err)
{
    fprintf(stderr, "%s: %s\n", what, err->message);
    ecf_error_release(err);
    return 1;
}

int main(int argc, char **argv)
{
    ecf_error err = {0};
    ecf_handle client = 0;
    int status = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        return 2;
    }
    if (ecf_client_new(argv[1], argv[2], &client, &err) != ECF_OK)
        return fail("client", &err);

    /* No arguments, no result, nobody to interrupt. */
    if (ecf_call(ECF_OP_PING, client, NULL, 0, NULL, NULL, &err) != ECF_OK) {
        status = fail("ping", &err);
    }
    else {
        /* A result belongs to the caller. */
        ecf_value version = {0};
        if (ecf_call(ECF_OP_SERVER_VERSION, client, NULL, 0, NULL, &version, &err) != ECF_OK)
            status = fail("server_version", &err);
        else
            printf("server %s:%s is version %s\n", argv[1], argv[2], version.as.s);
        ecf_value_release(&version);
    }

    ecf_release(&client, 1);
    return status;
}
