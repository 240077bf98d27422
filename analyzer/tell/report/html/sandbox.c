/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what the programs under test were held; of run.json, since it is the machine's and no result. */
#include "config/system_kind.h"
#include "language/phrase.h"
#include "report/html/sections.h"

#include <string.h>

typedef struct {
    bool any, live; /* a system that runs; one that a camera was played to */
} Run;

static bool is_run(const char *name)
{
    for (unsigned kind = 0; system_kind_names[kind] != NULL; kind++) {
        if (g_strcmp0(system_kind_names[kind], name) == 0)
            return system_kind_at(kind)->runs;
    }
    return false;
}

static void look_for_programs(const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                              void *user)
{
    (void)scenario;
    Run *run = user;
    run->any = run->any || is_run(evaluation->system_kind);
    run->live = run->live || g_strcmp0(evaluation->system_kind, "live") == 0;
}

/* The machine may hold what nothing of this run asked for. */
static bool is_meant(const char *layer, const Run *run)
{
    return layer != NULL && (run->live || strcmp(layer, "loopback") != 0);
}

/* Layers of a newer program have no words here, and are shown by their names. */
static Phrase *name_layer(const Texts *texts, const char *layer)
{
    if (texts_find_word(texts, "sandbox_layer", layer) == NULL)
        return phrase_own(phrase_new("sandbox.other"), "name", layer);
    g_autofree char *key = texts_word_key("sandbox_layer", layer);
    return phrase_new(key);
}

static void write_layers(Page *page, const char *key, const json_t *layers, const Run *run, const char *class)
{
    GPtrArray *names = g_ptr_array_new_with_free_func((GDestroyNotify)phrase_free);
    for (size_t i = 0; i < json_array_size(layers); i++) {
        const char *layer = json_string_value(json_array_get(layers, i));
        if (is_meant(layer, run))
            g_ptr_array_add(names, name_layer(page->texts, layer));
    }
    if (names->len == 0) {
        g_ptr_array_unref(names);
        return;
    }
    g_autoptr(Phrase) sentence = phrase_list(phrase_new(key), "layers", names);
    g_autofree char *text = phrase_render(sentence, page->texts);
    page_element(page, "p", text, "class", class, NULL);
}

void html_write_sandbox(Page *page)
{
    Run run = {0};
    results_visit_products_first(page->results, look_for_programs, &run);
    if (!run.any)
        return;
    if (page->run_sandbox == NULL) {
        page_say(page, "p", "sandbox.unknown", "warning");
        return;
    }
    write_layers(page, "sandbox.held", json_object_get(page->run_sandbox, "held"), &run, "plain");
    write_layers(page, "sandbox.missing", json_object_get(page->run_sandbox, "missing"), &run, "warning");
}
