/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a job's worker said, held by a digest: alerts that are taken out of the store by hand are told. */
#include "store/internal.h"

#include <string.h>

/* Those that have rows at all times, and those that have none in a store of an older program. */
static const char *const parts[] = {
    "SELECT dataset, clip, condition, perception, status, fault, reason, quality, duration_us, aspect,"
    " file_sha256, observations FROM job WHERE id = ?",
    "SELECT scenario, system, reason, counters, series FROM look WHERE job = ? ORDER BY scenario, system",
    "SELECT look.scenario, look.system, ordinal, behaviour, label, onset_us, decided_us, end_us, confidence,"
    " x, y, w, h, track_ids, note FROM look JOIN alert ON alert.look = look.id WHERE job = ?"
    " ORDER BY look.scenario, look.system, ordinal",
    "SELECT scenario, system, said FROM look WHERE job = ? AND said IS NOT NULL ORDER BY scenario, system",
    "SELECT engine FROM job WHERE id = ? AND engine IS NOT NULL",
    "SELECT scenario, system FROM job_engine WHERE job = ? ORDER BY scenario, system",
};
enum { PARTS_OF_OLD = 3 };

/* A value with its type and length, so that no two rows give the same bytes. */
static void add_value(GChecksum *sum, sqlite3_stmt *row, int column)
{
    const int type = sqlite3_column_type(row, column);
    g_autofree char *head = NULL;
    if (type == SQLITE_INTEGER) {
        head = g_strdup_printf("i%" PRId64 ";", (int64_t)sqlite3_column_int64(row, column));
    } else if (type == SQLITE_FLOAT) {
        head = g_strdup_printf("r%a;", sqlite3_column_double(row, column));
    } else if (type == SQLITE_NULL) {
        head = g_strdup("n;");
    } else {
        const char *text = (const char *)sqlite3_column_text(row, column);
        head = g_strdup_printf("t%d;%s", sqlite3_column_bytes(row, column), text);
    }
    g_checksum_update(sum, (const guchar *)head, -1);
}

/* Caller frees; NULL with an error. */
static char *digest_of(Store *store, int64_t job, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        sqlite3_stmt *select = store_prepare(store, parts[i], error);
        if (select == NULL)
            return NULL;
        sqlite3_bind_int64(select, 1, job);
        int code;
        bool any = i < PARTS_OF_OLD;
        while ((code = store_step_row(store, select, error)) > 0) {
            for (int column = 0; column < sqlite3_column_count(select); column++)
                add_value(sum, select, column);
            g_checksum_update(sum, (const guchar *)"\n", 1);
            any = true;
        }
        if (code < 0)
            return NULL;
        if (any)
            g_checksum_update(sum, (const guchar *)"\n", 1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

bool store_write_digest(Store *store, int64_t job, GError **error)
{
    g_autofree char *digest = digest_of(store, job, error);
    sqlite3_stmt *update =
        digest != NULL ? store_prepare(store, "UPDATE job SET digest = ? WHERE id = ?", error) : NULL;
    if (update == NULL)
        return false;
    store_bind_text(update, 1, digest);
    sqlite3_bind_int64(update, 2, job);
    return store_step_done(store, update, error);
}

static bool check_job(Store *store, int64_t job, const char *clip, const char *condition, const char *stated,
                      GError **error)
{
    if (stated != NULL && *stated == '\0')
        return true; /* of an older program */
    g_autofree char *digest = digest_of(store, job, error);
    if (digest == NULL)
        return false;
    if (g_strcmp0(digest, stated) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: what is stored of clip “%s” (%s) is not what its replay gave: it was altered since; "
                "run it again into another folder, or with --again",
                store->path, clip, condition);
    return false;
}

bool store_check_digests(Store *store, GError **error)
{
    sqlite3_stmt *select = store_prepare(
        store, "SELECT id, clip, condition, digest FROM job WHERE status <> 'pending' ORDER BY id", error);
    if (select == NULL)
        return false;
    int row;
    while ((row = store_step_row(store, select, error)) > 0) {
        if (!check_job(store, sqlite3_column_int64(select, 0), (const char *)sqlite3_column_text(select, 1),
                       (const char *)sqlite3_column_text(select, 2),
                       (const char *)sqlite3_column_text(select, 3), error)) {
            sqlite3_reset(select);
            return false;
        }
    }
    return row == 0;
}
