/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plug-in that alerts while pixels change: more than a share (setting "share", default 0.01) by 16 of 255
 * or more. cc -shared -fPIC motion_system.c -o libmotion.so      (with the folder of vsaudit/system.h: -I …)
 */
#include <vsaudit/system.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    double share;
    char behaviour[80];
    uint8_t *before; /* the last picture; NULL: none of this clip */
    int moves, alerts;
} Motion;

static const char *why;

static void *open_it(const char *settings) /* {"share":0.05} */
{
    const char *found = strstr(settings, "\"share\":");
    Motion *motion = (Motion *)calloc(1, sizeof *motion);
    if (motion != NULL)
        motion->share = found != NULL ? strtod(found + 8, NULL) : 0.01;
    why = motion == NULL ? "no memory" : motion->share <= 0 ? "share: expected more than 0" : NULL;
    if (motion != NULL && why != NULL) {
        free(motion);
        motion = NULL;
    }
    return motion;
}

static int clip_begin(void *instance, const VsauditSystemClip *clip) /* [{"id":"intrusion",…}] */
{
    Motion *motion = (Motion *)instance;
    const char *id = strstr(clip->behaviours, "\"id\":\"");
    size_t length = id != NULL ? strcspn(id + 6, "\"") : 0;
    why = length == 0 || length >= sizeof motion->behaviour ? "found no behaviour to alert on" : NULL;
    if (why != NULL)
        return 1;
    memcpy(motion->behaviour, id + 6, length);
    motion->behaviour[length] = '\0';
    free(motion->before);
    motion->before = NULL;
    motion->moves = motion->alerts = 0;
    return 0;
}

/* An alert is raised as soon as something moves, and ended once it stands still. */
static void tell(Motion *motion, int moves, int64_t t_us, const VsauditSystemEmit *emit)
{
    char id[16];
    if (moves && !motion->moves)
        motion->alerts++;
    snprintf(id, sizeof id, "%d", motion->alerts);
    if (moves && !motion->moves) {
        const VsauditSystemAlert alert = {
            motion->behaviour, t_us, VSAUDIT_SYSTEM_OPEN, -1, 0, 0, -1, -1, id, NULL};
        emit->alert(emit->to, &alert);
    } else if (!moves && motion->moves) {
        emit->alert_end(emit->to, id, t_us);
    }
    motion->moves = moves;
}

static int frame(void *instance, const VsauditSystemPicture *picture, const VsauditSystemEmit *emit)
{
    Motion *motion = (Motion *)instance;
    const size_t width = (size_t)picture->width, height = (size_t)picture->height;
    size_t changed = 0;
    const int first = motion->before == NULL;
    if (first && (motion->before = (uint8_t *)malloc(width * height)) == NULL) {
        why = "no memory";
        return 1;
    }
    for (size_t y = 0; y < height; y++) {
        const uint8_t *row = picture->gray + y * picture->gray_stride;
        for (size_t x = 0; x < width && !first; x++)
            changed += abs(row[x] - motion->before[y * width + x]) >= 16;
        memcpy(motion->before + y * width, row, width);
    }
    tell(motion, (double)changed > motion->share * (double)(width * height), picture->t_us, emit);
    return 0;
}

static int clip_end(void *instance, int64_t end_us, const VsauditSystemEmit *emit)
{
    (void)instance; /* what still moves ends with the clip */
    (void)end_us;
    (void)emit;
    return 0;
}

static void close_it(void *instance)
{
    free(((Motion *)instance)->before);
    free(instance);
}

static const char *error(void *instance)
{
    (void)instance;
    return why;
}

const VsauditSystem *vsaudit_system(void)
{
    static const VsauditSystem motion_system = {VSAUDIT_SYSTEM_VERSION,
                                                "motion",
                                                "1",
                                                VSAUDIT_SYSTEM_GRAY,
                                                160,
                                                0,
                                                5,
                                                open_it,
                                                clip_begin,
                                                frame,
                                                clip_end,
                                                close_it,
                                                error};
    return &motion_system;
}
