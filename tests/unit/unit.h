/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every test in C includes, last of all: cmocka with what it wants before it, and the main of a file. */
#ifndef VSAUDIT_UNIT_H
#define VSAUDIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What is given, and what must come of it: for tables of cases. */
typedef struct {
    const char *given, *expected;
} TestPair;

/* The tests of a file in their order, between what is done before the first and behind the last (NULL:
 * nothing): UNIT_TESTS(NULL, NULL, cmocka_unit_test(one), cmocka_unit_test(another)) */
#define UNIT_TESTS(set_up, tear_down, ...)                       \
    int main(void)                                               \
    {                                                            \
        const struct CMUnitTest tests[] = {__VA_ARGS__};         \
        return cmocka_run_group_tests(tests, set_up, tear_down); \
    }

#endif
