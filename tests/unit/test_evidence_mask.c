/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence/evidence_mask: whoever was tracked round a picture's time, or is found in it, cannot be
 * recognised. */
#include "evidence/evidence_mask.h"
#include "records/error.h"
#include "scratch.h"

#include <glib/gstdio.h>
#include <string.h>

#include "unit.h"

enum { WIDTH = 640, HEIGHT = 480, STRIDE = 4 * WIDTH + 64, BYTES = STRIDE * HEIGHT };

/* Every pixel differs from its neighbours. */
static void paint(uint8_t *pixels)
{
    for (int i = 0; i < BYTES; i++) {
        uint32_t mix = (uint32_t)i * 2654435761u;
        mix ^= mix >> 15;
        mix *= 2246822519u;
        pixels[i] = (uint8_t)(mix >> 24);
    }
}

/* At i tenths of a second, up to the tenth, a person stands here, as the tracker has it. */
static Box person(int i)
{
    return (Box){0.05 + 0.06 * i, 0.3, 0.05, 0.4};
}

/* The same with the margin: 15 % of its size on each side. */
static Box masked(int i)
{
    const Box box = person(i);
    return (Box){box.x - 0.15 * box.w, box.y - 0.15 * box.h, box.w * (1 + 2 * 0.15), box.h * (1 + 2 * 0.15)};
}

/* Eleven pictures with the person and a car. */
static char *write_observations(void)
{
    g_autoptr(GString) text = g_string_new("{\"schema\":\"vsaudit/observations/2\",\"aspect\":1.3333}\n");
    for (int i = 0; i <= 10; i++)
        g_string_append_printf(
            text,
            "{\"t_us\":%d,\"tracks\":[{\"id\":1,\"class\":\"vehicle\",\"box\":[0.7,0.75,0.2,0.2]},"
            "{\"id\":2,\"class\":\"%s\",\"box\":[%.17g,0.3,0.05,0.4]}]}\n",
            i * 100000, i % 2 == 0 ? "person" : "unknown", person(i).x);
    return scratch_write("observations.jsonl", text->str);
}

static Still still_of(uint8_t *pixels, int64_t t_us)
{
    paint(pixels);
    return (Still){.pixels = pixels, .stride = STRIDE, .width = WIDTH, .height = HEIGHT, .t_us = t_us};
}

/* That at t_us the persons of the pictures from `first` to `last`, and the `count` boxes found, are masked in
 * a picture that is coarsened as a whole. */
static void assert_masked(EvidenceMask *mask, int64_t t_us, int first, int last, const GArray *found)
{
    g_autofree uint8_t *pixels = g_malloc(BYTES), *expected = g_malloc(BYTES);
    Still still = still_of(pixels, t_us);
    g_autoptr(GError) error = NULL;
    assert_true(evidence_mask_apply(mask, &still, found, &error));
    paint(expected);
    still_coarsen(expected, STRIDE, WIDTH, HEIGHT);
    for (int i = first; i <= last; i++)
        still_pixelate(expected, STRIDE, WIDTH, HEIGHT, masked(i));
    for (guint i = 0; found != NULL && i < found->len; i++)
        still_pixelate(expected, STRIDE, WIDTH, HEIGHT, g_array_index(found, Box, i));
    if (memcmp(pixels, expected, BYTES) != 0)
        fail_msg("at %d us the picture is masked otherwise", (int)t_us);
}

TEST(whoever_is_tracked_is_masked)
{
    g_autofree char *path = write_observations();
    g_autoptr(EvidenceMask) mask = evidence_mask_new(EVIDENCE_BLUR_PERSONS, path);
    assert_true(evidence_mask_wants_people(mask));
    assert_masked(mask, 0, 0, 2, NULL);
    assert_masked(mask, 500000, 3, 7, NULL); /* a fifth of a second before and behind */
    assert_masked(mask, 550000, 4, 7, NULL);
    assert_masked(mask, 550000, 4, 7, NULL); /* the same picture once more */
    assert_masked(mask, 100000, 0, 3, NULL); /* an earlier one begins anew */
    assert_masked(mask, 1100000, 9, 10, NULL);
    assert_masked(mask, 1200001, 0, -1, NULL);
    assert_masked(mask, 1000000, 8, 10, NULL);
}

TEST(whoever_is_found_is_masked)
{
    g_autofree char *path = write_observations();
    g_autoptr(EvidenceMask) mask = evidence_mask_new(EVIDENCE_BLUR_PERSONS, path);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Box));
    assert_masked(mask, 2000000, 0, -1, found);
    const Box boxes[] = {{0.1, 0.1, 0.2, 0.3}, {0.6, 0.5, 0.2, 0.3}};
    g_array_append_vals(found, boxes, 1);
    assert_masked(mask, 2000000, 0, -1, found);
    g_array_append_vals(found, boxes + 1, 1);
    assert_masked(mask, 2000000, 0, -1, found);
}

/* Without observations nobody knows where people are: all is masked. */
TEST(all_or_nothing_is_masked_where_that_is_asked)
{
    g_autofree char *path = write_observations();
    const struct {
        EvidenceBlur blur;
        const char *observations;
        bool all;
    } cases[] = {{EVIDENCE_BLUR_ALL, path, true},
                 {EVIDENCE_BLUR_ALL, NULL, true},
                 {EVIDENCE_BLUR_PERSONS, NULL, true},
                 {EVIDENCE_BLUR_NONE, path, false},
                 {EVIDENCE_BLUR_NONE, NULL, false}};
    g_autofree uint8_t *pixels = g_malloc(BYTES), *expected = g_malloc(BYTES);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(EvidenceMask) mask = evidence_mask_new(cases[i].blur, cases[i].observations);
        assert_false(evidence_mask_wants_people(mask));
        Still still = still_of(pixels, 500000);
        assert_true(evidence_mask_apply(mask, &still, NULL, NULL));
        paint(expected);
        /* four rows of square tiles */
        for (double y = 0; cases[i].all && y < 1; y += 0.25)
            for (double x = 0; x < 1; x += 0.25 * HEIGHT / WIDTH)
                still_pixelate(expected, STRIDE, WIDTH, HEIGHT, (Box){x, y, 0.25 * HEIGHT / WIDTH, 0.25});
        assert_memory_equal(pixels, expected, BYTES);
    }
}

/* A picture whose people are not known is never given as masked. */
TEST(observations_that_cannot_be_read_are_an_error)
{
    g_autofree char *away = scratch_path("away.jsonl"), *path = write_observations();
    g_autofree uint8_t *pixels = g_malloc(BYTES);
    Still still = still_of(pixels, 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(EvidenceMask) none = evidence_mask_new(EVIDENCE_BLUR_PERSONS, away);
    assert_false(evidence_mask_apply(none, &still, NULL, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    g_clear_error(&error);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autofree char *broken = g_strconcat(text, "{\"t_us\":\n", NULL);
    assert_true(g_file_set_contents(away, broken, -1, NULL));
    g_autoptr(EvidenceMask) half = evidence_mask_new(EVIDENCE_BLUR_PERSONS, away);
    assert_masked(half, 500000, 3, 7, NULL);
    still = still_of(pixels, 1000000);
    assert_false(evidence_mask_apply(half, &still, NULL, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
}

UNIT_TESTS(scratch_make, scratch_drop)
