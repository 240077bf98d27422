/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"

#include "runner/plan.h"

#include <glib/gstdio.h>
#include <string.h>

#include "unit.h"

static const char dataset[] = "schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n"
                              "  - id: one\n    file: one.mp4\n"
                              "    scene: {zones: {lawn: [[0, 0], [1, 0], [1, 1]]}}\n"
                              "    coverage: {camera-tampering: all, crowd-limit: all}\n"
                              "  - id: two\n    file: two.mp4\n"
                              "    coverage: {camera-tampering: all}\n";

static const char tampering[] =
    "schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: T, fr: T}\n"
    "behaviour: camera-tampering\ndataset: set.yaml\n"
    "conditions: [as-recorded, {id: dark, filter: \"eq=brightness=-0.3\"}]\n"
    "systems:\n  - {id: reference, kind: reference}\n  - {id: none, kind: \"null\"}\n";

static const char crowd[] = "schema: vsaudit/scenario/1\nid: crowd\ntitle: {en: C, fr: C}\n"
                            "behaviour: crowd-limit\ndataset: set.yaml\n"
                            "systems:\n  - {id: strict, kind: reference, params: {zone: lawn, limit: 2}}\n"
                            "  - {id: lax, kind: reference, params: {limit: 50}}\n";

static const char running[] = "schema: vsaudit/scenario/1\nid: live\ntitle: {en: L, fr: L}\n"
                              "behaviour: camera-tampering\ndataset: set.yaml\nsystems:\n"
                              "  - {id: north, kind: live, map: map.yaml, camera: {address: "
                              "\"rtsp://127.0.0.1:8601/n\"}, sinks: [{kind: "
                              "webhook, address: 8701}]}\n"
                              "  - {id: south, kind: live, map: map.yaml, camera: {address: "
                              "\"rtsp://127.0.0.1:8602/s\"}, sinks: [{kind: "
                              "webhook, address: 8702}]}\n";

static Audit *load(const char *first, const char *second)
{
    g_autofree char *a = scratch_write("a.yaml", first),
                    *b = second != NULL ? scratch_write("b.yaml", second) : NULL;
    const char *paths[] = {a, b};
    g_autoptr(GError) error = NULL;
    Audit *audit = audit_load(paths, second != NULL ? 2 : 1, NULL, &error);
    if (audit == NULL)
        fail_msg("%s", error->message);
    return audit;
}

static Plan *make(const Audit *audit)
{
    g_autoptr(GError) error = NULL;
    Plan *plan = plan_new(audit, &error);
    if (plan == NULL)
        fail_msg("%s", error->message);
    return plan;
}

static char *describe(const Plan *plan)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        assert_true(job->index == (int64_t)i);
        g_string_append_printf(text, "%s/%s/%s:", job->dataset->id, job->clip->id, job->condition->id);
        for (guint s = 0; s < job->scenarios->len; s++)
            g_string_append_printf(text, " %s", ((const Scenario *)g_ptr_array_index(job->scenarios, s))->id);
        g_string_append(text, " |");
        for (guint l = 0; l < job->looks->len; l++) {
            const PlanLook *look = &g_array_index(job->looks, PlanLook, l);
            g_string_append_printf(text, " %s/%s", look->scenario->id, look->system->id);
        }
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

/* One pass over a clip for all behaviours; other conditions are other jobs; systems that need no pixels are
 * no looks. */
TEST(test_a_clip_is_replayed_once)
{
    g_autofree char *set = scratch_write("set.yaml", dataset);
    g_autoptr(Audit) audit = load(tampering, crowd);
    g_autoptr(Plan) plan = make(audit);
    g_autofree char *text = describe(plan);
    assert_string_equal(text,
                        "set/one/as-recorded: tampering crowd | tampering/reference crowd/strict crowd/lax\n"
                        "set/one/dark: tampering | tampering/reference\n"
                        "set/two/as-recorded: tampering | tampering/reference\n"
                        "set/two/dark: tampering | tampering/reference\n");
    g_autoptr(GPtrArray) filters = plan_filters(plan);
    assert_int_equal(filters->len, 1);
    assert_string_equal(g_ptr_array_index(filters, 0), "eq=brightness=-0.3");
}

/* Each value of a sweep is looked at beside the system itself, in the order in which they stand. */
TEST(test_a_sweep_is_all_its_values)
{
    g_autoptr(Audit) audit =
        load("schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: T, fr: T}\n"
             "behaviour: camera-tampering\ndataset: set.yaml\n"
             "systems:\n  - {id: rule, kind: reference, sweep: {on_delay: [0.5, 1, 4]}}\n",
             NULL);
    g_autoptr(Plan) plan = make(audit);
    const PlanJob *job = g_ptr_array_index(plan->jobs, 0);
    const SystemSpec *rule =
        g_ptr_array_index(((const Scenario *)g_ptr_array_index(audit->scenarios, 0))->systems, 0);
    assert_int_equal(rule->variants->len, 3);
    assert_int_equal(job->looks->len, 4);
    for (guint i = 0; i < 4; i++) {
        const PlanLook *look = &g_array_index(job->looks, PlanLook, i);
        assert_ptr_equal(look->system, i == 0 ? rule : g_ptr_array_index(rule->variants, i - 1));
    }
}

