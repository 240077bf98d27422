/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/adjudication.h"

#include "config/system_kind.h"
#include "records/cell.h"
#include "records/error.h"
#include "records/free.h"
#include "records/save.h"
#include "records/span.h"
#include "results/document.h"
#include "results/fields.h"
#include "scoring/statistics.h"
#include "truth/judgements.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void add_one(json_t *object, const char *key)
{
    json_object_set_new(object, key, json_integer(json_integer_value(json_object_get(object, key)) + 1));
}

/* ---- every false alert of a run, with its id */

typedef struct {
    char *id, *order; /* order: by this the blind list is sorted */
    const ResultsScenario *scenario;
    const ResultsEvaluation *evaluation;
    const ResultsJudgedClip *clip;
    const ResultsAlert *alert;
} Judged;

/* Those of a run, and what they are of. */
typedef struct {
    Results *results;
    GPtrArray *clips; /* of ResultsJudgedClip *, with their alerts */
    GPtrArray *all;   /* of Judged * */
    GPtrArray *rest;  /* of Judged *: alerts of the same systems that nobody is asked about; they have no id */
    guint of_controls;
} FalseAlerts;

DEFINE_DESTROY(judged_free, Judged, judged, g_free(judged->id), g_free(judged->order))

DEFINE_CLEAR(false_alerts_clear, FalseAlerts, run, g_ptr_array_unref(run->all), g_ptr_array_unref(run->rest),
             g_ptr_array_unref(run->clips),
             results_free(run->results))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FalseAlerts, false_alerts_clear)

/* The same alert has the same id in every scoring of the run; the id tells nothing of the system. */
static char *make_id(const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                     const ResultsJudgedClip *clip, size_t index)
{
    const ResultsAlert *alert = &clip->alerts.at[index];
    g_autofree char *text =
        g_strdup_printf("%s\n%s\n%s\n%s\n%s\n%zu\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT, scenario->id,
                        evaluation->system, evaluation->condition, clip->dataset, clip->clip, index,
                        results_or(alert->onset_us, 0), results_or(alert->decided_us, 0));
    char *id = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    id[16] = '\0';
    return id;
}

/* What people judge: alerts of systems under test. */
static bool is_judged(const ResultsEvaluation *evaluation)
{
    const char *kind = evaluation->system_kind;
    return !system_kind_is_control(kind) && g_strcmp0(kind, "annotator") != 0;
}

static void collect(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    FalseAlerts *run = user;
    const bool judged_here = is_judged(evaluation);
    for (size_t c = 0; c < evaluation->clips.count; c++) {
        const ResultsJudgedClip *clip = results_load_clip(evaluation->clips.at[c].json);
        g_ptr_array_add(run->clips, (gpointer)clip);
        for (size_t a = 0; judged_here && a < clip->alerts.count; a++) {
            const bool wrong = g_strcmp0(clip->alerts.at[a].outcome, "false") == 0;
            Judged *judged = g_new0(Judged, 1);
            *judged = (Judged){wrong ? make_id(scenario, evaluation, clip, a) : NULL,
                               NULL,
                               scenario,
                               evaluation,
                               clip,
                               &clip->alerts.at[a]};
            g_ptr_array_add(wrong ? run->all : run->rest, judged);
        }
        run->of_controls += judged_here ? 0 : (guint)clip->alerts.count;
    }
}

static FalseAlerts collect_all(const json_t *document)
{
    FalseAlerts run = {results_load(document),
                       g_ptr_array_new_with_free_func((GDestroyNotify)results_free_clip),
                       g_ptr_array_new_with_free_func(judged_free),
                       g_ptr_array_new_with_free_func(judged_free), 0};
    results_visit_evaluations(run.results, collect, &run);
    return run;
}

/* ---- export */

static gint compare_order(gconstpointer a, gconstpointer b)
{
    return strcmp((*(Judged *const *)a)->order, (*(Judged *const *)b)->order);
}

/* Pictures are copied under the alert's id: their own names hold the system's. */
static bool copy_picture(const Judged *judged, const char *run_folder, const char *folder, char **name,
                         GError **error)
{
    const char *picture = judged->alert->picture;
    *name = NULL;
    if (picture == NULL || g_str_has_prefix(picture, "/") || strstr(picture, "..") != NULL)
        return true;
    g_autofree char *from = g_build_filename(run_folder, picture, NULL), *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(from, &bytes, &length, NULL))
        return true; /* a run without pictures */
    g_autofree char *base = g_strconcat(judged->id, ".jpg", NULL);
    g_autofree char *to = g_build_filename(folder, base, NULL);
    if (g_mkdir_with_parents(folder, 0777) != 0 || !save_file(to, bytes, (gssize)length, error))
        return false;
    g_autofree char *last = g_path_get_basename(folder);
    *name = g_build_filename(last, base, NULL);
    return true;
}

