/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include "behaviours/behaviour.h"
#include "cli/tables.h"
#include "config/handed.h"
#include "config/scenario.h"
#include "scoring/metrics.h"

#include <math.h>
#include <string.h>

#include "unit.h"
#include <glib/gstdio.h>

/* A registry of this test's own: what the loaders say must not depend on which behaviours there are today. */
typedef struct {
    int64_t hold_us;
    int64_t limit;
} WatchSettings;

static const OptionRow watch_options[] = {SECONDS_OPTION("hold_s", WatchSettings, hold_us, 0, 60, "2"),
                                          INT_OPTION("limit", WatchSettings, limit, 1, 100, "10", "people"),
                                          OPTION_END};
static const Behaviour watch = {
    .id = "camera-tampering", .options = watch_options, .settings_size = sizeof(WatchSettings)};
static const Behaviour crowd = {
    .id = "crowd-limit", .options = watch_options, .settings_size = sizeof(WatchSettings)};
const Behaviour *const behaviour_registry[] = {&watch, &crowd, NULL};

const Behaviour *behaviour_find(const char *id)
{
    for (size_t i = 0; behaviour_registry[i] != NULL; i++) {
        if (strcmp(behaviour_registry[i]->id, id) == 0)
            return behaviour_registry[i];
    }
    /* The built-in catalogue names others, which nothing here asks about. */
    static const char *const listed[] = {"abandoned-object",
                                         "weapon",
                                         "wrong-way",
                                         "intrusion",
                                         "line-crossing",
                                         "person-down",
                                         "crowd-movement",
                                         "crowd-density",
                                         "fire-start",
                                         "loitering",
                                         NULL};
    return g_strv_contains(listed, id) ? &watch : NULL;
}

/* ---- a scratch folder */

/* The messages of a dataset whose text follows the heading; the folder is cut off. */
static char *dataset_messages(const char *text, Dataset **out)
{
    g_autofree char *whole = g_strdup_printf("schema: vsaudit/dataset/1\nid: d\n%s", text);
    g_autofree char *path = scratch_write("d.yaml", whole);
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Dataset) dataset = dataset_read(path, problems);
    assert_true((dataset != NULL) == (problems_count(problems) == 0));
    g_autoptr(GPtrArray) list = problems_list(problems);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(all, "%s\n", (const char *)g_ptr_array_index(list, i));
    g_autofree char *prefix = g_strdup_printf("%s/", scratch_folder);
    g_string_replace(all, prefix, "", 0);
    if (out != NULL)
        *out = g_steal_pointer(&dataset);
    return g_strdup(all->str);
}

