/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How certain a verdict is, from what results.json says: which of its figures each reason rests on, and that
 * a document whose certainty is another is told. The reasons' edges are in test_grade.c. */
#include "bundle/bag.h"
#include "bundle/reckoning.h"
#include "evaluate/results_certainty.h"
#include "results/fields.h"

#include <glib.h>
#include <string.h>

#include "unit.h"

/* A document that nothing can be said against: '…' are quotation marks. Two clips of ten hours each, one in
 * July by day, one in January by night, are all that the data set is to stand for. */
static const char spotless[] =
    "{'audit':{'conflict_of_interest':{'ran_by':'independent','paid_by':'independent'}},"
    "'lock':{'state':'unchanged','changed':[]},"
    "'datasets':[{'id':'d','synthetic':false,'clips':2,"
    "  "
    "'sampling':{'how':'whole_period','chosen_by':'independent','from':'2024-01','to':'2024-12','hours':[]},"
    "  'annotation':{'people':2,'blind':'yes','absence':'yes','agreement_figure':null,'agreement':null}}],"
    "'clips':[{'dataset':'d','clip':'a','recorded_at':'2024-01-10T00:00:00+01'},"
    "  {'dataset':'d','clip':'b','recorded_at':'2024-04-10T06:00:00+02'},"
    "  {'dataset':'d','clip':'c','recorded_at':'2024-07-10T12:00:00+02'},"
    "  {'dataset':'d','clip':'e','recorded_at':'2024-10-10T18:00:00+02'}],"
    "'scenarios':[{'id':'s','dataset':'d','synthetic':false,'agreement':[],'evaluations':[{'system':'x',"
    "  'exposure':{'clips':100,'camera_hours':40,'camera_us':144000000000,'failed_clips':0,"
    "    'clock_mended_clips':0,'not_seen_us':0,'not_decoded_us':0},"
    "  'log':{'judged':100,'unwatched':0},"
    "  'hours':{'by_hour':[{'hour':0,'false_alerts_per_camera_hour':{'denominator':10}},"
    "    {'hour':6,'false_alerts_per_camera_hour':{'denominator':10}},"
    "    {'hour':17,'false_alerts_per_camera_hour':{'denominator':10}},"
    "    {'hour':23,'false_alerts_per_camera_hour':{'denominator':10}}]},"
    "  "
    "'clips':[{'dataset':'d','clip':'a','scored_us':36000000000},{'dataset':'d','clip':'b','scored_us':"
    "36000000000},"
    "    "
    "{'dataset':'d','clip':'c','scored_us':36000000000},{'dataset':'d','clip':'e','scored_us':36000000000}],"
    "  "
    "'claims':[{'id':'c','verdict':'supported','reading':{'metric':'false_alerts_per_camera_hour','op':'<=',"
    "    'value':0.5},'observed':{'denominator':40,'interval':{'low':0.1,'high':0.2}},"
    "    'independence':{'cameras':30,'caution':false},"
    "    'scope':{'speaks_of':'places_like_these','cameras':30}}]}]}]}";

/* The document with one piece of its text in place of another. */
static json_t *document_with(const char *piece, const char *other)
{
    g_autoptr(GString) text = g_string_new(spotless);
    if (g_string_replace(text, piece, other, 1) != 1)
        fail_msg("“%s” is not in the document", piece);
    g_string_replace(text, "'", "\"", 0);
    json_error_t error;
    json_t *document = json_loads(text->str, 0, &error);
    if (document == NULL)
        fail_msg("%s", error.text);
    return document;
}

static char *certainty_of(json_t *document)
{
    results_add_certainty(document);
    g_autoptr(Results) results = results_load(document);
    const ResultsCertainty *certainty = &results->scenarios.at[0].evaluations.at[0].claims.at[0].certainty;
    GString *said = g_string_new(certainty->level != NULL ? certainty->level : "none");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!results_check_record(&result_certainty, certainty->json, faults))
        fail_msg("%s", (const char *)g_ptr_array_index(faults, 0));
    for (size_t i = 0; i < certainty->reasons.count; i++) {
        const ResultsCertaintyReason *reason = &certainty->reasons.at[i];
        g_string_append_printf(said, " %s=%g", reason->key, reason->figure);
        if (!isnan(reason->of))
            g_string_append_printf(said, "/%g", reason->of);
    }
    return g_string_free(said, FALSE);
}

