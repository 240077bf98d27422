/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_log.h"

#include "evaluate/results_footage.h"
#include "import/log_origin.h"
#include "language/phrase.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/shift.h"
#include "systems/ignored.h"

static bool is_judged(const Scored *scored, size_t i)
{
    return !g_array_index(scored->inputs, EvalClip, i).failed;
}

/* ---- a clock that looks shifted */

static gint compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static ShiftStream make_stream(const Scored *scored, size_t i, const EvalSettings *settings)
{
    const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
    const EvalClipResult *result = &scored->result->clips[i];
    GArray *onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GArray *events = g_array_new(FALSE, FALSE, sizeof(Span));
    for (guint a = 0; a < facts->output.alerts->len; a++)
        g_array_append_val(onsets, ((const Alert *)g_ptr_array_index(facts->output.alerts, a))->onset_us);
    g_array_sort(onsets, compare_times);
    for (guint e = 0; e < facts->events->len; e++) {
        const Event *event = g_ptr_array_index(facts->events, e);
        const Span reach = {event->start_us - settings->pre_us, event->end_us + settings->post_us + 1};
        if (result->events[e].outcome != EVENT_NOT_SCORED)
            g_array_append_val(events, reach);
    }
    return (ShiftStream){.onsets = onsets, .inside = &result->watched, .events = events};
}

static ShiftSuspicion suspect(const Scored *scored, const EvalSettings *settings)
{
    g_autoptr(GArray) streams = g_array_new(FALSE, FALSE, sizeof(ShiftStream));
    for (guint i = 0; i < scored->facts->len; i++) {
        if (!is_judged(scored, i))
            continue;
        const ShiftStream stream = make_stream(scored, i, settings);
        g_array_append_val(streams, stream);
    }
    const ShiftSuspicion suspicion =
        shift_suspect((const ShiftStream *)(const void *)streams->data, streams->len);
    for (guint i = 0; i < streams->len; i++) {
        const ShiftStream *stream = &g_array_index(streams, ShiftStream, i);
        g_array_unref((GArray *)(uintptr_t)stream->onsets);
        g_array_unref((GArray *)(uintptr_t)stream->events);
    }
    return suspicion;
}

LogFit results_log_fit(const json_t *account, const Scored *scored, const EvalSettings *settings)
{
    g_autoptr(ResultsLog) log = results_load_log(account);
    const int64_t elsewhere = results_or(log->unwatched_clips, 0);
    LogFit fit = {.is_log = log->json != NULL,
                  .alerts = elsewhere,
                  .unwatched = elsewhere,
                  .share = settings->unwatched,
                  .silent = log->json != NULL && results_or(log->used, 0) + elsewhere == 0};
    if (fit.is_log)
        fit.shift = suspect(scored, settings);
    const int64_t others = results_or(log->other_behaviours, 0) + results_or(log->other_clips, 0);
    fit.unseen = fit.silent && others == 0 && log->other_conditions > 0;
    fit.copies = results_count_copies(scored, &fit.copies_us);
    for (size_t i = 0; i < scored->result->clip_count; i++) {
        fit.unwatched += scored->result->clips[i].alerts_unwatched;
        fit.alerts += is_judged(scored, i) ? (int64_t)scored->result->clips[i].alert_count : 0;
    }
    return fit;
}

static ResultsShiftCounts describe_shift_counts(const ShiftSuspicion *s)
{
    return (ResultsShiftCounts){.shift_us = s->shift_us,
                                .alerts = s->alerts,
                                .watched = s->inside,
                                .watched_shifted = s->inside_shifted,
                                .events = s->events,
                                .detected = s->found,
                                .detected_shifted = s->found_shifted};
}

static json_t *describe_shift(const ShiftSuspicion *s)
{
    if (!s->suspected)
        return json_null();
    const ResultsShiftCounts counts = describe_shift_counts(s);
    json_t *object = results_dump(&result_shift_counts, &counts);
    json_object_set_new(object, "sentence", results_said(shift_sentence(s, SHIFT_INTO_WATCHED_TIME)));
    return object;
}

/* ---- remarks */

/* Takes the phrase. */
static void remark(json_t *remarks, Phrase *phrase)
{
    json_array_append_new(remarks, results_said(phrase));
}

static void remark_unwatched(json_t *remarks, const LogFit *fit)
{
    if (fit->unwatched == 0)
        return;
    Phrase *phrase = phrase_integer(phrase_new("remark.unwatched"), "n", fit->unwatched);
    phrase_integer(phrase, "all", fit->alerts);
    if (log_fit_is_unwatched(fit))
        phrase_then(phrase, phrase_new("remark.does_not_fit"));
    remark(remarks, phrase);
}

static void remark_repeated(json_t *remarks, int64_t repeated)
{
    if (repeated > 0)
        remark(remarks, phrase_integer(phrase_new("remark.repeated"), "n", repeated));
}

static void remark_silence(json_t *remarks, const ResultsLog *log)
{
    if (log->used + log->unwatched_clips > 0)
        return;
    const int64_t others = log->rows;
    remark(remarks, others == 0 ? phrase_new("remark.empty")
                                : phrase_integer(phrase_new("remark.none_of_kind"), "n", others));
}

