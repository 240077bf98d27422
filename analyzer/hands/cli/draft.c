/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit draft CLIPS…: the files of an audit, to be filled in. */
#include "cli/command.h"
#include "cli/outcome.h"
#include "cli/speech.h"
#include "config/clip_files.h"
#include "draft/draft_files.h"
#include "draft/draft_folder.h"
#include "language/phrase.h"
#include "records/shown.h"
#include "runner/measure.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const Command command_draft;

enum { STEM_MAX = 150 }; /* characters; a dataset takes 200 */

/* The file's name without its ending, on one line. */
static char *find_stem(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    char *dot = strrchr(base, '.');
    if (dot != NULL && dot != base)
        *dot = '\0';
    g_autofree char *valid = g_utf8_make_valid(base, -1);
    GString *stem = g_string_new(NULL);
    glong length = 0;
    for (const char *at = valid; *at != '\0' && length < STEM_MAX; at = g_utf8_next_char(at), length++) {
        const gunichar letter = g_utf8_get_char(at);
        const GUnicodeType type = g_unichar_type(letter);
        const bool plain = type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT &&
                           type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
        g_string_append_unichar(stem, plain ? letter : '-');
    }
    return g_string_free(stem, FALSE);
}

static char *name_clip(const char *path, GHashTable *taken)
{
    g_autofree char *stem = find_stem(path);
    char *id = g_strdup(stem);
    for (guint i = 2; !g_hash_table_add(taken, g_strdup(id)); i++) {
        g_free(id);
        id = g_strdup_printf("%s-%u", stem, i);
    }
    return id;
}

/* ---- what the candidates turned out to be */

typedef struct {
    GPtrArray *clips;  /* of DraftClip * */
    ClipFiles *hashes; /* of files */
    GHashTable *taken; /* ids */
    GHashTable *known; /* SHA-256 -> id of the first clip with it */
} Taking;

static void take(Taking *taking, const Candidate *candidate, const Measure *measure)
{
    DraftClip *clip = g_new0(DraftClip, 1);
    clip->id = name_clip(candidate->path, taking->taken);
    clip->path = g_strdup(candidate->path);
    clip->camera = candidate->camera != NULL ? g_utf8_make_valid(candidate->camera, -1) : NULL;
    clip->sha256 = clip_files_hash(taking->hashes, candidate->path);
    clip->duration_us = measure->duration_us;
    clip->no_clock = measure->no_clock;
    g_ptr_array_add(taking->clips, clip);
    if (clip->sha256 == NULL)
        return;
    const char *first = g_hash_table_lookup(taking->known, clip->sha256);
    if (first == NULL)
        g_hash_table_insert(taking->known, clip->sha256, clip->id);
    else
        clip->twin = g_strdup(first);
}

/* Why a candidate that was decoded (or was not) is no clip; NULL: it is one. */
static char *refuse(const Candidate *candidate, const Measure *measure)
{
    if (candidate->likely == LIKELY_NAMED || candidate->likely == LIKELY_VIDEO)
        return NULL;
    if (measure->reason != NULL)
        return g_strdup(measure->reason + strlen(candidate->path) + strlen(": "));
    if (candidate->likely == LIKELY_OTHER)
        return g_strdup("it can be read as a video, but neither its name nor its first bytes say that it is "
                        "one; name it as a clip to have it taken");
    return NULL;
}

/* A line in the language of whoever typed. Takes the phrase. */
static void say(FILE *to, Phrase *phrase)
{
    g_autofree char *text = phrase_render(phrase, speech_texts());
    shown_line(to, "%s", text);
    phrase_free(phrase);
}

static void say_of_clip(const DraftClip *clip, const Measure *measure)
{
    if (measure->reason != NULL)
        shown_line(stderr, "vsaudit draft: %s", measure->reason);
    if (measure->no_clock)
        say(stderr, phrase_own(phrase_new("draft.no_clock"), "file", clip->path));
    if (clip->twin != NULL)
        say(stderr, phrase_own(phrase_own(phrase_new("draft.twin"), "file", clip->path), "twin", clip->twin));
}

static GPtrArray *read_clips(DraftFiles *files, bool quiet, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (guint i = 0; i < files->candidates->len; i++)
        g_ptr_array_add(paths, ((const Candidate *)g_ptr_array_index(files->candidates, i))->path);
    const MeasureRequest request = {.no_chain = true, .shown = !quiet};
    g_autoptr(GPtrArray) measures = measure_clips(paths, &request, error);
    if (measures == NULL)
        return NULL;
    g_autoptr(ClipFiles) hashes = clip_files_new();
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    Taking taking = {g_ptr_array_new_with_free_func((GDestroyNotify)draft_clip_free), hashes, taken, known};
    for (guint i = 0; i < measures->len; i++) {
        const Candidate *candidate = g_ptr_array_index(files->candidates, i);
        const Measure *measure = g_ptr_array_index(measures, i);
        g_autofree char *reason = refuse(candidate, measure);
        if (reason != NULL) {
            draft_files_pass(files, candidate->path, reason);
            continue;
        }
        take(&taking, candidate, measure);
        say_of_clip(g_ptr_array_index(taking.clips, taking.clips->len - 1), measure);
    }
    return taking.clips;
}

