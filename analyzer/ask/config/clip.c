/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One clip of a manifest: its tables. */
#include "config/dataset_internal.h"
#include "config/names.h"
#include "config/scene_yaml.h"
#include "records/file_hash.h"
#include "records/free.h"
#include "yaml/confine.h"

#include <string.h>

/* ---- events */

static const char *const certainties[] = {
    [CERTAINTY_SCORED] = "scored", [CERTAINTY_DONT_CARE] = "dont_care", NULL};

static void prepare_event(void *target)
{
    Event *event = target;
    event->box = BOX_NONE;
    event->start_us = event->end_us = TIME_UNKNOWN;
}

static void read_box(YamlReader *reader, const YamlNode *node, void *member)
{
    double values[4] = {0, 0, 0, 0};
    if (node->kind != YAML_NODE_LIST || node->children->len != 4) {
        yaml_expected(reader, node, "a box [x, y, width, height]");
        return;
    }
    for (guint i = 0; i < 4; i++) {
        if (!yaml_read_number(reader, g_ptr_array_index(node->children, i), 0, 1, &values[i]))
            return;
    }
    const Box box = {values[0], values[1], values[2], values[3]};
    if (box.w <= 0 || box.h <= 0 || box.x + box.w > 1 + 1e-6 || box.y + box.h > 1 + 1e-6)
        yaml_problem(reader, node,
                     "found a box that is empty or leaves the picture, expected x + width and "
                     "y + height of at most 1");
    else
        *(Box *)member = box;
}

static void check_event(YamlReader *reader, const YamlNode *node, void *target)
{
    const Event *event = target;
    if (event->behaviour != NULL)
        names_check_behaviour(reader, yaml_node_get(node, "behaviour"), event->behaviour);
    if (event->start_us != TIME_UNKNOWN && event->end_us != TIME_UNKNOWN &&
        event->end_us <= event->start_us) {
        g_autofree char *start = time_format_seconds(event->start_us);
        yaml_expected(reader, yaml_node_get(node, "end_s"), "more than start_s, which is %s", start);
    }
    g_autofree char *path = yaml_node_path(node);
    dataset_note_place(reader->user, event, reader->tree->file, node->line, node->column, path, NULL);
}

static const YamlField event_fields[] = {
    ID_FIELD("behaviour", Event, behaviour, .required = true,
             .help = "a behaviour’s id (vsaudit list behaviours)"),
    SECONDS_FIELD("start_s", Event, start_us, .required = true, .max = 1e6, .unit = "s",
                  .help = "when it begins by the behaviour’s written rule, from the clip’s first frame"),
    SECONDS_FIELD("end_s", Event, end_us, .required = true, .max = 1e6, .unit = "s",
                  .help = "when it ends; later than start_s"),
    TEXT_FIELD("label", Event, label, .help = "kind within the behaviour"),
    CHOICE_FIELD(
        "certainty", Event, certainty, certainties, .initial = "scored",
        .help = "dont_care: neither an event nor a quiet time; the span leaves both sides of every rate"),
    CUSTOM_FIELD("box", Event, box, read_box, .shape = "[x, y, width, height]",
                 .help = "where it is, in parts of the picture"),
    TEXT_FIELD("annotator", Event, annotator, .help = "who marked it"),
    TEXT_FIELD(
        "track", Event, track,
        .help = "whom or what it is about, in the annotator’s own numbering; tells events of one time apart"),
    TEXT_FIELD("note", Event, note, .help = "what is seen"),
    YAML_FIELD_END};
const YamlTable event_table = {YAML_TABLE("event", event_fields, Event), .prepare = prepare_event,
                               .check = check_event};

/* ---- coverage */

static void span_list_free(gpointer data)
{
    span_list_clear(data);
    g_free(data);
}

static void read_span(YamlReader *reader, const YamlNode *node, SpanList *spans)
{
    int64_t start_us = 0, end_us = 0;
    if (node->kind != YAML_NODE_LIST || node->children->len != 2) {
        yaml_expected(reader, node, "a span [start, end] in seconds");
        return;
    }
    if (!yaml_read_seconds(reader, g_ptr_array_index(node->children, 0), 0, 1e6, &start_us) ||
        !yaml_read_seconds(reader, g_ptr_array_index(node->children, 1), 0, 1e6, &end_us))
        return;
    if (end_us <= start_us)
        yaml_problem(reader, node, "found a span that ends before it begins, expected [start, end]");
    else
        span_list_add(spans, start_us, end_us);
}

