/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/cell.h"
#include "records/shown.h"
#include "report/csv_internal.h"

#include <math.h>
#include <string.h>

#define LINE_END "\r\n" /* as spreadsheets want it */

struct Csv {
    CellWriter cells;
    FILE *file; /* where what is written goes now and then; NULL: nowhere, it stays in memory */
    const Detail *detail;
};

static void field(Csv *csv, const char *text)
{
    cell_put(&csv->cells, text);
}

/* The digits of a number before `end`, `least` at least; where they begin. A million lines are written, and
 * printf reads its format each time. */
static char *write_digits(char *end, int64_t number, int least)
{
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    *--end = '\0';
    for (; rest > 0 || least > 0; rest /= 10, least--)
        *--end = (char)('0' + rest % 10);
    if (number < 0)
        *--end = '-';
    return end;
}

void csv_words(Csv *csv, const char *text)
{
    /* people open these tables; nothing reads them back */
    g_autofree char *shown = text != NULL ? shown_undirected(text) : NULL;
    cell_put_words(&csv->cells, shown);
}

void csv_text(Csv *csv, const json_t *text)
{
    const json_t *english = json_is_object(text) ? json_object_get(text, "en") : text;
    csv_words(csv, json_string_value(json_is_null(english) ? json_object_get(text, "fr") : english));
}

void csv_integer(Csv *csv, int64_t value)
{
    char digits[32];
    field(csv, value != RESULTS_UNKNOWN ? write_digits(digits + sizeof digits, value, 1) : NULL);
}

void csv_number(Csv *csv, double value)
{
    g_autofree char *text = results_format_exact(value);
    field(csv, text);
}

void csv_flag(Csv *csv, ResultsBool value)
{
    field(csv, !results_given(value) ? NULL : results_true(value) ? "true" : "false");
}

/* Seconds with six decimals. */
static void csv_seconds(Csv *csv, int64_t t_us)
{
    if (t_us == RESULTS_UNKNOWN) {
        field(csv, NULL);
        return;
    }
    const int64_t size = t_us < 0 ? -t_us : t_us;
    char digits[48], *point = write_digits(digits + sizeof digits, size % US_PER_SECOND, 6) - 1;
    char *start = write_digits(point + 1, size / US_PER_SECOND, 1);
    *point = '.'; /* in the place of the end of the whole seconds */
    if (t_us < 0)
        *--start = '-';
    field(csv, start);
}

void csv_line_end(Csv *csv)
{
    cell_end_line(&csv->cells);
}

static Csv csv_open(const char *head)
{
    Csv csv = {.cells = {.out = g_string_new(head), .line_end = LINE_END}};
    cell_end_line(&csv.cells);
    return csv;
}

void csv_place(Csv *csv, const ResultsScenario *scenario, const ResultsEvaluation *evaluation)
{
    csv_words(csv, scenario->id);
    csv_words(csv, evaluation->system);
    csv_words(csv, evaluation->condition);
}

/* ---- scenarios.csv */

static void rate_cells(Csv *csv, const ResultsRate *rate)
{
    csv_put(csv, rate->numerator);
    csv_put(csv, rate->denominator);
    csv_put(csv, rate->value);
    csv_put(csv, rate->interval.low);
    csv_put(csv, rate->interval.high);
    csv_put(csv, rate->reason);
}

