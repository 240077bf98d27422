/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, making and migrating a store. */
#include "store/store.h"

#include "records/free.h"
#include "store/internal.h"
#include "store/schema.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- statements and values */

/* SQLite does not keep the system's reason in every case: not where a file would grow beyond what is allowed
 * it.
 */
static const char *explain_io(const Store *store, const char *message)
{
    const int number = sqlite3_system_errno(store->database);
    struct rlimit limit;
    if (number != 0)
        return g_strerror(number);
    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        return "a file may not grow beyond the limit that is set here (ulimit -f)";
    return message;
}

bool store_fail(Store *store, GError **error)
{
    const int code = sqlite3_errcode(store->database);
    const char *message = sqlite3_errmsg(store->database);
    if (code == SQLITE_NOTADB)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "%s: found no SQLite database, expected the store of a run", store->path);
    else if (code == SQLITE_CORRUPT)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, "%s: the store is damaged (%s)",
                    store->path, message);
    else if (code == SQLITE_ERROR && g_str_has_prefix(message, "no such "))
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "%s: the store lacks a part that its version has (%s)", store->path, message);
    else if (code == SQLITE_FULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: the disk is full",
                    store->path);
    else if (code == SQLITE_IOERR)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be read or written: %s",
                    store->path, explain_io(store, message));
    else
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: the store cannot be used (%s)",
                    store->path, message);
    return false;
}

static void finalize_statement(gpointer data)
{
    sqlite3_finalize(data);
}

sqlite3_stmt *store_prepare(Store *store, const char *sql, GError **error)
{
    sqlite3_stmt *statement = g_hash_table_lookup(store->statements, sql);
    if (statement == NULL) {
        if (sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
            SQLITE_OK) {
            store_fail(store, error);
            return NULL;
        }
        g_hash_table_insert(store->statements, (gpointer)sql, statement);
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return statement;
}

int store_step_row(Store *store, sqlite3_stmt *statement, GError **error)
{
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return 1;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement);
        return 0;
    }
    store_fail(store, error);
    sqlite3_reset(statement);
    return -1;
}

bool store_step_done(Store *store, sqlite3_stmt *statement, GError **error)
{
    return store_step_row(store, statement, error) == 0;
}

bool store_execute(Store *store, const char *sql, GError **error)
{
    return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(store, error);
}

void store_rollback(Store *store)
{
    sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
}

void store_bind_text(sqlite3_stmt *statement, int parameter, const char *text)
{
    if (text != NULL)
        sqlite3_bind_text(statement, parameter, text, -1, SQLITE_TRANSIENT);
}

void store_bind_number(sqlite3_stmt *statement, int parameter, double number)
{
    if (!isnan(number))
        sqlite3_bind_double(statement, parameter, number);
}

void store_bind_time(sqlite3_stmt *statement, int parameter, int64_t t_us)
{
    if (t_us != TIME_UNKNOWN)
        sqlite3_bind_int64(statement, parameter, t_us);
}

char *store_column_text(sqlite3_stmt *statement, int column)
{
    return g_strdup((const char *)sqlite3_column_text(statement, column));
}

double store_column_number(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? (double)NAN
                                                                 : sqlite3_column_double(statement, column);
}

int64_t store_column_time(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? TIME_UNKNOWN
                                                                 : sqlite3_column_int64(statement, column);
}

/* ---- opening */

static bool read_pragma(Store *store, const char *sql, int64_t *value, GError **error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) != SQLITE_OK)
        return store_fail(store, error);
    const bool ok = sqlite3_step(statement) == SQLITE_ROW;
    if (ok)
        *value = sqlite3_column_int64(statement, 0);
    else
        store_fail(store, error);
    sqlite3_finalize(statement);
    return ok;
}

