/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases of sed_eval and psds_eval, read from the folder named by VSAUDIT_CONFORMANCE, and small ones of
 * our own. */
#include "scoring/sed.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/unit.h"

typedef struct {
    GPtrArray *files, *labels; /* of char *, shared by truth and system */
    GArray *references, *systems;
} Case;

static void case_init(Case *data)
{
    data->files = g_ptr_array_new_with_free_func(g_free);
    data->labels = g_ptr_array_new_with_free_func(g_free);
    data->references = g_array_new(FALSE, TRUE, sizeof(SedEvent));
    data->systems = g_array_new(FALSE, TRUE, sizeof(SedEvent));
}

static void case_clear(Case *data)
{
    g_ptr_array_unref(data->files);
    g_ptr_array_unref(data->labels);
    g_array_unref(data->references);
    g_array_unref(data->systems);
}

static int place_of(GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++)
        if (strcmp(g_ptr_array_index(names, i), name) == 0)
            return (int)i;
    g_ptr_array_add(names, g_strdup(name));
    return (int)names->len - 1;
}

static void add_event(Case *data, bool system, const char *file, const char *label, double onset,
                      double offset)
{
    const SedEvent event = {place_of(data->files, file), place_of(data->labels, label), onset, offset};
    g_array_append_val(system ? data->systems : data->references, event);
}

static bool read_number(const char *text, double *value)
{
    char *end = NULL;
    *value = g_ascii_strtod(text, &end);
    return end != text && *g_strchug(end) == '\0';
}

/* Tab-separated: [file [scene]] onset offset label. With `one_file` the file's own name counts, not the
 * column. */
static void read_list(Case *data, bool system, const char *folder, const char *name, const char *one_file)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("cannot read %s", path);
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", -1);
        double onset = 0, offset = 0;
        for (guint f = 0; f + 2 < g_strv_length(fields); f++)
            if (read_number(fields[f], &onset) && read_number(fields[f + 1], &offset)) {
                add_event(data, system, one_file != NULL ? one_file : fields[0], fields[f + 2], onset,
                          offset);
                break;
            }
    }
}

static void read_inline(Case *data, bool system, const json_t *events)
{
    size_t i;
    json_t *event;
    json_array_foreach(events, i, event)
    {
        const size_t shift = json_array_size(event) - 3;
        add_event(data, system, shift > 0 ? json_string_value(json_array_get(event, 0)) : "only",
                  json_string_value(json_array_get(event, shift)),
                  json_number_value(json_array_get(event, shift + 1)),
                  json_number_value(json_array_get(event, shift + 2)));
    }
}

static SedCounts match(const Case *data, const SedCollar *collar, int label)
{
    return sed_match_events((const SedEvent *)(const void *)data->references->data, data->references->len,
                            (const SedEvent *)(const void *)data->systems->data, data->systems->len, collar,
                            label);
}

static SedCounts count_segments(const Case *data, double resolution, double evaluated_s)
{
    return sed_count_segments((const SedEvent *)(const void *)data->references->data, data->references->len,
                              (const SedEvent *)(const void *)data->systems->data, data->systems->len,
                              (int)data->files->len, (int)data->labels->len, resolution, evaluated_s);
}

static double class_average(const Case *data, const SedCollar *collar, bool undefined_is_zero)
{
    double sum = 0;
    int counted = 0;
    for (int label = 0; label < (int)data->labels->len; label++) {
        const SedCounts counts = match(data, collar, label);
        /* sed_eval calls F undefined when precision is: no output at all for the class. */
        if (counts.systems == 0 && !undefined_is_zero)
            continue;
        const double f = sed_f_measure(&counts);
        sum += isnan(f) ? 0 : f;
        counted++;
    }
    return sum / counted;
}

static int compared;

static void compare(const char *id, const char *what, double expected, double found)
{
    compared++;
    if (!(fabs(found - expected) <= 1e-6))
        fail_msg("%s: %s: expected %.10g, found %.10g", id, what, expected, found);
}