/* A sentence for each file that was passed over, said on standard error. */
static GPtrArray *list_passed(DraftFiles *files)
{
    draft_files_sort(files);
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < files->passed->len; i++) {
        const PassedOver *passed = g_ptr_array_index(files->passed, i);
        g_ptr_array_add(list, g_strdup_printf("%s: %s", passed->path, passed->reason));
        say(stderr, phrase_own(phrase_own(phrase_new("draft.passed"), "file", passed->path), "reason",
                               passed->reason));
    }
    return list;
}

static void tell_footage(const DraftRequest *request)
{
    int64_t total_us = 0;
    guint unknown = 0;
    for (guint i = 0; i < request->clips->len; i++) {
        const DraftClip *clip = g_ptr_array_index(request->clips, i);
        const bool known = clip->duration_us != TIME_UNKNOWN && !clip->no_clock;
        total_us += known ? clip->duration_us : 0;
        unknown += !known;
    }
    Phrase *footage = phrase_integer(phrase_new("draft.footage"), "n", request->clips->len);
    phrase_decimal(footage, "minutes", time_to_seconds(total_us) / 60, 1);
    if (unknown > 0)
        phrase_part(footage, "unknown", phrase_integer(phrase_new("draft.unknown"), "n", unknown));
    if (request->passed->len > 0)
        phrase_part(footage, "passed",
                    phrase_integer(phrase_new("draft.passed_over"), "n", request->passed->len));
    say(stdout, footage);
}

static void tell_step(int step, const char *key, const char *folder)
{
    Phrase *phrase = phrase_integer(phrase_new("draft.step"), "n", step);
    say(stdout, phrase_part(phrase, "step", phrase_own(phrase_new(key), "folder", folder)));
}

static void tell(const GPtrArray *paths, const DraftRequest *request)
{
    bool mapped = false;
    tell_footage(request);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        g_autofree char *name = g_path_get_basename(path);
        mapped = mapped || g_str_has_prefix(name, "map-");
        shown_line(stdout, "  %s", path);
    }
    g_autofree char *folder = shown_sentence(request->folder);
    int step = 1;
    say(stdout, phrase_new("draft.next"));
    tell_step(step++, request->watched ? "draft.step.watched" : "draft.step.truth", folder);
    if (mapped)
        tell_step(step++, "draft.step.map", folder);
    tell_step(step++, "draft.step.scenarios", folder);
    tell_step(step++, "draft.step.check", folder);
    tell_step(step, "draft.step.run", folder);
}

static const char description[] =
    "CLIPS are video files, or folders that are searched for them; links are followed. A file in a folder "
    "counts as a clip\nby its ending or its content; what looks like a video and is not taken is named with "
    "the "
    "reason. Clips in sub-folders\nget the sub-folder's name for their camera.\n"
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
    g_autoptr(DraftFiles) files = draft_files_new();
    for (int i = 1; i < argc; i++) {
        if (!draft_files_collect(files, argv[i], error))
            return EXIT_BAD_INPUT;
    }
    draft_files_sort(files);
    g_autoptr(GPtrArray) clips = read_clips(files, quiet, error);
    if (clips == NULL)
        return EXIT_HARNESS;
    g_autoptr(GPtrArray) passed = list_passed(files);
    if (clips->len == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no video file%s, expected some",
                    argv[1], passed->len > 0 ? " but those passed over" : "");
        return EXIT_BAD_INPUT;
    }
    g_auto(GStrv) ids = g_strsplit(behaviours, ",", -1);
    const DraftRequest request = {.folder = folder,
                                  .clips = clips,
                                  .passed = passed,
                                  .behaviours = (const char *const *)ids,
                                  .alerts = (const char *const *)alerts,
                                  .watched = watched};
    g_autoptr(GPtrArray) paths = draft_folder_write(&request, error);
    if (paths == NULL)
        return EXIT_BAD_INPUT;
    outcome_set_strings("written", paths);
    outcome_set_strings("passed_over", passed);
    if (!quiet)
        tell(paths, &request);
    return EXIT_DONE;
}

const Command command_draft = {"draft", "CLIPS… -b BEHAVIOUR -o DIR",
                               "write the files of an audit for a folder of clips, to be filled in", run};
