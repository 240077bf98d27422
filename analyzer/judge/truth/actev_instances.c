/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/option.h"
#include "truth/actev_parts.h"

#include <math.h>
#include <string.h>

static int find_activity(const ActevSet *set, const char *name)
{
    guint place = 0;
    return g_ptr_array_find_with_equal_func(set->activities, name, g_str_equal, &place) ? (int)place : -1;
}

static const char *nearest_file(const ActevSet *set, const char *name)
{
    g_autofree const char **names = g_new0(const char *, set->files->len + 1);
    for (guint i = 0; i < set->files->len; i++)
        names[i] = ((const ActevIndexed *)g_ptr_array_index(set->files, i))->name;
    const char *nearest = option_nearest_name(name, names, set->files->len);
    return nearest != NULL ? nearest : names[0];
}

typedef struct {
    const ActevSource *source;
    const ActevDocument *document;
    ActevSet *set;
    GPtrArray *records;
    GHashTable *processed; /* file names that the system says it processed; NULL: not asked for */
    GHashTable *ids;
    bool system;
    int64_t unknown, extraneous, missing, outside, repeated; /* left out, or (repeated) remarked */
    char *unknown_name;
} Reading;

/* A whole number that every double holds. */
static bool get_integer(const json_t *object, const char *key, int64_t *value)
{
    const json_t *number = json_object_get(object, key);
    *value = json_integer_value(number);
    return json_is_integer(number);
}

static bool read_numbers(Reading *reading, size_t index, const json_t *activity, ActevRecord *record)
{
    const ActevDocument *document = reading->document;
    bool good = true;
    if (!get_integer(activity, "activityID", &record->id)) {
        actev_report_activity(document, index, "activityID",
                              "found no whole number, expected the instance's own");
        good = false;
    } else if (!g_hash_table_add(reading->ids, g_memdup2(&record->id, sizeof record->id))) {
        reading->repeated++;
    }
    record->alert = TIME_UNKNOWN;
    if (!reading->system)
        return good;
    const json_t *confidence = json_object_get(activity, "presenceConf");
    record->confidence = json_number_value(confidence);
    if (!json_is_number(confidence) || !isfinite(record->confidence)) {
        actev_report_activity(document, index, "presenceConf",
                              "found no number, expected how sure the system was");
        good = false;
    }
    if (json_object_get(activity, "alertFrame") != NULL &&
        !get_integer(activity, "alertFrame", &record->alert)) {
        actev_report_activity(document, index, "alertFrame", "found no whole number, expected a frame");
        good = false;
    }
    return good;
}

/* Whether it counts; *good turns false when something is wrong with it. */
static bool read_place(Reading *reading, size_t index, const json_t *activity, ActevRecord *record,
                       bool *good)
{
    const ActevDocument *document = reading->document;
    json_t *localization = json_object_get(activity, "localization");
    if (json_object_size(localization) != 1) {
        actev_report_activity(document, index, "localization",
                              "found %zu files, expected one: these protocols know no instance in several",
                              json_object_size(localization));
        return *good = false;
    }
    const char *name = json_object_iter_key(json_object_iter(localization));
    g_autofree char *wrong = actev_read_signal(json_object_get(localization, name), &record->on);
    if (wrong != NULL) {
        actev_report_activity(document, index, "localization", "found %s, " ACTEV_SIGNAL, wrong);
        return *good = false;
    }
    record->file = actev_find_file(reading->set, name);
    if (record->file < 0) {
        reading->extraneous++;
        if (!reading->source->ignore_extraneous) {
            actev_report_activity(
                document, index, "localization",
                "found the file “%s”, which the file index does not have, expected one of its files "
                "(nearest: %s), or --actev-ignore-extraneous",
                name, nearest_file(reading->set, name));
            *good = false;
        }
        return false;
    }
    if (reading->processed != NULL && reading->source->ignore_missing &&
        !g_hash_table_contains(reading->processed, name)) {
        reading->missing++;
        return false;
    }
    return true;
}

static bool is_outside(const ActevSet *set, const ActevRecord *record)
{
    const ActevIndexed *file = g_ptr_array_index(set->files, (guint)record->file);
    g_auto(SpanList) rest;
    span_list_init(&rest);
    span_list_copy(&rest, &record->on);
    span_list_subtract_list(&rest, &file->selected);
    return rest.spans->len > 0;
}

