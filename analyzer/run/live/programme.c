/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/programme.h"

#include "records/free.h"

#include <math.h>

Programme *programme_new(const Show *shows, size_t count)
{
    Programme *programme = g_new0(Programme, 1);
    programme->count = count;
    programme->shows = g_memdup2(shows, count * sizeof *shows);
    for (size_t i = 0; i < count; i++) {
        Show *show = &programme->shows[i];
        if (show->starts_us != NULL)
            show->starts_us =
                g_memdup2(show->starts_us, g_strv_length((char **)(uintptr_t)show->files) * sizeof(int64_t));
        show->files = (const char *const *)g_strdupv((char **)(uintptr_t)show->files);
        show->condition = g_strdup(show->condition);
        show->sha256 = g_strdup(show->sha256);
        g_assert(show->kind == SHOW_CLIP
                     ? show->made != NULL || (show->files != NULL && show->files[0] != NULL)
                     : show->lasts_us > 0);
        g_assert(show->cut_us == 0 || show->lasts_us > 0);
    }
    return programme;
}

static void clear_programme(Programme *programme)
{
    for (size_t i = 0; i < programme->count; i++) {
        Show *show = &programme->shows[i];
        g_strfreev((char **)(uintptr_t)show->files);
        g_free((int64_t *)(uintptr_t)show->starts_us);
        g_free((char *)(uintptr_t)show->condition);
        g_free((char *)(uintptr_t)show->sha256);
    }
    g_free(programme->shows);
}

DEFINE_FREE(programme_free, Programme, programme, clear_programme(programme))

size_t programme_next_clip(const Programme *programme, size_t from)
{
    while (from < programme->count && programme->shows[from].kind != SHOW_CLIP)
        from++;
    return from;
}

void placing_begin(Placing *placing, int64_t delay_us)
{
    placing->base_us = MAX(placing->free_us, placing->shown_us - delay_us);
}

Place placing_place(Placing *placing, int64_t send_us, int64_t show_us, int64_t lasts_us)
{
    const Place place = {placing->base_us + send_us, placing->base_us + show_us};
    placing->free_us = MAX(placing->free_us, place.send_us + lasts_us);
    placing->shown_us = MAX(placing->shown_us, place.show_us + lasts_us);
    return place;
}

void placing_pass(Placing *placing, int64_t lasts_us)
{
    placing->free_us = MAX(placing->free_us, placing->shown_us) + lasts_us;
    placing->shown_us = placing->free_us;
}

void placing_not_before(Placing *placing, int64_t stream_us)
{
    placing->free_us = MAX(placing->free_us, stream_us);
    placing->shown_us = MAX(placing->shown_us, stream_us);
}

int64_t pace_wall(const Pace *pace, int64_t stream_us)
{
    return pace->wall_us + (int64_t)llround((double)(stream_us - pace->stream_us) / pace->speed);
}

int64_t pace_stream(const Pace *pace, int64_t wall_us)
{
    return pace->stream_us + (int64_t)llround((double)(wall_us - pace->wall_us) * pace->speed);
}
