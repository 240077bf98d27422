/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pace.h"
#include "scratch.h"
#include "truth/truth.h"

#include <math.h>
#include <string.h>

#include "unit.h"
#include <glib/gstdio.h>

static const char *const behaviours[] = {"camera-tampering", "crowd-limit", NULL};

static char *messages_of(const Problems *problems)
{
    g_autoptr(GPtrArray) list = problems_list(problems);
    g_ptr_array_add(list, NULL);
    return g_strjoinv("\n", (char **)list->pdata);
}

static Truth *parse_truth(const char *text, char **messages)
{
    g_autoptr(Problems) problems = problems_new();
    Truth *truth = truth_parse(text, strlen(text), "t", behaviours, problems);
    assert_true((truth != NULL) == (problems_count(problems) == 0));
    *messages = messages_of(problems);
    return truth;
}

/* The truth that a text holds; nothing is wrong with it. */
static Truth *parse_fine(const char *text)
{
    g_autofree char *messages = NULL;
    Truth *truth = parse_truth(text, &messages);
    assert_string_equal(messages, "");
    return truth;
}

TEST(csv_truth_is_read)
{
    g_autoptr(Truth) truth = parse_fine(
        "\xef\xbb\xbfnote,end_s,start_s,behaviour,clip,kind,certainty,label,x,y,w,h\r\n"
        "\"a \"\"hand\"\", then\nnothing\",7.5,5.000001,camera-tampering,été,,dont_care,covered,0.1,0,"
        "0.5,1\r\n"
        "\r\n"
        ",10,0,crowd-limit,b,coverage,,,,,,\r\n"
        ",2,1,crowd-limit,b,event,,,,,,");
    assert_int_equal(truth->events->len, 2);
    assert_int_equal(truth->coverage->len, 1);
    const TruthEvent *first = &g_array_index(truth->events, TruthEvent, 0);
    assert_string_equal(first->clip, "été");
    assert_string_equal(first->event->note, "a \"hand\", then\nnothing");
    assert_int_equal(first->event->start_us, 5000001);
    assert_int_equal(first->event->certainty, CERTAINTY_DONT_CARE);
    assert_true(first->event->box.x == 0.1);
    const TruthEvent *second = &g_array_index(truth->events, TruthEvent, 1);
    assert_int_equal(second->line, 6);
    assert_true(geometry_box_is_none(second->event->box));
    assert_null(second->event->label);
}

/* Some spreadsheets still save lines that end as those of old Macs. */
TEST(lines_of_old_macs_are_read)
{
    g_autoptr(Truth) truth = parse_fine("\xef\xbb\xbf"
                                        "clip,behaviour,start_s,end_s,note\r"
                                        "a,crowd-limit,1,2,\"two\rlines\"\r"
                                        "\r"
                                        "b,crowd-limit,3,4,x\r");
    assert_int_equal(truth->events->len, 2);
    const TruthEvent *first = &g_array_index(truth->events, TruthEvent, 0);
    const TruthEvent *second = &g_array_index(truth->events, TruthEvent, 1);
    assert_string_equal(first->event->note, "two\rlines");
    assert_string_equal(second->clip, "b");
    assert_int_equal(second->line, 5);
    g_autofree char *refused = NULL;
    assert_null(parse_truth("clip,behaviour,start_s,end_s\ra,crowd-limit,1,x\r", &refused));
    assert_string_equal(refused, "t:2:17: end_s: found “x”, expected seconds with at most six decimals");
}

#define HEADING "clip,behaviour,start_s,end_s,label,certainty,kind,x,y,w,h\n"

#define COUNTS "clip,behaviour,start_s,end_s,kind,label,value\n"

