/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit import KIND FILE: other formats into the program's own. */
#include "cli/command.h"
#include "config/clip_index.h"
#include "import/alert_map.h"
#include "import/caviar.h"
#include "language/texts.h"
#include "records/save.h"
#include "records/shown.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

extern const Command command_import;

typedef struct {
    const char *from, *to;
    const char *id, *readings, *map, *dataset; /* or NULL: not given */
    bool quiet;
} Import;

static bool import_clip_index(const Import *import, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(import->from, NULL);
    g_autofree char *folder = g_path_get_dirname(absolute);
    g_autofree char *text = clip_index_to_manifest(import->from, import->readings,
                                                   import->id != NULL ? import->id : "local", folder, error);
    return text != NULL && save_file(import->to, text, -1, error);
}

/* The sum of the rows: what became of every one of them. */
static void tell_count(const Import *import, const AlertMapCount *count, const AlertLog *log)
{
    printf("%s: %u row%s: %u alert%s, %u of a kind to ignore, %u outside of every clip", import->to,
           count->rows, count->rows == 1 ? "" : "s", count->taken, count->taken == 1 ? "" : "s",
           count->ignored, count->elsewhere);
    if (count->ignored_places > 0)
        printf(", %u of a clip or a camera to ignore", count->ignored_places);
    if (log->repeats.repeated > 0)
        printf(", %u that repeat%s another", log->repeats.repeated, log->repeats.repeated == 1 ? "s" : "");
    putchar('\n');
    for (guint i = 0; i < count->notes->len; i++)
        printf("  %s\n", (const char *)g_ptr_array_index(count->notes, i));
    if (count->elsewhere > count->notes->len)
        printf("  and %u more\n", count->elsewhere - count->notes->len);
}

/* What whoever reads the alerts must know; told under --quiet too. */
static void warn(const Import *import, const AlertMapCount *count, const AlertLog *log)
{
    g_autofree char *repeats = alert_log_describe_repeats(log);
    if (repeats != NULL)
        fprintf(stderr, "vsaudit import: %s: %s\n", import->from, repeats);
    if (log->repeats.differing > 0)
        fprintf(
            stderr,
            "vsaudit import: %s: %u of the repeated rows %s not the same in the log: what the map reads of "
            "them says the same in other words, or they differ in columns that it passes over. If they "
            "are alerts of their own, name the column that tells them apart under columns (note: …)\n",
            import->from, log->repeats.differing, log->repeats.differing == 1 ? "is" : "are");
    if (count->shown_twice > 0)
        fprintf(
            stderr,
            "vsaudit import: %s: warning: %u row%s in an hour that the change of clocks repeats: such a time "
            "is taken as the first of the two that lies in a clip; a log that writes the offset from UTC "
            "(%%z in the map’s time) leaves no doubt\n",
            import->from, count->shown_twice, count->shown_twice == 1 ? " lies" : "s lie");
    if (count->suspicion.suspected) {
        g_autoptr(Phrase) said = shift_sentence(&count->suspicion, SHIFT_INTO_CLIPS);
        g_autofree char *warning = phrase_render(said, texts_of("en"));
        fprintf(stderr, "vsaudit import: %s: warning: %s\n", import->from, warning);
    }
    if (count->taken == 0)
        fprintf(stderr,
                "vsaudit import: %s: warning: no row became an alert: %s is the log of a system that never "
                "alerts; is the export complete?\n",
                import->from, import->to);
}

static bool import_alert_log(const Import *import, GError **error)
{
    if (import->map == NULL || import->dataset == NULL) {
        g_set_error_literal(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "an alert log needs --map FILE, which says what its columns are, and --dataset FILE, "
            "whose clips it is about");
        return false;
    }
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Dataset) dataset = dataset_read(import->dataset, problems);
    if (!problems_to_error(problems, error))
        return false;
    AlertMapCount count;
    g_autoptr(AlertLog) log = alert_map_read(import->map, import->from, dataset, &count, problems);
    const bool good = problems_first_to_error(problems, error) && alert_log_write_csv(log, import->to, error);
    if (good && !import->quiet)
        tell_count(import, &count, log);
    if (good)
        warn(import, &count, log);
    alert_map_count_clear(&count);
    return good;
}

/* A folder with observations, truth and the manifest that names both. */
static bool import_caviar_tracks(const Import *import, GError **error)
{
    g_autoptr(Caviar) caviar = caviar_load(import->from, error);
    if (caviar == NULL)
        return false;
    const char *to = import->to, *id = import->id != NULL ? import->id : "caviar";
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

static const struct {
    const char *name;
    bool (*convert)(const Import *import, GError **error);
} kinds[] = {
    {"alert-log", import_alert_log},
    {"caviar-tracks", import_caviar_tracks},
    {"clip-index", import_clip_index},
};

static const char description[] =
    "Kinds:\n"
    "  alert-log      a vendor’s own table of alerts (CSV with any columns) into an alert log; --map says "
    "what "
    "its\n"
    "                 columns, times and words mean (format: scenarios/README.md, “alert map”)\n"
    "  caviar-tracks  rows of tracks that people marked into a dataset without video, in a folder\n"
    "  clip-index     an index.json of clips into a dataset manifest\n\n"
    "Exit status: 0 done; 2 wrong usage; 3 bad input.\n";

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *id = NULL, *readings = NULL, *map = NULL, *dataset = NULL;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "what to write: a file, for caviar-tracks a folder",
         "PATH"},
        {"id", 0, 0, G_OPTION_ARG_STRING, &id, "clip-index, caviar-tracks: the new dataset's id", "ID"},
        {"readings", 0, 0, G_OPTION_ARG_FILENAME, &readings,
         "what the index's words mean for the behaviours, and zones and lines (JSON)", "FILE"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &map, "alert-log: how it is to be read (YAML)", "FILE"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset, "alert-log: the clips it is about", "FILE"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    if (!command_parse(&command_import, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 3 || out == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected a kind, a file, and -o PATH");
        return EXIT_USAGE;
    }
    const Import import = {argv[2], out, id, readings, map, dataset, quiet};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(argv[1], kinds[i].name) == 0)
            return kinds[i].convert(&import, error) ? EXIT_DONE : EXIT_BAD_INPUT;
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "found the kind “%s”, expected alert-log, caviar-tracks or clip-index", argv[1]);
    return EXIT_USAGE;
}

const Command command_import = {"import", "KIND FILE -o PATH", "other formats into the program's own", run};
