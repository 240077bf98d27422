/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_probes.h"

#include "language/phrase.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"
#include "runner/plan_probes.h"
#include "scoring/probing.h"
#include "systems/engine.h"

#include <math.h>
#include <string.h>

typedef enum { PASS, FAIL, NOT_APPLICABLE } State;
static const char *const states[] = {"pass", "fail", "not_applicable"};

/* What the store holds of one clip: the look is NULL where the system could not judge it. */
typedef struct {
    JobRecord *job;
    LookRecord *look;
} Seen;

/* One probe of one system. */
typedef struct {
    const Audit *audit;
    const Scenario *scenario;
    const SystemSpec *system;
    const ConditionSpec *condition; /* as recorded */
    Store *store;
    const json_t *description; /* of a system that runs, or NULL */
    ProbeId probe;
    bool exact;
    ProbingRule rule; /* `from_us` is each clip's own */
    Probing sum;
    int64_t clips, failed, hours_us;
    int64_t anew; /* clips that were handed over in a file written anew */
    bool differs; /* the footage of one camera is answered as another's */
    char *failure;
    json_t *details;
} Looking;

static void clear_seen(Seen *seen)
{
    job_record_free(seen->job);
    look_record_free(seen->look);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Seen, clear_seen)

/* False with an error of the store. */
static bool find(const Looking *looking, const Clip *clip, const char *condition, Seen *seen, GError **error)
{
    const char *scenario = looking->scenario->id, *system = looking->system->id;
    GError *cause = NULL;
    *seen = (Seen){NULL, NULL};
    seen->job = plan_sees_by_itself(looking->scenario, looking->system)
                    ? store_find_engine(looking->store, scenario, system, clip->id, condition, &cause)
                    : store_find_job(looking->store, scenario, clip->id, condition, &cause);
    if (seen->job != NULL && seen->job->status == JOB_DONE)
        seen->look = store_find_look(looking->store, seen->job->index, scenario, system, &cause);
    if (cause == NULL)
        return true;
    g_propagate_error(error, cause);
    return false;
}

static bool has_judged(const Seen *seen)
{
    return seen->look != NULL && seen->look->reason == NULL;
}

static void note(Looking *looking, const Clip *clip, const char *state, const char *failure,
                 const Probing *probing)
{
    const ResultsProbeClip said = {
        .clip = clip->id,
        .state = state,
        .failure = failure,
        .recorded = probing->recorded,
        .probed = failure != NULL ? RESULTS_UNKNOWN : probing->probed,
        .matched = failure != NULL ? RESULTS_UNKNOWN : probing->matched,
        .left_out = failure != NULL ? RESULTS_UNKNOWN : probing->left_out,
        .left_recorded = failure != NULL ? RESULTS_UNKNOWN : probing->left_recorded,
    };
    json_array_append_new(looking->details, results_dump(&result_probe_clip, &said));
}

/* It ended the clip before, and did not under the probe. */
static void note_failure(Looking *looking, const Clip *clip, const Seen *recorded, const Seen *probed)
{
    const char *reason = probed->look != NULL && probed->look->reason != NULL ? probed->look->reason
                         : probed->job != NULL && probed->job->reason != NULL ? probed->job->reason
                                                                              : "it was not run";
    const Probing none = {.recorded = recorded->look->alerts->len};
    looking->failed++;
    if (looking->failure == NULL)
        looking->failure = g_strdup(reason);
    note(looking, clip, "failed", reason, &none);
}

/* ---- one clip */

/* Under another camera's drawing alerts may differ; but not be the other camera's. */
static bool follows_other(const Looking *looking, const Clip *clip, const Seen *probed, bool *follows,
                          GError **error)
{
    const Clip *partner = plan_probe_partner(looking->audit, looking->scenario, clip);
    g_auto(Seen) other = {NULL, NULL};
    *follows = false;
    if (!find(looking, partner, looking->condition->id, &other, error))
        return false;
    if (!has_judged(&other) || other.look->alerts->len == 0)
        return true;
    Probing probing;
    probing_compare(other.look->alerts, probed->look->alerts, &looking->rule, &probing);
    *follows = probing_agrees(&probing, true, 1);
    probing_clear(&probing);
    return true;
}

static bool judge_exchange(Looking *looking, const Clip *clip, const Seen *probed, const Probing *probing,
                           const char **state, GError **error)
{
    const Clip *partner = plan_probe_partner(looking->audit, looking->scenario, clip);
    bool follows = true;
    *state = "same";
    if (probing_agrees(probing, looking->exact, looking->audit->probes.agreement))
        return true;
    if (!plan_probe_drawn_alike(clip, partner) && !follows_other(looking, clip, probed, &follows, error))
        return false;
    *state = follows ? "different" : "undecided";
    return true;
}

