/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/document.h"

#include "config/system_kind.h"
#include "results/fields_internal.h"

#include <string.h>

/* Behind every record that was handed out: what is freed with it. */
typedef union {
    struct {
        GPtrArray *blocks; /* the members of lists */
        json_t *source;
    };
    max_align_t aligned;
} Head;

static void fill_record(const ResultRecord *record, const json_t *object, char *base, bool alone,
                        GPtrArray *blocks);

static void *block(size_t count, size_t size, GPtrArray *blocks)
{
    void *fresh = g_malloc0_n(count, size);
    g_ptr_array_add(blocks, fresh);
    return fresh;
}

/* What a list without members points to: it is there, other than one that points to nothing. */
static const max_align_t nobody;

/* Room for the members of a list; NULL where there is none. */
static void *room(bool given, size_t count, size_t size, GPtrArray *blocks)
{
    if (!given)
        return NULL;
    return count > 0 ? block(count, size, blocks) : (void *)&nobody;
}

static void *list_room(const json_t *array, size_t size, GPtrArray *blocks)
{
    return room(json_is_array(array), json_array_size(array), size, blocks);
}

/* Count and members, as every list begins (RESULTS_LIST). */
static void set_list(char *member, size_t count, const void *at)
{
    const ResultsAnyList list = {count, at};
    memcpy(member, &list, sizeof list); /* whatever its members are */
}

static int64_t whole(const json_t *value)
{
    return json_is_integer(value) ? json_integer_value(value) : RESULTS_UNKNOWN;
}

/* Earlier versions wrote -1 for what was not stated. */
static int64_t count_of(const json_t *value)
{
    const int64_t count = whole(value);
    return count == -1 ? RESULTS_UNKNOWN : count;
}

static double number(const json_t *value)
{
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static void fill_strings(const json_t *array, char *member, GPtrArray *blocks)
{
    size_t count = 0;
    const char **at = list_room(array, sizeof *at, blocks);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *string = json_string_value(json_array_get(array, i));
        if (string != NULL)
            at[count++] = string;
    }
    set_list(member, count, at);
}

static void fill_texts(const json_t *array, char *member, GPtrArray *blocks)
{
    const json_t **at = list_room(array, sizeof *at, blocks);
    for (size_t i = 0; i < json_array_size(array); i++)
        at[i] = json_array_get(array, i);
    set_list(member, json_array_size(array), at);
}

static void fill_counts(const json_t *array, char *member, GPtrArray *blocks)
{
    int64_t *at = list_room(array, sizeof *at, blocks);
    for (size_t i = 0; i < json_array_size(array); i++)
        at[i] = whole(json_array_get(array, i));
    set_list(member, json_array_size(array), at);
}

static void fill_numbers(const json_t *array, char *member, GPtrArray *blocks)
{
    double *at = list_room(array, sizeof *at, blocks);
    for (size_t i = 0; i < json_array_size(array); i++)
        at[i] = number(json_array_get(array, i));
    set_list(member, json_array_size(array), at);
}

static void fill_spans(const json_t *array, char *member, GPtrArray *blocks)
{
    size_t count = 0;
    Span *at = list_room(array, sizeof *at, blocks);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *span = json_array_get(array, i), *start = json_array_get(span, 0),
                     *end = json_array_get(span, 1);
        if (json_is_integer(start) && json_is_integer(end))
            at[count++] = (Span){json_integer_value(start), json_integer_value(end)};
    }
    set_list(member, count, at);
}

static Box box(const json_t *array)
{
    double side[4];
    for (size_t i = 0; i < G_N_ELEMENTS(side); i++) {
        const json_t *value = json_array_get(array, i);
        if (!json_is_number(value))
            return BOX_NONE;
        side[i] = json_number_value(value);
    }
    return (Box){side[0], side[1], side[2], side[3]};
}

static void fill_list(const ResultRecord *record, const json_t *array, char *member, GPtrArray *blocks)
{
    const size_t count = json_array_size(array);
    char *at = list_room(array, record->size, blocks);
    for (size_t i = 0; i < count; i++)
        fill_record(record, json_array_get(array, i), at + i * record->size, false, blocks);
    set_list(member, count, at);
}

