/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/cell.h"
#include "records/shown.h"
#include "report/csv_internal.h"

#include <math.h>
#include <string.h>

struct Csv {
    GString *out;
    bool first; /* of its line */
    FILE *file; /* where what is written goes now and then; NULL: nowhere, it stays in `out` */
    const Detail *detail;
};

static void separate(Csv *csv)
{
    if (!csv->first)
        g_string_append_c(csv->out, ',');
    csv->first = false;
}

static void field(Csv *csv, const char *text)
{
    separate(csv);
    cell_append(csv->out, text);
}

static void words(Csv *csv, const char *text)
{
    separate(csv);
    /* people open these tables; nothing reads them back */
    g_autofree char *shown = text != NULL ? shown_undirected(text) : NULL;
    cell_append_words(csv->out, shown);
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

static void value(Csv *csv, const json_t *json)
{
    if (json_is_integer(json)) {
        char digits[32];
        field(csv, write_digits(digits + sizeof digits, json_integer_value(json), 1));
    } else if (json_is_real(json)) {
        g_autofree char *text = model_format_exact(json_real_value(json));
        field(csv, text);
    } else if (json_is_boolean(json)) {
        field(csv, json_is_true(json) ? "true" : "false");
    } else {
        /* A text in both languages: a table for programs has the English one, or what there is. */
        const json_t *text = json_is_object(json) ? json_object_get(json, "en") : json;
        words(csv, json_string_value(json_is_null(text) ? json_object_get(json, "fr") : text));
    }
}

static void seconds(Csv *csv, const json_t *record, const char *key)
{
    const json_t *us = model_get(record, key);
    if (!json_is_integer(us)) {
        field(csv, NULL);
        return;
    }
    const int64_t t = json_integer_value(us), size = t < 0 ? -t : t;
    char digits[48], *point = write_digits(digits + sizeof digits, size % US_PER_SECOND, 6) - 1;
    char *start = write_digits(point + 1, size / US_PER_SECOND, 1);
    *point = '.'; /* in the place of the end of the whole seconds */
    if (t < 0)
        *--start = '-';
    field(csv, start);
}

static void line_end(Csv *csv)
{
    g_string_append(csv->out, "\r\n");
    csv->first = true;
}

static Csv csv_open(const char *head)
{
    Csv csv = {.out = g_string_new(head), .first = true};
    g_string_append(csv.out, "\r\n");
    return csv;
}

/* scenario,system,condition: what every table begins with. */
static void place(Csv *csv, const json_t *scenario, const json_t *evaluation)
{
    words(csv, model_string(scenario, "id"));
    words(csv, model_string(evaluation, "system"));
    words(csv, model_string(evaluation, "condition"));
}

static void values(Csv *csv, const json_t *record, const char *const *paths)
{
    for (; *paths != NULL; paths++)
        value(csv, model_get(record, *paths));
}

/* ---- scenarios.csv */

static void scenario_line(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const paths[] = {"system_kind",
                                        "exposure.camera_hours",
                                        "exposure.clips",
                                        "exposure.cameras",
                                        "exposure.failed_clips",
                                        "exposure.no_score_us",
                                        "exposure.not_decoded_us",
                                        "exposure.not_annotated_us",
                                        "exposure.clock_mended_clips",
                                        "counts.events",
                                        "counts.hits",
                                        "counts.misses",
                                        "counts.alerts",
                                        "counts.false_strict",
                                        "counts.false_lenient",
                                        "counts.duplicates",
                                        "counts.not_scored",
                                        "counts.alerts_unwatched",
                                        "counts.hits_with_boxes",
                                        "counts.hits_elsewhere",
                                        NULL};
    static const char *const rates[] = {"false_alerts_per_camera_hour",
                                        "false_alerts_per_camera_hour_lenient",
                                        "p_miss",
                                        "precision",
                                        "clips_alarmed",
                                        "windows_alarmed",
                                        "false_alerts_per_passage",
                                        NULL};
    static const char *const rate_paths[] = {"numerator",     "denominator", "value", "interval.low",
                                             "interval.high", "reason",      NULL};
    static const char *const rest[] = {"rates.precision_at_prevalence.value",
                                       "rates.precision_at_prevalence.prevalence",
                                       "rates.precision_at_prevalence.reason",
                                       "per_day.value",
                                       "per_day.low",
                                       "per_day.high",
                                       "latency.n",
                                       "latency.median_s",
                                       "latency.p90_s",
                                       "latency.censored",
                                       "log.rows",
                                       "log.used",
                                       "log.repeated_here",
                                       "exposure.not_seen_us",
                                       NULL};
    Csv *csv = user;
    place(csv, scenario, evaluation);
    values(csv, evaluation, paths);
    for (const char *const *rate = rates; *rate != NULL; rate++)
        values(csv, model_get(model_get(evaluation, "rates"), *rate), rate_paths);
    values(csv, evaluation, rest);
    line_end(csv);
}

static char *render_scenarios(const json_t *results)
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
    model_visit_evaluations(results, scenario_line, &csv);
    return g_string_free(csv.out, FALSE);
}

