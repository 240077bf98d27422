/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers cannot say, as sentences that follow from the data. */
#include "evaluate/results_evaluation.h"

#include "language/phrase.h"
#include "results/model.h"
#include "scoring/independence.h"

#include <math.h>

/* A word of the document, else its id. */
static void put_word(Phrase *phrase, const char *name, const json_t *owner, const char *title, const char *id)
{
    const json_t *text = json_object_get(owner, title);
    if (texts_pick(texts_of("en"), text, NULL) != NULL)
        phrase_text(phrase, name, text);
    else
        phrase_own(phrase, name, model_string(owner, id));
}

/* Whose limits they are. */
typedef struct {
    const json_t *scenario, *evaluation;
    json_t *limits;
} About;

/* The sentence of that key with the names before it: "Camera tampering (reference, as recorded): …". */
static Phrase *start(const About *about, const char *key)
{
    Phrase *name = phrase_new("limit.name");
    put_word(name, "scenario", about->scenario, "title", "id");
    put_word(name, "system", about->evaluation, "system_title", "system");
    put_word(name, "condition", about->evaluation, "condition_title", "condition");
    return phrase_part(phrase_new(key), "name", name);
}

/* Takes the phrase. */
static void append(const About *about, Phrase *limit)
{
    json_array_append_new(about->limits, phrase_json(limit));
    phrase_free(limit);
}

/* Right in time and wrong in place. */
static void append_elsewhere(const About *about)
{
    const json_int_t elsewhere = model_integer(about->evaluation, "counts.hits_elsewhere", 0);
    if (elsewhere <= 0)
        return;
    Phrase *limit = phrase_integer(start(about, "limit.elsewhere"), "n", elsewhere);
    append(about,
           phrase_integer(limit, "all", model_integer(about->evaluation, "counts.hits_with_boxes", 0)));
}

/* What is to be said of the log. */
static void append_log_remarks(const About *about)
{
    for (size_t i = 0; i < model_count(about->evaluation, "log.remarks"); i++)
        append(about, phrase_text(start(about, "limit.remark"), "remark",
                                  model_member(about->evaluation, "log.remarks", i)));
}

static void append_no_false_alert(const About *about)
{
    const double daily = model_number(about->evaluation, "per_day.high");
    Phrase *limit = start(about, "limit.no_false_alert");
    if (daily >= 9.5) /* whole from ten on, as the first page prints it */
        phrase_integer(limit, "rate", llround(daily));
    else
        phrase_number(limit, "rate", daily, 2);
    append(about, phrase_percent(limit, "share",
                                 model_number(about->evaluation,
                                              "rates.false_alerts_per_camera_hour.interval.level")));
}

void results_append_limits(const json_t *scenario, const json_t *evaluation, json_t *limits)
{
    const About about = {scenario, evaluation, limits};
    append_log_remarks(&about);
    const double hours = model_number(evaluation, "exposure.camera_hours");
    const json_int_t cameras = model_integer(evaluation, "exposure.cameras", 0);
    if (!(hours > 0)) {
        append(&about, start(&about, "limit.no_time"));
        return;
    }
    if (hours < 1)
        append(&about, start(&about, "limit.under_an_hour"));
    if (model_integer(evaluation, "counts.events", 0) == 0)
        append(&about, start(&about, "limit.no_event"));
    if (hours >= 1 && model_integer(evaluation, "counts.false_strict", 0) == 0)
        append_no_false_alert(&about);
    append_elsewhere(&about);
    if (cameras < INDEPENDENCE_ENOUGH)
        append(&about, phrase_integer(start(&about, "limit.few_cameras"), "n", cameras));
}
