/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/cameras.h"

GArray *cameras_sum(const EvalClip *clips, const EvalClipResult *results, size_t count)
{
    GArray *cameras = g_array_new(FALSE, TRUE, sizeof(CameraTotals));
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < count; i++) {
        const EvalClipResult *result = &results[i];
        if (clips[i].failed || result->scored_us == 0)
            continue;
        gpointer place = NULL;
        if (clips[i].camera == NULL || !g_hash_table_lookup_extended(places, clips[i].camera, NULL, &place)) {
            const CameraTotals fresh = {.camera = clips[i].camera,
                                        .clip = clips[i].id,
                                        .unnamed = clips[i].camera == NULL || clips[i].camera_unnamed};
            place = GUINT_TO_POINTER(cameras->len);
            g_array_append_val(cameras, fresh);
            if (clips[i].camera != NULL)
                g_hash_table_insert(places, (gpointer)(uintptr_t)clips[i].camera, place);
        }
        CameraTotals *camera = &g_array_index(cameras, CameraTotals, GPOINTER_TO_UINT(place));
        camera->scored_us += result->scored_us;
        camera->hits += result->hits;
        camera->misses += result->misses;
        camera->false_strict += result->false_alerts + result->duplicates;
        const int64_t passages = eval_passages(&clips[i], result);
        camera->passages = passages < 0 || camera->passages < 0 ? -1 : camera->passages + passages;
    }
    return cameras;
}

int64_t cameras_unnamed(const GArray *cameras)
{
    int64_t unnamed = 0;
    for (guint i = 0; i < cameras->len; i++)
        unnamed += g_array_index(cameras, CameraTotals, i).unnamed;
    return unnamed;
}
