/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program said about one clip: its alerts, each decided at a time that is the harness's. Inside
 * systems/ only. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_BOOK_H
#define VSAUDIT_SYSTEMS_PROGRAM_BOOK_H

#include "records/event.h"
#include "systems/program_line.h"

typedef struct {
    GPtrArray *behaviours; /* of char *: those that are asked for */
    GPtrArray *alerts;     /* of Alert *, as they came */
    GHashTable *open;      /* id -> Alert * that may still be ended */
    GHashTable *ids;       /* all ids that were given */
} ProgramBook;

/* `behaviours` is NULL-terminated, copied. */
ProgramBook *program_book_new(const char *const *behaviours);
/* Takes an “alert” or an “alert-end” that was printed when the program had been shown the clip up to `now_us`
 * (< 0: no picture yet). False with an INPUT error. */
bool program_book_take(ProgramBook *book, const ProgramLine *line, int64_t now_us, GError **error);
/* The clip is over: what has no end ends at end_us, and what begins there begins in the last microsecond
 * before it: all that was watched lies before end_us. */
void program_book_close(ProgramBook *book, int64_t end_us);
void program_book_free(ProgramBook *book); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ProgramBook, program_book_free)

#endif