static void scenario_line(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    const ResultsExposure *exposure = &evaluation->exposure;
    const ResultsCounts *counts = &evaluation->counts;
    const ResultsRates *rates = &evaluation->rates;
    const ResultsRate *const all[] = {&rates->false_alerts_per_camera_hour,
                                      &rates->false_alerts_per_camera_hour_lenient,
                                      &rates->p_miss,
                                      &rates->precision,
                                      &rates->clips_alarmed,
                                      &rates->windows_alarmed,
                                      &rates->false_alerts_per_passage};
    Csv *csv = user;
    csv_place(csv, scenario, evaluation);
    csv_put(csv, evaluation->system_kind);
    csv_put(csv, exposure->camera_hours);
    csv_put(csv, exposure->clips);
    csv_put(csv, exposure->cameras);
    csv_put(csv, exposure->failed_clips);
    csv_put(csv, exposure->no_score_us);
    csv_put(csv, exposure->not_decoded_us);
    csv_put(csv, exposure->not_annotated_us);
    csv_put(csv, exposure->clock_mended_clips);
    csv_put(csv, counts->events);
    csv_put(csv, counts->hits);
    csv_put(csv, counts->misses);
    csv_put(csv, counts->alerts);
    csv_put(csv, counts->false_strict);
    csv_put(csv, counts->false_lenient);
    csv_put(csv, counts->duplicates);
    csv_put(csv, counts->not_scored);
    csv_put(csv, counts->alerts_unwatched);
    csv_put(csv, counts->hits_with_boxes);
    csv_put(csv, counts->hits_elsewhere);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        rate_cells(csv, all[i]);
    csv_put(csv, rates->precision_at_prevalence.value);
    csv_put(csv, rates->precision_at_prevalence.prevalence);
    csv_put(csv, rates->precision_at_prevalence.reason);
    csv_put(csv, evaluation->per_day.value);
    csv_put(csv, evaluation->per_day.low);
    csv_put(csv, evaluation->per_day.high);
    csv_put(csv, evaluation->latency.n);
    csv_put(csv, evaluation->latency.median_s);
    csv_put(csv, evaluation->latency.p90_s);
    csv_put(csv, evaluation->latency.censored);
    csv_put(csv, evaluation->log.rows);
    csv_put(csv, evaluation->log.used);
    csv_put(csv, evaluation->log.repeated_here);
    csv_put(csv, exposure->not_seen_us);
    csv_line_end(csv);
}

static char *render_scenarios(const Results *results)
{
    Csv csv = csv_open(
        "scenario,system,condition,system_kind,camera_hours,clips,cameras,failed_clips,no_score_us,"
        "not_decoded_us,not_annotated_us,clock_mended_clips,events,hits,misses,alerts,false_strict,"
        "false_lenient,duplicates,not_scored,alerts_unwatched,hits_with_boxes,hits_elsewhere,"
        "false_per_hour_numerator,false_per_hour_denominator,false_per_hour,false_per_hour_low,"
        "false_per_hour_high,false_per_hour_reason,lenient_per_hour_numerator,lenient_per_hour_denominator,"
        "lenient_per_hour,lenient_per_hour_low,lenient_per_hour_high,lenient_per_hour_reason,"
        "p_miss_numerator,p_miss_denominator,p_miss,p_miss_low,p_miss_high,p_miss_reason,"
        "precision_numerator,precision_denominator,precision,precision_low,precision_high,precision_reason,"
        "clips_alarmed_numerator,clips_alarmed_denominator,clips_alarmed,clips_alarmed_low,"
        "clips_alarmed_high,clips_alarmed_reason,windows_alarmed_numerator,windows_alarmed_denominator,"
        "windows_alarmed,windows_alarmed_low,windows_alarmed_high,windows_alarmed_reason,"
        "per_passage_numerator,per_passage_denominator,per_passage,per_passage_low,per_passage_high,"
        "per_passage_reason,precision_at_prevalence,prevalence_per_hour,precision_at_prevalence_reason,"
        "false_per_day,false_per_day_low,false_per_day_high,latency_n,latency_median_s,latency_p90_s,"
        "latency_censored,log_rows,log_used,log_repeated,not_seen_us");
    results_visit_evaluations(results, scenario_line, &csv);
    return g_string_free(csv.cells.out, FALSE);
}

/* ---- claims.csv */

