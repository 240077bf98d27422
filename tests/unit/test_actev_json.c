/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truth/actev_json: the JSON files of ActEV's evaluations, what of them counts, and where what is wrong
 * stands. */
#include "scratch.h"
#include "truth/actev_json.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#include "unit.h"

/* The four files; NULL: the sound one below. */
typedef struct {
    const char *files, *activities, *reference, *system;
} Texts;

#define FILES "{\"a.mp4\": {\"framerate\": 30, \"selected\": {\"1\": 1, \"1001\": 0}}}"
#define ACTIVITIES "{\"Closing\": {}, \"Opening\": {}}"
#define ONE(more) "{\"filesProcessed\": [\"a.mp4\"], \"activities\": [" more "]}"
#define INSTANCE(name, id, more, on) \
    "{\"activity\": \"" name "\", \"activityID\": " #id more ", \"localization\": {\"a.mp4\": " on "}}"
#define SURE(confidence) ", \"presenceConf\": " #confidence
#define REFERENCE ONE(INSTANCE("Closing", 1, "", "{\"100\": 1, \"200\": 0}"))
#define SYSTEM ONE(INSTANCE("Closing", 7, SURE(0.5) ", \"alertFrame\": 160", "{\"150\": 1, \"250\": 0}"))

/* What is loaded from these texts; *message (caller frees) is the error or the remarks, a line each, without
 * the folder. */
static ActevSet *load(const Texts *texts, ActevSource source, char **message)
{
    g_autofree char *files = scratch_write("files.json", texts->files != NULL ? texts->files : FILES);
    g_autofree char *activities =
        scratch_write("activities.json", texts->activities != NULL ? texts->activities : ACTIVITIES);
    g_autofree char *reference =
        scratch_write("reference.json", texts->reference != NULL ? texts->reference : REFERENCE);
    g_autofree char *system = scratch_write("system.json", texts->system != NULL ? texts->system : SYSTEM);
    source.files = files;
    source.activities = activities;
    source.reference = reference;
    source.system = system;
    g_autoptr(GError) error = NULL;
    ActevSet *set = actev_set_load(&source, &error);
    assert_true((set != NULL) == (error == NULL));
    g_autoptr(GString) all = g_string_new(error != NULL ? error->message : "");
    for (guint i = 0; set != NULL && i < set->remarks->len; i++)
        g_string_append_printf(all, "%s\n", (const char *)g_ptr_array_index(set->remarks, i));
    g_autofree char *prefix = g_strdup_printf("%s/", scratch_folder);
    g_string_replace(all, prefix, "", 0);
    *message = g_strdup(all->str);
    return set;
}

/* "activity/id/file: spans @alert confidence", one a line. Caller frees. */
static char *list(const ActevSet *set, const GPtrArray *records)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < records->len; i++) {
        const ActevRecord *record = g_ptr_array_index(records, i);
        g_string_append_printf(
            all,
            "%s/%" PRId64 "/%s:", (const char *)g_ptr_array_index(set->activities, (guint)record->activity),
            record->id, ((const ActevIndexed *)g_ptr_array_index(set->files, (guint)record->file))->name);
        for (guint s = 0; s < record->on.spans->len; s++) {
            const Span *span = &g_array_index(record->on.spans, Span, s);
            g_string_append_printf(all, " %" PRId64 "-%" PRId64, span->start_us, span->end_us);
        }
        if (record->alert != TIME_UNKNOWN)
            g_string_append_printf(all, " @%" PRId64, record->alert);
        g_string_append_printf(all, " %g\n", record->confidence);
    }
    return g_string_free(all, FALSE);
}

static void assert_systems(const Texts *texts, ActevSource source, const char *expected, const char *remarks)
{
    g_autofree char *message = NULL;
    g_autoptr(ActevSet) set = load(texts, source, &message);
    if (set == NULL)
        fail_msg("%s", message);
    g_autofree char *systems = list(set, set->systems);
    assert_string_equal(systems, expected);
    assert_string_equal(message, remarks);
}

