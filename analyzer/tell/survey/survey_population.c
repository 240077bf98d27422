/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The alerts that a sample is drawn from, their strata, and how many to draw of each. */
#include "records/error.h"
#include "records/free.h"
#include "survey/survey_draw.h"

#include <math.h>
#include <string.h>

const char *const survey_parts[] = {"behaviour", "camera", "day", "hour", "month", "treated", NULL};

DEFINE_FREE(survey_population_free, SurveyPopulation, population, g_ptr_array_unref(population->members),
            g_ptr_array_unref(population->names), g_free(population->strata))

static bool usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool usage(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, message);
    return false;
}

/* ---- strata */

/* What the alert has of a part; NULL: nothing. Caller frees. */
static char *value_of(const ListedAlert *alert, const char *part)
{
    static const struct {
        const char *part, *format;
    } clocks[] = {{"day", "%Y-%m-%d"}, {"hour", "%H h"}, {"month", "%Y-%m"}};
    for (size_t i = 0; i < G_N_ELEMENTS(clocks); i++)
        if (strcmp(part, clocks[i].part) == 0)
            return alert->when != NULL ? g_date_time_format(alert->when, clocks[i].format) : NULL;
    if (strcmp(part, "behaviour") == 0)
        return g_strdup(alert->behaviour);
    if (strcmp(part, "camera") == 0)
        return g_strdup(alert->camera != NULL ? alert->camera : alert->clip);
    return g_strdup(alert->treated);
}

/* “Hall A · 14 h”. NULL with an error where an alert lacks a part. Caller frees. */
static char *name_of(const ListedAlert *alert, const SurveyOrder *order, GError **error)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *part = order->by; part != NULL && *part != NULL; part++) {
        char *value = value_of(alert, *part);
        if (value == NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s:%" G_GINT64_FORMAT ": found an alert without %s, expected it for --by %s%s",
                        order->log, alert->line,
                        strcmp(*part, "treated") == 0  ? "a word for what became of it"
                        : strcmp(*part, "camera") == 0 ? "a camera"
                                                       : "a clock’s time",
                        *part, order->map == NULL ? " (a map says where it stands: --map)" : "");
            return NULL;
        }
        g_ptr_array_add(values, value);
    }
    g_ptr_array_add(values, NULL);
    return g_strjoinv(" · ", (char **)values->pdata);
}

static bool is_treated(const ListedAlert *alert, const SurveyOrder *order)
{
    return order->treated == NULL ||
           (alert->treated != NULL && g_strv_contains(order->treated, alert->treated));
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool part_alerts(const AlertList *list, const SurveyOrder *order, SurveyPopulation *population,
                        GError **error)
{
    g_autoptr(GHashTable) strata = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < list->alerts->len; i++) {
        ListedAlert *alert = g_ptr_array_index(list->alerts, i);
        population->says_treated = population->says_treated || alert->treated != NULL;
        if (!is_treated(alert, order)) {
            population->untreated++;
            continue;
        }
        char *name = name_of(alert, order, error);
        if (name == NULL)
            return false;
        GPtrArray *members = g_hash_table_lookup(strata, name);
        if (members == NULL) {
            members = g_ptr_array_new();
            g_ptr_array_add(population->names, g_strdup(name));
            g_hash_table_insert(strata, g_steal_pointer(&name), members);
        }
        g_ptr_array_add(members, alert);
        g_free(name);
    }
    g_ptr_array_sort(population->names, compare_names);
    population->count = population->names->len;
    population->strata = g_new0(FiniteStratum, population->count + 1);
    for (guint i = 0; i < population->names->len; i++) {
        GPtrArray *members = g_hash_table_lookup(strata, g_ptr_array_index(population->names, i));
        g_ptr_array_add(population->members, members);
        population->strata[i].population = members->len;
        population->population += members->len;
    }
    return true;
}

/* A word that the log never says would leave alerts out in silence. */
static bool check_treated(const AlertList *list, const SurveyOrder *order, GError **error)
{
    g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint i = 0; i < list->alerts->len && order->treated != NULL; i++) {
        const ListedAlert *alert = g_ptr_array_index(list->alerts, i);
        if (alert->treated != NULL && g_hash_table_add(said, alert->treated) && words->len < 20)
            g_ptr_array_add(words, alert->treated);
    }
    g_ptr_array_sort(words, compare_names);
    g_ptr_array_add(words, NULL);
    g_autofree char *known = g_strjoinv(", ", (char **)words->pdata);
    for (const char *const *word = order->treated; word != NULL && *word != NULL; word++) {
        if (g_hash_table_contains(said, *word))
            continue;
        if (g_hash_table_size(said) > 0)
            return usage(error, "--treated: found “%s”, expected words that the log says of its alerts: %s",
                         *word, known);
        return usage(error,
                     "--treated: found no alert of %s that says what became of it, expected a column "
                     "“treated” in the map (--map)",
                     order->log);
    }
    return true;
}

