/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft/draft.h"

#include "config/names.h"
#include "config/provenance.h"
#include "draft/draft_text.h"
#include "records/free.h"
#include "records/save.h"
#include "truth/truth.h"

#include <string.h>

#define MARK \
    "# Drafted by “vsaudit score --truth”, which writes it anew. Copy this folder before you change it.\n"

typedef struct {
    char *id;         /* of the system */
    const char *path; /* the user's file */
    char *copy;       /* its name in the folder */
    AlertLog *log;
} DraftLog;

typedef struct {
    Draft *draft;
    const char *folder;
    const Truth *truth;
    GPtrArray *logs;       /* of DraftLog * */
    GPtrArray *clips;      /* of const char *, in the order of their first coverage */
    GHashTable *lengths;   /* clip -> int64_t *: the latest time that the files name */
    GHashTable *watched;   /* “clip\nbehaviour” that has coverage */
    GPtrArray *behaviours; /* of const char *, sorted */
} Drafting;

DEFINE_DESTROY(log_free, DraftLog, log, g_free(log->id), g_free(log->copy), alert_log_free(log->log))

/* ---- what the files hold */

static void lengthen(const Drafting *drafting, const char *clip, int64_t t_us)
{
    int64_t *length_us = g_hash_table_lookup(drafting->lengths, clip);
    if (length_us != NULL)
        *length_us = MAX(*length_us, t_us);
}

static void add_clip(const Drafting *drafting, const char *clip)
{
    if (g_hash_table_contains(drafting->lengths, clip))
        return;
    g_hash_table_insert(drafting->lengths, (gpointer)clip, g_new0(int64_t, 1));
    g_ptr_array_add(drafting->clips, (gpointer)clip);
}

static char *watch_key(const char *clip, const char *behaviour)
{
    return g_strdup_printf("%s\n%s", clip, behaviour);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Clips of events alone are taken too: the loader then says of their rows that coverage is missing. */
static void collect_truth(const Drafting *drafting)
{
    const Truth *truth = drafting->truth;
    for (guint i = 0; i < truth->coverage->len; i++) {
        const TruthCoverage *entry = &g_array_index(truth->coverage, TruthCoverage, i);
        add_clip(drafting, entry->clip);
        lengthen(drafting, entry->clip, entry->span.end_us);
        g_hash_table_add(drafting->watched, watch_key(entry->clip, entry->behaviour));
        if (!g_ptr_array_find_with_equal_func(drafting->behaviours, entry->behaviour, g_str_equal, NULL))
            g_ptr_array_add(drafting->behaviours, (gpointer)entry->behaviour);
    }
    for (guint i = 0; i < truth->events->len; i++) {
        const TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        add_clip(drafting, entry->clip);
        lengthen(drafting, entry->clip, entry->event->end_us);
    }
    g_ptr_array_sort(drafting->behaviours, compare_names);
}

static bool require_coverage(const Truth *truth, GError **error)
{
    if (truth->coverage->len > 0)
        return true;
    const TruthEvent *first = truth->events->len > 0 ? &g_array_index(truth->events, TruthEvent, 0) : NULL;
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
        "%s: found no coverage, expected for every clip and behaviour that was watched a row that says from "
        "when to when, since only watched time counts: under the heading kind,clip,behaviour,start_s,end_s "
        "the row coverage,%s,%s,0,3600",
        truth->file, first != NULL ? first->clip : "cam1",
        first != NULL ? first->event->behaviour : "camera-tampering");
    return false;
}

/* Alerts that no scenario will look at are told, not swallowed. */
static void note_unwatched(const Drafting *drafting, const DraftLog *log)
{
    guint unwatched = 0;
    const char *example = NULL;
    for (guint i = 0; i < log->log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->log->rows, AlertRow, i);
        if (!g_hash_table_contains(drafting->lengths, row->clip))
            continue; /* refused later, with its row */
        lengthen(drafting, row->clip, row->alert->onset_us);
        g_autofree char *key = watch_key(row->clip, row->alert->behaviour);
        if (g_hash_table_contains(drafting->watched, key))
            continue;
        if (unwatched++ == 0)
            example = row->alert->behaviour;
    }
    if (unwatched > 0)
        g_ptr_array_add(drafting->draft->notes,
                        g_strdup_printf("%s: %u alert%s not counted, on clips that were not watched for the "
                                        "behaviour (%s …)",
                                        log->path, unwatched, unwatched == 1 ? " is" : "s are", example));
}

