/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the public ActEV scorer's own cases and compares every figure that it expects. The cases lie in the
 * folder named by VSAUDIT_CONFORMANCE. */
#include "records/span.h"
#include "scoring/actev.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/unit.h"

typedef struct {
    GPtrArray *activities, *files;         /* of char *, in order of the index */
    GPtrArray *reference_ids, *system_ids; /* of char * */
    GArray *references, *systems, *file_data;
    double numerator, denominator;
    int64_t collar;
} Case;

static int failures, compared;

static void report(const char *test, const char *what, const char *expected, double found)
{
    if (failures++ < 40)
        print_message("# %s: %s: expected %s, found %.10g\n", test, what, expected, found);
}

static json_t *load(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (json == NULL)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    return json;
}

static int find_name(const GPtrArray *names, const char *name)
{
    for (guint i = 0; i < names->len; i++)
        if (strcmp(g_ptr_array_index(names, i), name) == 0)
            return (int)i;
    return -1;
}

/* {"1": 1, "500": 0}: the first frame at which the value holds. */
static void read_signal(const json_t *signal, SpanList *spans)
{
    int64_t frames[64];
    bool on[64];
    size_t count = 0;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)signal, key, value)
    {
        assert_true(count < 64);
        size_t place = count++;
        const int64_t frame = g_ascii_strtoll(key, NULL, 10);
        for (; place > 0 && frames[place - 1] > frame; place--) {
            frames[place] = frames[place - 1];
            on[place] = on[place - 1];
        }
        frames[place] = frame;
        on[place] = json_integer_value(value) != 0;
    }
    for (size_t i = 0; i + 1 < count; i++)
        if (on[i])
            span_list_add(spans, frames[i], frames[i + 1]);
}

/* `selected`: by file; instances that reach outside it are dropped unless `keep`. */
static void read_instances(const json_t *document, Case *data, GArray *instances, GPtrArray *ids,
                           const SpanList *selected, bool keep)
{
    size_t i;
    json_t *activity;
    json_array_foreach(json_object_get(document, "activities"), i, activity)
    {
        const char *file;
        json_t *signal;
        json_object_foreach(json_object_get(activity, "localization"), file, signal)
        {
            ActevInstance instance = {
                .activity =
                    find_name(data->activities, json_string_value(json_object_get(activity, "activity"))),
                .file = find_name(data->files, file),
                .confidence = json_number_value(json_object_get(activity, "presenceConf")),
            };
            if (instance.activity < 0 || instance.file < 0)
                continue;
            g_auto(SpanList) spans;
            span_list_init(&spans);
            read_signal(signal, &spans);
            if (spans.spans->len == 0)
                continue;
            assert_int_equal(spans.spans->len, 1);
            instance.start = g_array_index(spans.spans, Span, 0).start_us;
            instance.end = g_array_index(spans.spans, Span, 0).end_us;
            const SpanList *whole = &selected[instance.file];
            bool outside = false;
            for (guint k = 0; k + 1 < whole->spans->len; k++) {
                const int64_t gap_start = g_array_index(whole->spans, Span, k).end_us;
                const int64_t gap_end = g_array_index(whole->spans, Span, k + 1).start_us;
                outside |= instance.start < gap_end && instance.end > gap_start;
            }
            if (outside && !keep)
                continue;
            g_array_append_val(instances, instance);
            g_ptr_array_add(ids,
                            g_strdup_printf("%" JSON_INTEGER_FORMAT,
                                            json_integer_value(json_object_get(activity, "activityID"))));
        }
    }
}

static void compare_value(const char *test, const char *what, const char *expected, double found)
{
    compared++;
    if (strcmp(expected, "None") == 0) {
        if (!isnan(found))
            report(test, what, expected, found);
        return;
    }
    const double value = g_ascii_strtod(expected, NULL);
    if (!(fabs(found - value) <= 1e-6 * fmax(1, fabs(value))))
        report(test, what, expected, found);
}

