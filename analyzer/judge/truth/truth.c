/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truth/truth.h"

#include "records/free.h"
#include "truth/files.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

enum {
    KIND,
    CLIP,
    BEHAVIOUR,
    START,
    END,
    LABEL,
    CERTAINTY,
    ANNOTATOR,
    TRACK,
    NOTE,
    BOX_X,
    BOX_Y,
    BOX_W,
    BOX_H,
    VALUE
};

static const Column columns[] = {
    [KIND] = {"kind", false},
    [CLIP] = {"clip", true},
    [BEHAVIOUR] = {"behaviour", true},
    [START] = {"start_s", true},
    [END] = {"end_s", true},
    [LABEL] = {"label", false},
    [CERTAINTY] = {"certainty", false},
    [ANNOTATOR] = {"annotator", false},
    [TRACK] = {"track", false},
    [NOTE] = {"note", false},
    [BOX_X] = {"x", false},
    [BOX_Y] = {"y", false},
    [BOX_W] = {"w", false},
    [BOX_H] = {"h", false},
    [VALUE] = {"value", false},
};

typedef struct {
    Truth *truth;
    const char *const *behaviours;
} Loading;

static bool get_span(const Row *row, Span *span)
{
    const bool start = table_get_seconds(row, START, &span->start_us);
    const bool end = table_get_seconds(row, END, &span->end_us);
    if (!start || !end)
        return false;
    if (span->start_us < 0) {
        table_expected(row, START, "0 or more seconds from the clip's first frame");
        return false;
    }
    if (span->end_us <= span->start_us) {
        g_autofree char *begin = time_format_seconds(span->start_us);
        table_expected(row, END, "more than start_s, which is %s", begin);
        return false;
    }
    return true;
}

static bool get_certainty(const Row *row, Certainty *certainty)
{
    const Cell *cell = &row->cells[CERTAINTY];
    if (cell->text == NULL || strcmp(cell->text, "scored") == 0)
        *certainty = CERTAINTY_SCORED;
    else if (strcmp(cell->text, "dont_care") == 0)
        *certainty = CERTAINTY_DONT_CARE;
    else {
        table_expected(row, CERTAINTY, "scored or dont_care");
        return false;
    }
    return true;
}

static bool get_optional(const Row *row, size_t column, const char **out)
{
    *out = NULL;
    return row->cells[column].text == NULL || table_get_text(row, column, out);
}

/* A number of JSON will do: annotators' tools count their tracks. */
static bool get_track(const Row *row, char **out)
{
    const Cell *cell = &row->cells[TRACK];
    const char *text = NULL;
    if (cell->text != NULL && cell->is_number) {
        if (cell->number != floor(cell->number) || fabs(cell->number) > 1e15) {
            table_expected(row, TRACK, "text or a whole number");
            return false;
        }
        *out = g_strdup_printf("%.0f", cell->number);
        return true;
    }
    if (!get_optional(row, TRACK, &text))
        return false;
    *out = g_strdup(text);
    return true;
}

static TruthColumns columns_of(const Row *row)
{
    return (TruthColumns){table_cell_column(row, CLIP), table_cell_column(row, BEHAVIOUR),
                          table_cell_column(row, START), table_cell_column(row, END),
                          table_cell_column(row, LABEL)};
}

static void add_event(const Row *row, Loading *loading, const char *clip, const char *behaviour, Span span)
{
    Certainty certainty = CERTAINTY_SCORED;
    Box box = BOX_NONE;
    const char *label = NULL, *annotator = NULL, *note = NULL;
    g_autofree char *track = NULL;
    if (row->cells[VALUE].text != NULL) {
        table_expected(row, VALUE, "nothing for an event");
        return;
    }
    if (!get_certainty(row, &certainty) || !table_get_box(row, BOX_X, &box) ||
        !get_optional(row, LABEL, &label) || !get_optional(row, ANNOTATOR, &annotator) ||
        !get_track(row, &track) || !get_optional(row, NOTE, &note))
        return;
    Event *event = event_new(behaviour, span.start_us, span.end_us);
    event->label = g_strdup(label);
    event->annotator = g_strdup(annotator);
    event->track = g_steal_pointer(&track);
    event->note = g_strdup(note);
    event->certainty = certainty;
    event->box = box;
    truth_add_event(loading->truth, clip, event);
    TruthEvent *entry = &g_array_index(loading->truth->events, TruthEvent, loading->truth->events->len - 1);
    entry->line = row->line;
    entry->columns = columns_of(row);
}

/* Whether a row that is no event has nothing that only an event has; reports. */
static bool is_bare(const Row *row, const char *kind)
{
    for (size_t column = LABEL; column <= BOX_H; column++) {
        if (column != NOTE && column != ANNOTATOR && row->cells[column].text != NULL) {
            table_expected(row, column, "nothing for a %s", kind);
            return false;
        }
    }
    return true;
}

