/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/actev_tables.h"

#include "records/error.h"
#include "records/free.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ActevScore {
    const ActevSet *set;
    const ActevParameters *parameters;
    ActevInstance *references, *systems;
    const SpanList **reference_spans, **system_spans;
    ActevFile *files;
    ActevInput input;
    ActevResult *result;
};

/* AUDC is always read at these. */
static const double areas[] = {1,   0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6,  0.55, 0.5,  0.45,
                               0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.04, 0.03, 0.02, 0.01};

/* ---- scoring */

static ActevInstance *convert(const GPtrArray *records, const SpanList ***spans)
{
    ActevInstance *instances = g_new0(ActevInstance, records->len + 1);
    *spans = g_new0(const SpanList *, records->len + 1);
    for (guint i = 0; i < records->len; i++) {
        const ActevRecord *record = g_ptr_array_index(records, i);
        const GArray *on = record->on.spans;
        instances[i] = (ActevInstance){.activity = record->activity,
                                       .file = record->file,
                                       .start = g_array_index(on, Span, 0).start_us,
                                       .end = g_array_index(on, Span, on->len - 1).end_us,
                                       .confidence = record->confidence};
        (*spans)[i] = on->len > 1 ? &record->on : NULL;
    }
    return instances;
}

ActevScore *actev_score_new(const ActevSet *set, const ActevParameters *parameters)
{
    ActevScore *score = g_new0(ActevScore, 1);
    score->set = set;
    score->parameters = parameters;
    score->references = convert(set->references, &score->reference_spans);
    score->systems = convert(set->systems, &score->system_spans);
    score->files = g_new(ActevFile, set->files->len);
    for (guint i = 0; i < set->files->len; i++) {
        const ActevIndexed *file = g_ptr_array_index(set->files, i);
        score->files[i] = (ActevFile){span_list_total(&file->selected), file->rate};
    }
    score->input = (ActevInput){.protocol = &parameters->protocol,
                                .activities = (int)set->activities->len,
                                .files = score->files,
                                .file_count = (int)set->files->len,
                                .references = score->references,
                                .systems = score->systems,
                                .reference_count = set->references->len,
                                .system_count = set->systems->len,
                                .miss_numerator = parameters->miss_numerator,
                                .miss_denominator = parameters->miss_denominator,
                                .collar = parameters->collar,
                                .points = parameters->points,
                                .reference_spans = score->reference_spans,
                                .system_spans = score->system_spans};
    score->result = actev_evaluate(&score->input);
    return score;
}

DEFINE_FREE(actev_score_free, ActevScore, score, actev_result_free(score->result), g_free(score->references),
            g_free(score->systems), g_free(score->reference_spans), g_free(score->system_spans),
            g_free(score->files))

const ActevResult *actev_score_result(const ActevScore *score)
{
    return score->result;
}

ActevCounts actev_score_counts(const ActevScore *score, int activity)
{
    ActevCounts counts = {0};
    for (size_t i = 0; i < score->input.reference_count; i++) {
        if (score->references[i].activity != activity)
            continue;
        counts.references++;
        counts.found += score->result->system_of_reference[i] >= 0;
    }
    for (size_t i = 0; i < score->input.system_count; i++) {
        if (score->systems[i].activity != activity)
            continue;
        counts.systems++;
        counts.false_alarms += score->result->reference_of_system[i] < 0;
    }
    counts.missed = counts.references - counts.found;
    return counts;
}

/* ---- rows */

char *actev_number(double value)
{
    if (isnan(value))
        return g_strdup("None");
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    for (int digits = 15; digits <= 17; digits++) {
        g_autofree char *format = g_strdup_printf("%%.%dg", digits);
        g_ascii_formatd(text, sizeof text, format, value);
        if (g_ascii_strtod(text, NULL) == value)
            break;
    }
    return g_strdup(text);
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool actev_rows_write(const char *folder, const char *name, const char *heading, GPtrArray *rows,
                      GError **error)
{
    g_ptr_array_sort(rows, compare_rows);
    g_autoptr(GString) text = g_string_new(heading);
    g_string_append_c(text, '\n');
    for (guint i = 0; i < rows->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(rows, i));
    g_ptr_array_unref(rows);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, text->str, (gssize)text->len, &cause))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s", cause->message);
    return false;
}

static const char *name_of(const ActevScore *score, int activity)
{
    return g_ptr_array_index(score->set->activities, (guint)activity);
}

static int64_t id_of(const GPtrArray *records, size_t index)
{
    return ((const ActevRecord *)g_ptr_array_index(records, (guint)index))->id;
}

/* ---- alignment and pairs */

