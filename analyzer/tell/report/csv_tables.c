/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables for spreadsheets and programs. */
#include "report/csv_internal.h"

/* Of several files all of them, parted by blanks. */
static void file_hashes(Csv *csv, const void *row)
{
    const ResultsClip *clip = row;
    g_autoptr(GString) all = g_string_new(clip->file_sha256);
    for (size_t i = 0; i < clip->files.count; i++) {
        const char *sha256 = clip->files.at[i].sha256;
        g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", sha256 != NULL ? sha256 : "—");
    }
    csv_words(csv, all->str);
}

static void verdicts(Csv *csv, const void *row)
{
    const ResultsWordingRow *wording = row;
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < wording->verdicts.count; i++) {
        const ResultsWordingVerdict *verdict = &wording->verdicts.at[i];
        g_string_append_printf(all, "%s%s=%s", i > 0 ? "; " : "", verdict->claim, verdict->verdict);
    }
    csv_words(csv, all->str);
}

static void figure_name(Csv *csv, const void *row)
{
    csv_words(csv, ((const CsvEntry *)row)->key);
}

static void figure_value(Csv *csv, const void *row)
{
    const json_t *value = ((const CsvEntry *)row)->value;
    csv_number(csv, json_is_number(value) ? json_number_value(value) : (double)NAN);
}

#define SCENARIOS                                  \
    {                                              \
        "scenarios", {{NULL, "scenario=id"}}, NULL \
    }
#define EVALUATIONS                                       \
    {                                                     \
        "evaluations", {{NULL, "system condition"}}, NULL \
    }
#define JUDGED_CLIPS                                   \
    {                                                  \
        "clips", {{NULL, "dataset clip camera"}}, NULL \
    }

static const CsvLevel scenario_levels[] = {
    SCENARIOS,
    {"evaluations",
     {{NULL, "system condition system_kind"},
      {"exposure", "camera_hours clips cameras failed_clips no_score_us not_decoded_us not_annotated_us "
                   "clock_mended_clips"},
      {"counts", "events hits misses alerts false_strict false_lenient duplicates not_scored "
                 "alerts_unwatched hits_with_boxes hits_elsewhere"},
      {"rates", CSV_RATES},
      {"rates.precision_at_prevalence", "precision_at_prevalence=value prevalence_per_hour=prevalence "
                                        "precision_at_prevalence_reason=reason"},
      {NULL, "false_per_day=per_day"},
      {"latency", "latency_n=n latency_median_s=median_s latency_p90_s=p90_s latency_censored=censored"},
      {"log", "log_rows=rows log_used=used log_repeated=repeated_here"},
      {"exposure", "not_seen_us"}},
     NULL},
    {.list = NULL},
};

static const CsvLevel claim_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    {"claims",
     {{NULL, "claim=id text source date"},
      {"reading", "metric op limit=value alpha"},
      {"observed", "numerator denominator value low=interval.low high=interval.high"},
      {NULL, "verdict p_refute p_support"},
      {"needed", "needed_more_camera_hours=more_camera_hours needed_more_events=more_events "
                 "needed_total_camera_hours=total_camera_hours needed_total_events=total_events"},
      {NULL, "sentence_en=sentence.en sentence_fr=sentence.fr"},
      {"reading", "against against_condition"},
      {NULL, "confirmatory verdict_unadjusted p_refute_adjusted p_support_adjusted"},
      {"independence", "cameras overdispersion_p caution low_by_camera=interval.low "
                       "high_by_camera=interval.high level_by_camera=level verdict_by_camera=verdict"},
      {"scope", "speaks_of verdict_of_these_clips=of_these_clips lost days "
                "p_refute_places=p_refute p_support_places=p_support low_places=interval.low "
                "high_places=interval.high level_places=level"},
      {"certainty", "certainty=level certainty_lowered=lowered"},
      {NULL, "outcome"}},
     NULL},
    {.list = NULL},
};

static const CsvOwn clip_own[] = {{"file_sha256", file_hashes}, {NULL, NULL}};
static const CsvLevel clip_levels[] = {
    {"clips", {{NULL, "dataset clip camera file_sha256=*"}}, clip_own},
    {"conditions",
     {{NULL, "condition status reason"},
      {"quality", "duration_s=duration_us duration_promised_s=duration_promised_us gap_s=gap_us "
                  "not_decoded_s=undecoded_us container codec width height frames frames_promised gaps "
                  "backward_pts duplicate_pts corrupt_frames decode_errors truncated synthetic_times "
                  "variable_rate luma_chain not_seen_s=unseen_us"}},
     NULL},
    {.list = NULL},
};

/* Everything that was matched, so that anyone can judge again. */
static const CsvLevel alert_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    JUDGED_CLIPS,
    {"alerts",
     {{NULL, "index=# onset_s=onset_us decided_s=decided_us end_s=end_us label confidence outcome event note "
             "picture x,y,w,h=box reason elsewhere"}},
     NULL},
    {.list = NULL},
};