static const TestPair truth_refusals[] = {
    {"", "t:1:1: found no heading, expected the columns' names"},
    {"clip;behaviour;start_s;end_s\na;crowd-limit;1,5;2\n",
     "t:1:1: found semicolons between the columns, expected commas (and decimal points)"},
    {"clip,behavior,start_s,end_s\n",
     "t:1:6: found the unknown column “behavior”, expected perhaps “behaviour”"},
    {"clip,behaviour,start_s\n", "t:1:1: end_s: found no such column, expected it in the heading"},
    {"clip,clip,behaviour,start_s,end_s\n", "t:1:6: clip: found the column a second time, expected it once"},
    {HEADING "a,crowd-limit,1,2\n", "t:2:1: found 4 cells, expected 11 as in the heading"},
    {HEADING "é,crowd-limit,x,2,,,,,,,\n",
     "t:2:15: start_s: found “x”, expected seconds with at most six decimals"},
    {HEADING "a,crowd-limit,\"1,5\",2,,,,,,,\n",
     "t:2:15: start_s: found “1,5”, expected seconds with at most six "
     "decimals (with a decimal point, not a comma)"},
    {HEADING "a,crowd-limit,3,2,,,,,,,\n",
     "t:2:17: end_s: found “2”, expected more than start_s, which is 3.000"},
    {HEADING "a,crowd-limit,2,2,,,,,,,\n",
     "t:2:17: end_s: found “2”, expected more than start_s, which is 2.000"},
    {HEADING "a,crowd-limit,-1,2,,,,,,,\n",
     "t:2:15: start_s: found “-1”, expected 0 or more seconds from the clip's first frame"},
    {HEADING "a,crowd-limt,1,2,,,,,,,\n",
     "t:2:3: behaviour: found “crowd-limt”, expected a known behaviour, perhaps “crowd-limit”"},
    {HEADING "a,flood,1,2,,,,,,,\n",
     "t:2:3: behaviour: found “flood”, expected one of camera-tampering, crowd-limit"},
    {HEADING ",crowd-limit,1,2,,,,,,,\n", "t:2:1: clip: found nothing, expected text"},
    {HEADING "a,crowd-limit,1,2,,maybe,,,,,\n",
     "t:2:20: certainty: found “maybe”, expected scored or dont_care"},
    {HEADING "a,crowd-limit,1,2,,,alarm,,,,\n",
     "t:2:21: kind: found “alarm”, expected event, coverage or count"},
    {COUNTS "a,crowd-limit,1,2,coverage,,3\n", "t:2:29: value: found “3”, expected nothing for a coverage"},
    {COUNTS "a,crowd-limit,1,2,,,3\n", "t:2:21: value: found “3”, expected nothing for an event"},
    {COUNTS "a,crowd-limit,1,2,count,,\n",
     "t:2:26: value: found nothing, expected the number of people from start_s to end_s"},
    {HEADING "a,crowd-limit,1,2,,,count,,,,\n",
     "t:2: value: found nothing, expected the number of people from start_s to end_s"},
    {COUNTS "a,crowd-limit,1,2,count,,2.5\n", "t:2:26: value: found “2.5”, expected a whole number"},
    {COUNTS "a,crowd-limit,1,2,count,,-1\n", "t:2:26: value: found “-1”, expected a number from 0 to 1e+06"},
    {COUNTS "a,crowd-limit,1,,count,,1\n",
     "t:2:17: end_s: found nothing, expected seconds with at most six decimals"},
    {COUNTS "a,crowd-limit,1,2,count,over_limit,1\n",
     "t:2:25: label: found “over_limit”, expected nothing for a count"},
    {COUNTS "a,crowd-limit,2,3,count,,1\nb,crowd-limit,1,3,count,,1\na,crowd-limit,1,2.5,count,,1\n",
     "t:2:15: start_s: found a count that overlaps another one of “a” (1.000 to 2.500), expected one count "
     "at a time"},
    {"{\"schema\": \"vsaudit/truth/1\", \"counts\": [{\"clip\": \"a\", \"behaviour\": \"crowd-limit\", "
     "\"start_s\": 1, \"end_s\": 2}]}",
     "t:1:42: counts[0].value: found nothing, expected the number of people from start_s to end_s"},
    {HEADING "b,crowd-limit,1,2,,,,,,,\na,crowd-limit,1,2,,,,,,,\nb,crowd-limit,1,2,,,,,,,\n",
     "t:4:15: start_s: found the same event as in line 2, expected it once (or, if two events are alike, a "
     "track or a note for each)"},
    {"{\"schema\": \"vsaudit/truth/1\", \"events\": [{\"clip\": \"a\", \"behaviour\": \"crowd-limit\", "
     "\"start_s\": 1, \"end_s\": 2}, {\"clip\": \"a\", \"behaviour\": \"crowd-limit\", \"start_s\": 1, "
     "\"end_s\": 2}]}",
     "t: events: found the same event as in events[0], expected it once (or, if two events are alike, a "
     "track "
     "or a note for each)"},
    {HEADING "a,crowd-limit,1,2,kind,,coverage,,,,\n",
     "t:2:19: label: found “kind”, expected nothing for a coverage"},
    {HEADING "a,crowd-limit,1,2,,,,0.1,,,\n",
     "t:2:26: y: found nothing, expected all of x, y, w, h or none of them"},
    {HEADING "a,crowd-limit,1,2,,,,0.6,0,0.5,1\n",
     "t:2:28: w: found a box that is empty or leaves the picture, expected x + w and y + h of at most 1"},
    {HEADING "a,crowd-limit,1,2,,,,2,0,0.5,1\n", "t:2:22: x: found “2”, expected a number from 0 to 1"},
    {HEADING "\"a\"b,crowd-limit,1,2,,,,,,,\n",
     "t:2:4: found text after a closing quotation mark, expected the next cell or the line's end"},
    {HEADING "a\"b,crowd-limit,1,2,,,,,,,\n", "t:2:2: found a quotation mark inside a cell, expected the "
                                              "whole cell in quotation marks and the one inside "
                                              "doubled"},
    {HEADING "a,\"crowd\n-limit,1,2\n",
     "t:2:3: found a quotation mark that is never closed, expected a second one"},
    {HEADING "caf\xe9,crowd-limit,1,2,,,,,,,\n", "t:2:4: found the byte 0xe9, expected text in UTF-8"},
    {"\xff\xfe"
     "c",
     "t:1:1: found text in UTF-16, expected UTF-8"},
    {"{\"schema\": \"vsaudit/truth/2\"}",
     "t:1:12: schema: found “vsaudit/truth/2”, expected “vsaudit/truth/1”"},
    {"{\"schema\": \"vsaudit/truth/1\",\n \"event\": []}",
     "t:2:11: event: found an unknown key, expected one of schema, events, coverage, counts"},
    {"{\"schema\": \"vsaudit/truth/1\", \"events\": {}}",
     "t:1:41: events: found something else, expected a list of objects"},
    {"{\"schema\": \"vsaudit/truth/1\",\n\"events\": [\n {\"clip\": \"a\", \"behaviour\": \"crowd-limit\", "
     "\"start_s\": 1, \"end_s\": 2},\n {\"clip\": \"[,]\", \"behaviour\": \"crowd-limit\", \"start_s\": 3, "
     "\"end_s\": "
     "2}]}",
     "t:4:69: events[1].end_s: found 2, expected more than start_s, which is 3.000"},
    {"{\"schema\": \"vsaudit/truth/1\", \"events\": [{\"clip\": \"a\", \"behaviour\": \"crowd-limit\", "
     "\"start_s\": "
     "\"1\", \"end_s\": 2}]}",
     "t:1:95: events[0].start_s: found “1”, expected seconds with at most six decimals"},
    {"{\"schema\": \"vsaudit/truth/1\", \"coverage\": [{\"clip\": \"a\", \"start_s\": 1, \"end_s\": 2}]}",
     "t:1:44: coverage[0].behaviour: found no such key, expected it here"},
    {"{\"schema\": \"vsaudit/truth/1\", \"events\": [3]}",
     "t:1:42: events[0]: found something else, expected an object"},
};