/* What is to be said of a log by itself, and beside those before it. */
static void note_log(const Drafting *drafting, const DraftLog *log)
{
    GPtrArray *notes = drafting->draft->notes;
    alert_log_collapse(log->log);
    g_autofree char *repeats = alert_log_describe_repeats(log->log);
    if (repeats != NULL)
        g_ptr_array_add(notes, g_strdup_printf("%s: %s", log->path, repeats));
    if (log->log->rows->len == 0)
        g_ptr_array_add(notes, g_strdup_printf("%s: %s", log->path, ALERT_LOG_EMPTY));
    for (guint i = 0; i < drafting->logs->len; i++) {
        const DraftLog *other = g_ptr_array_index(drafting->logs, i);
        if (other != log && other->log != NULL && alert_log_same(log->log, other->log))
            g_ptr_array_add(notes, g_strdup_printf("%s: warning: holds the very alerts of %s: one log twice?",
                                                   log->path, other->path));
    }
    note_unwatched(drafting, log);
}

/* ---- names */

static bool is_taken(const Drafting *drafting, const char *id)
{
    if (strcmp(id, "silence") == 0)
        return true;
    for (guint i = 0; i < drafting->logs->len; i++) {
        if (strcmp(((const DraftLog *)g_ptr_array_index(drafting->logs, i))->id, id) == 0)
            return true;
    }
    return false;
}

static DraftLog *name_log(const Drafting *drafting, const char *argument, GError **error)
{
    DraftLog *log = g_new0(DraftLog, 1);
    log->id = draft_split_log(argument, &log->path);
    const char *dot = strrchr(log->path, '.');
    const char *slash = strrchr(log->path, '/');
    if (is_taken(drafting, log->id)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--alerts: found the system “%s” a second time, expected a name of its own for each: "
                    "--alerts NAME=%s",
                    log->id, log->path);
        log_free(log);
        return NULL;
    }
    log->copy =
        g_strdup_printf("alerts-%s%s", log->id, dot != NULL && (slash == NULL || dot > slash) ? dot : ".csv");
    return log;
}

/* ---- writing */

/* Anything that is no draft belongs to somebody. */
static bool write_draft(const Drafting *drafting, const char *name, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(drafting->folder, name, NULL);
    g_autofree char *before = NULL;
    if (g_file_get_contents(path, &before, NULL, NULL) && !g_str_has_prefix(before, MARK)) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found a file that is no draft, expected another folder (-o), or to score it as it is: "
            "vsaudit score %s",
            path, drafting->draft->audit);
        return false;
    }
    g_autofree char *whole = g_strconcat(MARK, text->str, NULL);
    return save_file(path, whole, -1, error);
}

static bool copy_file(const Drafting *drafting, const char *from, const char *name, GError **error)
{
    g_autofree char *bytes = NULL, *to = g_build_filename(drafting->folder, name, NULL);
    gsize length = 0;
    if (!g_file_get_contents(from, &bytes, &length, error) || !save_file(to, bytes, (gssize)length, error))
        return false;
    g_ptr_array_add(drafting->draft->copies, g_steal_pointer(&to));
    g_ptr_array_add(drafting->draft->originals, g_strdup(from));
    return true;
}

static bool write_dataset(const Drafting *drafting, const char *truth_copy, GError **error)
{
    g_autofree char *base = g_path_get_basename(drafting->truth->file);
    g_autoptr(GString) out = g_string_new("schema: vsaudit/dataset/1\nid: draft\ntitle: ");
    draft_append_quoted(out, base);
    g_string_append(out, "\nlicence: unknown  # put it in, with source: where the clips come from\ntruth: [");
    draft_append_quoted(out, truth_copy);
    g_string_append(out, "]\n");
    draft_append_provenance(out);
    g_string_append(
        out, "# duration_s is the latest time that truth and alerts name. To run systems on the video, "
             "add file: or\n"
             "# sha256: to each clip; clips of one camera should say so (camera: name), since alerts of "
             "one camera are\n"
             "# not independent of each other.\n"
             "clips:\n");
    for (guint i = 0; i < drafting->clips->len; i++) {
        const char *clip = g_ptr_array_index(drafting->clips, i);
        const int64_t *length_us = g_hash_table_lookup(drafting->lengths, clip);
        g_autofree char *length = time_format_seconds(*length_us);
        g_string_append(out, "  - {id: ");
        draft_append_quoted(out, clip);
        g_string_append_printf(out, ", duration_s: %s}\n", length);
    }
    return write_draft(drafting, "dataset.yaml", out, error);
}

