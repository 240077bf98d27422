/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drawn scenes look as they did: two pictures of each scene that is shipped, and each kind of thing seen
 * from near, as the mean grey of 32 x 18 fields, may differ by no more than two levels from
 * tests/golden/scenes (another version of cairo smooths edges a little otherwise). After a change that is
 * wanted tests/golden-renew writes them again. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "records/save.h"
#include "synth/draw.h"
#include "synth/picture.h"
#include "synth/script.h"

#include <math.h>
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

/* ---- things from near, as they are seldom seen in a scene */

enum { NEAR_WIDTH = 640, NEAR_HEIGHT = 360 };

typedef struct {
    GString *out;
    View view;
    cairo_surface_t *surface;
    cairo_t *cr;
} Sheet;

static void sheet_clear_page(const Sheet *sheet, double grey)
{
    cairo_set_source_rgb(sheet->cr, grey, grey, grey);
    cairo_paint(sheet->cr);
}

/* The rows in which something was drawn. */
static void sheet_take(const Sheet *sheet, double grey, const char *what)
{
    cairo_surface_flush(sheet->surface);
    uint8_t fields[ROWS * COLUMNS];
    measure(cairo_image_surface_get_data(sheet->surface), cairo_image_surface_get_stride(sheet->surface),
            NEAR_WIDTH, NEAR_HEIGHT, fields);
    const int empty = (int)lround(grey * 255);
    for (int r = 0; r < ROWS; r++) {
        int differs = 0;
        for (int c = 0; c < COLUMNS; c++)
            differs = MAX(differs, abs(fields[r * COLUMNS + c] - empty));
        if (differs <= LEVELS)
            continue;
        g_string_append_printf(sheet->out, "%s · row %d = ", what, r + 1);
        for (int c = 0; c < COLUMNS; c++)
            g_string_append_printf(sheet->out, "%02x", fields[r * COLUMNS + c]);
        g_string_append_c(sheet->out, '\n');
    }
}

/* Toward the camera, away from it, across, and aslant. */
static const double headings[][2] = {{0, -1}, {0, 1}, {1, 0}, {-0.6, 0.8}};

static void draw_vehicles(const Sheet *sheet)
{
    static const double distances[] = {
        [ACTOR_BICYCLE] = 5, [ACTOR_CAR] = 9, [ACTOR_VAN] = 11, [ACTOR_LORRY] = 17, [ACTOR_BUS] = 19};
    for (int kind = ACTOR_BICYCLE; kind <= ACTOR_BUS; kind++) {
        for (size_t h = 0; h < G_N_ELEMENTS(headings); h++) {
            const Actor actor = {
                .kind = kind, .look = 7 + kind, .height = 1.75, .lights = true, .brake = NAN, .speed = NAN};
            const PathState state = {.at = {0.3, distances[kind]},
                                     .heading_x = headings[h][0],
                                     .heading_z = headings[h][1],
                                     .speed = 5,
                                     .walked = 1.3};
            g_autofree char *lit = g_strdup_printf("vehicle %d · heading %zu · lights", kind, h);
            sheet_clear_page(sheet, 0);
            draw_lights(sheet->cr, &sheet->view, &actor, &state);
            sheet_take(sheet, 0, lit);
            g_autofree char *what = g_strdup_printf("vehicle %d · heading %zu", kind, h);
            sheet_clear_page(sheet, 0.5);
            if (kind == ACTOR_BICYCLE)
                draw_bicycle(sheet->cr, &sheet->view, &actor, &state, 0.6);
            else
                draw_vehicle(sheet->cr, &sheet->view, &actor, &state, 0.6);
            sheet_take(sheet, 0.5, what);
        }
    }
}

static void draw_people(const Sheet *sheet)
{
    for (int prop = PROP_NONE; prop <= PROP_BICYCLE; prop++) {
        for (size_t h = 0; h < G_N_ELEMENTS(headings); h++) {
            const Actor actor = {.kind = ACTOR_PERSON,
                                 .look = 3 + prop,
                                 .height = 1.6 + prop * 0.04,
                                 .prop = prop,
                                 .vest = h == 1,
                                 .shade_delay = 0.3};
            const PathState state = {.at = {-0.2, 4.2},
                                     .heading_x = headings[h][0],
                                     .heading_z = headings[h][1],
                                     .speed = h == 2 ? 0 : 1.4,
                                     .walked = 2.2 + (double)h};
            g_autofree char *what = g_strdup_printf("person with %d · heading %zu", prop, h);
            sheet_clear_page(sheet, 0.5);
            draw_figure(sheet->cr, &sheet->view, &actor, &state, 5, 0.6, h == 3 ? 0.5 : 0);
            sheet_take(sheet, 0.5, what);
        }
    }
    for (int pose = POSE_FALLEN; pose <= POSE_HUGGING; pose++) {
        for (int late = 0; late < 2; late++) {
            PoseSpan span = {pose, 2, 8};
            g_autoptr(GPtrArray) poses = g_ptr_array_new();
            g_ptr_array_add(poses, &span);
            const Actor actor = {
                .kind = ACTOR_PERSON, .look = 11, .height = 1.8, .poses = poses, .shade_delay = 0.7};
            const PathState state = {.at = {0.1, 4.2}, .heading_x = 0.8, .heading_z = -0.6, .walked = 3};
            g_autofree char *what = g_strdup_printf("pose %d · %s", pose, late ? "held" : "taken up");
            sheet_clear_page(sheet, 0.5);
            draw_figure(sheet->cr, &sheet->view, &actor, &state, late ? 5.35 : 2.25, 0.6, 0);
            sheet_take(sheet, 0.5, what);
        }
    }
}