TEST(wrong_truth_is_refused_with_its_place)
{
    for (size_t i = 0; i < G_N_ELEMENTS(truth_refusals); i++) {
        g_autofree char *messages = NULL;
        g_autoptr(Truth) truth = parse_truth(truth_refusals[i].given, &messages);
        assert_null(truth);
        assert_string_equal(messages, truth_refusals[i].expected);
    }
}

static void assert_refused(const char *text, const char *words)
{
    g_autofree char *messages = NULL;
    g_autoptr(Truth) truth = parse_truth(text, &messages);
    assert_null(truth);
    if (strstr(messages, words) == NULL)
        fail_msg("said “%s”, expected “%s”", messages, words);
}

TEST(broken_json_is_refused)
{
    assert_refused("{\"schema\": \"vsaudit/truth/1\",\n\"events\": [}", "t:2:12: found broken JSON");
    assert_refused("{\"schema\": \"vsaudit/truth/1\", \"schema\": 1}", "duplicate");
}

TEST(alerts_are_read_and_refused)
{
    static const TestPair cases[] = {
        {"clip,behaviour,onset_s\na,crowd-limit,1.5\n", ""},
        {"clip,behaviour,onset_s,decided_s\na,crowd-limit,2,1\n",
         "t:2:17: decided_s: found “1”, expected onset_s, which is 2.000, or more"},
        {"clip,behaviour,onset_s,end_s\na,crowd-limit,2,1\n",
         "t:2:17: end_s: found “1”, expected onset_s, which is 2.000, or more"},
        {"clip,behaviour,onset_s,confidence\na,crowd-limit,2,1.5\n",
         "t:2:17: confidence: found “1.5”, expected a number from 0 to 1"},
        {"clip,behaviour,onset_s,confidence\na,crowd-limit,2,nan\n",
         "t:2:17: confidence: found “nan”, expected a number from 0 to 1"},
        {"{\"schema\": \"vsaudit/alerts/1\", \"alerts\": [{\"clip\": \"a\", \"behaviour\": \"crowd-limit\", "
         "\"onset_s\": -1}]}",
         "t:1:96: alerts[0].onset_s: found -1, expected 0 or more seconds from the clip's first frame"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Problems) problems = problems_new();
        g_autoptr(AlertLog) log =
            alert_log_parse(cases[i].given, strlen(cases[i].given), "t", behaviours, problems);
        g_autofree char *messages = messages_of(problems);
        assert_string_equal(messages, cases[i].expected);
        assert_true((log != NULL) == (*messages == '\0'));
        if (log == NULL)
            continue;
        const AlertRow *row = &g_array_index(log->rows, AlertRow, 0);
        assert_int_equal(row->alert->decided_us, 1500000);
        assert_true(row->alert->end_us == TIME_UNKNOWN);
        assert_true(isnan(row->alert->confidence));
        assert_string_equal(row->condition, "as-recorded");
    }
}