TEST(a_dataset_is_read_in_full)
{
    g_autofree char *truth = scratch_write("truth.csv", "kind,clip,behaviour,start_s,end_s,label\n"
                                                        "event,a,camera-tampering,5,6.5,moved\n"
                                                        "coverage,b,crowd-limit,0,4,\n"
                                                        "event,b,crowd-limit,1,2,\n");
    g_autofree char *log = scratch_write("tickets.csv", "time_s\n3.5\n1\n");
    g_autofree char *clip_file = scratch_write("a.mp4", "abc");
    g_autoptr(Dataset) dataset = NULL;
    g_autofree char *messages =
        dataset_messages("title: {en: Two clips, fr: Deux clips}\nlicence: CC-BY-4.0\nsynthetic: true\n"
                         "truth: [truth.csv]\nclips:\n"
                         "  - id: a\n    file: a.mp4\n    camera: north\n    duration_s: 10\n"
                         "    recorded_at: 2024-03-12 14:05:30+01:00\n"
                         "    tags: [x, y]\n    attributes: {lighting: night, n: 3}\n"
                         "    scene:\n      zones: {lawn: [[0, 0], [1, 0], [0.5, 1]]}\n"
                         "      lines: {gate: [[0, 0.5], [1, 0.5]]}\n      validations: tickets.csv\n"
                         "    coverage: {camera-tampering: all}\n"
                         "    events:\n      - {behaviour: camera-tampering, start_s: 7, end_s: 8, "
                         "certainty: dont_care, box: [0, 0, 0.5, 0.5], note: hand}\n"
                         "  - {id: b, file: b.mp4, coverage: {camera-tampering: [[0, 1], [2, 3]]}}\n",
                         &dataset);
    assert_string_equal(messages, "");
    assert_string_equal(dataset->title.fr, "Deux clips");
    assert_true(dataset->synthetic);
    assert_int_equal(strlen(dataset->sha256), 64);
    assert_int_equal(dataset->truth_files->len, 2); /* the log and the truth file */
    assert_int_equal(dataset->truth_hashes->len, 2);
    const Clip *a = dataset_find_clip(dataset, "a"), *b = dataset_find_clip(dataset, "b");
    assert_string_equal(a->camera, "north");
    assert_string_equal(b->camera, "b");
    assert_int_equal(g_date_time_to_unix(a->recorded_at), 1710248730);
    assert_int_equal(g_date_time_get_hour(a->recorded_at), 14);
    assert_null(b->recorded_at);
    assert_string_equal(g_hash_table_lookup(a->attributes, "n"), "3");
    assert_string_equal(a->path, clip_file);
    assert_null(b->path);
    assert_non_null(strstr(b->missing_reason, "is not there"));
    assert_int_equal(a->events->len, 2);
    const Event *first = g_ptr_array_index(a->events, 0), *second = g_ptr_array_index(a->events, 1);
    assert_string_equal(first->label, "moved");
    assert_int_equal(first->end_us, 6500000);
    assert_int_equal(second->certainty, CERTAINTY_DONT_CARE);
    assert_true(second->box.w == 0.5);
    assert_int_equal(a->scene->validations->len, 2);
    assert_int_equal(g_array_index(a->scene->validations, int64_t, 0), 1000000);
    assert_non_null(scene_find_zone(a->scene, "lawn", NULL));
    assert_non_null(scene_find_line(a->scene, "gate", NULL));
    g_auto(SpanList) spans;
    assert_true(clip_coverage(a, "camera-tampering", 9000000, &spans));
    assert_int_equal(span_list_total(&spans), 9000000);
    g_auto(SpanList) partial;
    assert_true(clip_coverage(b, "camera-tampering", 2500000, &partial));
    assert_int_equal(span_list_total(&partial), 1500000);
    g_auto(SpanList) from_file;
    assert_true(clip_coverage(b, "crowd-limit", 9000000, &from_file));
    assert_int_equal(span_list_total(&from_file), 4000000);
    g_auto(SpanList) none;
    assert_false(clip_coverage(a, "crowd-limit", 9000000, &none));
    assert_int_equal(span_list_total(&none), 0);
}

