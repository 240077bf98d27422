/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evaluate/clip_facts, systems/random: what a store lacks, or cannot give, is an error that names it. */
#include "config/scenario.h"
#include "evaluate/clip_facts.h"
#include "scratch.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "unit.h"

static const char dataset[] =
    "schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n"
    "  - {id: here, duration_s: 3600, coverage: {running: all}, events: [{behaviour: running, start_s: 5, "
    "end_s: 9}]}\n"
    "  - {id: absent, duration_s: 3600, coverage: {running: all}}\n",
                  scenario[] =
                      "schema: vsaudit/scenario/1\nid: street\ntitle: {en: a, fr: b}\nbehaviour: running\n"
                      "dataset: set.yaml\nsystems:\n  - {id: vendor, kind: alerts, path: vendor.csv}\n"
                      "  - {id: coin, kind: random, rate: as vendor}\n",
                  alerts[] = "clip,behaviour,onset_s\nhere,running,6\nhere,running,100\n";

typedef struct {
    char *store_path;
    Audit *audit;
    Systems *systems;
    Store *store;
    ClipFacts facts;
    bool collected;
    GError *error;
} Fixture;

/* A run that knows the clip “here” alone. */
static Store *make_store(const char *path)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)plan_part_free);
    g_ptr_array_add(parts, plan_part_new("scenario", "street", "aa"));
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_record_free);
    JobRecord *job = job_record_new(0, "set", "here", "as-recorded", "p");
    g_ptr_array_add(jobs, job);
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    GPtrArray *scenarios = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(scenarios, g_strdup("street"));
    g_ptr_array_add(uses, scenarios);
    g_unlink(path);
    Store *store = store_create(path, parts, jobs, uses, NULL);
    assert_non_null(store);
    job->status = JOB_DONE;
    job->quality = clip_quality_new();
    job->quality->frames = 36000;
    job->quality->duration_us = job->quality->watched_us = job->duration_us = INT64_C(3600000000);
    job->aspect = 4.0 / 3.0;
    assert_true(store_write_job(store, job, NULL, NULL, NULL));
    return store;
}

static void fixture_init(Fixture *fixture)
{
    memset(fixture, 0, sizeof *fixture);
    g_free(scratch_write("set.yaml", dataset));
    g_free(scratch_write("vendor.csv", alerts));
    g_autofree char *path = scratch_write("s.yaml", scenario);
    const char *const paths[] = {path};
    fixture->audit = audit_load(paths, 1, NULL, &fixture->error);
    if (fixture->audit == NULL)
        fail_msg("%s", fixture->error->message);
    fixture->systems = systems_new(fixture->audit, &fixture->error);
    if (fixture->systems == NULL)
        fail_msg("%s", fixture->error->message);
    fixture->store_path = scratch_path("store.sqlite");
    fixture->store = make_store(fixture->store_path);
}

static void fixture_clear(Fixture *fixture)
{
    if (fixture->collected)
        clip_facts_clear(&fixture->facts);
    g_clear_error(&fixture->error);
    store_close(fixture->store);
    systems_free(fixture->systems);
    audit_free(fixture->audit);
    g_free(fixture->store_path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

/* Of the system and the clip with these places. */
static bool collect(Fixture *fixture, guint system, guint clip)
{
    const Scenario *street = g_ptr_array_index(fixture->audit->scenarios, 0);
    g_autoptr(GPtrArray) clips = scenario_clips(street);
    if (fixture->collected)
        clip_facts_clear(&fixture->facts);
    fixture->collected = true;
    return clip_facts_collect(&fixture->facts, street, g_ptr_array_index(street->systems, system),
                              g_ptr_array_index(street->conditions, 0), g_ptr_array_index(clips, clip),
                              fixture->systems, fixture->store, &fixture->error);
}

TEST(what_is_known_of_a_clip)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    assert_true(collect(&fixture, 0, 0));
    assert_int_equal(fixture.facts.output.alerts->len, 2);
    assert_int_equal(fixture.facts.events->len, 1);
    assert_true(fixture.facts.annotated);
    assert_int_equal(span_list_total(&fixture.facts.coverage), INT64_C(3600000000));
    assert_int_equal(fixture.facts.not_seen_us, 0);
    assert_int_equal(clip_facts_duration(&fixture.facts), INT64_C(3600000000));
    assert_false(clip_facts_failed(&fixture.facts));
}

TEST(a_clip_without_a_job_is_named)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    assert_false(collect(&fixture, 0, 1));
    assert_true(g_error_matches(fixture.error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS));
    assert_string_equal(fixture.error->message, "the run has no job for clip “absent” of scenario “street”");
}

/* Chance alerts as often as another system, which is asked for every clip. */
TEST(a_store_that_cannot_be_read_is_told)
{
    g_auto(Fixture) fixture;
    fixture_init(&fixture);
    assert_true(collect(&fixture, 1, 0));
    sqlite3 *direct = NULL;
    assert_int_equal(sqlite3_open(fixture.store_path, &direct), SQLITE_OK);
    assert_int_equal(sqlite3_exec(direct, "ALTER TABLE job RENAME TO gone", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(direct);
    for (guint system = 0; system < 2; system++) {
        assert_false(collect(&fixture, system, 0));
        assert_non_null(fixture.error);
        assert_non_null(strstr(fixture.error->message, "store.sqlite"));
        g_clear_error(&fixture.error);
    }
}

UNIT_TESTS(scratch_make, scratch_drop)
