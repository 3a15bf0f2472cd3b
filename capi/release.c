/* Release functions: plain C, so that giving back never enters the Go runtime. */
#ifndef ECF_BUILDING_LIBRARY
#define ECF_BUILDING_LIBRARY
#endif
#include "ecflow.h"

#include <stdlib.h>

/* A result is one block of memory, whatever it holds. */
void ecf_value_release(ecf_value *value)
{
    if (value == NULL)
        return;
    if (value->type >= ECF_STRING && value->type != ECF_OBJECT)
        free((void *)value->as.s);
    memset(value, 0, sizeof *value);
}

void ecf_error_release(ecf_error *err)
{
    if (err == NULL)
        return;
    free(err->message);
    free(err->details);
    memset(err, 0, sizeof *err);
}
