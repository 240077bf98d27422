/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a bundle: names that can be trusted, keys as the standards write them, differences with their
 * place, confined paths. tests/cli/bundle.sh tries whole bundles. */
#include "bundle/alike.h"
#include "bundle/bag.h"
#include "bundle/cells.h"
#include "keys/keys.h"
#include "bundle/reckoning.h"
#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "bundle/versions.h"
#include "bundle/wording.h"
#include "cli/tables.h"
#include "synth/script.h"
#include "yaml/confine.h"
#include "yaml/json_schema.h"

#include <string.h>
#include <unistd.h>

#include "unit.h"

TEST(test_names)
{
    static const char *const good[] = {"a", "data/x y.csv", "data/é/…", "a..b", ".hidden", "data/..x"};
    static const char *const bad[] = {"",     "/a",   "../a", "a/../b", "a/..", "..",
                                      "a//b", "a/./", "a\nb", "a\\b",   "a/",   "\xff"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        assert_null(tree_explain_name(good[i], strlen(good[i])));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_non_null(tree_explain_name(bad[i], strlen(bad[i])));
}

/* RFC 8032, 7.1, test 2: the public key, the message 0x72, the signature. */
static const char *const rfc_public = "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";
static const char *const rfc_signature =
    "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==";

TEST(test_signature)
{
    size_t length = 0;
    PublicKey key;
    g_autofree uint8_t *bytes = keys_from_base64(rfc_public, &length);
    assert_int_equal(length, KEYS_PUBLIC_BYTES);
    memcpy(key.bytes, bytes, KEYS_PUBLIC_BYTES);
    g_autofree uint8_t *signature = keys_from_base64(rfc_signature, &length);
    assert_int_equal(length, KEYS_SIGNATURE_BYTES);
    assert_true(keys_verify(&key, "\x72", 1, signature));
    assert_false(keys_verify(&key, "\x73", 1, signature));
    signature[0] ^= 1;
    assert_false(keys_verify(&key, "\x72", 1, signature));
    assert_null(keys_from_base64("AAB=", &length)); /* stray bits */
    assert_null(keys_from_base64("AAA=\n", &length));
}

/* RFC 8410, 10.1: the example of a public key. */
TEST(test_pem)
{
    static const char pem[] = "-----BEGIN PUBLIC KEY-----\n"
                              "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                              "-----END PUBLIC KEY-----\n";
    PublicKey key;
    assert_true(keys_parse_public(pem, &key));
    g_autofree char *again = keys_public_pem(&key);
    assert_string_equal(again, pem);
    assert_false(keys_parse_public("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", &key));
    g_autofree char *longer = g_strconcat(pem, "\n", NULL);
    assert_false(keys_parse_public(longer, &key));
    /* A file may have passed through another system. */
    g_autofree char *path = NULL, *crlf = g_strconcat("-----BEGIN PUBLIC KEY-----\r\n", pem + 27, "\r", NULL);
    close(g_file_open_tmp(NULL, &path, NULL));
    assert_true(g_file_set_contents(path, crlf, -1, NULL));
    assert_true(keys_read_public(path, &key, NULL));
    assert_true(g_file_set_contents(path, "-----BEGIN PUBLIC KEY-----\r\n", -1, NULL));
    assert_false(keys_read_public(path, &key, NULL));
    unlink(path);
}

static void check_difference(const char *a, const char *b, const char *path, const char *found,
                             const char *expected)
{
    json_t *left = json_loads(a, 0, NULL), *right = json_loads(b, 0, NULL);
    g_autofree char *place = NULL, *left_text = NULL, *right_text = NULL;
    assert_int_equal(rescore_find_difference(left, right, &place, &left_text, &right_text), path != NULL);
    if (path != NULL) {
        assert_string_equal(place, path);
        assert_string_equal(left_text, found);
        assert_string_equal(right_text, expected);
    }
    json_decref(left);
    json_decref(right);
}

TEST(test_difference)
{
    check_difference("{\"a\": [1, 2.5]}", "{\"a\": [1, 2.5]}", NULL, NULL, NULL);
    check_difference("{\"a\": [1, {\"b\": 3}]}", "{\"a\": [1, {\"b\": 2}]}", "a[1].b", "3", "2");
    check_difference("{\"a\": [1]}", "{\"a\": [1, 2]}", "a[1]", "nothing", "2");
    check_difference("{\"a\": 1, \"b\": null}", "{\"a\": 1}", "b", "null", "nothing");
    check_difference("{\"a\": 1}", "{\"a\": 1.0}", "a", "1", "1.0");
    check_difference("{\"a\": null}", "{\"a\": 0}", "a", "null", "0");
}

/* `path`: where they must not differ, NULL = nowhere; `others`: places of another form. */
static void check_versions(const char *a, const char *b, const char *path, guint others)
{
    json_t *left = json_loads(a, 0, NULL), *right = json_loads(b, 0, NULL);
    assert_non_null(left);
    assert_non_null(right);
    g_auto(VersionDifference) difference;
    versions_compare(left, right, &difference);
    if (path == NULL)
        assert_null(difference.path);
    else
        assert_string_equal(difference.path, path);
    if (path == NULL)
        assert_int_equal(difference.others, others);
    json_decref(left);
    json_decref(right);
}

TEST(test_versions)
{
    /* A version excuses words and form … */
    check_versions("{\"program\": {\"version\": \"9\"}, \"n\": 1}", "{\"program\": {}, \"n\": 1}", NULL, 0);
    check_versions("{\"why\": \"in other words\"}", "{\"why\": \"in these words\"}", NULL, 1);
    check_versions("{\"why\": null}", "{\"why\": \"in these words\"}", NULL, 1);
    check_versions("{\"a\": 1, \"new\": 5}", "{\"a\": 1.0, \"old\": 7}", NULL, 2);
    check_versions("{\"limits\": [1]}", "{\"limits\": [1, 2]}", NULL, 1);
    /* … and no number, verdict or name. */
    check_versions("{\"a\": {\"b\": 2}}", "{\"a\": {\"b\": 3}}", "a.b", 0);
    check_versions("{\"verdict\": \"supported\"}", "{\"verdict\": \"refuted\"}", "verdict", 0);
    check_versions("{\"rate\": null}", "{\"rate\": 3}", "rate", 0);
    check_versions("{\"rate\": null}", "{\"rate\": {\"value\": 3}}", "rate", 0);
    check_versions("{\"lost\": false}", "{\"lost\": true}", "lost", 0);
    /* A number in a part called program further down is no excuse. */
    check_versions("{\"a\": {\"program\": 1}}", "{\"a\": {\"program\": 2}}", "a.program", 0);
    /* Members are matched by what names them, and none of the audit's may be missing. */
    check_versions("{\"list\": [{\"id\": \"x\", \"n\": 1}, {\"id\": \"y\", \"n\": 2}]}",
                   "{\"list\": [{\"id\": \"y\", \"n\": 3}]}", "list[1].n", 0);
    check_versions("{\"scenarios\": [{\"id\": \"x\"}]}",
                   "{\"scenarios\": [{\"id\": \"x\"}, {\"id\": \"y\"}]}", "scenarios[1]", 0);
    check_versions("{\"clips\": [1]}", "{\"clips\": []}", "clips[0]", 0);
}

static void check_wording(const char *a, const char *b, bool is_page, const char *found, const char *expected)
{
    g_autofree char *left = NULL, *right = NULL;
    assert_int_equal(wording_texts_differ(a, b, is_page, &left, &right), found != NULL);
    if (found != NULL) {
        assert_string_equal(left, found);
        assert_string_equal(right, expected);
    } else {
        assert_null(left);
        assert_null(right);
    }
}

TEST(test_wording)
{
    check_wording("5 of 9 found", "5 of 9 found", false, NULL, NULL);
    check_wording("5 of 9 found", "5 of 8 found", false, "9", "8");
    check_wording("0.5 an hour", "12,5 an hour", false, "0.5", "12,5");
    check_wording("5 of 9 found", "5 of 8 seen", false, NULL, NULL); /* other words: cannot be told */
    check_wording("no 5", "no x", false, NULL, NULL);
    check_wording("<p class=\"a1\">5</p>", "<p class=\"b2\">5</p>", true, NULL, NULL);
    check_wording("<p>5</p><svg><text>7</text></svg>", "<p>6</p><svg><text>9</text></svg>", true, "5", "6");
    check_wording("<svg>7", "<svg>9", true, NULL, NULL);
    check_wording("a<", "a<", true, NULL, NULL);
}

TEST(test_alike)
{
    enum { SIZE = 40, STRIDE = 4 * SIZE };
    uint8_t a[SIZE * STRIDE] = {0}, b[SIZE * STRIDE] = {0};
    for (int i = 0; i < SIZE * STRIDE; i++)
        b[i] = ALIKE_LIMIT;
    assert_true(alike_pixels(a, STRIDE, b, STRIDE, SIZE, SIZE));
    b[0] = ALIKE_LIMIT + 1; /* in the average of its block */
    assert_false(alike_pixels(a, STRIDE, b, STRIDE, SIZE, SIZE));
    memset(b, 0, sizeof b);
    /* A small thing that was painted over in a large picture. */
    for (int y = 33; y < SIZE; y++)
        memset(b + y * STRIDE + 4 * 33, 200, 4 * 7);
    assert_false(alike_pixels(a, STRIDE, b, STRIDE, SIZE, SIZE));
    /* The fourth byte is no colour. */
    memset(b, 0, sizeof b);
    for (int i = 3; i < SIZE * STRIDE; i += 4)
        b[i] = 255;
    assert_true(alike_pixels(a, STRIDE, b, STRIDE, SIZE, SIZE));
}

static void assert_resolved(const char *folder, const char *path, const char *expected)
{
    g_autofree char *resolved = confine_resolve(folder, path);
    assert_string_equal(resolved, expected);
}

TEST(test_confined)
{
    confine_set_root("/bag/files");
    assert_resolved("/bag/files/audit", "x.yaml", "/bag/files/audit/x.yaml");
    assert_resolved("/bag/files/audit", "../data/x.csv", "/bag/files/data/x.csv");
    assert_resolved("/bag/files/audit", "../../../../etc/passwd", "/bag/files/etc/passwd");
    assert_resolved("/bag/files", "/etc/passwd", "/bag/files/etc/passwd");
    confine_set_root(NULL);
    assert_resolved("/a/b", "../c", "/a/b/../c");
    g_autofree char *common = confine_common_folder("/a/b/c", "/a/bc");
    assert_string_equal(common, "/a");
}

/* Every format has a schema that names all its keys, and every value that a function reads has one, too. */
TEST(test_schemas)
{
    for (size_t i = 0;; i++) {
        const YamlTable *table = config_tables[i] != NULL ? config_tables[i] : &script_table;
        if (table->schema != NULL) {
            g_autofree char *text = json_schema_of(table);
            json_t *schema = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
            assert_non_null(schema);
            const json_t *properties = json_object_get(schema, "properties");
            for (const YamlField *field = table->fields; field->key != NULL; field++)
                assert_non_null(json_object_get(properties, field->key));
            json_decref(schema);
        }
        if (config_tables[i] == NULL)
            break;
    }
}

/* Words that hold no number alter nothing about the passages beside them. */
TEST(test_passages)
{
    check_wording("one line\n5 of 9 found", "another line\n5 of 8 found", false, "9", "8");
    check_wording("5 of 9 found\none\n", "other\n5 of 9 found\n", false, NULL, NULL); /* moved */
    check_wording("<p>new</p><p>5 <b>of</b> 9</p>", "<p>old</p><p>5 <b>of</b> 8</p>", true, "9", "8");
    check_wording("<tr><td>hits<td>5</tr><p>x", "<tr><td>hits<td>4</tr><p>y", true, "5", "4");
    check_wording("<p>new</p><p>5</p>", "<p>old</p><p>6</p>", true, NULL, NULL); /* a number of what? */
    check_wording("seen 1\u202f800 times", "seen 180 times", false, "1\u202f800", "180");
    check_wording("2 hits\n2 hits\nnew", "2 hits\n3 hits\nold", false, "2", "3");
    check_wording("2 hits\n2 hits\n4 hits", "2 hits\n3 hits\nold", false, NULL, NULL); /* more of them */
}

static void check_cells(const char *name, const char *a, const char *b, const char *place, const char *other)
{
    g_auto(CellsDifference) difference = {0};
    cells_compare(name, a, b, true, &difference);
    assert_int_equal(difference.place != NULL, place != NULL);
    if (place != NULL)
        assert_string_equal(difference.place, place);
    assert_int_equal(difference.other != NULL, other != NULL);
    if (other != NULL)
        assert_string_equal(difference.other, other);
}

TEST(test_cells)
{
    const char *ours = "scenario,system,p_miss,note\r\ns,a,0.5,\"so, so\"\r\ns,b,1,\r\n";
    check_cells("scenarios.csv", ours, ours, NULL, NULL);
    check_cells("scenarios.csv", "scenario,system,p_miss,note\ns,a,0.50,\"so, so\"\ns,b,1.0,\n", ours, NULL,
                NULL);
    check_cells("scenarios.csv", "scenario,system,p_miss,note\rs,b,1,\rs,a,0.5,\"so, so\"\r", ours, NULL,
                NULL);
    check_cells("scenarios.csv", "scenario,system,p_miss,note\ns,a,0.5,\"so, so\"\ns,b,0,\n", ours,
                "line 3, column p_miss", NULL);
    check_cells("scenarios.csv", "note,p_miss,scenario,system\n\"like\nthis one\",0.5,s,a\n,2,s,b\n", ours,
                "line 4, column p_miss", "line 2, column note");
    check_cells("scenarios.csv", "scenario,system,p_miss,note\ns,a,0.5,\"so, so\"\ns,b,,\n", ours,
                "line 3, column p_miss", NULL);
    check_cells("scenarios.csv", "scenario,system,p_miss,note\ns,a,0.5,\"so, so\"\n", ours,
                "scenario s, system b", NULL);
    check_cells("scenarios.csv", "scenario,system,p_miss,p_miss,note\ns,a,0.5,0,\"so, so\"\ns,b,1,0,\n", ours,
                "line 1", NULL);
    check_cells("scenarios.csv", "scenario,system,p_missed,note\ns,a,0,\"so, so\"\ns,b,0,\n", ours, NULL,
                "column p_missed");
    check_cells("scenarios.csv", "scenario,system,p_miss,note\ns,a,0.5,\"so, so\",7\ns,b,1,\n", ours,
                "line 2", NULL);
    check_cells("strata.csv", "scenario,p_miss\ns,1\n", "scenario,p_miss\ns,1\ns,2\n", NULL, "scenario s");
}

static void check_reckoning(const char *text, const char *words)
{
    VerifyReport report = {.faults = bag_faults_new()};
    json_t *value = json_loads(text, 0, NULL);
    assert_non_null(value);
    g_autoptr(ResultsEvaluation) evaluation = results_load_evaluation(value);
    const bool fine =
        reckoning_check_evaluation(evaluation, "e", &report) && reckoning_check_rates(value, "e", &report);
    assert_int_equal(fine, words == NULL);
    assert_int_equal(report.faults->len, words == NULL ? 0 : 1);
    if (words != NULL)
        assert_non_null(strstr(((const BagFault *)g_ptr_array_index(report.faults, 0))->sentence, words));
    json_decref(value);
    g_ptr_array_unref(report.faults);
}

#define RATE(n, d, v, low)                                    \
    "{\"numerator\":" n ",\"denominator\":" d ",\"value\":" v \
    ",\"interval\":{\"method\":\"clopper-pearson\",\"level\":0.95,\"low\":" low "}}"
#define ROWS                                                                                       \
    "\"clips\":[{\"status\":\"done\",\"scored_us\":3600000000,\"events\":[{\"outcome\":\"hit\"}]," \
    "\"alerts\":[{\"outcome\":\"hit\"},{\"outcome\":\"false\"},{\"outcome\":\"unwatched\"}]}]"

TEST(test_reckoning)
{
    check_reckoning("{}", NULL); /* what is not said is not asked for */
    check_reckoning("{\"counts\":{\"hits\":7}}", NULL);
    check_reckoning(
        "{" ROWS
        ",\"counts\":{\"hits\":1,\"false_lenient\":1,\"duplicates\":0,\"false_strict\":1,\"alerts\":2}}",
        NULL);
    check_reckoning("{" ROWS ",\"counts\":{\"hits\":2}}", "e.counts.hits: found 2, expected 1");
    check_reckoning("{" ROWS ",\"counts\":{\"false_lenient\":0}}",
                    "e.counts.false_lenient: found 0, expected 1");
    check_reckoning("{" ROWS ",\"exposure\":{\"camera_us\":7200000000,\"camera_hours\":2}}",
                    "e.exposure.camera_us: found 7200000000");
    check_reckoning("{\"rates\":{\"p_miss\":" RATE("1", "2", "0.5", "0.0125791170934") "}}", NULL);
    check_reckoning("{\"rates\":{\"p_miss\":" RATE("1", "2", "0.25", "0.0125791170934") "}}",
                    "e.rates.p_miss.value: found 0.25, expected 0.5");
    check_reckoning("{\"rates\":{\"p_miss\":" RATE("1", "2", "0.5", "0.5") "}}",
                    "e.rates.p_miss.interval.low: found 0.5");
    check_reckoning("{\"rates\":{\"p_miss\":" RATE("3", "2", "1.5", "0.5") "}}",
                    NULL); /* no share: not ours to judge */
    check_reckoning(
        "{\"claims\":[{\"verdict\":\"supported\",\"p_support\":0.2,\"reading\":{\"alpha\":0.05}}]}",
        "e.claims[0].verdict: found supported, expected not_established");
    check_reckoning(
        "{\"claims\":[{\"verdict\":\"supported\",\"p_support\":0.02,\"reading\":{\"alpha\":0.05}}]}", NULL);
}

#define SCOPED(metric, op, value, n, d, verdict, lost, p)                                                 \
    "{\"claims\":[{\"verdict\":\"" verdict "\",\"reading\":{\"metric\":\"" metric "\",\"op\":\"" op       \
    "\",\"value\":" value ",\"alpha\":0.05},\"observed\":{\"numerator\":" n ",\"denominator\":" d         \
    "},\"scope\":{\"speaks_of\":"                                                                         \
    "\"places_like_these\",\"of_these_clips\":\"refuted\",\"lost\":" lost ",\"cameras\":2,\"days\":null," \
    "\"p_refute\":" p ",\"p_support\":" p "}}]}"
#define HOURLY(value, verdict, lost) \
    SCOPED("false_alerts_per_camera_hour", "<=", value, "10", "2", verdict, lost, "0.01")

/* Two cameras say nothing of places like these, whatever the limit; but one case refutes “never”. */
TEST(test_scope_of_verdicts)
{
    static const char *const limits[] = {HOURLY("0.5", "not_established", "\"few_cameras\""),
                                         HOURLY("1", "not_established", "\"few_cameras\""),
                                         HOURLY("2", "not_established", "\"few_cameras\"")};
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++)
        check_reckoning(limits[i], NULL);
    check_reckoning(HOURLY("1", "refuted", "null"),
                    "e.claims[0].scope.lost: found nothing, expected a reason");
    check_reckoning(SCOPED("false_alerts_per_camera_hour", "<=", "0", "1", "2", "refuted", "null", "null"),
                    NULL);
    check_reckoning(SCOPED("p_miss", ">=", "1", "9", "10", "refuted", "null", "null"), NULL);
}

UNIT_TESTS(NULL, NULL)
