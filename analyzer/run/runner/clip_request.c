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

void clip_request_clear(ClipRequest *files)
{
    g_free(files->paths);
    g_free(files->sha256);
    g_free(files->starts_us);
}