static void claim_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Csv *csv = user;
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const ResultsClaim *claim = &evaluation->claims.at[i];
        csv_place(csv, scenario, evaluation);
        csv_put(csv, claim->id);
        csv_put(csv, claim->text);
        csv_put(csv, claim->source);
        csv_put(csv, claim->date);
        csv_put(csv, claim->reading.metric);
        csv_put(csv, claim->reading.op);
        csv_put(csv, claim->reading.value);
        csv_put(csv, claim->reading.alpha);
        csv_put(csv, claim->observed.numerator);
        csv_put(csv, claim->observed.denominator);
        csv_put(csv, claim->observed.value);
        csv_put(csv, claim->observed.interval.low);
        csv_put(csv, claim->observed.interval.high);
        csv_put(csv, claim->verdict);
        csv_put(csv, claim->p_refute);
        csv_put(csv, claim->p_support);
        csv_put(csv, claim->needed.more_camera_hours);
        csv_put(csv, claim->needed.more_events);
        csv_put(csv, claim->needed.total_camera_hours);
        csv_put(csv, claim->needed.total_events);
        csv_put(csv, json_object_get(claim->sentence, "en"));
        csv_put(csv, json_object_get(claim->sentence, "fr"));
        csv_put(csv, claim->reading.against);
        csv_put(csv, claim->reading.against_condition);
        csv_put(csv, claim->confirmatory);
        csv_put(csv, claim->verdict_unadjusted);
        csv_put(csv, claim->p_refute_adjusted);
        csv_put(csv, claim->p_support_adjusted);
        csv_put(csv, claim->independence.cameras);
        csv_put(csv, claim->independence.overdispersion_p);
        csv_put(csv, claim->independence.caution);
        csv_put(csv, claim->independence.interval.low);
        csv_put(csv, claim->independence.interval.high);
        csv_put(csv, claim->independence.level);
        csv_put(csv, claim->independence.verdict);
        csv_line_end(csv);
    }
}

static char *render_claims(const Results *results)
{
    Csv csv = csv_open(
        "scenario,system,condition,claim,text,source,date,metric,op,limit,alpha,numerator,"
        "denominator,value,low,high,verdict,p_refute,p_support,needed_more_camera_hours,"
        "needed_more_events,needed_total_camera_hours,needed_total_events,sentence_en,sentence_fr,"
        "against,against_condition,confirmatory,verdict_unadjusted,p_refute_adjusted,"
        "p_support_adjusted,cameras,overdispersion_p,caution,low_by_camera,high_by_camera,level_by_camera,"
        "verdict_by_camera");
    results_visit_evaluations(results, claim_lines, &csv);
    return g_string_free(csv.cells.out, FALSE);
}

/* ---- clips.csv: one line a clip and condition */

/* Of several files all of them, parted by blanks. */
static void file_hashes(Csv *csv, const ResultsClip *clip)
{
    g_autoptr(GString) all = g_string_new(clip->file_sha256);
    for (size_t i = 0; i < clip->files.count; i++) {
        const char *sha256 = clip->files.at[i].sha256;
        g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", sha256 != NULL ? sha256 : "—");
    }
    csv_words(csv, all->str);
}

static char *render_clips(const Results *results)
{
    Csv csv = csv_open("dataset,clip,camera,file_sha256,condition,status,reason,duration_s,"
                       "duration_promised_s,gap_s,not_decoded_s,container,codec,width,height,frames,"
                       "frames_promised,gaps,backward_pts,duplicate_pts,corrupt_frames,decode_errors,"
                       "truncated,synthetic_times,variable_rate,luma_chain,not_seen_s");
    for (size_t i = 0; i < results->clips.count; i++) {
        const ResultsClip *clip = &results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const ResultsReplay *condition = &clip->conditions.at[j];
            csv_words(&csv, clip->dataset);
            csv_words(&csv, clip->clip);
            csv_words(&csv, clip->camera);
            file_hashes(&csv, clip);
            csv_words(&csv, condition->condition);
            csv_words(&csv, condition->status);
            csv_words(&csv, condition->reason);
            csv_seconds(&csv, condition->quality.duration_us);
            csv_seconds(&csv, condition->quality.duration_promised_us);
            csv_seconds(&csv, condition->quality.gap_us);
            csv_seconds(&csv, condition->quality.undecoded_us);
            csv_put(&csv, condition->quality.container);
            csv_put(&csv, condition->quality.codec);
            csv_put(&csv, condition->quality.width);
            csv_put(&csv, condition->quality.height);
            csv_put(&csv, condition->quality.frames);
            csv_put(&csv, condition->quality.frames_promised);
            csv_put(&csv, condition->quality.gaps);
            csv_put(&csv, condition->quality.backward_pts);
            csv_put(&csv, condition->quality.duplicate_pts);
            csv_put(&csv, condition->quality.corrupt_frames);
            csv_put(&csv, condition->quality.decode_errors);
            csv_put(&csv, condition->quality.truncated);
            csv_put(&csv, condition->quality.synthetic_times);
            csv_put(&csv, condition->quality.variable_rate);
            csv_put(&csv, condition->quality.luma_chain);
            csv_seconds(&csv, condition->quality.unseen_us);
            csv_line_end(&csv);
        }
    }
    return g_string_free(csv.cells.out, FALSE);
}