TEST(test_other_perception_is_another_job)
{
    g_autofree char *set = scratch_write("set.yaml", dataset);
    g_autofree char *wide = g_strconcat(crowd, "perception: {rate: 5}\n", NULL);
    g_autoptr(Audit) audit = load(tampering, wide);
    g_autoptr(Plan) plan = make(audit);
    g_autofree char *text = describe(plan);
    assert_string_equal(text, "set/one/as-recorded: tampering | tampering/reference\n"
                              "set/one/dark: tampering | tampering/reference\n"
                              "set/two/as-recorded: tampering | tampering/reference\n"
                              "set/two/dark: tampering | tampering/reference\n"
                              "set/one/as-recorded: crowd | crowd/strict crowd/lax\n");
}

static char *digest_of(const char *manifest, const char *scenario)
{
    g_autofree char *set = scratch_write("set.yaml", manifest);
    g_autoptr(Audit) audit = load(scenario, NULL);
    g_autoptr(Plan) plan = make(audit);
    return plan_digest(plan);
}

static char *replace(const char *text, const char *from, const char *to)
{
    GString *copy = g_string_new(text);
    assert_int_equal(g_string_replace(copy, from, to, 1), 1);
    return g_string_free(copy, FALSE);
}

/* What the alerts depend on is in the digest; what only the scoring depends on is not. */
TEST(test_digest)
{
    g_autofree char *base = digest_of(dataset, crowd);
    g_autofree char *again = digest_of(dataset, crowd);
    assert_string_equal(base, again);
    const struct {
        const char *from, *to;
        bool in_dataset, counts;
    } changes[] = {
        {"limit: 2", "limit: 3", false, true},
        {"zone: lawn, ", "", false, true},
        {"params: {limit: 50}", "semantics: deepstream, params: {limit: 50}", false, true},
        {"id: crowd", "id: crowds", false, true},
        {"{en: C, fr: C}", "{en: D, fr: D}", false, false},
        {"[[0, 0], [1, 0], [1, 1]]", "[[0, 0], [1, 0], [0, 1]]", true, true},
        {"clips:\n", "title: {en: x, fr: x}\nclips:\n", true, false},
        {"crowd-limit: all}\n",
         "crowd-limit: all}\n    events: [{behaviour: crowd-limit, start_s: 1, end_s: 2}]\n", true, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autofree char *changed =
            replace(changes[i].in_dataset ? dataset : crowd, changes[i].from, changes[i].to);
        g_autofree char *digest =
            changes[i].in_dataset ? digest_of(changed, crowd) : digest_of(dataset, changed);
        if ((strcmp(digest, base) != 0) != changes[i].counts)
            fail_msg("“%s”: the digest %s", changes[i].to, changes[i].counts ? "stays" : "changes");
    }
}

static void expect_refused(const char *first, const char *second, const char *words)
{
    g_autoptr(Audit) audit = load(first, second);
    g_autoptr(GError) error = NULL;
    assert_null(plan_new(audit, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    if (strstr(error->message, words) == NULL)
        fail_msg("found “%s”, expected “%s”", error->message, words);
}

TEST(test_refusals_before_any_job)
{
    g_autofree char *set = scratch_write("set.yaml", dataset);
    g_autofree char *zone = replace(crowd, "zone: lawn", "zone: pond");
    expect_refused(zone, NULL, "scenario “crowd”, system “strict”, clip “one”: ");
    g_autofree char *other = replace(tampering, "id: tampering", "id: tampering2");
    g_autofree char *filter = replace(other, "-0.3", "-0.2");
    expect_refused(tampering, filter, "/b.yaml:6:1: conditions: found “dark” with another meaning than in ");
}

/* Two manifests of one id may be one and the same, in two folders; they may not differ. */
TEST(test_datasets_of_one_id)
{
    g_autofree char *set = scratch_write("set.yaml", dataset), *copy = scratch_write("copy.yaml", dataset);
    g_autofree char *longer = g_strconcat(dataset, "    tags: [x]\n", NULL),
                    *other = scratch_write("other.yaml", longer);
    g_autofree char *of_copy = replace(crowd, "set.yaml", "copy.yaml");
    g_autofree char *of_other = replace(crowd, "set.yaml", "other.yaml");
    g_autoptr(Audit) audit = load(tampering, of_copy);
    g_autoptr(Plan) plan = make(audit);
    assert_true(plan->jobs->len > 0);
    expect_refused(tampering, of_other, "/other.yaml:1:1: id: found “set” with another meaning than in ");
}

/* Two products that run already are told apart by their addresses alone, which are of this machine. */
TEST(test_products_that_run_already_are_two)
{
    g_autofree char *set = scratch_write("set.yaml", dataset), *map = scratch_write("map.yaml", "x: y\n");
    g_autoptr(Audit) audit = load(running, NULL);
    g_autoptr(Plan) plan = make(audit);
    g_autofree char *jobs = describe(plan);
    assert_string_equal(jobs,
                        "set/one/as-recorded: live |\nset/two/as-recorded: live |\n"
                        "set/one/as-recorded: live | live/north\nset/two/as-recorded: live | live/north\n"
                        "set/one/as-recorded: live | live/south\nset/two/as-recorded: live | live/south\n");
}

UNIT_TESTS(scratch_make, scratch_drop)
