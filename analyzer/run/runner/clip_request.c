/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/clip_request.h"

void clip_request_init(ClipRequest *files, const Clip *clip, ReplayRequest *request)
{
    files->count = MAX(clip->files->len, 1);
    files->paths = clip_paths(clip);
    files->sha256 = g_new0(const char *, files->count + 1);
    files->starts_us = g_new0(int64_t, files->count);
    files->sha256[0] = clip->sha256;
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        files->sha256[i] = file->sha256;
        files->starts_us[i] = i == 0 ? 0 : file->start_us;
    }
    request->rate = clip->rate;
    request->sha256 = files->sha256;
    if (clip->files->len == 0)
        return;
    request->files = files->paths;
    request->starts_us = files->starts_us;
}

char *clip_request_hashes(const ClipRequest *files, const Replay *replay)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < files->count; i++) {
        const char *sha256 = replay_sha256(replay, i);
        if (sha256 == NULL)
            return NULL;
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", sha256);
    }
    return g_strdup(all->str);
}

void clip_request_clear(ClipRequest *files)
{
    g_free(files->paths);
    g_free(files->sha256);
    g_free(files->starts_us);
}
