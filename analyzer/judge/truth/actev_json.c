/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/free.h"
#include "truth/actev_parts.h"

#include <string.h>

static void actev_document_clear(ActevDocument *document)
{
    g_free(document->buffer);
    json_decref(document->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ActevDocument, actev_document_clear)

void actev_record_free(gpointer data)
{
    ActevRecord *record = data;
    span_list_clear(&record->on);
    g_free(record);
}

DEFINE_DESTROY(indexed_free, ActevIndexed, file, span_list_clear(&file->selected), g_free(file->name))

DEFINE_FREE(actev_set_free, ActevSet, set, g_ptr_array_unref(set->activities), g_ptr_array_unref(set->files),
            g_ptr_array_unref(set->references), g_ptr_array_unref(set->systems),
            g_ptr_array_unref(set->remarks))

static bool document_load(ActevDocument *document, const char *path, const char *what, Problems *problems)
{
    size_t length = 0;
    document->path = path;
    document->problems = problems;
    document->buffer = file_read(path, what, &length, problems);
    if (document->buffer == NULL)
        return false;
    document->bytes = document->buffer;
    if (!file_is_json(&document->bytes, &length)) {
        problems_add(problems, path, 1, 1, NULL, "found no JSON object, expected %s", what);
        return false;
    }
    json_error_t fault;
    document->root = json_loadb(document->bytes, length, JSON_REJECT_DUPLICATES, &fault);
    if (document->root == NULL)
        problems_add(problems, path, fault.line, fault.column, NULL, "found broken JSON (%s), expected %s",
                     fault.text, what);
    return document->root != NULL;
}

/* A problem of a member of the file's object. */
void actev_report_key(const ActevDocument *document, const char *key, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    int line = 0, column = 0;
    table_place_json(document->bytes, NULL, 0, key, &line, &column);
    problems_add(document->problems, document->path, line, column, key, "%s", message);
}

/* A problem of activities[index]. */
void actev_report_activity(const ActevDocument *document, size_t index, const char *key, const char *format,
                           ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    int line = 0, column = 0;
    if (problems_count(document->problems) <= PROBLEMS_PER_FILE)
        table_place_json(document->bytes, "activities", index, key, &line, &column);
    g_autofree char *path = key != NULL ? g_strdup_printf("activities[%zu].%s", index, key)
                                        : g_strdup_printf("activities[%zu]", index);
    problems_add(document->problems, document->path, line, column, path, "%s", message);
}

/* ---- signals */

typedef struct {
    int64_t frame;
    bool on;
} Change;

static gint compare_changes(gconstpointer a, gconstpointer b)
{
    const Change *left = a, *right = b;
    return left->frame < right->frame ? -1 : left->frame > right->frame;
}

static bool parse_frame(const char *text, int64_t *frame)
{
    return g_ascii_string_to_signed(text, 10, -INT32_MAX, INT32_MAX, frame, NULL);
}

char *actev_read_signal(const json_t *signal, SpanList *on)
{
    if (!json_is_object(signal))
        return g_strdup("something else");
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)signal, key, value)
    {
        Change change = {0, json_integer_value(value) == 1};
        if (!parse_frame(key, &change.frame))
            return g_strdup_printf("“%s” for a frame", key);
        if (!json_is_integer(value) || (json_integer_value(value) != 0 && json_integer_value(value) != 1))
            return g_strdup_printf("something other than 0 or 1 at frame %s", key);
        g_array_append_val(changes, change);
    }
    g_array_sort(changes, compare_changes);
    for (guint i = 0; i + 1 < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        if (i > 0 && change->frame == change[-1].frame)
            return g_strdup_printf("frame %" PRId64 " twice", change->frame);
        if (change->on)
            span_list_add(on, change->frame, change[1].frame);
    }
    if (changes->len > 1 && g_array_index(changes, Change, changes->len - 1).frame ==
                                g_array_index(changes, Change, changes->len - 2).frame)
        return g_strdup_printf("frame %" PRId64 " twice",
                               g_array_index(changes, Change, changes->len - 1).frame);
    if (changes->len > 0 && g_array_index(changes, Change, changes->len - 1).on)
        return g_strdup_printf("no end after frame %" PRId64,
                               g_array_index(changes, Change, changes->len - 1).frame);
    return on->spans->len == 0 ? g_strdup("no frame that is on") : NULL;
}

/* ---- the indices */

