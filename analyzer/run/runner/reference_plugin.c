/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/reference_plugin.h"

#include "runner/reference_eyes.h"

#include <string.h>

typedef struct {
    ReferenceEyes *eyes;
    char *fault;
} Instance;

static char *refused; /* why there is no instance */

static void *open_reference(const char *settings);

/* How many pictures it asks for, and how large, is in its settings: known once it is open, when the host
 * looks. */
static VsauditSystem reference = {.version = VSAUDIT_SYSTEM_VERSION,
                                  .name = "vsaudit reference",
                                  .release = VSAUDIT_VERSION,
                                  .format = VSAUDIT_SYSTEM_GRAY_AND_BGR,
                                  .open = open_reference};

static void *open_reference(const char *settings)
{
    g_autoptr(GError) cause = NULL;
    json_t *told = json_loads(settings, 0, NULL);
    ReferenceEyes *eyes = reference_eyes_new(told, &cause);
    json_decref(told);
    if (eyes == NULL) {
        g_free(refused);
        refused = g_strdup(cause->message);
        return NULL;
    }
    const ReplayRequest request = reference_eyes_request(eyes);
    reference.width = request.max_width;
    reference.rate = request.max_rate;
    Instance *instance = g_new0(Instance, 1);
    instance->eyes = eyes;
    return instance;
}

/* What a call comes back with: 0, or 1 with the reason kept. */
static int judge(Instance *instance, const GError *cause)
{
    g_free(instance->fault);
    instance->fault = cause != NULL ? g_strdup(cause->message) : NULL;
    return cause != NULL;
}

static int begin_clip(void *to, const VsauditSystemClip *clip)
{
    Instance *instance = to;
    g_autoptr(GError) cause = NULL;
    json_t *behaviours = json_loads(clip->behaviours, 0, NULL);
    reference_eyes_begin(instance->eyes, behaviours, clip->aspect, &cause);
    json_decref(behaviours);
    return judge(instance, cause);
}

static int show(void *to, const VsauditSystemPicture *picture, const VsauditSystemEmit *emit)
{
    Instance *instance = to;
    g_autoptr(GError) cause = NULL;
    const ReplayFrame frame = {.t_us = picture->t_us,
                               .duration_us = picture->duration_us,
                               .width = picture->width,
                               .height = picture->height,
                               .luma = picture->gray,
                               .luma_stride = (int)picture->gray_stride,
                               .bgr = picture->bgr,
                               .bgr_stride = (int)picture->bgr_stride,
                               .damaged = picture->damaged != 0};
    reference_eyes_show(instance->eyes, &frame, emit, &cause);
    return judge(instance, cause);
}

static int end_clip(void *to, int64_t end_us, const VsauditSystemEmit *emit)
{
    reference_eyes_end(((Instance *)to)->eyes, end_us, emit);
    return 0;
}

static void close_reference(void *to)
{
    Instance *instance = to;
    reference_eyes_free(instance->eyes);
    g_free(instance->fault);
    g_free(instance);
}

static const char *explain(void *to)
{
    return to != NULL ? ((const Instance *)to)->fault : refused;
}

const VsauditSystem *vsaudit_reference_system(void)
{
    reference.clip_begin = begin_clip;
    reference.frame = show;
    reference.clip_end = end_clip;
    reference.close = close_reference;
    reference.error = explain;
    return &reference;
}