static void read_coverage(YamlReader *reader, const YamlNode *node, void *member)
{
    GHashTable *coverage = *(GHashTable **)member;
    if (node->kind != YAML_NODE_MAP) {
        yaml_expected(reader, node,
                      "a mapping (lines of “behaviour: all” or “behaviour: [[start, end], …]”)");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (child->duplicate)
            continue;
        names_check_behaviour(reader, child, child->key);
        SpanList *spans = g_new0(SpanList, 1);
        span_list_init(spans);
        if (child->kind == YAML_NODE_LIST && child->children->len > 0) {
            for (guint j = 0; j < child->children->len; j++)
                read_span(reader, g_ptr_array_index(child->children, j), spans);
        } else if (child->kind != YAML_NODE_TEXT || strcmp(child->text, "all") != 0) {
            yaml_expected(reader, child, "“all” or a list of spans [[start, end], …]");
        }
        g_hash_table_replace(coverage, g_strdup(child->key), spans);
    }
}

/* ---- the rest */

static void read_attribute(YamlReader *reader, const YamlNode *node, void *attributes)
{
    char *text = NULL;
    if (yaml_read_text(reader, node, &text))
        g_hash_table_replace(attributes, g_strdup(node->key), text);
}

static void read_attributes(YamlReader *reader, const YamlNode *node, void *member)
{
    yaml_read_entries(reader, node, "a mapping (lines of “lighting: night”)", read_attribute,
                      *(GHashTable **)member);
}

GDateTime *clip_read_recorded_at(YamlReader *reader, const YamlNode *node, bool *local)
{
    g_autofree char *text = NULL;
    if (!yaml_read_text(reader, node, &text))
        return NULL;
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_strdelimit(text, " ", 'T');
    const char *time = strchr(text, 'T');
    *local = time != NULL && strpbrk(time, "Z+-") == NULL;
    GDateTime *recorded_at = g_date_time_new_from_iso8601(text, zone);
    if (recorded_at == NULL)
        yaml_expected(reader, node,
                      "a date and time by ISO 8601, “2024-03-12 14:05:30” or “…+01:00” behind it");
    return recorded_at;
}

static void read_recorded_at(YamlReader *reader, const YamlNode *node, void *member)
{
    Clip *clip = (Clip *)(void *)((char *)member - offsetof(Clip, recorded_at));
    clip->recorded_at = clip_read_recorded_at(reader, node, &clip->recorded_local);
}

static void read_scene(YamlReader *reader, const YamlNode *node, void *member)
{
    scene_yaml_read(reader, node, member);
    const YamlNode *validations = yaml_node_get(node, "validations");
    if (validations == NULL || validations->kind != YAML_NODE_TEXT)
        return;
    DatasetLoading *loading = reader->user;
    /* Whether it may be read has been told of by scene_yaml_read. */
    g_autofree char *path = confine_resolve_input(reader->tree->folder, validations->text);
    g_autofree char *hash = file_hash(path, NULL);
    if (hash != NULL)
        dataset_note_file(loading, path, hash);
}

const char *const clip_times_words[] = {
    [TIMES_FROM_FIRST_PICTURE] = "from_first_picture", [TIMES_FILE_CLOCK] = "file_clock", NULL};

static void free_file(gpointer data)
{
    yaml_clear(&clip_file_table, data);
    g_free(data);
}

static void prepare_clip(void *target)
{
    Clip *clip = target;
    clip->files = g_ptr_array_new_with_free_func(free_file);
    clip->times = TIMES_OF_DATASET;
    clip->duration_us = TIME_UNKNOWN;
    clip->scene = scene_new();
    clip->attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    clip->coverage = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, span_list_free);
    clip->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
}

static void check_clip(YamlReader *reader, const YamlNode *node, void *target)
{
    Clip *clip = target;
    clip->line = node->line;
    for (const char *c = clip->id; c != NULL && *c != '\0'; c++) {
        if (g_ascii_iscntrl(*c)) {
            yaml_expected(reader, yaml_node_get(node, "id"),
                          "a name on one line, without control characters");
            break;
        }
    }
    if (clip->camera == NULL) {
        clip->camera = g_strdup(clip->id);
        clip->camera_unnamed = true;
    }
    if (yaml_node_get(node, "files") != NULL)
        clip_files_check(reader, node, clip);
    else if (yaml_node_get(node, "file") == NULL && yaml_node_get(node, "sha256") == NULL &&
             yaml_node_get(node, "duration_s") == NULL)
        yaml_problem(reader, node,
                     "found neither “file” nor “sha256”, expected one of them, or at least “duration_s” (a "
                     "clip without video can only be scored)");
    if (clip->url != NULL && !g_str_has_prefix(clip->url, "https://") &&
        !g_str_has_prefix(clip->url, "http://"))
        yaml_expected(reader, yaml_node_get(node, "url"), "an address that begins with https:// or http://");
    if (clip->duration_us == 0)
        yaml_expected(reader, yaml_node_get(node, "duration_s"), "more than 0 seconds");
}

