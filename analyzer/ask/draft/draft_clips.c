/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft/draft_clips.h"

#include "draft/draft_text.h"
#include "records/cell.h"
#include "records/free.h"
#include "records/shown.h"

#include <string.h>

DEFINE_FREE(draft_clip_free, DraftClip, clip, g_free(clip->id), g_free(clip->path), g_free(clip->sha256),
            g_free(clip->camera), g_free(clip->twin))

char *draft_refer(const DraftRequest *request, const char *path)
{
    g_autofree char *folder = g_canonicalize_filename(request->folder, NULL);
    g_autofree char *prefix = g_strconcat(folder, "/", NULL);
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    return g_strdup(g_str_has_prefix(whole, prefix) ? whole + strlen(prefix) : whole);
}

/* One folder for all clips says nothing of cameras. */
static bool differ_in_camera(const GPtrArray *clips)
{
    const char *first = NULL;
    for (guint i = 0; i < clips->len; i++) {
        const DraftClip *clip = g_ptr_array_index(clips, i);
        if (clip->camera != NULL && first != NULL && strcmp(first, clip->camera) != 0)
            return true;
        first = clip->camera != NULL ? clip->camera : first;
    }
    return false;
}

static void append_length(GString *out, const DraftClip *clip)
{
    if (clip->duration_us == TIME_UNKNOWN) {
        g_string_append(out, "\n    # could not be read when this file was drafted");
        return;
    }
    g_autofree char *length = time_format_seconds(clip->duration_us);
    if (clip->no_clock)
        g_string_append_printf(out,
                               "\n    rate:  # pictures a second, to be filled in: the file has no clock (at "
                               "the rate supposed for it it would last %s s)",
                               length);
    else
        g_string_append_printf(out, "\n    duration_s: %s", length);
}

static void write_clip(const DraftRequest *request, const DraftClip *clip, bool cameras, GString *out)
{
    g_autofree char *file = draft_refer(request, clip->path);
    g_string_append(out, "  - id: ");
    draft_append_quoted(out, clip->id);
    g_string_append(out, "\n    file: ");
    draft_append_quoted(out, file);
    if (clip->sha256 != NULL)
        g_string_append_printf(out, "\n    sha256: %s", clip->sha256);
    if (clip->twin != NULL) {
        g_string_append(out, "\n    # the same bytes as ");
        draft_append_quoted(out, clip->twin);
        g_string_append(out, ": keep one of the two, or its hours and events count twice");
    }
    append_length(out, clip);
    if (clip->camera != NULL) {
        g_string_append(out, cameras ? "\n    camera: " : "\n    # camera: ");
        draft_append_quoted(out, clip->camera);
        g_string_append(out, "  # by its folder: check it");
    } else {
        g_string_append(out, "\n    # camera: which one");
    }
    g_string_append(out, "\n    # recorded_at: 2024-03-12 14:05:30\n");
}

void draft_append_dataset(GString *out, const DraftRequest *request)
{
    g_string_append(out, "# The clips. Say which camera filmed each one: alerts of one camera are not "
                         "independent of each other.\n"
                         "# recorded_at (the first frame by the camera's clock) is needed where an alert log "
                         "has clock times, and\n"
                         "# gives the report its hours of the day.\n"
                         "schema: vsaudit/dataset/1\nid: clips\ntitle:\n");
    draft_append_pair(out, phrase_new("draft.title_of_dataset"));
    g_string_append(out, "licence: unknown  # what you may do with the clips\n"
                         "# source: where they come from, who gave them, on which day\n"
                         "truth: [truth.csv]\n");
    draft_append_provenance(out);
    g_string_append(out, "clips:\n");
    const bool cameras = differ_in_camera(request->clips);
    for (guint i = 0; i < request->clips->len; i++)
        write_clip(request, g_ptr_array_index(request->clips, i), cameras, out);
    if (request->passed->len > 0)
        g_string_append(out, "# Passed over, no clips of this dataset:\n");
    for (guint i = 0; i < request->passed->len; i++) {
        g_autofree char *shown = shown_sentence(g_ptr_array_index(request->passed, i));
        g_string_append_printf(out, "#   %s\n", shown);
    }
}

void draft_append_truth(GString *out, const DraftRequest *request)
{
    g_string_append(out, "kind,clip,behaviour,start_s,end_s,label,note\n");
    CellWriter cells = {.out = out, .line_end = "\n"};
    for (guint i = 0; request->watched && i < request->clips->len; i++) {
        const DraftClip *clip = g_ptr_array_index(request->clips, i);
        if (clip->duration_us == TIME_UNKNOWN || clip->no_clock)
            continue;
        for (const char *const *id = request->behaviours; *id != NULL; id++) {
            cell_put(&cells, "coverage");
            cell_put_words(&cells, clip->id);
            cell_put(&cells, *id);
            cell_put(&cells, "0");
            cell_put_seconds(&cells, clip->duration_us);
            cell_put_empty(&cells, 2);
            cell_end_line(&cells);
        }
    }
}