TEST(geometry_and_events_are_checked)
{
    static const TestPair refusals[] = {
        {"scene: {zones: {z: [[0, 0], [1, 1]]}}",
         "d.yaml:6:24: clips[0].scene.zones.z: found a polygon of 2 points, expected at least 3\n"},
        {"scene: {zones: {z: [[0, 0], [1, 1], [1, 0], [0, 1]]}}",
         "d.yaml:6:24: clips[0].scene.zones.z: found a polygon that crosses or touches itself, expected a "
         "simple "
         "one (go round it in one direction, each corner once)\n"},
        {"scene: {zones: {z: [[0, 0], [0.5, 0.5], [1, 1]]}}",
         "d.yaml:6:24: clips[0].scene.zones.z: found a polygon without area, expected corners that enclose "
         "one\n"},
        {"scene: {zones: {z: [[0, 0], [1.2, 0], [1, 1]]}}",
         "d.yaml:6:34: clips[0].scene.zones.z[1][0]: found “1.2”, expected a number from 0 to 1\n"},
        {"scene: {lines: {g: [[0.5, 0], [0.5, 0]]}}",
         "d.yaml:6:24: clips[0].scene.lines.g: found the same point twice, expected a line of some length\n"},
        {"events: [{behaviour: camera-tampering, start_s: 1, end_s: 2}]",
         "d.yaml:6:14: clips[0].events[0].behaviour: found an event of “camera-tampering”, expected the clip "
         "“a” "
         "to state under “coverage” which spans were annotated for it\n"},
        {"coverage: {camera-tampering: all}\n    events: [{behaviour: camera-tampering, start_s: 2, end_s: "
         "2}]",
         "d.yaml:7:63: clips[0].events[0].end_s: found “2”, expected more than start_s, which is 2.000\n"},
        {"coverage: {camera-tampering: all}\n    events: [{behaviour: camera-tampering, start_s: 9, end_s: "
         "11}]",
         "d.yaml:7:14: clips[0].events[0].end_s: found 11.000, expected at most the clip's duration of "
         "10.000 "
         "s\n"},
        {"coverage: {camera-tampering: [[0, 5]]}\n    events: [{behaviour: camera-tampering, start_s: 6, "
         "end_s: "
         "7}]",
         "d.yaml:7:14: clips[0].events[0].start_s: found an event outside the spans that were annotated for "
         "“camera-tampering”, expected it inside them\n"},
        {"coverage: {camera-tampering: all}\n    events: [{behaviour: camera-tampering, start_s: 1, end_s: "
         "3},\n {behaviour: camera-tampering, start_s: 1, end_s: 3, annotator: B}]",
         "d.yaml:8:2: clips[0].events[1].start_s: found the same event as in line 7, expected one: what each "
         "person marked belongs into a file of its own under “annotators” (or, if two events are alike, a "
         "track or a note for each)\n"},
        {"coverage: {camera-tampering: all}\n    events: [{behaviour: camera-tampering, start_s: 10, end_s: "
         "10.2}]",
         "d.yaml:7:14: clips[0].events[0].end_s: found 10.200, expected at most the clip's duration of "
         "10.000 s\n"},
        {"coverage: {camera-tempering: all}", "d.yaml:6:16: clips[0].coverage.camera-tempering: found "
                                              "“camera-tempering”, expected a behaviour, perhaps "
                                              "“camera-tampering”\n"},
        {"coverage: {crowd-limit: [[5, 11]]}",
         "d.yaml:4: clip “a”, coverage.crowd-limit: found a span that ends at 11.000 s, expected at most the "
         "clip's duration of 10.000 s\n"},
        {"url: ftp://x/y",
         "d.yaml:6:10: clips[0].url: found “ftp://x/y”, expected an address that begins with https:// or "
         "http://\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autofree char *text = g_strdup_printf(
            "clips:\n  - id: a\n    duration_s: 10\n    %s\n    file: a.mp4\n", refusals[i].given);
        g_autofree char *messages = dataset_messages(text, NULL);
        assert_string_equal(messages, refusals[i].expected);
    }
}

/* ---- events at once, and ends a little beyond the clip */

static const char *remark(const Dataset *dataset, guint i)
{
    assert_true(i < dataset->remarks->len);
    const char *text = g_ptr_array_index(dataset->remarks, i);
    return strstr(text, "d.yaml");
}

TEST(events_may_go_on_at_once)
{
    g_autofree char *truth = scratch_write("many.csv", "clip,behaviour,start_s,end_s,label,track,x,y,w,h\n"
                                                       "a,crowd-limit,1,4,,,0.1,0.1,0.1,0.3\n"
                                                       "a,crowd-limit,1,4,,,0.6,0.1,0.1,0.3\n"
                                                       "a,crowd-limit,1,4,,17,,,,\n"
                                                       "a,crowd-limit,2,3,,,,,,\n");
    g_autoptr(Dataset) dataset = NULL;
    g_autofree char *messages = dataset_messages(
        "truth: [many.csv]\nclips:\n  - id: a\n    file: a.mp4\n    duration_s: 10\n"
        "    coverage: {crowd-limit: all}\n"
        "    events:\n      - {behaviour: crowd-limit, start_s: 1, end_s: 4, track: 18}\n"
        "      - {behaviour: crowd-limit, start_s: 1, end_s: 9, note: longer than the others}\n",
        &dataset);
    assert_string_equal(messages, "");
    const Clip *a = dataset_find_clip(dataset, "a");
    assert_int_equal(a->events->len, 6);
    assert_int_equal(dataset->remarks->len, 0);
    assert_string_equal(((const Event *)g_ptr_array_index(a->events, 1))->track, "18");

    /* The same event in the manifest and in a file is told with both places. */
    g_autofree char *again =
        dataset_messages("truth: [many.csv]\nclips:\n  - id: a\n    file: a.mp4\n"
                         "    coverage: {crowd-limit: all}\n"
                         "    events: [{behaviour: crowd-limit, start_s: 2, end_s: 3}]\n",
                         NULL);
    assert_string_equal(again,
                        "many.csv:5:15: start_s: found the same event as in d.yaml, line 8, expected it "
                        "once (or, if two events are alike, a track or a note for each)\n");
}