static bool compare(Looking *looking, const Clip *clip, const Seen *recorded, const Seen *probed,
                    GError **error)
{
    Probing probing;
    if (looking->probe == PROBE_INTERRUPTED)
        looking->rule.from_us = plan_probe_cut_us(clip);
    probing_compare(recorded->look->alerts, probed->look->alerts, &looking->rule, &probing);
    const char *state =
        probing_agrees(&probing, looking->exact, looking->audit->probes.agreement) ? "same" : "different";
    if (looking->probe == PROBE_EMPTY_HOUR)
        state = probing.probed == 0 ? "same" : "different";
    const bool fine = looking->probe != PROBE_CAMERAS_EXCHANGED ||
                      judge_exchange(looking, clip, probed, &probing, &state, error);
    if (fine)
        note(looking, clip, state, NULL, &probing);
    if (fine && strcmp(state, "undecided") != 0) {
        looking->clips++;
        looking->hours_us += probed->job->duration_us;
        looking->anew += json_is_true(json_object_get(probed->look->said, "written_anew"));
        probing_add(&looking->sum, &probing);
        looking->differs = looking->differs || strcmp(state, "different") == 0;
    }
    probing_clear(&probing);
    return fine;
}

/* A clip that the system did not judge as recorded says nothing; nor does one that ends before the stream
 * would have stopped. */
static bool look_at_clip(Looking *looking, const Clip *clip, GError **error)
{
    g_auto(Seen) recorded = {NULL, NULL};
    g_auto(Seen) probed = {NULL, NULL};
    if (!find(looking, clip, looking->condition->id, &recorded, error) ||
        !find(looking, clip, probe_table[looking->probe].condition, &probed, error))
        return false;
    if (!has_judged(&recorded) ||
        (looking->probe == PROBE_INTERRUPTED && recorded.job->duration_us <= plan_probe_cut_us(clip)))
        return true;
    if (has_judged(&probed))
        return compare(looking, clip, &recorded, &probed, error);
    note_failure(looking, clip, &recorded, &probed);
    return true;
}

/* ---- the verdict of a probe */

/* Alerts that should have come later are, by the median, where they were rather than where they should be. */
static bool stays(const Looking *looking)
{
    const int64_t median_us = probing_median_us(looking->sum.moves);
    return looking->probe == PROBE_DELAYED && median_us != TIME_UNKNOWN && 2 * median_us <= PROBE_DELAY_US;
}

static bool is_silent(const Looking *looking)
{
    return looking->probe != PROBE_EMPTY_HOUR && looking->sum.recorded + looking->sum.probed == 0;
}

static State judge(const Looking *looking, State repeat, const char **reason)
{
    const bool alone = looking->probe == PROBE_EMPTY_HOUR;
    *reason = NULL;
    if (looking->failed > 0) {
        *reason = "failed";
        return FAIL;
    }
    if (looking->clips == 0)
        *reason = looking->probe == PROBE_CAMERAS_EXCHANGED && json_array_size(looking->details) > 0
                      ? "zones_differ"
                      : "nothing_to_see";
    else if (repeat == FAIL && looking->probe != PROBE_REPEAT && !alone)
        *reason = "unrepeatable";
    if (*reason != NULL)
        return NOT_APPLICABLE;
    if (alone)
        return looking->sum.probed == 0 ? PASS : FAIL;
    if (looking->probe == PROBE_CAMERAS_EXCHANGED)
        return looking->differs ? FAIL : PASS;
    if (stays(looking))
        return FAIL;
    return probing_agrees(&looking->sum, looking->exact, looking->audit->probes.agreement) ? PASS : FAIL;
}

/* ---- its words */

static Phrase *key(const char *group, const char *ending, const char *id)
{
    g_autofree char *text = g_strjoin(".", group, ending, id, NULL);
    return phrase_new(text);
}

static Phrase *put_counts(Phrase *phrase, const Looking *looking)
{
    const int64_t median_us = probing_median_us(looking->sum.moves);
    phrase_integer(phrase, "clips", looking->clips);
    phrase_integer(phrase, "recorded", looking->sum.recorded);
    phrase_integer(phrase, "probed", looking->sum.probed);
    phrase_integer(phrase, "matched", looking->sum.matched);
    phrase_number(phrase, "minutes", 60 * (double)looking->hours_us / (double)US_PER_HOUR, 3);
    phrase_integer(phrase, "left", looking->sum.left_out);
    phrase_integer(phrase, "left_recorded", looking->sum.left_recorded);
    if (median_us != TIME_UNKNOWN)
        phrase_decimal(phrase, "moved", time_to_seconds(median_us), 2);
    if (looking->sum.apart->len > 0)
        phrase_decimal(phrase, "apart", time_to_seconds(probing_median_us(looking->sum.apart)), 2);
    return phrase;
}