static void expect(const char *piece, const char *other, const char *certainty)
{
    json_t *document = document_with(piece, other);
    g_autofree char *found = certainty_of(document);
    if (strcmp(found, certainty) != 0)
        fail_msg("with %s: found “%s”, expected “%s”", other, found, certainty);
    json_decref(document);
}

TEST(a_document_without_fault_is_certain)
{
    expect("'id':'s'", "'id':'s'", "high");
}

TEST(no_verdict_no_certainty)
{
    expect("'verdict':'supported'", "'verdict':'not_established'", "none");
    expect("'verdict':'supported'", "'verdict':'not_testable'", "none");
    expect("'verdict':'supported'", "'verdict':'refuted'", "high");
}

TEST(what_the_audit_says)
{
    expect("'how':'whole_period'", "'how':'by_hand'", "moderate chosen_by_hand=100");
    expect("'how':'whole_period','chosen_by':'independent'", "'how':'by_hand','chosen_by':'vendor'",
           "low chosen_by_hand=100 chosen_with_a_stake=100");
    expect("'people':2", "'people':1", "moderate one_annotator=1");
    expect("'people':2", "'people':null", "moderate annotators_not_known=100");
    expect("'blind':'yes'", "'blind':'no'", "moderate not_blind=100");
    expect("'absence':'yes'", "'absence':'no'", "moderate absence_not_marked=100");
    expect("'agreement_figure':null,'agreement':null", "'agreement_figure':'kappa','agreement':0.5",
           "moderate kappa_low=0.5");
    expect("'agreement_figure':null,'agreement':null", "'agreement_figure':'f1','agreement':0.5",
           "moderate f1_low=0.5");
    expect("'ran_by':'independent'", "'ran_by':'vendor'", "moderate stake=1/2");
    expect("'paid_by':'independent'", "'paid_by':'opponent'", "moderate stake=1/2");
    expect("'paid_by':'independent'", "'paid_by':null", "moderate stake_not_known=1/2");
    expect("'synthetic':false,'agreement'", "'synthetic':true,'agreement'", "low drawn=100");
}

/* Of annotators' own files: who they are, and how little they agree. One against the truth is no second. */
TEST(what_annotators_files_say)
{
    static const char pair[] = "'agreement':[{'first':'A','second':'B','f1_first_as_truth':0.9,"
                               "'f1_second_as_truth':0.7,'windows':{'kappa':%s}}]";
    g_autofree char *low = g_strdup_printf(pair, "0.3"), *fair = g_strdup_printf(pair, "0.9");
    expect("'agreement':[]", low, "moderate kappa_low=0.3");
    expect("'agreement':[]", fair, "moderate f1_low=0.7");
    expect("'agreement':[]",
           "'agreement':[{'first':null,'second':'B','f1_first_as_truth':0.1,'windows':{'kappa':0.1}}]",
           "high");
    expect("'people':2,'blind':'yes','absence':'yes','agreement_figure':null,'agreement':null}}],",
           "'people':null,'blind':'yes','absence':'yes','agreement_figure':'f1','agreement':0.6}}],",
           "low annotators_not_known=100 f1_low=0.6");
}

TEST(two_files_are_two_people)
{
    json_t *document = document_with("'people':2", "'people':null");
    json_object_set_new(
        json_array_get(json_object_get(document, "scenarios"), 0), "agreement",
        json_pack("[{s:s,s:s,s:{s:f}}]", "first", "A", "second", "B", "windows", "kappa", 0.9));
    g_autofree char *found = certainty_of(document);
    assert_string_equal(found, "high");
    json_decref(document);
}

