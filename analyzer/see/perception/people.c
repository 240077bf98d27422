/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/perception.h"

#include "perception/picture.h"

#define LOOK_WIDTH                                                                                          \
    1280                 /* pixels: smaller pictures are enlarged, so that people 50 pixels tall in 640 fit \
                          */
#define LOOK_HEIGHT 1280 /* tall pictures are not enlarged beyond this */
#define LEAST_SCORE -0.3 /* of the detector; below 0: rather a box too many than a face shown */
#define MOST_PEOPLE 256
#define GROW 0.1 /* of the box's size on each side: the detector's boxes cut hands and feet */

static Box grow(const VisionRect *rect, const VisionImage *picture)
{
    const double left = CLAMP(rect->x - GROW * rect->w, 0, picture->width);
    const double right = CLAMP(rect->x + (1 + GROW) * rect->w, 0, picture->width);
    const double top = CLAMP(rect->y - GROW * rect->h, 0, picture->height);
    const double bottom = CLAMP(rect->y + (1 + GROW) * rect->h, 0, picture->height);
    return (Box){picture_round(left / picture->width), picture_round(top / picture->height),
                 picture_round((right - left) / picture->width),
                 picture_round((bottom - top) / picture->height)};
}

bool perception_find_people(const ReplayFrame *frame, GArray *boxes, GError **error)
{
    vision_start();
    const VisionImage grey = {frame->width, frame->height, 1, frame->luma_stride, (uint8_t *)frame->luma};
    int width = LOOK_WIDTH, height = picture_scaled_height(LOOK_WIDTH, grey.width, grey.height);
    if (height > LOOK_HEIGHT) {
        height = LOOK_HEIGHT;
        width = picture_scaled_height(LOOK_HEIGHT, grey.height, grey.width);
    }
    VisionPeople *people = vision_people_new();
    if (!picture_check(people != NULL, "the people detector", error))
        return false;
    VisionImage picture;
    picture_init(&picture, width, height, 1);
    g_autofree VisionRect *rects = g_new(VisionRect, MOST_PEOPLE);
    g_autofree double *scores = g_new(double, MOST_PEOPLE);
    size_t count = 0;
    const bool done =
        vision_resize(&grey, &picture) &&
        vision_people_find(people, &picture, LEAST_SCORE, 1.1, rects, scores, MOST_PEOPLE, &count);
    for (size_t i = 0; i < count && done; i++) {
        const Box box = grow(&rects[i], &picture);
        if (box.w > 0 && box.h > 0)
            g_array_append_val(boxes, box);
    }
    picture_clear(&picture);
    vision_people_free(people);
    return picture_check(done, "the people detector", error);
}
