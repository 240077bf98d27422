/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocols, with which parameters (declared in panel.h). */
#include "records/error.h"
#include "records/free.h"
#include "scoring/panel.h"

#include <string.h>

const OptionRow panel_trecvid_options[] = {
    SECONDS_OPTION("tolerance", PanelTrecvid, tolerance_us, 0, 3600, "0.5"),
    NUMBER_OPTION("cost_miss", PanelTrecvid, cost_miss, 0.001, 1e6, "10", ""),
    NUMBER_OPTION("cost_fa", PanelTrecvid, cost_fa, 0, 1e6, "1", ""),
    NUMBER_OPTION("target_rate", PanelTrecvid, target_rate, 1e-6, 1e6, "1.8", "per hour"),
    OPTION_END,
};
const OptionRow panel_collar_options[] = {
    SECONDS_OPTION("collar", PanelCollar, collar_us, 0, 3600, "0.2"),
    NUMBER_OPTION("share_of_length", PanelCollar, share_of_length, 0, 10, "0.5", "fraction"),
    BOOL_OPTION("use_offset", PanelCollar, use_offset, "true"),
    OPTION_END,
};
const OptionRow panel_segment_options[] = {
    SECONDS_OPTION("resolution", PanelSegment, resolution_us, 0.1, 3600, "1"),
    OPTION_END,
};
const OptionRow panel_intersection_options[] = {
    NUMBER_OPTION("detection_tolerance", PanelIntersection, detection_tolerance, 0.01, 1, "0.5", "fraction"),
    NUMBER_OPTION("truth_tolerance", PanelIntersection, truth_tolerance, 0.01, 1, "0.5", "fraction"),
    OPTION_END,
};

static const Protocol *find_peer(const char *id)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        if (!(*protocol)->for_scenarios && strcmp((*protocol)->id, id) == 0)
            return *protocol;
    return NULL;
}

DEFINE_CLEAR(clear_choice, PanelChoice, choice, options_clear(choice->protocol->options, choice->settings),
             g_free(choice->settings))

static PanelChoice *add_choice(PanelChoices *choices, const Protocol *protocol)
{
    for (guint i = 0; i < choices->choices->len; i++) {
        PanelChoice *known = &g_array_index(choices->choices, PanelChoice, i);
        if (known->protocol == protocol)
            return known;
    }
    PanelChoice choice = {protocol, g_malloc0(MAX(protocol->settings_size, (size_t)1))};
    options_set_defaults(protocol->options, choice.settings);
    g_array_append_val(choices->choices, choice);
    return &g_array_index(choices->choices, PanelChoice, choices->choices->len - 1);
}

static void set_unknown(const char *id, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        if (!(*protocol)->for_scenarios)
            g_ptr_array_add(ids, (gpointer)(*protocol)->id);
    g_ptr_array_add(ids, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)ids->pdata);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "--protocols: found “%s”, expected all, or some of %s", id, list);
}

/* "window=10,recall_bias=0.5" */
static bool apply_parameters(PanelChoice *choice, const char *text, GError **error)
{
    g_autoptr(ParamList) params = param_list_new();
    g_auto(GStrv) pairs = g_strsplit(text, ",", -1);
    for (char **pair = pairs; *pair != NULL; pair++) {
        char *sign = strchr(*pair, '=');
        if (sign == NULL) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "--protocols: %s: found “%s”, expected name=value", choice->protocol->id, *pair);
            return false;
        }
        *sign = '\0';
        param_list_add(params, g_strstrip(*pair), g_strstrip(sign + 1), NULL, 0, 0, 0, 0);
    }
    g_autofree char *context = g_strdup_printf("--protocols: %s", choice->protocol->id);
    g_autoptr(GError) cause = NULL;
    if (options_apply(choice->protocol->options, choice->settings, params, context, &cause))
        return true;
    g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, cause->message);
    return false;
}

/* The next item of the list, commas within parentheses belonging to it; moves *at behind it. *more is set
 * when a comma promises another. */
static char *next_item(const char **at, bool *more)
{
    const char *end = *at;
    for (int depth = 0; *end != '\0' && (depth > 0 || *end != ','); end++)
        depth += (*end == '(') - (*end == ')');
    char *item = g_strstrip(g_strndup(*at, (gsize)(end - *at)));
    *more = *end == ',';
    *at = *more ? end + 1 : end;
    return item;
}

static bool add_item(PanelChoices *choices, char *item, GError **error)
{
    if (strcmp(item, "all") == 0) {
        for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
            if (!(*protocol)->for_scenarios)
                add_choice(choices, *protocol);
        return true;
    }
    char *open = strchr(item, '('), *parameters = NULL;
    if (open != NULL && g_str_has_suffix(item, ")")) {
        *open = '\0';
        parameters = open + 1;
        parameters[strlen(parameters) - 1] = '\0';
    }
    const Protocol *protocol = find_peer(item);
    if (protocol == NULL) {
        set_unknown(item, error);
        return false;
    }
    PanelChoice *choice = add_choice(choices, protocol);
    return parameters == NULL || *parameters == '\0' || apply_parameters(choice, parameters, error);
}

static gint compare_choices(gconstpointer a, gconstpointer b)
{
    const PanelChoice *left = a, *right = b;
    size_t i = 0, j = 0;
    while (protocol_registry[i] != left->protocol)
        i++;
    while (protocol_registry[j] != right->protocol)
        j++;
    return i < j ? -1 : i > j;
}

PanelChoices *panel_choices_parse(const char *text, GError **error)
{
    g_autoptr(PanelChoices) choices = g_new0(PanelChoices, 1);
    choices->choices = g_array_new(FALSE, TRUE, sizeof(PanelChoice));
    g_array_set_clear_func(choices->choices, clear_choice);
    const char *at = text;
    bool more;
    do {
        g_autofree char *item = next_item(&at, &more);
        if (!add_item(choices, item, error))
            return NULL;
    } while (more);
    g_array_sort(choices->choices, compare_choices);
    return g_steal_pointer(&choices);
}

DEFINE_FREE(panel_choices_free, PanelChoices, choices, g_array_unref(choices->choices))
