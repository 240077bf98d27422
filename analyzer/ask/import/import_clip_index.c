/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/clip_index.h"
#include "import/importer.h"
#include "records/save.h"

static bool convert(const ImportRequest *request, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(request->from, NULL);
    g_autofree char *folder = g_path_get_dirname(absolute);
    const char *id = request->id != NULL ? request->id : "local";
    g_autofree char *text = clip_index_to_manifest(request->from, request->readings, id, folder, error);
    return text != NULL && save_file(request->to, text, -1, error);
}

extern const Importer importer_clip_index;
const Importer importer_clip_index = {"clip-index", "an index.json of clips into a dataset manifest", convert};
