/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/player.h"

#include "records/error.h"
#include "records/free.h"

#define MOST_CUES 64
#define MOST_BYTES (INT64_C(16) << 20)

struct Player {
    Programme *programme;
    PlayerOptions options;
    FeedCodec codec;
    FeedForm *form;
    char *reason;
    Feed *first; /* of the next clip, until it is shown */
    Feed *ended; /* the clip that was shown last; NULL = none yet */
    GThread *thread;

    GMutex lock; /* of what follows */
    GCond room;
    GQueue cues; /* of Cue * */
    int64_t bytes;
    bool stopping;
};

static void clear_cue(Cue *cue)
{
    feed_unit_free(cue->unit);
    g_clear_error(&cue->error);
}

DEFINE_FREE(cue_free, Cue, cue, clear_cue(cue))

static int64_t weight(const Cue *cue)
{
    return cue->unit != NULL ? (int64_t)g_bytes_get_size(cue->unit->data) : 0;
}

/* False: the player is to stop. Takes the cue. */
static bool push(Player *player, Cue cue)
{
    Cue *kept = g_memdup2(&cue, sizeof cue);
    g_mutex_lock(&player->lock);
    while (!player->stopping && player->cues.length > 0 &&
           (player->cues.length >= MOST_CUES || player->bytes >= MOST_BYTES))
        g_cond_wait(&player->room, &player->lock);
    const bool going = !player->stopping;
    if (going) {
        g_queue_push_tail(&player->cues, kept);
        player->bytes += weight(kept);
    }
    g_mutex_unlock(&player->lock);
    if (!going)
        cue_free(kept);
    else
        player->options.ready(player->options.user);
    return going;
}

Cue *player_take(Player *player)
{
    g_mutex_lock(&player->lock);
    Cue *cue = g_queue_pop_head(&player->cues);
    if (cue != NULL) {
        player->bytes -= weight(cue);
        g_cond_signal(&player->room);
    }
    g_mutex_unlock(&player->lock);
    return cue;
}

/* ---- the thread */

static Feed *open_clip(const Show *show, FeedCodec codec, GError **error)
{
    const FeedRequest request = {.files = show->files,
                                 .starts_us = show->starts_us,
                                 .rate = show->rate,
                                 .condition = show->condition,
                                 .sha256 = show->sha256,
                                 .made = show->made,
                                 .mirrored = show->mirrored,
                                 .key_us = show->cut_us,
                                 .codec = codec};
    return feed_open(&request, error);
}

/* The clip that comes next is opened once, for its flashes' size and for itself. */
static Feed *take_clip(Player *player, size_t show, GError **error)
{
    if (player->first != NULL)
        return g_steal_pointer(&player->first);
    return open_clip(&player->programme->shows[show], player->codec, error);
}

/* From the picture at which the camera is gone on, times count from that picture. */
static bool go_away(Player *player, const Cue *cue, int64_t *since_us)
{
    const Show *of = &player->programme->shows[cue->show];
    if (of->cut_us == 0 || *since_us != 0 || cue->unit->t_us < of->cut_us || cue->first)
        return true;
    *since_us = cue->unit->send_us;
    return push(player, (Cue){.kind = CUE_OUTAGE,
                              .show = cue->show,
                              .round = cue->round,
                              .lasts_us = of->lasts_us,
                              .waits = true});
}

static bool show_feed(Player *player, Feed *feed, int show, int round, GError **error)
{
    bool first = true;
    int64_t since_us = 0;
    for (;;) {
        FeedUnit *unit;
        switch (feed_next(feed, &unit, error)) {
        case FEED_ERROR:
            return false;
        case FEED_END:
            return true;
        case FEED_UNIT:
            break;
        }
        Cue cue = {.kind = CUE_PICTURE, .show = show, .round = round, .first = first, .unit = unit};
        const bool whole = since_us == 0;
        if (!go_away(player, &cue, &since_us)) {
            feed_unit_free(unit);
            return false;
        }
        cue.first = first || (whole && since_us != 0);
        unit->send_us -= since_us;
        unit->show_us -= since_us;
        if (!push(player, cue))
            return false;
        first = false;
    }
}

