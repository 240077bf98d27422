/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors that a person reads, and the exit statuses that follow from them.
 *
 * Every function that can fail takes a `GError **error` last and sets it exactly when it fails. The message
 * is one sentence, set where the fault is seen, with its place ("file:line:column: path.to.key: found X,
 * expected Y"); a level above may prefix once (g_prefix_error). A caller's bug is an assertion, never a
 * GError. */
#ifndef VSAUDIT_RECORDS_ERROR_H
#define VSAUDIT_RECORDS_ERROR_H

#include <glib.h>
#include <stdbool.h>

#define VSAUDIT_ERROR (vsaudit_error_quark())

typedef enum {
    VSAUDIT_ERROR_USAGE,     /* the command line is wrong                        -> exit 2 */
    VSAUDIT_ERROR_INPUT,     /* a file given by the user is wrong or unreadable  -> exit 3 */
    VSAUDIT_ERROR_HARNESS,   /* the harness itself failed (disk full, worker lost) -> exit 4 */
    VSAUDIT_ERROR_INTEGRITY, /* something is not what its hash or signature says -> exit 5 */
} VsauditErrorCode;

typedef enum {
    EXIT_DONE = 0,          /* finished, no claim refuted */
    EXIT_CLAIM_REFUTED = 1, /* finished; a claim was refuted, or a --fail-on condition was met */
    EXIT_USAGE = 2,
    EXIT_BAD_INPUT = 3,
    EXIT_HARNESS = 4,
    EXIT_INTEGRITY = 5,
} ExitStatus;

GQuark vsaudit_error_quark(void);

/* Sets the error, “PLACE: …” or, where `place` is NULL, the words alone; false, for “return error_refuse(…)”.
 */
bool error_refuse(GError **error, VsauditErrorCode code, const char *place, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Reads a file whole, with a NUL behind its last byte; `length` may be NULL. False with an INPUT error,
 * “PATH: cannot be read: …”. Caller frees. */
bool error_read_file(const char *path, char **bytes, gsize *length, GError **error);

/* The exit status that stands for `error`; errors of other domains (GLib's file errors) count as bad input.
 */
ExitStatus vsaudit_error_exit_status(const GError *error);

#endif
