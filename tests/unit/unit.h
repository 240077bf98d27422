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

/* A test is written once, TEST(what_is_so) { … }, and enters itself, in the order of the file, before main.
 * With TEST_BETWEEN a function of its own runs before it and another behind it; all three see *state. */
#define TEST(name) TEST_BETWEEN(name, NULL, NULL)
#define TEST_BETWEEN(name, set_up, tear_down)                                  \
    static void name(void **state);                                            \
    __attribute__((constructor)) static void enter_##name(void)                \
    {                                                                          \
        unit_enter((struct CMUnitTest){#name, name, set_up, tear_down, NULL}); \
    }                                                                          \
    static void name(__attribute__((unused)) void **state)

/* The main of a file, behind its tests: what is done before the first and behind the last (NULL: nothing). */
#define UNIT_TESTS(set_up, tear_down)       \
    int main(void)                          \
    {                                       \
        return unit_run(set_up, tear_down); \
    }

void unit_enter(struct CMUnitTest test);
int unit_run(CMFixtureFunction set_up, CMFixtureFunction tear_down);

#endif
