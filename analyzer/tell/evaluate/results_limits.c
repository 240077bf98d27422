/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers cannot say, as sentences that follow from the data. */
#include "evaluate/results_evaluation.h"

#include "language/phrase.h"
#include "results/document.h"
#include "results/results_json.h"
#include "scoring/independence.h"

#include <math.h>

/* A word of the document, else its id. */
static void put_word(Phrase *phrase, const char *name, const json_t *title, const char *id)
{
    if (texts_pick(texts_of("en"), title, NULL) != NULL)
        phrase_text(phrase, name, title);
    else
        phrase_own(phrase, name, id);
}

/* A system of ours without a title of its own is called by its kind, as on the page, not by an id. */
static void put_system(Phrase *phrase, const ResultsEvaluation *evaluation)
{
    const char *kind = evaluation->system_kind; /* not every document tells it */
    const bool plain =
        kind != NULL && evaluation->system_title == NULL && g_strcmp0(evaluation->system, kind) == 0;
    g_autofree char *key = plain ? texts_word_key("system", kind) : NULL;
    if (key != NULL && texts_has(texts_of("en"), key))
        phrase_word(phrase, "system", key);
    else
        put_word(phrase, "system", evaluation->system_title, evaluation->system);
}

/* Whose limits they are. */
typedef struct {
    const ResultsScenario *scenario;
    const ResultsEvaluation *evaluation;
    json_t *limits;
} About;

/* The sentence of that key with the names before it: "Camera tampering (reference, as recorded): …". */
static Phrase *start(const About *about, const char *key)
{
    Phrase *name = phrase_new("limit.name");
    put_word(name, "scenario", about->scenario->title, about->scenario->id);
    put_system(name, about->evaluation);
    put_word(name, "condition", about->evaluation->condition_title, about->evaluation->condition);
    return phrase_part(phrase_new(key), "name", name);
}

/* Takes the phrase. */
static void append(const About *about, Phrase *limit)
{
    json_array_append_new(about->limits, results_said(limit));
}

/* Right in time and wrong in place. */
static void append_elsewhere(const About *about)
{
    const int64_t elsewhere = about->evaluation->counts.hits_elsewhere;
    if (elsewhere <= 0)
        return;
    Phrase *limit = phrase_integer(start(about, "limit.elsewhere"), "n", elsewhere);
    append(about, phrase_integer(limit, "all", about->evaluation->counts.hits_with_boxes));
}

/* What is to be said of the log. */
static void append_log_remarks(const About *about)
{
    for (size_t i = 0; i < about->evaluation->log.remarks.count; i++)
        append(about,
               phrase_text(start(about, "limit.remark"), "remark", about->evaluation->log.remarks.at[i]));
}

/* Who changed a log that was imported, nobody knows. */
static void append_log_changed(const About *about)
{
    const ResultsLogOrigin *origin = &about->evaluation->log.origin;
    if (origin->json != NULL && results_given(origin->unchanged) && !results_true(origin->unchanged))
        append(about, phrase_own(start(about, "limit.log_changed"), "file", origin->table.file));
}

/* No better than alerts that know nothing of the pictures. */
static void append_chance(const About *about)
{
    const ResultsChance *chance = &about->evaluation->chance;
    if (results_given(chance->better) && !results_true(chance->better))
        append(about, phrase_text(start(about, "limit.remark"), "remark", chance->sentence));
}

static void append_no_false_alert(const About *about)
{
    const double daily = about->evaluation->per_day.high;
    Phrase *limit = start(about, "limit.no_false_alert");
    if (daily >= 9.5) /* whole from ten on, as the first page prints it */
        phrase_integer(limit, "rate", llround(daily));
    else
        phrase_number(limit, "rate", daily, 2);
    append(about, phrase_percent(limit, "share",
                                 about->evaluation->rates.false_alerts_per_camera_hour.interval.level));
}

void results_append_limits(const json_t *of, const json_t *judged, json_t *limits)
{
    g_autoptr(ResultsScenario) scenario = results_load_scenario(of);
    g_autoptr(ResultsEvaluation) evaluation = results_load_evaluation(judged);
    const About about = {scenario, evaluation, limits};
    append_log_remarks(&about);
    append_log_changed(&about);
    const double hours = evaluation->exposure.camera_hours;
    const int64_t cameras = evaluation->exposure.cameras;
    if (!(hours > 0)) {
        append(&about, start(&about, "limit.no_time"));
        return;
    }
    if (hours < 1)
        append(&about, start(&about, "limit.under_an_hour"));
    if (evaluation->counts.events == 0)
        append(&about, start(&about, "limit.no_event"));
    if (hours >= 1 && evaluation->counts.false_strict == 0)
        append_no_false_alert(&about);
    append_chance(&about);
    append_elsewhere(&about);
    if (cameras < INDEPENDENCE_ENOUGH)
        append(&about, phrase_integer(start(&about, "limit.few_cameras"), "n", cameras));
}
