/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/grade.h"

#include "scoring/independence.h"

#include <math.h>

#define HOUR_US 3.6e9

const char *const grade_levels[] = {"high", "moderate", "low", "very_low", NULL};
const char *const grade_domains[] = {"risk_of_bias", "inconsistency", "indirectness",
                                     "imprecision",  "reporting",     NULL};
const char *const grade_states[] = {"found", "unknown", "not_filled_in", NULL};

/* What a reason cites. */
typedef struct {
    double figure, of;
} Cited;

typedef GradeState (*Look)(const GradeFacts *facts, Cited *cited);

struct GradeReason {
    const char *key;
    GradeDomain domain;
    int lowers;
    bool of_places; /* only of a verdict that speaks of places like these */
    bool filmed;    /* not of drawn footage */
    Look look;      /* sets what it cites when it finds anything */
};

GradeFacts grade_no_facts(void)
{
    return (GradeFacts){.clips = -1,
                        .how = NOT_FILLED_IN,
                        .chosen_by = NOT_FILLED_IN,
                        .dated_us = NAN,
                        .undated_us = NAN,
                        .seasons_due = 0xf,
                        .day_due = 0xf,
                        .cameras = -1,
                        .camera_hours = NAN,
                        .cases = NAN,
                        .low = NAN,
                        .high = NAN,
                        .limit = NAN,
                        .blind = NOT_FILLED_IN,
                        .absence = NOT_FILLED_IN,
                        .kappa = NAN,
                        .f1 = NAN,
                        .differ_p = NAN,
                        .mended_clips = -1,
                        .failed_clips = -1,
                        .alerts = -1,
                        .unwatched = -1,
                        .seen_us = NAN,
                        .unseen_us = NAN,
                        .pictures = -1,
                        .dropped = -1,
                        .probes = -1,
                        .probes_failed = -1,
                        .capsule = -1,
                        .capsule_failed = -1,
                        .claims = -1,
                        .lock_late = -1,
                        .lock_changes = -1,
                        .ran_by = NOT_FILLED_IN,
                        .paid_by = NOT_FILLED_IN};
}

/* ---- shapes that reasons have in common */

static double known(int64_t count)
{
    return count < 0 ? (double)NAN : (double)count;
}

/* A comparison with NAN is false: what is not known finds nothing. */
static GradeState found_if(bool holds, Cited *cited, double figure, double of)
{
    *cited = (Cited){figure, of};
    return holds ? GRADE_STATE_FOUND : GRADE_STATE_NONE;
}

/* More than the share that may be unusable. */
static GradeState found_part(Cited *cited, double part, double whole)
{
    return found_if(part > GRADE_SHARE * whole, cited, part, whole);
}

/* A question without an answer concerns all clips. */
static GradeState found_blank(const GradeFacts *facts, Cited *cited, bool blank, bool unknown)
{
    *cited = (Cited){known(facts->clips), NAN};
    return blank ? GRADE_STATE_NOT_FILLED_IN : unknown ? GRADE_STATE_UNKNOWN : GRADE_STATE_NONE;
}

static bool has_stake(int party)
{
    return party != NOT_FILLED_IN && party < PARTY_INDEPENDENT;
}

/* ---- how truth and alerts were established */

static GradeState one_annotator(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->people == 1, cited, known(facts->people), NAN);
}

static GradeState annotators_not_known(const GradeFacts *facts, Cited *cited)
{
    return found_blank(facts, cited, facts->people <= 0, false);
}

static GradeState not_blind(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->blind == ANSWER_NO, cited, known(facts->clips), NAN);
}

static GradeState blind_not_known(const GradeFacts *facts, Cited *cited)
{
    return found_blank(facts, cited, facts->blind == NOT_FILLED_IN, facts->blind == ANSWER_UNKNOWN);
}

static GradeState absence_not_marked(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->absence == ANSWER_NO, cited, known(facts->clips), NAN);
}

static GradeState absence_not_known(const GradeFacts *facts, Cited *cited)
{
    return found_blank(facts, cited, facts->absence == NOT_FILLED_IN, facts->absence == ANSWER_UNKNOWN);
}

static GradeState kappa_low(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->kappa < GRADE_KAPPA, cited, facts->kappa, NAN);
}

static GradeState f1_low(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->f1 < GRADE_F1 && !(facts->kappa < GRADE_KAPPA), cited, facts->f1, NAN);
}

static GradeState clocks_mended(const GradeFacts *facts, Cited *cited)
{
    return found_part(cited, known(facts->mended_clips), known(facts->clips));
}

static GradeState clips_failed(const GradeFacts *facts, Cited *cited)
{
    return found_part(cited, known(facts->failed_clips), known(facts->failed_clips) + known(facts->clips));
}

static GradeState alerts_not_used(const GradeFacts *facts, Cited *cited)
{
    return found_part(cited, known(facts->unwatched), known(facts->alerts));
}

static GradeState footage_not_seen(const GradeFacts *facts, Cited *cited)
{
    return found_part(cited, facts->unseen_us / HOUR_US, (facts->unseen_us + facts->seen_us) / HOUR_US);
}