/* ---- there and back again */

static void check_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        assert_true(a == b);
    else
        assert_string_equal(a, b);
}

static void check_truth(const Truth *a, const Truth *b)
{
    assert_int_equal(a->events->len, b->events->len);
    assert_int_equal(a->coverage->len, b->coverage->len);
    for (guint i = 0; i < a->events->len; i++) {
        const TruthEvent *x = &g_array_index(a->events, TruthEvent, i);
        const TruthEvent *y = &g_array_index(b->events, TruthEvent, i);
        const Event *p = x->event, *q = y->event;
        assert_string_equal(x->clip, y->clip);
        assert_int_equal(event_compare(&p, &q), 0);
        check_texts(p->note, q->note);
        check_texts(p->annotator, q->annotator);
        check_texts(p->track, q->track);
        assert_int_equal(p->certainty, q->certainty);
    }
    for (guint i = 0; i < a->coverage->len; i++) {
        const TruthCoverage *x = &g_array_index(a->coverage, TruthCoverage, i);
        const TruthCoverage *y = &g_array_index(b->coverage, TruthCoverage, i);
        assert_string_equal(x->clip, y->clip);
        assert_string_equal(x->behaviour, y->behaviour);
        assert_memory_equal(&x->span, &y->span, sizeof x->span);
    }
    assert_int_equal(a->counts->len, b->counts->len);
    for (guint i = 0; i < a->counts->len; i++) {
        const TruthCount *x = &g_array_index(a->counts, TruthCount, i);
        const TruthCount *y = &g_array_index(b->counts, TruthCount, i);
        assert_string_equal(x->clip, y->clip);
        assert_string_equal(x->behaviour, y->behaviour);
        assert_memory_equal(&x->count, &y->count, sizeof x->count);
    }
}

static void check_alerts(const AlertLog *a, const AlertLog *b)
{
    assert_int_equal(a->rows->len, b->rows->len);
    for (guint i = 0; i < a->rows->len; i++) {
        const AlertRow *x = &g_array_index(a->rows, AlertRow, i), *y = &g_array_index(b->rows, AlertRow, i);
        const Alert *p = x->alert, *q = y->alert;
        assert_string_equal(x->clip, y->clip);
        assert_string_equal(x->condition, y->condition);
        assert_int_equal(alert_compare(&p, &q), 0);
        check_texts(p->note, q->note);
        assert_true(p->confidence == q->confidence || (isnan(p->confidence) && isnan(q->confidence)));
    }
}