/* Names stand in tables whose columns are separated by “|”. */
static bool is_plain(const char *name)
{
    if (*name == '\0' || strchr("=+-@", *name) != NULL)
        return false;
    for (const char *at = name; *at != '\0'; at++)
        if (*at == '|' || *at == '"' || g_ascii_iscntrl(*at))
            return false;
    return true;
}

static void read_files(const ActevDocument *document, ActevSet *set)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(document->root, name, value)
    {
        ActevIndexed *file = g_new0(ActevIndexed, 1);
        span_list_init(&file->selected);
        file->name = g_strdup(name);
        file->rate = json_number_value(json_object_get(value, "framerate"));
        g_ptr_array_add(set->files, file);
        if (!is_plain(name))
            actev_report_key(document, name,
                             "found a file name of this form, expected one without |, quotation mark or "
                             "control character that does not begin with =, +, - or @");
        if (!(file->rate > 0 && file->rate <= 1e6))
            actev_report_key(document, name,
                             "found no framerate above 0, expected the file's pictures per second");
        g_autofree char *wrong = actev_read_signal(json_object_get(value, "selected"), &file->selected);
        if (wrong != NULL)
            actev_report_key(document, name, "selected: found %s, " ACTEV_SIGNAL,
                             json_object_get(value, "selected") == NULL ? "nothing" : wrong);
        const ActevIndexed *first = g_ptr_array_index(set->files, 0);
        if (file->rate != first->rate)
            g_ptr_array_add(
                set->remarks,
                g_strdup_printf("%s: “%s” has %g pictures per second, the first file %g: wherever the "
                                "protocol speaks of one second, the first file's rate stands for all "
                                "(as in the public scorer)",
                                document->path, name, file->rate, first->rate));
    }
    if (set->files->len == 0)
        problems_add(document->problems, document->path, 1, 1, NULL, "found no file, expected at least one");
}

static void read_activity_index(const ActevDocument *document, ActevSet *set)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(document->root, name, value)
    {
        if (!is_plain(name))
            actev_report_key(document, name,
                             "found an activity's name of this form, expected one without |, quotation "
                             "mark or control character that does not begin with =, +, - or @");
        g_ptr_array_add(set->activities, g_strdup(name));
    }
    if (set->activities->len == 0)
        problems_add(document->problems, document->path, 1, 1, NULL,
                     "found no activity, expected at least one");
}

int actev_find_file(const ActevSet *set, const char *name)
{
    for (guint i = 0; i < set->files->len; i++)
        if (strcmp(((const ActevIndexed *)g_ptr_array_index(set->files, i))->name, name) == 0)
            return (int)i;
    return -1;
}

static void load_instances(const ActevSource *source, ActevSet *set, Problems *problems)
{
    g_auto(ActevDocument) reference = {0}, system = {0};
    bool read_both = document_load(&reference, source->reference, "an ActEV reference", problems);
    if (!document_load(&system, source->system, "an ActEV system output", problems))
        read_both = false;
    if (!read_both)
        return;
    g_autoptr(GHashTable) processed = actev_read_processed(&system, source, set);
    actev_read_instances(&reference, source, processed, false, set);
    actev_read_instances(&system, source, processed, true, set);
    if (problems_count(problems) > 0)
        return;
    if (source->prune > 0)
        actev_prune(&system, set, source->prune);
    if (!source->all_activities)
        actev_drop_unreferenced(set);
    if (set->activities->len == 0)
        problems_add(
            problems, reference.path, 0, 0, NULL,
            "found no reference instance that counts, expected at least one, or --actev-all-activities "
            "to measure false alarms alone");
}

ActevSet *actev_set_load(const ActevSource *source, GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(ActevSet) set = g_new0(ActevSet, 1);
    set->activities = g_ptr_array_new_with_free_func(g_free);
    set->files = g_ptr_array_new_with_free_func(indexed_free);
    set->references = g_ptr_array_new_with_free_func(actev_record_free);
    set->systems = g_ptr_array_new_with_free_func(actev_record_free);
    set->remarks = g_ptr_array_new_with_free_func(g_free);
    g_auto(ActevDocument) files = {0}, activities = {0};
    if (document_load(&files, source->files, "an ActEV file index", problems))
        read_files(&files, set);
    if (document_load(&activities, source->activities, "an ActEV activity index", problems))
        read_activity_index(&activities, set);
    if (problems_count(problems) == 0)
        load_instances(source, set, problems);
    return problems_first_to_error(problems, error) ? g_steal_pointer(&set) : NULL;
}