TEST(two_annotators_of_one_event_are_suspected)
{
    g_autoptr(Dataset) dataset = NULL;
    g_autofree char *messages =
        dataset_messages("clips:\n  - id: a\n    file: a.mp4\n    coverage: {crowd-limit: all}\n    events:\n"
                         "      - {behaviour: crowd-limit, start_s: 1, end_s: 4, annotator: A}\n"
                         "      - {behaviour: crowd-limit, start_s: 1.2, end_s: 4.1, annotator: B}\n",
                         &dataset);
    assert_string_equal(messages, "");
    assert_int_equal(dataset->remarks->len, 1);
    assert_string_equal(
        remark(dataset, 0),
        "d.yaml:4: clip “a”: at 1.200 s annotators “A” and “B” marked events that go on at "
        "once and are taken for two; if they are one, each person's belong into a file of its "
        "own under “annotators”");
}

TEST(an_end_a_little_beyond_is_cut)
{
    g_autofree char *truth = scratch_write("beyond.csv", "kind,clip,behaviour,start_s,end_s\n"
                                                         "coverage,a,crowd-limit,0,10.5\n"
                                                         "event,a,crowd-limit,8,10.12\n");
    g_autofree char *other = scratch_write("other.csv", "clip,behaviour,start_s,end_s\n"
                                                        "a,crowd-limit,8,10.2\n");
    g_autoptr(Dataset) dataset = NULL;
    g_autofree char *messages = dataset_messages(
        "truth: [beyond.csv]\nannotators: [{id: A, truth: [other.csv]}]\nclips:\n  - id: a\n"
        "    file: a.mp4\n    duration_s: 10\n    coverage: {camera-tampering: [[2, 10.1]]}\n",
        &dataset);
    assert_string_equal(messages, "");
    const Clip *a = dataset_find_clip(dataset, "a");
    assert_int_equal(((const Event *)g_ptr_array_index(a->events, 0))->end_us, 10000000);
    const GPtrArray *seen = reading_events(dataset_find_annotator(dataset, "A"), "a");
    assert_int_equal(((const Event *)g_ptr_array_index(seen, 0))->end_us, 10000000);
    g_auto(SpanList) spans;
    assert_true(clip_coverage(a, "camera-tampering", 20000000, &spans));
    assert_int_equal(span_list_total(&spans), 8000000);
    assert_int_equal(dataset->remarks->len, 1);
    assert_string_equal(remark(dataset, 0),
                        "d.yaml:6: clip “a”: 4 ends in its truth lie up to 0.500 s beyond its "
                        "length of 10.000 s and are cut to it");
    assert_int_equal(clip_end_slack_us(US_PER_SECOND), 3000000); /* time lapse: three pictures */
    assert_int_equal(clip_end_slack_us(40000), 500000);
}

/* ---- scenarios and audits */

static char *audit_messages(const char *name, const char *override, Audit **out)
{
    g_autofree char *path = g_build_filename(scratch_folder, name, NULL);
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Audit) audit = audit_read((const char *const[]){path}, 1, override, problems);
    assert_true((audit != NULL) == (problems_count(problems) == 0));
    g_autoptr(GPtrArray) list = problems_list(problems);
    g_ptr_array_add(list, NULL);
    *out = g_steal_pointer(&audit);
    return g_strjoinv("\n", (char **)list->pdata);
}

