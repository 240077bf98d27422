/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers cannot say, as sentences that follow from the data. */
#include "evaluate/results_evaluation.h"

#include "language/words.h"
#include "results/model.h"
#include "results/results_json.h"
#include "scoring/independence.h"

#include <math.h>

static void append(json_t *limits, const char *en, const char *fr)
{
    json_array_append_new(limits, results_text(en, fr));
}

static json_int_t whole(const json_t *object, const char *first, const char *second)
{
    return json_integer_value(json_object_get(json_object_get(object, first), second));
}

/* A word of the document in one language, else its id. */
static const char *word(const json_t *owner, const char *title, const char *id, const char *language)
{
    const json_t *text = json_object_get(owner, title);
    const char *found = json_string_value(text);
    if (found == NULL)
        found = json_string_value(json_object_get(text, language));
    return found != NULL && *found != '\0' ? found : json_string_value(json_object_get(owner, id));
}

/* "Camera tampering (reference, as recorded): " */
static char *name_of(const json_t *scenario, const json_t *evaluation, const char *language,
                     const char *colon)
{
    return g_strdup_printf("%s (%s, %s)%s", word(scenario, "title", "id", language),
                           word(evaluation, "system_title", "system", language),
                           word(evaluation, "condition_title", "condition", language), colon);
}

/* Whole from ten on, as the first page prints it; never with an exponent. */
static char *daily_number(Language language, double value)
{
    return value >= 9.5 ? words_integer(language, llround(value)) : words_number(language, value, 2);
}

/* Right in time and wrong in place. */
static void append_elsewhere(const char *en, const char *fr, const json_t *evaluation, json_t *limits)
{
    const json_int_t both = whole(evaluation, "counts", "hits_with_boxes"),
                     elsewhere = whole(evaluation, "counts", "hits_elsewhere");
    if (elsewhere <= 0)
        return;
    g_autofree char *a = g_strdup_printf(
        "%sof %" JSON_INTEGER_FORMAT
        " events detected where both event and alert have a box, %" JSON_INTEGER_FORMAT
        " had an alert whose box touches nothing of the event’s: right in time, elsewhere in the picture. "
        "%s as detected; with “boxes: require” %s might not.",
        en, both, elsewhere, elsewhere == 1 ? "It counts" : "They count", elsewhere == 1 ? "it" : "they");
    g_autofree char *b = words_french_spaces(g_strdup_printf(
        "%ssur %" JSON_INTEGER_FORMAT
        " événement%s détecté%s où l’événement et l’alerte ont tous deux un cadre, %" JSON_INTEGER_FORMAT
        " l’%s par une alerte dont le cadre ne touche en rien celui de l’événement : au bon moment, ailleurs "
        "dans "
        "l’image. %s ; avec « boxes: require », ce pourrait ne pas être le cas.",
        fr, both, both == 1 ? "" : "s", both == 1 ? "" : "s", elsewhere, elsewhere == 1 ? "a été" : "ont été",
        elsewhere == 1 ? "Il compte comme détecté" : "Ils comptent comme détectés"));
    append(limits, a, b);
}

/* What is to be said of the log, with the names before it. */
static void append_log_remarks(const json_t *evaluation, const char *en, const char *fr, json_t *limits)
{
    for (size_t i = 0; i < model_count(evaluation, "log.remarks"); i++) {
        const json_t *remark = model_member(evaluation, "log.remarks", i);
        g_autofree char *a = g_strconcat(en, model_string(remark, "en"), NULL);
        g_autofree char *b = g_strconcat(fr, model_string(remark, "fr"), NULL);
        append(limits, a, b);
    }
}

void results_append_limits(const json_t *scenario, const json_t *evaluation, json_t *limits)
{
    g_autofree char *en = name_of(scenario, evaluation, "en", ": ");
    g_autofree char *fr = name_of(scenario, evaluation, "fr", " : ");
    append_log_remarks(evaluation, en, fr, limits);
    const double hours =
        json_real_value(json_object_get(json_object_get(evaluation, "exposure"), "camera_hours"));
    const json_int_t events = whole(evaluation, "counts", "events"),
                     cameras = whole(evaluation, "exposure", "cameras");
    if (hours <= 0) {
        g_autofree char *a = g_strconcat(en, "no camera time was scored; no rate can be given.", NULL);
        g_autofree char *b =
            g_strconcat(fr, "aucune durée n’a été évaluée ; aucun taux ne peut être donné.", NULL);
        append(limits, a, b);
        return;
    }
    if (hours < 1) {
        g_autofree char *a = g_strconcat(
            en, "less than one hour of footage was scored, far too little for any statement per day.", NULL);
        g_autofree char *b = g_strconcat(fr,
                                         "moins d’une heure d’images a été évaluée : bien trop peu pour dire "
                                         "quoi que ce soit d’une journée.",
                                         NULL);
        append(limits, a, b);
    }
    if (events == 0) {
        g_autofree char *a = g_strconcat(
            en, "the footage holds no event of this kind; nothing can be said about missed events.", NULL);
        g_autofree char *b = g_strconcat(fr,
                                         "les images ne contiennent aucun événement de ce type ; rien ne "
                                         "peut être dit des événements manqués.",
                                         NULL);
        append(limits, a, b);
    }
    if (hours >= 1 && whole(evaluation, "counts", "false_strict") == 0) {
        const double daily =
            json_number_value(json_object_get(json_object_get(evaluation, "per_day"), "high"));
        const double level = model_number(evaluation, "rates.false_alerts_per_camera_hour.interval.level");
        g_autofree char *level_en = words_percent(LANGUAGE_EN, level);
        g_autofree char *level_fr = words_percent(LANGUAGE_FR, level);
        g_autofree char *in_english = daily_number(LANGUAGE_EN, daily);
        g_autofree char *in_french = daily_number(LANGUAGE_FR, daily);
        g_autofree char *a =
            g_strdup_printf("%sno false alert was seen, but a true rate of up to %s a day for each camera "
                            "cannot be excluded (upper end of the %s interval).",
                            en, in_english, level_en);
        g_autofree char *b =
            g_strdup_printf("%saucune fausse alerte n’a été vue, mais un taux réel allant jusqu’à %s par "
                            "jour et par caméra ne peut être exclu (borne haute de l’intervalle à %s).",
                            fr, in_french, level_fr);
        append(limits, a, b);
    }
    append_elsewhere(en, fr, evaluation, limits);
    if (cameras < INDEPENDENCE_ENOUGH) {
        g_autofree char *a = g_strdup_printf(
            "%sonly %" JSON_INTEGER_FORMAT
            " camera%s: errors of one camera come together, so the true uncertainty is wider than "
            "the interval shown, and other places may differ.",
            en, cameras, cameras == 1 ? "" : "s");
        g_autofree char *b = g_strdup_printf(
            "%s%" JSON_INTEGER_FORMAT
            " caméra%s seulement : les erreurs d’une même caméra vont ensemble, l’incertitude réelle "
            "est donc plus large que l’intervalle affiché, et d’autres lieux peuvent différer.",
            fr, cameras, cameras == 1 ? "" : "s");
        append(limits, a, b);
    }
}