static char *write_components(const ActevScore *score, size_t reference, size_t system)
{
    const ActevProtocol *protocol = score->input.protocol;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < score->input.system_count; i++) {
        low = fmin(low, score->systems[i].confidence);
        high = fmax(high, score->systems[i].confidence);
    }
    g_autofree char *congruence =
        actev_number(high > low ? (score->systems[system].confidence - low) / (high - low) : 1);
    if (protocol->comparison != ACTEV_COMPARE_IOU)
        return g_strdup_printf("{\"presenceconf_congruence\": %s}", congruence);
    g_autofree char *iou = actev_number(actev_pair(&score->input, reference, system).iou);
    return g_strdup_printf("{\"temporal_intersection-over-union\": %s, \"presenceconf_congruence\": %s}", iou,
                           congruence);
}

static bool write_alignment(const ActevScore *score, const char *folder, GError **error)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < score->input.reference_count; i++) {
        const char *activity = name_of(score, score->references[i].activity);
        const int64_t id = id_of(score->set->references, i), system = score->result->system_of_reference[i];
        if (system < 0) {
            g_ptr_array_add(rows, g_strdup_printf("%s|MD|%" PRId64 "|None|None|None|None", activity, id));
            continue;
        }
        g_autofree char *confidence = actev_number(score->systems[system].confidence),
                        *kernel = actev_number(score->result->kernel[i]),
                        *components = write_components(score, i, (size_t)system);
        g_ptr_array_add(rows, g_strdup_printf("%s|CD|%" PRId64 "|%" PRId64 "|%s|%s|%s", activity, id,
                                              id_of(score->set->systems, (size_t)system), confidence, kernel,
                                              components));
    }
    for (size_t i = 0; i < score->input.system_count; i++) {
        if (score->result->reference_of_system[i] >= 0)
            continue;
        g_autofree char *confidence = actev_number(score->systems[i].confidence);
        g_ptr_array_add(rows, g_strdup_printf("%s|FA|None|%" PRId64 "|%s|None|None",
                                              name_of(score, score->systems[i].activity),
                                              id_of(score->set->systems, i), confidence));
    }
    return actev_rows_write(folder, "alignment.csv",
                            "activity|alignment|ref|sys|sys_presenceconf_score|kernel_similarity|"
                            "kernel_components",
                            rows, error);
}

static bool write_pairs(const ActevScore *score, const char *folder, GError **error)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < score->input.reference_count; i++) {
        const int64_t system = score->result->system_of_reference[i];
        if (system < 0)
            continue;
        const ActevPair pair = actev_pair(&score->input, i, (size_t)system);
        const bool by_iou = score->input.protocol->comparison == ACTEV_COMPARE_IOU;
        const struct {
            const char *name;
            double value;
        } metrics[] = {{"temporal_fa", (double)pair.false_alarm},
                       {"temporal_intersection", (double)pair.intersection},
                       {"temporal_intersection-over-union", by_iou ? pair.iou : (double)NAN},
                       {"temporal_miss", (double)pair.miss},
                       {"temporal_union", (double)pair.total}};
        for (size_t m = 0; m < G_N_ELEMENTS(metrics); m++) {
            g_autofree char *value = actev_number(metrics[m].value);
            g_ptr_array_add(rows, g_strdup_printf("%s|%" PRId64 "|%" PRId64 "|%s|%s",
                                                  name_of(score, score->references[i].activity),
                                                  id_of(score->set->references, i),
                                                  id_of(score->set->systems, (size_t)system), metrics[m].name,
                                                  value));
        }
    }
    return actev_rows_write(folder, "pair_metrics.csv", "activity|ref|sys|metric_name|metric_value", rows,
                            error);
}

/* ---- measures */

typedef struct {
    char *name;
    double value;
    bool precision; /* its mean is called mAP… */
} Measure;

static void measure_clear(gpointer data)
{
    g_free(((Measure *)data)->name);
}

G_GNUC_PRINTF(3, 4)
static void add_measure(GArray *measures, double value, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const Measure measure = {g_strdup_vprintf(format, arguments), value, false};
    va_end(arguments);
    g_array_append_val(measures, measure);
}

static void add_values(GArray *measures, const ActevActivity *activity, const GArray *targets,
                       ActevMeasure kind, const char *name, bool by_time)
{
    for (guint i = 0; i < targets->len; i++) {
        const double target = g_array_index(targets, double, i);
        g_autofree char *text = actev_number(target);
        add_measure(measures, actev_value_at(activity, kind, by_time, target), "%s@%s%s", name, text,
                    by_time ? "tfa" : "rfa");
    }
}

static void add_areas(GArray *measures, const ActevActivity *activity, bool by_time)
{
    for (size_t i = 0; i < G_N_ELEMENTS(areas); i++) {
        const double area = actev_audc(activity, by_time, areas[i]);
        g_autofree char *text = actev_number(areas[i]);
        add_measure(measures, area, "AUDC@%s%s", text, by_time ? "tfa" : "rfa");
        add_measure(measures, area / areas[i], "nAUDC@%s%s", text, by_time ? "tfa" : "rfa");
    }
}