TEST(when_it_was_recorded)
{
    expect("'recorded_at':'2024-01-10T00:00:00+01'", "'recorded_at':null", "low times_not_known=10/40");
    expect("'recorded_at':'2024-01-10T00:00:00+01'", "'recorded_at':'2024-12-10T00:00:00+01'", "high");
    expect("2024-01-10T", "2024-03-10T", "moderate seasons_missing=3/4");
    json_t *winter = document_with("'from':'2024-01','to':'2024-12'", "'from':'2024','to':'2024-02'");
    json_t *first = json_array_get(json_object_get(winter, "clips"), 0);
    json_object_set_new(first, "recorded_at", json_string("2024-03-10T00:00:00+01"));
    g_autofree char *found = certainty_of(winter);
    assert_string_equal(found, "moderate seasons_missing=0/1");
    json_decref(winter);
    expect("'hour':17", "'hour':18", "moderate day_missing=3/4");
    expect("'hours':{'by_hour'", "'no_hours':{'by_hour'", "high"); /* of a control nobody counts them */
    expect("'from':'2024-01','to':'2024-12','hours':[]", "'from':'2024-01','to':'2024-12','hours':[18,12]",
           "high");
    expect("'id':'d','synthetic':false,'clips':2,", "'id':'elsewhere','synthetic':false,'clips':2,",
           "very_low annotators_not_known=100 blind_not_known=100 absence_not_known=100 choice_not_known=100 "
           "chooser_not_known=100");
}

TEST(what_was_usable)
{
    expect("'clock_mended_clips':0", "'clock_mended_clips':6", "moderate clocks_mended=6/100");
    expect("'failed_clips':0", "'failed_clips':10", "moderate clips_failed=10/110");
    expect("'unwatched':0", "'unwatched':6", "moderate alerts_not_used=6/100");
    expect("'not_seen_us':0", "'not_seen_us':36000000000", "moderate footage_not_seen=10/50");
    expect("'not_decoded_us':0", "'not_decoded_us':36000000000", "moderate footage_not_seen=10/50");
    expect("'system':'x',", "'system':'x','engine':{'pictures':100,'dropped':7},",
           "moderate pictures_dropped=7/100");
    expect("'system':'x',",
           "'system':'x','probes':[{'state':'fail'},{'state':'pass'},{'state':'not_applicable'}],",
           "moderate probes_failed=1/2");
    expect("'system':'x',", "'system':'x','probes':[{'state':'pass'}],", "high");
    expect("'lock':",
           "'capsule':{'systems':[{'system':'x','findings':[{'state':'fail'},{'state':'pass'},"
           "{'state':'not_applicable'}]}]},'lock':",
           "low capsule_failed=1/2");
    /* times that are all whole seconds are no failure of a log that has no others; some among others are */
    expect("'lock':",
           "'capsule':{'systems':[{'system':'x','findings':[{'id':'whole_seconds','state':'fail','count':7,"
           "'of':7},{'id':'early','state':'pass','count':0,'of':7}]}]},'lock':",
           "high");
    expect("'lock':",
           "'capsule':{'systems':[{'system':'x','findings':[{'id':'whole_seconds','state':'fail','count':6,"
           "'of':7},{'id':'early','state':'pass','count':0,'of':7}]}]},'lock':",
           "low capsule_failed=1/2");
    expect("'lock':",
           "'capsule':{'systems':[{'system':'x','findings':[{'id':'early','state':'fail','count':7,'of':7},"
           "{'id':'whole_seconds','state':'fail','count':7,'of':7}]}]},'lock':",
           "low capsule_failed=1/1");
    expect("'lock':", "'capsule':{'systems':[{'system':'y','findings':[{'state':'fail'}]}]},'lock':", "high");
}

TEST(the_claim_and_its_plan)
{
    expect("'cameras':30}}", "'cameras':19}}", "moderate few_cameras=19");
    expect("'places_like_these','cameras':30", "'these_clips','cameras':1", "high");
    expect("'caution':false", "'caution':true,'overdispersion_p':0.01", "moderate cameras_differ=0.01");
    expect("'caution':false", "'caution':false,'overdispersion_p':0.01", "high");
    expect("'camera_hours':40", "'camera_hours':20", "moderate few_hours=20");
    expect("'low':0.1,'high':0.2", "'low':0.1,'high':0.6", "moderate limit_within=0.5");
    expect("'metric':'false_alerts_per_camera_hour'", "'metric':'p_miss'", "moderate few_cases=40");
    expect("'state':'unchanged'", "'state':'unlocked'", "moderate not_locked=1");
    expect("'state':'unchanged','changed':[]", "'state':'changed','changed':[{'what':'looked'}]",
           "moderate locked_late=1");
    expect("'state':'unchanged','changed':[]", "'state':'changed','changed':[{'what':'late'}]",
           "moderate locked_late=1");
    expect("'state':'unchanged','changed':[]",
           "'state':'changed','changed':[{'what':'late'},{'what':'added'},"
           "{'what':'program'}]",
           "low locked_late=1 lock_changed=2");
}

