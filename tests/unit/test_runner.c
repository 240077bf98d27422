/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs over small clips that the test draws itself. */
#include "scratch.h"

#include "media/writer.h"
#include "runner/runner.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

enum { WIDTH = 160, HEIGHT = 120, RATE = 10, FRAMES = 80, BLACK_FROM = 50 };

static void write_file(const char *name, const char *text, gssize length)
{
    g_autofree char *path = scratch_path(name);
    assert_true(g_file_set_contents(path, text, length, NULL));
}

/* A textured picture with something moving; the lens is covered from BLACK_FROM on. */
static void draw(uint8_t *pixels, int frame, int seed)
{
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            const bool tile = ((x / 10 + y / 10 + seed) & 1) != 0;
            const bool moving = x >= frame && x < frame + 12 && y > 60 && y < 90;
            const int shade = frame >= BLACK_FROM ? 5 : moving ? 250 : tile ? 180 : 70;
            memset(pixels + 4 * (y * WIDTH + x), shade, 4);
        }
    }
}

static void write_clip(const char *name, int seed)
{
    g_autofree char *path = scratch_path(name);
    g_autoptr(GError) error = NULL;
    Writer *writer = writer_open(path, WIDTH, HEIGHT, RATE, 1, &error);
    assert_non_null(writer);
    g_autofree uint8_t *pixels = g_malloc(4 * WIDTH * HEIGHT);
    for (int frame = 0; frame < FRAMES; frame++) {
        draw(pixels, frame, seed);
        assert_true(writer_add_bgrx(writer, pixels, 4 * WIDTH, &error));
    }
    assert_true(writer_close(writer, &error));
}

static const char scenario[] =
    "schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: T, fr: T}\nbehaviour: camera-tampering\n"
    "dataset: set.yaml\nconditions: [as-recorded, {id: dim, filter: \"eq=brightness=-0.1\"}]\n"
    "systems:\n  - {id: reference, kind: reference}\n  - {id: none, kind: \"null\"}\n";

static void write_dataset(const char *clips)
{
    g_autofree char *text =
        g_strconcat("schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n", clips, NULL);
    write_file("set.yaml", text, -1);
}

#define CLIP(name, file) "  - {id: " name ", file: " file ", coverage: {camera-tampering: all}}\n"
#define GOOD_CLIPS CLIP("one", "one.mp4") CLIP("two", "two.mp4") CLIP("three", "three.mp4")

static int make_folder(void **state)
{
    if (scratch_make(state) != 0)
        return -1;
    write_clip("one.mp4", 0);
    write_clip("two.mp4", 1);
    write_clip("three.mp4", 2);
    write_file("s.yaml", scenario, -1);
    return 0;
}

static Audit *load(void)
{
    g_autofree char *path = scratch_path("s.yaml");
    const char *paths[] = {path};
    g_autoptr(GError) error = NULL;
    Audit *audit = audit_load(paths, 1, NULL, &error);
    if (audit == NULL)
        fail_msg("%s", error->message);
    return audit;
}

static void set_options(RunOptions *options, const char *path, RunMode mode, int64_t workers)
{
    run_options_init(options);
    options->folder = path;
    options->mode = mode;
    options->workers = workers;
}

/* Everything that a run has stored and that must be the same on every run, as text. */
static char *dump(Store *store)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, &error);
    assert_null(error);
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        g_string_append_printf(text, "%s %s %s %s %" PRId64 " %a %s %s\n", job->clip, job->condition,
                               job_status_name(job->status), job->reason != NULL ? job->reason : "-",
                               job->duration_us, job->aspect,
                               job->file_sha256 != NULL ? job->file_sha256 : "-",
                               job->quality != NULL ? job->quality->luma_chain : "-");
        g_autoptr(LookRecord) look = store_find_look(store, job->index, "tampering", "reference", &error);
        for (guint a = 0; look != NULL && a < look->alerts->len; a++) {
            const Alert *alert = g_ptr_array_index(look->alerts, a);
            g_string_append_printf(text, "  %s %" PRId64 " %" PRId64 " %" PRId64 " %a\n", alert->label,
                                   alert->onset_us, alert->decided_us, alert->end_us, alert->confidence);
        }
    }
    return g_string_free(text, FALSE);
}

