/* SPDX-License-Identifier: GPL-3.0-or-later */
/* truth/caviar: rows of tracks that people marked become observations and truth. */
#include "import/caviar.h"

#include "records/error.h"
#include "records/observation_io.h"
#include "truth/truth.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* cmocka.h wants these first. */

#include "unit.h"

static char *path_of(const char *name)
{
    g_autofree char *file = g_strdup_printf("vsaudit-%d-%s", (int)getpid(), name);
    return g_build_filename(g_get_tmp_dir(), file, NULL);
}

static Caviar *load(const char *rows, GError **error)
{
    g_autofree char *path = path_of("rows.csv");
    assert_true(g_file_set_contents(path, rows, -1, NULL));
    Caviar *caviar = caviar_load(path, error);
    g_unlink(path);
    return caviar;
}

static void add(GString *rows, int t_ms, const char *who, const char *doing, double x, double y)
{
    g_string_append_printf(rows, "%s|%d|%d|true|%s\n", doing, t_ms, t_ms, who);
    g_string_append_printf(rows, "coord|%d|%d|true|%s|%d|%d\n", t_ms, t_ms, who, (int)lround(x),
                           (int)lround(y));
}

/* From 1 s: id0 walks to and fro at 34 pixels/s for 10 s, stands for 20 s with a step in the middle, runs for
 * 2 s. From 12 s to 14 s, and again from 20 s to 21 s, id1 is there. */
static GString *rows_of_a_lobby(void)
{
    GString *rows = g_string_new(NULL);
    double x = 100;
    for (int t_ms = 1000; t_ms < 33000; t_ms += 40) {
        const int at = t_ms - 1000;
        const bool step = at >= 20000 && at < 21000;
        const char *doing = at < 10000 || step ? "walking" : at < 30000 ? "inactive" : "running";
        if (at < 10000)
            x += at < 5000 ? 1.36 : -1.36;
        if (at >= 30000)
            x += 4;
        add(rows, t_ms, "id0", doing, x, 150);
        if ((at >= 12000 && at < 14000) || (at >= 20000 && at < 21000))
            add(rows, t_ms, "id1", "walking", 300, 150);
    }
    return rows;
}

TEST(tracks_have_a_scale_and_times_of_their_own)
{
    g_autoptr(GString) rows = rows_of_a_lobby();
    g_autoptr(Caviar) caviar = load(rows->str, NULL);
    assert_non_null(caviar);
    assert_int_equal(caviar_duration(caviar), 32 * US_PER_SECOND);
    assert_int_equal(caviar_tracks(caviar), 3); /* id1 came twice */
    g_autofree char *path = path_of("tracks.jsonl.gz");
    assert_true(caviar_write_observations(caviar, "lobby", path, NULL));
    g_autoptr(ObservationReader) reader = observation_reader_open(path, NULL);
    assert_non_null(reader);
    assert_true(fabs(observation_reader_header(reader)->aspect - 4.0 / 3) < 1e-12);
    int64_t count = 0, last_id = 0;
    for (;;) {
        g_auto(Observation) seen = {0};
        if (observation_reader_next(reader, &seen, NULL) != OBSERVATION_READ)
            break;
        assert_int_equal(seen.t_us, count++ * 40000);
        assert_in_range(seen.track_count, 1, 2);
        assert_int_equal(seen.tracks[0].id, 1);
        /* 34 pixels/s are 0.85 heights/s: 40 pixels of 288. */
        assert_true(fabs(seen.tracks[0].box.h - 40.0 / 288) < 0.05 * 40 / 288);
        assert_true(fabs(seen.tracks[0].foot.y - 150.0 / 288) < 1e-9);
        assert_true(fabs(seen.tracks[0].box.y + seen.tracks[0].box.h - 150.0 / 288) < 1e-9);
        if (seen.track_count == 2)
            last_id = seen.tracks[1].id;
    }
    assert_int_equal(count, 800);
    assert_int_equal(last_id, 3);
    g_unlink(path);
}

TEST(labels_become_events)
{
    g_autoptr(GString) rows = rows_of_a_lobby();
    g_autoptr(Caviar) caviar = load(rows->str, NULL);
    g_autofree char *path = path_of("truth.csv");
    assert_true(caviar_write_truth(caviar, "lobby", path, NULL));
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Truth) truth = truth_load(path, NULL, problems);
    g_unlink(path);
    assert_non_null(truth);
    assert_int_equal(truth->coverage->len, 2);
    assert_int_equal(truth->events->len, 2);
    const Event *run = g_array_index(truth->events, TruthEvent, 0).event;
    const Event *stand = g_array_index(truth->events, TruthEvent, 1).event;
    assert_string_equal(run->behaviour, "running");
    assert_int_equal(run->start_us, 30 * US_PER_SECOND);
    assert_int_equal(run->end_us, 32 * US_PER_SECOND);
    /* The step of a second breaks nothing. */
    assert_string_equal(stand->behaviour, "loitering");
    assert_int_equal(stand->start_us, 10 * US_PER_SECOND);
    assert_int_equal(stand->end_us, 30 * US_PER_SECOND);
}

TEST(wrong_rows_are_refused_with_their_line)
{
    static const char *const wrong[] = {
        "hopping|0|0|true|id0\n",
        "coord|0|0|true|id0|5\n",
        "coord|x|0|true|id0|5|5\n",
        "coord|0|0|true||5|5\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *rows = g_strconcat("walking|0|0|true|id0\n", wrong[i], NULL);
        g_autoptr(GError) error = NULL;
        assert_null(load(rows, &error));
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        assert_non_null(strstr(error->message, "rows.csv:2: found “"));
    }
    g_autoptr(GError) backward = NULL;
    assert_null(load("walking|80|80|true|id0\nwalking|40|40|true|id0\n", &backward));
    assert_non_null(strstr(backward->message, ":2: "));
    g_autoptr(GError) nobody = NULL;
    assert_null(load("", &nobody));
    assert_non_null(strstr(nobody->message, "too few people who walk"));
}

UNIT_TESTS(NULL, NULL)