/* A measure by the name under which it is printed; false when the name is not one of ours. */
static bool measure_by_name(const ActevActivity *activity, const char *name, double *value)
{
    static const struct {
        const char *prefix;
        int kind;
    } kinds[] = {{"p_miss@", ACTEV_P_MISS},
                 {"w_p_miss@", ACTEV_W_P_MISS},
                 {"n-mide@", ACTEV_N_MIDE},
                 {"AUDC@", 10},
                 {"nAUDC@", 11},
                 {"AP@", 12}};
    if (strcmp(name, "n-mide") == 0) {
        *value = activity->n_mide;
        return true;
    }
    if (strcmp(name, "n-mide_num_rejected") == 0) {
        *value = (double)activity->n_mide_rejected;
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (!g_str_has_prefix(name, kinds[i].prefix))
            continue;
        char *unit = NULL;
        const double target = g_ascii_strtod(name + strlen(kinds[i].prefix), &unit);
        const bool by_time = strcmp(unit, "tfa") == 0;
        if (kinds[i].kind == 12)
            *value = activity->average_precision[lround(target * 20) - 1];
        else if (kinds[i].kind >= 10)
            *value = actev_audc(activity, by_time, target) / (kinds[i].kind == 11 ? target : 1);
        else
            *value = actev_value_at(activity, (ActevMeasure)kinds[i].kind, by_time, target);
        return true;
    }
    return false;
}

static char **read_table(const char *folder, const char *test, const char *file)
{
    g_autofree char *path = g_build_filename(folder, "expected", test, file, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("cannot read %s", path);
    return g_strsplit(g_strchomp(text), "\n", -1);
}

/* Newer versions of the scorer leave out activities without a reference that counts, older ones (which made
 * some of the expected figures) do not: the list of figures tells which. */
static void drop_unreferenced(const char *folder, const char *test, const json_t *reference, Case *data,
                              const SpanList *selected, bool keep)
{
    g_autoptr(GArray) instances = g_array_new(FALSE, TRUE, sizeof(ActevInstance));
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    read_instances(reference, data, instances, ids, selected, keep);
    g_autofree bool *seen = g_new0(bool, data->activities->len);
    for (guint i = 0; i < instances->len; i++)
        seen[g_array_index(instances, ActevInstance, i).activity] = true;
    g_auto(GStrv) lines = read_table(folder, test, "scores_by_activity.csv");
    for (guint i = 0; i < data->activities->len; i++) {
        g_autofree char *prefix = g_strconcat(g_ptr_array_index(data->activities, i), "|", NULL);
        for (size_t line = 1; lines[line] != NULL; line++)
            seen[i] |= g_str_has_prefix(lines[line], prefix);
    }
    for (guint i = data->activities->len; i-- > 0;)
        if (!seen[i])
            g_ptr_array_remove_index(data->activities, i);
}

static void compare_activities(const char *folder, const char *test, const Case *data,
                               const ActevResult *result)
{
    g_auto(GStrv) lines = read_table(folder, test, "scores_by_activity.csv");
    for (size_t i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "|", 3);
        const int activity = find_name(data->activities, fields[0]);
        double value = 0;
        if (activity < 0 || !measure_by_name(&result->activities[activity], fields[1], &value))
            fail_msg("%s: unknown %s %s", test, fields[0], fields[1]);
        compare_value(test, lines[i], fields[2], value);
    }
}

static void compare_means(const char *folder, const char *test, const ActevResult *result)
{
    g_auto(GStrv) lines = read_table(folder, test, "scores_aggregated.csv");
    for (size_t i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "|", 2);
        double value = NAN;
        if (strcmp(fields[0], "n-mide") == 0) {
            value = result->n_mide;
        } else if (strcmp(fields[0], "n-mide_num_rejected") == 0) {
            value = (double)result->n_mide_rejected;
        } else {
            const bool precision = g_str_has_prefix(fields[0], "mAP@");
            const char *name = precision ? fields[0] + 1 : fields[0] + strlen("mean-");
            double sum = 0, one = 0;
            int count = 0;
            for (int a = 0; a < result->activity_count; a++) {
                if (!measure_by_name(&result->activities[a], name, &one))
                    fail_msg("%s: unknown %s", test, fields[0]);
                if (!isnan(one)) {
                    sum += one;
                    count++;
                }
            }
            value = count > 0 ? sum / count : (double)NAN;
        }
        compare_value(test, lines[i], fields[1], value);
    }
}