TEST(sound_files_are_read)
{
    g_autofree char *message = NULL;
    g_autoptr(ActevSet) set = load(&(Texts){NULL}, (ActevSource){.all_activities = true}, &message);
    assert_non_null(set);
    assert_string_equal(message, "");
    assert_int_equal(set->activities->len, 2);
    assert_int_equal(set->files->len, 1);
    const ActevIndexed *file = g_ptr_array_index(set->files, 0);
    assert_true(file->rate == 30);
    assert_int_equal(span_list_total(&file->selected), 1000);
    g_autofree char *references = list(set, set->references), *systems = list(set, set->systems);
    assert_string_equal(references, "Closing/1/a.mp4: 100-200 0\n");
    assert_string_equal(systems, "Closing/7/a.mp4: 150-250 @160 0.5\n");
}

/* A signal may be told in any order, with steps that change nothing. */
TEST(signals_are_spans)
{
    assert_systems(
        &(Texts){.system = ONE(INSTANCE("Closing", 1, SURE(1),
                                        "{\"300\": 0, \"250\": 1, \"100\": 1, \"120\": 1, \"200\": 0}"))},
        (ActevSource){0}, "Closing/1/a.mp4: 100-200 250-300 1\n",
        "activities without a reference that counts, left out with 0 system instances: Opening "
        "(--actev-all-activities scores them)\n");
}

TEST(what_does_not_count_is_counted)
{
    static const char left_out[] =
        "activities without a reference that counts, left out with 1 system instances: Opening "
        "(--actev-all-activities scores them)\n";
    static const char system[] = ONE(INSTANCE("Opening", 1, SURE(1), "{\"100\": 1, \"200\": 0}") "," INSTANCE(
        "Closing", 2, SURE(0.25),
        "{\"990\": 1, \"1002\": 0}") "," INSTANCE("Clsing", 3, SURE(1),
                                                  "{\"1\": 1, \"5\": 0}") "," INSTANCE("Closing", 3,
                                                                                       SURE(0.75),
                                                                                       "{\"1\": 1, \"1001\": "
                                                                                       "0}"));
    g_autofree char *inside = g_strconcat("system.json: 1 system instance not counted: of an activity that "
                                          "the activity index does not have (first: “Clsing”)\n",
                                          "system.json: 1 system instance not counted: not wholly within the "
                                          "selected frames (--actev-keep-outside counts them)\n",
                                          "system.json: 1 system instance with an id that another one has, "
                                          "counted like all others: the tables cannot tell "
                                          "them apart\n",
                                          left_out, NULL);
    assert_systems(&(Texts){.system = system}, (ActevSource){0}, "Closing/3/a.mp4: 1-1001 0.75\n", inside);
    g_autofree char *outside = g_strconcat("system.json: 1 system instance not counted: of an activity that "
                                           "the activity index does not have (first: “Clsing”)\n",
                                           "system.json: 1 system instance with an id that another one has, "
                                           "counted like all others: the tables cannot tell "
                                           "them apart\n",
                                           left_out, NULL);
    assert_systems(&(Texts){.system = system}, (ActevSource){.keep_outside = true},
                   "Closing/2/a.mp4: 990-1002 0.25\nClosing/3/a.mp4: 1-1001 0.75\n", outside);
}

/* Files that the index does not have, and files that the system did not process: refused, or left out aloud.
 */
