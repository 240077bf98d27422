/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_log.h"

#include "evaluate/results_footage.h"
#include "results/model.h"
#include "results/results_json.h"
#include "scoring/shift.h"
#include "systems/ignored.h"

static bool is_judged(const Scored *scored, size_t i)
{
    return !g_array_index(scored->inputs, EvalClip, i).failed;
}

/* ---- a clock that looks shifted */

static gint compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static ShiftStream make_stream(const Scored *scored, size_t i, const EvalSettings *settings)
{
    const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
    const EvalClipResult *result = &scored->result->clips[i];
    GArray *onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GArray *events = g_array_new(FALSE, FALSE, sizeof(Span));
    for (guint a = 0; a < facts->output.alerts->len; a++)
        g_array_append_val(onsets, ((const Alert *)g_ptr_array_index(facts->output.alerts, a))->onset_us);
    g_array_sort(onsets, compare_times);
    for (guint e = 0; e < facts->events->len; e++) {
        const Event *event = g_ptr_array_index(facts->events, e);
        const Span reach = {event->start_us - settings->pre_us, event->end_us + settings->post_us + 1};
        if (result->events[e].outcome != EVENT_NOT_SCORED)
            g_array_append_val(events, reach);
    }
    return (ShiftStream){.onsets = onsets, .inside = &result->watched, .events = events};
}

static ShiftSuspicion suspect(const Scored *scored, const EvalSettings *settings)
{
    g_autoptr(GArray) streams = g_array_new(FALSE, FALSE, sizeof(ShiftStream));
    for (guint i = 0; i < scored->facts->len; i++) {
        if (!is_judged(scored, i))
            continue;
        const ShiftStream stream = make_stream(scored, i, settings);
        g_array_append_val(streams, stream);
    }
    const ShiftSuspicion suspicion =
        shift_suspect((const ShiftStream *)(const void *)streams->data, streams->len);
    for (guint i = 0; i < streams->len; i++) {
        const ShiftStream *stream = &g_array_index(streams, ShiftStream, i);
        g_array_unref((GArray *)(uintptr_t)stream->onsets);
        g_array_unref((GArray *)(uintptr_t)stream->events);
    }
    return suspicion;
}

LogFit results_log_fit(const json_t *log, const Scored *scored, const EvalSettings *settings)
{
    const int64_t elsewhere = model_integer(log, "unwatched_clips", 0);
    LogFit fit = {.is_log = json_is_object(log),
                  .alerts = elsewhere,
                  .unwatched = elsewhere,
                  .share = settings->unwatched,
                  .silent = json_is_object(log) && model_integer(log, "used", 0) + elsewhere == 0};
    if (fit.is_log)
        fit.shift = suspect(scored, settings);
    const int64_t others = model_integer(log, "other_behaviours", 0) + model_integer(log, "other_clips", 0);
    fit.unseen = fit.silent && others == 0 && model_integer(log, "other_conditions", 0) > 0;
    fit.copies = results_count_copies(scored, &fit.copies_us);
    for (size_t i = 0; i < scored->result->clip_count; i++) {
        fit.unwatched += scored->result->clips[i].alerts_unwatched;
        fit.alerts += is_judged(scored, i) ? (int64_t)scored->result->clips[i].alert_count : 0;
    }
    return fit;
}

static json_t *describe_shift_counts(const ShiftSuspicion *s)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "shift_us", (json_int_t)s->shift_us, "alerts",
                     (json_int_t)s->alerts, "watched", (json_int_t)s->inside, "watched_shifted",
                     (json_int_t)s->inside_shifted, "events", (json_int_t)s->events, "detected",
                     (json_int_t)s->found, "detected_shifted", (json_int_t)s->found_shifted);
}

static json_t *describe_shift(const ShiftSuspicion *s)
{
    if (!s->suspected)
        return json_null();
    Sentence sentence = shift_sentence(s, SHIFT_INTO_WATCHED_TIME);
    json_t *object = describe_shift_counts(s);
    json_object_set_new(object, "sentence", results_text(sentence.en, sentence.fr));
    g_free(sentence.en);
    g_free(sentence.fr);
    return object;
}

/* ---- remarks */