TEST(files_survive_the_way_there_and_back)
{
    g_autofree char *folder = g_dir_make_tmp("vsaudit-truth-XXXXXX", NULL);
    g_autofree char *csv = g_build_filename(folder, "a.csv", NULL),
                    *json = g_build_filename(folder, "a.json", NULL);
    g_autoptr(Truth) truth = truth_new();
    Event *event = event_new("crowd-limit", 1, 123456789012);
    event->label = g_strdup("a, \"b\"\r\nc");
    event->note = g_strdup("« été »");
    event->annotator = g_strdup("A");
    event->track = g_strdup("17");
    event->certainty = CERTAINTY_DONT_CARE;
    event->box = (Box){0.1, 1.0 / 3, 0.25, 0.125};
    truth_add_event(truth, "clip 1", event);
    truth_add_event(truth, "b", event_new("camera-tampering", 0, 1000));
    truth_add_coverage(truth, "b", "crowd-limit", (Span){0, 5000000});
    truth_add_count(truth, "b", "crowd-limit", (CountSpan){{0, 1500000}, 12});
    truth_add_count(truth, "b", "crowd-limit", (CountSpan){{1500000, 5000000}, 0});
    /* Alike but for what tells them apart. */
    Event *twin = event_copy(event);
    g_free(twin->track);
    twin->track = g_strdup("18");
    truth_add_event(truth, "clip 1", twin);
    assert_true(truth_write_csv(truth, csv, NULL));
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Truth) from_csv = truth_load(csv, behaviours, problems);
    assert_non_null(from_csv);
    check_truth(truth, from_csv);
    event->box.y = twin->box.y = 0.5; /* JSON keeps fifteen digits */
    assert_true(truth_write_json(truth, json, NULL));
    g_autoptr(Truth) from_json = truth_load(json, behaviours, problems);
    assert_non_null(from_json);
    check_truth(truth, from_json);

    g_autoptr(AlertLog) log = alert_log_new();
    Alert *alert = alert_new("crowd-limit", 1500000, 1500001);
    alert->end_us = 7000000;
    alert->confidence = 0.7;
    alert->label = g_strdup("x");
    alert->box = (Box){0, 0, 1, 1};
    alert_log_add(log, "a", "rain", alert);
    alert_log_add(log, "b", NULL, alert_new("camera-tampering", 0, 0));
    assert_true(alert_log_write_csv(log, csv, NULL));
    assert_true(alert_log_write_json(log, json, NULL));
    g_autoptr(AlertLog) log_csv = alert_log_load(csv, behaviours, problems);
    g_autoptr(AlertLog) log_json = alert_log_load(json, behaviours, problems);
    check_alerts(log, log_csv);
    check_alerts(log, log_json);
    g_remove(csv);
    g_remove(json);
    g_rmdir(folder);
}

/* What a spreadsheet would run, what looks like its cure, and what does neither. */
static const TestPair words[] = {
    {"=1+1", "'=1+1"},
    {"+1", "'+1"},
    {"-1", "'-1"},
    {"@x", "'@x"},
    {"\t=1", "'\t=1"},
    {"\r=1", "\"'\r=1\""},
    {"'=1+1", "''=1+1"},
    {"'+1", "''+1"},
    {"'-1", "''-1"},
    {"'@x", "''@x"},
    {"''=1", "'''=1"},
    {"'\t=1", "''\t=1"},
    {"'\r=\"b\"", "\"''\r=\"\"b\"\"\""},
    {"=\"a\",1", "\"'=\"\"a\"\",1\""},
    {"＝1+1", "'＝1+1"},
    {"＠x", "'＠x"},
    {"'－1", "''－1"},
    {"'", "'"},
    {"''", "''"},
    {"'hall'", "'hall'"},
    {"''hall", "''hall"},
    {"a=1", "a=1"},
    {" =1", " =1"},
};