/* ---- alerts.csv, events.csv: everything that was matched, so that anyone can judge again */

typedef struct {
    const char *list; /* "alerts" or "events" */
    void (*write)(Csv *csv, const ResultsJudgedClip *clip, size_t i);
} RecordTable;

/* A line for each record of that list, clip by clip. */
static void record_lines(Csv *csv, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                         const RecordTable *table)
{
    for (size_t i = 0; i < evaluation->clips.count; i++) {
        const ResultsJudgedClip *clip = &evaluation->clips.at[i];
        Csv begin = {.cells = {.out = g_string_new(NULL), .line_end = LINE_END}};
        csv_place(&begin, scenario, evaluation);
        csv_words(&begin, clip->dataset);
        csv_words(&begin, clip->clip);
        csv_words(&begin, clip->camera);
        g_autoptr(ResultsJudgedClip) records =
            detail_load_list(csv->detail, evaluation->json, i, table->list);
        for (size_t j = 0; j < MAX(records->alerts.count, records->events.count); j++) {
            g_string_append_len(csv->cells.out, begin.cells.out->str, (gssize)begin.cells.out->len);
            csv->cells.begun = true;
            csv_integer(csv, (int64_t)j);
            table->write(csv, records, j);
            csv_line_end(csv);
        }
        g_string_free(begin.cells.out, TRUE);
        if (csv->file != NULL) {
            fwrite(csv->cells.out->str, 1, csv->cells.out->len, csv->file);
            g_string_truncate(csv->cells.out, 0);
        }
    }
}

static void box_cells(Csv *csv, Box box)
{
    const bool none = geometry_box_is_none(box);
    csv_number(csv, none ? (double)NAN : box.x);
    csv_number(csv, none ? (double)NAN : box.y);
    csv_number(csv, none ? (double)NAN : box.w);
    csv_number(csv, none ? (double)NAN : box.h);
}

static void alert_cells(Csv *csv, const ResultsJudgedClip *clip, size_t i)
{
    const ResultsAlert *alert = &clip->alerts.at[i];
    csv_seconds(csv, alert->onset_us);
    csv_seconds(csv, alert->decided_us);
    csv_seconds(csv, alert->end_us);
    csv_put(csv, alert->label);
    csv_put(csv, alert->confidence);
    csv_put(csv, alert->outcome);
    csv_put(csv, alert->event);
    csv_put(csv, alert->note);
    csv_put(csv, alert->picture);
    box_cells(csv, alert->box);
    csv_put(csv, alert->reason);
    csv_put(csv, alert->elsewhere);
}

static void alert_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    static const RecordTable table = {"alerts", alert_cells};
    record_lines(user, scenario, evaluation, &table);
}

static void stream_alerts(Csv *csv, const Results *results)
{
    g_string_append(csv->cells.out,
                    "scenario,system,condition,dataset,clip,camera,index,onset_s,decided_s,end_s,"
                    "label,confidence,outcome,event,note,picture,x,y,w,h,reason,elsewhere\r\n");
    results_visit_evaluations(results, alert_lines, csv);
}

static void event_cells(Csv *csv, const ResultsJudgedClip *clip, size_t i)
{
    const ResultsEvent *event = &clip->events.at[i];
    csv_seconds(csv, event->start_us);
    csv_seconds(csv, event->end_us);
    csv_put(csv, event->label);
    csv_put(csv, event->certainty);
    csv_put(csv, event->outcome);
    csv_put(csv, event->alert);
    csv_seconds(csv, event->latency_us);
    csv_put(csv, event->track);
    box_cells(csv, event->box);
    csv_put(csv, event->note);
    csv_put(csv, event->reason);
}

static void event_lines(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    static const RecordTable table = {"events", event_cells};
    record_lines(user, scenario, evaluation, &table);
}