TEST(files_that_are_elsewhere)
{
    static const char two[] = "{\"a.mp4\": {\"framerate\": 30, \"selected\": {\"1\": 1, \"1001\": 0}}, "
                              "\"b.mp4\": {\"framerate\": 25, \"selected\": {\"1\": 1, \"11\": 0}}}";
    static const char rates[] =
        "files.json: “b.mp4” has 25 pictures per second, the first file 30: wherever the protocol speaks of "
        "one second, the first file's rate stands for all (as in the public scorer)\n";
    static const char opening[] =
        "activities without a reference that counts, left out with 0 system instances: Opening "
        "(--actev-all-activities scores them)\n";
    g_autofree char *both = g_strconcat(rates, opening, NULL);
    assert_systems(&(Texts){.files = two}, (ActevSource){.ignore_missing = true},
                   "Closing/7/a.mp4: 150-250 @160 0.5\n", both);
    static const char report[] =
        "{\"filesProcessed\": [\"a.mp4\"], \"processingReport\": {\"fileStatuses\": {\"b.mp4\": {}}}, "
        "\"activities\": [" INSTANCE("Closing", 1, SURE(1), "{\"100\": 1, \"200\": 0}") "]}";
    g_autofree char *missing = g_strconcat(
        rates,
        "reference.json: 1 reference instance not counted: in a file that the system did not process\n",
        "system.json: 1 system instance not counted: in a file that the system did not process\n", NULL);
    g_autofree char *message = NULL;
    g_autoptr(ActevSet) none =
        load(&(Texts){.files = two, .system = report}, (ActevSource){.ignore_missing = true}, &message);
    assert_null(none);
    assert_string_equal(message,
                        "reference.json: found no reference instance that counts, expected at least one, or "
                        "--actev-all-activities to measure false alarms alone");
    assert_systems(&(Texts){.files = two, .system = report},
                   (ActevSource){.ignore_missing = true, .all_activities = true}, "", missing);
    static const char stranger[] =
        "{\"filesProcessed\": [\"a.mp4\", \"x.mp4\"], \"activities\": [{\"activity\": \"Closing\", "
        "\"activityID\": 1, "
        "\"presenceConf\": 1, \"localization\": {\"x.mp4\": {\"1\": 1, \"5\": 0}}}]}";
    g_autofree char *extraneous = g_strconcat(
        "system.json: 1 system instance not counted: in a file that the file index does not have\n", opening,
        NULL);
    assert_systems(&(Texts){.system = stranger}, (ActevSource){.ignore_extraneous = true}, "", extraneous);
}

/* Of each activity the surest stay while they are on for less than that share of the frames, equals together.
 */
