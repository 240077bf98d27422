/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/repeats.h"

#include "records/free.h"

#include <string.h>

struct Repeats {
    GHashTable *shown; /* the places in the file that are listed more than once -> whether shown yet */
};

static int compare(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Only where an entry of the index is one picture. */
static bool lists_pictures(const AVFormatContext *file)
{
    return strstr(file->iformat->name, "mp4") != NULL || strcmp(file->iformat->name, "avi") == 0;
}

/* The places of all pictures that are to be shown, sorted. */
static GArray *list_places(const AVStream *stream)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(int64_t));
    const int count = avformat_index_get_entries_count(stream);
    for (int i = 0; i < count; i++) {
        const AVIndexEntry *entry = avformat_index_get_entry((AVStream *)(uintptr_t)stream, i);
        if (entry->size > 0 && !(entry->flags & AVINDEX_DISCARD_FRAME))
            g_array_append_val(places, entry->pos);
    }
    g_array_sort(places, compare);
    return places;
}

Repeats *repeats_find(const AVFormatContext *file, const AVStream *stream)
{
    if (!lists_pictures(file))
        return NULL;
    g_autoptr(GArray) places = list_places(stream);
    Repeats *repeats = NULL;
    for (guint i = 1; i < places->len; i++) {
        const int64_t *place = &g_array_index(places, int64_t, i);
        if (place[0] != place[-1])
            continue;
        if (repeats == NULL) {
            repeats = g_new0(Repeats, 1);
            repeats->shown = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
        }
        g_hash_table_insert(repeats->shown, g_memdup2(place, sizeof *place), NULL);
    }
    return repeats;
}

bool repeats_note(Repeats *repeats, const AVPacket *packet)
{
    gpointer key, shown;
    if (repeats == NULL || !g_hash_table_lookup_extended(repeats->shown, &packet->pos, &key, &shown))
        return false;
    if (shown != NULL)
        return true;
    g_hash_table_insert(repeats->shown, g_memdup2(&packet->pos, sizeof packet->pos), GINT_TO_POINTER(1));
    return false;
}

DEFINE_FREE(repeats_free, Repeats, repeats, g_hash_table_unref(repeats->shown))