static void compare_points(const char *folder, const char *test, const Case *data, const ActevResult *result)
{
    g_auto(GStrv) lines = read_table(folder, test, "scores_by_activity_and_threshold.csv");
    for (size_t i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "|", 4);
        const ActevActivity *activity = &result->activities[find_name(data->activities, fields[0])];
        const double threshold = g_ascii_strtod(fields[1], NULL);
        const ActevPoint *point = NULL;
        for (guint p = 0; p < activity->points->len && point == NULL; p++)
            if (fabs(g_array_index(activity->points, ActevPoint, p).threshold - threshold) < 6e-6)
                point = &g_array_index(activity->points, ActevPoint, p);
        if (point == NULL) {
            report(test, lines[i], "a point", NAN);
            continue;
        }
        const double value = strcmp(fields[2], "p_miss") == 0      ? point->p_miss
                             : strcmp(fields[2], "rfa") == 0       ? point->r_fa
                             : strcmp(fields[2], "tfa") == 0       ? point->t_fa
                             : strcmp(fields[2], "tfa_denom") == 0 ? (double)point->tfa_denominator
                                                                   : (double)point->tfa_numerator;
        compare_value(test, lines[i], fields[3], value);
    }
}

static void compare_alignment(const char *folder, const char *test, const Case *data,
                              const ActevResult *result)
{
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < data->references->len; i++) {
        const ActevInstance *reference = &g_array_index(data->references, ActevInstance, i);
        const int64_t system = result->system_of_reference[i];
        g_hash_table_insert(
            found,
            g_strdup_printf("%s|%s|%s|%s",
                            (char *)g_ptr_array_index(data->activities, (guint)reference->activity),
                            system < 0 ? "MD" : "CD", (char *)g_ptr_array_index(data->reference_ids, i),
                            system < 0 ? "None" : (char *)g_ptr_array_index(data->system_ids, (guint)system)),
            g_memdup2(&result->kernel[i], sizeof(double)));
    }
    for (guint i = 0; i < data->systems->len; i++) {
        const double none = NAN;
        const ActevInstance *system = &g_array_index(data->systems, ActevInstance, i);
        if (result->reference_of_system[i] < 0)
            g_hash_table_insert(
                found,
                g_strdup_printf("%s|FA|None|%s",
                                (char *)g_ptr_array_index(data->activities, (guint)system->activity),
                                (char *)g_ptr_array_index(data->system_ids, i)),
                g_memdup2(&none, sizeof none));
    }
    g_auto(GStrv) lines = read_table(folder, test, "alignment.csv");
    guint count = 0;
    for (size_t i = 1; lines[i] != NULL; i++, count++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "|", 7);
        g_autofree char *key = g_strdup_printf("%s|%s|%s|%s", fields[0], fields[1], fields[2], fields[3]);
        const double *kernel = g_hash_table_lookup(found, key);
        if (kernel == NULL)
            report(test, key, "this pair", NAN);
        else
            compare_value(test, key, fields[5], *kernel);
    }
    if (count != g_hash_table_size(found))
        report(test, "number of alignment records", "the same", (double)g_hash_table_size(found));
}

static void compare_pairs(const char *folder, const char *test, const Case *data, const ActevInput *input,
                          const ActevResult *result)
{
    g_auto(GStrv) lines = read_table(folder, test, "pair_metrics.csv");
    g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < data->references->len; i++) {
        const int64_t system = result->system_of_reference[i];
        if (system < 0)
            continue;
        const ActevPair pair = actev_pair(input, i, (size_t)system);
        g_hash_table_insert(pairs,
                            g_strdup_printf("%s|%s", (char *)g_ptr_array_index(data->reference_ids, i),
                                            (char *)g_ptr_array_index(data->system_ids, (guint)system)),
                            g_memdup2(&pair, sizeof pair));
    }
    for (size_t i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "|", 5);
        g_autofree char *key = g_strdup_printf("%s|%s", fields[1], fields[2]);
        const ActevPair *pair = g_hash_table_lookup(pairs, key);
        if (pair == NULL) {
            report(test, lines[i], "this pair", NAN);
            continue;
        }
        const bool by_iou = input->protocol->comparison == ACTEV_COMPARE_IOU;
        const double value = strcmp(fields[3], "temporal_fa") == 0             ? (double)pair->false_alarm
                             : strcmp(fields[3], "temporal_miss") == 0         ? (double)pair->miss
                             : strcmp(fields[3], "temporal_intersection") == 0 ? (double)pair->intersection
                             : strcmp(fields[3], "temporal_union") == 0        ? (double)pair->total
                             : by_iou                                          ? pair->iou
                                                                               : (double)NAN;
        compare_value(test, lines[i], fields[4], value);
    }
}