static bool show_drawn(Player *player, size_t index, int round, GError **error)
{
    const Programme *programme = player->programme;
    const Show *show = &programme->shows[index];
    size_t clip = programme_next_clip(programme, index);
    if (clip == programme->count)
        clip = programme_next_clip(programme, 0);
    g_autoptr(Feed) next = take_clip(player, clip, error);
    const int flashes = show->kind == SHOW_FLASHES ? show->flashes : 0;
    g_autoptr(Feed) drawn =
        next != NULL ? feed_open_drawn(feed_form(next), flashes, show->lasts_us, error) : NULL;
    if (drawn == NULL || !show_feed(player, drawn, (int)index, round, error))
        return false;
    if (programme_next_clip(programme, index) != programme->count)
        player->first = g_steal_pointer(&next);
    return true;
}

static bool show_held(Player *player, size_t index, int round, GError **error)
{
    const Programme *programme = player->programme;
    const size_t clip = programme_next_clip(programme, index);
    g_autoptr(Feed) next = clip != programme->count ? take_clip(player, clip, error) : NULL;
    if (clip != programme->count && next == NULL)
        return false;
    const Feed *of = next != NULL ? next : player->ended;
    if (of == NULL)
        return true; /* there is no clip at all */
    g_autoptr(Feed) held = feed_open_held(of, programme->shows[index].lasts_us, error);
    if (held == NULL || !show_feed(player, held, (int)index, round, error))
        return false;
    player->first = g_steal_pointer(&next);
    return true;
}

/* False without an error: the player is to stop. */
static bool show_thing(Player *player, size_t index, int round, GError **error)
{
    const Show *show = &player->programme->shows[index];
    switch (show->kind) {
    case SHOW_FLASHES:
    case SHOW_GREY:
        return show_drawn(player, index, round, error);
    case SHOW_HELD:
        return show_held(player, index, round, error);
    case SHOW_SILENCE:
    case SHOW_OUTAGE:
        return push(player, (Cue){.kind = show->kind == SHOW_OUTAGE ? CUE_OUTAGE : CUE_SILENCE,
                                  .show = (int)index,
                                  .round = round,
                                  .first = true,
                                  .lasts_us = show->lasts_us});
    case SHOW_CLIP:
        break;
    }
    g_autoptr(Feed) feed = take_clip(player, index, error);
    if (feed == NULL || !show_feed(player, feed, (int)index, round, error))
        return false;
    feed_close(player->ended);
    player->ended = g_steal_pointer(&feed);
    return true;
}

static gpointer play(gpointer data)
{
    Player *player = data;
    for (int round = 0;; round++) {
        for (size_t i = 0; i < player->programme->count; i++) {
            GError *error = NULL;
            if (show_thing(player, i, round, &error))
                continue;
            if (error != NULL)
                push(player, (Cue){.kind = CUE_FAILED, .show = (int)i, .round = round, .error = error});
            return NULL;
        }
        if (!player->options.loop) {
            push(player, (Cue){.kind = CUE_END, .show = (int)player->programme->count - 1, .round = round});
            return NULL;
        }
    }
}

/* ---- the door */

Player *player_new(Programme *programme, const PlayerOptions *options, GError **error)
{
    Player *player = g_new0(Player, 1);
    player->programme = programme;
    player->options = *options;
    g_mutex_init(&player->lock);
    g_cond_init(&player->room);
    g_queue_init(&player->cues);
    const size_t clip = programme_next_clip(programme, 0);
    if (clip == programme->count)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found a programme without a clip, expected one");
    else
        player->first = open_clip(&programme->shows[clip], options->codec, error);
    if (player->first == NULL) {
        player_free(player);
        return NULL;
    }
    player->form = feed_form_ref(feed_form(player->first));
    player->reason = g_strdup(feed_reason(player->first));
    player->codec = player->form->codec;
    player->thread = g_thread_new("player", play, player);
    return player;
}

FeedForm *player_form(const Player *player)
{
    return player->form;
}

const char *player_reason(const Player *player)
{
    return player->reason;
}

static void clear_player(Player *player)
{
    g_mutex_lock(&player->lock);
    player->stopping = true;
    g_cond_broadcast(&player->room);
    g_mutex_unlock(&player->lock);
    if (player->thread != NULL)
        g_thread_join(player->thread);
    g_queue_clear_full(&player->cues, (GDestroyNotify)cue_free);
    feed_close(player->first);
    feed_close(player->ended);
    g_clear_pointer(&player->form, feed_form_unref);
    g_free(player->reason);
    programme_free(player->programme);
    g_cond_clear(&player->room);
    g_mutex_clear(&player->lock);
}

DEFINE_FREE(player_free, Player, player, clear_player(player))
