/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that perception says of painted scenes is what it was (tests/golden/seen): every threshold, and every
 * rule of tracks, shows there. A change that is wanted raises PERCEPTION_VERSION, and GOLDEN_RENEW=1 (as
 * tests/golden-renew sets it) writes them again: look at what changed. */
#include "records/save.h"
#include "stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { EACH = 4 }; /* of so many pictures one is written down */

typedef void (*Paint)(Stage *stage, int picture);

/* ---- the scenes */

static void paint_shade(Stage *stage, int left, int top, int w, int h, double share)
{
    for (int y = MAX(0, top); y < MIN(HEIGHT, top + h); y++)
        for (int x = MAX(0, left); x < MIN(WIDTH, left + w); x++)
            for (int c = 0; c < 3; c++)
                stage->canvas.bgr[y][x][c] = (uint8_t)(share * stage->canvas.bgr[y][x][c]);
}

/* Who walks from one place to another between two pictures; nothing before and after. */
static void walk(Stage *stage, int picture, int from, int to, double x0, double x1, int top, int w, int h)
{
    if (picture < from || picture >= to)
        return;
    const double x = x0 + (x1 - x0) * (picture - from) / (to - from);
    stage_paint_box(stage, x, top, w, h, 30 + 10 * (picture % 3), 40, 200);
    stage_paint_box(stage, x, top, w, h / 4, 140, 170, 210);
}

/* Two cross, one goes behind a pillar, two walk as one and part, one leaves a thing that is taken later, a
 * car comes and stays; at last the light is switched, and a lamp flickers. */
static void paint_street(Stage *stage, int picture)
{
    const double gain =
        picture >= 300 && picture < 330 ? 1.3 : 1 + (picture > 200 ? 0.0004 * (picture - 200) : 0);
    stage_paint_wall(stage, 0, 0, gain);
    walk(stage, picture, 20, 70, 5, 175, 50, 12, 30);
    walk(stage, picture, 20, 70, 175, 5, 60, 12, 30);
    paint_shade(stage, picture < 70 ? 4 + 3 * picture : -40, 88, 30, 8, 0.7);
    walk(stage, picture, 75, 125, -12, 192, 40, 13, 34);
    walk(stage, picture, 90, 150, 10, 150, 70, 12, 32);
    walk(stage, picture, 90, 120, 22, 92, 71, 12, 32);
    walk(stage, picture, 120, 150, 92, 30, 71, 12, 32);
    if (picture >= 100 && picture < 260)
        stage_paint_box(stage, 60, 116, 16, 13, 20, 20, 230);
    if (picture >= 160)
        stage_paint_box(stage, MIN(-40 + 4 * (picture - 160), 110), 100, 50, 24, 210, 190, 30);
    walk(stage, picture, 210, 290, 185, -14, 30, 9, 24);
    walk(stage, picture, 215, 235, 30, 34, 84, 11, 30);
    if (picture > 240 && picture % 4 < 2)
        stage_paint_box(stage, 170, 6, 6, 6, 250, 250, 250);
    stage_paint_box(stage, 120, 0, 14, 76, 60, 120, 60); /* a pillar that was always there */
}

/* The lens is covered, blurred, turned, darkened, dazzled, frozen; between them all is well. */
static void paint_tampering(Stage *stage, int picture)
{
    const int phase = picture / 30, in = picture % 30;
    stage_paint_wall(stage,
                     phase == 5      ? 18
                     : picture > 260 ? (picture - 260) / 12
                                     : 0,
                     phase == 5 ? -9 : 0,
                     phase == 7   ? 0.15
                     : phase == 8 ? 2.5
                                  : 1);
    if (phase == 1)
        stage_paint_box(stage, 0, 0, MIN(WIDTH, 4 * in), HEIGHT, 45, 40, 42);
    if (phase == 3)
        stage_blur(stage, 1 + in / 8);
    if (phase == 10)
        stage_paint_box(stage, 0, 0, WIDTH, HEIGHT, 120, 120, 120);
}

/* Flames that flicker beside an orange jacket that does not, and smoke that rises and thins. */
static void paint_fire(Stage *stage, int picture)
{
    static const int heights[] = {14, 22, 17, 26, 19, 24, 13, 21, 27, 16, 23};
    stage_paint_wall(stage, 0, 0, 0.9);
    walk(stage, picture, 25, 120, 0, 60, 60, 12, 30);
    if (picture >= 20)
        stage_paint_box(stage, 12, 100, 12, 22, 20, 120, 250);
    for (int i = 0; picture >= 30 && picture < 150 && i < 5; i++) {
        const int high = heights[(3 * picture + 5 * i) % 11];
        stage_paint_box(stage, 120 + 6 * i, 110 - high, 6, high, 20 + 4 * i,
                        150 + heights[(picture + i) % 11], 250);
        stage_paint_box(stage, 122 + 6 * i, 112 - high / 2, 3, high / 2, 120, 235, 252);
    }
    for (int i = 0; picture >= 60 && i < 6; i++) {
        const int at = (picture + 9 * i) % 60, left = 124 - at / 4 + 3 * i, width = 20 + at / 2;
        for (int y = MAX(0, 84 - at - 14); y < MAX(0, 84 - at); y++)
            for (int x = left; x < MIN(WIDTH, left + width); x++)
                for (int c = 0; c < 3; c++)
                    stage->canvas.bgr[y][x][c] =
                        (uint8_t)(stage->canvas.bgr[y][x][c] +
                                  (0.55 - 0.006 * at) * (175 - stage->canvas.bgr[y][x][c]));
    }
}

