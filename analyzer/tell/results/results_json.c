/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results/results_json.h"

#include "results/fields_internal.h"

#include <math.h>
#include <string.h>

double results_rounded(double value)
{
    /* A number with at most six decimals, as nearly all in a log, is what its digits say: nothing to round.
     */
    if (!isfinite(value) || (fabs(value) < 1e5 && rint(value * 1e6) / 1e6 == value))
        return value;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%." G_STRINGIFY(RESULTS_DIGITS) "g", value);
    return g_ascii_strtod(text, NULL);
}

json_t *results_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *results_time(int64_t t_us)
{
    return t_us == TIME_UNKNOWN ? json_null() : json_integer(t_us);
}

json_t *results_string(const char *text)
{
    if (text == NULL)
        return json_null();
    if (g_utf8_validate(text, -1, NULL))
        return json_string_nocheck(text); /* nearly always; a log may have a million */
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return json_string(valid);
}

json_t *results_text(const char *en, const char *fr)
{
    if (en == NULL && fr == NULL)
        return json_null();
    return json_pack("{s:o,s:o}", "en", results_string(en != NULL ? en : fr), "fr",
                     results_string(fr != NULL ? fr : en));
}

json_t *results_own_words(const char *en, const char *fr)
{
    if (en == NULL || fr == NULL || strcmp(en, fr) == 0)
        return results_string(en != NULL ? en : fr);
    return results_text(en, fr);
}

json_t *results_parameters(const OptionRow *table, size_t size, const ParamList *params)
{
    g_autoptr(ParamList) values = options_effective(table, size, params);
    json_t *object = json_object();
    for (guint i = 0; values != NULL && i < values->params->len; i++) {
        const Param *param = g_ptr_array_index(values->params, i);
        json_object_set_new(object, param->name, results_string(param->value));
    }
    return object;
}

json_t *results_said(Phrase *phrase)
{
    json_t *said = phrase_json(phrase);
    phrase_free(phrase);
    return said;
}

ResultsRate results_rate_of(const Rate *rate)
{
    ResultsRate record = {.numerator = rate->numerator,
                          .denominator = rate->denominator,
                          .unit = rate_unit_name(rate->unit),
                          .value = rate->value,
                          .reason = undefined_reason_name(rate->reason),
                          .clock_mended_clips = RESULTS_UNKNOWN,
                          .interval = {.level = (double)NAN, .low = (double)NAN, .high = (double)NAN}};
    if (isfinite(rate->interval.low) || isfinite(rate->interval.high))
        record.interval = (ResultsInterval){.method = interval_method_name(rate->method),
                                            .level = rate->level,
                                            .low = rate->interval.low,
                                            .high = rate->interval.high};
    return record;
}

json_t *results_rate(const Rate *rate)
{
    const ResultsRate record = results_rate_of(rate);
    return results_dump(&result_rate, &record);
}

ResultsRate results_timed_rate_of(const EvalFigures *figures, const Rate *rate)
{
    ResultsRate record = results_rate_of(rate);
    if (figures->mended_clips > 0)
        record.clock_mended_clips = (int64_t)figures->mended_clips;
    return record;
}

json_t *results_timed_rate(const EvalFigures *figures, const Rate *rate)
{
    const ResultsRate record = results_timed_rate_of(figures, rate);
    return results_dump(&result_rate, &record);
}

ResultsStrings results_strings(const GPtrArray *strings)
{
    static const char *const none[1]; /* an empty list is a list */
    if (strings == NULL || strings->len == 0)
        return (ResultsStrings){0, none};
    return (ResultsStrings){strings->len, (const char *const *)strings->pdata};
}

json_t *results_box(Box box)
{
    if (geometry_box_is_none(box))
        return json_null();
    return json_pack("[o,o,o,o]", results_number(box.x), results_number(box.y), results_number(box.w),
                     results_number(box.h));
}