static GradeState pictures_dropped(const GradeFacts *facts, Cited *cited)
{
    return found_part(cited, known(facts->dropped), known(facts->pictures));
}

static GradeState probes_failed(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->probes_failed > 0, cited, known(facts->probes_failed), known(facts->probes));
}

static GradeState capsule_failed(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->capsule_failed > 0, cited, known(facts->capsule_failed), known(facts->capsule));
}

/* ---- whether cameras say the same */

static GradeState cameras_differ(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->differ_p < INDEPENDENCE_ALPHA, cited, facts->differ_p, NAN);
}

/* ---- whether the footage stands for the places */

static GradeState drawn(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->drawn, cited, known(facts->clips), NAN);
}

static GradeState chosen_by_hand(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->how == SAMPLING_BY_HAND, cited, known(facts->clips), NAN);
}

static GradeState choice_not_known(const GradeFacts *facts, Cited *cited)
{
    return found_blank(facts, cited, facts->how == NOT_FILLED_IN, facts->how == SAMPLING_UNKNOWN);
}

/* Who drew by lot, or took all, could not choose. */
static bool could_choose(const GradeFacts *facts)
{
    return facts->how != SAMPLING_RANDOM && facts->how != SAMPLING_WHOLE;
}

static GradeState chosen_with_a_stake(const GradeFacts *facts, Cited *cited)
{
    return found_if(could_choose(facts) && has_stake(facts->chosen_by), cited, known(facts->clips), NAN);
}

static GradeState chooser_not_known(const GradeFacts *facts, Cited *cited)
{
    const bool asked = could_choose(facts);
    return found_blank(facts, cited, asked && facts->chosen_by == NOT_FILLED_IN,
                       asked && facts->chosen_by == PARTY_UNKNOWN);
}

static bool is_dated(const GradeFacts *facts)
{
    return facts->dated_us > 0 && facts->undated_us <= GRADE_SHARE * (facts->dated_us + facts->undated_us);
}

static GradeState times_not_known(const GradeFacts *facts, Cited *cited)
{
    *cited = (Cited){facts->undated_us / HOUR_US, (facts->undated_us + facts->dated_us) / HOUR_US};
    return is_dated(facts) ? GRADE_STATE_NONE : GRADE_STATE_NOT_FILLED_IN;
}

/* How many of those that are due have footage, of how many. */
static GradeState quarters_missing(const GradeFacts *facts, const double *by_us, unsigned due, Cited *cited)
{
    int wanted = 0, there = 0;
    for (int i = 0; i < GRADE_QUARTERS; i++) {
        const bool is_due = (due >> i & 1) != 0;
        wanted += is_due;
        there += is_due && by_us[i] >= GRADE_SHARE * facts->dated_us;
    }
    return found_if(is_dated(facts) && there < wanted, cited, there, wanted);
}

static GradeState seasons_missing(const GradeFacts *facts, Cited *cited)
{
    return quarters_missing(facts, facts->by_season_us, facts->seasons_due, cited);
}

static GradeState day_missing(const GradeFacts *facts, Cited *cited)
{
    return quarters_missing(facts, facts->by_day_us, facts->day_due, cited);
}

static GradeState few_cameras(const GradeFacts *facts, Cited *cited)
{
    const double cameras = known(facts->cameras);
    return found_if(cameras < GRADE_CAMERAS, cited, cameras, NAN);
}

/* ---- whether there is enough of it */

static GradeState little_footage(const GradeFacts *facts, Cited *cited)
{
    return found_if(!facts->is_share && facts->camera_hours < GRADE_LITTLE, cited, facts->camera_hours, NAN);
}

static GradeState few_hours(const GradeFacts *facts, Cited *cited)
{
    return found_if(!facts->is_share && facts->camera_hours >= GRADE_LITTLE &&
                        facts->camera_hours < GRADE_HOURS,
                    cited, facts->camera_hours, NAN);
}

static GradeState few_cases(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->is_share && facts->cases < GRADE_CASES, cited, facts->cases, NAN);
}

static GradeState limit_within(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->low <= facts->limit && facts->limit <= facts->high, cited, facts->limit, NAN);
}

/* ---- whether the plan was fixed, and who had a stake */

static GradeState not_locked(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->lock == GRADE_LOCK_NONE, cited, known(facts->claims), NAN);
}

static GradeState locked_late(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->lock == GRADE_LOCK_CHANGED && facts->lock_late > 0, cited, known(facts->claims),
                    NAN);
}

static GradeState lock_changed(const GradeFacts *facts, Cited *cited)
{
    return found_if(facts->lock == GRADE_LOCK_CHANGED && facts->lock_changes > 0, cited,
                    known(facts->lock_changes), NAN);
}

/* Of the two parts, running and paying, those of somebody with a stake. */
static GradeState stake(const GradeFacts *facts, Cited *cited)
{
    const int count = has_stake(facts->ran_by) + has_stake(facts->paid_by);
    return found_if(count > 0, cited, count, 2);
}

