/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/actev_tables.h"
#include "records/error.h"
#include "records/free.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* The public scorer's names, its lists of rates, and whether each target is also read by time. */
static const struct {
    const char *name;
    int targets; /* index into lists */
} protocols[] = {
    {"ActEV18_AD", 0},    {"ActEV18_AD_1SECOL", 0}, {"ActEV18_AD_TFA", 0}, {"ActEV19_AD", 0},
    {"ActEV19_AD_V2", 1}, {"ActEV_SDL_V1", 2},      {"ActEV_SDL_V2", 3},   {"SRL_AD_V1", 4},
    {"SRL_AD_V2", 4},     {"SRL_AD_V3", 4},
};
/* clang-format off */
#define FINE 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05
static const double lists[][25] = {
    {1, 0.2, 0.15, 0.1, 0.03, 0.01},
    {FINE, 0.03, 0.01},
    {FINE, 0.04, 0.03, 0.01},
    {FINE, 0.04, 0.03, 0.02, 0.01},
    {10, 5, 2, 1, 0.5, 0.2, 0.15, 0.1, 0.03, 0.01},
};
/* clang-format on */

static GArray *list_new(int index)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(double));
    for (const double *target = lists[index]; *target != 0; target++)
        g_array_append_val(list, *target);
    return list;
}

DEFINE_FREE(actev_parameters_free, ActevParameters, parameters, g_array_unref(parameters->p_miss_at),
            g_array_unref(parameters->w_p_miss_at), g_array_unref(parameters->n_mide_at),
            g_array_unref(parameters->by_time_at), g_free(parameters->name))

static bool refuse(const char *file, const char *key, const char *what, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s: %s", file, key, what);
    return false;
}

static bool set_list(GArray *list, const char *file, const char *key, const json_t *value, GError **error)
{
    size_t i = 0;
    json_t *entry = NULL;
    if (!json_is_array(value))
        return refuse(file, key, "found no list, expected false-alarm rates above 0", error);
    g_array_set_size(list, 0);
    json_array_foreach(value, i, entry)
    {
        const double target = json_number_value(entry);
        if (!(target > 0 && isfinite(target)))
            return refuse(file, key, "found an entry that is no number above 0, expected false-alarm rates",
                          error);
        g_array_append_val(list, target);
    }
    return true;
}

static bool set_parameter(ActevParameters *parameters, const char *file, const char *key, const json_t *value,
                          GError **error)
{
    const struct {
        const char *key;
        double *number;
        GArray *list;
    } known[] = {
        {"activity.temporal_overlap_delta", &parameters->protocol.threshold, NULL},
        {"activity.epsilon_presenceconf_congruence", &parameters->protocol.confidence_weight, NULL},
        {"activity.epsilon_temporal_congruence", &parameters->protocol.iou_weight, NULL},
        {"wpmiss.numerator", &parameters->miss_numerator, NULL},
        {"wpmiss.denominator", &parameters->miss_denominator, NULL},
        {"activity.p_miss_at_rfa_targets", NULL, parameters->p_miss_at},
        {"activity.w_p_miss_at_rfa_targets", NULL, parameters->w_p_miss_at},
        {"activity.n_mide_at_rfa_targets", NULL, parameters->n_mide_at},
        {"activity.fa_at_rfa_targets", NULL, parameters->by_time_at},
    };
    if (strcmp(key, "nmide.ns_collar_size") == 0) {
        parameters->collar = json_integer_value(value);
        return (json_is_integer(value) && parameters->collar >= 0 && parameters->collar <= INT32_MAX) ||
               refuse(file, key, "found no whole number from 0 up, expected frames", error);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strcmp(key, known[i].key) != 0)
            continue;
        if (known[i].list != NULL)
            return set_list(known[i].list, file, key, value, error);
        *known[i].number = json_number_value(value);
        return (json_is_number(value) && *known[i].number >= 0 && *known[i].number <= 1e6) ||
               refuse(file, key, "found no number from 0 up, expected one", error);
    }
    return refuse(
        file, key,
        "found a parameter that is not known here, expected activity.temporal_overlap_delta, "
        "activity.epsilon_…_congruence, activity.…_at_rfa_targets, wpmiss.… or nmide.ns_collar_size",
        error);
}

static bool read_file(ActevParameters *parameters, const char *file, GError **error)
{
    json_error_t fault;
    json_t *root = json_load_file(file, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(root)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s:%d:%d: found no JSON object (%s), expected ActEV's scoring parameters", file,
                    root == NULL ? fault.line : 1, root == NULL ? fault.column : 1,
                    root == NULL ? fault.text : "something else");
        json_decref(root);
        return false;
    }
    const char *key = NULL;
    json_t *value = NULL;
    bool good = true;
    json_object_foreach(root, key, value) good = good && set_parameter(parameters, file, key, value, error);
    json_decref(root);
    return good;
}

static char *list_protocols(void)
{
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(protocols); i++)
        g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", protocols[i].name);
    return g_string_free(all, FALSE);
}

ActevParameters *actev_parameters_load(const char *protocol, const char *file, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(protocols); i++) {
        g_autofree char *lower = g_ascii_strdown(protocols[i].name, -1), *id = g_strdup(lower);
        g_strdelimit(id, "_", '-');
        if (g_ascii_strcasecmp(protocol, protocols[i].name) != 0 && strcmp(protocol, id) != 0)
            continue;
        g_autoptr(ActevParameters) parameters = g_new0(ActevParameters, 1);
        parameters->name = g_strdup(protocols[i].name);
        parameters->protocol = *actev_protocol_find(id);
        parameters->miss_numerator = 8;
        parameters->miss_denominator = 10;
        parameters->p_miss_at = list_new(protocols[i].targets);
        parameters->w_p_miss_at = list_new(protocols[i].targets);
        parameters->n_mide_at = list_new(protocols[i].targets);
        parameters->by_time_at = list_new(protocols[i].targets);
        if (file != NULL && !read_file(parameters, file, error))
            return NULL;
        return g_steal_pointer(&parameters);
    }
    g_autofree char *all = list_protocols();
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "--actev-protocol: found “%s”, expected one of %s",
                protocol, all);
    return NULL;
}
