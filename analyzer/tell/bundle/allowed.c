/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/allowed.h"

#include "config/system_network.h"
#include "records/error.h"
#include "records/save.h"
#include "yaml/confine.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include <jansson.h>

#define LIST "allowed.json"

typedef struct {
    const char *folder; /* of the file that names them */
    json_t *places;
} Elsewhere;

static void note_elsewhere(const char *path, const Elsewhere *elsewhere)
{
    g_autofree char *real = confine_elsewhere(elsewhere->folder, path);
    if (real != NULL)
        json_array_append_new(elsewhere->places, json_string(real));
}

static void note_evidence(const EvidenceFile *file, const char *role, void *user)
{
    (void)role;
    if (file->path != NULL)
        note_elsewhere(file->path, user);
}

static void note_labels(const ParamList *perception, json_t *places)
{
    const Param *param = param_list_find(perception, "labels");
    if (param == NULL || param->file == NULL)
        return;
    g_autofree char *folder = g_path_get_dirname(param->file);
    g_autofree char *path = confine_resolve(folder, param->value);
    note_elsewhere(path, &(Elsewhere){folder, places});
}

static void note_scenario(const Scenario *scenario, json_t *places)
{
    note_labels(scenario->perception, places);
    for (guint s = 0; s < scenario->systems->len; s++) {
        const ParamList *own = system_perception(scenario, g_ptr_array_index(scenario->systems, s));
        if (own != scenario->perception)
            note_labels(own, places);
    }
}

bool allowed_note(const char *folder, const Audit *audit, GError **error)
{
    g_autofree char *path = g_build_filename(folder, LIST, NULL);
    json_t *places = json_array();
    if (audit->file != NULL) { /* NULL: scenarios alone, of which nothing else is said */
        g_autofree char *own = g_path_get_dirname(audit->file);
        dossier_visit_files(&audit->dossier, note_evidence, &(Elsewhere){own, places});
    }
    for (guint i = 0; i < audit->scenarios->len; i++)
        note_scenario(g_ptr_array_index(audit->scenarios, i), places);
    bool fine = true;
    if (json_array_size(places) > 0) {
        char *text = json_dumps(places, JSON_INDENT(1));
        fine = save_file(path, text, -1, error);
        free(text);
    } else {
        g_unlink(path);
    }
    json_decref(places);
    return fine;
}

bool allowed_check(const char *run, GError **error)
{
    g_autofree char *path = g_build_filename(run, LIST, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return true;
    json_t *places = json_load_file(path, 0, NULL);
    bool fine = json_is_array(places);
    if (!fine)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no list of files", path);
    for (size_t i = 0; fine && i < json_array_size(places); i++) {
        const char *place = json_string_value(json_array_get(places, i));
        fine = place != NULL && confine_is_allowed(place);
        if (!fine)
            g_set_error(
                error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found “%s”, which lies elsewhere than the audit that names it, expected its folder "
                "given with --allow here too: a bundle holds a copy",
                run, place != NULL ? place : "");
    }
    json_decref(places);
    return fine;
}
