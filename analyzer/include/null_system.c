/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest plug-in: a system that never alerts.
 *     cc -shared -fPIC null_system.c -o libnull.so      (with the folder of vsaudit/system.h: -I …) */
#include <vsaudit/system.h>

static void *open_it(const char *settings)
{
    (void)settings;
    return (void *)"an instance";
}

static int clip_begin(void *instance, const VsauditSystemClip *clip)
{
    return instance == NULL || clip == NULL;
}

static int frame(void *instance, const VsauditSystemPicture *picture, const VsauditSystemEmit *emit)
{
    return instance == NULL || picture == NULL || emit == NULL;
}

static int clip_end(void *instance, int64_t end_us, const VsauditSystemEmit *emit)
{
    return instance == NULL || end_us < 0 || emit == NULL;
}

static void close_it(void *instance)
{
    (void)instance;
}

static const char *error(void *instance)
{
    (void)instance;
    return NULL;
}

const VsauditSystem *vsaudit_system(void)
{
    static const VsauditSystem null_system = {VSAUDIT_SYSTEM_VERSION,
                                              "never alerts",
                                              "1",
                                              VSAUDIT_SYSTEM_GRAY,
                                              64,
                                              0,
                                              1,
                                              open_it,
                                              clip_begin,
                                              frame,
                                              clip_end,
                                              close_it,
                                              error};
    return &null_system;
}
