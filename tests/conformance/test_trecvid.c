/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F4DE's own cases, ViPER XML and control file read as they are, from the folder named by
 * VSAUDIT_CONFORMANCE; and small ones of our own. */
#include "scoring/trecvid.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/unit.h"

typedef struct {
    char *kind;
    TrecvidEvent event;
} Observation;

static void observation_clear(gpointer data)
{
    g_free(((Observation *)data)->kind);
}

static char *attribute(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp((xmlNode *)(uintptr_t)node, (const xmlChar *)name);
    char *copy = g_strdup((const char *)value);
    xmlFree(value);
    return copy;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static void read_object(const xmlNode *object, double rate, Observation *observation)
{
    g_autofree char *span = attribute(object, "framespan");
    observation->kind = attribute(object, "name");
    char *colon = NULL;
    const double first = (double)g_ascii_strtoll(span, &colon, 10);
    const double last = (double)g_ascii_strtoll(colon + 1, NULL, 10);
    observation->event = (TrecvidEvent){0, first / rate, last / rate, 0, false};
    for (const xmlNode *child = object->children; child != NULL; child = child->next) {
        if (!is_named(child, "attribute"))
            continue;
        g_autofree char *name = attribute(child, "name");
        for (const xmlNode *value = child->children; value != NULL; value = value->next) {
            if (value->type != XML_ELEMENT_NODE)
                continue;
            g_autofree char *text = attribute(value, "value");
            if (strcmp(name, "DetectionScore") == 0)
                observation->event.score = g_ascii_strtod(text, NULL);
            else if (strcmp(name, "DetectionDecision") == 0)
                observation->event.decision = strcmp(text, "true") == 0;
        }
    }
}

static void walk(const xmlNode *node, double rate, GArray *observations)
{
    for (; node != NULL; node = node->next) {
        if (is_named(node, "object")) {
            Observation observation = {0};
            read_object(node, rate, &observation);
            g_array_append_val(observations, observation);
        } else {
            walk(node->children, rate, observations);
        }
    }
}

static xmlDoc *read_xml(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    xmlDoc *document = xmlReadFile(path, NULL, XML_PARSE_NONET);
    if (document == NULL)
        fail_msg("cannot read %s", path);
    return document;
}

static GArray *read_viper(const char *folder, const char *name, double rate)
{
    GArray *observations = g_array_new(FALSE, TRUE, sizeof(Observation));
    g_array_set_clear_func(observations, observation_clear);
    xmlDoc *document = read_xml(folder, name);
    walk(xmlDocGetRootElement(document), rate, observations);
    xmlFreeDoc(document);
    return observations;
}

static void walk_excerpts(const xmlNode *node, GArray *excerpts)
{
    for (; node != NULL; node = node->next) {
        if (!is_named(node, "excerpt")) {
            walk_excerpts(node->children, excerpts);
            continue;
        }
        double ends[2] = {0, 0};
        for (xmlNode *child = node->children; child != NULL; child = child->next) {
            xmlChar *text = xmlNodeGetContent(child);
            if (is_named(child, "begin"))
                ends[0] = g_ascii_strtod((const char *)text, NULL);
            else if (is_named(child, "duration"))
                ends[1] = g_ascii_strtod((const char *)text, NULL);
            xmlFree(text);
        }
        ends[1] += ends[0];
        g_array_append_val(excerpts, ends);
    }
}

/* Only observations whose middle lies in an excerpt of the control file are scored. */
static void keep_excerpts(const char *folder, const char *name, GArray *observations)
{
    xmlDoc *document = read_xml(folder, name);
    g_autoptr(GArray) excerpts = g_array_new(FALSE, FALSE, 2 * sizeof(double));
    walk_excerpts(xmlDocGetRootElement(document), excerpts);
    xmlFreeDoc(document);
    const double *ends = (const double *)(const void *)excerpts->data;
    for (guint i = observations->len; i-- > 0;) {
        const TrecvidEvent *event = &g_array_index(observations, Observation, i).event;
        const double middle = (event->begin_s + event->end_s) / 2;
        bool inside = false;
        for (guint e = 0; e < excerpts->len; e++)
            inside |= ends[2 * e] <= middle && middle <= ends[2 * e + 1];
        if (!inside)
            g_array_remove_index(observations, i);
    }
}

static GArray *select_kind(const GArray *observations, const char *kind)
{
    GArray *events = g_array_new(FALSE, FALSE, sizeof(TrecvidEvent));
    for (guint i = 0; i < observations->len; i++) {
        const Observation *observation = &g_array_index(observations, Observation, i);
        if (strcmp(observation->kind, kind) == 0)
            g_array_append_val(events, observation->event);
    }
    return events;
}

static int compared;

/* As printed: the expected text says how many decimals count. */
static void compare(const char *line, const char *expected, double found)
{
    compared++;
    if (strcmp(expected, "NA") == 0 || strcmp(expected, "NaN") == 0) {
        if (!isnan(found))
            fail_msg("%s: expected %s, found %g", line, expected, found);
        return;
    }
    const char *point = strchr(expected, '.');
    const double half = 0.5 * pow(10, point != NULL ? -(double)strlen(point + 1) : 0);
    if (!(fabs(found - g_ascii_strtod(expected, NULL)) <= half * (1 + 1e-9)))
        fail_msg("%s: expected %s, found %.8g", line, expected, found);
}

static const char *value_after(char **arguments, const char *option)
{
    for (size_t i = 0; arguments[i] != NULL; i++)
        if (strcmp(arguments[i], option) == 0)
            return arguments[i + 1];
    return NULL;
}

static char **find_arguments(const char *tests, const char *test)
{
    g_auto(GStrv) lines = g_strsplit(tests, "\n", -1);
    for (size_t i = 1; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], "\t", 2);
        if (fields[0] != NULL && strcmp(fields[0], test) == 0)
            return g_strsplit(fields[1], " ", -1);
    }
    fail_msg("no test %s", test);
    return NULL;
}