/* Takes the French. */
static void remark(json_t *remarks, const char *en, char *fr)
{
    g_autofree char *spaced = words_french_spaces(fr);
    json_array_append_new(remarks, results_text(en, spaced));
}

static void remark_unwatched(json_t *remarks, const LogFit *fit)
{
    if (fit->unwatched == 0)
        return;
    const bool fits = !log_fit_is_unwatched(fit), one = fit->unwatched < 2;
    g_autofree char *all = words_integer(LANGUAGE_EN, fit->alerts);
    g_autofree char *all_fr = words_integer(LANGUAGE_FR, fit->alerts);
    g_autofree char *n = words_integer(LANGUAGE_EN, fit->unwatched);
    g_autofree char *alerts = words_count(LANGUAGE_FR, fit->unwatched, "alerte", "alertes");
    g_autofree char *en =
        g_strdup_printf("%s of %s alerts of the log fell where nobody watched; %s neither right nor false.%s",
                        n, all, one ? "it is" : "they are",
                        fits ? "" : " The log does not fit the watched hours: no claim is supported by it.");
    remark(remarks, en,
           g_strdup_printf("%s du journal sur %s %s hors de la durée visionnée ; %s.%s", alerts, all_fr,
                           one ? "tombe" : "tombent",
                           one ? "elle n’est ni juste ni fausse" : "elles ne sont ni justes ni fausses",
                           fits ? ""
                                : " Le journal ne correspond pas aux heures visionnées : il n’étaye aucune "
                                  "allégation."));
}

static void remark_repeated(json_t *remarks, int64_t repeated)
{
    if (repeated == 0)
        return;
    g_autofree char *n = words_integer(LANGUAGE_EN, repeated);
    g_autofree char *rows = words_count(LANGUAGE_FR, repeated, "ligne", "lignes");
    g_autofree char *en = g_strdup_printf(
        "%s row%s of the log repeat%s an earlier one in every cell; the alert is counted once.", n,
        repeated == 1 ? "" : "s", repeated == 1 ? "s" : "");
    remark(remarks, en,
           g_strdup_printf("%s du journal %s à l’identique une ligne précédente ; l’alerte n’est comptée "
                           "qu’une fois.",
                           rows, repeated < 2 ? "répète" : "répètent"));
}

static void remark_silence(json_t *remarks, const json_t *log)
{
    if (model_integer(log, "used", 0) + model_integer(log, "unwatched_clips", 0) > 0)
        return;
    const int64_t others = model_integer(log, "rows", 0);
    g_autofree char *n = words_integer(LANGUAGE_EN, others);
    g_autofree char *rows = words_count(LANGUAGE_FR, others, "ligne", "lignes");
    g_autofree char *en =
        others == 0 ? g_strdup("The log is empty: it says that the system never alerted. If that is an error "
                               "of the export, none of these figures says anything.")
                    : g_strdup_printf("None of the %s row%s of the log is an alert of this kind on these "
                                      "clips. If that is an error of the export, none of these figures says "
                                      "anything.",
                                      n, others == 1 ? "" : "s");
    remark(
        remarks, en,
        others == 0
            ? g_strdup("Le journal est vide : selon lui, le système n’a jamais émis d’alerte. Si c’est une "
                       "erreur d’export, aucun de ces chiffres ne veut rien dire.")
            : g_strdup_printf("Le journal compte %s, dont aucune n’est une alerte de ce type pour ces "
                              "séquences. Si c’est une erreur d’export, aucun de ces chiffres ne veut rien "
                              "dire.",
                              rows));
}

static void remark_twin(json_t *remarks, const SystemSpec *twin)
{
    if (twin == NULL)
        return;
    const char *name = twin->title != NULL ? twin->title : twin->id;
    g_autofree char *en =
        g_strdup_printf("The log holds the very alerts of that of %s: one log twice?", name);
    remark(remarks, en,
           g_strdup_printf("Le journal contient exactement les alertes de celui de %s : est-ce deux fois le "
                           "même ?",
                           name));
}

static json_t *make_remarks(const json_t *log, const LogFit *fit)
{
    json_t *remarks = json_array();
    remark_unwatched(remarks, fit);
    const json_t *shift = model_get(log, "suspected_shift.sentence");
    if (shift != NULL)
        json_array_append_new(remarks, json_deep_copy(shift));
    remark_repeated(remarks, model_integer(log, "repeated_here", 0));
    remark_silence(remarks, log);
    return remarks;
}