static void fill_map(const ResultRecord *record, const json_t *object, char *member, GPtrArray *blocks)
{
    char *at = room(json_is_object(object), json_object_size(object), record->size, blocks);
    const char **keys = room(json_is_object(object), json_object_size(object), sizeof *keys, blocks);
    const char *key;
    json_t *value;
    ResultsAnyMap map = {0, at, keys};
    json_object_foreach((json_t *)object, key, value)
    {
        fill_record(record, value, at + map.count * record->size, false, blocks);
        keys[map.count++] = key;
    }
    memcpy(member, &map, sizeof map);
}

#define SET(member, type, value) (*(type *)(void *)(member) = (value))

/* `value` is NULL or null where there is none. */
static void fill_field(const ResultField *field, const json_t *value, char *member, GPtrArray *blocks)
{
    switch (field->kind) {
    case RESULT_STRING:
    case RESULT_WORD:
        SET(member, const char *, json_string_value(value));
        break;
    case RESULT_BOOL:
        SET(member, ResultsBool, ((ResultsBool){json_is_boolean(value) ? json_is_true(value) : -1}));
        break;
    case RESULT_COUNT:
        SET(member, int64_t, count_of(value));
        break;
    case RESULT_INTEGER:
    case RESULT_TIME:
        SET(member, int64_t, whole(value));
        break;
    case RESULT_NUMBER:
        SET(member, double, number(value));
        break;
    case RESULT_TEXT:
        SET(member, const json_t *, json_is_object(value) || json_is_string(value) ? value : NULL);
        break;
    case RESULT_STRINGS:
        fill_strings(value, member, blocks);
        break;
    case RESULT_TEXTS:
        fill_texts(value, member, blocks);
        break;
    case RESULT_COUNTS:
        fill_counts(value, member, blocks);
        break;
    case RESULT_NUMBERS:
        fill_numbers(value, member, blocks);
        break;
    case RESULT_SPANS:
        fill_spans(value, member, blocks);
        break;
    case RESULT_BOX:
        SET(member, Box, box(value));
        break;
    case RESULT_RECORD:
        fill_record(field->of, value, member, false, blocks);
        break;
    case RESULT_LIST:
        fill_list(field->of, value, member, blocks);
        break;
    case RESULT_MAP:
        if (field->of != NULL)
            fill_map(field->of, value, member, blocks);
        else
            SET(member, const json_t *, json_is_object(value) ? value : NULL);
        break;
    }
}

static void fill_record(const ResultRecord *record, const json_t *object, char *base, bool alone,
                        GPtrArray *blocks)
{
    /* Of earlier versions, some statements are words alone. */
    SET(base, const json_t *, json_is_object(object) || json_is_string(object) ? object : NULL);
    for (const ResultField *field = record->fields; field->key != NULL; field++)
        fill_field(field, alone || !field->streamed ? json_object_get(object, field->key) : NULL,
                   base + field->offset, blocks);
}

void results_blank(const ResultRecord *record, void *members)
{
    fill_record(record, NULL, members, true, NULL);
}

static void *load(const ResultRecord *record, const json_t *object)
{
    Head *head = g_malloc0(sizeof *head + record->size);
    head->blocks = g_ptr_array_new_with_free_func(g_free);
    head->source = json_incref((json_t *)object);
    fill_record(record, object, (char *)(head + 1), true, head->blocks);
    return head + 1;
}

static void unload(void *record)
{
    if (record == NULL)
        return;
    Head *head = (Head *)record - 1;
    g_ptr_array_unref(head->blocks);
    json_decref(head->source);
    g_free(head);
}

/* What document.h declares of each. */
#define DEFINE(type, record, load_it, free_it) \
    type *load_it(const json_t *json)          \
    {                                          \
        return load(&(record), json);          \
    }                                          \
    void free_it(type *members)                \
    {                                          \
        unload(members);                       \
    }