static void remark_twin(json_t *remarks, const SystemSpec *twin)
{
    if (twin != NULL)
        remark(remarks,
               phrase_own(phrase_new("remark.twin"), "system", twin->title != NULL ? twin->title : twin->id));
}

static json_t *make_remarks(const json_t *account, const LogFit *fit)
{
    g_autoptr(ResultsLog) log = results_load_log(account);
    json_t *remarks = json_array();
    remark_unwatched(remarks, fit);
    const json_t *shift = log->suspected_shift.sentence;
    if (shift != NULL)
        json_array_append_new(remarks, json_deep_copy(shift));
    remark_repeated(remarks, log->repeated_here);
    remark_silence(remarks, log);
    return remarks;
}

static ResultsOriginFile describe_origin_file(const OriginFile *file)
{
    return (ResultsOriginFile){
        .file = file->file, .sha256 = file->sha256, .at_hand = results_bool(file->path != NULL)};
}

/* NULL when there is no record of an import. Caller owns. */
static json_t *describe_origin(const SystemSpec *system)
{
    g_autoptr(LogOrigin) origin = system_kind(system)->has_log ? log_origin_read(system->path) : NULL;
    if (origin == NULL)
        return NULL;
    const ResultsLogOrigin said = {.table = describe_origin_file(&origin->table),
                                   .map = describe_origin_file(&origin->map),
                                   .unchanged = results_bool(origin->unchanged),
                                   .rows = origin->rows,
                                   .alerts = origin->alerts,
                                   .repeated = origin->repeated,
                                   .ignored = origin->ignored,
                                   .ignored_places = origin->ignored_places,
                                   .elsewhere = origin->elsewhere,
                                   .joined = origin->joined,
                                   .alone = origin->alone};
    return results_dump(&result_log_origin, &said);
}

json_t *results_log(const Systems *systems, const SystemSpec *system, const ConditionSpec *condition,
                    const Scored *scored, const EvalSettings *settings, LogFit *fit)
{
    json_t *log = systems_account_log(systems, scored->scenario, system, condition);
    *fit = results_log_fit(log, scored, settings);
    if (json_is_null(log))
        return log;
    json_object_set_new(log, "judged", json_integer(fit->alerts));
    json_object_set_new(log, "unwatched", json_integer(fit->unwatched));
    json_object_set_new(log, "unwatched_allowed", json_real(fit->share));
    json_object_set_new(log, "fits", json_boolean(!log_fit_is_unwatched(fit)));
    json_object_set_new(log, "suspected_shift", describe_shift(&fit->shift));
    json_t *origin = describe_origin(system);
    if (origin != NULL)
        json_object_set_new(log, "origin", origin);
    json_t *remarks = make_remarks(log, fit);
    remark_twin(remarks, systems_find_twin(systems, scored->scenario, system));
    json_object_set_new(log, "remarks", remarks);
    return log;
}

/* ---- claims */

void results_add_sentence(json_t *claim, Phrase *phrase)
{
    static const char *const keys[] = {RESULTS_SENTENCE, RESULTS_SENTENCE_IF_LOST};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const json_t *sentence = json_object_get(claim, keys[i]);
        if (json_is_object(sentence))
            json_object_set_new(claim, keys[i], phrase_json_after(sentence, phrase));
    }
    phrase_free(phrase);
}

/* The sentence of that key, or of key + "_about" where the claim is about two and `name` says which.
 * Takes the reason. */
static Phrase *doubt(const char *key, const Phrase *name, Phrase *reason)
{
    g_autofree char *about = g_strconcat(key, name != NULL ? "_about" : "", NULL);
    return phrase_part(phrase_part(phrase_new(about), "name", phrase_copy(name)), "reason", reason);
}

static json_t *describe_withheld(const LogFit *fit, Verdict judged)
{
    ResultsWithheld said;
    results_blank(&result_withheld, &said);
    said.verdict = verdict_name(judged);
    said.alerts = fit->alerts;
    said.unwatched = fit->unwatched;
    said.unwatched_allowed = fit->share;
    if (fit->shift.suspected)
        said.suspected_shift = describe_shift_counts(&fit->shift);
    if (fit->unseen)
        said.unseen_condition = results_bool(true);
    if (fit->copies > 0)
        said.copied_clips = (int64_t)fit->copies;
    return results_dump(&result_withheld, &said);
}

void results_note_unfit(json_t *claim, const LogFit *fit, Verdict judged, bool said, const Phrase *name)
{
    if (!log_fit_is_doubtful(fit))
        return;
    const char *verdict = json_string_value(json_object_get(claim, "verdict"));
    const bool taken_back = g_strcmp0(verdict, verdict_name(judged)) != 0;
    if (taken_back)
        json_object_set_new(claim, "withheld", describe_withheld(fit, judged));
    if (said || (!taken_back && judged != VERDICT_REFUTED))
        return;
    Phrase *phrase = doubt(taken_back ? "claim.doubt" : "claim.caution", name, log_fit_reason(fit));
    results_add_sentence(claim, name == NULL ? phrase_capitalise(phrase) : phrase);
}

void results_note_silence(json_t *claim, const LogFit *fit, Verdict judged, const Phrase *name)
{
    Phrase *silence = log_fit_silence(fit, judged);
    if (silence != NULL)
        results_add_sentence(claim, doubt("claim.caution", name, silence));
}