static void clear_clip(void *target)
{
    Clip *clip = target;
    scene_free(clip->scene);
    g_ptr_array_unref(clip->files);
    g_hash_table_unref(clip->attributes);
    g_hash_table_unref(clip->coverage);
    g_hash_table_unref(clip->counts);
    g_clear_pointer(&clip->recorded_at, g_date_time_unref);
    FREE_EACH(clip->path, clip->missing_reason, clip->passed_over, clip->kept_sha256);
}

static const YamlField clip_fields[] = {
    TEXT_FIELD("id", Clip, id, .required = true, .min = 1, .max = 200, .help = "unique in the dataset"),
    TEXT_FIELD(
        "file", Clip, file,
        .help =
            "path from the manifest’s folder; pictures as frame%04d.jpg, observations in place of video as "
            ".jsonl "
            "or .jsonl.gz"),
    CUSTOM_FIELD("files", Clip, files, clip_files_read, .table = &clip_file_table,
                 .shape = "[path, {file: path, …}, …]",
                 .help = "in place of file: several that follow each other (a recorder’s segments), with or "
                         "without pauses "
                         "between"),
    NUMBER_FIELD(
        "rate", Clip, rate, .min = 0.001, .max = 1000, .unit = "pictures/s",
        .help =
            "of numbered pictures and of raw streams, which have no clock; else they count as 25 a second"),
    SHA256_FIELD("sha256", Clip, sha256,
                 .help = "of the file; it is then also found anywhere under the folders of VSAUDIT_DATA"),
    TEXT_FIELD("url", Clip, url, .help = "where scripts/fetch-datasets may download it"),
    TEXT_FIELD("licence", Clip, licence,
               .help = "SPDX id or words; what it allows decides what may be downloaded"),
    TEXT_FIELD("camera", Clip, camera,
               .help = "clips of one camera are one cluster in statistics; default: the clip’s id"),
    SECONDS_FIELD("duration_s", Clip, duration_us, .max = 1e6, .unit = "s",
                  .help = "the clip’s length, first picture to the end of the last: another length is "
                          "refused (by more than "
                          "0.5 s, two pictures and 0.1 %), and events beyond it"),
    CHOICE_FIELD(
        "times", Clip, times, clip_times_words,
        .help = "on which clock truth and alerts of this clip are written; default: as the dataset says"),
    CUSTOM_FIELD("recorded_at", Clip, recorded_at, read_recorded_at, .shape = "YYYY-MM-DD HH:MM:SS[+HH:MM]",
                 .help = "the first frame by the camera’s clock: for hours of the day, and for alert logs "
                         "with clock times"),
    TEXTS_FIELD("tags", Clip, tags, .help = "for choosing clips"),
    CUSTOM_FIELD("attributes", Clip, attributes, read_attributes, .shape = "{name: text}",
                 .help = "strata for the report: {lighting: night, weather: rain}"),
    CUSTOM_FIELD("scene", Clip, scene, read_scene, .table = &scene_table,
                 .help = "what is drawn on the picture"),
    LIST_FIELD("events", Clip, events, &event_table, .help = "what truly happens"),
    CUSTOM_FIELD("coverage", Clip, coverage, read_coverage, .shape = "{behaviour: all | [[start, end], …]}",
                 .help = "the spans that were really looked at for a behaviour; only they count as hours"),
    YAML_FIELD_END};
const YamlTable clip_table = {YAML_TABLE("clip", clip_fields, Clip), .prepare = prepare_clip,
                              .check = check_clip, .clear = clear_clip};

bool clip_coverage(const Clip *clip, const char *behaviour, int64_t duration_us, SpanList *out)
{
    span_list_init(out);
    const SpanList *spans = g_hash_table_lookup(clip->coverage, behaviour);
    if (spans == NULL)
        return false;
    span_list_add(out, 0, duration_us);
    if (spans->spans->len > 0)
        span_list_intersect_list(out, spans);
    return true;
}

char *clip_id_for_file(const char *id)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    if (strspn(id, plain) == strlen(id) && *id != '.')
        return g_strdup(id);
    g_autofree char *name = g_strcanon(g_strdup(id), plain, '_');
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, id, -1);
    /* Not much longer than needed: file names end at 255 bytes, and scenario and system stand beside it. */
    return g_strdup_printf("_%.40s-%.12s", name, hash);
}