TEST(an_audit_is_read_in_full)
{
    g_autofree char *dataset = scratch_write(
        "set.yaml", "schema: vsaudit/dataset/1\nid: set\nclips:\n"
                    "  - {id: a, file: a.mp4, tags: [day], coverage: {crowd-limit: all}}\n"
                    "  - {id: b, file: b.mp4, tags: [night], coverage: {crowd-limit: all}}\n"
                    "  - {id: c, file: c.mp4, tags: [day, rain], coverage: {crowd-limit: all}}\n"
                    "  - {id: d, file: d.mp4, tags: [day], coverage: {camera-tampering: all}}\n");
    g_autofree char *scenario = scratch_write(
        "in/s.yaml",
        "schema: vsaudit/scenario/1\nid: s\nversion: 3\ntitle: {en: T, fr: U}\nbehaviour: crowd-limit\n"
        "definition: d\nlegal: {decree_2023_828: 7}\nhard_negatives: [queue]\ndataset: ../set.yaml\n"
        "clips: {tags: [day], exclude_tags: [rain]}\n"
        "systems:\n  - {id: r, kind: reference, params: {limit: 5, hold_s: 1.5}}\n"
        "  - {id: v, kind: alerts, path: v.csv, title: Vendor}\n  - {id: n, kind: null}\n"
        "conditions: [as-recorded, {id: dark, filter: \"eq=brightness=-0.3\", title: {en: dark, fr: "
        "sombre}}]\n"
        "protocol_params: {pre: 1}\nperception: {width: 320}\nstrata: [lighting]\n"
        "prevalence: {value: 0.01, unit: per_camera_hour, source: guess}\n"
        "claims:\n  - {id: c1, text: few, source: x, date: 2023-02-01, system: v,\n"
        "     reading: {metric: false_alerts_per_camera_hour, op: \"<=\", value: 0.0417}}\n"
        "  - {id: c2, text: good, not_testable: {en: no figure, fr: aucun chiffre}}\n");
    g_autofree char *audit_file = scratch_write(
        "audit.yaml", "schema: vsaudit/audit/1\nid: a\ntitle: A\nsummary: {fr: S}\n"
                      "identity: {commissioner: me, cost: 0}\npublic_information: {poster: none}\n"
                      "scenarios: [in/s.yaml]\n");
    g_autoptr(Audit) audit = NULL;
    g_autofree char *messages = audit_messages("audit.yaml", NULL, &audit);
    assert_string_equal(messages, "");
    assert_string_equal(statements_find(&audit->dossier.identity, "cost")->text.fr, "0");
    assert_string_equal(statements_find(&audit->dossier.public_information, "poster")->text.en, "none");
    assert_string_equal(audit->summary.fr, "S");
    assert_null(audit->summary.en);
    assert_int_equal(audit->datasets->len, 1);
    const Scenario *s = g_ptr_array_index(audit->scenarios, 0);
    assert_int_equal(s->version, 3);
    assert_int_equal(s->decree_2023_828, 7);
    assert_string_equal(s->definition.fr, "d");
    assert_ptr_equal(s->dataset, g_ptr_array_index(audit->datasets, 0));
    g_autoptr(GPtrArray) clips = scenario_clips(s);
    assert_int_equal(clips->len, 1); /* b has another tag, c an excluded one, d is not annotated */
    assert_string_equal(((const Clip *)g_ptr_array_index(clips, 0))->id, "a");
    const SystemSpec *v = g_ptr_array_index(s->systems, 1), *n = g_ptr_array_index(s->systems, 2);
    g_autofree char *expected = g_build_filename(scratch_folder, "in", "v.csv", NULL);
    assert_string_equal(v->path, expected);
    assert_true(system_kind(n)->is_control);
    assert_string_equal(system_kind_names[v->kind], "alerts");
    const ConditionSpec *first = g_ptr_array_index(s->conditions, 0),
                        *dark = g_ptr_array_index(s->conditions, 1);
    assert_null(first->filter);
    assert_string_equal(dark->title.fr, "sombre");
    assert_string_equal(s->protocol, "eval-2");
    assert_true(s->prevalence == 0.01);
    const Claim *c1 = g_ptr_array_index(s->claims, 0), *c2 = g_ptr_array_index(s->claims, 1);
    assert_int_equal(c1->metric, METRIC_FALSE_ALERTS_PER_CAMERA_HOUR);
    assert_true(c1->at_most);
    assert_true(c1->value == 0.0417 && c1->alpha == 0.05);
    assert_string_equal(metric_name(c1->metric), "false_alerts_per_camera_hour");
    assert_int_equal(c2->metric, METRIC_NONE);
    assert_string_equal(c2->not_testable_reason.fr, "aucun chiffre");
}

