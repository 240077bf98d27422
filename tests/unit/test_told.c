/* SPDX-License-Identifier: GPL-3.0-or-later */
/* runner/told: why a job failed, without the folders of this machine. */
#include "runner/told.h"

#include <string.h>
#include <unistd.h>

/* cmocka.h wants these first. */

#include "unit.h"

/* A job on a clip of sets/d.yaml, of the scenario audit/s.yaml. */
typedef struct {
    Clip clip;
    Dataset dataset;
    Scenario scenario;
    PlanJob job;
} Try;

static void try_set_up(Try *try, const char *file, const char *path)
{
    *try = (Try){.clip = {.file = (char *)file, .path = (char *)path, .files = g_ptr_array_new()},
                 .dataset = {.file = (char *)"/home/anna/sets/d.yaml"},
                 .scenario = {.file = (char *)"/home/anna/audit/s.yaml"}};
    try->job = (PlanJob){.dataset = &try->dataset, .clip = &try->clip, .scenarios = g_ptr_array_new()};
    g_ptr_array_add(try->job.scenarios, &try->scenario);
}

static void try_clear(Try *try)
{
    g_ptr_array_unref(try->clip.files);
    g_ptr_array_unref(try->job.scenarios);
}

static void assert_told(const Try *try, const char *folder, const char *reason, const char *expected)
{
    g_autofree char *told = told_reason(&try->job, folder, reason);
    assert_string_equal(told, expected);
}

TEST(files_are_named_as_written)
{
    Try try;
    try_set_up(&try, "clips/a.mp4", "/mnt/data/a.mp4");
    static const TestPair cases[] = {
        {"nothing of files", "nothing of files"},
        {"", ""},
        /* where it was found, where the manifest would have it */
        {"/mnt/data/a.mp4: is empty", "clips/a.mp4: is empty"},
        {"“/home/anna/sets/clips/a.mp4” is not there", "“clips/a.mp4” is not there"},
        {"clips/a.mp4 is not there", "clips/a.mp4 is not there"},
        /* beside it, beside the manifest, beside the scenario, in the folder of the run */
        {"found /home/anna/sets/clips/b.mp4, not it", "found clips/b.mp4, not it"},
        {"/home/anna/sets/truth.csv:3: wrong", "truth.csv:3: wrong"},
        {"/home/anna/audit/map.yaml and /home/anna/sets/x", "map.yaml and x"},
        {"cannot write /tmp/out/worker.log", "cannot write worker.log"},
        {"the folder “/home/anna/sets/clips” is empty", "the folder “clips” is empty"},
        /* elsewhere the last part is left */
        {"/usr/lib/libx.so failed", "libx.so failed"},
        {"dlopen(/usr/lib/libx.so): no", "dlopen(libx.so): no"},
        {"'/opt/a/b' and \"/opt/c/d\"", "'b' and \"d\""},
        {"/opt//a//b", "b"},
        {"/opt/a/", "a/"},
        {"/opt", "/opt"}, /* no folder of anybody's */
        {"/o/x", "x"},
        {"a / b", "a / b"},
        {"1/2 of /a/b, ‘/c/d’;/e/f", "1/2 of b, ‘d’;f"},
        /* what only begins or ends alike is something else */
        {"/mnt/data/a.mp4x", "a.mp4x"},
        {"/mnt/data/a.mp4.part", "a.mp4.part"},
        {"/mnt/data/a.mp4_1 /mnt/data/a.mp4-1", "a.mp4_1 a.mp4-1"},
        {"read /mnt/data/a.mp4.", "read clips/a.mp4."},
        {"/mnt/data/a.mp4/0001.png", "0001.png"},
        {"x/mnt/data/a.mp4", "x/mnt/data/a.mp4"},
        {"é/mnt/data/a.mp4 é/a/b", "é/mnt/data/a.mp4 é/a/b"},
        {"http://host/a/b", "http:b"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *told = told_reason(&try.job, "/tmp/out", cases[i].given);
        if (strcmp(told, cases[i].expected) == 0)
            continue;
        print_error("of “%s”: found “%s”, expected “%s”\n", cases[i].given, told, cases[i].expected);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    assert_null(told_reason(&try.job, NULL, NULL));
    assert_told(&try, NULL, "cannot write /tmp/out/worker.log", "cannot write worker.log");
    assert_told(&try, NULL, "cannot write /tmp/out/a/b", "cannot write b");
    assert_told(&try, "/tmp/out", "cannot write /tmp/out/a/b", "cannot write a/b");
    try_clear(&try);
}

/* However the audit was called: the same sentence. */
TEST(relative_folders_are_named_alike)
{
    Try try;
    try_set_up(&try, "a.mp4", NULL);
    try.dataset.file = (char *)"sets/d.yaml";
    try.scenario.file = (char *)"s.yaml";
    g_autofree char *here = g_get_current_dir();
    g_autofree char *whole = g_strdup_printf("%s/sets/a.mp4: %s/sets/b: %s/c/d", here, here, here);
    assert_told(&try, "out", whole, "a.mp4: b: c/d");
    assert_told(&try, "out", "sets/a.mp4: sets/b: c/d: out/x", "a.mp4: b: c/d: x");
    try_clear(&try);
}

TEST(a_clip_without_a_file_is_named_by_its_hash)
{
    Try try;
    try_set_up(&try, NULL, "/mnt/data/a.mp4");
    assert_told(&try, NULL, "/mnt/data/a.mp4 is empty", "the clip is empty");
    try.clip.sha256 = (char *)"12ab";
    assert_told(&try, NULL, "/mnt/data/a.mp4 is empty", "SHA-256 12ab is empty");
    /* one of several files */
    ClipFile first = {.file = (char *)"one.mp4", .path = (char *)"/mnt/data/1"};
    ClipFile second = {.sha256 = (char *)"34cd", .path = (char *)"/mnt/data/2"};
    g_ptr_array_add(try.clip.files, &first);
    g_ptr_array_add(try.clip.files, &second);
    assert_told(&try, NULL, "/mnt/data/2 is no part of /mnt/data/1", "SHA-256 34cd is no part of one.mp4");
    assert_told(&try, NULL, "/mnt/data/a.mp4", "a.mp4"); /* the clip's own is not asked for then */
    try_clear(&try);
}

UNIT_TESTS(NULL, NULL)