/* What was locked late are the claims, however many systems and looks there were. */
TEST(a_claim_is_one_on_however_many_systems)
{
    static const char *const locks[][3] = {
        {"'state':'unchanged'", "'state':'unlocked'", "moderate not_locked=2"},
        {"'state':'unchanged','changed':[]",
         "'state':'changed','changed':[{'what':'late'},{'what':'looked'},{'what':'late'}]",
         "moderate locked_late=2"}};
    for (size_t i = 0; i < G_N_ELEMENTS(locks); i++) {
        json_t *document = document_with(locks[i][0], locks[i][1]);
        json_t *evaluations =
            json_object_get(json_array_get(json_object_get(document, "scenarios"), 0), "evaluations");
        json_t *other = json_deep_copy(json_array_get(evaluations, 0));
        json_t *claims = json_object_get(other, "claims");
        json_array_append_new(claims, json_deep_copy(json_array_get(claims, 0)));
        json_object_set_new(json_array_get(claims, 1), "id", json_string("d"));
        json_array_append_new(evaluations, other);
        g_autofree char *found = certainty_of(document);
        assert_string_equal(found, locks[i][2]);
        json_decref(document);
    }
}

/* Of a comparison the events that both had count, not what one of them observed. */
TEST(a_comparison_has_its_own_cases)
{
    expect("'metric':'false_alerts_per_camera_hour','op':'<=',    'value':0.5},",
           "'metric':'miss_difference',"
           "'op':'<=','value':0.5},'compared':{'events':12},",
           "moderate few_cases=12");
    expect("'metric':'false_alerts_per_camera_hour','op':'<=',    'value':0.5},",
           "'metric':'rate_ratio',"
           "'op':'<=','value':0.15},'compared':{'system':'y'},",
           "high");
}

/* What a document that was tampered with is accused of; NULL: of nothing. */
static void expect_fault(const char *before, const char *after, const char *words)
{
    json_t *document = document_with("'people':2", "'people':1");
    results_add_certainty(document);
    g_autofree char *dumped = json_dumps(document, JSON_COMPACT);
    g_autoptr(GString) text = g_string_new(dumped);
    json_decref(document);
    if (g_string_replace(text, before, after, 1) != 1)
        fail_msg("“%s” is not in the document", before);
    document = json_loads(text->str, 0, NULL);
    assert_non_null(document);
    g_autoptr(GPtrArray) faults = bag_faults_new();
    VerifyReport report = {.faults = faults};
    assert_int_equal(reckoning_check_certainty(document, &report), words == NULL);
    assert_int_equal(faults->len, words != NULL);
    if (words != NULL) {
        const BagFault *fault = g_ptr_array_index(faults, 0);
        if (strstr(fault->sentence, words) == NULL)
            fail_msg("found “%s”, expected “%s”", fault->sentence, words);
    }
    json_decref(document);
}

TEST(a_certainty_that_does_not_follow_is_told)
{
    expect_fault("\"system\"", "\"system\"", NULL);
    expect_fault("\"level\":\"moderate\"", "\"level\":\"high\"",
                 "claims[0].certainty.level: found high, expected moderate");
    expect_fault("\"lowered\":1", "\"lowered\":0", "lowered: found 0, expected 1");
    expect_fault("\"people\":1", "\"people\":2", "certainty.reasons: found 1, expected 0");
    expect_fault("\"blind\":\"yes\"", "\"blind\":\"no\"", "certainty.reasons: found 1, expected 2");
    expect_fault("\"figure\":1.0", "\"figure\":2.0", "figure: found 2, expected 1");
    expect_fault("\"key\":\"one_annotator\"", "\"key\":\"not_blind\"",
                 "key: found not_blind (found), expected one_annotator (found)");
    expect_fault("\"lowers\":1", "\"lowers\":0", "lowers: found 0, expected 1");
    expect_fault("\"verdict\":\"supported\"", "\"verdict\":\"not_established\"",
                 "certainty.reasons: found 1, expected 0");
    expect_fault("\"certainty\"", "\"once\"", NULL); /* of a version that did not say it */
}

UNIT_TESTS(NULL, NULL)
