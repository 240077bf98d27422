/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/handover_findings.h"

#include "language/phrase.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "scoring/handiwork.h"
#include "scoring/steadiness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FEWEST_TIMES 5 /* fewer show no habit */
#define SEEN_BEFORE_ALPHA 0.05
/* People who answer the same clip twice are so far apart on the whole; a system that runs alone is not. */
#define PERSON_FROM_S 0.1
#define PERSON_TO_S 2.0

typedef struct {
    const Handover *handover;
    const Audit *audit;
    const HandoverLog *log;
    Steadiness steadiness;
    json_t *findings;
} Looking;

typedef enum { PASS, FAIL, NOT_APPLICABLE } State;
static const char *const states[] = {"pass", "fail", "not_applicable"};

/* ---- what is there */

/* What truly happens in a clip: of const Event *, those that count and are of a behaviour asked about. Caller
 * unrefs. */
static GPtrArray *events_of(const Looking *looking, const SealedClip *clip)
{
    GPtrArray *events = g_ptr_array_new();
    const Clip *own = audit_find_clip(looking->audit, clip->dataset, clip->clip);
    const GPtrArray *all = clip->canary ? clip->events : own != NULL ? own->events : NULL;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Event *event = g_ptr_array_index(all, i);
        const GPtrArray *behaviours = looking->handover->seal->behaviours;
        if (event->certainty == CERTAINTY_SCORED &&
            g_ptr_array_find_with_equal_func((GPtrArray *)behaviours, event->behaviour, g_str_equal, NULL))
            g_ptr_array_add(events, (gpointer)event);
    }
    return events;
}

static Span found_span(const Event *event)
{
    return (Span){event->start_us - HANDOVER_PRE_US, MAX(event->end_us, event->start_us + HANDOVER_POST_US)};
}

/* The alert that found the event, the nearest to its beginning; NULL: it was missed. */
static const HandoverAlert *find_alert(const Looking *looking, const SealedClip *clip, const Event *event)
{
    const Span span = found_span(event);
    const HandoverAlert *found = NULL;
    for (guint i = 0; i < looking->log->alerts->len; i++) {
        const HandoverAlert *alert = &g_array_index(looking->log->alerts, HandoverAlert, i);
        if (alert->clip == clip && strcmp(alert->behaviour, event->behaviour) == 0 &&
            alert->onset_us >= span.start_us && alert->onset_us <= span.end_us &&
            (found == NULL ||
             llabs(alert->onset_us - event->start_us) < llabs(found->onset_us - event->start_us)))
            found = alert;
    }
    return found;
}

static GArray *times_of(const Looking *looking, const SealedClip *clip, const char *behaviour)
{
    GArray *times = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < looking->log->alerts->len; i++) {
        const HandoverAlert *alert = &g_array_index(looking->log->alerts, HandoverAlert, i);
        if (alert->clip == clip && (behaviour == NULL || alert->behaviour == behaviour))
            g_array_append_val(times, alert->onset_us);
    }
    return times;
}

static const SealedClip *clip_at(const Looking *looking, guint i)
{
    return g_ptr_array_index(looking->handover->seal->clips, i);
}

static guint clip_count(const Looking *looking)
{
    return looking->handover->seal->clips->len;
}

/* ---- how it is written */

static Phrase *phrase_of(const char *group, const char *id, const char *ending)
{
    g_autofree char *key = g_strconcat(group, ".", id, ending != NULL ? "." : NULL, ending, NULL);
    return phrase_new(key);
}

/* Adds a finding; `sentence` (taken) gets {count} and {of} and, where defined, {expected} and {p}. */
static void add(Looking *looking, const char *id, State state, const Handiwork *seen, Phrase *sentence)
{
    const bool counted = state != NOT_APPLICABLE;
    if (!counted) {
        phrase_free(sentence);
        sentence = phrase_of("capsule.none", id, NULL);
    } else {
        phrase_integer(sentence, "count", seen->count);
        phrase_integer(sentence, "of", seen->of);
        if (!isnan(seen->expected))
            phrase_number(sentence, "expected", seen->expected, 2);
        if (!isnan(seen->p))
            phrase_p(sentence, "p", seen->p);
    }
    json_t *said = results_said(sentence);
    json_t *meaning = counted ? results_said(phrase_of("capsule.means", id, states[state])) : NULL;
    if (!counted)
        meaning = results_said(phrase_new("capsule.means.not_applicable"));
    const ResultsCapsuleFinding finding = {.id = id,
                                           .state = states[state],
                                           .count = counted ? seen->count : RESULTS_UNKNOWN,
                                           .of = counted ? seen->of : RESULTS_UNKNOWN,
                                           .expected = counted ? seen->expected : (double)NAN,
                                           .p = counted ? seen->p : (double)NAN,
                                           .sentence = said,
                                           .meaning = meaning};
    json_array_append_new(looking->findings, results_dump(&result_capsule_finding, &finding));
    json_decref(said);
    json_decref(meaning);
}