static const char *option_value(char **arguments, const char *option)
{
    for (size_t i = 0; arguments[i] != NULL; i++)
        if (strcmp(arguments[i], option) == 0)
            return arguments[i + 1] != NULL ? arguments[i + 1] : "";
    return NULL;
}

static void run_case(const char *folder, const char *test, const char *protocol, char **arguments)
{
    Case data = {.activities = g_ptr_array_new_with_free_func(g_free),
                 .files = g_ptr_array_new_with_free_func(g_free),
                 .reference_ids = g_ptr_array_new_with_free_func(g_free),
                 .system_ids = g_ptr_array_new_with_free_func(g_free),
                 .references = g_array_new(FALSE, TRUE, sizeof(ActevInstance)),
                 .systems = g_array_new(FALSE, TRUE, sizeof(ActevInstance)),
                 .file_data = g_array_new(FALSE, TRUE, sizeof(ActevFile)),
                 .numerator = 8,
                 .denominator = 10};
    json_t *index = load(folder, option_value(arguments, "-a"));
    json_t *files = load(folder, option_value(arguments, "-f"));
    json_t *reference = load(folder, option_value(arguments, "-r"));
    json_t *system = load(folder, option_value(arguments, "-s"));
    const char *key;
    json_t *value;
    json_object_foreach(index, key, value) g_ptr_array_add(data.activities, g_strdup(key));
    SpanList selected[8];
    json_object_foreach(files, key, value)
    {
        SpanList *spans = &selected[data.files->len];
        span_list_init(spans);
        read_signal(json_object_get(value, "selected"), spans);
        const ActevFile file = {span_list_total(spans),
                                json_number_value(json_object_get(value, "framerate"))};
        g_array_append_val(data.file_data, file);
        g_ptr_array_add(data.files, g_strdup(key));
    }
    if (option_value(arguments, "-p") != NULL) {
        json_t *parameters = load(folder, option_value(arguments, "-p"));
        data.numerator = json_number_value(json_object_get(parameters, "wpmiss.numerator"));
        data.denominator = json_number_value(json_object_get(parameters, "wpmiss.denominator"));
        data.collar = json_integer_value(json_object_get(parameters, "nmide.ns_collar_size"));
        json_decref(parameters);
    }
    const bool keep = option_value(arguments, "-i") != NULL;
    drop_unreferenced(folder, test, reference, &data, selected, keep);
    read_instances(reference, &data, data.references, data.reference_ids, selected, keep);
    read_instances(system, &data, data.systems, data.system_ids, selected, keep);
    g_autofree char *lower = g_ascii_strdown(protocol, -1);
    g_autofree char *id = g_strdelimit(g_strdup(lower), "_", '-');
    const ActevInput input = {.protocol = actev_protocol_find(id),
                              .activities = (int)data.activities->len,
                              .files = (const ActevFile *)(const void *)data.file_data->data,
                              .file_count = (int)data.file_data->len,
                              .references = (const ActevInstance *)(const void *)data.references->data,
                              .systems = (const ActevInstance *)(const void *)data.systems->data,
                              .reference_count = data.references->len,
                              .system_count = data.systems->len,
                              .miss_numerator = data.numerator,
                              .miss_denominator = data.denominator,
                              .collar = data.collar};
    assert_non_null(input.protocol);
    g_autoptr(ActevResult) result = actev_evaluate(&input);
    compare_alignment(folder, test, &data, result);
    compare_activities(folder, test, &data, result);
    compare_means(folder, test, result);
    compare_pairs(folder, test, &data, &input, result);
    compare_points(folder, test, &data, result);
    for (guint i = 0; i < data.files->len; i++)
        span_list_clear(&selected[i]);
    g_ptr_array_unref(data.activities);
    g_ptr_array_unref(data.files);
    g_ptr_array_unref(data.reference_ids);
    g_ptr_array_unref(data.system_ids);
    g_array_unref(data.references);
    g_array_unref(data.systems);
    g_array_unref(data.file_data);
    json_decref(index);
    json_decref(files);
    json_decref(reference);
    json_decref(system);
}

