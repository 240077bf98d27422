/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit draft CLIPS…: the files of an audit, to be filled in. */
#include "cli/command.h"
#include "config/clip_files.h"
#include "config/draft_folder.h"
#include "media/replay.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const Command command_draft;

static const char *const endings[] = {"mp4",  "m4v", "mkv", "avi", "mov",  "webm", "ts",   "m2ts", "mpg",
                                      "mpeg", "wmv", "flv", "3gp", "h264", "h265", "hevc", "vob",  "asf"};

static bool is_video(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < G_N_ELEMENTS(endings); i++) {
        if (g_ascii_strcasecmp(dot + 1, endings[i]) == 0)
            return true;
    }
    return false;
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Video files at `path` and below it, links not followed. */
static bool collect(const char *path, GPtrArray *files, bool named, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: found nothing there, expected a clip or a folder of clips", path);
            return false;
        }
        if (named || is_video(path))
            g_ptr_array_add(files, g_strdup(path));
        return true;
    }
    GDir *folder = g_dir_open(path, 0, error);
    bool good = folder != NULL;
    for (const char *name; good && (name = g_dir_read_name(folder)) != NULL;) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (*name != '.' && !g_file_test(inside, G_FILE_TEST_IS_SYMLINK))
            good = collect(inside, files, false, error);
    }
    g_clear_pointer(&folder, g_dir_close);
    return good;
}

/* The clip's length, decoded: what a container promises is not always there. TIME_UNKNOWN when it is no video
 * that can be read. */
static int64_t measure(const char *path, GError **error)
{
    const ReplayRequest request = {.max_width = 16, .max_rate = 1, .no_chain = true};
    g_autoptr(Replay) replay = replay_open(path, &request, error);
    if (replay == NULL)
        return TIME_UNKNOWN;
    ReplayFrame frame;
    ReplayStatus status;
    while ((status = replay_next(replay, &frame, error)) == REPLAY_FRAME)
        continue;
    return status == REPLAY_END ? replay_quality(replay)->duration_us : TIME_UNKNOWN;
}

static char *name_clip(const char *path, GHashTable *taken)
{
    g_autofree char *base = g_path_get_basename(path);
    char *dot = strrchr(base, '.');
    if (dot != NULL && dot != base)
        *dot = '\0';
    g_autofree char *stem = g_utf8_make_valid(base, -1);
    char *id = g_strdup(stem);
    for (guint i = 2; !g_hash_table_add(taken, g_strdup(id)); i++) {
        g_free(id);
        id = g_strdup_printf("%s-%u", stem, i);
    }
    return id;
}

static GPtrArray *read_clips(const GPtrArray *files, bool quiet)
{
    GPtrArray *clips = g_ptr_array_new_with_free_func((GDestroyNotify)draft_clip_free);
    g_autoptr(ClipFiles) hashes = clip_files_new();
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        if (!quiet && isatty(STDERR_FILENO))
            fprintf(stderr, "\r\033[Kreading clip %u of %u: %s", i + 1, files->len, path);
        g_autoptr(GError) cause = NULL;
        DraftClip *clip = g_new0(DraftClip, 1);
        clip->id = name_clip(path, taken);
        clip->path = g_strdup(path);
        clip->sha256 = clip_files_hash(hashes, path);
        clip->duration_us = measure(path, &cause);
        g_ptr_array_add(clips, clip);
        if (cause != NULL)
            fprintf(stderr, "%svsaudit draft: %s\n", isatty(STDERR_FILENO) ? "\r\033[K" : "", cause->message);
    }
    if (!quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K");
    return clips;
}

static void tell(const GPtrArray *paths, const GPtrArray *clips, const char *folder, bool watched)
{
    int64_t total_us = 0;
    for (guint i = 0; i < clips->len; i++) {
        const DraftClip *clip = g_ptr_array_index(clips, i);
        total_us += clip->duration_us != TIME_UNKNOWN ? clip->duration_us : 0;
    }
    printf("%u clip%s, %.1f minutes. Written:\n", clips->len, clips->len == 1 ? "" : "s",
           time_to_seconds(total_us) / 60);
    for (guint i = 0; i < paths->len; i++)
        printf("  %s\n", (const char *)g_ptr_array_index(paths, i));
    printf("Next:\n"
           "  1. truth.csv: one coverage line for each stretch that somebody watched%s, one event line for "
           "each event\n"
           "  2. the scenarios: what was claimed; audit.yaml: who asked, and what the public was told\n"
           "  3. vsaudit check %s/audit.yaml && vsaudit run %s/audit.yaml -o my-report\n",
           watched ? " (there already: all clips from end to end, as you said)" : "", folder, folder);
}

static const char description[] =
    "CLIPS are video files, or folders that are searched for them.\n"
    "An alert log in vsaudit's own form is entered as it is; for any other table a map is drafted that says "
    "how it is to\n"
    "be read (see “vsaudit import alert-log”). No file is ever written over.\n\n"
    "Exit status: 0 done; 2 wrong usage; 3 bad input.\n";

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *folder = NULL, *behaviours = NULL;
    g_auto(GStrv) alerts = NULL;
    gboolean quiet = FALSE, watched = FALSE;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &folder, "the audit's folder", "DIR"},
        {"behaviour", 'b', 0, G_OPTION_ARG_STRING, &behaviours,
         "what is to be detected, comma-separated ids (vsaudit list behaviours)", "LIST"},
        {"alerts", 0, 0, G_OPTION_ARG_STRING_ARRAY, &alerts,
         "a table of a system's alerts and, if wanted, the system's name; may be repeated", "[NAME=]FILE"},
        {"watched", 0, 0, G_OPTION_ARG_NONE, &watched,
         "somebody has watched every clip from end to end for every behaviour: enter that in truth.csv",
         NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    if (!command_parse(&command_draft, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc < 2 || folder == NULL || behaviours == NULL) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "expected clips or folders of clips, -b BEHAVIOUR and -o DIR (see “vsaudit draft --help”)");
        return EXIT_USAGE;
    }
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (int i = 1; i < argc; i++) {
        if (!collect(argv[i], files, true, error))
            return EXIT_BAD_INPUT;
    }
    if (files->len == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no video file, expected some",
                    argv[1]);
        return EXIT_BAD_INPUT;
    }
    g_ptr_array_sort(files, compare_paths);
    g_autoptr(GPtrArray) clips = read_clips(files, quiet);
    g_auto(GStrv) ids = g_strsplit(behaviours, ",", -1);
    const DraftRequest request = {folder, clips, (const char *const *)ids, (const char *const *)alerts,
                                  watched};
    g_autoptr(GPtrArray) paths = draft_folder_write(&request, error);
    if (paths == NULL)
        return EXIT_BAD_INPUT;
    if (!quiet)
        tell(paths, clips, folder, watched);
    return EXIT_DONE;
}

const Command command_draft = {"draft", "CLIPS… -b BEHAVIOUR -o DIR",
                               "write the files of an audit for a folder of clips, to be filled in", run};