DEFINE(Results, result_results, results_load, results_free)
DEFINE(ResultsJudgedClip, result_judged_clip, results_load_clip, results_free_clip)
DEFINE(ResultsAlert, result_alert, results_load_alert, results_free_alert)
DEFINE(ResultsScenario, result_scenario, results_load_scenario, results_free_scenario)
DEFINE(ResultsClaim, result_claim, results_load_claim, results_free_claim)
DEFINE(ResultsLog, result_log, results_load_log, results_free_log)
DEFINE(ResultsEvent, result_event, results_load_event, results_free_event)
DEFINE(ResultsEvaluation, result_evaluation, results_load_evaluation, results_free_evaluation)
DEFINE(ResultsRate, result_rate, results_load_rate, results_free_rate)
DEFINE(ResultsSensitivity, result_sensitivity, results_load_sensitivity, results_free_sensitivity)
DEFINE(ResultsJudgements, result_judgements, results_load_judgements, results_free_judgements)
DEFINE(ResultsRun, result_run, results_load_run, results_free_run)
DEFINE(ResultsReplayed, result_replayed, results_load_replayed, results_free_replayed)
DEFINE(ResultsCatalogue, result_catalogue, results_load_catalogue, results_free_catalogue)
DEFINE(ResultsComparison, result_comparison, results_load_comparison, results_free_comparison)
DEFINE(ResultsSurveyDraw, result_survey_draw, results_load_survey_draw, results_free_survey_draw)
DEFINE(ResultsSurvey, result_survey, results_load_survey, results_free_survey)

Results *results_load_scenarios(const json_t *scenarios)
{
    json_t *document = json_pack("{s:O}", "scenarios", scenarios);
    Results *results = results_load(document);
    json_decref(document); /* the record keeps it */
    return results;
}

const ResultsStatement *results_find_statement(const ResultsStatements *map, const char *key)
{
    static const ResultsStatement none = {0}; /* texts and records alone: nothing of it is a number */
    for (size_t i = 0; key != NULL && i < map->count; i++)
        if (strcmp(map->keys[i], key) == 0)
            return &map->at[i];
    return &none;
}

const ResultsRate *results_find_rate(const ResultsRates *rates, const char *metric)
{
    const ResultField *field = metric != NULL ? result_field(&result_rates, metric) : NULL;
    if (field == NULL || field->of != &result_rate)
        return NULL;
    return (const ResultsRate *)(const void *)((const char *)rates + field->offset);
}

char *results_format_exact(double value)
{
    if (isnan(value))
        return g_strdup("");
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(text, sizeof text, "%.12g", value));
}

const ResultsEvaluation *results_find_evaluation(const ResultsScenario *scenario, const char *system,
                                                 const char *condition)
{
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
        if (g_strcmp0(evaluation->system, system) == 0 && g_strcmp0(evaluation->condition, condition) == 0)
            return evaluation;
    }
    return NULL;
}

void results_visit_evaluations(const Results *results, ResultsVisitor visit, void *user)
{
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++)
            visit(scenario, &scenario->evaluations.at[j], user);
    }
}

/* 0: a product, 1: a yardstick, 2: a control. */
static int standing(const ResultsEvaluation *evaluation)
{
    if (system_kind_is_control(evaluation->system_kind))
        return 2;
    return system_kind_is_product(evaluation->system_kind) ? 0 : 1;
}

/* The first evaluation under the condition of the j-th is the j-th. */
static bool begins_condition(const ResultsScenario *scenario, size_t j)
{
    for (size_t i = 0; i < j; i++)
        if (g_strcmp0(scenario->evaluations.at[i].condition, scenario->evaluations.at[j].condition) == 0)
            return false;
    return true;
}

static void visit_condition(const ResultsScenario *scenario, const char *condition, ResultsVisitor visit,
                            void *user)
{
    for (int rank = 0; rank <= 2; rank++)
        for (size_t i = 0; i < scenario->evaluations.count; i++) {
            const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
            if (standing(evaluation) == rank && g_strcmp0(evaluation->condition, condition) == 0)
                visit(scenario, evaluation, user);
        }
}

void results_visit_products_first(const Results *results, ResultsVisitor visit, void *user)
{
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++)
            if (begins_condition(scenario, j))
                visit_condition(scenario, scenario->evaluations.at[j].condition, visit, user);
    }
}

bool results_is_short(const ResultsEvaluation *evaluation)
{
    const double hours = evaluation->exposure.camera_hours;
    return hours > 0 && hours < 1;
}

static void find_copied(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    *(int64_t *)user = MAX(*(int64_t *)user, evaluation->exposure.copied_clips);
}

int64_t results_copied_clips(const Results *results)
{
    int64_t most = 0;
    results_visit_evaluations(results, find_copied, &most);
    return most;
}