/* ---- claims.csv */

static void claim_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const paths[] = {"id",
                                        "text",
                                        "source",
                                        "date",
                                        "reading.metric",
                                        "reading.op",
                                        "reading.value",
                                        "reading.alpha",
                                        "observed.numerator",
                                        "observed.denominator",
                                        "observed.value",
                                        "observed.interval.low",
                                        "observed.interval.high",
                                        "verdict",
                                        "p_refute",
                                        "p_support",
                                        "needed.more_camera_hours",
                                        "needed.more_events",
                                        "needed.total_camera_hours",
                                        "needed.total_events",
                                        "sentence.en",
                                        "sentence.fr",
                                        "reading.against",
                                        "reading.against_condition",
                                        "confirmatory",
                                        "verdict_unadjusted",
                                        "p_refute_adjusted",
                                        "p_support_adjusted",
                                        "independence.cameras",
                                        "independence.overdispersion_p",
                                        "independence.caution",
                                        "independence.interval.low",
                                        "independence.interval.high",
                                        "independence.level",
                                        "independence.verdict",
                                        NULL};
    Csv *csv = user;
    for (size_t i = 0; i < model_count(evaluation, "claims"); i++) {
        place(csv, scenario, evaluation);
        values(csv, model_member(evaluation, "claims", i), paths);
        line_end(csv);
    }
}

static char *render_claims(const json_t *results)
{
    Csv csv = csv_open(
        "scenario,system,condition,claim,text,source,date,metric,op,limit,alpha,numerator,"
        "denominator,value,low,high,verdict,p_refute,p_support,needed_more_camera_hours,"
        "needed_more_events,needed_total_camera_hours,needed_total_events,sentence_en,sentence_fr,"
        "against,against_condition,confirmatory,verdict_unadjusted,p_refute_adjusted,"
        "p_support_adjusted,cameras,overdispersion_p,caution,low_by_camera,high_by_camera,level_by_camera,"
        "verdict_by_camera");
    model_visit_evaluations(results, claim_lines, &csv);
    return g_string_free(csv.out, FALSE);
}

/* ---- clips.csv: one line a clip and condition */

/* Of several files all of them, parted by blanks. */
static void file_hashes(Csv *csv, const json_t *clip)
{
    g_autoptr(GString) all = g_string_new(model_string(clip, "file_sha256"));
    for (size_t i = 0; i < model_count(clip, "files"); i++) {
        const char *sha256 = model_string(model_member(clip, "files", i), "sha256");
        g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", sha256 != NULL ? sha256 : "—");
    }
    words(csv, all->str);
}

