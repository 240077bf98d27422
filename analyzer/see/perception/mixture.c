/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/mixture.h"

#include "perception/picture.h"
#include "records/free.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum { MODES = 3 };

#define BACKGROUND_WEIGHT 0.9f /* the heaviest colours that make up this are background */
#define VARIANCE_START 20.0f   /* squared levels */
#define VARIANCE_LEAST 10.0f   /* less makes compression noise and automatic exposure foreground */
#define VARIANCE_MOST 75.0f
#define SAME_COLOUR 9.0f /* squared deviations within which a pixel still is of a colour, while learning */
#define SHADOW_LEAST 0.5f
#define LIGHT_MOST 1.4f

typedef struct {
    float weight, variance;
    float mean[3];
} Mode;

typedef struct {
    Mode modes[MODES]; /* heaviest first; weight 0: not in use */
} Pixel;

struct Mixture {
    int width, height;
    float threshold;
    Pixel *pixels;
    VisionImage picture;
};

Mixture *mixture_new(int width, int height, double threshold)
{
    Mixture *mixture = g_new0(Mixture, 1);
    mixture->width = width;
    mixture->height = height;
    mixture->threshold = (float)threshold;
    mixture->pixels = g_new0(Pixel, (size_t)width * (size_t)height);
    picture_init(&mixture->picture, width, height, 3);
    return mixture;
}

DEFINE_FREE(mixture_free, Mixture, mixture, g_free(mixture->pixels), picture_clear(&mixture->picture))

const VisionImage *mixture_picture(const Mixture *mixture)
{
    return &mixture->picture;
}

static Mode new_mode(const uint8_t *p, float weight)
{
    return (Mode){weight, VARIANCE_START, {(float)p[0], (float)p[1], (float)p[2]}};
}

static void show(Mixture *mixture, size_t i)
{
    const Mode *mode = &mixture->pixels[i].modes[0];
    for (size_t c = 0; c < 3; c++)
        mixture->picture.data[3 * i + c] = (uint8_t)lrintf(mode->mean[c]);
}

static void restart_pixel(Mixture *mixture, size_t i, const uint8_t *p)
{
    mixture->pixels[i] = (Pixel){.modes = {new_mode(p, 1)}};
    show(mixture, i);
}

static const uint8_t *pixel_at(const VisionImage *colour, int x, int y)
{
    return colour->data + (ptrdiff_t)y * colour->stride + (ptrdiff_t)3 * x;
}

void mixture_restart(Mixture *mixture, const VisionImage *colour)
{
    for (int y = 0; y < mixture->height; y++)
        for (int x = 0; x < mixture->width; x++)
            restart_pixel(mixture, (size_t)(y * mixture->width + x), pixel_at(colour, x, y));
}

static float distance(const Mode *mode, const uint8_t *p)
{
    const float a = (float)p[0] - mode->mean[0], b = (float)p[1] - mode->mean[1],
                c = (float)p[2] - mode->mean[2];
    return a * a + b * b + c * c;
}

/* Whether the pixel is a background colour under other light: the same but for a factor. */
static uint8_t find_light(const Pixel *pixel, const uint8_t *p, float threshold)
{
    float sum = 0;
    for (int k = 0; k < MODES && pixel->modes[k].weight > 0 && sum < BACKGROUND_WEIGHT; k++) {
        const Mode *mode = &pixel->modes[k];
        float along = 0, length = 0;
        for (int c = 0; c < 3; c++) {
            along += (float)p[c] * mode->mean[c];
            length += mode->mean[c] * mode->mean[c];
        }
        const float factor = length > 0 ? along / length : 0;
        sum += mode->weight;
        if (factor < SHADOW_LEAST || factor > LIGHT_MOST)
            continue;
        float away = 0;
        for (int c = 0; c < 3; c++) {
            const float d = factor * mode->mean[c] - (float)p[c];
            away += d * d;
        }
        if (away < threshold * mode->variance * factor * factor)
            return factor <= 1 ? MIXTURE_SHADOW : MIXTURE_LIGHT;
    }
    return MIXTURE_FOREGROUND;
}

