/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips collected and scored by a protocol. */
#include "library/answers.h"
#include "library/figures.h"
#include "library/library.h"
#include "library/peers.h"
#include "records/free.h"

#include <string.h>

#define TOTAL_US_MAX INT64_C(1000000000000000000) /* of all clips: sums stay exact */
#define PASSAGES_MAX 1000000000
#define SPANS_MOST ((size_t)100000000)

/* What an EvalClip points to. */
typedef struct {
    EvalClip eval;
    char *camera;
    SpanList coverage, undecoded;
    GPtrArray *events, *alerts;
} OwnedClip;

struct VsauditScoring {
    const Protocol *protocol;
    EvalSettings settings; /* its own, or eval-2's for the field's protocols */
    PanelChoice choice;    /* of the latter; else without protocol */
    GPtrArray *clips;      /* of OwnedClip * */
    int64_t total_us;
};

static void clip_free(gpointer data)
{
    OwnedClip *clip = data;
    if (clip == NULL)
        return;
    g_free(clip->camera);
    span_list_clear(&clip->coverage);
    span_list_clear(&clip->undecoded);
    g_clear_pointer(&clip->events, g_ptr_array_unref);
    g_clear_pointer(&clip->alerts, g_ptr_array_unref);
    g_free(clip);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OwnedClip, clip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VsauditScoring, vsaudit_scoring_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VsauditScore, vsaudit_score_free)

/* ---- a protocol with its options */

static VsauditStatus load_choice(VsauditScoring *scoring, const ParamList *params, VsauditError *error)
{
    const Protocol *protocol = scoring->protocol;
    scoring->choice = (PanelChoice){protocol, g_malloc0(MAX(protocol->settings_size, (size_t)1))};
    options_set_defaults(protocol->options, scoring->choice.settings);
    g_autoptr(GError) fault = NULL;
    if (!options_apply(protocol->options, scoring->choice.settings, params, "params", &fault))
        return library_params_fault(protocol->options, params, fault, error);
    for (const OptionSpec *spec = options_of(protocol->options); spec->name != NULL; spec++)
        if (library_must_be_given(spec) && !option_is_given(spec, scoring->choice.settings))
            return library_fail(error, VSAUDIT_INVALID,
                                "options.%s: found nothing, expected a value: %s has no default of its own",
                                spec->name, protocol->id);
    eval_settings_load(&protocol_eval2, NULL, &scoring->settings, NULL);
    return VSAUDIT_OK;
}