static Run *run(const char *name, RunMode mode, int64_t workers, RunSummary *summary)
{
    g_autoptr(Audit) audit = load();
    g_autofree char *path = scratch_path(name);
    RunOptions options;
    set_options(&options, path, mode, workers);
    g_autoptr(GError) error = NULL;
    Run *result = runner_run(audit, &options, summary, &error);
    if (result == NULL)
        fail_msg("%s", error->message);
    return result;
}

static void expect_refused(const char *name, RunMode mode, VsauditErrorCode code, const char *words)
{
    g_autoptr(Audit) audit = load();
    g_autofree char *path = scratch_path(name);
    RunOptions options;
    set_options(&options, path, mode, 1);
    RunSummary summary;
    g_autoptr(GError) error = NULL;
    assert_null(runner_run(audit, &options, &summary, &error));
    if (error->code != (int)code || strstr(error->message, words) == NULL)
        fail_msg("found “%s” (code %d), expected “%s”", error->message, error->code, words);
}

TEST(test_same_results_for_any_workers)
{
    write_dataset(GOOD_CLIPS);
    RunSummary summary;
    Run *one = run("j1", RUN_FRESH, 1, &summary);
    assert_true(summary.jobs == 6 && summary.done == 6 && summary.kept == 0 && summary.failed == 0);
    assert_true(summary.footage_us == 6 * FRAMES * US_PER_SECOND / RATE);
    g_autofree char *first = dump(run_store(one));
    run_close(one);
    assert_non_null(strstr(first, "  ")); /* at least one alert: the lens is covered */
    Run *three = run("j3", RUN_FRESH, 3, &summary);
    g_autofree char *second = dump(run_store(three));
    run_close(three);
    assert_string_equal(first, second);
}

static int64_t wall_limit(void)
{
    return g_get_monotonic_time() + 60 * US_PER_SECOND;
}

/* kill -9 in the middle: what is done is kept and not repeated, and nothing shows in the results. */
TEST(test_resume_after_kill)
{
    write_dataset(GOOD_CLIPS);
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        RunSummary summary;
        run("killed", RUN_FRESH, 1, &summary);
        _exit(0);
    }
    g_autofree char *path = scratch_path("killed/store.sqlite");
    int64_t done = 0;
    for (const int64_t limit = wall_limit(); done < 2 && g_get_monotonic_time() < limit; g_usleep(2000)) {
        g_autoptr(Store) store = g_file_test(path, G_FILE_TEST_EXISTS) ? store_open(path, NULL) : NULL;
        g_autoptr(GPtrArray) jobs = store != NULL ? store_list_jobs(store, NULL) : NULL;
        done = 0;
        for (guint i = 0; jobs != NULL && i < jobs->len; i++)
            done += ((const JobRecord *)g_ptr_array_index(jobs, i))->status == JOB_DONE;
    }
    kill(pid, SIGKILL);
    int status;
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    expect_refused("killed", RUN_FRESH, VSAUDIT_ERROR_USAGE, "go on with --resume");
    RunSummary summary;
    Run *resumed = run("killed", RUN_RESUME, 2, &summary);
    assert_true(summary.done == 6 && summary.kept >= 2 && summary.kept < 6);
    g_autofree char *text = dump(run_store(resumed));
    for (int64_t i = 0; i < summary.kept; i++)
        assert_true(store_count_attempts(run_store(resumed), i, NULL) == 1);
    run_close(resumed);
    Run *whole = run("whole", RUN_FRESH, 2, &summary);
    g_autofree char *expected = dump(run_store(whole));
    run_close(whole);
    assert_string_equal(text, expected);
}

TEST(test_finished_run_is_taken_as_it_is)
{
    write_dataset(GOOD_CLIPS);
    RunSummary summary;
    run_close(run("finished", RUN_FRESH, 2, &summary));
    run_close(run("finished", RUN_FRESH, 2, &summary));
    assert_true(summary.kept == 6 && summary.footage_us == 0);
    run_close(run("finished", RUN_AGAIN, 2, &summary));
    assert_true(summary.kept == 0 && summary.done == 6);
}

