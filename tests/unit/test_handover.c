/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/handover_findings.h"

#include "results/fields.h"

#include <math.h>
#include <string.h>

#include "said.h"
#include "unit.h"

#define S(seconds) ((int64_t)((seconds)*1e6))

/* clip-0001 and clip-0003 are one clip with an event at 20 to 30 s, clip-0002 is a canary with an event at 10
 * to 15 s, clip-0004 one without. Each lasts 60 s, at 10 pictures a second. */
static Seal *new_seal(void)
{
    Seal *seal = seal_new();
    seal->seed = g_strnfill(64, '0');
    seal->audit = g_strdup("a");
    g_ptr_array_add(seal->behaviours, g_strdup("intrusion"));
    for (guint i = 1; i <= 4; i++) {
        SealedClip *clip = sealed_clip_new();
        clip->name = g_strdup_printf("clip-%04u", i);
        clip->file = g_strdup_printf("clips/clip-%04u.mp4", i);
        clip->sha256 = g_strdup("0");
        clip->canary = i % 2 == 0;
        clip->clip = clip->canary ? NULL : g_strdup("x");
        clip->dataset = clip->canary ? NULL : g_strdup("d");
        clip->appearance = i == 3 ? 2 : 1;
        clip->duration_us = S(60);
        clip->rate = 10;
        if (i == 2)
            g_ptr_array_add(clip->events, event_new("intrusion", S(10), S(15)));
        g_ptr_array_add(seal->clips, clip);
    }
    return seal;
}

typedef struct {
    const char *clip;
    double onset_s, decided_s;
} Answer;

static json_t *describe(const Answer *answers, size_t count)
{
    Returned returned = {(char *)"v", (char *)"v.csv", (char *)"0", alert_log_new(), NULL};
    for (size_t i = 0; i < count; i++)
        alert_log_add(returned.log, answers[i].clip, NULL,
                      alert_new("intrusion", S(answers[i].onset_s), S(answers[i].decided_s)));
    g_autoptr(GPtrArray) logs = g_ptr_array_new();
    g_ptr_array_add(logs, &returned);
    g_autoptr(Handover) handover = handover_new(new_seal(), "0", NULL, S(0.05), logs);
    Clip clip = {.id = (char *)"x", .events = event_array_new()};
    g_ptr_array_add(clip.events, event_new("intrusion", S(20), S(30)));
    Dataset dataset = {.id = (char *)"d", .clips = g_ptr_array_new()};
    g_ptr_array_add(dataset.clips, &clip);
    Audit audit = {.datasets = g_ptr_array_new()};
    g_ptr_array_add(audit.datasets, &dataset);
    json_t *json = handover_describe(handover, &audit);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!results_check_record(&result_capsule, json, faults))
        fail_msg("%s", (const char *)g_ptr_array_index(faults, 0));
    g_ptr_array_unref(audit.datasets);
    g_ptr_array_unref(dataset.clips);
    g_ptr_array_unref(clip.events);
    alert_log_free(returned.log);
    return json;
}

static void assert_finding(const json_t *json, const char *id, const char *state, int64_t count, int64_t of)
{
    const json_t *system = json_array_get(json_object_get(json, "systems"), 0);
    size_t i;
    const json_t *finding;
    json_array_foreach(json_object_get(system, "findings"), i, finding)
    {
        if (strcmp(json_string_value(json_object_get(finding, "id")), id) != 0)
            continue;
        if (strcmp(json_string_value(json_object_get(finding, "state")), state) != 0)
            fail_msg("%s: found %s, expected %s", id, json_string_value(json_object_get(finding, "state")),
                     state);
        if (strcmp(state, "not_applicable") == 0)
            return;
        assert_int_equal(json_integer_value(json_object_get(finding, "count")), count);
        assert_int_equal(json_integer_value(json_object_get(finding, "of")), of);
        return;
    }
    fail_msg("%s is not there", id);
}

static void assert_said(const char *key, int64_t count, int64_t of, const char *en, const char *fr)
{
    Phrase *phrase = phrase_integer(phrase_integer(phrase_new(key), "count", count), "of", of);
    Said text = said(phrase_integer(phrase, "clips", 1));
    if (strstr(text.en, en) == NULL || strstr(text.fr, fr) == NULL)
        fail_msg("%s: “%s”, “%s”", key, text.en, text.fr);
    g_free(text.en);
    g_free(text.fr);
}

/* One answer, one alert, one event: nouns, participles and verbs follow. */
TEST(one_is_said_as_one)
{
    assert_said("capsule.seen.repeat_alerts.pass", 0, 1, "the only answer to 1 clip that was there",
                "la seule réponse à 1 séquence remise de nouveau est revenue identique");
    assert_said("capsule.seen.repeat_alerts.pass", 0, 2, "all 2 answers to",
                "les 2 réponses à 1 séquence remise de nouveau sont revenues identiques");
    assert_said("capsule.seen.repeat_alerts.fail", 1, 2, "1 of 2 answers differs", "1 réponse sur 2 diffère");
    assert_said("capsule.seen.repeat_times", 0, 1, "0 of 1 alert that came both times",
                "sur 1 alerte revenue les deux fois, 0 diffère");
    assert_said("capsule.seen.early", 1, 1, "1 of 1 alert outside of events",
                "sur 1 alerte hors des événements, 1 est venue");
    assert_said("capsule.seen.early", 2, 3, "2 of 3 alerts",
                "sur 3 alertes hors des événements, 2 sont venues");
    assert_said("capsule.seen.exact_fit", 1, 1, "1 of 1 event found begins",
                "sur 1 événement détecté, 1 commence");
    assert_said("capsule.seen.canary_events", 1, 1, "1 of 1 event missed", "1 événement manqué sur 1");
    assert_said("capsule.seen.canary_empty", 1, 2, "alerts on 1 of 2 clips", "sur 1 séquence parmi 2");
}

