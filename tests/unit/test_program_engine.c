/* SPDX-License-Identifier: GPL-3.0-or-later */
/* systems/program: what a program is, how it is started and fed, and what it may read, as a scenario says. */
#include "config/scenario.h"
#include "records/error.h"
#include "records/file_hash.h"
#include "scratch.h"
#include "systems/engine.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const char dataset[] = "schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n"
                              "  - {id: a, file: a.mp4, coverage: {running: all}}\n",
                  head[] =
                      "schema: vsaudit/scenario/1\nid: street\ntitle: {en: a, fr: b}\nbehaviour: running\n"
                      "dataset: set.yaml\nsystems:\n";

static const char talk[] = "echo hello\n";

typedef struct {
    const char *system;      /* as in the scenario */
    const char *description; /* <sh>, <talk>: hashes of its files */
    TalkSpec fed;
} Case;

#define FILES "\"files\":[{\"file\":\"sh\",\"sha256\":\"<sh>\"},{\"file\":\"talk.sh\",\"sha256\":\"<talk>\"}]"
#define BEGINS "{\"kind\":\"program\",\"protocol\":\"system/1\",\"command\":[\"sh\",\"talk.sh\"],"

static const Case cases[] = {
    {"{id: p, kind: program, command: [sh, talk.sh, \"-x\"]}",
     "{\"kind\":\"program\",\"protocol\":\"system/1\",\"command\":[\"sh\",\"talk.sh\",\"-x\"]," FILES
     ",\"settings\":{},\"gives\":\"alerts\",\"starts\":\"clip\",\"pace\":\"step\"}",
     {.gives = "alerts",
      .starts = "clip",
      .start_s = 30,
      .processor_x = 20,
      .pace = TALK_STEP,
      .drops = TALK_DROP_OLDEST,
      .queue = 4}},
    {"{id: p, kind: program, command: [sh, talk.sh], settings: {limit: 0.5, loud: true, name: x}, gives: "
     "observations, params: {}, starts: run, limits: {start_s: 2, processor_x: 3, memory_mib: 64}}",
     BEGINS FILES ",\"settings\":{\"limit\":0.5,\"loud\":true,\"name\":\"x\"},\"gives\":\"observations\","
                  "\"starts\":\"run\",\"pace\":\"step\"}",
     {.gives = "observations",
      .starts = "run",
      .start_s = 2,
      .processor_x = 3,
      .pace = TALK_STEP,
      .drops = TALK_DROP_OLDEST,
      .queue = 4}},
    {"{id: p, kind: program, command: [sh, talk.sh], pace: free}",
     BEGINS FILES ",\"settings\":{},\"gives\":\"alerts\",\"starts\":\"clip\",\"pace\":\"free\"}",
     {.gives = "alerts",
      .starts = "clip",
      .start_s = 30,
      .processor_x = 20,
      .pace = TALK_FREE,
      .drops = TALK_DROP_OLDEST,
      .queue = 4}},
    {"{id: p, kind: program, command: [sh, talk.sh], pace: real-time, queue: 7, drops: newest}",
     BEGINS FILES ",\"settings\":{},\"gives\":\"alerts\",\"starts\":\"clip\",\"pace\":\"real-time\","
                  "\"queue\":7,\"drops\":\"newest\"}",
     {.gives = "alerts",
      .starts = "clip",
      .start_s = 30,
      .processor_x = 20,
      .pace = TALK_REAL_TIME,
      .drops = TALK_DROP_NEWEST,
      .queue = 7}},
    {"{id: p, kind: program, command: [sh, talk.sh], pace: real-time}",
     BEGINS FILES ",\"settings\":{},\"gives\":\"alerts\",\"starts\":\"clip\",\"pace\":\"real-time\","
                  "\"queue\":4,\"drops\":\"oldest\"}",
     {.gives = "alerts",
      .starts = "clip",
      .start_s = 30,
      .processor_x = 20,
      .pace = TALK_REAL_TIME,
      .drops = TALK_DROP_OLDEST,
      .queue = 4}},
};

static Audit *load(const char *system)
{
    g_free(scratch_write("set.yaml", dataset));
    g_free(scratch_write("talk.sh", talk));
    g_autofree char *text = g_strconcat(head, "  - ", system, "\n", NULL),
                    *path = scratch_write("s.yaml", text);
    const char *const paths[] = {path};
    g_autoptr(GError) error = NULL;
    Audit *audit = audit_load(paths, 1, NULL, &error);
    if (audit == NULL)
        fail_msg("%s", error->message);
    return audit;
}

static const SystemSpec *system_of(const Audit *audit)
{
    return g_ptr_array_index(((const Scenario *)g_ptr_array_index(audit->scenarios, 0))->systems, 0);
}