json_t *results_log(const Systems *systems, const SystemSpec *system, const ConditionSpec *condition,
                    const Scored *scored, const EvalSettings *settings, LogFit *fit)
{
    json_t *log = systems_account_log(systems, scored->scenario, system, condition);
    *fit = results_log_fit(log, scored, settings);
    if (json_is_null(log))
        return log;
    json_object_set_new(log, "judged", json_integer(fit->alerts));
    json_object_set_new(log, "unwatched", json_integer(fit->unwatched));
    json_object_set_new(log, "unwatched_allowed", json_real(fit->share));
    json_object_set_new(log, "fits", json_boolean(!log_fit_is_unwatched(fit)));
    json_object_set_new(log, "suspected_shift", describe_shift(&fit->shift));
    json_t *remarks = make_remarks(log, fit);
    remark_twin(remarks, systems_find_twin(systems, scored->scenario, system));
    json_object_set_new(log, "remarks", remarks);
    return log;
}

/* ---- claims */

static void append_sentence(json_t *claim, const char *en, const char *fr)
{
    const char *before_en = model_string(claim, "sentence.en"),
               *before_fr = model_string(claim, "sentence.fr");
    g_autofree char *all_en = g_strdup_printf("%s %s", before_en != NULL ? before_en : "", en);
    g_autofree char *all_fr = g_strdup_printf("%s %s", before_fr != NULL ? before_fr : "", fr);
    json_object_set_new(claim, "sentence", results_text(all_en, all_fr));
}

static void append_reason(json_t *claim, bool caution, Text name, const char *en, const char *fr)
{
    g_autofree char *who_en = name.en != NULL ? g_strconcat(name.en, ": ", NULL) : g_strdup("");
    g_autofree char *who_fr = name.fr != NULL ? g_strconcat(name.fr, " : ", NULL) : g_strdup("");
    g_autofree char *whole_en = g_strdup_printf("%s%s%s.", caution ? "Caution: " : "", who_en, en);
    g_autofree char *whole_fr =
        words_french_spaces(g_strdup_printf("%s%s%s.", caution ? "Attention : " : "", who_fr, fr));
    append_sentence(claim, whole_en, whole_fr);
}

static json_t *describe_withheld(const LogFit *fit, Verdict judged)
{
    json_t *object =
        json_pack("{s:s,s:I,s:I,s:f}", "verdict", verdict_name(judged), "alerts", (json_int_t)fit->alerts,
                  "unwatched", (json_int_t)fit->unwatched, "unwatched_allowed", fit->share);
    if (fit->shift.suspected)
        json_object_set_new(object, "suspected_shift", describe_shift_counts(&fit->shift));
    if (fit->unseen)
        json_object_set_new(object, "unseen_condition", json_true());
    if (fit->copies > 0)
        json_object_set_new(object, "copied_clips", json_integer((json_int_t)fit->copies));
    return object;
}

void results_note_unfit(json_t *claim, const LogFit *fit, Verdict judged, bool said, Text name)
{
    if (!log_fit_is_doubtful(fit))
        return;
    const bool taken_back = g_strcmp0(model_string(claim, "verdict"), verdict_name(judged)) != 0;
    if (taken_back)
        json_object_set_new(claim, "withheld", describe_withheld(fit, judged));
    if (said || (!taken_back && judged != VERDICT_REFUTED))
        return;
    g_autofree char *en = log_fit_reason(fit, LANGUAGE_EN), *fr = log_fit_reason(fit, LANGUAGE_FR);
    if (taken_back && name.en == NULL) { /* the reason begins the sentence */
        en[0] = g_ascii_toupper(en[0]);
        fr[0] = g_ascii_toupper(fr[0]);
    }
    append_reason(claim, !taken_back, name, en, fr);
}

void results_note_silence(json_t *claim, const LogFit *fit, Verdict judged, Text name)
{
    Sentence silence = log_fit_silence(fit, judged);
    if (silence.en != NULL)
        append_reason(claim, true, name, silence.en, silence.fr);
    g_free(silence.en);
    g_free(silence.fr);
}
