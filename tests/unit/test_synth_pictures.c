/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawn scenes look as they did: two pictures of each scene that is shipped, as the mean grey of 32 x 18
 * fields, may differ by no more than two levels from tests/golden/scenes (another version of cairo smooths
 * edges a little otherwise). After a change that is wanted tests/golden-renew writes them again. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "records/save.h"
#include "synth/picture.h"
#include "synth/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 32, ROWS = 18, LEVELS = 2 };

static void measure(const uint8_t *pixels, int stride, int width, int height, uint8_t *fields)
{
    for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
            int64_t sum = 0, count = 0;
            for (int y = r * height / ROWS; y < (r + 1) * height / ROWS; y++) {
                for (int x = c * width / COLUMNS; x < (c + 1) * width / COLUMNS; x++) {
                    const uint8_t *pixel = pixels + (ptrdiff_t)y * stride + (ptrdiff_t)4 * x;
                    sum += pixel[0] + 2 * pixel[1] + pixel[2];
                    count += 4;
                }
            }
            fields[r * COLUMNS + c] = (uint8_t)((sum + count / 2) / count);
        }
    }
}

/* Lines "scene · picture n · row r = hexadecimal levels". */
static void append_scene(GString *out, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Script) script = script_parse(text, path, problems);
    assert_non_null(script);
    g_autoptr(Stage) stage = stage_new(script);
    static const double places[] = {0.3, 0.62};
    const int64_t pictures = script_frames(script);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        const int64_t number = (int64_t)(places[i] * (double)pictures);
        uint8_t fields[ROWS * COLUMNS];
        int stride = 0;
        const uint8_t *pixels = stage_draw(stage, number, &stride);
        measure(pixels, stride, (int)script->width, (int)script->height, fields);
        for (int r = 0; r < ROWS; r++) {
            g_string_append_printf(out, "%s · picture %d · row %d = ", name, (int)number, r + 1);
            for (int c = 0; c < COLUMNS; c++)
                g_string_append_printf(out, "%02x", fields[r * COLUMNS + c]);
            g_string_append_c(out, '\n');
        }
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *draw_all(const char *folder)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ".yaml"))
            g_ptr_array_add(names, g_strdup(name));
    g_dir_close(dir);
    g_ptr_array_sort(names, compare_names);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++)
        append_scene(out, folder, names->pdata[i]);
    return g_string_free(out, FALSE);
}

static int level(const char *hex, int column)
{
    const char digits[] = {hex[2 * column], hex[2 * column + 1], '\0'};
    return (int)strtol(digits, NULL, 16);
}

/* How many rows differ by more than the levels allowed; the first few are told. */
static unsigned count_differences(const char *expected, const char *found)
{
    g_auto(GStrv) left = g_strsplit(expected, "\n", -1), right = g_strsplit(found, "\n", -1);
    unsigned wrong = 0;
    size_t i = 0;
    for (; left[i] != NULL && right[i] != NULL && *left[i] != '\0'; i++) {
        const char *a = strstr(left[i], " = "), *b = strstr(right[i], " = ");
        const size_t head = a != NULL ? (size_t)(a - left[i]) : 0;
        if (a == NULL || b == NULL || strlen(left[i]) != strlen(right[i]) ||
            strncmp(left[i], right[i], head) != 0) {
            printf("# expected %s\n#    found %s\n", left[i], right[i]);
            return wrong + 1;
        }
        for (int c = 0; c < COLUMNS; c++) {
            const int was = level(a + 3, c), is = level(b + 3, c);
            if (abs(was - is) <= LEVELS)
                continue;
            if (++wrong <= 10)
                printf("# %.*s, column %d: expected %d, found %d\n", (int)head, left[i], c + 1, was, is);
        }
    }
    return wrong + (g_strv_length(left) != g_strv_length(right));
}

static void hold(const char *name)
{
    g_autofree char *folder = g_build_filename("datasets", name, NULL), *found = draw_all(folder);
    g_autofree char *file = g_strconcat("tests/golden/scenes/", name, ".txt", NULL), *expected = NULL;
    if (g_getenv("GOLDEN_RENEW") != NULL)
        assert_true(save_file(file, found, -1, NULL));
    assert_true(g_file_get_contents(file, &expected, NULL, NULL));
    assert_int_equal(count_differences(expected, found), 0);
}

static void the_sample_looks_as_it_did(void **state)
{
    (void)state;
    hold("sample");
}

static void the_sample_of_behaviours_looks_as_it_did(void **state)
{
    (void)state;
    hold("sample-behaviours");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_looks_as_it_did),
        cmocka_unit_test(the_sample_of_behaviours_looks_as_it_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