static char *render_clips(const json_t *results)
{
    static const char *const quality[] = {
        "quality.container",       "quality.codec",           "quality.width",         "quality.height",
        "quality.frames",          "quality.frames_promised", "quality.gaps",          "quality.backward_pts",
        "quality.duplicate_pts",   "quality.corrupt_frames",  "quality.decode_errors", "quality.truncated",
        "quality.synthetic_times", "quality.variable_rate",   "quality.luma_chain",    NULL};
    Csv csv = csv_open("dataset,clip,camera,file_sha256,condition,status,reason,duration_s,"
                       "duration_promised_s,gap_s,not_decoded_s,container,codec,width,height,frames,"
                       "frames_promised,gaps,backward_pts,duplicate_pts,corrupt_frames,decode_errors,"
                       "truncated,synthetic_times,variable_rate,luma_chain,not_seen_s");
    for (size_t i = 0; i < model_count(results, "clips"); i++) {
        const json_t *clip = model_member(results, "clips", i);
        for (size_t j = 0; j < model_count(clip, "conditions"); j++) {
            const json_t *condition = model_member(clip, "conditions", j);
            words(&csv, model_string(clip, "dataset"));
            words(&csv, model_string(clip, "clip"));
            words(&csv, model_string(clip, "camera"));
            file_hashes(&csv, clip);
            words(&csv, model_string(condition, "condition"));
            words(&csv, model_string(condition, "status"));
            words(&csv, model_string(condition, "reason"));
            seconds(&csv, condition, "quality.duration_us");
            seconds(&csv, condition, "quality.duration_promised_us");
            seconds(&csv, condition, "quality.gap_us");
            seconds(&csv, condition, "quality.undecoded_us");
            values(&csv, condition, quality);
            seconds(&csv, condition, "quality.unseen_us");
            line_end(&csv);
        }
    }
    return g_string_free(csv.out, FALSE);
}

/* ---- alerts.csv, events.csv: everything that was matched, so that anyone can judge again */

typedef void (*RecordWriter)(Csv *csv, const json_t *record);

/* A line for each record of that list, clip by clip. */
static void record_lines(Csv *csv, const json_t *scenario, const json_t *evaluation, const char *list,
                         RecordWriter write)
{
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        const json_t *clip = model_member(evaluation, "clips", i);
        Csv begin = {.out = g_string_new(NULL), .first = true};
        place(&begin, scenario, evaluation);
        words(&begin, model_string(clip, "dataset"));
        words(&begin, model_string(clip, "clip"));
        words(&begin, model_string(clip, "camera"));
        json_t *records = detail_open_list(csv->detail, evaluation, i, list);
        for (size_t j = 0; j < json_array_size(records); j++) {
            char digits[32];
            g_string_append_len(csv->out, begin.out->str, (gssize)begin.out->len);
            csv->first = false;
            field(csv, write_digits(digits + sizeof digits, (int64_t)j, 1));
            write(csv, json_array_get(records, j));
            line_end(csv);
        }
        json_decref(records);
        g_string_free(begin.out, TRUE);
        if (csv->file != NULL) {
            fwrite(csv->out->str, 1, csv->out->len, csv->file);
            g_string_truncate(csv->out, 0);
        }
    }
}

static void alert_cells(Csv *csv, const json_t *alert)
{
    static const char *const paths[] = {"label", "confidence", "outcome", "event", "note", "picture", NULL};
    seconds(csv, alert, "onset_us");
    seconds(csv, alert, "decided_us");
    seconds(csv, alert, "end_us");
    values(csv, alert, paths);
    const json_t *box = model_get(alert, "box");
    for (size_t k = 0; k < 4; k++)
        value(csv, json_array_get(box, k));
    value(csv, model_get(alert, "reason"));
    value(csv, model_get(alert, "elsewhere"));
}

static void alert_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    record_lines(user, scenario, evaluation, "alerts", alert_cells);
}

static void stream_alerts(Csv *csv, const json_t *results)
{
    g_string_append(csv->out, "scenario,system,condition,dataset,clip,camera,index,onset_s,decided_s,end_s,"
                              "label,confidence,outcome,event,note,picture,x,y,w,h,reason,elsewhere\r\n");
    model_visit_evaluations(results, alert_lines, csv);
}

static void event_cells(Csv *csv, const json_t *event)
{
    static const char *const paths[] = {"label", "certainty", "outcome", "alert", NULL};
    seconds(csv, event, "start_us");
    seconds(csv, event, "end_us");
    values(csv, event, paths);
    seconds(csv, event, "latency_us");
    value(csv, model_get(event, "track"));
    const json_t *box = model_get(event, "box");
    for (size_t k = 0; k < 4; k++)
        value(csv, json_array_get(box, k));
    value(csv, model_get(event, "note"));
    value(csv, model_get(event, "reason"));
}