TEST(test_other_plan_and_lock)
{
    write_dataset(GOOD_CLIPS);
    RunSummary summary;
    Run *held = run("mine", RUN_FRESH, 2, &summary);
    expect_refused("mine", RUN_FRESH, VSAUDIT_ERROR_USAGE, "another vsaudit is running in this folder");
    run_close(held);
    write_dataset(CLIP("one", "one.mp4") CLIP("two", "two.mp4"));
    expect_refused("mine", RUN_FRESH, VSAUDIT_ERROR_USAGE, "“set/three” is no longer part of it");
    expect_refused("mine", RUN_RESUME, VSAUDIT_ERROR_USAGE, "give another folder with -o, or --again");
    run_close(run("mine", RUN_AGAIN, 2, &summary));
    assert_true(summary.jobs == 4 && summary.done == 4);
}

static const JobRecord *find(const GPtrArray *jobs, const char *clip)
{
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        if (strcmp(job->clip, clip) == 0)
            return job;
    }
    fail_msg("no job for %s", clip);
    return NULL;
}

static void expect_failed(const GPtrArray *jobs, const char *clip, JobStatus status, VsauditErrorCode fault,
                          const char *words)
{
    const JobRecord *job = find(jobs, clip);
    assert_int_equal(job->status, status);
    assert_int_equal(job->fault, fault);
    if (strstr(job->reason, words) == NULL)
        fail_msg("%s: found “%s”, expected “%s”", clip, job->reason, words);
}

/* Bad clips cost themselves, with a sentence; the others are kept; --resume tries them again. */
TEST(test_bad_clips)
{
    g_autofree char *whole = NULL, *one = scratch_path("one.mp4"), *dead = scratch_path("late.mp4");
    gsize size = 0;
    assert_true(g_file_get_contents(one, &whole, &size, NULL));
    write_file("text.mp4", "This is a letter, not a video.\n", -1);
    write_file("empty.mp4", "", 0);
    g_unlink(dead);
    write_dataset(CLIP("one", "one.mp4") CLIP("text", "text.mp4") CLIP("empty", "empty.mp4") CLIP(
        "late", "late.mp4") "  - id: beyond\n    file: two.mp4\n    coverage: {camera-tampering: all}\n"
                            "    events: [{behaviour: camera-tampering, start_s: 5, end_s: 30}]\n"
                            "  - id: wrong\n    file: three.mp4\n    coverage: {camera-tampering: all}\n");
    RunSummary summary;
    Run *first = run("bad", RUN_FRESH, 2, &summary);
    assert_true(summary.done == 4 && summary.failed == 6 && summary.missing == 2);
    assert_true(summary.failed_input == 8 && summary.failed_harness == 0);
    g_autoptr(GPtrArray) jobs = store_list_jobs(run_store(first), NULL);
    assert_int_equal(find(jobs, "one")->status, JOB_DONE);
    assert_int_equal(find(jobs, "wrong")->status, JOB_DONE);
    expect_failed(jobs, "text", JOB_FAILED, VSAUDIT_ERROR_INPUT, "not a video");
    expect_failed(jobs, "empty", JOB_FAILED, VSAUDIT_ERROR_INPUT, "empty");
    expect_failed(jobs, "late", JOB_MISSING, VSAUDIT_ERROR_INPUT, "not there");
    expect_failed(
        jobs, "beyond", JOB_FAILED, VSAUDIT_ERROR_INPUT,
        "camera-tampering from 5.000 s to 30.000 s, expected it to end within the clip, which lasts "
        "8.000 s");
    run_close(first);
    write_file("late.mp4", whole, (gssize)size);
    Run *second = run("bad", RUN_RESUME, 2, &summary);
    assert_true(summary.done == 6 && summary.kept == 4 && summary.missing == 0 && summary.failed == 6);
    run_close(second);
}

TEST(test_bad_filter_is_told_before_any_job)
{
    write_dataset(GOOD_CLIPS);
    GString *text = g_string_new(scenario);
    g_string_replace(text, "eq=brightness", "eqq=brightness", 1);
    write_file("s.yaml", text->str, -1);
    expect_refused("filter", RUN_FRESH, VSAUDIT_ERROR_INPUT, "condition “dim”: ");
    g_autofree char *store = scratch_path("filter/store.sqlite");
    assert_false(g_file_test(store, G_FILE_TEST_EXISTS));
    g_string_free(text, TRUE);
    write_file("s.yaml", scenario, -1);
}

UNIT_TESTS(make_folder, scratch_drop)