/* What of an alert is no secret: whose it is is. */
static void put_alert(CellWriter *cells, const Judged *judged)
{
    const char *const names[] = {judged->scenario->behaviour, judged->clip->dataset, judged->clip->clip,
                                 judged->evaluation->condition};
    for (size_t c = 0; c < G_N_ELEMENTS(names); c++)
        cell_put_words(cells, names[c]);
    cell_put_seconds(cells, judged->alert->onset_us);
}

/* Alerts that nobody is asked about, by their outcome, and why. */
static const struct {
    const char *outcome, *why;
    size_t count; /* in AdjudicationCount */
} left_out[] = {
    {"duplicate", "repeated: a further alert of an event that is in the truth and was detected already",
     offsetof(AdjudicationCount, repeated)},
    {"hit", "true: matched to an event of the truth", offsetof(AdjudicationCount, right)},
    {"not_scored", "not scored: the truth has a doubt there", offsetof(AdjudicationCount, not_scored)},
    {"unwatched", "unwatched: nobody watched the footage then", offsetof(AdjudicationCount, unwatched)},
};

char *adjudication_left_out_path(const char *path)
{
    const size_t length = strlen(path) - (g_str_has_suffix(path, ".csv") ? strlen(".csv") : 0);
    g_autofree char *stem = g_strndup(path, length);
    return g_strconcat(stem, ".left-out.csv", NULL);
}

/* In the order of scenarios, systems and clips: it tells which alerts are one system's, but not whose. */
static bool write_left_out(const FalseAlerts *run, const char *path, AdjudicationCount *count, GError **error)
{
    g_autoptr(GString) out = g_string_new("behaviour,dataset,clip,condition,time_s,why\n");
    CellWriter cells = {.out = out, .line_end = "\n"};
    for (guint i = 0; i < run->rest->len; i++) {
        const Judged *judged = g_ptr_array_index(run->rest, i);
        for (size_t o = 0; o < G_N_ELEMENTS(left_out); o++) {
            if (g_strcmp0(judged->alert->outcome, left_out[o].outcome) != 0)
                continue;
            put_alert(&cells, judged);
            cell_put_words(&cells, left_out[o].why);
            cell_end_line(&cells);
            G_STRUCT_MEMBER(guint, count, left_out[o].count)++;
        }
    }
    g_autofree char *beside = adjudication_left_out_path(path);
    return save_file(beside, out->str, (gssize)out->len, error);
}

bool adjudication_export(const json_t *results, const char *run_folder, const char *path, guint64 seed,
                         AdjudicationCount *count, GError **error)
{
    g_auto(FalseAlerts) run = collect_all(results);
    GPtrArray *all = run.all;
    for (guint i = 0; i < all->len; i++) {
        Judged *judged = g_ptr_array_index(all, i);
        g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT ":%s", seed, judged->id);
        judged->order = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    }
    g_ptr_array_sort(all, compare_order);
    g_autofree char *pictures = g_strconcat(path, ".pictures", NULL);
    g_autoptr(GString) out =
        g_string_new("alert,behaviour,dataset,clip,condition,time_s,picture,class,note\n");
    CellWriter cells = {.out = out, .line_end = "\n"};
    for (guint i = 0; i < all->len; i++) {
        const Judged *judged = g_ptr_array_index(all, i);
        g_autofree char *picture = NULL;
        if (!copy_picture(judged, run_folder, pictures, &picture, error))
            return false;
        cell_put_words(&cells, judged->id);
        put_alert(&cells, judged);
        cell_put_words(&cells, picture);
        cell_put_empty(&cells, 2); /* class and note: for people to fill */
        cell_end_line(&cells);
    }
    *count = (AdjudicationCount){.listed = all->len, .of_controls = run.of_controls};
    return write_left_out(&run, path, count, error) && save_file(path, out->str, (gssize)out->len, error);
}

/* ---- import */

static GHashTable *read_person(const char *path, const GPtrArray *all, json_t *files, Problems *problems)
{
    g_autofree char *sha256 = NULL;
    GHashTable *judgements = judgements_load(path, &sha256, problems);
    if (judgements == NULL)
        return NULL;
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < all->len; i++)
        g_hash_table_add(known, ((const Judged *)g_ptr_array_index(all, i))->id);
    GHashTableIter iter;
    gpointer id = NULL, value = NULL;
    g_hash_table_iter_init(&iter, judgements);
    while (g_hash_table_iter_next(&iter, &id, &value)) {
        if (!g_hash_table_contains(known, id))
            problems_add(problems, path, ((const Judgement *)value)->line, 0, "alert",
                         "found “%s”, expected an alert that this run has (export it again?)",
                         (const char *)id);
    }
    g_autofree char *base = g_path_get_basename(path);
    const ResultsJudgementFile said = {.file = base, .sha256 = sha256};
    json_array_append_new(files, results_dump(&result_judgement_file, &said));
    return judgements;
}

