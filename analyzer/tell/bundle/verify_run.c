/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_run.h"

#include "bundle/bag.h"
#include "bundle/rescore.h"
#include "records/span.h"
#include "results/document.h"

#include <math.h>
#include <stdio.h>

#define RUN "data/run.json"
#define SLACK_S 0.001 /* of a sum of seconds that are written with twelve digits */

typedef struct {
    int64_t done, failed, missing; /* replays, as they stand in the end */
    double footage_s, longest_s;   /* of those that are done */
} Replays;

static bool read_replays(const char *data, Replays *replays)
{
    g_autofree char *path = g_build_filename(data, REPLAYS_FILE, NULL);
    FILE *file = fopen(path, "rbe");
    *replays = (Replays){0};
    if (file == NULL)
        return false;
    json_t *line;
    while ((line = json_loadf(file, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, NULL)) != NULL) {
        g_autoptr(ResultsReplayed) replayed = results_load_replayed(line);
        const char *status = replayed->status;
        const int64_t length_us = MAX(replayed->measured.duration_us, 0);
        replays->failed += g_strcmp0(status, "failed") == 0;
        replays->missing += g_strcmp0(status, "missing") == 0;
        if (g_strcmp0(status, "done") == 0) {
            replays->done++;
            replays->footage_s += (double)length_us / (double)US_PER_SECOND;
            replays->longest_s = MAX(replays->longest_s, (double)length_us / (double)US_PER_SECOND);
        }
        json_decref(line);
    }
    fclose(file);
    return true;
}

static void accuse(VerifyReport *report, size_t session, const char *key, double found, const char *expected)
{
    g_autofree char *value = isnan(found) ? g_strdup("no number") : results_format_exact(found);
    bag_fault(report->faults, RUN,
              RUN ": sessions[%zu].%s: found %s, expected %s, which follows from data/" REPLAYS_FILE, session,
              key, value, expected);
}

static bool has_ended(const ResultsSession *session)
{
    return session->finished != NULL;
}

/* A session replays no clip twice; one in which the program was killed never wrote down what it did. */
static void check_session(const ResultsSession *session, size_t i, bool alone, const Replays *replays,
                          VerifyReport *report)
{
    const double jobs = session->jobs, footage_s = session->footage_s;
    const int64_t most =
        has_ended(session) ? replays->done + replays->failed + (alone ? 0 : replays->missing) : 0;
    g_autofree char *most_text = g_strdup_printf("%" G_GINT64_FORMAT " at most", most);
    if (!(jobs >= 0 && jobs <= (double)most))
        accuse(report, i, "jobs", jobs, most_text);
    else if (!(footage_s >= 0) || (!has_ended(session) && footage_s > 0))
        accuse(report, i, "footage_s", footage_s, "0");
}

static void check_speed(const ResultsSession *session, size_t i, VerifyReport *report)
{
    const double footage_s = session->footage_s, wall_s = session->wall_s, speed = session->speed;
    if (isfinite(speed) && !(wall_s > 0 && fabs(speed - footage_s / wall_s) <= 1e-6 * (speed + 1e-3)))
        accuse(report, i, "speed", speed, "footage_s / wall_s");
}

/* Every replay that is done was made once, in one session; one that failed may have been tried before, and
 * read no more than there is. */
static void check_sums(const ResultsRun *run, const Replays *replays, VerifyReport *report)
{
    const size_t count = run->sessions.count;
    double jobs = 0, footage_s = 0;
    bool all_ended = true;
    for (size_t i = 0; i < count; i++) {
        const ResultsSession *session = &run->sessions.at[i];
        all_ended = all_ended && has_ended(session);
        jobs += session->jobs;
        footage_s += session->footage_s;
    }
    g_autofree char *done = g_strdup_printf("%" G_GINT64_FORMAT " at least", replays->done);
    g_autofree char *done_s = results_format_exact(replays->footage_s);
    const double again_s = MAX(jobs - (double)replays->done, 0) * replays->longest_s;
    if (all_ended && jobs < (double)replays->done)
        accuse(report, count - 1, "jobs", jobs, done);
    else if ((all_ended && footage_s < replays->footage_s - SLACK_S) ||
             (replays->failed == 0 && footage_s > replays->footage_s + again_s + SLACK_S))
        accuse(report, count - 1, "footage_s", footage_s, done_s);
    else if (replays->failed > 0 && footage_s > replays->footage_s + SLACK_S)
        verify_say(report->unchecked, "Footage in " RUN ": how much of it is of replays that failed, is "
                                      "recorded nowhere.");
}

void verify_run(const char *data, VerifyReport *report)
{
    g_autofree char *path = g_build_filename(data, "run.json", NULL);
    json_error_t why;
    json_t *facts = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    g_autoptr(ResultsRun) run = results_load_run(facts);
    const size_t count = run->sessions.count;
    const guint before = report->faults->len;
    Replays replays;
    if (facts == NULL)
        bag_fault(report->faults, RUN, RUN ":%d:%d: found no readable facts: %s", why.line, why.column,
                  why.text);
    else if (read_replays(data, &replays) && count > 0) {
        for (size_t i = 0; i < count; i++)
            check_session(&run->sessions.at[i], i, count == 1, &replays, report);
        if (report->faults->len == before)
            check_sums(run, &replays, report);
        for (size_t i = 0; i < count && report->faults->len == before; i++)
            check_speed(&run->sessions.at[i], i, report);
        if (report->faults->len == before)
            verify_say(
                report->checked,
                "Replays: their number and their footage in data/run.json agree with data/" REPLAYS_FILE ".");
    }
    json_decref(facts);
}