static void check_figures(const json_t *json, Case *data)
{
    const char *id = json_string_value(json_object_get(json, "id"));
    const SedCollar collar = {
        .collar = json_number_value(json_object_get(json, "t_collar")),
        .share_of_length = json_number_value(json_object_get(json, "percentage_of_length")),
        .use_onset = true,
        .use_offset = !json_is_false(json_object_get(json, "evaluate_offset")),
    };
    const bool events = strcmp(json_string_value(json_object_get(json, "kind")), "event") == 0;
    const double resolution = json_number_value(json_object_get(json, "time_resolution"));
    const char *name;
    json_t *expected;
    json_object_foreach(json_object_get(json, "expect"), name, expected)
    {
        const double evaluated = strstr(name, "=1200") != NULL ? 1200 : 0;
        const SedCounts counts =
            events ? match(data, &collar, -1) : count_segments(data, resolution, evaluated);
        double found = NAN;
        if (g_str_has_prefix(name, "overall.error_rate"))
            found = sed_error_rate(&counts);
        else if (g_str_has_prefix(name, "overall.f_measure"))
            found = sed_f_measure(&counts);
        else if (g_str_has_prefix(name, "overall.accuracy"))
            found = sed_accuracy(&counts);
        else if (strcmp(name, "overall.balanced_accuracy") == 0)
            found = (sed_sensitivity(&counts) + sed_specificity(&counts)) / 2;
        else if (strcmp(name, "overall.sensitivity") == 0)
            found = sed_sensitivity(&counts);
        else if (strcmp(name, "overall.specificity") == 0)
            found = sed_specificity(&counts);
        else if (g_str_has_prefix(name, "class_wise_average.f_measure"))
            found = class_average(data, &collar, strstr(name, "zero_score") != NULL);
        compare(id, name, json_number_value(expected), found);
    }
}

static char *conformance_folder(const char *peer)
{
    const char *root = g_getenv("VSAUDIT_CONFORMANCE");
    if (root != NULL)
        return g_build_filename(root, peer, NULL);
    print_message("# skipped: VSAUDIT_CONFORMANCE does not name the folder of the peers' cases\n");
    return NULL;
}

TEST(agrees_with_sed_eval)
{
    g_autofree char *folder = conformance_folder("sed_eval");
    if (folder == NULL)
        skip();
    g_autofree char *path = g_build_filename(folder, "cases.json", NULL);
    g_autofree char *lists = g_build_filename(folder, "data", NULL);
    json_t *document = json_load_file(path, 0, NULL);
    assert_non_null(document);
    size_t i;
    json_t *json;
    json_array_foreach(json_object_get(document, "cases"), i, json)
    {
        Case data;
        case_init(&data);
        size_t f;
        json_t *pair;
        const bool by_column = json_object_get(json, "evaluate_per") != NULL &&
                               strstr(json_string_value(json_object_get(json, "id")), "audioset") == NULL;
        json_array_foreach(json_object_get(json, "files"), f, pair)
        {
            const char *reference = json_string_value(json_array_get(pair, 0));
            const char *one_file = by_column ? NULL : reference;
            if (!by_column)
                place_of(data.files, reference);
            read_list(&data, false, lists, reference, one_file);
            read_list(&data, true, lists, json_string_value(json_array_get(pair, 1)), one_file);
        }
        read_inline(&data, false, json_object_get(json, "reference"));
        read_inline(&data, true, json_object_get(json, "estimated"));
        check_figures(json, &data);
        case_clear(&data);
    }
    print_message("# sed_eval: %zu cases, %d figures compared\n",
                  json_array_size(json_object_get(document, "cases")), compared);
    json_decref(document);
}