static void event_lines(const json_t *scenario, const json_t *evaluation, void *user)
{
    record_lines(user, scenario, evaluation, "events", event_cells);
}

static void stream_events(Csv *csv, const json_t *results)
{
    g_string_append(csv->out, "scenario,system,condition,dataset,clip,camera,index,start_s,end_s,label,"
                              "certainty,outcome,alert,latency_s,track,x,y,w,h,note,reason\r\n");
    model_visit_evaluations(results, event_lines, csv);
}

/* ---- wordings.csv: one line a wording of a rule that was asked for in several, and condition */

static char *render_wordings(const json_t *results)
{
    static const char *const before[] = {"system", "semantics", NULL};
    static const char *const after[] = {"events",
                                        "hits",
                                        "misses",
                                        "alerts",
                                        "false_strict",
                                        "false_alerts_per_camera_hour.value",
                                        "false_alerts_per_camera_hour.interval.low",
                                        "false_alerts_per_camera_hour.interval.high",
                                        "p_miss.value",
                                        "p_miss.interval.low",
                                        "p_miss.interval.high",
                                        NULL};
    Csv csv = csv_open("scenario,family,condition,system,semantics,events,hits,misses,alerts,false_strict,"
                       "false_per_hour,false_per_hour_low,false_per_hour_high,p_miss,p_miss_low,p_miss_high,"
                       "verdicts");
    for (size_t i = 0; i < model_count(results, "scenarios"); i++) {
        const json_t *scenario = model_member(results, "scenarios", i);
        for (size_t j = 0; j < model_count(scenario, "wordings"); j++) {
            const json_t *group = model_member(scenario, "wordings", j);
            for (size_t k = 0; k < model_count(group, "rows"); k++) {
                const json_t *row = model_member(group, "rows", k);
                g_autoptr(GString) verdicts = g_string_new(NULL);
                for (size_t v = 0; v < model_count(row, "verdicts"); v++) {
                    const json_t *verdict = model_member(row, "verdicts", v);
                    g_string_append_printf(verdicts, "%s%s=%s", v > 0 ? "; " : "",
                                           model_string(verdict, "claim"), model_string(verdict, "verdict"));
                }
                words(&csv, model_string(scenario, "id"));
                words(&csv, model_string(group, "family"));
                words(&csv, model_string(group, "condition"));
                values(&csv, row, before);
                values(&csv, row, after);
                words(&csv, verdicts->str);
                line_end(&csv);
            }
        }
    }
    return g_string_free(csv.out, FALSE);
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
    g_string_free(csv->out, TRUE);
    g_free(csv);
}

char *csv_take(Csv *csv)
{
    return g_strdup(csv->out->str);
}

void csv_words(Csv *csv, const char *text)
{
    words(csv, text);
}

void csv_value(Csv *csv, const json_t *json)
{
    value(csv, json);
}

void csv_values(Csv *csv, const json_t *record, const char *const *paths)
{
    values(csv, record, paths);
}

void csv_place(Csv *csv, const json_t *scenario, const json_t *evaluation)
{
    place(csv, scenario, evaluation);
}

void csv_line_end(Csv *csv)
{
    line_end(csv);
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

char *csv_render(const CsvTable *table, const json_t *results)
{
    if (table->render != NULL)
        return table->render(results);
    Csv csv = {.out = g_string_new(NULL), .first = true};
    table->stream(&csv, results);
    return g_string_free(csv.out, FALSE);
}

bool csv_write(const CsvTable *table, const json_t *results, const Detail *detail, FILE *file)
{
    Csv csv = {.out = g_string_new(NULL), .first = true, .file = file, .detail = detail};
    if (table->render != NULL) {
        g_autofree char *text = table->render(results);
        fputs(text, file);
    } else {
        table->stream(&csv, results);
    }
    fwrite(csv.out->str, 1, csv.out->len, file);
    g_string_free(csv.out, TRUE);
    return !ferror(file);
}
