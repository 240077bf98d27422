/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips that are the same footage by what a dataset says of them: the same file, or the same camera at the
 * same time. Copies of a file are found when they are replayed (evaluate/results_footage.h). */
#include "config/dataset_internal.h"

#include <stdlib.h>
#include <string.h>

/* Clocks are stated in whole seconds, and a segment may begin with the last pictures of the one before. */
#define OVERLAP_US (2 * US_PER_SECOND)

/* What a clip's file is known by: the hash, where it is on this machine, and as it is written. */
enum { BY_HASH, BY_PLACE, BY_NAME, KEYS };

static void find_keys(const Clip *clip, char *keys[KEYS])
{
    char *real = clip->path != NULL && clip->files->len == 0 ? realpath(clip->path, NULL) : NULL;
    keys[BY_HASH] = g_strdup(clip->sha256);
    keys[BY_PLACE] = g_strdup(real);
    keys[BY_NAME] = g_strdup(clip->file);
    free(real); /* of malloc */
}

static const Clip *same_file(GHashTable *known, Clip *clip)
{
    char *keys[KEYS];
    find_keys(clip, keys);
    const Clip *first = NULL;
    for (int k = 0; k < KEYS && first == NULL; k++)
        first = keys[k] != NULL ? g_hash_table_lookup(known, keys[k]) : NULL;
    for (int k = 0; k < KEYS; k++) {
        if (keys[k] != NULL && first == NULL)
            g_hash_table_insert(known, keys[k], clip);
        else
            g_free(keys[k]);
    }
    return first;
}

static int64_t begin_us(const Clip *clip)
{
    return g_date_time_to_unix(clip->recorded_at) * US_PER_SECOND +
           g_date_time_get_microsecond(clip->recorded_at);
}

static gint compare_places(gconstpointer a, gconstpointer b)
{
    const Clip *x = *(const Clip *const *)a, *y = *(const Clip *const *)b;
    const int by_camera = strcmp(x->camera, y->camera);
    const int64_t x_us = begin_us(x), y_us = begin_us(y);
    if (by_camera != 0)
        return by_camera;
    return x_us != y_us ? (x_us > y_us) - (x_us < y_us) : (x->line > y->line) - (x->line < y->line);
}

/* One camera films one thing at a time. */
static void find_same_time(Dataset *dataset)
{
    g_autoptr(GPtrArray) timed = g_ptr_array_new();
    for (guint i = 0; i < dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(dataset->clips, i);
        if (clip->recorded_at != NULL && clip->camera != NULL && clip->duration_us != TIME_UNKNOWN)
            g_ptr_array_add(timed, clip);
    }
    g_ptr_array_sort(timed, compare_places);
    const Clip *latest = NULL;
    for (guint i = 0; i < timed->len; i++) {
        Clip *clip = g_ptr_array_index(timed, i);
        const bool same = latest != NULL && strcmp(latest->camera, clip->camera) == 0 &&
                          latest->recorded_local == clip->recorded_local;
        const int64_t end_us = same ? begin_us(latest) + latest->duration_us : 0;
        const int64_t both_us = MIN(end_us, begin_us(clip) + clip->duration_us) - begin_us(clip);
        if (same && both_us > OVERLAP_US && clip->copy_of == NULL)
            clip->copy_of = latest;
        if (!same || begin_us(clip) + clip->duration_us > end_us)
            latest = clip;
    }
}

void dataset_find_copies(Dataset *dataset)
{
    enum { MOST_NAMED = 5 };
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(dataset->clips, i);
        clip->copy_of = same_file(known, clip);
    }
    g_autofree bool *is_file = g_new0(bool, dataset->clips->len + 1);
    for (guint i = 0; i < dataset->clips->len; i++)
        is_file[i] = ((const Clip *)g_ptr_array_index(dataset->clips, i))->copy_of != NULL;
    find_same_time(dataset);
    guint copies = 0;
    for (guint i = 0; i < dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, i);
        if (clip->copy_of == NULL || copies++ >= MOST_NAMED)
            continue;
        g_autofree char *what =
            is_file[i] ? g_strdup_printf("is the file of clip “%s”", clip->copy_of->id)
                       : g_strdup_printf("was filmed by camera “%s” while clip “%s” was, by recorded_at",
                                         clip->camera, clip->copy_of->id);
        g_ptr_array_add(
            dataset->remarks,
            g_strdup_printf("%s:%d: clip “%s” %s: the same footage counted again says nothing new, and "
                            "no claim will be judged by it",
                            dataset->file, clip->line, clip->id, what));
    }
    if (copies > MOST_NAMED)
        g_ptr_array_add(dataset->remarks, g_strdup_printf("%s: %u more clips are the footage of others",
                                                          dataset->file, copies - MOST_NAMED));
}