static GArray *find_measures(const ActevScore *score, int index)
{
    const ActevActivity *activity = &score->result->activities[index];
    const ActevParameters *parameters = score->parameters;
    GArray *measures = g_array_new(FALSE, FALSE, sizeof(Measure));
    g_array_set_clear_func(measures, measure_clear);
    add_measure(measures, activity->n_mide, "n-mide");
    add_measure(measures, (double)activity->n_mide_rejected, "n-mide_num_rejected");
    add_values(measures, activity, parameters->p_miss_at, ACTEV_P_MISS, "p_miss", false);
    add_values(measures, activity, parameters->w_p_miss_at, ACTEV_W_P_MISS, "w_p_miss", false);
    add_values(measures, activity, parameters->n_mide_at, ACTEV_N_MIDE, "n-mide", false);
    add_areas(measures, activity, false);
    if (parameters->protocol.tfa != ACTEV_TFA_NONE) {
        add_values(measures, activity, parameters->by_time_at, ACTEV_P_MISS, "p_miss", true);
        add_values(measures, activity, parameters->by_time_at, ACTEV_W_P_MISS, "w_p_miss", true);
        add_areas(measures, activity, true);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(activity->average_precision); i++) {
        add_measure(measures, activity->average_precision[i], "AP@%.2ftIoU", (double)(5 * (i + 1)) / 100);
        g_array_index(measures, Measure, measures->len - 1).precision = true;
    }
    return measures;
}

static void add_means(GPtrArray *rows, const GPtrArray *all)
{
    const GArray *names = g_ptr_array_index(all, 0);
    for (guint m = 0; m < names->len; m++) {
        double sum = 0;
        int count = 0;
        for (guint a = 0; a < all->len; a++) {
            const Measure *measure = &g_array_index((GArray *)g_ptr_array_index(all, a), Measure, m);
            if (isnan(measure->value))
                continue;
            sum += measure->value;
            count++;
        }
        const Measure *measure = &g_array_index(names, Measure, m);
        g_autofree char *value = actev_number(count > 0 ? sum / count : (double)NAN);
        g_ptr_array_add(rows,
                        g_strdup_printf("%s%s|%s", measure->precision ? "m" : "mean-", measure->name, value));
    }
}

static bool write_measures(const ActevScore *score, const char *folder, GError **error)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *means = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (int a = 0; a < score->result->activity_count; a++) {
        GArray *measures = find_measures(score, a);
        g_ptr_array_add(all, measures);
        for (guint m = 0; m < measures->len; m++) {
            const Measure *measure = &g_array_index(measures, Measure, m);
            g_autofree char *value = actev_number(measure->value);
            g_ptr_array_add(rows, g_strdup_printf("%s|%s|%s", name_of(score, a), measure->name, value));
        }
    }
    add_means(means, all);
    g_autofree char *mide = actev_number(score->result->n_mide);
    g_ptr_array_add(means, g_strdup_printf("n-mide|%s", mide));
    g_ptr_array_add(means, g_strdup_printf("n-mide_num_rejected|%" PRId64, score->result->n_mide_rejected));
    const bool written =
        actev_rows_write(folder, "scores_by_activity.csv", "activity|metric_name|metric_value", rows, error);
    if (!written) {
        g_ptr_array_unref(means);
        return false;
    }
    return actev_rows_write(folder, "scores_aggregated.csv", "metric_name|metric_value", means, error);
}

/* Only protocols with time-based false alarms have this table; it is there, empty, for the others. */
static bool write_points(const ActevScore *score, const char *folder, GError **error)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (int a = 0; a < score->result->activity_count; a++) {
        const GArray *points = score->result->activities[a].points;
        for (guint i = 0; i < points->len && score->input.protocol->tfa != ACTEV_TFA_NONE; i++) {
            const ActevPoint *point = &g_array_index(points, ActevPoint, i);
            const struct {
                const char *name;
                double value;
            } measures[] = {{"p_miss", point->p_miss},
                            {"rfa", point->r_fa},
                            {"tfa", point->t_fa},
                            {"tfa_denom", (double)point->tfa_denominator},
                            {"tfa_numer", (double)point->tfa_numerator}};
            for (size_t m = 0; m < G_N_ELEMENTS(measures); m++) {
                g_autofree char *threshold = actev_number(point->threshold),
                                *value = actev_number(measures[m].value);
                g_ptr_array_add(rows, g_strdup_printf("%s|%s|%s|%s", name_of(score, a), threshold,
                                                      measures[m].name, value));
            }
        }
    }
    return actev_rows_write(folder, "scores_by_activity_and_threshold.csv",
                            "activity|score_threshold|metric_name|metric_value", rows, error);
}

bool actev_tables_write(const ActevScore *score, const char *folder, GError **error)
{
    return write_alignment(score, folder, error) && write_pairs(score, folder, error) &&
           write_measures(score, folder, error) && write_points(score, folder, error);
}
