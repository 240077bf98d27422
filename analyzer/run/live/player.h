/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a programme ahead of its time, in a thread of its own: opens its clips one after the other, codes
 * what has to be coded, and keeps a bounded number of pictures ready. */
#ifndef VSAUDIT_LIVE_PLAYER_H
#define VSAUDIT_LIVE_PLAYER_H

#include "live/programme.h"
#include "media/feed.h"

typedef enum {
    CUE_PICTURE,
    CUE_SILENCE, /* of lasts_us */
    CUE_OUTAGE,  /* of lasts_us */
    CUE_END,     /* of the programme; nothing follows */
    CUE_FAILED,  /* nothing follows; `error` says why */
} CueKind;

typedef struct {
    CueKind kind;
    int show;       /* which thing of the programme */
    int round;      /* how often the programme was shown before */
    bool first;     /* of its thing */
    FeedUnit *unit; /* CUE_PICTURE */
    int64_t lasts_us;
    bool waits; /* CUE_OUTAGE: what follows is shown once there are clients again */
    GError *error;
} Cue;

void cue_free(Cue *cue); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cue, cue_free)

typedef struct Player Player;

typedef struct {
    bool loop;                 /* begin again at the end, for ever */
    FeedCodec codec;           /* that the camera sends already; FEED_AS_RECORDED = the first clip's own */
    void (*ready)(void *user); /* called from the player's thread when something can be taken again */
    void *user;
} PlayerOptions;

/* Opens the programme's first clip, by which the codec is settled. The programme is taken, also on failure.
 * NULL with the clip's error, or an INPUT error when there is none. */
Player *player_new(Programme *programme, const PlayerOptions *options, GError **error);
FeedForm *player_form(const Player *player);     /* of the first clip; owned by the player */
const char *player_reason(const Player *player); /* see feed_reason, of the first clip; owned by the player */
/* The next cue, which the caller frees; NULL: none is ready yet. */
Cue *player_take(Player *player);
/* Ends the thread, which may take as long as a clip takes to be opened. NULL is fine. */
void player_free(Player *player);

#endif