static Phrase *left_out(Phrase *phrase, const Looking *looking)
{
    const char *about = looking->probe == PROBE_DELAYED ? "probe.left_out.start" : "probe.left_out.gap";
    if (looking->anew > 0)
        phrase_then(phrase, phrase_integer(phrase_new("probe.written_anew"), "n", looking->anew));
    const bool any = looking->sum.left_out + looking->sum.left_recorded > 0;
    return any ? phrase_then(phrase, put_counts(phrase_new(about), looking)) : phrase;
}

static Phrase *sentence(const Looking *looking, State state, const char *reason)
{
    if (looking->failed > 0) {
        Phrase *phrase = phrase_integer(phrase_new("probe.failed"), "n", looking->failed);
        return phrase_own(phrase, "reason", looking->failure);
    }
    if (state == NOT_APPLICABLE)
        return key("probe.reason", reason, NULL);
    if (looking->probe == PROBE_EMPTY_HOUR)
        return put_counts(phrase_new("probe.empty"), looking);
    if (is_silent(looking))
        return left_out(put_counts(phrase_new("probe.no_alert"), looking), looking);
    Phrase *phrase = put_counts(phrase_new("probe.compared"), looking);
    if (looking->sum.matched > 0 && !looking->exact)
        phrase_then(phrase, put_counts(phrase_new("probe.moved"), looking));
    if (looking->sum.apart->len > 0)
        phrase_then(phrase, put_counts(phrase_new("probe.apart"), looking));
    return left_out(phrase, looking);
}

static Phrase *meaning(const Looking *looking, State state)
{
    if (state == NOT_APPLICABLE)
        return NULL;
    if (looking->failed > 0)
        return phrase_new("probe.means.failed");
    if (is_silent(looking))
        return phrase_new("probe.means.silent");
    if (state == FAIL && stays(looking))
        return phrase_new("probe.means.delayed.stays");
    return key("probe.means", looking->anew > 0 ? "written_anew" : probe_table[looking->probe].id,
               states[state]);
}

/* ---- how it is written */

static double expected_s(const Looking *looking)
{
    if (looking->probe == PROBE_EMPTY_HOUR || looking->probe == PROBE_INTERRUPTED)
        return (double)NAN;
    return time_to_seconds(looking->rule.later_us);
}

static json_t *describe(const Looking *looking, State state, const char *reason)
{
    const bool empty = looking->probe == PROBE_EMPTY_HOUR;
    const bool near = !looking->exact && !empty;
    const int64_t median_us = probing_median_us(looking->sum.moves);
    const ResultsProbe said = {
        .id = probe_table[looking->probe].id,
        .state = states[state],
        .reason = reason,
        .exact = results_bool(looking->exact),
        .clips = looking->clips + looking->failed,
        .failed = looking->failed,
        .recorded = looking->sum.recorded,
        .probed = looking->sum.probed,
        .matched = looking->sum.matched,
        .left_out = looking->sum.left_out,
        .left_recorded = looking->sum.left_recorded,
        .written_anew = looking->anew,
        .moved_s = median_us != TIME_UNKNOWN ? time_to_seconds(median_us) : (double)NAN,
        .apart_s = looking->sum.apart->len > 0 ? time_to_seconds(probing_median_us(looking->sum.apart))
                                               : (double)NAN,
        .expected_s = expected_s(looking),
        .tolerance_s = near ? time_to_seconds(looking->rule.tolerance_us) : (double)NAN,
        .agreement = near ? looking->audit->probes.agreement : (double)NAN,
        .hours = empty ? (double)looking->hours_us / (double)US_PER_HOUR : (double)NAN,
        .sentence = results_said(sentence(looking, state, reason)),
        .meaning = results_said(meaning(looking, state)),
    };
    json_t *object = results_dump_taking(&result_probe, &said);
    json_object_set(object, "details", looking->details);
    return object;
}

/* ---- all */

/* Whether a system decides by the pictures alone, so that the same can be asked of it twice. */
static bool is_steady(const json_t *description)
{
    return description == NULL ||
           g_strcmp0(json_string_value(json_object_get(description, "pace")), "step") == 0;
}

