/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What results.json may hold: one static table of fields for every record.
 *
 * The tables print the JSON Schema (reports/schema/results.schema.json), and every document is held against
 * them: a key that no table knows, one that is missing, a value of another type and a null that nobody
 * explained are faults. They also fill the records that the reports read (results/document.h): each line
 * names the member of its struct (record_*.h), whose type must be that of its kind, or it does not compile. A
 * new figure is one member and one line, beside the code that reckons it.
 *
 * Unknown, not measured and zero are three things: a field that may be null says what null means; a field
 * without `null_means` is never null, and one without `optional` is always there. */
#ifndef VSAUDIT_RESULTS_FIELDS_H
#define VSAUDIT_RESULTS_FIELDS_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

#define RESULTS_SCHEMA "vsaudit/results/1"

typedef enum {
    RESULT_STRING,
    RESULT_WORD,    /* one of `words` */
    RESULT_BOOL,    /* true or false */
    RESULT_COUNT,   /* whole number, 0 or more */
    RESULT_INTEGER, /* whole number */
    RESULT_TIME,    /* whole microseconds, 0 or more */
    RESULT_NUMBER,  /* real; whole ones may stand without decimals */
    RESULT_TEXT,    /* {"en": …, "fr": …}; a plain string is somebody's own words, in one language */
    RESULT_STRINGS, /* array of strings */
    RESULT_TEXTS,   /* array of texts */
    RESULT_COUNTS,  /* array of whole numbers, 0 or more */
    RESULT_NUMBERS, /* array of numbers */
    RESULT_SPANS,   /* array of [start_us, end_us] */
    RESULT_BOX,     /* [x, y, w, h], shares of the picture */
    RESULT_RECORD,  /* object of the record `of` */
    RESULT_LIST,    /* array of these; null in a document whose lists are streamed */
    RESULT_MAP,     /* object of any keys; values are records of `of`, or anything where that is NULL */
} ResultKind;

typedef struct ResultRecord ResultRecord;

typedef struct {
    const char *key; /* NULL ends the table */
    ResultKind kind;
    const ResultRecord *of;
    bool optional;            /* may be absent */
    const char *null_means;   /* NULL = never null */
    const char *unit;         /* "µs", "share" …; NULL = none */
    const char *const *words; /* NULL-terminated */
    const char *means;        /* what it is, where its name does not say it */
    bool streamed;            /* a list that may be very long: filled only with its record alone */
    size_t offset;            /* of its member */
} ResultField;

struct ResultRecord {
    const char *name;
    const char *means; /* one line */
    const ResultField *fields;
    size_t size; /* of its struct, in bytes */
};

extern const ResultRecord result_results;    /* the whole document */
extern const ResultRecord result_comparison; /* what “vsaudit compare --json” prints */
extern const ResultRecord result_survey_log, result_survey_stratum, result_survey_alert, result_survey_claim,
    result_survey_earlier, result_survey_draw, result_survey_sheet, result_survey_judged,
    result_survey_agreement, result_survey_counts, result_survey_part, result_survey_share,
    result_survey_rate, result_survey_verdict, result_survey; /* what “vsaudit sample” writes */
extern const ResultRecord result_low_high, result_interval, result_rate, result_norm, result_protocol,
    result_shift_counts, result_shift;
extern const ResultRecord result_file_named, result_statement, result_voice, result_role_file, result_audit,
    result_program, result_interests, result_sampling, result_annotation, result_dataset, result_input, result_totals, result_verdict_counts, result_lock_change,
    result_lock, result_look_log, result_pictures, result_judgement_file, result_agreement_of_judges;
extern const ResultRecord result_clip_file, result_clock_piece, result_clock_finding, result_finding_total,
    result_quality, result_replay, result_clip, result_moment, result_event, result_judged, result_alert,
    result_judged_clip;
extern const ResultRecord result_prevalence, result_agreement_windows, result_agreement,
    result_wording_verdict, result_wording_row, result_spread, result_dependence, result_wordings,
    result_scenario;
extern const ResultRecord result_exposure, result_counts, result_precision_at_prevalence, result_rates,
    result_figure, result_latency, result_bootstrap, result_camera, result_clusters, result_sensitivity,
    result_worst_case, result_chance, result_ignored_alerts, result_log, result_log_origin, result_origin_file, result_contrast, result_stratum,
    result_strata, result_error_classes, result_time_false_alarm, result_network, result_alert_load,
    result_curve_point, result_p_miss_at, result_curve, result_false_alert_kinds, result_count_error,
    result_earlier_counts, result_earlier_rates, result_earlier_truth, result_sweep_point, result_sweep,
    result_engine_file, result_engine_note, result_engine_live, result_engine, result_detector,
    result_field_protocol, result_semantics, result_adjudicated, result_hour, result_hours, result_evaluation,
    result_probe_clip, result_probe;
extern const ResultRecord result_looks, result_anytime, result_reading, result_needed, result_certainty_reason, result_certainty, result_independence, result_scope,
    result_compared, result_implied,
    result_withheld, result_claim;
extern const ResultRecord result_capsule_finding, result_capsule_differences, result_capsule_system,
    result_capsule;
extern const ResultRecord result_catalogue, result_judgements, result_run, result_replayed;

/* The field of that name; NULL when the record has none. */
const ResultField *result_field(const ResultRecord *record, const char *key);
/* The field at the end of a way through records within records, "rates.p_miss.value"; to `offset` is added
 * where its member stands in the outermost. What is left of the way behind a field that is no record is not
 * looked at. A way that leads nowhere is a caller's bug. */
const ResultField *results_find_field(const ResultRecord *record, const char *way, size_t *offset);
/* Members of a record as JSON, in the order of its table: what is not there is null, and left out where the
 * table says that it may be absent. A record within it that may be missing is, when nothing of it is there
 * and its `json` is NULL. A new reference. */
json_t *results_dump(const ResultRecord *record, const void *members);
/* The same, and takes over the JSON that the members point to (texts, maps of anything) of the record and of
 * those within it; not of lists. */
json_t *results_dump_taking(const ResultRecord *record, const void *members);
/* Sets the members of those keys (ended by NULL) in `object`, in their order: null where they are not there,
 * left out never. */
void results_put(json_t *object, const ResultRecord *record, const void *members, const char *const *keys);
/* Makes all members of a record unknown. */
void results_blank(const ResultRecord *record, void *members);
/* The JSON Schema (draft 2020-12) of the document, as text that ends with a line end. Caller frees. */
char *results_schema(void);
/* Holds a document against the tables. What is wrong is added to `faults` (of char *, sentences that begin
 * with the place: “scenarios[0].evaluations[1].counts.hits: found …, expected …”), a hundred at most; true
 * when there was nothing. */
bool results_check(const json_t *results, GPtrArray *faults);
/* The same of a document of any version: nothing need be there, and keys and words that the tables do not
 * know pass. What is there must be of its kind. */
bool results_check_kinds(const json_t *results, GPtrArray *faults);
/* The first of one record alone. */
bool results_check_record(const ResultRecord *record, const json_t *value, GPtrArray *faults);

#endif