static json_t *verdict_of(const Judgement *a, const Judgement *b, int64_t *table)
{
    table[(size_t)a->class * JUDGEMENT_CLASSES + (size_t)b->class]++;
    ResultsJudged said = {.first = judgement_name(a->class), .second = judgement_name(b->class)};
    g_autofree char *both = NULL;
    if (a->class == b->class) {
        said.class = said.first;
        /* They agree that there is a cause, and may name it differently: both words are kept. */
        if (a->class == JUDGEMENT_NUISANCE)
            both = g_strcmp0(a->cause, b->cause) == 0 ? g_strdup(a->cause)
                                                      : g_strdup_printf("%s / %s", a->cause, b->cause);
    }
    said.cause = both;
    return results_dump(&result_judged, &said);
}

json_t *adjudication_compare(const json_t *results, const char *first, const char *second, GError **error)
{
    g_auto(FalseAlerts) run = collect_all(results);
    GPtrArray *all = run.all;
    g_autoptr(Problems) problems = problems_new();
    json_t *files = json_array();
    g_autoptr(GHashTable) a = read_person(first, all, files, problems);
    g_autoptr(GHashTable) b = read_person(second, all, files, problems);
    if (!problems_first_to_error(problems, error)) {
        json_decref(files);
        return NULL;
    }
    int64_t table[JUDGEMENT_CLASSES * JUDGEMENT_CLASSES] = {0};
    json_t *alerts = json_object();
    int64_t agreed = 0;
    for (guint i = 0; i < all->len; i++) {
        const Judged *judged = g_ptr_array_index(all, i);
        const Judgement *x = g_hash_table_lookup(a, judged->id), *y = g_hash_table_lookup(b, judged->id);
        if (x == NULL || y == NULL)
            continue; /* not judged by both */
        json_t *verdict = verdict_of(x, y, table);
        agreed += x->class == y->class;
        json_object_set_new(alerts, judged->id, verdict);
    }
    const Kappa kappa = statistics_kappa(table, JUDGEMENT_CLASSES);
    const ResultsJudgements said = {.schema = ADJUDICATION_SCHEMA,
                                    .false_alerts = all->len,
                                    .judged_by_both = (int64_t)json_object_size(alerts),
                                    .agreed = agreed,
                                    .kappa = kappa.kappa,
                                    .se = kappa.se};
    json_t *object = results_dump(&result_judgements, &said);
    json_object_set_new(object, "files", files);
    json_object_set_new(object, "alerts", alerts);
    return object;
}

/* ---- beside the raw counts */

static json_t *new_counts(void)
{
    const ResultsAdjudicated none = {.causes = json_object()};
    return results_dump_taking(&result_adjudicated, &none);
}

/* What the document says of it, to be added to. */
static json_t *open_record(const json_t *json)
{
    return (json_t *)(uintptr_t)json;
}

static void apply_one(const Judged *judged, const ResultsJudgements *stored)
{
    json_t *counts = json_object_get(judged->evaluation->json, "adjudication");
    const ResultsJudged *verdict = NULL;
    for (size_t i = 0; i < stored->alerts.count && verdict == NULL; i++)
        if (strcmp(stored->alerts.keys[i], judged->id) == 0)
            verdict = &stored->alerts.at[i];
    if (verdict == NULL) {
        add_one(counts, "not_judged");
        return;
    }
    add_one(counts, verdict->class != NULL ? verdict->class : "disagreed");
    if (verdict->cause != NULL)
        add_one(json_object_get(counts, "causes"), verdict->cause);
    json_object_set_new(open_record(judged->alert->json), "judged", json_deep_copy(verdict->json));
}

static void prepare(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    (void)user;
    if (is_judged(evaluation))
        json_object_set_new(open_record(evaluation->json), "adjudication", new_counts());
}

bool adjudication_is_there(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "adjudication.json", NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

bool adjudication_apply(json_t *results, const char *folder, GError **error)
{
    if (!adjudication_is_there(folder))
        return true;
    g_autofree char *path = g_build_filename(folder, "adjudication.json", NULL);
    json_error_t why;
    json_t *stored = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    g_autoptr(ResultsJudgements) judgements = results_load_judgements(stored);
    if (g_strcmp0(judgements->schema, ADJUDICATION_SCHEMA) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no readable judgements, expected the schema %s", path, ADJUDICATION_SCHEMA);
        json_decref(stored);
        return false;
    }
    g_auto(FalseAlerts) run = collect_all(results);
    results_visit_evaluations(run.results, prepare, NULL);
    for (guint i = 0; i < run.all->len; i++)
        apply_one(g_ptr_array_index(run.all, i), judgements);
    json_t *summary = json_copy(stored);
    json_object_del(summary, "alerts");
    json_object_set_new(results, "adjudication", summary);
    json_decref(stored);
    return true;
}