static Handiwork counted(int64_t count, int64_t of)
{
    return (Handiwork){count, of, NAN, NAN};
}

/* ---- repeats */

static void compare_repeats(Looking *looking)
{
    const Seal *seal = looking->handover->seal;
    for (guint i = 0; i < clip_count(looking); i++) {
        const SealedClip *later = clip_at(looking, i);
        const SealedClip *first = later->appearance > 1 ? seal_appearance(seal, later, 1) : NULL;
        if (first == NULL)
            continue;
        for (guint b = 0; b < seal->behaviours->len; b++) {
            const char *behaviour = g_ptr_array_index(seal->behaviours, b);
            g_autoptr(GArray) a = times_of(looking, first, behaviour);
            g_autoptr(GArray) z = times_of(looking, later, behaviour);
            steadiness_add(&looking->steadiness, (const int64_t *)(void *)a->data, a->len,
                           (const int64_t *)(void *)z->data, z->len);
        }
        steadiness_end_clip(&looking->steadiness);
    }
}

static Phrase *put_times(Phrase *phrase, const Steadiness *seen)
{
    phrase_decimal(phrase, "median", steadiness_quantile(seen, 0.5), 2);
    phrase_decimal(phrase, "p90", steadiness_quantile(seen, 0.9), 2);
    phrase_decimal(phrase, "largest", steadiness_quantile(seen, 1), 2);
    return phrase_number(phrase, "tolerance", (double)seen->tolerance_us / 1e6, 3);
}

static void look_at_repeats(Looking *looking)
{
    const Steadiness *seen = &looking->steadiness;
    Handiwork answers = counted(steadiness_differing(seen), steadiness_answers(seen));
    answers.expected = STEADINESS_ALLOWED * (double)answers.of;
    answers.p = steadiness_p(seen);
    const State alerts = answers.of == 0 ? NOT_APPLICABLE : answers.count == 0 ? PASS : FAIL;
    Phrase *said = phrase_of("capsule.seen", "repeat_alerts", states[alerts]);
    phrase_integer(said, "clips", seen->clips);
    phrase_integer(said, "alike", seen->alike);
    phrase_percent(said, "up_to", steadiness_share(seen).high);
    phrase_percent(said, "at_least", steadiness_share(seen).low);
    add(looking, "repeat_alerts", alerts, &answers, said);

    const Handiwork pairs = counted(seen->paired - seen->equal, seen->paired);
    const State times = seen->paired == 0 ? NOT_APPLICABLE : pairs.count == 0 ? PASS : FAIL;
    add(looking, "repeat_times", times, &pairs,
        put_times(phrase_of("capsule.seen", "repeat_times", NULL), seen));

    const double median = steadiness_quantile(seen, 0.5);
    const bool person = median >= PERSON_FROM_S && median <= PERSON_TO_S;
    add(looking, "reaction",
        seen->paired < FEWEST_TIMES ? NOT_APPLICABLE
        : person                    ? FAIL
                                    : PASS,
        &pairs, put_times(phrase_of("capsule.seen", "reaction", NULL), seen));
}

static void look_at_repeated_events(Looking *looking)
{
    int64_t both = 0, first_only = 0, later_only = 0, neither = 0;
    for (guint i = 0; i < clip_count(looking); i++) {
        const SealedClip *later = clip_at(looking, i);
        const SealedClip *first =
            later->appearance > 1 ? seal_appearance(looking->handover->seal, later, 1) : NULL;
        if (first == NULL)
            continue;
        g_autoptr(GPtrArray) events = events_of(looking, later);
        for (guint e = 0; e < events->len; e++) {
            const bool before = find_alert(looking, first, g_ptr_array_index(events, e)) != NULL;
            const bool again = find_alert(looking, later, g_ptr_array_index(events, e)) != NULL;
            both += before && again;
            first_only += before && !again;
            later_only += !before && again;
            neither += !before && !again;
        }
    }
    const int64_t all = both + first_only + later_only + neither;
    const Handiwork differing = counted(first_only + later_only, all);
    Phrase *said = phrase_of("capsule.seen", "repeat_events", NULL);
    phrase_integer(said, "both", both);
    phrase_integer(said, "neither", neither);
    phrase_integer(said, "first_only", first_only);
    phrase_integer(said, "later_only", later_only);
    add(looking, "repeat_events",
        all == 0               ? NOT_APPLICABLE
        : differing.count == 0 ? PASS
                               : FAIL,
        &differing, said);

    Handiwork seen = counted(later_only, first_only + later_only);
    seen.expected = (double)seen.of / 2;
    seen.p = statistics_mcnemar(first_only, later_only);
    add(looking, "seen_before",
        seen.of == 0                  ? NOT_APPLICABLE
        : seen.p <= SEEN_BEFORE_ALPHA ? FAIL
                                      : PASS,
        &seen, phrase_of("capsule.seen", "seen_before", NULL));
}

