/* A plug-in with one fault, chosen when it is compiled (-DFAULT=…, -DOTHER_NAME): for tests/cli/plugin.sh. */
#include <vsaudit/system.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    NONE,
    CRASH,
    HANG,
    EXITS,
    VERSION,
    NO_NAME,
    OPENS_NOT,
    FRAME_FAILS,
    EARLY,
    THREAD,
    LATE,
    BEYOND,
    NOT_ASKED,
    NOT_A_NUMBER,
    NOT_UTF8,
    TALKS
};
#ifndef FAULT
#define FAULT NONE
#endif

static char asked[80];
static VsauditSystemEmit kept;

static void *open_it(const char *settings)
{
    return FAULT == OPENS_NOT ? NULL : (void *)strdup(settings);
}

static void raise_alert(const VsauditSystemEmit *emit, int64_t onset_us)
{
    VsauditSystemAlert alert = {asked, onset_us, VSAUDIT_SYSTEM_OPEN, 0.5, 0, 0, -1, -1, NULL, NULL};
    if (FAULT == NOT_ASKED)
        alert.behaviour = "dancing";
    if (FAULT == NOT_A_NUMBER)
        alert.confidence = (double)NAN;
    if (FAULT == NOT_UTF8)
        alert.label = "caf\xe9";
    emit->alert(emit->to, &alert);
}

static int clip_begin(void *instance, const VsauditSystemClip *clip)
{
    const char *id = strstr(clip->behaviours, "\"id\":\"") + 6;
    snprintf(asked, sizeof asked, "%.*s", (int)strcspn(id, "\""), id);
    if (FAULT == EARLY && kept.to != NULL)
        raise_alert(&kept, 0);
    (void)instance;
    return 0;
}

static void *speak(void *emit)
{
    raise_alert((const VsauditSystemEmit *)emit, 0);
    return NULL;
}

static int frame(void *instance, const VsauditSystemPicture *picture, const VsauditSystemEmit *emit)
{
    char line[8];
    kept = *emit;
    if (picture->t_us == 0)
        return 0;
    switch (FAULT) {
    case CRASH:
        abort();
    case HANG:
        for (;;)
            pause();
    case EXITS:
        exit(7);
    case FRAME_FAILS:
        return 1;
    case THREAD: {
        pthread_t thread;
        pthread_create(&thread, NULL, speak, &kept);
        pthread_join(thread, NULL);
        return 0;
    }
    case BEYOND:
        raise_alert(emit, picture->t_us + 3600000000);
        return 0;
    case TALKS: /* what it prints and reads is no part of the protocol */
        printf("{\"type\":\"end\"}\nhere I am\n");
        fflush(stdout);
        if (write(1, "{\"type\":\"nonsense\"}\n", 20) != 20 || fgets(line, sizeof line, stdin) != NULL)
            return 1;
        break;
    default:
        break;
    }
    raise_alert(emit, picture->t_us);
    (void)instance;
    return 0;
}

static int clip_end(void *instance, int64_t end_us, const VsauditSystemEmit *emit)
{
    (void)instance, (void)end_us, (void)emit;
    return 0;
}

static void close_it(void *instance)
{
    if (FAULT == LATE)
        raise_alert(&kept, 0);
    free(instance);
}

static const char *error(void *instance)
{
    return instance == NULL ? "found no licence, expected one" : "the picture is too dark";
}

#ifdef OTHER_NAME
const VsauditSystem *other_name(void);
const VsauditSystem *other_name(void)
#else
const VsauditSystem *vsaudit_system(void)
#endif
{
    static const VsauditSystem faulty = {FAULT == VERSION ? 2 : VSAUDIT_SYSTEM_VERSION,
                                         FAULT == NO_NAME ? NULL : "faulty",
                                         NULL,
                                         VSAUDIT_SYSTEM_GRAY,
                                         0,
                                         0,
                                         0,
                                         open_it,
                                         clip_begin,
                                         frame,
                                         clip_end,
                                         close_it,
                                         error};
    return &faulty;
}
