/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of store/ share: the connection, prepared statements, error sentences. */
#ifndef VSAUDIT_STORE_INTERNAL_H
#define VSAUDIT_STORE_INTERNAL_H

#include "store/store.h"

#include <sqlite3.h>

struct Store {
    sqlite3 *database;
    char *path;
    GHashTable *statements; /* SQL text (static) -> sqlite3_stmt * */
};

/* The statement for `sql` (a string literal), reset and without values; kept by the store. NULL with an
 * error. */
sqlite3_stmt *store_prepare(Store *store, const char *sql, GError **error);
/* Sets the error from the connection's state: INTEGRITY when the file is damaged, else HARNESS. Returns
 * false. */
bool store_fail(Store *store, GError **error);
/* Runs a statement that returns no row, and resets it. */
bool store_step_done(Store *store, sqlite3_stmt *statement, GError **error);
/* 1: there is a row, 0: no more rows (the statement is reset), -1: an error. */
int store_step_row(Store *store, sqlite3_stmt *statement, GError **error);
/* SQL without values or rows. */
bool store_execute(Store *store, const char *sql, GError **error);
void store_rollback(Store *store);

/* Writes the digest of a job over all that is stored of its results; within the transaction that wrote them.
 */
bool store_write_digest(Store *store, int64_t job, GError **error);
/* Whether every job is as its digest says; INTEGRITY names the first that is not. */
bool store_check_digests(Store *store, GError **error);

/* 1-based parameters; NULL text, NAN and TIME_UNKNOWN become NULL. */
void store_bind_text(sqlite3_stmt *statement, int parameter, const char *text);
void store_bind_number(sqlite3_stmt *statement, int parameter, double number);
void store_bind_time(sqlite3_stmt *statement, int parameter, int64_t t_us);
/* 0-based columns, the inverse. */
char *store_column_text(sqlite3_stmt *statement, int column);
double store_column_number(sqlite3_stmt *statement, int column);
int64_t store_column_time(sqlite3_stmt *statement, int column);

#endif