/* ---- canaries */

static void look_at_canaries(Looking *looking)
{
    Handiwork missed = counted(0, 0), raised = counted(0, 0);
    int64_t alerts = 0;
    for (guint i = 0; i < clip_count(looking); i++) {
        const SealedClip *clip = clip_at(looking, i);
        if (!clip->canary)
            continue;
        g_autoptr(GPtrArray) events = events_of(looking, clip);
        for (guint e = 0; e < events->len; e++)
            missed.count += find_alert(looking, clip, g_ptr_array_index(events, e)) == NULL;
        missed.of += events->len;
        if (events->len > 0)
            continue;
        g_autoptr(GArray) times = times_of(looking, clip, NULL);
        alerts += times->len;
        raised.count += times->len > 0;
        raised.of++;
    }
    add(looking, "canary_events",
        missed.of == 0      ? NOT_APPLICABLE
        : missed.count == 0 ? PASS
                            : FAIL,
        &missed, phrase_of("capsule.seen", "canary_events", NULL));
    add(looking, "canary_empty",
        raised.of == 0      ? NOT_APPLICABLE
        : raised.count == 0 ? PASS
                            : FAIL,
        &raised, phrase_integer(phrase_of("capsule.seen", "canary_empty", NULL), "alerts", alerts));
}

/* ---- times. A system answers a clip that is there again alike, so the same answer again is no trial of its
 * own: counted twice, chance would look like a hand. */

static bool is_told_again(const Looking *looking, const HandoverAlert *alert)
{
    const SealedClip *first =
        alert->clip->appearance > 1 ? seal_appearance(looking->handover->seal, alert->clip, 1) : NULL;
    for (guint i = 0; first != NULL && i < looking->log->alerts->len; i++) {
        const HandoverAlert *before = &g_array_index(looking->log->alerts, HandoverAlert, i);
        if (before->clip == first && before->onset_us == alert->onset_us)
            return true;
    }
    return false;
}

static State judge(const Handiwork *seen)
{
    return isnan(seen->p) ? NOT_APPLICABLE : seen->p <= HANDIWORK_ALPHA ? FAIL : PASS;
}

/* Drawn for the capsule, so that its pictures are spaced evenly. */
static bool is_drawn(const SealedClip *clip)
{
    return clip->canary && clip->clip == NULL;
}

/* What stands there from the first picture on begins at 0 by every clock. Where all times are whole the log
 * alone cannot tell a person from a system that looks once a second; a drawn clip, which has no picture at
 * most whole seconds (capsule/canary.h), can. */
static void look_at_seconds(Looking *looking)
{
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(HandiworkTime));
    int64_t off = 0;
    for (guint i = 0; i < looking->log->alerts->len; i++) {
        const HandoverAlert *alert = &g_array_index(looking->log->alerts, HandoverAlert, i);
        if (is_told_again(looking, alert) || alert->onset_us == 0)
            continue;
        const HandiworkTime time = {alert->onset_us, alert->clip->rate};
        g_array_append_val(times, time);
        off += is_drawn(alert->clip) && handiwork_no_picture(alert->onset_us, alert->clip->rate);
    }
    Handiwork seen = handiwork_whole_seconds((const HandiworkTime *)(void *)times->data, times->len);
    const bool all = seen.count == seen.of;
    State state = times->len < FEWEST_TIMES ? NOT_APPLICABLE : judge(&seen);
    if (all && state != NOT_APPLICABLE) {
        state = off > 0 ? FAIL : NOT_APPLICABLE;
        seen.expected = seen.p = NAN;
    }
    add(looking, "whole_seconds", state, &seen,
        phrase_integer(phrase_of("capsule.seen", "whole_seconds", all ? "all" : "some"), "off", off));
}

