/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a report stops to list and says how much it left out; what differs between paper and screen. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "report/figures.h"
#include "report/html/html.h"
#include "scoring/rate.h"

#include <string.h>

static json_t *sample;
static Texts *english;

static int set_up(void **state)
{
    (void)state;
    sample = json_load_file("tests/data/results-sample.json", JSON_REJECT_DUPLICATES, NULL);
    english = texts_new("en", INTERVAL_LEVEL, NULL);
    return sample != NULL && english != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    json_decref(sample);
    texts_free(english);
    return 0;
}

static size_t count_parts(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part))
        count++;
    return count;
}

static char *page_of(const json_t *results)
{
    gsize length = 0;
    char *page = html_render(results, english, NULL, NULL, &length);
    assert_non_null(page);
    return page;
}

static void assert_says(const char *page, const char *part, size_t times)
{
    const size_t found = count_parts(page, part);
    if (found != times)
        fail_msg("\"%s\" stands there %zu times, expected %zu", part, found, times);
}

/* A lock that leaves out `count` scenarios. */
static json_t *with_uncovered(int count)
{
    json_t *results = json_deep_copy(sample), *names = json_array();
    for (int i = 1; i <= count; i++) {
        g_autofree char *name = g_strdup_printf("file-%d.yaml", i);
        json_array_append_new(names, json_string(name));
    }
    json_object_set_new(results, "lock",
                        json_pack("{s:s,s:s,s:[],s:o}", "state", "changed", "date", "2026-01-02T03:00:00Z",
                                  "changed", "uncovered", names));
    return results;
}

TEST(five_uncovered_files_are_named)
{
    json_t *five = with_uncovered(5), *six = with_uncovered(6);
    g_autofree char *page = page_of(five), *longer = page_of(six);
    assert_says(page, "file-1.yaml, file-2.yaml, file-3.yaml, file-4.yaml, file-5.yaml", 1);
    assert_says(page, "file-5.yaml, …", 0);
    assert_says(longer, "file-4.yaml, file-5.yaml, …", 1);
    assert_says(longer, "file-6.yaml", 0);
    json_decref(five);
    json_decref(six);
}

static json_t *busy_clip(json_t *results, size_t scenario)
{
    json_t *scenarios = json_object_get(results, "scenarios");
    json_t *evaluation =
        json_array_get(json_object_get(json_array_get(scenarios, scenario), "evaluations"), 0);
    size_t i;
    json_t *clip;
    json_array_foreach(json_object_get(evaluation, "clips"), i, clip)
    {
        if (json_array_size(json_object_get(clip, "events")) > 0)
            return clip;
    }
    return NULL;
}

/* 5000 marks of one evaluation are drawn; a clip beyond that is named as left out, in the plural when there
 * are two. */
TEST(too_many_marks_are_left_out_aloud)
{
    json_t *results = json_deep_copy(sample), *clip = busy_clip(results, 0);
    assert_non_null(clip);
    g_autofree char *before = page_of(results);
    const char *rest = "clips.csv";
    json_t *events = json_object_get(clip, "events");
    while (json_array_size(events) + json_array_size(json_object_get(clip, "alerts")) < 5000)
        json_array_append_new(events, json_deep_copy(json_array_get(events, 0)));
    g_autofree char *full = page_of(results);
    json_array_append_new(events, json_deep_copy(json_array_get(events, 0)));
    g_autofree char *over = page_of(results);
    assert_true(strlen(full) > strlen(before) + 5000 * 20);
    assert_true(strlen(over) < strlen(before) + 5000);
    assert_says(over, rest, count_parts(before, rest) + 1);
    assert_non_null(strstr(over, "class=\"warning\">"));
    json_decref(results);
}

TEST(paper_has_its_style_in_every_drawing)
{
    gsize length = 0;
    g_autofree char *screen = page_of(sample);
    g_autofree char *paper = html_render_for_paper(sample, english, NULL, &length);
    const size_t drawings = count_parts(screen, "<svg ");
    assert_true(drawings > 10);
    assert_int_equal(count_parts(screen, "<style>"), 1);
    assert_int_equal(count_parts(paper, "<svg "), drawings);
    assert_int_equal(count_parts(paper, "<style>"), drawings + 1);
}

UNIT_TESTS(set_up, tear_down)
