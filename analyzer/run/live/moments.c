/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/moments.h"

#include "records/free.h"

struct Moments {
    GMutex lock;
    GArray *list; /* of Moment, by wall time */
};

Moments *moments_new(void)
{
    Moments *moments = g_new0(Moments, 1);
    g_mutex_init(&moments->lock);
    moments->list = g_array_new(FALSE, FALSE, sizeof(Moment));
    return moments;
}

DEFINE_FREE(moments_free, Moments, moments, g_array_unref(moments->list), g_mutex_clear(&moments->lock))

static const Moment *get(const Moments *moments, guint i)
{
    return &g_array_index(moments->list, Moment, i);
}

static bool same_showing(const Moment *a, const Moment *b)
{
    return a->play == b->play && a->round == b->round && a->show == b->show;
}

/* Those before that programme, and before that round of it. */
static void forget(Moments *moments, int play, int round)
{
    guint gone = 0;
    for (; gone < moments->list->len; gone++) {
        const Moment *one = get(moments, gone);
        if (one->play > play || (one->play == play && one->round >= round))
            break;
    }
    if (gone > 0)
        g_array_remove_range(moments->list, 0, gone);
}

void moments_forget(Moments *moments, int play)
{
    g_mutex_lock(&moments->lock);
    forget(moments, play, 0);
    g_mutex_unlock(&moments->lock);
}

void moments_add(Moments *moments, Moment moment)
{
    g_mutex_lock(&moments->lock);
    const guint count = moments->list->len;
    moment.newest_us = moment.t_us;
    if (count > 0) {
        const Moment *last = get(moments, count - 1);
        g_assert(moment.wall_us >= last->wall_us);
        if (same_showing(last, &moment))
            moment.newest_us = MAX(last->newest_us, moment.t_us);
        if (count >= MOMENTS_LOOP && moment.round > last->round)
            forget(moments, moment.play, moment.round - 1);
    }
    g_array_append_val(moments->list, moment);
    g_mutex_unlock(&moments->lock);
}

bool moments_at(Moments *moments, int64_t wall_us, Moment *moment)
{
    g_mutex_lock(&moments->lock);
    guint from = 0, to = moments->list->len; /* the answer is one before `from` */
    while (from < to) {
        const guint middle = from + (to - from) / 2;
        if (get(moments, middle)->wall_us <= wall_us)
            from = middle + 1;
        else
            to = middle;
    }
    if (from > 0)
        *moment = *get(moments, from - 1);
    g_mutex_unlock(&moments->lock);
    return from > 0;
}

bool moments_find(Moments *moments, int play, int show, int64_t t_us, Moment *moment)
{
    bool found = false;
    g_mutex_lock(&moments->lock);
    for (guint i = 0; i < moments->list->len && !found; i++) {
        const Moment *one = get(moments, i);
        found = one->play == play && one->show == show && one->t_us >= t_us;
        if (found)
            *moment = *one;
    }
    g_mutex_unlock(&moments->lock);
    return found;
}

GArray *moments_copy(Moments *moments)
{
    g_mutex_lock(&moments->lock);
    GArray *copy = g_array_copy(moments->list);
    g_mutex_unlock(&moments->lock);
    return copy;
}

size_t moments_count(Moments *moments)
{
    g_mutex_lock(&moments->lock);
    const size_t count = moments->list->len;
    g_mutex_unlock(&moments->lock);
    return count;
}
