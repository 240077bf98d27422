/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_i420.h"

static int half(int side)
{
    return (side + 1) / 2;
}

size_t program_i420_size(int width, int height)
{
    return (size_t)width * (size_t)height + 2 * (size_t)half(width) * (size_t)half(height);
}

/* Weights of 256ths; 128 rounds, and keeps what is shifted above zero. */
static uint8_t luma(int b, int g, int r)
{
    return (uint8_t)(((66 * r + 129 * g + 25 * b + 128) >> 8) + 16);
}

static uint8_t blueness(int b, int g, int r)
{
    return (uint8_t)((-38 * r - 74 * g + 112 * b + 128 + (128 << 8)) >> 8);
}

static uint8_t redness(int b, int g, int r)
{
    return (uint8_t)((112 * r - 94 * g - 18 * b + 128 + (128 << 8)) >> 8);
}

static int mean(const uint8_t *const *pixels, int count, int channel)
{
    int sum = 0;
    for (int i = 0; i < count; i++)
        sum += pixels[i][channel];
    return (sum + count / 2) / count;
}

void program_i420_convert(const uint8_t *bgr, int stride, int width, int height, uint8_t *planes)
{
    for (int y = 0; y < height; y++) {
        const uint8_t *row = bgr + (ptrdiff_t)y * stride;
        uint8_t *to = planes + (ptrdiff_t)y * width;
        for (int x = 0; x < width; x++)
            to[x] = luma(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
    }
    uint8_t *u = planes + (ptrdiff_t)width * height, *v = u + (ptrdiff_t)half(width) * half(height);
    for (int y = 0; y < height; y += 2) {
        const uint8_t *row = bgr + (ptrdiff_t)y * stride;
        for (int x = 0; x < width; x += 2) {
            const uint8_t *pixels[4];
            int count = 0;
            for (int dy = 0; dy < 2 && y + dy < height; dy++) {
                for (int dx = 0; dx < 2 && x + dx < width; dx++)
                    pixels[count++] = row + (ptrdiff_t)dy * stride + (ptrdiff_t)3 * (x + dx);
            }
            const int b = mean(pixels, count, 0), g = mean(pixels, count, 1), r = mean(pixels, count, 2);
            *u++ = blueness(b, g, r);
            *v++ = redness(b, g, r);
        }
    }
}
