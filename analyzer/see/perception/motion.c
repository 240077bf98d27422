/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/motion.h"

#include "perception/picture.h"
#include "records/free.h"

#include <math.h>

#define WIDTH 160       /* of the picture whose flow is measured */
#define MOVING 0.25     /* pixels from picture to picture: less is still */
#define LEAST_PIXELS 12 /* moving pixels, fewer say nothing */

struct MotionMeter {
    VisionFlow *flow;
    VisionImage before, now, mask;
    float *vectors;
    int64_t last_us;
    bool has_before;
};

MotionMeter *motion_meter_new(GError **error)
{
    MotionMeter *meter = g_new0(MotionMeter, 1);
    meter->flow = vision_flow_new();
    if (!picture_check(meter->flow != NULL, "optical flow", error)) {
        motion_meter_free(meter);
        return NULL;
    }
    return meter;
}

DEFINE_FREE(motion_meter_free, MotionMeter, meter, vision_flow_free(meter->flow),
            picture_clear(&meter->before), picture_clear(&meter->now), picture_clear(&meter->mask),
            g_free(meter->vectors))

static void open_stream(MotionMeter *meter, const VisionImage *grey)
{
    const int width = MIN(WIDTH, grey->width);
    const int height = picture_scaled_height(width, grey->width, grey->height);
    picture_init(&meter->before, width, height, 1);
    picture_init(&meter->now, width, height, 1);
    picture_init(&meter->mask, width, height, 1);
    meter->vectors = g_new0(float, 2 * (size_t)width * (size_t)height);
}

/* Means over the moving foreground pixels. Directions are compared as unit vectors: their mean is as long as
 * they agree. */
static void summarise(const MotionMeter *meter, double step_s, MotionObservation *out)
{
    const int width = meter->now.width, height = meter->now.height;
    double x = 0, y = 0, speed = 0, unit_x = 0, unit_y = 0;
    int64_t moving = 0;
    for (int i = 0; i < width * height; i++) {
        const double dx = (double)meter->vectors[2 * i], dy = (double)meter->vectors[2 * i + 1];
        const double length = hypot(dx, dy);
        if (meter->mask.data[i] < 128 || length < MOVING)
            continue;
        x += dx;
        y += dy;
        speed += length;
        unit_x += dx / length;
        unit_y += dy / length;
        moving++;
    }
    if (moving < LEAST_PIXELS)
        return;
    const double n = (double)moving;
    out->flow_x = x / n / width / step_s;
    out->flow_y = y / n / height / step_s;
    out->flow_speed = speed / n / height / step_s;
    out->flow_disorder = 1 - hypot(unit_x, unit_y) / n;
}

bool motion_meter_measure(MotionMeter *meter, const VisionImage *grey, const VisionImage *mask, int64_t t_us,
                          MotionObservation *out, GError **error)
{
    if (meter->vectors == NULL)
        open_stream(meter, grey);
    int64_t set = 0;
    for (int i = 0; i < mask->width * mask->height; i++)
        set += mask->data[i] != 0;
    out->foreground_share = (double)set / ((double)mask->width * mask->height);
    if (!picture_check(vision_resize(grey, &meter->now), "optical flow", error))
        return false;
    const int64_t step_us = t_us - meter->last_us;
    if (meter->has_before && step_us > 0 && step_us <= US_PER_SECOND && set > 0) {
        if (!picture_check(vision_resize(mask, &meter->mask) &&
                               vision_flow_measure(meter->flow, &meter->before, &meter->now, meter->vectors),
                           "optical flow", error))
            return false;
        summarise(meter, time_to_seconds(step_us), out);
    }
    const VisionImage before = meter->before;
    meter->before = meter->now;
    meter->now = before;
    meter->has_before = true;
    meter->last_us = t_us;
    return true;
}