static void check_line(const char *folder, const char *tests, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
    assert_int_equal(g_strv_length(fields), 18);
    g_auto(GStrv) arguments = find_arguments(tests, fields[0]);
    const double rate = g_ascii_strtod(value_after(arguments, "-f"), NULL);
    const TrecvidSettings settings = {
        .tolerance_s = g_ascii_strtod(value_after(arguments, "-d"), NULL),
        .duration_s = g_ascii_strtod(value_after(arguments, "-D"), NULL),
        .cost_miss = 10,
        .cost_fa = 1,
        .target_rate = 1.8,
    };
    const char *system_name = NULL;
    for (size_t i = 0; arguments[i] != NULL; i++)
        if (g_str_has_suffix(arguments[i], "-sys.xml"))
            system_name = arguments[i];
    g_autoptr(GArray) references = read_viper(folder, value_after(arguments, "-g"), rate);
    g_autoptr(GArray) systems = read_viper(folder, system_name, rate);
    if (value_after(arguments, "-e") != NULL) {
        keep_excerpts(folder, value_after(arguments, "-e"), references);
        keep_excerpts(folder, value_after(arguments, "-e"), systems);
    }
    g_autoptr(GArray) targets = select_kind(references, fields[2]);
    g_autoptr(GArray) found = select_kind(systems, fields[2]);
    const TrecvidResult result =
        trecvid_evaluate((const TrecvidEvent *)(const void *)targets->data, targets->len,
                         (const TrecvidEvent *)(const void *)found->data, found->len, &settings, NULL);
    const double values[] = {
        settings.duration_s,
        NAN,
        (double)result.targets,
        (double)result.unmatched_systems,
        (double)result.systems,
        (double)result.detected,
        (double)result.correct_rejections,
        (double)result.false_alarms,
        (double)result.missed,
        result.r_fa,
        result.p_miss,
        result.cost,
        result.decision_threshold,
        result.min_r_fa,
        result.min_p_miss,
        result.min_cost,
        result.min_threshold,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        if (i != 1)
            compare(line, fields[i + 1], values[i]);
}

TEST(agrees_with_f4de)
{
    const char *root = g_getenv("VSAUDIT_CONFORMANCE");
    if (root == NULL) {
        print_message("# skipped: VSAUDIT_CONFORMANCE does not name the folder of the peers' cases\n");
        skip();
    }
    g_autofree char *folder = g_build_filename(root, "f4de", NULL);
    g_autofree char *tests_path = g_build_filename(folder, "tests.tsv", NULL);
    g_autofree char *expected_path = g_build_filename(folder, "expected.tsv", NULL);
    g_autofree char *tests = NULL, *expected = NULL;
    assert_true(g_file_get_contents(tests_path, &tests, NULL, NULL));
    assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(g_strchomp(expected), "\n", -1);
    int rows = 0;
    for (size_t i = 1; lines[i] != NULL; i++, rows++)
        check_line(folder, tests, lines[i]);
    print_message("# F4DE: %d rows, %d figures compared\n", rows, compared);
}

TEST(own_small_cases)
{
    const TrecvidSettings settings = {1, 3600, 10, 1, 1.8};
    const TrecvidEvent truth[] = {{0, 10, 20, 0, false}, {0, 30, 40, 0, false}};
    /* The first two have their middle in reach of the first event, the third 1.5 s beyond the second. */
    const TrecvidEvent said[] = {{0, 12, 18, 0.5, true}, {0, 8, 22, 0.9, true}, {0, 40, 43, 0.2, false}};
    int64_t partners[2];
    TrecvidResult result = trecvid_evaluate(truth, 2, said, 3, &settings, partners);
    assert_int_equal(partners[0], 1); /* the surer one */
    assert_int_equal(partners[1], -1);
    assert_int_equal(result.false_alarms, 1);
    assert_true(fabs(result.cost - (0.5 + 1.0 / 18)) < 1e-12);
    assert_true(result.min_threshold == 0.9 && result.min_cost == 0.5);
    result = trecvid_evaluate(truth, 2, NULL, 0, &settings, NULL);
    assert_true(result.cost == 1 && isnan(result.decision_threshold)); /* silence costs 1 */
    result = trecvid_evaluate(NULL, 0, said, 3, &settings, NULL);
    assert_true(isnan(result.p_miss) && isnan(result.cost) && result.r_fa == 2);
    /* No cost tells thresholds apart: the lowest score, so all three. */
    assert_true(result.min_threshold == 0.2 && result.min_r_fa == 3 && isnan(result.min_cost));
    result = trecvid_evaluate(NULL, 0, NULL, 0, &settings, NULL);
    assert_true(isnan(result.p_miss) && result.r_fa == 0 && isnan(result.min_threshold));
}

UNIT_TESTS(NULL, NULL)
