/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empty scene made of a clip: the median of pictures from all of it, in which what moves is gone, with a
 * little noise, since a picture that never changes is a camera that has stopped. The same pictures give the
 * same scene. */
#ifndef VSAUDIT_RUNNER_PROBE_SCENE_H
#define VSAUDIT_RUNNER_PROBE_SCENE_H

#include "media/replay.h"

typedef struct ProbeScene ProbeScene;

/* Keeps so many pictures at most, evenly over all that are added. */
ProbeScene *probe_scene_new(unsigned samples);
void probe_scene_free(ProbeScene *scene); /* NULL is fine */
/* The picture is copied. */
void probe_scene_add(ProbeScene *scene, const ReplayFrame *frame);
/* From picture to picture, on average; 0: there was none. */
int64_t probe_scene_step_us(const ProbeScene *scene);
/* The next picture of the scene, without its times; the memory is the scene's, until the next. There must
 * have been a picture. */
void probe_scene_show(ProbeScene *scene, ReplayFrame *frame);

#endif