TEST(pruning_keeps_the_surest)
{
    static const char system[] =
        ONE(INSTANCE("Closing", 1, SURE(0.2), "{\"100\": 1, \"200\": 0}") "," INSTANCE(
            "Closing", 2, SURE(0.9),
            "{\"300\": 1, \"400\": 0}") "," INSTANCE("Closing", 3, SURE(0.5),
                                                     "{\"500\": 1, \"550\": 0}") "," INSTANCE("Closing", 4,
                                                                                              SURE(0.5),
                                                                                              "{\"600\": 1, "
                                                                                              "\"650\": 0}"));
    static const struct {
        double share;
        const char *kept, *remark;
    } cases[] = {
        /* of 1001 frames; 100, then 200, then 300 are on */
        {0.1, "",
         "system.json: 4 of 4 system instances pruned: of each activity the surest are kept while they are "
         "on for less than 100 frames\n"},
        {0.101, "Closing/2/a.mp4: 300-400 0.9\n",
         "system.json: 3 of 4 system instances pruned: of each activity the surest are kept while they are "
         "on for less than 101 frames\n"},
        {0.2, "Closing/2/a.mp4: 300-400 0.9\n",
         "system.json: 3 of 4 system instances pruned: of each activity the surest are kept while they are "
         "on for less than 200 frames\n"},
        {0.201, "Closing/2/a.mp4: 300-400 0.9\nClosing/3/a.mp4: 500-550 0.5\nClosing/4/a.mp4: 600-650 0.5\n",
         "system.json: 1 of 4 system instances pruned: of each activity the surest are kept while they are "
         "on for less than 201 frames\n"},
        {0.301,
         "Closing/1/a.mp4: 100-200 0.2\nClosing/2/a.mp4: 300-400 0.9\nClosing/3/a.mp4: 500-550 "
         "0.5\nClosing/4/a.mp4: 600-650 0.5\n",
         "system.json: 0 of 4 system instances pruned: of each activity the surest are kept while they are "
         "on for less than 301 frames\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_systems(&(Texts){.system = system},
                       (ActevSource){.all_activities = true, .prune = cases[i].share}, cases[i].kept,
                       cases[i].remark);
}

/* Activities that are left out do not move those that stay to another name. */
TEST(activities_keep_their_names)
{
    assert_systems(
        &(Texts){
            .activities = "{\"A\": {}, \"B\": {}, \"C\": {}, \"D\": {}}",
            .reference = ONE(INSTANCE("D", 1, "", "{\"1\": 1, \"5\": 0}") "," INSTANCE(
                "B", 2, "", "{\"1\": 1, \"5\": 0}")),
            .system = ONE(INSTANCE("D", 1, SURE(1), "{\"1\": 1, \"2\": 0}") "," INSTANCE(
                "A", 2, SURE(1),
                "{\"1\": 1, \"2\": 0}") "," INSTANCE("B", 3, SURE(1),
                                                     "{\"1\": 1, \"2\": 0}") "," INSTANCE("C", 4, SURE(1),
                                                                                          "{\"1\": 1, \"2\": "
                                                                                          "0}"))},
        (ActevSource){0}, "D/1/a.mp4: 1-2 1\nB/3/a.mp4: 1-2 1\n",
        "activities without a reference that counts, left out with 2 system instances: A, C "
        "(--actev-all-activities scores them)\n");
}

#define SIGNAL ", expected frames at which it begins (1) and ends (0), like {\"3100\": 1, \"3120\": 0}"
#define ODD(on) ONE(INSTANCE("Closing", 1, SURE(1), on))

TEST(what_is_wrong_is_said_with_its_place)
{
    static const struct {
        Texts texts;
        const char *message;
    } cases[] = {
        {{.files = "[1]"}, "files.json:1:1: found no JSON object, expected an ActEV file index"},
        {{.files = "{\n\"a\": }"},
         "files.json:2:6: found broken JSON (unexpected token near '}'), expected an ActEV file index"},
        {{.files = "{}"}, "files.json:1:1: found no file, expected at least one"},
        {{.activities = "{}"}, "activities.json:1:1: found no activity, expected at least one"},
        {{.activities = "{\"ok\": 1,\n \"=sum\": 1}"},
         "activities.json:2:10: =sum: found an activity's name of this form, expected one without |, "
         "quotation mark or control "
         "character that does not begin with =, +, - or @"},
        {{.activities = "{\"a|b\": 1}"},
         "activities.json:1:9: a|b: found an activity's name of this form, expected one without |, quotation "
         "mark or control "
         "character that does not begin with =, +, - or @"},
        {{.activities = "{\"\": 1}"},
         "activities.json:1:6: found an activity's name of this form, expected one without |, quotation "
         "mark or control "
         "character that does not begin with =, +, - or @"},
        {{.files = "{\n \"a\\tb\": {\"framerate\": 30, \"selected\": {\"1\": 1, \"9\": 0}}}"},
         /* a key with an escape is not found again: the first place is told */
         "files.json:1:1: a\tb: found a file name of this form, expected one without |, quotation mark or "
         "control character that "
         "does not begin with =, +, - or @"},
        {{.files = "{\"a.mp4\": {\"framerate\": 1000001, \"selected\": {\"1\": 1, \"9\": 0}}}"},
         "files.json:1:11: a.mp4: found no framerate above 0, expected the file's pictures per second"},
        {{.files = "{\"a.mp4\": {\"framerate\": 30}}"},
         "files.json:1:11: a.mp4: selected: found nothing" SIGNAL},
        {{.files = "{\"a.mp4\": {\"framerate\": 30, \"selected\": {}}}"},
         "files.json:1:11: a.mp4: selected: found no frame that is on" SIGNAL},
        {{.files = "{\"a.mp4\": {\"framerate\": 30, \"selected\": 3}}"},
         "files.json:1:11: a.mp4: selected: found something else" SIGNAL},
        {{.system = ODD("{\"1\": 1, \"01\": 0}")},
         "system.json:1:122: activities[0].localization: found frame 1 twice" SIGNAL},
        {{.system = ODD("{\"1\": 1, \"5\": 0, \"05\": 0, \"9\": 0}")},
         "system.json:1:122: activities[0].localization: found frame 5 twice" SIGNAL},
        {{.system = ODD("{\"1\": 1, \"5\": 2}")},
         "system.json:1:122: activities[0].localization: found something other than 0 or 1 at frame "
         "5" SIGNAL},
        {{.system = ODD("{\"1\": 1, \"5\": 0.0}")},
         "system.json:1:122: activities[0].localization: found something other than 0 or 1 at frame "
         "5" SIGNAL},
        {{.system = ODD("{\"1\": 1, \"2147483648\": 0}")},
         "system.json:1:122: activities[0].localization: found “2147483648” for a frame" SIGNAL},
        {{.system = ODD("{\"1\": 1}")},
         "system.json:1:122: activities[0].localization: found no end after frame 1" SIGNAL},
        {{.system = ODD("{\"1\": 0}")},
         "system.json:1:122: activities[0].localization: found no frame that is on" SIGNAL},
        {{.system = ODD("{\"1\": 0, \"2\": 0}")},
         "system.json:1:122: activities[0].localization: found no frame that is on" SIGNAL},
        {{.system = ODD("{}")},
         "system.json:1:122: activities[0].localization: found no frame that is on" SIGNAL},
        {{.system = "{\"filesProcessed\": [\"a.mp4\"]}"},
         "system.json:1:1: activities: found no list of instances, expected one (it may be empty)"},
        {{.system = ONE("3")}, "system.json:1:46: activities[0]: found no activity, expected its name"},
        {{.system = ONE("{}")},
         "system.json:1:46: activities[0].activity: found no activity, expected its name"},
        {{.system = ONE("{\"activity\": \"Closing\", \"activityID\": 1.5, \"presenceConf\": 1, "
                        "\"localization\": {\"a.mp4\": {\"1\": 1, \"2\": 0}}}")},
         "system.json:1:84: activities[0].activityID: found no whole number, expected the instance's own"},
        {{.system = ONE(INSTANCE("Closing", 1, "", "{\"1\": 1, \"2\": 0}"))},
         "system.json:1:46: activities[0].presenceConf: found no number, expected how sure the system was"},
        {{.system = ONE(INSTANCE("Closing", 1, SURE(1) ", \"alertFrame\": 1.5", "{\"1\": 1, \"2\": 0}"))},
         "system.json:1:120: activities[0].alertFrame: found no whole number, expected a frame"},
        {{.system = ONE(
              "{\"activity\": \"Closing\", \"activityID\": 1, \"presenceConf\": 1, \"localization\": {}}")},
         "system.json:1:122: activities[0].localization: found 0 files, expected one: these protocols know "
         "no "
         "instance in several"},
        {{.system = "{\"filesProcessed\": [\"a.mp4\", 3], \"activities\": []}"},
         "system.json:1:20: filesProcessed: found something else in entry 1, expected a file's name"},
        {{.system = "{\"filesProcessed\": 3, \"activities\": []}"},
         "system.json:1:20: filesProcessed: found no list, expected the files that the system processed"},
        {{.system = "{\"filesProcessed\": [\"a.mp4\", \"b.mp4\"], \"activities\": []}"},
         "system.json:1:20: filesProcessed: found “b.mp4”, which the file index does not have, expected its "
         "files alone (nearest: "
         "a.mp4), or --actev-ignore-extraneous"},
        {{.reference = "{\"filesProcessed\": [], \"activities\": []}"},
         "reference.json: found no reference instance that counts, expected at least one, or "
         "--actev-all-activities to measure "
         "false alarms alone"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *message = NULL;
        g_autoptr(ActevSet) set = load(&cases[i].texts, (ActevSource){0}, &message);
        if (set == NULL && g_str_has_prefix(message, cases[i].message))
            continue;
        print_error("found “%s”, expected “%s”\n", message, cases[i].message);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

UNIT_TESTS(scratch_make, scratch_drop)