static GradeState stake_not_known(const GradeFacts *facts, Cited *cited)
{
    if (has_stake(facts->ran_by) || has_stake(facts->paid_by))
        return GRADE_STATE_NONE;
    const int blank = (facts->ran_by == NOT_FILLED_IN) + (facts->paid_by == NOT_FILLED_IN);
    const int unknown = (facts->ran_by == PARTY_UNKNOWN) + (facts->paid_by == PARTY_UNKNOWN);
    *cited = (Cited){blank + unknown, 2};
    return blank > 0 ? GRADE_STATE_NOT_FILLED_IN : unknown > 0 ? GRADE_STATE_UNKNOWN : GRADE_STATE_NONE;
}

/* ---- the table: what lowers the certainty, and by how much */

static const GradeReason reasons[] = {
    {"one_annotator", GRADE_BIAS, 1, false, true, one_annotator},
    {"annotators_not_known", GRADE_BIAS, 1, false, true, annotators_not_known},
    {"not_blind", GRADE_BIAS, 1, false, true, not_blind},
    {"blind_not_known", GRADE_BIAS, 1, false, true, blind_not_known},
    {"absence_not_marked", GRADE_BIAS, 1, false, true, absence_not_marked},
    {"absence_not_known", GRADE_BIAS, 1, false, true, absence_not_known},
    {"kappa_low", GRADE_BIAS, 1, false, true, kappa_low},
    {"f1_low", GRADE_BIAS, 1, false, true, f1_low},
    {"clocks_mended", GRADE_BIAS, 1, false, false, clocks_mended},
    {"clips_failed", GRADE_BIAS, 1, false, false, clips_failed},
    {"footage_not_seen", GRADE_BIAS, 1, false, false, footage_not_seen},
    {"alerts_not_used", GRADE_BIAS, 1, false, false, alerts_not_used},
    {"pictures_dropped", GRADE_BIAS, 1, false, false, pictures_dropped},
    {"probes_failed", GRADE_BIAS, 1, false, false, probes_failed},
    {"capsule_failed", GRADE_BIAS, 2, false, false, capsule_failed},
    {"cameras_differ", GRADE_INCONSISTENCY, 1, false, false, cameras_differ},
    {"drawn", GRADE_INDIRECTNESS, 2, false, false, drawn},
    {"chosen_by_hand", GRADE_INDIRECTNESS, 1, true, true, chosen_by_hand},
    {"choice_not_known", GRADE_INDIRECTNESS, 1, true, true, choice_not_known},
    {"chosen_with_a_stake", GRADE_INDIRECTNESS, 1, true, true, chosen_with_a_stake},
    {"chooser_not_known", GRADE_INDIRECTNESS, 1, true, true, chooser_not_known},
    {"few_cameras", GRADE_INDIRECTNESS, 1, true, true, few_cameras},
    {"times_not_known", GRADE_INDIRECTNESS, 2, true, true, times_not_known},
    {"seasons_missing", GRADE_INDIRECTNESS, 1, true, true, seasons_missing},
    {"day_missing", GRADE_INDIRECTNESS, 1, true, true, day_missing},
    {"little_footage", GRADE_IMPRECISION, 2, false, false, little_footage},
    {"few_hours", GRADE_IMPRECISION, 1, false, false, few_hours},
    {"few_cases", GRADE_IMPRECISION, 1, false, false, few_cases},
    {"limit_within", GRADE_IMPRECISION, 1, false, false, limit_within},
    {"not_locked", GRADE_REPORTING, 1, false, false, not_locked},
    {"locked_late", GRADE_REPORTING, 1, false, false, locked_late},
    {"lock_changed", GRADE_REPORTING, 1, false, false, lock_changed},
    {"stake", GRADE_REPORTING, 1, false, false, stake},
    {"stake_not_known", GRADE_REPORTING, 1, false, false, stake_not_known},
};

GArray *grade_reasons(const GradeFacts *facts)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(GradeFound));
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        const GradeReason *reason = &reasons[i];
        if ((reason->of_places && !facts->of_places) || (reason->filmed && facts->drawn))
            continue;
        Cited cited = {NAN, NAN};
        const GradeState state = reason->look(facts, &cited);
        if (state == GRADE_STATE_NONE || isnan(cited.figure))
            continue; /* none without a figure */
        const GradeFound one = {reason,           state,         cited.figure,  cited.of,
                                facts->chosen_by, facts->ran_by, facts->paid_by};
        g_array_append_val(list, one);
    }
    return list;
}

const char *grade_key(const GradeFound *found)
{
    return found->reason->key;
}

GradeDomain grade_domain(const GradeFound *found)
{
    return found->reason->domain;
}

int grade_lowers(const GradeFound *found)
{
    return found->reason->lowers;
}

int grade_lowered(const int by_domain[GRADE_DOMAINS])
{
    int sum = 0;
    for (int i = 0; i < GRADE_DOMAINS; i++)
        sum += MIN(by_domain[i], GRADE_DOMAIN_MOST);
    return sum;
}

GradeLevel grade_level(int lowered)
{
    return (GradeLevel)MIN(lowered, (int)GRADE_VERY_LOW);
}