static void look_before_events(Looking *looking)
{
    int64_t early = 0, others = 0, window_us = 0, elsewhere_us = 0;
    g_autoptr(GArray) delays = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < clip_count(looking); i++) {
        const SealedClip *clip = clip_at(looking, i);
        if (clip->canary || clip->appearance > 1)
            continue;
        g_autoptr(GPtrArray) events = events_of(looking, clip);
        g_auto(SpanList) windows, near;
        span_list_init(&windows);
        span_list_init(&near);
        for (guint e = 0; e < events->len; e++) {
            const Event *event = g_ptr_array_index(events, e);
            const Span span = found_span(event);
            span_list_add(&windows, MAX(event->start_us - HANDOVER_EARLY_FROM_US, 0),
                          MAX(event->start_us - HANDOVER_EARLY_TO_US, 0));
            span_list_add(&near, MAX(event->start_us - HANDOVER_EARLY_TO_US, 0),
                          MIN(span.end_us, clip->duration_us));
            const HandoverAlert *alert = find_alert(looking, clip, event);
            const int64_t delay = alert != NULL ? alert->onset_us - event->start_us : 0;
            if (alert != NULL)
                g_array_append_val(delays, delay);
        }
        span_list_subtract_list(&windows, &near);
        window_us += span_list_total(&windows);
        elsewhere_us += clip->duration_us - span_list_total(&windows) - span_list_total(&near);
        for (guint a = 0; a < looking->log->alerts->len; a++) {
            const HandoverAlert *alert = &g_array_index(looking->log->alerts, HandoverAlert, a);
            if (alert->clip != clip || span_list_contains(&near, alert->decided_us))
                continue;
            early += span_list_contains(&windows, alert->decided_us);
            others += !span_list_contains(&windows, alert->decided_us);
        }
    }
    const Handiwork before = handiwork_early(early, window_us, others, elsewhere_us);
    add(looking, "early", before.of == 0 ? NOT_APPLICABLE : judge(&before), &before,
        phrase_of("capsule.seen", "early", NULL));
    const Handiwork exact = handiwork_exact((const int64_t *)(void *)delays->data, delays->len);
    /* Too few exact ones are no sign; where the others are too few nothing can be said. */
    const bool clear = exact.of >= 2 * HANDIWORK_EXACT_LEAST && exact.count < HANDIWORK_EXACT_LEAST;
    add(looking, "exact_fit", clear ? PASS : judge(&exact), &exact,
        phrase_of("capsule.seen", "exact_fit", NULL));
}

static void look_at_order(Looking *looking)
{
    const guint count = clip_count(looking), half = count / 2;
    int64_t before = 0, after = 0;
    for (guint i = 0; i < count; i++) {
        g_autoptr(GArray) times = times_of(looking, clip_at(looking, i), NULL);
        before += times->len > 0 && i < half;
        after += times->len > 0 && i >= half;
    }
    const Handiwork seen = handiwork_order(before, half, after, count - half);
    add(looking, "order", before + after < FEWEST_TIMES ? NOT_APPLICABLE : judge(&seen), &seen,
        phrase_of("capsule.seen", "order", NULL));
}

/* ---- all */

static json_t *describe_log(const Handover *handover, const Audit *audit, const HandoverLog *log)
{
    Looking looking = {.handover = handover, .audit = audit, .log = log, .findings = json_array()};
    steadiness_init(&looking.steadiness, MAX(HANDOVER_REACH_US, handover->tolerance_us),
                    handover->tolerance_us);
    compare_repeats(&looking);
    look_at_repeats(&looking);
    look_at_repeated_events(&looking);
    look_at_canaries(&looking);
    look_at_seconds(&looking);
    look_before_events(&looking);
    look_at_order(&looking);
    const Steadiness *seen = &looking.steadiness;
    const ResultsCapsuleSystem said = {.system = log->id,
                                       .file = log->file,
                                       .sha256 = log->sha256,
                                       .alerts = log->alerts->len,
                                       .differences = {.pairs = seen->paired,
                                                       .equal = seen->equal,
                                                       .median_s = steadiness_quantile(seen, 0.5),
                                                       .p90_s = steadiness_quantile(seen, 0.9),
                                                       .largest_s = steadiness_quantile(seen, 1)}};
    json_t *object = results_dump(&result_capsule_system, &said);
    json_object_set_new(object, "findings", looking.findings);
    steadiness_clear(&looking.steadiness);
    return object;
}

json_t *handover_describe(const Handover *handover, const Audit *audit)
{
    int64_t repeated = 0, canaries = 0;
    for (guint i = 0; i < handover->seal->clips->len; i++) {
        const SealedClip *clip = g_ptr_array_index(handover->seal->clips, i);
        repeated += clip->appearance > 1;
        canaries += clip->canary;
    }
    const ResultsCapsule said = {.seal_sha256 = handover->seal_sha256,
                                 .signer = handover->signer,
                                 .clips = handover->seal->clips->len,
                                 .repeated = repeated,
                                 .canaries = canaries,
                                 .tolerance_s = (double)handover->tolerance_us / 1e6};
    json_t *object = results_dump(&result_capsule, &said), *systems = json_array();
    for (guint i = 0; i < handover->logs->len; i++)
        json_array_append_new(systems, describe_log(handover, audit, g_ptr_array_index(handover->logs, i)));
    json_object_set_new(object, "systems", systems);
    return object;
}
