/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft/draft_text.h"

#include "behaviours/norm.h"
#include "config/catalogue.h"
#include "config/provenance.h"

#include <string.h>

#include <jansson.h>

const char draft_claim_example[] =
    "# What was claimed, and how it is read so that it can be tested:\n"
    "# claims:\n"
    "#   - id: few-errors\n"
    "#     text: \"very few errors\"\n"
    "#     source: who said it, where\n"
    "#     reading: {metric: false_alerts_per_camera_hour, op: \"<=\", value: 0.0417}\n";

/* A JSON string is a YAML scalar in double quotes. */
void draft_append_quoted(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    json_t *string = json_string(valid);
    char *quoted = json_dumps(string, JSON_ENCODE_ANY);
    g_string_append(out, quoted);
    free(quoted);
    json_decref(string);
}

char *draft_make_id(const char *words)
{
    g_autofree char *plain = g_str_to_ascii(words, "C");
    g_strcanon(plain, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", '-');
    const char *start = plain + strspn(plain, "._-");
    char *id = g_strndup(start, 60);
    for (size_t length = strlen(id); length > 0 && strchr("._-", id[length - 1]) != NULL; length--)
        id[length - 1] = '\0';
    if (*id == '\0') {
        g_free(id);
        return g_strdup("system");
    }
    return id;
}

char *draft_split_log(const char *argument, const char **path)
{
    const char *equals = g_file_test(argument, G_FILE_TEST_EXISTS) ? NULL : strchr(argument, '=');
    *path = equals != NULL ? equals + 1 : argument;
    g_autofree char *base = g_path_get_basename(*path);
    const char *dot = strrchr(base, '.');
    g_autofree char *words =
        equals != NULL ? g_strndup(argument, (size_t)(equals - argument))
                       : g_strndup(base, dot != NULL && dot != base ? (size_t)(dot - base) : strlen(base));
    return draft_make_id(words);
}

void draft_append_pair(GString *out, Phrase *phrase)
{
    const TextPair pair = text_pair_say(phrase);
    g_string_append(out, "  en: ");
    draft_append_quoted(out, pair.en);
    g_string_append(out, "\n  fr: ");
    draft_append_quoted(out, pair.fr);
    g_string_append_c(out, '\n');
    g_free(pair.en);
    g_free(pair.fr);
}

/* Which event of the legal list it is, by the catalogue; what the catalogue does not say is asked. */
static void append_legal(GString *out, const char *id)
{
    g_autoptr(Catalogue) catalogue = catalogue_builtin();
    const json_t *events = json_object_get(json_object_get(catalogue->json, "legal_list"), "events");
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i), *behaviours = json_object_get(event, "behaviours");
        const char *number = json_string_value(json_object_get(event, "number"));
        const char *title = json_string_value(json_object_get(json_object_get(event, "title"), "en"));
        g_string_append_printf(all, "%s%s %s", i > 0 ? "; " : "", number, title);
        for (size_t j = 0; j < json_array_size(behaviours); j++) {
            if (strcmp(json_string_value(json_array_get(behaviours, j)), id) != 0)
                continue;
            g_string_append_printf(out, "legal: {decree_2023_828: %s}  # %s; check it\n", number, title);
            return;
        }
    }
    g_string_append_printf(out,
                           "# Is it one of the events of decree 2023-828? %s. Its number, or none:\n"
                           "# legal: {decree_2023_828: none}\n",
                           all->str);
}

void draft_append_scenario_head(GString *out, const char *id)
{
    const Behaviour *behaviour = behaviour_find(id);
    g_string_append_printf(out, "schema: vsaudit/scenario/1\nid: %s\ntitle:\n", id);
    draft_append_pair(out, norm_phrase(behaviour, "title"));
    g_string_append_printf(out,
                           "behaviour: %s  # its norm: vsaudit list behaviours\n"
                           "dataset: dataset.yaml\n",
                           id);
    append_legal(out, id);
}

/* {from: "", to: ""} */
static void append_inner_keys(GString *out, const YamlTable *table)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++)
        g_string_append_printf(out, "%s%s: \"\"", field == table->fields ? "{" : ", ", field->key);
    g_string_append_c(out, '}');
}

void draft_append_keys(GString *out, const char *name, const YamlTable *table)
{
    g_string_append_printf(out, "# %s:\n", name);
    for (const YamlField *field = table->fields; field->key != NULL; field++) {
        g_string_append_printf(out, "#   %s: ", field->key);
        if (field->type == FIELD_MAP)
            append_inner_keys(out, field->table);
        else
            g_string_append(out, field->type == FIELD_NUMBERS ? "[]" : "\"\"");
        g_string_append(out, "  # ");
        for (int i = 0; field->type == FIELD_CHOICE && field->choices[i] != NULL; i++)
            g_string_append_printf(out, "%s%s", field->choices[i],
                                   field->choices[i + 1] != NULL ? ", " : ": ");
        g_string_append_printf(out, "%s\n", field->help);
    }
}

void draft_append_provenance(GString *out)
{
    g_string_append(
        out, "# What stays out is printed as not filled in by the audit; it accuses nobody, and lowers "
             "the certainty of a\n# verdict as much as the worst answer would.\n");
    draft_append_keys(out, "sampling", &sampling_table);
    draft_append_keys(out, "annotation", &annotation_table);
}
