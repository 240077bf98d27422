/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of media/timeline.h: a timeline as it stands, and what the pictures that wait tell of the next
 * one. */
#ifndef VSAUDIT_MEDIA_TIMELINE_AHEAD_H
#define VSAUDIT_MEDIA_TIMELINE_AHEAD_H

#include "media/timeline.h"
#include "media/usual.h"

#define TIMELINE_FEWEST_NEAR 3 /* so many pictures of one stamp, or nearly, share it on purpose */

struct Timeline {
    ClipQuality *quality;
    TimelineRules rules;
    UsualHistory history;
    int64_t stamps[TIMELINE_AHEAD]; /* that wait, from the origin, put in order; TIME_UNKNOWN = none */
    int64_t own[TIMELINE_AHEAD];    /* the same as they came */
    int waiting;

    bool started;        /* a picture was placed */
    int64_t last_us;     /* t of the last one */
    int64_t last_stamp;  /* its stamp, unless it was a stray */
    int run;             /* pictures that shared this stamp, or nearly */
    int64_t run_stamp;   /* the first one's */
    int64_t first_stamp; /* of this file */
    int64_t offset;      /* t = stamp + offset */
    bool in_disorder;    /* stamps were sorted before */
    int strays_left;     /* to be placed, stray_step apart */
    int64_t stray_step;

    int file;
    int64_t origin_us, player_us;
    int64_t file_end_us; /* where the file before ended on its own clock; TIME_UNKNOWN = it had none */
    int64_t start_us;    /* stated */
    bool file_begins, stream_begins;
    bool sought;
    bool open; /* the last piece is still growing */
};

typedef struct {
    ClockKind kind;
    int count;       /* 0 = no strays */
    int64_t step_us; /* from one to the next */
    int64_t by_us;   /* the first one's distance from its place */
    int back, repeats;
} TimelineStrays;

/* Notes a finding about the clock. */
void timeline_find(const Timeline *timeline, ClockKind kind, int64_t at_us, int64_t by_us, int64_t pictures);

/* Whether a stamp is that of the picture before, or so near that no camera can have filmed both. */
bool timeline_is_near(const Timeline *timeline, int64_t before, int64_t stamp);
/* How many pictures share the stamp of the last one, those that wait among them. */
int timeline_count_run(const Timeline *timeline);
/* The steps that are usual here. */
Usual timeline_usual(const Timeline *timeline);
/* The longest step that is still no pause. */
int64_t timeline_longest(int64_t usual_us);
/* Stamps that are regular once they are sorted are sorted where they wait. */
void timeline_put_in_order(Timeline *timeline);
/* Whether the pictures that wait come so fast, or repeat a stamp so often, that they make up for the step to
 * the first of them. */
bool timeline_is_made_up(const Timeline *timeline, int64_t median);
/* The strays that wait, before a picture that goes on with the clock of before. */
TimelineStrays timeline_find_strays(const Timeline *timeline, int64_t usual_us);

#endif