static void read_instance(Reading *reading, size_t index, const json_t *activity)
{
    const char *name = json_string_value(json_object_get(activity, "activity"));
    if (name == NULL) {
        actev_report_activity(reading->document, index, json_is_object(activity) ? "activity" : NULL,
                              "found no activity, expected its name");
        return;
    }
    ActevRecord *record = g_new0(ActevRecord, 1);
    span_list_init(&record->on);
    record->activity = find_activity(reading->set, name);
    bool good = read_numbers(reading, index, activity, record);
    bool counts = read_place(reading, index, activity, record, &good) && good;
    if (counts && record->activity < 0) {
        reading->unknown++;
        if (reading->unknown_name == NULL)
            reading->unknown_name = g_strdup(name);
        counts = false;
    }
    if (counts && !reading->source->keep_outside && is_outside(reading->set, record)) {
        reading->outside++;
        counts = false;
    }
    if (counts)
        g_ptr_array_add(reading->records, record);
    else
        actev_record_free(record);
}

G_GNUC_PRINTF(4, 5)
static void remark(const Reading *reading, int64_t count, const char *noun, const char *format, ...)
{
    if (count == 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *rest = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(reading->set->remarks, g_strdup_printf("%s: %" PRId64 " %s%s %s", reading->document->path,
                                                           count, noun, count == 1 ? "" : "s", rest));
}

static void remark_all(const Reading *reading)
{
    const char *of = reading->system ? "system instance" : "reference instance";
    remark(reading, reading->unknown, of,
           "not counted: of an activity that the activity index does not have (first: "
           "“%s”)",
           reading->unknown_name);
    remark(reading, reading->extraneous, of, "not counted: in a file that the file index does not have");
    remark(reading, reading->missing, of, "not counted: in a file that the system did not process");
    remark(reading, reading->outside, of,
           "not counted: not wholly within the selected frames (--actev-keep-outside counts them)");
    remark(reading, reading->repeated, of,
           "with an id that another one has, counted like all others: the tables cannot tell them apart");
    if (reading->system && reading->records->len == 0 && reading->unknown > 0 &&
        problems_count(reading->document->problems) == 0)
        actev_report_key(
            reading->document, "activities",
            "found no instance of any activity of the activity index (first: “%s”), expected its names: %s …",
            reading->unknown_name, (const char *)g_ptr_array_index(reading->set->activities, 0));
}

void actev_read_instances(const ActevDocument *document, const ActevSource *source, GHashTable *processed,
                          bool system, ActevSet *set)
{
    const json_t *activities = json_object_get(document->root, "activities");
    if (!json_is_array(activities)) {
        actev_report_key(document, "activities",
                         "found no list of instances, expected one (it may be empty)");
        return;
    }
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Reading reading = {.source = source,
                       .document = document,
                       .set = set,
                       .records = system ? set->systems : set->references,
                       .processed = processed,
                       .ids = ids,
                       .system = system};
    size_t index = 0;
    json_t *activity = NULL;
    json_array_foreach(activities, index, activity) read_instance(&reading, index, activity);
    remark_all(&reading);
    g_free(reading.unknown_name);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GHashTable *actev_read_processed(const ActevDocument *document, const ActevSource *source, ActevSet *set)
{
    GHashTable *processed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    json_t *statuses = json_object_get(json_object_get(document->root, "processingReport"), "fileStatuses");
    const char *member = json_is_object(statuses) ? "processingReport" : "filesProcessed";
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(statuses, name, value) g_hash_table_add(processed, g_strdup(name));
    const json_t *list = json_object_get(document->root, "filesProcessed");
    if (!json_is_array(list))
        actev_report_key(document, "filesProcessed",
                         "found no list, expected the files that the system processed");
    size_t i = 0;
    json_array_foreach(list, i, value)
    {
        if (!json_is_string(value))
            actev_report_key(document, "filesProcessed",
                             "found something else in entry %zu, expected a file's name", i);
        else if (statuses == NULL)
            g_hash_table_add(processed, g_strdup(json_string_value(value)));
    }
    for (guint k = 0; k < set->files->len && !source->ignore_missing; k++) {
        const ActevIndexed *file = g_ptr_array_index(set->files, k);
        if (!g_hash_table_contains(processed, file->name))
            actev_report_key(
                document, member,
                "found no “%s”, expected every file of the file index, or --actev-ignore-missing",
                file->name);
    }
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, processed);
    g_autoptr(GPtrArray) strangers = g_ptr_array_new();
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (actev_find_file(set, key) < 0)
            g_ptr_array_add(strangers, key);
    g_ptr_array_sort(strangers, compare_names);
    for (guint k = 0; k < strangers->len && !source->ignore_extraneous; k++)
        actev_report_key(
            document, member,
            "found “%s”, which the file index does not have, expected its files alone (nearest: %s), or "
            "--actev-ignore-extraneous",
            (const char *)g_ptr_array_index(strangers, k),
            nearest_file(set, g_ptr_array_index(strangers, k)));
    return processed;
}