static bool write_scenario(const Drafting *drafting, const char *id, const char *file, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    draft_append_scenario_head(out, id);
    g_string_append(out, "systems:\n");
    for (guint i = 0; i < drafting->logs->len; i++) {
        const DraftLog *log = g_ptr_array_index(drafting->logs, i);
        g_string_append_printf(out, "  - {id: %s, kind: alerts, path: ", log->id);
        draft_append_quoted(out, log->copy);
        g_string_append(out, "}\n");
    }
    g_string_append(out, "  - {id: silence, kind: \"null\"}  # never alerts: the floor of every measure\n");
    g_string_append(out, draft_claim_example);
    return write_draft(drafting, file, out, error);
}

static bool write_audit(const Drafting *drafting, GError **error)
{
    g_autofree char *base = g_path_get_basename(drafting->truth->file);
    g_autoptr(GString) out = g_string_new("schema: vsaudit/audit/1\nid: draft\ntitle:\n");
    draft_append_pair(out, phrase_own(phrase_new("draft.title_of_audit"), "truth", base));
    g_string_append(out, "scenarios:\n");
    for (guint i = 0; i < drafting->behaviours->len; i++) {
        const char *id = g_ptr_array_index(drafting->behaviours, i);
        g_autofree char *file = g_strdup_printf("scenario-%s.yaml", id);
        if (!write_scenario(drafting, id, file, error))
            return false;
        g_string_append_printf(out, "  - %s\n", file);
    }
    draft_append_keys(out, "conflict_of_interest", &interests_table);
    g_string_append(out, "# Who asked, who paid, what was tested (identity:) and what the public was told "
                         "(public_information:) belong here.\n");
    return write_draft(drafting, "audit.yaml", out, error);
}

static bool write_all(const Drafting *drafting, GError **error)
{
    if (g_mkdir_with_parents(drafting->folder, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made", drafting->folder);
        return false;
    }
    const char *dot = strrchr(drafting->truth->file, '.');
    g_autofree char *truth_copy = g_strconcat("truth", g_strcmp0(dot, ".json") == 0 ? ".json" : ".csv", NULL);
    /* The YAML first: it refuses a folder that is somebody's own. */
    if (!write_dataset(drafting, truth_copy, error) || !write_audit(drafting, error) ||
        !copy_file(drafting, drafting->truth->file, truth_copy, error))
        return false;
    for (guint i = 0; i < drafting->logs->len; i++) {
        const DraftLog *log = g_ptr_array_index(drafting->logs, i);
        if (!copy_file(drafting, log->path, log->copy, error))
            return false;
    }
    return true;
}

static bool read_logs(const Drafting *drafting, const char *const *alerts, Problems *problems, GError **error)
{
    g_autofree const char **behaviours = names_behaviours();
    for (; *alerts != NULL; alerts++) {
        DraftLog *log = name_log(drafting, *alerts, error);
        if (log == NULL)
            return false;
        g_ptr_array_add(drafting->logs, log);
        log->log = alert_log_load(log->path, behaviours, problems);
        if (log->log != NULL)
            note_log(drafting, log);
    }
    return problems_to_error(problems, error);
}

Draft *draft_write(const char *truth_path, const char *const *alerts, const char *folder, GError **error)
{
    g_autofree const char **behaviours = names_behaviours();
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Truth) truth = truth_load(truth_path, behaviours, problems);
    if (!problems_to_error(problems, error) || !require_coverage(truth, error))
        return NULL;
    g_autoptr(Draft) draft = g_new0(Draft, 1);
    draft->audit = g_build_filename(folder, "audit.yaml", NULL);
    draft->notes = g_ptr_array_new_with_free_func(g_free);
    draft->copies = g_ptr_array_new_with_free_func(g_free);
    draft->originals = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) logs = g_ptr_array_new_with_free_func(log_free);
    g_autoptr(GPtrArray) clips = g_ptr_array_new(), used = g_ptr_array_new();
    g_autoptr(GHashTable) lengths = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GHashTable) watched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const Drafting drafting = {draft, folder, truth, logs, clips, lengths, watched, used};
    collect_truth(&drafting);
    if (!read_logs(&drafting, alerts, problems, error) || !write_all(&drafting, error))
        return NULL;
    return g_steal_pointer(&draft);
}

void draft_name_originals(const Draft *draft, GError *error)
{
    for (guint i = 0; i < draft->copies->len; i++) {
        g_autoptr(GString) message = g_string_new(error->message);
        g_string_replace(message, g_ptr_array_index(draft->copies, i), g_ptr_array_index(draft->originals, i),
                         0);
        g_free(error->message);
        error->message = g_strdup(message->str);
    }
}

DEFINE_FREE(draft_free, Draft, draft, g_free(draft->audit), g_ptr_array_unref(draft->notes),
            g_ptr_array_unref(draft->copies), g_ptr_array_unref(draft->originals))
