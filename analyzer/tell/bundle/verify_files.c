/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_files.h"

#include "bundle/bag.h"
#include "bundle/rescore.h"
#include "bundle/statement.h"
#include "bundle/words.h"
#include "config/look_log.h"
#include "evaluate/handover.h"
#include "results/document.h"

#include <string.h>

bool verify_has_parts(const GPtrArray *files, VerifyReport *report)
{
    static const char *const names[] = {WORDS_README,
                                        BAG_INFO,
                                        BAG_PAYLOAD "results.json",
                                        BAG_PAYLOAD "run.json",
                                        BAG_PAYLOAD REPLAYS_FILE,
                                        BAG_PAYLOAD WORDS_VERSIONS,
                                        BAG_PAYLOAD WORDS_COMMANDS,
                                        BAG_PAYLOAD INPUTS_FOLDER "/index.json"};
    const guint before = report->faults->len;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (bag_files_find(files, names[i]) == NULL)
            bag_fault(report->faults, names[i], "%s: missing: every bundle has it", names[i]);
    }
    return report->faults->len == before;
}

/* ---- names that have a meaning */

static void add(GHashTable *names, const char *folder, const char *name)
{
    g_hash_table_add(names, g_strconcat(folder, name, NULL));
}

static void add_pictures(GHashTable *names, const json_t *value, bool is_picture)
{
    size_t i;
    json_t *item;
    const char *key;
    if (is_picture && json_is_string(value))
        add(names, BAG_PAYLOAD, json_string_value(value));
    json_array_foreach(value, i, item) add_pictures(names, item, is_picture);
    json_object_foreach((json_t *)value, key, item)
        add_pictures(names, item, is_picture || rescore_is_picture_key(key));
}

static GHashTable *list_known(const char *bag, const json_t *stored, const Inputs *inputs,
                              const GPtrArray *reports)
{
    static const char *const tags[] = {BAG_DECLARATION, BAG_INFO, BAG_MANIFEST, BAG_TAG_MANIFEST,
                                       WORDS_README};
    static const char *const parts[] = {"results.json", "run.json",      "adjudication.json",
                                        HANDOVER_FILE,  REPLAYS_FILE,    WORDS_VERSIONS,
                                        WORDS_COMMANDS, "report.fr.pdf", "report.en.pdf", LOOK_FILE};
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        add(names, "", tags[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        add(names, BAG_PAYLOAD, parts[i]);
    for (guint i = 0; i < reports->len; i++)
        add(names, BAG_PAYLOAD, g_ptr_array_index(reports, i));
    g_autofree char *folder = g_build_filename(bag, BAG_PAYLOAD INPUTS_FOLDER, NULL);
    g_autoptr(GPtrArray) places = inputs != NULL ? inputs_list(inputs, folder) : NULL;
    for (guint i = 0; places != NULL && i < places->len; i++)
        add(names, BAG_PAYLOAD INPUTS_FOLDER "/", g_ptr_array_index(places, i));
    add_pictures(names, stored, false);
    return names;
}

static void check_names(const GPtrArray *files, GHashTable *known, bool inputs_known, const Maker *maker,
                        VerifyReport *report)
{
    g_autofree char *made_by = maker_name(maker);
    for (guint i = 0; i < files->len; i++) {
        const char *name = ((const BagFile *)g_ptr_array_index(files, i))->name;
        /* What lies there is held against the statement. */
        if (g_str_has_prefix(name, STATEMENT_FOLDER) || g_hash_table_contains(known, name) ||
            (!inputs_known && g_str_has_prefix(name, BAG_PAYLOAD INPUTS_FOLDER "/")))
            continue;
        if (maker->same_version) {
            bag_fault(report->faults, name, "%s: added: it is no part of an evidence bundle of this run",
                      name);
        } else {
            report->unable = true;
            verify_say(report->unchecked, "%s: this program knows no such file in a bundle of %s.", name,
                       made_by);
        }
    }
}

/* ---- texts that follow from the results */

static bool has_text(const char *bag, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(bag, name, NULL), *found = NULL;
    gsize length = 0;
    return g_file_get_contents(path, &found, &length, NULL) && length == strlen(text) &&
           memcmp(found, text, length) == 0;
}

static void check_text(const char *bag, const char *name, char *text, const Maker *maker,
                       VerifyReport *report)
{
    if (!has_text(bag, name, text)) {
        if (maker->exact)
            bag_fault(report->faults, name, "%s: is not what the program writes for these results", name);
        else
            report->unable = true;
        if (!maker->exact)
            verify_say(report->unchecked, "%s: is worded otherwise than this program words it.", name);
    }
    g_free(text);
}

/* Its lines on libraries are whatever they were; the first says what the results say, too. */
static void check_versions(const char *bag, const Maker *maker, VerifyReport *report)
{
    g_autofree char *path = g_build_filename(bag, BAG_PAYLOAD WORDS_VERSIONS, NULL), *text = NULL;
    g_autofree char *line = g_strdup_printf("scored by: vsaudit %s\n", maker->version);
    if (g_file_get_contents(path, &text, NULL, NULL) && !g_str_has_prefix(text, line))
        bag_fault(report->faults, BAG_PAYLOAD WORDS_VERSIONS,
                  BAG_PAYLOAD WORDS_VERSIONS ": found another program than vsaudit %s, of which " BAG_PAYLOAD
                                             "results.json speaks",
                  maker->version);
}

static void check_texts(const char *bag, const GPtrArray *files, const json_t *stored, const Maker *maker,
                        VerifyReport *report)
{
    const bool is_signed = bag_files_find(files, STATEMENT_SIGNATURE) != NULL;
    g_autofree char *index_path = g_build_filename(bag, BAG_PAYLOAD INPUTS_FOLDER, "index.json", NULL);
    json_t *index = json_load_file(index_path, 0, NULL);
    g_autofree char *info = words_bag_info(stored);
    check_text(bag, WORDS_README, words_readme(stored, is_signed), maker, report);
    check_text(bag, BAG_INFO, bag_info_text(files, info), maker, report);
    check_text(bag, BAG_PAYLOAD WORDS_COMMANDS, words_commands(stored, index), maker, report);
    json_decref(index);
}

void verify_files(const char *bag, const GPtrArray *files, const json_t *stored, const Inputs *inputs,
                  const GPtrArray *reports, const Maker *maker, VerifyReport *report)
{
    const guint before = report->faults->len;
    g_autoptr(GHashTable) known = list_known(bag, stored, inputs, reports);
    check_names(files, known, inputs != NULL, maker, report);
    check_texts(bag, files, stored, maker, report);
    check_versions(bag, maker, report);
    if (report->faults->len == before && inputs != NULL)
        verify_say(report->checked, "Parts: every file is one that belongs to a bundle of this run.");
}