TEST(agrees_with_psds_eval)
{
    g_autofree char *folder = conformance_folder("psds_eval");
    if (folder == NULL)
        skip();
    compared = 0;
    g_autofree char *path = g_build_filename(folder, "cases.json", NULL);
    g_autofree char *lists = g_build_filename(folder, "data", NULL);
    g_autofree char *metadata_path = g_build_filename(lists, "test.metadata", NULL);
    g_autofree char *metadata = NULL;
    assert_true(g_file_get_contents(metadata_path, &metadata, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(metadata, "\n", -1);
    double seconds = 0;
    for (size_t i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", 2);
        if (fields[0] != NULL && fields[1] != NULL)
            seconds += g_ascii_strtod(fields[1], NULL);
    }
    json_t *document = json_load_file(path, 0, NULL);
    assert_non_null(document);
    const PsdsCriteria criteria = {0.5, 0.5, 0.3};
    size_t i;
    json_t *json;
    json_array_foreach(json_object_get(document, "cases"), i, json)
    {
        Case data;
        case_init(&data);
        const char *id = json_string_value(json_object_get(json, "gt"));
        const char *const classes[] = {"c1", "c2", "c3"};
        for (size_t c = 0; c < 3; c++)
            place_of(data.labels, classes[c]);
        read_list(&data, false, lists, id, NULL);
        read_list(&data, true, lists, json_string_value(json_object_get(json, "det")), NULL);
        assert_int_equal(data.labels->len, 3);
        int64_t hits[3], false_positives[3], cross[9];
        psds_count((const SedEvent *)(const void *)data.references->data, data.references->len,
                   (const SedEvent *)(const void *)data.systems->data, data.systems->len, 3, &criteria, hits,
                   false_positives, cross);
        PsdsPoint points[3];
        const json_t *counts = json_object_get(json, "counts");
        for (size_t c = 0; c < 3; c++) {
            const json_t *row = json_array_get(counts, c);
            for (size_t other = 0; other < 3; other++)
                compare(id, "count", json_number_value(json_array_get(row, other)),
                        (double)(other == c ? hits[c] : cross[c * 3 + other]));
            compare(id, "false positives", json_number_value(json_array_get(row, 3)),
                    (double)false_positives[c]);
            int64_t events = 0;
            for (guint e = 0; e < data.references->len; e++)
                events += g_array_index(data.references, SedEvent, e).label == (int)c;
            points[c] = (PsdsPoint){(int)c, (double)hits[c] / (double)events,
                                    (double)false_positives[c] / (seconds / 3600)};
            compare(id, "tpr", json_number_value(json_array_get(json_object_get(json, "tpr"), c)),
                    points[c].true_positive_rate);
            compare(id, "fpr", json_number_value(json_array_get(json_object_get(json, "fpr_per_hour"), c)),
                    points[c].effective_false_rate);
        }
        compare(id, "psds", json_number_value(json_object_get(json, "psds")),
                psds_score(points, 3, 3, 0, 100));
        case_clear(&data);
    }
    print_message("# psds_eval: %zu cases, %d figures compared\n",
                  json_array_size(json_object_get(document, "cases")), compared);
    json_decref(document);
}

TEST(own_small_cases)
{
    const SedEvent truth[] = {{0, 0, 10, 20}, {0, 1, 30, 40}, {1, 0, 10, 20}};
    const SedEvent said[] = {{0, 0, 10.1, 24}, {0, 0, 30, 40}, {1, 0, 11, 20}};
    const SedCollar collar = {0.25, 0.5, true, true};
    SedCounts counts = sed_match_events(truth, 3, said, 3, &collar, -1);
    assert_int_equal(counts.hits, 1);          /* 4 s late at the end, 5 allowed */
    assert_int_equal(counts.substitutions, 1); /* the second has the wrong label */
    assert_int_equal(counts.deletions, 1);
    assert_int_equal(counts.insertions, 1);
    assert_true(sed_error_rate(&counts) == 1);
    counts = sed_match_events(truth, 3, NULL, 0, &collar, -1);
    assert_int_equal(counts.deletions, 3);
    assert_true(sed_f_measure(&counts) == 0);
    counts = sed_match_events(NULL, 0, NULL, 0, &collar, -1);
    assert_true(isnan(sed_f_measure(&counts)) && isnan(sed_error_rate(&counts)));
    counts = sed_count_segments(truth, 1, said, 1, 1, 1, 5, 0);
    assert_int_equal(counts.hits, 2); /* segments 10-15 and 15-20 of five, 20-25 is wrong */
    assert_int_equal(counts.insertions, 1);
    assert_int_equal(counts.true_negatives, 2);
    const PsdsPoint points[] = {{0, 0.5, 0}, {0, 1, 50}, {1, 1, 20}};
    assert_true(fabs(psds_score(points, 3, 2, 0, 100) - (0.2 * 0.25 + 0.3 * 0.75 + 0.5)) < 1e-12);
}

UNIT_TESTS(NULL, NULL)
