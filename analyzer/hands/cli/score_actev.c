/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/score_actev.h"

#include "cli/output.h"
#include "evaluate/actev_tables.h"
#include "records/shown.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

bool actev_options_given(const ActevOptions *options)
{
    return options->reference != NULL || options->system != NULL || options->files != NULL ||
           options->activities != NULL || options->protocol != NULL || options->parameters != NULL ||
           options->points != 0 || options->prune != 0 || options->keep_outside ||
           options->ignore_extraneous || options->ignore_missing || options->all_activities;
}

void actev_options_clear(ActevOptions *options)
{
    char *texts[] = {options->reference,  options->system,   options->files,
                     options->activities, options->protocol, options->parameters};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
}

static bool check_usage(const ActevOptions *options, bool others, GError **error)
{
    const char *wrong = NULL;
    if (others)
        wrong = "found other input beside --actev-…, expected only -o and -q with it";
    else if (options->reference == NULL || options->system == NULL || options->files == NULL ||
             options->activities == NULL)
        wrong =
            "found a part of ActEV's files, expected all of --actev-reference, --actev-system, --actev-files "
            "and --actev-activities";
    else if (options->points < 0 || options->points == 1)
        wrong = "--actev-points: found fewer than 2, expected how many thresholds a curve has at most";
    else if (!(options->prune >= 0 && options->prune <= 1000))
        wrong = "--actev-prune: found no share of the frames above 0, expected one such as 0.5";
    if (wrong != NULL)
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, wrong);
    return wrong == NULL;
}

static bool write_parameters(const ActevOptions *options, const ActevParameters *parameters,
                             const char *folder, GError **error)
{
    json_t *root = json_object();
    json_object_set_new(root, "scoring_protocol", json_string(parameters->name));
    json_object_set_new(root, "program", json_string("vsaudit " VSAUDIT_VERSION));
    json_object_set_new(root, "activity.temporal_overlap_delta", json_real(parameters->protocol.threshold));
    json_object_set_new(root, "activity.epsilon_presenceconf_congruence",
                        json_real(parameters->protocol.confidence_weight));
    json_object_set_new(root, "activity.epsilon_temporal_congruence",
                        json_real(parameters->protocol.iou_weight));
    json_object_set_new(root, "wpmiss.numerator", json_real(parameters->miss_numerator));
    json_object_set_new(root, "wpmiss.denominator", json_real(parameters->miss_denominator));
    json_object_set_new(root, "nmide.ns_collar_size", json_integer(parameters->collar));
    json_object_set_new(root, "points", json_integer(options->points));
    json_object_set_new(root, "prune", json_real(options->prune));
    json_object_set_new(root, "keep_outside", json_boolean(options->keep_outside));
    json_object_set_new(root, "ignore_extraneous", json_boolean(options->ignore_extraneous));
    json_object_set_new(root, "ignore_missing", json_boolean(options->ignore_missing));
    json_object_set_new(root, "all_activities", json_boolean(options->all_activities));
    g_autofree char *path = g_build_filename(folder, "scoring_parameters.json", NULL);
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
    json_decref(root);
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    free(text);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents(path, line, -1, &cause))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s", cause->message);
    return false;
}

static void print_value(double value)
{
    if (isnan(value))
        printf(" %9s", "–");
    else
        printf(" %9.4f", value);
}

static void print_table(const ActevSet *set, const ActevScore *score, const ActevParameters *parameters)
{
    const bool by_time = parameters->protocol.tfa != ACTEV_TFA_NONE;
    const char *unit = by_time ? "tfa" : "rfa";
    printf("%s: %u files, %u references, %u system instances\n", parameters->name, set->files->len,
           set->references->len, set->systems->len);
    printf("%-32s %6s %6s %6s %6s  p_miss@0.2%s  nAUDC@0.2%s  n-mide\n", "activity", "refs", "found",
           "missed", "false", unit, unit);
    for (guint i = 0; i < set->activities->len; i++) {
        const ActevActivity *activity = &actev_score_result(score)->activities[i];
        const ActevCounts counts = actev_score_counts(score, (int)i);
        g_autofree char *name = shown_text(g_ptr_array_index(set->activities, i));
        printf("%-32s %6" PRId64 " %6" PRId64 " %6" PRId64 " %6" PRId64 "    ", name, counts.references,
               counts.found, counts.missed, counts.false_alarms);
        print_value(actev_value_at(activity, ACTEV_P_MISS, by_time, 0.2));
        printf("     ");
        print_value(actev_audc(activity, by_time, 0.2) / 0.2);
        print_value(activity->n_mide);
        printf("\n");
    }
}

static bool check_folder(const ActevOptions *options, const char *folder, GError **error)
{
    const char *const inputs[] = {options->reference, options->system, options->files, options->activities};
    for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++)
        if (!output_check_input(folder, inputs[i], error))
            return false;
    return output_claim(folder, "score", options->reference, NULL, error);
}

static bool write_all(const ActevOptions *options, const ActevSet *set, const ActevScore *score,
                      const ActevParameters *parameters, const char *folder, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", folder,
                    g_strerror(errno));
        return false;
    }
    return actev_tables_write(score, folder, error) && actev_eval_write(set, folder, error) &&
           write_parameters(options, parameters, folder, error);
}

ExitStatus actev_options_score(const ActevOptions *options, const char *out, bool others, bool quiet,
                               GError **error)
{
    if (!check_usage(options, others, error))
        return EXIT_USAGE;
    const char *protocol = options->protocol != NULL ? options->protocol : ACTEV_DEFAULT;
    g_autoptr(ActevParameters) parameters = actev_parameters_load(protocol, options->parameters, error);
    if (parameters == NULL)
        return EXIT_BAD_INPUT;
    parameters->points = options->points;
    const ActevSource source = {.reference = options->reference,
                                .system = options->system,
                                .files = options->files,
                                .activities = options->activities,
                                .keep_outside = options->keep_outside,
                                .ignore_extraneous = options->ignore_extraneous,
                                .ignore_missing = options->ignore_missing,
                                .all_activities = options->all_activities,
                                .prune = options->prune};
    g_autoptr(ActevSet) set = actev_set_load(&source, error);
    if (set == NULL)
        return EXIT_BAD_INPUT;
    for (guint i = 0; i < set->remarks->len && !quiet; i++)
        shown_line(stderr, "vsaudit score: %s", (const char *)g_ptr_array_index(set->remarks, i));
    g_autofree char *base = g_path_get_basename(options->system), *name = g_strconcat(base, "-score", NULL);
    g_autofree char *folder = out != NULL ? g_strdup(out) : g_build_filename("reports", "out", name, NULL);
    if (!check_folder(options, folder, error))
        return EXIT_USAGE;
    g_autofree char *tables = g_build_filename(folder, "actev", NULL);
    g_autoptr(ActevScore) score = actev_score_new(set, parameters);
    if (!write_all(options, set, score, parameters, tables, error))
        return EXIT_HARNESS;
    if (!quiet) {
        print_table(set, score, parameters);
        shown_line(stdout, "Tables: %s", tables);
    }
    return EXIT_DONE;
}