TEST(it_is_described_by_all_that_makes_its_alerts)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Audit) audit = load(cases[i].system);
        const SystemSpec *system = system_of(audit);
        TalkSpec fed;
        engine_of(system)->prepare(system, &fed);
        g_autoptr(GString) expected = g_string_new(cases[i].description);
        g_autofree char *sh = file_hash(fed.start.argv[0], NULL), *own = file_hash(fed.start.argv[1], NULL);
        g_string_replace(expected, "<sh>", sh, 1);
        g_string_replace(expected, "<talk>", own, 1);
        engine_talk_clear(&fed);
        json_t *description = engine_of(system)->describe(system, NULL);
        char *found = json_dumps(description, JSON_COMPACT);
        assert_string_equal(found, expected->str);
        free(found);
        json_decref(description);
    }
}

TEST(it_is_fed_as_the_scenario_says)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Audit) audit = load(cases[i].system);
        const SystemSpec *system = system_of(audit);
        const TalkSpec *expected = &cases[i].fed;
        TalkSpec fed;
        engine_of(system)->prepare(system, &fed);
        assert_string_equal(fed.gives, expected->gives);
        assert_string_equal(fed.starts, expected->starts);
        assert_true(fed.start_s == expected->start_s && fed.processor_x == expected->processor_x);
        assert_int_equal(fed.pace, expected->pace);
        assert_int_equal(fed.drops, expected->drops);
        assert_int_equal(fed.queue, expected->queue);
        assert_true(g_str_has_suffix(fed.start.argv[0], "/sh"));
        g_autofree char *script = scratch_path("talk.sh");
        assert_string_equal(fed.start.argv[1], script);
        assert_string_equal(fed.start.folder, scratch_folder);
        assert_int_equal(engine_of(system)->observes(system), strcmp(expected->gives, "observations") == 0);
        engine_talk_clear(&fed);
    }
}

TEST(a_file_that_went_away_is_named)
{
    g_autoptr(Audit) audit = load(cases[0].system);
    g_autofree char *path = scratch_path("talk.sh");
    scratch_remove(path);
    g_autoptr(GError) error = NULL;
    const SystemSpec *system = system_of(audit);
    assert_null(engine_of(system)->describe(system, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    g_autofree char *expected = g_strconcat(path, ": cannot be read (No such file or directory)", NULL);
    assert_string_equal(error->message, expected);
}

static bool reads(const SystemSpec *system, const char *path)
{
    g_auto(SandboxSpec) limits;
    sandbox_spec_init(&limits, SANDBOX_PROGRAM);
    engine_of(system)->confine(system, &limits);
    return g_ptr_array_find_with_equal_func(limits.readable, path, g_str_equal, NULL);
}

/* Beside an interpreter's bin/ lie its modules; beside anything else, and in a person's own folder, other
 * people's things. */
TEST(where_an_interpreter_lies_is_read)
{
    static const struct {
        const char *file; /* that PATH knows */
        bool read;
    } places[] = {{"opt/bin/tool", true},
                  {"opt/shims/tool", true},
                  {"opt/tools/tool", false},
                  {"home/bin/tool", false}};
    g_autofree char *before = g_strdup(g_getenv("PATH")), *home = scratch_path("home");
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *tool = scratch_write(places[i].file, "#!/bin/sh\n"),
                        *folder = g_path_get_dirname(tool);
        g_autofree char *prefix = g_path_get_dirname(folder);
        assert_int_equal(g_chmod(tool, 0755), 0);
        g_setenv("PATH", folder, TRUE);
        g_autoptr(Audit) audit = load("{id: p, kind: program, command: [tool]}");
        g_setenv("PATH", before, TRUE);
        const SystemSpec *system = system_of(audit);
        assert_true(reads(system, tool));
        assert_int_equal(reads(system, prefix), places[i].read);
        scratch_remove(tool);
    }
    assert_string_equal(g_get_home_dir(), home);
}

/* Its own files and where its interpreter lies; never the folder of the audit, nor a person's. */
TEST(it_reads_its_own_files)
{
    g_autoptr(Audit) audit = load(cases[1].system);
    const SystemSpec *system = system_of(audit);
    SandboxSpec limits;
    sandbox_spec_init(&limits, SANDBOX_PROGRAM);
    engine_of(system)->confine(system, &limits);
    assert_int_equal(limits.memory_mib, 64);
    g_autofree char *script = scratch_path("talk.sh");
    bool read_script = false;
    for (guint i = 0; i < limits.readable->len; i++) {
        const char *path = g_ptr_array_index(limits.readable, i);
        read_script = read_script || strcmp(path, script) == 0;
        assert_string_not_equal(path, scratch_folder);
        assert_string_not_equal(path, "/");
        assert_string_not_equal(path, g_get_home_dir());
    }
    assert_true(read_script);
    sandbox_spec_clear(&limits);
}

/* A home of its own, before anybody asks for it. */
static int set_up(void **state)
{
    const int status = scratch_make(state);
    g_autofree char *home = scratch_path("home");
    g_setenv("HOME", home, TRUE);
    return status;
}

UNIT_TESTS(set_up, scratch_drop)