static void check_truth_words(const char *text, const char *cell, const char *path)
{
    g_autoptr(Truth) truth = truth_new();
    Event *event = event_new("crowd-limit", 1000000, 2000000);
    event->label = g_strdup(text);
    event->annotator = g_strdup(text);
    event->track = g_strdup(text);
    event->note = g_strdup(text);
    truth_add_event(truth, text, event);
    truth_add_coverage(truth, text, "crowd-limit", (Span){0, 5000000});
    truth_add_count(truth, text, "crowd-limit", (CountSpan){{0, 1500000}, 12});
    assert_true(truth_write_csv(truth, path, NULL));
    g_autofree char *bytes = NULL;
    assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    g_autofree char *row = g_strdup_printf("\nevent,%s,crowd-limit,1.000,2.000,%s,scored,%s,%s,,,,,%s,\n",
                                           cell, cell, cell, cell, cell);
    assert_non_null(strstr(bytes, row));
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Truth) read = truth_load(path, behaviours, problems);
    assert_non_null(read);
    check_truth(truth, read);
    assert_string_equal(g_array_index(read->events, TruthEvent, 0).event->note, text);
    assert_string_equal(g_array_index(read->coverage, TruthCoverage, 0).clip, text);
    assert_string_equal(g_array_index(read->counts, TruthCount, 0).clip, text);
}

static void check_log_words(const char *text, const char *cell, const char *path)
{
    g_autoptr(AlertLog) log = alert_log_new();
    Alert *alert = alert_new("crowd-limit", 1500000, 1500001);
    alert->label = g_strdup(text);
    alert->note = g_strdup(text);
    alert_log_add(log, text, text, alert);
    assert_true(alert_log_write_csv(log, path, NULL));
    g_autofree char *bytes = NULL;
    assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    g_autofree char *row =
        g_strdup_printf("\n%s,crowd-limit,1.500,1.500001,,%s,,%s,,,,,%s\n", cell, cell, cell, cell);
    assert_non_null(strstr(bytes, row));
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(AlertLog) read = alert_log_load(path, behaviours, problems);
    assert_non_null(read);
    check_alerts(log, read);
    assert_string_equal(g_array_index(read->rows, AlertRow, 0).alert->note, text);
    assert_string_equal(g_array_index(read->rows, AlertRow, 0).condition, text);
}

TEST(words_come_back_and_no_formula_is_written)
{
    g_autofree char *folder = g_dir_make_tmp("vsaudit-cells-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "cells.csv", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        check_truth_words(words[i].given, words[i].expected, path);
        check_log_words(words[i].given, words[i].expected, path);
    }
    g_remove(path);
    g_rmdir(folder);
}

/* The rule is for words of CSV: a number stays a number, JSON says what it says. */
TEST(numbers_and_json_know_no_apostrophe)
{
    g_autoptr(Truth) json = parse_fine("{\"schema\": \"vsaudit/truth/1\", \"events\": [{\"clip\": \"'=a\", "
                                       "\"behaviour\": \"crowd-limit\", \"start_s\": 1, \"end_s\": 2}]}");
    assert_string_equal(g_array_index(json->events, TruthEvent, 0).clip, "'=a");
    assert_refused("clip,behaviour,start_s,end_s\na,crowd-limit,'-1,2\n", "found “'-1”, expected seconds");
    assert_refused("clip,behaviour,start_s,end_s\na,crowd-limit,-1,2\n",
                   "found “-1”, expected 0 or more seconds");
}

TEST(events_of_one_time_are_read)
{
    g_autoptr(Truth) csv = parse_fine("clip,behaviour,start_s,end_s,track\na,crowd-limit,1,2,p1\n"
                                      "a,crowd-limit,1,2,\na,crowd-limit,0,9,\n");
    assert_int_equal(csv->events->len, 3);
    assert_string_equal(g_array_index(csv->events, TruthEvent, 0).event->track, "p1");
    g_autoptr(Truth) json =
        parse_fine("{\"schema\": \"vsaudit/truth/1\", \"events\": [{\"clip\": \"a\", \"behaviour\": "
                   "\"crowd-limit\", \"start_s\": 1, \"end_s\": 2, \"track\": 7}, {\"clip\": \"a\", "
                   "\"behaviour\": \"crowd-limit\", \"start_s\": 1, \"end_s\": 2, \"track\": \"8\"}]}");
    assert_string_equal(g_array_index(json->events, TruthEvent, 0).event->track, "7");
}