static const struct {
    const char *name;
    Paint paint;
    int pictures;
} scenes[] = {{"street", paint_street, 360}, {"tampering", paint_tampering, 360}, {"fire", paint_fire, 200}};

/* ---- what is said of them */

static void append_box(GString *out, Box box)
{
    g_string_append_printf(out, " %.4f %.4f %.4f %.4f", box.x, box.y, box.w, box.h);
}

static void append_seen(GString *out, const Observation *seen)
{
    const QualityObservation *q = &seen->quality;
    const MotionObservation *m = &seen->motion;
    g_string_append_printf(out, "at %.1f signal %d\n", (double)seen->t_us / 1e6, seen->signal);
    g_string_append_printf(
        out, "  quality %.4f %.4f %.4f %.4f %.4g %.4f %.4f %.4f %.4f %.4f %.4f %.4f %.2f\n", q->luma,
        q->contrast, q->dark_share, q->bright_share, q->sharpness, q->sharpness_ratio, q->edge_similarity,
        q->covered_share, q->shift_x, q->shift_y, q->shift_response, q->changed_share, q->frozen_s);
    g_string_append_printf(out, "  motion %.4f %.4f %.4f %.4f %.4f\n", m->foreground_share, m->flow_x,
                           m->flow_y, m->flow_speed, m->flow_disorder);
    for (size_t i = 0; i < seen->track_count; i++) {
        const TrackObservation *t = &seen->tracks[i];
        g_string_append_printf(out, "  track %d %s state %d count %d", (int)t->id,
                               object_class_name(t->class), (int)t->state, (int)t->count);
        append_box(out, t->box);
        g_string_append_printf(out, " %.4f %.4f %.4f %.4f %.2f %.2f\n", t->foot.x, t->foot.y, t->vx, t->vy,
                               (double)t->first_us / 1e6, (double)t->seen_us / 1e6);
    }
    for (size_t i = 0; i < seen->static_count; i++) {
        const StaticObservation *s = &seen->statics[i];
        g_string_append_printf(out, "  static %d removed %d", (int)s->id, s->removed);
        append_box(out, s->box);
        g_string_append_printf(out, " %.2f %.2f\n", (double)s->since_us / 1e6, (double)s->seen_us / 1e6);
    }
    for (size_t i = 0; i < seen->fire_count; i++) {
        const FireObservation *f = &seen->fires[i];
        g_string_append_printf(out, "  %s %d", fire_kind_name(f->kind), (int)f->id);
        append_box(out, f->box);
        g_string_append_printf(out, " %.4f %.4f %.4f %.2f\n", f->area, f->share, f->flicker,
                               (double)f->since_us / 1e6);
    }
}

static char *see(Paint paint, int pictures)
{
    GString *out = g_string_new(NULL);
    Stage stage;
    stage_open(&stage);
    for (int i = 0; i < pictures; i++) {
        paint(&stage, i);
        const Observation *seen = stage_show(&stage);
        if (i % EACH == 0)
            append_seen(out, seen);
    }
    stage_close(&stage);
    return g_string_free(out, FALSE);
}

/* Words are the same; numbers within what another compiler or processor may round. */
static bool is_same(const char *expected, const char *found)
{
    if (strcmp(expected, found) == 0)
        return true;
    char *end = NULL, *behind = NULL;
    const double a = g_ascii_strtod(expected, &end), b = g_ascii_strtod(found, &behind);
    return end != expected && behind != found && *end == '\0' && *behind == '\0' &&
           fabs(a - b) <= 0.00021 + 0.001 * fabs(a);
}

static unsigned count_differences(const char *expected, const char *found)
{
    g_auto(GStrv) left = g_strsplit(expected, "\n", -1), right = g_strsplit(found, "\n", -1);
    unsigned wrong = g_strv_length(left) != g_strv_length(right);
    const char *at = "";
    for (size_t i = 0; left[i] != NULL && right[i] != NULL; i++) {
        g_auto(GStrv) a = g_strsplit(left[i], " ", -1), b = g_strsplit(right[i], " ", -1);
        bool same = g_strv_length(a) == g_strv_length(b);
        for (size_t k = 0; same && a[k] != NULL; k++)
            same = is_same(a[k], b[k]);
        at = *left[i] != ' ' ? left[i] : at;
        if (!same && ++wrong <= 10)
            printf("# %s\n# expected %s\n#    found %s\n", at, left[i], right[i]);
    }
    return wrong;
}

TEST(painted_scenes_are_seen_as_they_were)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(scenes); i++) {
        g_autofree char *file = g_strconcat("tests/golden/seen/", scenes[i].name, ".txt", NULL),
                        *expected = NULL;
        g_autofree char *found = see(scenes[i].paint, scenes[i].pictures);
        if (g_getenv("GOLDEN_RENEW") != NULL)
            assert_true(save_file(file, found, -1, NULL));
        assert_true(g_file_get_contents(file, &expected, NULL, NULL));
        const unsigned differences = count_differences(expected, found);
        if (differences > 0)
            printf("# %s: %u lines differ\n", scenes[i].name, differences);
        wrong += differences;
    }
    assert_int_equal(wrong, 0);
}

UNIT_TESTS(NULL, NULL)