static void begin(Looking *looking)
{
    const bool delayed = looking->probe == PROBE_DELAYED;
    looking->exact = probe_table[looking->probe].exact && is_steady(looking->description);
    looking->rule = (ProbingRule){
        .exact = looking->exact,
        .tolerance_us = looking->audit->probes.tolerance_us,
        .later_us = delayed                               ? PROBE_DELAY_US
                    : looking->probe == PROBE_INTERRUPTED ? PROBE_GAP_US
                                                          : 0,
        .start_us = delayed ? PROBE_DELAY_US : 0,
        .gap_us = looking->probe == PROBE_INTERRUPTED ? PROBE_GAP_US : 0,
    };
    looking->sum = (Probing){.moves = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                             .apart = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    looking->details = json_array();
}

/* The first is the repeat, after which the others go. */
static json_t *probe(Looking *looking, State *repeat, GError **error)
{
    const char *reason = plan_probe_objection(looking->audit, looking->scenario, looking->system,
                                              looking->description, looking->probe);
    begin(looking);
    g_autoptr(GPtrArray) clips = plan_probe_compared(looking->audit, looking->scenario, looking->probe);
    bool fine = true;
    for (guint i = 0; reason == NULL && fine && i < clips->len; i++)
        fine = look_at_clip(looking, g_ptr_array_index(clips, i), error);
    const State state = reason != NULL ? NOT_APPLICABLE : judge(looking, *repeat, &reason);
    if (looking->probe == PROBE_REPEAT)
        *repeat = state;
    json_t *object = fine ? describe(looking, state, reason) : NULL;
    probing_clear(&looking->sum);
    json_decref(looking->details);
    g_clear_pointer(&looking->failure, g_free);
    looking->clips = looking->failed = looking->hours_us = looking->anew = 0;
    looking->differs = false;
    return object;
}

static void append_limit(const Looking *looking, const json_t *probes, json_t *limits)
{
    GPtrArray *names = g_ptr_array_new();
    size_t i;
    const json_t *one;
    json_array_foreach(probes, i, one)
    {
        if (strcmp(json_string_value(json_object_get(one, "state")), states[FAIL]) == 0)
            g_ptr_array_add(names, key("probe.name", json_string_value(json_object_get(one, "id")), NULL));
    }
    if (names->len == 0) {
        g_ptr_array_unref(names);
        return;
    }
    Phrase *limit = phrase_new("probe.limit");
    phrase_own(limit, "system", looking->system->id);
    phrase_pair(limit, "scenario", (Text){looking->scenario->title.en, looking->scenario->title.fr});
    json_array_append_new(limits, results_said(phrase_names(limit, "names", names, 0)));
}

/* The condition whose evaluation the probes are about. */
static const ConditionSpec *condition_of(const Scenario *scenario)
{
    for (guint i = 0; i < scenario->conditions->len; i++) {
        const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, i);
        if (condition->filter == NULL)
            return condition;
    }
    return g_ptr_array_index(scenario->conditions, 0);
}

/* What a system that runs is, by the store. */
static bool find_description(const Looking *looking, json_t **description, GError **error)
{
    g_autoptr(GPtrArray) clips = scenario_clips(looking->scenario);
    GError *cause = NULL;
    *description = NULL;
    for (guint i = 0; i < clips->len && *description == NULL && cause == NULL; i++) {
        g_autoptr(JobRecord) job = store_find_engine(
            looking->store, looking->scenario->id, looking->system->id,
            ((const Clip *)g_ptr_array_index(clips, i))->id, looking->condition->id, &cause);
        *description = job != NULL ? json_incref(job->engine) : NULL;
    }
    if (cause == NULL)
        return true;
    g_propagate_error(error, cause);
    return false;
}

bool results_add_probes(const Audit *audit, const Scenario *scenario, const SystemSpec *system,
                        const ConditionSpec *condition, Store *store, json_t *evaluation, json_t *limits,
                        GError **error)
{
    if (!audit->probes.any || !plan_is_probed(system) || condition != condition_of(scenario))
        return true;
    Looking looking = {
        .audit = audit, .scenario = scenario, .system = system, .condition = condition, .store = store};
    json_t *description = NULL;
    if (engine_of(system) != NULL && !find_description(&looking, &description, error))
        return false;
    looking.description = description;
    json_t *probes = json_array();
    State repeat = PASS;
    bool fine = true;
    for (unsigned p = 0; p < PROBE_COUNT && fine; p++) {
        if (!audit->probes.asked[p])
            continue;
        looking.probe = (ProbeId)p;
        json_t *one = probe(&looking, &repeat, error);
        fine = one != NULL;
        json_array_append_new(probes, one);
    }
    if (fine) {
        append_limit(&looking, probes, limits);
        json_object_set(evaluation, "probes", probes);
    }
    json_decref(probes);
    json_decref(description);
    return fine;
}