static Store *connect_database(const char *path, int flags, GError **error)
{
    Store *store = g_new0(Store, 1);
    store->path = g_strdup(path);
    store->statements = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, finalize_statement);
    if (sqlite3_open_v2(path, &store->database, flags, NULL) != SQLITE_OK) {
        store_fail(store, error);
        store_close(store);
        return NULL;
    }
    sqlite3_extended_result_codes(store->database, 0);
    sqlite3_busy_timeout(store->database, 10000);
    if (!store_execute(store,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                       "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON",
                       error)) {
        store_close(store);
        return NULL;
    }
    return store;
}

/* Brings the tables from version `from` to the newest, all or nothing. */
static bool migrate(Store *store, int64_t from, GError **error)
{
    int64_t newest = 0;
    while (store_migrations[newest] != NULL)
        newest++;
    if (from == newest)
        return true;
    if (from > newest) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found a store of version %" PRId64 ", expected at most %" PRId64
                    ": it was written by a newer program, which can read it",
                    store->path, from, newest);
        return false;
    }
    if (!store_execute(store, "BEGIN IMMEDIATE", error))
        return false;
    bool ok = true;
    for (int64_t version = from; ok && version < newest; version++)
        ok = store_execute(store, store_migrations[version], error);
    g_autofree char *stamp =
        g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %" PRId64 "; COMMIT",
                        STORE_APPLICATION_ID, newest);
    if (ok && store_execute(store, stamp, error))
        return true;
    store_rollback(store);
    return false;
}

/* "ok", or the first thing that is wrong with the file. */
static bool check_integrity(Store *store, GError **error)
{
    sqlite3_stmt *statement = store_prepare(store, "PRAGMA quick_check(1)", error);
    if (statement == NULL || store_step_row(store, statement, error) < 0)
        return false;
    g_autofree char *finding = store_column_text(statement, 0);
    sqlite3_reset(statement);
    if (g_strcmp0(finding, "ok") == 0)
        return true;
    g_strdelimit(finding, "\n", ' ');
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, "%s: the store is damaged (%s)", store->path,
                finding);
    return false;
}

static Store *refuse_foreign(const char *path, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found a database of another program, expected the store of a run", path);
    return NULL;
}

/* Looked at in the file itself, for opening a database writes to it: https://sqlite.org/fileformat.html, 1.3.
 */
static bool belongs_to_another(const char *path)
{
    static const char magic[16] = "SQLite format 3";
    unsigned char head[72];
    FILE *file = fopen(path, "rbe");
    const size_t got = file != NULL ? fread(head, 1, sizeof head, file) : 0;
    if (file != NULL)
        fclose(file);
    if (got < sizeof head || memcmp(head, magic, sizeof magic) != 0)
        return false; /* opening it says what is wrong */
    const guint32 id = (guint32)head[68] << 24 | (guint32)head[69] << 16 | (guint32)head[70] << 8 | head[71];
    return id != STORE_APPLICATION_ID;
}

Store *store_open(const char *path, GError **error)
{
    if (g_access(path, R_OK) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s, expected the store of a run", path,
                    g_strerror(errno));
        return NULL;
    }
    /* SQLite takes an empty file for an empty database. */
    GStatBuf status;
    if (g_stat(path, &status) == 0 && status.st_size == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "%s: found an empty file, expected the store of a run", path);
        return NULL;
    }
    if (belongs_to_another(path))
        return refuse_foreign(path, error);
    Store *store = connect_database(path, SQLITE_OPEN_READWRITE, error);
    if (store == NULL)
        return NULL;
    int64_t application = 0, version = 0;
    bool ok = read_pragma(store, "PRAGMA application_id", &application, error) &&
              read_pragma(store, "PRAGMA user_version", &version, error);
    if (ok && application != STORE_APPLICATION_ID) {
        refuse_foreign(path, error);
        ok = false;
    }
    ok = ok && check_integrity(store, error) && migrate(store, version, error) &&
         store_check_digests(store, error);
    if (ok)
        return store;
    store_close(store);
    return NULL;
}

DEFINE_FREE(store_close, Store, store, g_hash_table_unref(store->statements), sqlite3_close(store->database),
            g_free(store->path))

/* ---- making */

