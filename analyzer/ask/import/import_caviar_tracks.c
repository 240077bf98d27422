/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/caviar.h"
#include "import/importer.h"
#include "language/texts.h"
#include "records/error.h"
#include "records/save.h"

#include <errno.h>
#include <inttypes.h>

/* A folder with observations, truth and the manifest that names both. */
static bool convert(const ImportRequest *request, GError **error)
{
    g_autoptr(Caviar) caviar = caviar_load(request->from, error);
    if (caviar == NULL)
        return false;
    const char *to = request->to, *id = request->id != NULL ? request->id : "caviar";
    if (g_mkdir_with_parents(to, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be made (%s)", to,
                    g_strerror(errno));
        return false;
    }
    g_autofree char *observations = g_build_filename(to, "tracks.jsonl.gz", NULL);
    g_autofree char *truth = g_build_filename(to, "truth.csv", NULL);
    g_autofree char *manifest = g_build_filename(to, "dataset.yaml", NULL);
    g_autofree char *duration = time_format_seconds(caviar_duration(caviar));
    g_autofree char *text = g_strdup_printf(
        "# Made by “vsaudit import caviar-tracks”: %" PRId64 " tracks marked by people, no video.\n"
        "schema: vsaudit/dataset/1\nid: %s\n"
        "title: {en: %s, fr: %s}\n"
        "source: EC Funded CAVIAR project/IST 2001 37540\n"
        "clips:\n  - id: lobby\n    file: tracks.jsonl.gz\n    duration_s: %s\ntruth: [truth.csv]\n",
        caviar_tracks(caviar), id, texts_get(texts_of("en"), "import.caviar"),
        texts_get(texts_of("fr"), "import.caviar"), duration);
    return caviar_write_observations(caviar, "lobby", observations, error) &&
           caviar_write_truth(caviar, "lobby", truth, error) && save_file(manifest, text, -1, error);
}

extern const Importer importer_caviar_tracks;
const Importer importer_caviar_tracks = {
    "caviar-tracks", "rows of tracks that people marked into a dataset without video, in a folder", convert};
