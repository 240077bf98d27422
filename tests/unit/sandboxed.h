/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the tests of the sandbox: what a confined child tries, and how it ends. */
#ifndef VSAUDIT_TESTS_SANDBOXED_H
#define VSAUDIT_TESTS_SANDBOXED_H

#include "sandbox/sandbox.h"

#include <sys/types.h>

/* Made by set_up, removed by tear_down. */
extern char *sandboxed_scratch;  /* may be written */
extern char *sandboxed_readable; /* a file that may be read */
extern char *sandboxed_outside;  /* a file that may not be touched */
int sandboxed_set_up(void **state);
int sandboxed_tear_down(void **state);

extern Sandbox *sandboxed_last; /* of the program that was tried last */

typedef int (*Act)(void); /* what the child ends with */

enum { SANDBOXED_NOT_ENTERED = 200 }; /* what it ends with when it could not be confined */

/* What fails ends with its errno. */
int sandboxed_number(long result);
int sandboxed_read(void); /* the file that may be read */
int sandboxed_work(void); /* without end */

void sandboxed_spec(SandboxSpec *spec, SandboxKind kind);
pid_t sandboxed_start(const SandboxSpec *spec, Act act);
/* The status of a child that tries; of a worker or of a program. */
int sandboxed_try_with(const SandboxSpec *spec, Act act);
int sandboxed_try(SandboxKind kind, Act act);
void assert_ends_with(int status, int number);
void assert_killed_by(int status, int number);
void assert_explained(int status, const char *words);
/* Both kinds. */
void assert_each(Act act, int number);

#endif