TEST(a_scenario_alone_makes_an_audit)
{
    g_autofree char *dataset =
        scratch_write("other.yaml", "schema: vsaudit/dataset/1\nid: other\nclips:\n"
                                    "  - {id: z, file: z.mp4, coverage: {crowd-limit: all}}\n");
    g_autofree char *scenario = scratch_write(
        "alone.yaml", "schema: vsaudit/scenario/1\nid: alone\ntitle: T\nbehaviour: crowd-limit\n"
                      "systems: [{id: r, kind: reference}]\n");
    g_autoptr(Audit) audit = NULL;
    g_autofree char *messages = audit_messages("alone.yaml", dataset, &audit);
    assert_string_equal(messages, "");
    assert_string_equal(audit->id, "alone");
    assert_null(audit->file);
    const Scenario *s = g_ptr_array_index(audit->scenarios, 0);
    assert_string_equal(s->dataset->id, "other");
    assert_int_equal(s->decree_2023_828, -1);
    assert_true(isnan(s->prevalence));
    assert_int_equal(s->conditions->len, 1);
    g_autoptr(Audit) without = NULL;
    g_autofree char *missing = audit_messages("alone.yaml", NULL, &without);
    assert_non_null(strstr(missing, "found no dataset, expected"));
}

/* ---- logs that came afterwards */

TEST(logs_that_came_take_the_place_of_systems)
{
    g_autofree char *dataset =
        scratch_write("handed.yaml", "schema: vsaudit/dataset/1\nid: handed\nclips:\n"
                                     "  - {id: z, file: z.mp4, coverage: {crowd-limit: all}}\n");
    g_autofree char *scenario = scratch_write(
        "came.yaml",
        "schema: vsaudit/scenario/1\nid: came\ntitle: T\nbehaviour: crowd-limit\ndataset: handed.yaml\n"
        "conditions: [as-recorded, {id: dark, filter: negate}, {id: rain, filter: hflip}, {id: soft, filter: "
        "vflip}]\n"
        "systems: [{id: r, kind: reference}, {id: v, title: Vendor, kind: reference}, {id: n, kind: "
        "\"null\"}]\n"
        "claims:\n"
        "  - {id: a, text: t, system: v, condition: dark, reading: {metric: p_miss, op: \"<=\", value: "
        "0.1}}\n"
        "  - {id: b, text: t, system: v, reading: {metric: rate_ratio, against_condition: soft, op: \"<=\", "
        "value: 2}}\n");
    g_autoptr(Audit) audit = NULL;
    g_autofree char *messages = audit_messages("came.yaml", NULL, &audit);
    assert_string_equal(messages, "");
    g_autoptr(GPtrArray) logs = g_ptr_array_new_with_free_func((GDestroyNotify)handed_log_free);
    g_ptr_array_add(logs, handed_log_new("v", "/came/v.csv"));
    g_ptr_array_add(logs, handed_log_new("w", "/came/w.csv"));
    handed_take(audit, logs);
    /* v is a log now, under its title; r needs video and is gone; w is new */
    const Scenario *s = g_ptr_array_index(audit->scenarios, 0);
    g_autoptr(GString) systems = g_string_new(NULL), conditions = g_string_new(NULL);
    for (guint i = 0; i < s->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(s->systems, i);
        g_string_append_printf(systems, "%s %s %s %s\n", system->id, system_kind_names[system->kind],
                               system->path != NULL ? system->path : "-",
                               system->title != NULL ? system->title : "-");
    }
    assert_string_equal(systems->str, "n null - -\nv alerts /came/v.csv Vendor\nw alerts /came/w.csv -\n");
    for (guint i = 0; i < s->conditions->len; i++)
        g_string_append_printf(conditions, "%s ",
                               ((const ConditionSpec *)g_ptr_array_index(s->conditions, i))->id);
    assert_string_equal(conditions->str, "as-recorded dark soft ");
}