/* ---- how many of each */

static bool draw_stated(SurveyPopulation *population, const SurveyOrder *order, GError **error)
{
    for (size_t i = 0; i < population->count && order->each >= 0; i++)
        population->strata[i].drawn = MIN(order->each, population->strata[i].population);
    for (const char *const *one = order->of; one != NULL && *one != NULL; one++) {
        const char *equals = strrchr(*one, '=');
        guint64 number = 0;
        if (equals == NULL ||
            !g_ascii_string_to_unsigned(equals + 1, 10, 0, FINITE_POPULATION_MOST, &number, NULL))
            return usage(error, "--of: found “%s”, expected STRATUM=N", *one);
        g_autofree char *name = g_strndup(*one, (gsize)(equals - *one));
        guint place = 0;
        while (place < population->names->len &&
               strcmp(g_ptr_array_index(population->names, place), name) != 0)
            place++;
        if (place == population->names->len)
            return usage(error, "--of: found no stratum “%s”, expected one that “vsaudit sample plan” lists",
                         name);
        if ((int64_t)number > population->strata[place].population)
            return usage(error,
                         "--of: found %" G_GUINT64_FORMAT " of “%s”, expected %" G_GINT64_FORMAT
                         " or fewer: it has no more",
                         number, name, population->strata[place].population);
        population->strata[place].drawn = (int64_t)number;
    }
    return true;
}

static bool draw_for_power(SurveyPopulation *population, const SurveyOrder *order, GError **error)
{
    const double limit = (double)order->claim.limit_millionths / (double)FINITE_MILLION;
    if (order->claim.op == NULL)
        return usage(error, "--power: found no --claim, expected one, of which it is the power");
    if (order->ratio * limit > 1)
        return usage(error, "--ratio: found %g, expected one that leaves the share at 1 or below",
                     order->ratio);
    finite_size_for_power(population->strata, population->count, survey_claim_op(&order->claim),
                          order->claim.limit_millionths, order->ratio * limit, order->power,
                          order->claim.alpha, &population->power);
    return true;
}

static bool decide_sizes(SurveyPopulation *population, const SurveyOrder *order, GError **error)
{
    if (order->size >= 0)
        finite_allocate(population->strata, population->count, order->size);
    else if (order->each >= 0 || order->of != NULL)
        return draw_stated(population, order, error);
    else if (!isnan(order->half_width))
        finite_size_for_width(population->strata, population->count, order->half_width, order->expected,
                              order->level);
    else
        return draw_for_power(population, order, error);
    return true;
}

/* A stratum of which nothing is drawn may hold anything. */
static bool check_drawn(const SurveyPopulation *population, const SurveyOrder *order, GError **error)
{
    for (size_t i = 0; i < population->count; i++) {
        if (population->strata[i].drawn > 0)
            continue;
        return usage(error,
                     "%s: found %zu strata, of which “%s” with %" G_GINT64_FORMAT
                     " alerts would get none, expected one of each at least: draw more, or part by less "
                     "(--by)",
                     order->log, population->count, (const char *)g_ptr_array_index(population->names, i),
                     population->strata[i].population);
    }
    return true;
}

SurveyPopulation *survey_population_new(const AlertList *list, const SurveyOrder *order, GError **error)
{
    g_autoptr(SurveyPopulation) population = g_new0(SurveyPopulation, 1);
    population->members = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    population->names = g_ptr_array_new_with_free_func(g_free);
    population->power = (double)NAN;
    if (list->alerts->len > FINITE_POPULATION_MOST) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found %u alerts, expected at most %d: take a shorter period", order->log,
                    list->alerts->len, FINITE_POPULATION_MOST);
        return NULL;
    }
    if (!check_treated(list, order, error) || !part_alerts(list, order, population, error) ||
        !decide_sizes(population, order, error) || !check_drawn(population, order, error))
        return NULL;
    return g_steal_pointer(&population);
}