static VsauditStatus load_settings(VsauditScoring *scoring, const ParamList *params, VsauditError *error)
{
    if (scoring->protocol->rules == NULL)
        return load_choice(scoring, params, error);
    g_autoptr(GError) fault = NULL;
    if (!eval_settings_load(scoring->protocol, params, &scoring->settings, &fault))
        return library_params_fault(scoring->protocol->options, params, fault, error);
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_scoring_new(const char *protocol, const VsauditOption *options, size_t option_count,
                                  VsauditScoring **scoring, VsauditError *error)
{
    if (scoring == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "scoring: found NULL, expected a place for the handle");
    *scoring = NULL;
    const char *id = protocol != NULL ? protocol : PROTOCOL_DEFAULT;
    g_autoptr(VsauditScoring) made = g_new0(VsauditScoring, 1);
    made->clips = g_ptr_array_new_with_free_func(clip_free);
    made->protocol = library_find_protocol(id);
    if (made->protocol == NULL) {
        g_autofree char *all = library_ids(vsaudit_protocol_id);
        return library_fail(error, VSAUDIT_NOT_FOUND, "protocol: found “%s”, expected one of %s", id, all);
    }
    g_autoptr(ParamList) params = NULL;
    VsauditStatus status = library_params(options, option_count, &params, error);
    if (status == VSAUDIT_OK)
        status = load_settings(made, params, error);
    if (status == VSAUDIT_OK)
        *scoring = g_steal_pointer(&made);
    return status;
}

static void clear_vsaudit_scoring(VsauditScoring *scoring)
{
    if (scoring->choice.protocol != NULL)
        options_clear(scoring->choice.protocol->options, scoring->choice.settings);
    g_free(scoring->choice.settings);
    g_ptr_array_unref(scoring->clips);
}

DEFINE_FREE(vsaudit_scoring_free, VsauditScoring, scoring, clear_vsaudit_scoring(scoring))

/* ---- clips */

VsauditStatus vsaudit_clip_init(VsauditClip *clip, size_t size, VsauditError *error)
{
    static const VsauditClip empty = {.duration_us = VSAUDIT_TIME_UNKNOWN, .passages = VSAUDIT_NOT_COUNTED};
    if (library_check_size(clip, size, sizeof empty, sizeof empty, "clip", error) != VSAUDIT_OK)
        return VSAUDIT_MISUSE;
    memcpy(clip, &empty, size);
    return VSAUDIT_OK;
}

static VsauditStatus carry_spans(const VsauditSpan *spans, size_t count, SpanList *list, const char *where,
                                 const char *field, VsauditError *error)
{
    if (spans == NULL && count > 0)
        return library_fail(error, VSAUDIT_MISUSE, "%s.%s: found NULL, expected %zu spans", where, field,
                            count);
    if (count > SPANS_MOST)
        return library_fail(error, VSAUDIT_INVALID, "%s.%s: found %zu of them, expected %zu or less", where,
                            field, count, SPANS_MOST);
    for (size_t i = 0; i < count; i++) {
        const VsauditSpan *span = &spans[i];
        if (span->start_us < 0 || span->end_us <= span->start_us || span->end_us > VSAUDIT_TIME_MAX)
            return library_fail(error, VSAUDIT_INVALID,
                                "%s.%s[%zu]: found %" PRId64 " to %" PRId64
                                ", expected 0 or more, to more than that, to %" PRId64 " µs at most",
                                where, field, i, span->start_us, span->end_us, VSAUDIT_TIME_MAX);
        span_list_add(list, span->start_us, span->end_us);
    }
    return VSAUDIT_OK;
}

static VsauditStatus check_clip(const VsauditClip *given, const VsauditScoring *scoring, const char *where,
                                VsauditError *error)
{
    const bool failed = (given->flags & VSAUDIT_CLIP_FAILED) != 0;
    if ((given->flags & ~(VSAUDIT_CLIP_FAILED | VSAUDIT_CLIP_CLOCK_MENDED)) != 0)
        return library_fail(error, VSAUDIT_INVALID, "%s.flags: found flags that are not known", where);
    if (given->duration_us == VSAUDIT_TIME_UNKNOWN) {
        if (!failed)
            return library_fail(
                error, VSAUDIT_INVALID,
                "%s.duration_us: found no time, expected one: only a failed clip may have none", where);
    } else if (given->duration_us <= 0 || given->duration_us > VSAUDIT_TIME_MAX) {
        return library_fail(error, VSAUDIT_INVALID,
                            "%s.duration_us: found %" PRId64 ", expected 1 to %" PRId64 " µs", where,
                            given->duration_us, VSAUDIT_TIME_MAX);
    } else if (given->duration_us > TOTAL_US_MAX - scoring->total_us) {
        return library_fail(error, VSAUDIT_INVALID,
                            "%s.duration_us: found more than %" PRId64 " µs in all clips, expected less",
                            where, TOTAL_US_MAX);
    }
    if (given->passages != VSAUDIT_NOT_COUNTED && (given->passages < 0 || given->passages > PASSAGES_MAX))
        return library_fail(error, VSAUDIT_INVALID, "%s.passages: found %" PRId64 ", expected 0 to %d, or -1",
                            where, given->passages, PASSAGES_MAX);
    VsauditStatus status = library_check_text(given->id, where, ".id", error);
    return status != VSAUDIT_OK ? status : library_check_text(given->camera, where, ".camera", error);
}

static VsauditStatus carry_clip(const VsauditClip *given, OwnedClip *clip, const char *where,
                                VsauditError *error)
{
    g_autofree char *events = g_strdup_printf("%s.events", where),
                    *alerts = g_strdup_printf("%s.alerts", where);
    VsauditStatus status =
        carry_spans(given->coverage, given->coverage_count, &clip->coverage, where, "coverage", error);
    if (status == VSAUDIT_OK)
        status = carry_spans(given->undecoded, given->undecoded_count, &clip->undecoded, where, "undecoded",
                             error);
    if (status == VSAUDIT_OK)
        status = library_events(given->events, given->event_count, given->event_size, events, &clip->events,
                                error);
    if (status == VSAUDIT_OK)
        status = library_alerts(given->alerts, given->alert_count, given->alert_size, alerts, &clip->alerts,
                                error);
    clip->camera = g_strdup(given->camera);
    clip->eval = (EvalClip){
        .camera = clip->camera,
        .failed = (given->flags & VSAUDIT_CLIP_FAILED) != 0,
        .clock_mended = (given->flags & VSAUDIT_CLIP_CLOCK_MENDED) != 0,
        .duration_us = given->duration_us,
        .coverage = given->coverage != NULL ? &clip->coverage : NULL,
        .undecoded = given->undecoded != NULL ? &clip->undecoded : NULL,
        .events = clip->events,
        .alerts = clip->alerts,
        .passages = given->passages,
    };
    return status;
}

VsauditStatus vsaudit_scoring_add_clip(VsauditScoring *scoring, const VsauditClip *clip, size_t size,
                                       VsauditError *error)
{
    if (scoring == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "scoring: found NULL, expected a handle");
    VsauditStatus status = library_check_size(clip, size, sizeof *clip, sizeof *clip, "clip", error);
    if (status != VSAUDIT_OK)
        return status;
    VsauditClip given;
    vsaudit_clip_init(&given, sizeof given, NULL);
    memcpy(&given, clip, size);
    const bool named = given.id != NULL && g_utf8_validate(given.id, -1, NULL);
    g_autofree char *where =
        named ? g_strdup_printf("clip “%s”", given.id) : g_strdup_printf("clips[%u]", scoring->clips->len);
    g_autoptr(OwnedClip) own = g_new0(OwnedClip, 1);
    span_list_init(&own->coverage);
    span_list_init(&own->undecoded);
    status = check_clip(&given, scoring, where, error);
    if (status == VSAUDIT_OK)
        status = carry_clip(&given, own, where, error);
    if (status != VSAUDIT_OK)
        return status;
    if (given.duration_us != VSAUDIT_TIME_UNKNOWN)
        scoring->total_us += given.duration_us;
    g_ptr_array_add(scoring->clips, g_steal_pointer(&own));
    return VSAUDIT_OK;
}

/* ---- the score */

VsauditStatus vsaudit_scoring_score(const VsauditScoring *scoring, VsauditScore **score, VsauditError *error)
{
    if (score == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "score: found NULL, expected a place for the handle");
    *score = NULL;
    if (scoring == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "scoring: found NULL, expected a handle");
    if (scoring->clips->len == 0)
        return library_fail(error, VSAUDIT_MISUSE, "scoring: found no clip, expected one at least");
    g_autofree EvalClip *clips = g_new(EvalClip, scoring->clips->len);
    for (guint i = 0; i < scoring->clips->len; i++)
        clips[i] = ((const OwnedClip *)g_ptr_array_index(scoring->clips, i))->eval;
    g_autoptr(VsauditScore) made = g_new0(VsauditScore, 1);
    made->peer = scoring->choice.protocol != NULL;
    library_quiet_begin();
    made->result = eval_evaluate(clips, scoring->clips->len, &scoring->settings);
    PanelRow row;
    if (made->peer)
        peers_score(&scoring->choice, clips, made->result, &row);
    library_quiet_end();
    const EvalFigures *figures = &made->result->figures;
    made->counts = figures_counts(figures, made->peer ? &row : NULL);
    made->figures = figures_list(figures, made->peer ? &row : NULL, scoring->settings.level);
    *score = g_steal_pointer(&made);
    return VSAUDIT_OK;
}

static void clear_vsaudit_score(VsauditScore *score)
{
    eval_result_free(score->result);
    g_clear_pointer(&score->figures, g_array_unref);
}

DEFINE_FREE(vsaudit_score_free, VsauditScore, score, clear_vsaudit_score(score))