static bool insert_parts(Store *store, const GPtrArray *parts, GError **error)
{
    for (guint i = 0; i < parts->len; i++) {
        const PlanPart *part = g_ptr_array_index(parts, i);
        sqlite3_stmt *insert = store_prepare(
            store, "INSERT INTO plan_part (ordinal, kind, name, digest) VALUES (?, ?, ?, ?)", error);
        if (insert == NULL)
            return false;
        sqlite3_bind_int64(insert, 1, i);
        store_bind_text(insert, 2, part->kind);
        store_bind_text(insert, 3, part->name);
        store_bind_text(insert, 4, part->digest);
        if (!store_step_done(store, insert, error))
            return false;
    }
    return true;
}

/* “scenario”, or “scenario<tab>system”. */
static bool insert_use(Store *store, int64_t job, const char *user, GError **error)
{
    g_auto(GStrv) names = g_strsplit(user, "\t", 2);
    sqlite3_stmt *use =
        store_prepare(store,
                      names[1] != NULL ? "INSERT INTO job_engine (scenario, job, system) VALUES (?, ?, ?)"
                                       : "INSERT INTO job_use (scenario, job) VALUES (?, ?)",
                      error);
    if (use == NULL)
        return false;
    store_bind_text(use, 1, names[0]);
    sqlite3_bind_int64(use, 2, job);
    if (names[1] != NULL)
        store_bind_text(use, 3, names[1]);
    return store_step_done(store, use, error);
}

static bool insert_job(Store *store, const JobRecord *job, const GPtrArray *users, GError **error)
{
    sqlite3_stmt *insert = store_prepare(
        store, "INSERT INTO job (id, dataset, clip, condition, perception, engine) VALUES (?, ?, ?, ?, ?, ?)",
        error);
    if (insert == NULL)
        return false;
    sqlite3_bind_int64(insert, 1, job->index);
    store_bind_text(insert, 2, job->dataset);
    store_bind_text(insert, 3, job->clip);
    store_bind_text(insert, 4, job->condition);
    store_bind_text(insert, 5, job->perception);
    char *engine = job->engine != NULL ? json_dumps(job->engine, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    store_bind_text(insert, 6, engine);
    free(engine);
    if (!store_step_done(store, insert, error))
        return false;
    for (guint i = 0; i < users->len; i++) {
        if (!insert_use(store, job->index, g_ptr_array_index(users, i), error))
            return false;
    }
    return true;
}

static bool fill(Store *store, const GPtrArray *parts, const GPtrArray *jobs, const GPtrArray *uses,
                 GError **error)
{
    if (!migrate(store, 0, error) || !store_execute(store, "BEGIN IMMEDIATE", error))
        return false;
    bool ok = insert_parts(store, parts, error);
    for (guint i = 0; ok && i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        g_assert(job->index == (int64_t)i);
        ok = insert_job(store, job, g_ptr_array_index(uses, i), error);
    }
    if (ok && store_execute(store, "COMMIT", error))
        return true;
    store_rollback(store);
    return false;
}

/* A database's own name and those of its log. */
static void remove_database(const char *path)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL), *index = g_strconcat(path, "-shm", NULL);
    g_unlink(path);
    g_unlink(log);
    g_unlink(index);
}

Store *store_create(const char *path, const GPtrArray *parts, const GPtrArray *jobs, const GPtrArray *uses,
                    GError **error)
{
    g_assert(jobs->len == uses->len);
    if (g_access(path, F_OK) == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "%s: found a file, expected none: a new store is to be made there", path);
        return NULL;
    }
    g_autofree char *draft = g_strconcat(path, ".new", NULL);
    remove_database(draft);
    Store *store = connect_database(draft, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (store == NULL)
        return NULL;
    const bool filled = fill(store, parts, jobs, uses, error);
    store_close(store); /* the last to close moves the log into the file */
    if (filled && g_rename(draft, path) == 0)
        return store_open(path, error);
    if (filled)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made (%s)", path,
                    g_strerror(errno));
    remove_database(draft);
    return NULL;
}
