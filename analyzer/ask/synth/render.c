/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synth/render.h"

#include "media/writer.h"
#include "records/error.h"
#include "records/file_hash.h"
#include "synth/picture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

char *render_clip(const Script *script, const char *folder, _Atomic int64_t *done_us, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s.mp4", script->id);
    g_autofree char *part_name = g_strdup_printf(".part-%s", name);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *part = g_build_filename(folder, part_name, NULL);
    Writer *writer =
        writer_open(part, (int)script->width, (int)script->height, script->rate_num, script->rate_den, error);
    if (writer == NULL)
        return NULL;
    g_autoptr(Stage) stage = stage_new(script);
    const int64_t frames = script_frames(script);
    for (int64_t frame = 0; frame < frames; frame++) {
        int stride = 0;
        const uint8_t *pixels = stage_draw(stage, frame, &stride);
        if (!writer_add_bgrx(writer, pixels, stride, error)) {
            writer_abort(writer);
            return NULL;
        }
        if (done_us != NULL)
            atomic_store(done_us, (frame + 1) * 1000000 * script->rate_den / script->rate_num);
    }
    if (!writer_close(writer, error))
        return NULL;
    if (g_rename(part, path) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "%s: cannot put the finished clip in its place: %s", path, g_strerror(errno));
        return NULL;
    }
    char *hash = file_hash(path, NULL);
    if (hash == NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be read (%s)", path,
                    g_strerror(errno));
    return hash;
}