static void draw_gates(const Sheet *sheet)
{
    static const double open[] = {0, 0.4, 1};
    for (int aside = 0; aside < 2; aside++) {
        for (size_t o = 0; o < G_N_ELEMENTS(open); o++) {
            g_autofree char *what = g_strdup_printf("gate · aside %d · open %g", aside, open[o]);
            sheet_clear_page(sheet, 0.5);
            draw_gate(sheet->cr, &sheet->view, (Ground){-0.4, 4.2}, aside != 0, GATE_PASSAGE_M, open[o]);
            sheet_take(sheet, 0.5, what);
        }
        g_autofree char *alone = g_strdup_printf("gate · aside %d · alone", aside);
        sheet_clear_page(sheet, 0.5);
        draw_gate(sheet->cr, &sheet->view, (Ground){-0.4, 4.2}, aside != 0, 0, 0);
        sheet_take(sheet, 0.5, alone);
    }
}

static void draw_things(const Sheet *sheet)
{
    for (int kind = ITEM_BAG; kind <= ITEM_PARCEL; kind++) {
        const Item item = {.kind = kind, .at = {0.45, 0.85}, .from_s = NAN, .until_s = NAN};
        g_autofree char *what = g_strdup_printf("item %d", kind);
        sheet_clear_page(sheet, 0.5);
        draw_item(sheet->cr, &sheet->view, &item);
        sheet_take(sheet, 0.5, what);
    }
    static const double times[] = {2.4, 5.15, 9.8};
    for (int kind = BLAZE_FLAME; kind <= BLAZE_GLOW; kind++) {
        for (size_t t = 0; t < G_N_ELEMENTS(times); t++) {
            const Blaze blaze = {.kind = kind,
                                 .at = {0.5, 0.8},
                                 .start_s = 2,
                                 .end_s = 10,
                                 .grow_s = 2,
                                 .size_m = kind == BLAZE_LIGHTER ? 0.3 : 1,
                                 .smoke = 0.8};
            g_autofree char *smoke = g_strdup_printf("blaze %d · %g s · smoke", kind, times[t]);
            sheet_clear_page(sheet, 0.5);
            draw_smoke(sheet->cr, &sheet->view, &blaze, 5, times[t]);
            sheet_take(sheet, 0.5, smoke);
            g_autofree char *what = g_strdup_printf("blaze %d · %g s", kind, times[t]);
            sheet_clear_page(sheet, 0.2);
            draw_blaze(sheet->cr, &sheet->view, &blaze, 5, times[t], (int64_t)(times[t] * 25));
            sheet_take(sheet, 0.2, what);
        }
    }
}

static char *draw_near(void)
{
    Sheet sheet = {.out = g_string_new(NULL),
                   .view = view_make(NEAR_WIDTH, NEAR_HEIGHT, 0.25, 1.4, 1.1),
                   .surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, NEAR_WIDTH, NEAR_HEIGHT)};
    sheet.cr = cairo_create(sheet.surface);
    draw_vehicles(&sheet);
    draw_people(&sheet);
    draw_gates(&sheet);
    draw_things(&sheet);
    cairo_destroy(sheet.cr);
    cairo_surface_destroy(sheet.surface);
    return g_string_free(sheet.out, FALSE);
}

/* ---- */

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

static void hold(const char *name, const char *found)
{
    g_autofree char *file = g_strconcat("tests/golden/scenes/", name, ".txt", NULL), *expected = NULL;
    if (g_getenv("GOLDEN_RENEW") != NULL)
        assert_true(save_file(file, found, -1, NULL));
    assert_true(g_file_get_contents(file, &expected, NULL, NULL));
    assert_int_equal(count_differences(expected, found), 0);
}

static void hold_scenes(const char *name)
{
    g_autofree char *folder = g_build_filename("datasets", name, NULL), *found = draw_all(folder);
    hold(name, found);
}

TEST(the_sample_looks_as_it_did)
{
    hold_scenes("sample");
}

TEST(the_sample_of_behaviours_looks_as_it_did)
{
    hold_scenes("sample-behaviours");
}

TEST(each_thing_looks_as_it_did_from_near)
{
    g_autofree char *found = draw_near();
    hold("things", found);
}

UNIT_TESTS(NULL, NULL)