static void add_coverage(const Row *row, Loading *loading, const char *clip, const char *behaviour, Span span)
{
    if (!is_bare(row, "coverage"))
        return;
    if (row->cells[VALUE].text != NULL) {
        table_expected(row, VALUE, "nothing for a coverage");
        return;
    }
    truth_add_coverage(loading->truth, clip, behaviour, span);
    TruthCoverage *entry =
        &g_array_index(loading->truth->coverage, TruthCoverage, loading->truth->coverage->len - 1);
    entry->line = row->line;
    entry->columns = columns_of(row);
}

static void add_count(const Row *row, Loading *loading, const char *clip, const char *behaviour, Span span)
{
    double value = 0;
    if (!is_bare(row, "count"))
        return;
    if (row->cells[VALUE].text == NULL) {
        table_expected(row, VALUE, "the number of people from start_s to end_s");
        return;
    }
    if (!table_get_number(row, VALUE, 0, COUNT_MAX, &value))
        return;
    if (value != floor(value)) {
        table_expected(row, VALUE, "a whole number");
        return;
    }
    truth_add_count(loading->truth, clip, behaviour, (CountSpan){span, (int64_t)value});
    TruthCount *entry = &g_array_index(loading->truth->counts, TruthCount, loading->truth->counts->len - 1);
    entry->line = row->line;
    entry->columns = columns_of(row);
}

/* By list of JSON and kind of CSV; the first is meant when a CSV says nothing. */
static const struct {
    const char *list, *kind;
    void (*add)(const Row *row, Loading *loading, const char *clip, const char *behaviour, Span span);
} kinds[] = {
    {"events", "event", add_event}, {"coverage", "coverage", add_coverage}, {"counts", "count", add_count}};

static void read_row(const Row *row, void *user)
{
    Loading *loading = user;
    const char *clip = NULL, *behaviour = NULL, *kind = row->cells[KIND].text;
    Span span = {0, 0};
    size_t found = 0;
    if (kind != NULL && row->list != NULL) {
        table_problem(row, KIND, "found a kind, expected it only in CSV: in JSON the list says it");
        return;
    }
    while (found < G_N_ELEMENTS(kinds) && (row->list != NULL || kind != NULL) &&
           strcmp(row->list != NULL ? kinds[found].list : kinds[found].kind,
                  row->list != NULL ? row->list : kind) != 0)
        found++;
    if (found == G_N_ELEMENTS(kinds)) {
        table_expected(row, KIND, "event, coverage or count");
        return;
    }
    bool names = table_get_text(row, CLIP, &clip);
    if (!file_get_behaviour(row, BEHAVIOUR, loading->behaviours, &behaviour))
        names = false;
    if (!get_span(row, &span) || !names)
        return;
    kinds[found].add(row, loading, clip, behaviour, span);
}

static int compare_counts(gconstpointer a, gconstpointer b)
{
    const TruthCount *x = *(const TruthCount *const *)a, *y = *(const TruthCount *const *)b;
    const int clips = strcmp(x->clip, y->clip), behaviours = strcmp(x->behaviour, y->behaviour);
    if (clips != 0 || behaviours != 0)
        return clips != 0 ? clips : behaviours;
    if (x->count.span.start_us != y->count.span.start_us)
        return x->count.span.start_us < y->count.span.start_us ? -1 : 1;
    return (x > y) - (x < y); /* in the order written */
}

/* Counts of one clip and behaviour must not overlap: then the true number would not be known. */
static void check_counts(const Truth *truth, Problems *problems)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < truth->counts->len; i++)
        g_ptr_array_add(sorted, &g_array_index(truth->counts, TruthCount, i));
    g_ptr_array_sort(sorted, compare_counts);
    for (guint i = 1; i < sorted->len; i++) {
        const TruthCount *before = g_ptr_array_index(sorted, i - 1), *entry = g_ptr_array_index(sorted, i);
        if (strcmp(before->clip, entry->clip) != 0 || strcmp(before->behaviour, entry->behaviour) != 0 ||
            entry->count.span.start_us >= before->count.span.end_us)
            continue;
        g_autofree char *start = time_format_seconds(before->count.span.start_us);
        g_autofree char *end = time_format_seconds(before->count.span.end_us);
        problems_add(problems, truth->file, entry->line, entry->columns.start, "start_s",
                     "found a count that overlaps another one of “%s” (%s to %s), expected one count at a "
                     "time",
                     entry->clip, start, end);
    }
}

char *truth_explain_twice(const Event *first, const Event *second, const char *where)
{
    const bool others = g_strcmp0(first->annotator, second->annotator) != 0;
    return g_strdup_printf("found the same event as in %s, expected %s", where,
                           others ? "one: what each person marked belongs into a file of its own under "
                                    "“annotators” (or, if two events are alike, a track or a note for each)"
                                  : "it once (or, if two events are alike, a track or a note for each)");
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    const TruthEvent *x = *(const TruthEvent *const *)a, *y = *(const TruthEvent *const *)b;
    const int clips = strcmp(x->clip, y->clip);
    if (clips != 0)
        return clips;
    const int events = event_compare(&x->event, &y->event);
    return events != 0 ? events : (x > y) - (x < y); /* in the order written */
}