TEST(rows_that_repeat_another_are_one_alert)
{
    static const char text[] = "clip,behaviour,onset_s,decided_s,confidence,note,condition\n"
                               "a,crowd-limit,1,,0.5,,\n"
                               "b,crowd-limit,1,,0.5,,\n"
                               "a,crowd-limit,1.000,1,0.5,,as-recorded\n" /* the same, written otherwise */
                               "a,crowd-limit,1,,0.6,,\n"
                               "a,crowd-limit,1,,0.5,why,\n"
                               "a,crowd-limit,1,2,0.5,,\n"
                               "a,crowd-limit,1,,0.5,,rain\n"
                               "a,crowd-limit,1,,0.5,,\n";
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(AlertLog) log = alert_log_parse(text, strlen(text), "t", behaviours, problems);
    alert_log_collapse(log);
    assert_int_equal(log->rows->len, 6);
    assert_int_equal(log->repeats.repeated, 2);
    assert_int_equal(log->repeats.line, 4);
    assert_int_equal(log->repeats.differing, 0);
    assert_int_equal(log->repeats.alike, 3);
    g_autofree char *told = alert_log_describe_repeats(log);
    assert_string_equal(
        told, "2 rows repeat an earlier row in every cell (the first in line 4): what is repeated is "
              "counted once; 3 rows have the clip, the behaviour and the onset of an earlier one and "
              "differ in something else: counted as alerts of their own");
    alert_log_collapse(log);
    assert_int_equal(log->rows->len, 6);
    assert_int_equal(log->repeats.repeated, 0);
}

TEST(kinds_are_told_apart)
{
    static const struct {
        const char *text;
        TruthKind kind;
    } cases[] = {{"clip,behaviour,start_s,end_s\n", TRUTH_KIND_TRUTH},
                 {"clip,behaviour,onset_s,end_s\n", TRUTH_KIND_ALERTS},
                 {"{\"schema\": \"vsaudit/truth/1\"}", TRUTH_KIND_TRUTH},
                 {"{\"schema\": \"vsaudit/alerts/1\"}", TRUTH_KIND_ALERTS},
                 {"schema: vsaudit/dataset/1\n", TRUTH_KIND_NONE},
                 {"{", TRUTH_KIND_NONE},
                 {"", TRUTH_KIND_NONE}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(truth_guess_kind(cases[i].text, strlen(cases[i].text)), cases[i].kind);
}

TEST(many_rows_are_read_quickly)
{
    g_autoptr(GString) text = g_string_new("clip,behaviour,onset_s,confidence\n");
    for (int i = 0; i < 200000; i++)
        g_string_append_printf(text, "clip%d,crowd-limit,%d.25,0.5\n", i % 100, i);
    g_autoptr(Problems) problems = problems_new();
    const double start = pace_used();
    g_autoptr(AlertLog) log = alert_log_parse(text->str, text->len, "t", behaviours, problems);
    const double seconds = pace_used() - start, pace = pace_of_sorting();
    assert_int_equal(log->rows->len, 200000);
    print_message("# 200000 rows in %.2f s, %.1f times sorting\n", seconds, seconds / pace);
    assert_true(seconds < 50 * pace); /* a quadratic reader needs minutes */
}

/* Times of tickets come in any order; a file with something wrong in it gives none. */
TEST(validations_are_sorted_or_refused)
{
    g_autofree char *good = scratch_write("good.csv", "time_s\n3.5\n1\n2\n");
    g_autofree char *bad = scratch_write("bad.csv", "time_s\n3.5\nlate\n");
    g_autofree char *away = scratch_path("away.csv");
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(GArray) times = validations_load(good, problems);
    assert_int_equal(times->len, 3);
    assert_int_equal(g_array_index(times, int64_t, 0), 1000000);
    assert_int_equal(g_array_index(times, int64_t, 2), 3500000);
    assert_int_equal(problems_count(problems), 0);
    assert_null(validations_load(bad, problems));
    assert_int_equal(problems_count(problems), 1);
    assert_null(validations_load(away, problems));
    assert_int_equal(problems_count(problems), 2);
}

UNIT_TESTS(scratch_make, scratch_drop)