static void stream_events(Csv *csv, const Results *results)
{
    g_string_append(csv->cells.out, "scenario,system,condition,dataset,clip,camera,index,start_s,end_s,label,"
                                    "certainty,outcome,alert,latency_s,track,x,y,w,h,note,reason\r\n");
    results_visit_evaluations(results, event_lines, csv);
}

/* ---- wordings.csv: one line a wording of a rule that was asked for in several, and condition */

static char *render_wordings(const Results *results)
{
    Csv csv = csv_open("scenario,family,condition,system,semantics,events,hits,misses,alerts,false_strict,"
                       "false_per_hour,false_per_hour_low,false_per_hour_high,p_miss,p_miss_low,p_miss_high,"
                       "verdicts");
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->wordings.count; j++) {
            const ResultsWordings *group = &scenario->wordings.at[j];
            for (size_t k = 0; k < group->rows.count; k++) {
                const ResultsWordingRow *row = &group->rows.at[k];
                g_autoptr(GString) verdicts = g_string_new(NULL);
                for (size_t v = 0; v < row->verdicts.count; v++) {
                    const ResultsWordingVerdict *verdict = &row->verdicts.at[v];
                    g_string_append_printf(verdicts, "%s%s=%s", v > 0 ? "; " : "", verdict->claim,
                                           verdict->verdict);
                }
                csv_words(&csv, scenario->id);
                csv_words(&csv, group->family);
                csv_words(&csv, group->condition);
                csv_put(&csv, row->system);
                csv_put(&csv, row->semantics);
                csv_put(&csv, row->events);
                csv_put(&csv, row->hits);
                csv_put(&csv, row->misses);
                csv_put(&csv, row->alerts);
                csv_put(&csv, row->false_strict);
                csv_put(&csv, row->false_alerts_per_camera_hour.value);
                csv_put(&csv, row->false_alerts_per_camera_hour.interval.low);
                csv_put(&csv, row->false_alerts_per_camera_hour.interval.high);
                csv_put(&csv, row->p_miss.value);
                csv_put(&csv, row->p_miss.interval.low);
                csv_put(&csv, row->p_miss.interval.high);
                csv_words(&csv, verdicts->str);
                csv_line_end(&csv);
            }
        }
    }
    return g_string_free(csv.cells.out, FALSE);
}

/* ---- for csv_science.c */

Csv *csv_new(const char *head)
{
    Csv *csv = g_new(Csv, 1);
    *csv = csv_open(head);
    return csv;
}

void csv_free(Csv *csv)
{
    if (csv == NULL)
        return;
    g_string_free(csv->cells.out, TRUE);
    g_free(csv);
}

char *csv_take(Csv *csv)
{
    return g_strdup(csv->cells.out->str);
}

const CsvTable csv_tables[] = {
    {"scenarios.csv", render_scenarios, NULL},
    {"claims.csv", render_claims, NULL},
    {"clips.csv", render_clips, NULL},
    {"alerts.csv", NULL, stream_alerts},
    {"events.csv", NULL, stream_events},
    {"wordings.csv", render_wordings, NULL},
    {"strata.csv", csv_render_strata, NULL},
    {"curve.csv", csv_render_curve, NULL},
    {"sweep.csv", csv_render_sweep, NULL},
    {"protocols.csv", csv_render_protocols, NULL},
    {NULL, NULL, NULL},
};

char *csv_render(const CsvTable *table, const json_t *document)
{
    g_autoptr(Results) results = results_load(document);
    if (table->render != NULL)
        return table->render(results);
    Csv csv = {.cells = {.out = g_string_new(NULL), .line_end = LINE_END}};
    table->stream(&csv, results);
    return g_string_free(csv.cells.out, FALSE);
}

bool csv_write(const CsvTable *table, const json_t *document, const Detail *detail, FILE *file)
{
    g_autoptr(Results) results = results_load(document);
    Csv csv = {.cells = {.out = g_string_new(NULL), .line_end = LINE_END}, .file = file, .detail = detail};
    if (table->render != NULL) {
        g_autofree char *text = table->render(results);
        fputs(text, file);
    } else {
        table->stream(&csv, results);
    }
    fwrite(csv.cells.out->str, 1, csv.cells.out->len, file);
    g_string_free(csv.cells.out, TRUE);
    return !ferror(file);
}