static uint8_t classify(const Pixel *pixel, const uint8_t *p, float threshold)
{
    float sum = 0;
    for (int k = 0; k < MODES && pixel->modes[k].weight > 0 && sum < BACKGROUND_WEIGHT; k++) {
        if (distance(&pixel->modes[k], p) < threshold * pixel->modes[k].variance)
            return MIXTURE_BACKGROUND;
        sum += pixel->modes[k].weight;
    }
    return find_light(pixel, p, threshold);
}

void mixture_classify(const Mixture *mixture, const VisionImage *colour, VisionImage *labels)
{
    for (int y = 0; y < mixture->height; y++)
        for (int x = 0; x < mixture->width; x++)
            labels->data[y * labels->stride + x] = classify(&mixture->pixels[y * mixture->width + x],
                                                            pixel_at(colour, x, y), mixture->threshold);
}

static void learn_pixel(Pixel *pixel, const uint8_t *p, float rate, float follow)
{
    int found = -1;
    for (int k = 0; k < MODES && pixel->modes[k].weight > 0; k++) {
        Mode *mode = &pixel->modes[k];
        mode->weight -= rate * mode->weight;
        const float away = distance(mode, p);
        if (found >= 0 || away >= SAME_COLOUR * mode->variance)
            continue;
        found = k;
        mode->weight += rate;
        const float share = fminf(1, fmaxf(rate / mode->weight, follow));
        for (int c = 0; c < 3; c++)
            mode->mean[c] += share * ((float)p[c] - mode->mean[c]);
        mode->variance += share * (away - mode->variance);
        mode->variance = fminf(VARIANCE_MOST, fmaxf(VARIANCE_LEAST, mode->variance));
    }
    if (found < 0) { /* a new colour takes the place of the lightest */
        found = MODES - 1;
        while (found > 0 && pixel->modes[found - 1].weight <= 0)
            found--;
        pixel->modes[found] = new_mode(p, rate);
    }
    for (; found > 0 && pixel->modes[found].weight > pixel->modes[found - 1].weight; found--) {
        const Mode lighter = pixel->modes[found - 1];
        pixel->modes[found - 1] = pixel->modes[found];
        pixel->modes[found] = lighter;
    }
    float sum = 0;
    for (int k = 0; k < MODES; k++)
        sum += pixel->modes[k].weight;
    for (int k = 0; k < MODES; k++)
        pixel->modes[k].weight /= sum;
}

void mixture_learn(Mixture *mixture, const VisionImage *colour, const VisionImage *skip, double rate,
                   double follow)
{
    for (int y = 0; y < mixture->height; y++) {
        for (int x = 0; x < mixture->width; x++) {
            if (skip->data[y * skip->stride + x] != 0)
                continue;
            const size_t i = (size_t)(y * mixture->width + x);
            learn_pixel(&mixture->pixels[i], pixel_at(colour, x, y), (float)rate, (float)follow);
            show(mixture, i);
        }
    }
}

void mixture_forget(Mixture *mixture, const VisionImage *colour, const VisionImage *mask,
                    const VisionRect *box)
{
    for (int y = MAX(0, box->y); y < MIN(mixture->height, box->y + box->h); y++)
        for (int x = MAX(0, box->x); x < MIN(mixture->width, box->x + box->w); x++)
            if (mask->data[y * mask->stride + x] != 0)
                restart_pixel(mixture, (size_t)(y * mixture->width + x), pixel_at(colour, x, y));
}

void mixture_move(Mixture *mixture, const VisionImage *colour, int dx, int dy)
{
    Pixel *before = mixture->pixels;
    mixture->pixels = g_new0(Pixel, (size_t)mixture->width * (size_t)mixture->height);
    for (int y = 0; y < mixture->height; y++) {
        for (int x = 0; x < mixture->width; x++) {
            const int from_x = x - dx, from_y = y - dy;
            const size_t i = (size_t)(y * mixture->width + x);
            if (from_x < 0 || from_y < 0 || from_x >= mixture->width || from_y >= mixture->height) {
                restart_pixel(mixture, i, pixel_at(colour, x, y));
                continue;
            }
            mixture->pixels[i] = before[from_y * mixture->width + from_x];
            show(mixture, i);
        }
    }
    g_free(before);
}