/* ---- files of clips */

TEST(clips_are_found_by_hash)
{
    g_autofree char *hidden = scratch_write("data/deep/renamed.bin", "clip bytes");
    g_autofree char *decoy = scratch_write("wrong.mp4", "other bytes");
    g_autofree char *data = g_build_filename(scratch_folder, "data", NULL);
    g_autofree char *list = g_strdup_printf("/nonexistent:%s", data);
    g_setenv("VSAUDIT_DATA", list, TRUE);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "clip bytes", -1);
    g_autofree char *none = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "nowhere", -1);
    for (int round = 0; round < 2; round++) { /* the second time from the cache of hashes */
        g_autofree char *text =
            g_strdup_printf("clips:\n  - {id: a, sha256: %s}\n  - {id: b, file: wrong.mp4, sha256: %s}\n"
                            "  - {id: c, file: wrong.mp4, sha256: %s}\n",
                            hash, hash, none);
        g_autoptr(Dataset) dataset = NULL;
        g_autofree char *messages = dataset_messages(text, &dataset);
        assert_string_equal(messages, "");
        assert_string_equal(dataset_find_clip(dataset, "a")->path, hidden);
        assert_string_equal(dataset_find_clip(dataset, "b")->path, hidden);
        const Clip *c = dataset_find_clip(dataset, "c");
        assert_null(c->path);
        assert_non_null(strstr(c->missing_reason, "is not the file that the manifest names: SHA-256"));
        assert_true(c->altered);
    }
    /* Of a clip in several files the first that was passed over is told. */
    g_autofree char *second = scratch_write("second.mp4", "other bytes too");
    g_autofree char *parts = g_strdup_printf("clips:\n  - id: p\n    files: [{file: wrong.mp4, sha256: %s}, "
                                             "{file: second.mp4, sha256: %s}]\n",
                                             hash, hash);
    g_autoptr(Dataset) joined = NULL;
    g_autofree char *nothing_wrong = dataset_messages(parts, &joined);
    assert_string_equal(nothing_wrong, "");
    const Clip *p = dataset_find_clip(joined, "p");
    assert_string_equal(p->path, hidden);
    g_autofree char *told = g_strdup_printf("“%s” was passed over: ", decoy);
    assert_true(p->passed_over != NULL && g_str_has_prefix(p->passed_over, told));
    assert_true(g_file_set_contents(hidden, "changed!!!", -1, NULL)); /* same length, other bytes */
    g_autofree char *text = g_strdup_printf("clips:\n  - {id: a, sha256: %s}\n", hash);
    g_autoptr(Dataset) changed = NULL;
    g_autofree char *messages = dataset_messages(text, &changed);
    assert_string_equal(messages, "");
    assert_null(dataset_find_clip(changed, "a")->path);
    g_unsetenv("VSAUDIT_DATA");
}

/* ---- the documentation */

TEST(the_readme_says_what_the_tables_say)
{
    g_autofree char *readme = NULL;
    if (!g_file_get_contents("scenarios/README.md", &readme, NULL, NULL)) {
        print_message("skipped: scenarios/README.md is not here (run it from the project's folder)\n");
        skip();
    }
    const char *tables = strstr(readme, "## All keys");
    assert_non_null(tables);
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; config_tables[i] != NULL; i++) {
        g_autofree char *markdown = yaml_table_markdown(config_tables[i]);
        g_string_append_printf(all, "\n%s", markdown);
    }
    const char *written = strstr(tables, "\n### ");
    if (g_getenv("UPDATE") != NULL) {
        g_autofree char *head = g_strndup(readme, (size_t)((written != NULL ? written : tables) - readme));
        g_autofree char *whole = g_strconcat(head, all->str, NULL);
        g_file_set_contents("scenarios/README.md", whole, -1, NULL);
    } else {
        if (written == NULL || strcmp(written, all->str) != 0)
            fail_msg("scenarios/README.md: “All keys” is not what the tables of config/ say: make schema");
    }
}

UNIT_TESTS(scratch_make, scratch_drop)
