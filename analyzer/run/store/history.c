/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run was made of (the plan's parts), and when and where it was done (its sessions). */
#include "records/free.h"
#include "store/internal.h"

#include <string.h>

PlanPart *plan_part_new(const char *kind, const char *name, const char *digest)
{
    PlanPart *part = g_new(PlanPart, 1);
    *part = (PlanPart){.kind = g_strdup(kind), .name = g_strdup(name), .digest = g_strdup(digest)};
    return part;
}

DEFINE_FREE(plan_part_free, PlanPart, part, g_free(part->kind), g_free(part->name), g_free(part->digest))

DEFINE_FREE(run_session_free, RunSession, session, g_free(session->host), g_free(session->observations_of),
            g_free(session->environment), g_free(session->started), g_free(session->finished))

/* ---- the plan's parts */

GPtrArray *store_list_parts(Store *store, GError **error)
{
    sqlite3_stmt *select =
        store_prepare(store, "SELECT kind, name, digest FROM plan_part ORDER BY ordinal", error);
    if (select == NULL)
        return NULL;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)plan_part_free);
    int row;
    while ((row = store_step_row(store, select, error)) > 0)
        g_ptr_array_add(parts, plan_part_new((const char *)sqlite3_column_text(select, 0),
                                             (const char *)sqlite3_column_text(select, 1),
                                             (const char *)sqlite3_column_text(select, 2)));
    return row < 0 ? NULL : g_steal_pointer(&parts);
}

/* (kind, name) -> digest, so that long plans are compared in one pass. */
static GHashTable *index_parts(const GPtrArray *parts)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < parts->len; i++) {
        const PlanPart *part = g_ptr_array_index(parts, i);
        g_hash_table_insert(index, g_strjoin("\t", part->kind, part->name, NULL), part->digest);
    }
    return index;
}

static const char *find_digest(GHashTable *index, const PlanPart *like)
{
    g_autofree char *key = g_strjoin("\t", like->kind, like->name, NULL);
    return g_hash_table_lookup(index, key);
}

/* At most this many differences are told one by one. */
enum { DIFFERENCES_TOLD = 4 };

char *store_explain_difference(Store *store, const GPtrArray *parts, GError **error)
{
    g_autoptr(GPtrArray) stored = store_list_parts(store, error);
    if (stored == NULL)
        return NULL;
    g_autoptr(GHashTable) stored_index = index_parts(stored);
    g_autoptr(GHashTable) index = index_parts(parts);
    g_autoptr(GPtrArray) differences = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < parts->len; i++) {
        const PlanPart *part = g_ptr_array_index(parts, i);
        const char *then = find_digest(stored_index, part);
        if (then == NULL)
            g_ptr_array_add(differences,
                            g_strdup_printf("%s “%s” was not part of it", part->kind, part->name));
        else if (strcmp(then, part->digest) != 0 && strcmp(part->kind, "program") == 0)
            g_ptr_array_add(differences, g_strdup_printf("it was made by %s %s, this is %s", part->name, then,
                                                         part->digest));
        else if (strcmp(then, part->digest) != 0)
            g_ptr_array_add(differences,
                            g_strdup_printf("%s “%s” has changed since", part->kind, part->name));
    }
    for (guint i = 0; i < stored->len; i++) {
        const PlanPart *then = g_ptr_array_index(stored, i);
        if (find_digest(index, then) == NULL)
            g_ptr_array_add(differences,
                            g_strdup_printf("%s “%s” is no longer part of it", then->kind, then->name));
    }
    if (differences->len == 0)
        return NULL;
    if (differences->len > DIFFERENCES_TOLD) {
        const guint more = differences->len - DIFFERENCES_TOLD;
        g_ptr_array_set_size(differences, DIFFERENCES_TOLD);
        g_ptr_array_add(differences, g_strdup_printf("and %u more", more));
    }
    g_ptr_array_add(differences, NULL);
    return g_strjoinv(", ", (char **)differences->pdata);
}

/* ---- sessions */

static char *format_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

int64_t store_begin_session(Store *store, int64_t workers, const char *observations_of, GError **error)
{
    sqlite3_stmt *insert = store_prepare(
        store, "INSERT INTO session (host, started, workers, observations_of) VALUES (?, ?, ?, ?)", error);
    if (insert == NULL)
        return 0;
    g_autofree char *now = format_now();
    store_bind_text(insert, 1, g_get_host_name());
    store_bind_text(insert, 2, now);
    sqlite3_bind_int64(insert, 3, workers);
    store_bind_text(insert, 4, observations_of);
    return store_step_done(store, insert, error) ? sqlite3_last_insert_rowid(store->database) : 0;
}

bool store_note_environment(Store *store, int64_t session, const char *environment, GError **error)
{
    sqlite3_stmt *update = store_prepare(store, "UPDATE session SET environment = ? WHERE id = ?", error);
    if (update == NULL)
        return false;
    store_bind_text(update, 1, environment);
    sqlite3_bind_int64(update, 2, session);
    return store_step_done(store, update, error);
}

bool store_end_session(Store *store, int64_t session, int64_t jobs, int64_t footage_us, double wall_s,
                       GError **error)
{
    sqlite3_stmt *update = store_prepare(
        store, "UPDATE session SET finished = ?, jobs = ?, footage_us = ?, wall_s = ? WHERE id = ?", error);
    if (update == NULL)
        return false;
    g_autofree char *now = format_now();
    store_bind_text(update, 1, now);
    sqlite3_bind_int64(update, 2, jobs);
    sqlite3_bind_int64(update, 3, footage_us);
    sqlite3_bind_double(update, 4, wall_s);
    sqlite3_bind_int64(update, 5, session);
    return store_step_done(store, update, error);
}

GPtrArray *store_list_sessions(Store *store, GError **error)
{
    sqlite3_stmt *select = store_prepare(store,
                                         "SELECT host, started, finished, workers, jobs, footage_us, wall_s, "
                                         "observations_of, environment FROM session ORDER BY id",
                                         error);
    if (select == NULL)
        return NULL;
    g_autoptr(GPtrArray) sessions = g_ptr_array_new_with_free_func((GDestroyNotify)run_session_free);
    int row;
    while ((row = store_step_row(store, select, error)) > 0) {
        RunSession *session = g_new0(RunSession, 1);
        session->host = store_column_text(select, 0);
        session->started = store_column_text(select, 1);
        session->finished = store_column_text(select, 2);
        session->workers = sqlite3_column_int64(select, 3);
        session->jobs = sqlite3_column_int64(select, 4);
        session->footage_us = sqlite3_column_int64(select, 5);
        session->wall_s = sqlite3_column_double(select, 6);
        session->observations_of = store_column_text(select, 7);
        session->environment = store_column_text(select, 8);
        g_ptr_array_add(sessions, session);
    }
    return row < 0 ? NULL : g_steal_pointer(&sessions);
}
