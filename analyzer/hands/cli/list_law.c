/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/list_law.h"

#include "config/catalogue.h"
#include "language/texts.h"

#include <stdio.h>

static const char *string_of(const json_t *entry, const char *key)
{
    return json_string_value(json_object_get(entry, key));
}

/* "  key: value", when there is one. */
static void print_key(const json_t *entry, const char *key, const char *words)
{
    if (string_of(entry, key) != NULL)
        printf("; %s %s", words, string_of(entry, key));
}

static void print_entry(const json_t *entry, const char *id, const json_t *title)
{
    const char *binding = string_of(entry, "binding"), *article = string_of(entry, "article");
    const char *words = texts_pick(texts_of("en"), title, NULL);
    printf("%s: %s\n  %s%s%s", id, words != NULL ? words : "", article != NULL ? article : "",
           article != NULL ? "; " : "", binding != NULL ? binding : "force not stated");
    print_key(entry, "date", "of");
    print_key(entry, "in_force_from", "in force from");
    print_key(entry, "in_force_to", "until");
    print_key(entry, "territory", "in");
    const json_t *words_of = json_object_get(entry, "applies_to");
    for (size_t i = 0; i < json_array_size(words_of); i++)
        printf("%s%s", i == 0 ? "; for " : ", ", json_string_value(json_array_get(words_of, i)));
    const char *mark = string_of(entry, "mark");
    printf("\n  %s", mark != NULL ? mark : "unverified");
    print_key(entry, "read_at", "on");
    print_key(entry, "read_in", "in");
    print_key(entry, "source", "source:");
    putchar('\n');
}

static void print_all(const json_t *list, const char *key, const char *title)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        print_entry(entry, string_of(entry, key), json_object_get(entry, title));
    }
}

void list_law(void)
{
    g_autoptr(Catalogue) catalogue = catalogue_builtin();
    const json_t *json = catalogue->json, *events = json_object_get(json, "legal_list");
    printf("%s (%s), as of %s\n", catalogue->id, string_of(json, "country"), string_of(json, "state_of_law"));
    print_entry(events, "legal_list", json_object_get(events, "title"));
    print_all(json_object_get(json, "obligations"), "id", "title");
    print_all(json_object_get(json, "correspondences"), "id", "title");
    print_all(json_object_get(json, "legal_status"), "date", "text");
}

json_t *list_law_json(void)
{
    g_autoptr(Catalogue) catalogue = catalogue_builtin();
    return json_deep_copy(catalogue->json);
}