TEST(agrees_with_the_public_scorer)
{
    const char *root = g_getenv("VSAUDIT_CONFORMANCE");
    if (root == NULL) {
        print_message("# skipped: VSAUDIT_CONFORMANCE does not name the folder of the peers' cases\n");
        skip();
    }
    g_autofree char *folder = g_build_filename(root, "actev", NULL);
    g_autofree char *path = g_build_filename(folder, "tests.tsv", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("cannot read %s", path);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    int cases = 0;
    for (size_t i = 1; lines[i] != NULL; i++, cases++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", 3);
        g_auto(GStrv) arguments = g_strsplit(fields[2], " ", -1);
        const int before = failures;
        run_case(folder, fields[0], fields[1], arguments);
        if (failures > before)
            print_message("# %s: %d figures differ\n", fields[0], failures - before);
    }
    print_message("# %d cases, %d figures compared, %d differ\n", cases, compared, failures);
    assert_int_equal(failures, 0);
}

/* One file of 3000 frames at 30 fps, so 5/3 minutes; two references, three system instances. By hand: the
 * surest instance overlaps the first reference by 50 frames; the second lies in nothing; the third overlaps
 * the second reference by 20 frames only, less than a second. */
TEST(own_small_case)
{
    const ActevFile file = {3000, 30};
    const ActevInstance references[] = {{0, 0, 100, 200, 0}, {0, 0, 1000, 1100, 0}};
    const ActevInstance systems[] = {{0, 0, 150, 250, 0.9}, {0, 0, 2000, 2100, 0.6}, {0, 0, 1080, 1180, 0.3}};
    ActevInput input = {.protocol = actev_protocol_find("actev-sdl-v2"),
                        .activities = 1,
                        .files = &file,
                        .file_count = 1,
                        .references = references,
                        .systems = systems,
                        .reference_count = 2,
                        .system_count = 3,
                        .miss_numerator = 8,
                        .miss_denominator = 10};
    g_autoptr(ActevResult) result = actev_evaluate(&input);
    assert_int_equal(result->system_of_reference[0], 0);
    assert_int_equal(result->system_of_reference[1], -1);
    assert_true(result->kernel[0] == 2);
    const ActevActivity *activity = &result->activities[0];
    assert_int_equal(activity->points->len, 3);
    const ActevPoint *last = &g_array_index(activity->points, ActevPoint, 2);
    assert_true(last->p_miss == 0.5 && last->w_p_miss == 9.0 / 12);
    assert_true(fabs(last->r_fa - 2 / (5.0 / 3)) < 1e-12);
    assert_int_equal(last->tfa_numerator, 50 + 100 + 80);
    assert_int_equal(last->tfa_denominator, 2800);
    assert_true(fabs(activity->n_mide - (0.5 + 50.0 / 2900)) < 1e-12);
    assert_true(actev_value_at(activity, ACTEV_P_MISS, false, 0.3) == 0.5);
    assert_true(actev_audc(activity, false, 1) == 0.5);
    input.protocol = actev_protocol_find("srl-ad-v2");
    g_autoptr(ActevResult) by_iou = actev_evaluate(&input);
    assert_int_equal(by_iou->system_of_reference[1], 2); /* IoU 20/180 > 0.1 */
    assert_null(actev_protocol_find("actev17"));
}

/* Of five confidences three points are the first, the third and the fifth; of four the second lies halfway
 * and is the one of the even index. */
TEST(curves_may_be_sampled)
{
    const ActevFile file = {1000, 10};
    const ActevInstance systems[] = {{0, 0, 0, 10, 0.9},  {0, 0, 20, 30, 0.7}, {0, 0, 40, 50, 0.5},
                                     {0, 0, 60, 70, 0.5}, {0, 0, 80, 90, 0.3}, {0, 0, 95, 99, 0.1}};
    ActevInput input = {.protocol = actev_protocol_find("actev18-ad"),
                        .activities = 1,
                        .files = &file,
                        .file_count = 1,
                        .systems = systems,
                        .system_count = 6,
                        .points = 3};
    static const double five[] = {0.9, 0.5, 0.1}, four[] = {0.9, 0.5, 0.3};
    for (int round = 0; round < 2; round++, input.system_count = 5) {
        g_autoptr(ActevResult) result = actev_evaluate(&input);
        const GArray *points = result->activities[0].points;
        assert_int_equal(points->len, 3);
        for (guint i = 0; i < 3; i++)
            assert_true(g_array_index(points, ActevPoint, i).threshold == (round == 0 ? five : four)[i]);
    }
}

UNIT_TESTS(NULL, NULL)