static const CsvLevel event_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    JUDGED_CLIPS,
    {"events",
     {{NULL, "index=# start_s=start_us end_s=end_us label certainty outcome alert latency_s=latency_us track "
             "x,y,w,h=box note reason"}},
     NULL},
    {.list = NULL},
};

/* The wordings of a rule that was asked for in several. */
static const CsvOwn wording_own[] = {{"verdicts", verdicts}, {NULL, NULL}};
static const CsvLevel wording_levels[] = {
    SCENARIOS,
    {"wordings", {{NULL, "family condition"}}, NULL},
    {"rows",
     {{NULL, "system semantics events hits misses alerts false_strict "
             "false_per_hour=false_alerts_per_camera_hour p_miss verdicts=*"}},
     wording_own},
    {.list = NULL},
};

/* Each stratum, and against the one with the most camera time. */
static const CsvLevel stratum_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    {"strata", {{NULL, "attribute"}}, NULL},
    {"strata",
     {{NULL, "value clips camera_hours events false_alerts=false_alerts_per_camera_hour.numerator "
             "false_per_hour=false_alerts_per_camera_hour misses=p_miss.numerator p_miss"},
      {"contrast", "reference ratio ratio=interval p difference detectable_ratio "
                   "outside_four_fifths=four_fifths"}},
     NULL},
    {.list = NULL},
};

/* What other thresholds and parameters would have given. */
static const CsvLevel curve_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    {"curve.points",
     {{NULL, "threshold hits false_alerts p_miss false_per_hour=false_alerts_per_camera_hour "
             "detection_cost=cost"}},
     NULL},
    {.list = NULL},
};

static const CsvLevel sweep_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    {"sweep.points",
     {{NULL, "values chosen events hits misses false_strict "
             "false_per_hour=false_alerts_per_camera_hour p_miss"}},
     NULL},
    {.list = NULL},
};

/* A line a figure of each protocol. */
static const CsvOwn figure_own[] = {{"figure", figure_name}, {"value", figure_value}, {NULL, NULL}};
static const CsvLevel protocol_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    {"protocols", {{NULL, "protocol=id unit truths alerts detections misses false_alarms"}}, NULL},
    {"figures", {{NULL, "figure=* value=*"}}, figure_own},
    {.list = NULL},
};

/* What the repeats, canaries and times of a log that came back for a capsule show. */
static const CsvLevel capsule_levels[] = {
    {"capsule.systems", {{NULL, "system file sha256 alerts"}}, NULL},
    {"findings",
     {{NULL, "finding=id state count of expected p sentence_en=sentence.en sentence_fr=sentence.fr "
             "meaning_en=meaning.en meaning_fr=meaning.fr"}},
     NULL},
    {.list = NULL},
};

/* Where the footage is from, as the audit says. */
static void hours_of_day(Csv *csv, const void *row)
{
    const ResultsNumbers *hours = &((const ResultsDataset *)row)->sampling.hours;
    g_autofree char *from = hours->count == 2 ? results_format_exact(hours->at[0]) : NULL;
    g_autofree char *to = hours->count == 2 ? results_format_exact(hours->at[1]) : NULL;
    g_autofree char *both = from != NULL ? g_strconcat(from, " ", to, NULL) : NULL;
    csv_words(csv, both);
}

static const CsvOwn dataset_own[] = {{"hours", hours_of_day}, {NULL, NULL}};
static const CsvLevel dataset_levels[] = {
    {"datasets",
     {{NULL, "dataset=id title synthetic clips"},
      {"sampling", "how chosen_by chooser purpose stands_for from to"},
      {NULL, "hours=*"},
      {"annotation", "marked_by=by people blind absence agreement_figure agreement"}},
     dataset_own},
    {.list = NULL},
};

/* A line a reason why a verdict is less certain. */
static const CsvLevel certainty_levels[] = {
    SCENARIOS,
    EVALUATIONS,
    {"claims", {{NULL, "claim=id verdict certainty=certainty.level"}}, NULL},
    {"certainty.reasons",
     {{NULL, "reason=key domain state lowers figure of sentence_en=sentence.en sentence_fr=sentence.fr"}},
     NULL},
    {.list = NULL},
};

const CsvTable csv_tables[] = {
    {"scenarios.csv", scenario_levels, NULL},   {"claims.csv", claim_levels, NULL},
    {"clips.csv", clip_levels, NULL},           {"alerts.csv", alert_levels, NULL},
    {"events.csv", event_levels, NULL},         {"wordings.csv", wording_levels, NULL},
    {"strata.csv", stratum_levels, NULL},       {"curve.csv", curve_levels, NULL},
    {"sweep.csv", sweep_levels, NULL},          {"protocols.csv", protocol_levels, NULL},
    {"datasets.csv", dataset_levels, NULL},     {"certainty.csv", certainty_levels, NULL},
    {"capsule.csv", capsule_levels, "capsule"}, {.file = NULL},
};
