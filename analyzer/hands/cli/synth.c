/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit synth SCENE…: renders scene scripts to clips with exact truth. */
#include "cli/command.h"
#include "cli/outcome.h"
#include "runner/pool.h"
#include "synth/render.h"
#include "synth/truth.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const Command command_synth;

typedef struct {
    const Script *script;
    const char *folder;
} Job;

typedef struct {
    char **hashes;
    const Job *jobs;
    guint count, ended;
    int64_t ended_us, total_us, started_us;
    bool shown; /* progress on a terminal */
} Rendering;

static int64_t script_us(const Script *script)
{
    return script_frames(script) * US_PER_SECOND * script->rate_den / script->rate_num;
}

static json_t *work(gconstpointer data, PoolPulse *pulse, GError **error)
{
    const Job *job = data;
    atomic_store(&pulse->total_us, script_us(job->script));
    /* A scene's length is the user's word and no clip's: it counts in full. */
    atomic_store(&pulse->pictures, script_us(job->script) / US_PER_SECOND + 1);
    g_autofree char *hash = render_clip(job->script, job->folder, &pulse->done_us, error);
    return hash != NULL ? json_pack("{s:s}", "sha256", hash) : NULL;
}

static int64_t length(gconstpointer data)
{
    return script_us(((const Job *)data)->script);
}

static bool ended(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    Rendering *rendering = user;
    const Script *script = rendering->jobs[index].script;
    if (outcome->result == NULL) {
        g_set_error(error, VSAUDIT_ERROR, (int)outcome->fault, "scene %s: %s", script->id, outcome->reason);
        return false;
    }
    rendering->hashes[index] = g_strdup(json_string_value(json_object_get(outcome->result, "sha256")));
    rendering->ended++;
    rendering->ended_us += script_us(script);
    return true;
}

static void tick(const PoolRunning *running, guint count, void *user)
{
    const Rendering *rendering = user;
    if (!rendering->shown)
        return;
    int64_t done_us = rendering->ended_us;
    for (guint i = 0; i < count; i++)
        done_us += running[i].done_us;
    const double elapsed = (double)(g_get_monotonic_time() - rendering->started_us) / 1e6;
    fprintf(stderr, "\r%u of %u clips, %.0f of %.0f s drawn, %.0f s of work ", rendering->ended,
            rendering->count, time_to_seconds(done_us), time_to_seconds(rendering->total_us), elapsed);
    fflush(stderr);
}

/* Reads all scripts; everything wrong in any of them is printed. */
static GPtrArray *load_scripts(char **paths, int count, GError **error)
{
    g_autoptr(GPtrArray) scripts = g_ptr_array_new_with_free_func((GDestroyNotify)script_free);
    g_autoptr(Problems) problems = problems_new();
    for (int i = 0; i < count; i++) {
        Script *script = script_load(paths[i], problems);
        if (script == NULL)
            continue;
        g_ptr_array_add(scripts, script);
        for (guint k = 0; k + 1 < scripts->len; k++) {
            if (strcmp(((const Script *)g_ptr_array_index(scripts, k))->id, script->id) == 0)
                problems_add(problems, paths[i], 0, 0, "id", "found “%s”, which another scene has already",
                             script->id);
        }
        g_autoptr(GError) cause = NULL;
        g_autoptr(GPtrArray) events = synth_events(script, &cause);
        if (events == NULL)
            problems_add(problems, paths[i], 0, 0, NULL, "%s", cause->message);
    }
    return problems_to_error(problems, error) ? g_steal_pointer(&scripts) : NULL;
}

static bool draw_all(const GPtrArray *scripts, const char *folder, int workers, const char *id, bool quiet,
                     GError **error)
{
    const guint count = scripts->len;
    g_autofree Job *jobs = g_new0(Job, count);
    g_autofree gconstpointer *list = g_new0(gconstpointer, count);
    g_auto(GStrv) hashes = g_new0(char *, count + 1);
    Rendering rendering = {.hashes = hashes,
                           .jobs = jobs,
                           .count = count,
                           .started_us = g_get_monotonic_time(),
                           .shown = !quiet && isatty(STDERR_FILENO)};
    for (guint i = 0; i < count; i++) {
        jobs[i] = (Job){g_ptr_array_index(scripts, i), folder};
        list[i] = &jobs[i];
        rendering.total_us += script_us(jobs[i].script);
    }
    const PoolSpec pool = {.work = work,
                           .workers = workers,
                           .time_factor = 20,
                           .time_floor_s = 300,
                           .length = length,
                           .ended = ended,
                           .tick = tick,
                           .user = &rendering};
    const bool good = pool_run(&pool, list, count, error);
    if (rendering.shown)
        fprintf(stderr, "\r\033[K");
    if (!good || !render_manifest((const Script *const *)scripts->pdata, (const char *const *)hashes, count,
                                  id, folder, error)) {
        for (guint i = 0; i < count; i++) { /* what a stopped worker left */
            g_autofree char *part = g_strdup_printf("%s/.part-%s.mp4", folder, jobs[i].script->id);
            g_unlink(part);
        }
        return false;
    }
    outcome_set("clips", json_integer(count));
    outcome_set("footage_us", json_integer(rendering.total_us));
    if (!quiet) {
        const double elapsed = (double)(g_get_monotonic_time() - rendering.started_us) / 1e6;
        printf("%u clip%s, %.1f s of footage, in %.1f s: %s/dataset.yaml\n", count, count == 1 ? "" : "s",
               time_to_seconds(rendering.total_us), elapsed, folder);
    }
    return true;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *folder = NULL, *id = NULL;
    int workers = 0;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &folder,
         "where clips, truth and manifest go (default: synth)", "DIR"},
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &workers, "worker processes (default: one for each processor)",
         "N"},
        {"id", 0, 0, G_OPTION_ARG_STRING, &id, "the data set's id (default: sample)", "ID"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing when all went well", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(
            &command_synth, entries,
            "The same scripts give the same bytes, for any number of workers. The truth is calculated from "
            "the\n"
            "script, not marked by hand: DIR/truth.csv. DIR/dataset.yaml can be named in a scenario at "
            "once.\n\n"
            "Exit status: 0 done; 2 wrong usage; 3 bad input; 4 the harness failed.\n",
            &argc, &argv, error))
        return EXIT_USAGE;
    if (argc < 2 || workers < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s",
                    argc < 2 ? "expected one scene script or more" : "-j: expected 1 or more");
        return EXIT_USAGE;
    }
    g_autoptr(GPtrArray) scripts = load_scripts(argv + 1, argc - 1, error);
    if (scripts == NULL)
        return EXIT_BAD_INPUT;
    const char *target = folder != NULL ? folder : "synth";
    if (g_mkdir_with_parents(target, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot make this folder", target);
        return EXIT_BAD_INPUT;
    }
    if (!draw_all(scripts, target, workers > 0 ? workers : (int)g_get_num_processors(),
                  id != NULL ? id : "sample", quiet, error))
        return EXIT_HARNESS;
    return EXIT_DONE;
}

const Command command_synth = {"synth", "SCENE…", "render synthetic clips with exact truth", run};