TEST(the_same_answers_pass)
{
    const Answer said[] = {{"clip-0001", 20.3, 21}, {"clip-0003", 20.3, 21}, {"clip-0002", 10.4, 11}};
    json_t *json = describe(said, 3);
    assert_finding(json, "repeat_alerts", "pass", 0, 1);
    assert_finding(json, "repeat_times", "pass", 0, 1);
    assert_finding(json, "repeat_events", "pass", 0, 1);
    assert_finding(json, "seen_before", "not_applicable", 0, 0);
    assert_finding(json, "canary_events", "pass", 0, 1);
    assert_finding(json, "canary_empty", "pass", 0, 1);
    assert_finding(json, "whole_seconds", "not_applicable", 0, 0);
    assert_finding(json, "early", "not_applicable", 0, 0);
    assert_finding(json, "reaction", "not_applicable", 0, 0);
    json_decref(json);
}

/* Found once of twice, a time that wavers, the canary missed, an alert where nothing happens. */
TEST(what_differs_fails)
{
    const Answer said[] = {{"clip-0001", 20, 21}, {"clip-0001", 40, 41},   {"clip-0003", 40.06, 41},
                           {"clip-0004", 50, 51}, {"clip-0001", 50.1, 51}, {"clip-0003", 50.15, 51}};
    json_t *json = describe(said, 6);
    assert_finding(json, "repeat_alerts", "fail", 2,
                   3); /* one without a partner, one 0.06 s apart, one 0.05 s */
    assert_finding(json, "repeat_times", "fail", 1, 2);
    assert_finding(json, "repeat_events", "fail", 1, 1);
    assert_finding(json, "seen_before", "pass", 0, 1); /* of one nothing follows */
    assert_finding(json, "canary_events", "fail", 1, 1);
    assert_finding(json, "canary_empty", "fail", 1, 1);
    assert_finding(json, "whole_seconds", "pass", 3, 6); /* P(X >= 3 | 6, 0.1) = 0.0159 */
    assert_finding(json, "early", "pass", 0, 2);
    json_decref(json);
}

/* Two alerts 3 s and 4 s before the event, at first: a window of 4.5 s, elsewhere 60 - 4.5 - 10.5 = 45 s:
 * mean 0.1, P(X >= 2) = 0.00468. Times that waver by 0.2 s in six pairs are a person's. */
TEST(knowledge_and_people_are_seen)
{
    const Answer said[] = {{"clip-0001", 16.1, 16.1}, {"clip-0003", 16.3, 16.3}, {"clip-0001", 17.1, 17.1},
                           {"clip-0003", 17.3, 17.3}, {"clip-0001", 20.5, 20.6}, {"clip-0003", 20.7, 20.8},
                           {"clip-0001", 22.5, 22.6}, {"clip-0003", 22.7, 22.8}, {"clip-0001", 24.5, 24.6},
                           {"clip-0003", 24.7, 24.8}, {"clip-0001", 26.5, 26.6}, {"clip-0003", 26.7, 26.8}};
    json_t *json = describe(said, G_N_ELEMENTS(said));
    assert_finding(json, "early", "fail", 2, 2);
    assert_finding(json, "reaction", "fail", 6, 6);
    assert_finding(json, "repeat_events", "pass", 0, 1);
    assert_finding(json, "canary_events", "fail", 1, 1);
    assert_finding(json, "canary_empty", "pass", 0, 1);
    json_decref(json);
}

/* A system that looks at the pictures answers a clip that is there again alike: no second piece of evidence.
 * Whole are 3 of 6, P(X >= 3 | 6, 0.1) = 0.0159, early is one, P(X >= 1) = 0.095; 6 of 12 and 2 of windows
 * twice as long would both be below 0.01. */
TEST(answers_again_are_no_evidence)
{
    const double onsets[] = {17.1, 20, 22.3, 24, 26.7, 28};
    Answer said[2 * G_N_ELEMENTS(onsets)];
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
        said[i] = (Answer){i % 2 == 0 ? "clip-0001" : "clip-0003", onsets[i / 2], onsets[i / 2]};
    json_t *json = describe(said, G_N_ELEMENTS(said));
    assert_finding(json, "repeat_times", "pass", 0, 6);
    assert_finding(json, "whole_seconds", "pass", 3, 6);
    assert_finding(json, "early", "pass", 1, 1);
    json_decref(json);
}

TEST(silence_is_not_applicable)
{
    json_t *json = describe(NULL, 0);
    assert_finding(json, "repeat_alerts", "not_applicable", 0, 0);
    assert_finding(json, "repeat_times", "not_applicable", 0, 0);
    assert_finding(json, "repeat_events", "pass", 0, 1); /* missed both times */
    assert_finding(json, "canary_events", "fail", 1, 1);
    assert_finding(json, "canary_empty", "pass", 0, 1);
    assert_finding(json, "order", "not_applicable", 0, 0);
    assert_finding(json, "exact_fit", "not_applicable", 0, 0);
    json_decref(json);
}

UNIT_TESTS(NULL, NULL)