/* The same event twice would be one that nobody can find. Any other two may go on at once. */
static void check_events(const Truth *truth, const Table *table)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < truth->events->len; i++)
        g_ptr_array_add(sorted, &g_array_index(truth->events, TruthEvent, i));
    g_ptr_array_sort(sorted, compare_entries);
    for (guint i = 1; i < sorted->len; i++) {
        const TruthEvent *before = g_ptr_array_index(sorted, i - 1), *entry = g_ptr_array_index(sorted, i);
        if (strcmp(before->clip, entry->clip) != 0 || !event_same(before->event, entry->event))
            continue;
        const TruthEvent *first = before < entry ? before : entry, *second = before < entry ? entry : before;
        g_autofree char *where =
            first->line > 0 ? g_strdup_printf("line %d", first->line)
                            : g_strdup_printf("events[%td]",
                                              first - (const TruthEvent *)(const void *)truth->events->data);
        g_autofree char *message = truth_explain_twice(first->event, second->event, where);
        problems_add(table->problems, table->file, second->line, second->columns.start,
                     second->line > 0 ? "start_s" : "events", "%s", message);
    }
}

Truth *truth_parse(const char *bytes, size_t length, const char *name, const char *const *behaviours,
                   Problems *problems)
{
    static const char *const lists[] = {"events", "coverage", "counts", NULL};
    static const FileFormat format = {columns, G_N_ELEMENTS(columns), TRUTH_SCHEMA, lists};
    const guint before = problems_count(problems);
    g_autoptr(Truth) truth = truth_new();
    truth->file = g_strdup(name);
    truth->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    Loading loading = {truth, behaviours};
    Table table;
    if (!file_parse(&format, bytes, length, name, read_row, &loading, problems, &table))
        return NULL;
    check_counts(truth, problems);
    check_events(truth, &table);
    return problems_count(problems) == before ? g_steal_pointer(&truth) : NULL;
}

Truth *truth_load(const char *path, const char *const *behaviours, Problems *problems)
{
    size_t length = 0;
    g_autofree char *bytes = file_read(path, "a truth file (CSV or JSON)", &length, problems);
    return bytes == NULL ? NULL : truth_parse(bytes, length, path, behaviours, problems);
}

Truth *truth_new(void)
{
    Truth *truth = g_new0(Truth, 1);
    truth->events = g_array_new(FALSE, FALSE, sizeof(TruthEvent));
    truth->coverage = g_array_new(FALSE, FALSE, sizeof(TruthCoverage));
    truth->counts = g_array_new(FALSE, FALSE, sizeof(TruthCount));
    truth->names = g_string_chunk_new(4096);
    return truth;
}

static void clear_truth(Truth *truth)
{
    for (guint i = 0; i < truth->events->len; i++)
        event_free(g_array_index(truth->events, TruthEvent, i).event);
    g_array_unref(truth->events);
    g_array_unref(truth->coverage);
    g_array_unref(truth->counts);
    g_string_chunk_free(truth->names);
    g_free(truth->file);
    g_free(truth->sha256);
}

DEFINE_FREE(truth_free, Truth, truth, clear_truth(truth))

void truth_add_event(Truth *truth, const char *clip, Event *event)
{
    const TruthEvent entry = {g_string_chunk_insert_const(truth->names, clip), event, 0, {0}};
    g_array_append_val(truth->events, entry);
}

void truth_add_coverage(Truth *truth, const char *clip, const char *behaviour, Span span)
{
    const TruthCoverage entry = {g_string_chunk_insert_const(truth->names, clip),
                                 g_string_chunk_insert_const(truth->names, behaviour),
                                 span,
                                 0,
                                 {0}};
    g_array_append_val(truth->coverage, entry);
}

void truth_add_count(Truth *truth, const char *clip, const char *behaviour, CountSpan count)
{
    const TruthCount entry = {g_string_chunk_insert_const(truth->names, clip),
                              g_string_chunk_insert_const(truth->names, behaviour),
                              count,
                              0,
                              {0}};
    g_array_append_val(truth->counts, entry);
}

TruthKind truth_guess_kind(const char *bytes, size_t length)
{
    if (file_is_json(&bytes, &length)) {
        json_t *root = json_loadb(bytes, length, 0, NULL);
        const char *schema = json_string_value(json_object_get(root, "schema"));
        TruthKind kind = TRUTH_KIND_NONE;
        if (g_strcmp0(schema, TRUTH_SCHEMA) == 0)
            kind = TRUTH_KIND_TRUTH;
        else if (g_strcmp0(schema, ALERTS_SCHEMA) == 0)
            kind = TRUTH_KIND_ALERTS;
        json_decref(root);
        return kind;
    }
    const char *end = memchr(bytes, '\n', length);
    g_autofree char *heading = g_strndup(bytes, end != NULL ? (size_t)(end - bytes) : length);
    if (strstr(heading, "onset_s") != NULL)
        return TRUTH_KIND_ALERTS;
    if (strstr(heading, "start_s") != NULL)
        return TRUTH_KIND_TRUTH;
    return TRUTH_KIND_NONE;
}
