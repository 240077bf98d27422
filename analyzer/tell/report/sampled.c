/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sampled.h"

#include "records/cell.h"
#include "records/save.h"
#include "records/shown.h"
#include "report/markdown.h"

#include <math.h>

#define LINE_END "\r\n" /* as spreadsheets want it */

/* ---- tables */

static void put_words(CellWriter *cells, const char *text)
{
    /* people open these tables; nothing reads them back */
    g_autofree char *shown = text != NULL ? shown_undirected(text) : NULL;
    cell_put_words(cells, shown);
}

char *sampled_strata_csv(const ResultsSurvey *survey)
{
    GString *out = g_string_new("stratum,alerts,drawn,false,not_decided,low_alerts,high_alerts" LINE_END);
    CellWriter cells = {.out = out, .line_end = LINE_END};
    for (size_t i = 0; i < survey->strata.count; i++) {
        const ResultsSurveyPart *part = &survey->strata.at[i];
        const int64_t counts[] = {part->population, part->drawn,      part->wrong,
                                  part->open,       part->low_alerts, part->high_alerts};
        put_words(&cells, part->name);
        for (size_t k = 0; k < G_N_ELEMENTS(counts); k++)
            cell_put_count(&cells, counts[k]);
        cell_end_line(&cells);
    }
    return g_string_free(out, FALSE);
}

char *sampled_alerts_csv(const ResultsSurvey *survey)
{
    GString *out = g_string_new("alert,stratum,line,first,second,agreed,outcome" LINE_END);
    CellWriter cells = {.out = out, .line_end = LINE_END};
    for (size_t i = 0; i < survey->alerts.count; i++) {
        const ResultsSurveyJudged *alert = &survey->alerts.at[i];
        cell_put(&cells, alert->id);
        put_words(&cells, survey->strata.at[alert->stratum].name);
        cell_put_count(&cells, alert->line);
        cell_put(&cells, alert->first);
        cell_put(&cells, alert->second);
        cell_put(&cells, alert->agreed);
        cell_put(&cells, alert->outcome);
        cell_end_line(&cells);
    }
    return g_string_free(out, FALSE);
}

/* ---- Markdown */

static void add_list(GString *out, const ResultsTexts *list, const Texts *texts)
{
    for (size_t i = 0; i < list->count; i++) {
        g_autofree char *safe = markdown_escape(texts_pick(texts, list->at[i], NULL));
        g_string_append_printf(out, "- %s\n", safe);
    }
}

char *sampled_markdown(const ResultsSurvey *survey, const Texts *texts)
{
    GString *out = g_string_new(NULL);
    g_autofree char *answer = markdown_escape(texts_pick(texts, survey->answer, NULL));
    g_autofree char *log = markdown_escape(survey->log.file);
    g_autofree char *title = texts_format(texts, "survey.title_of", "log", log, NULL);
    g_string_append_printf(out, "# %s\n\n**%s**\n", title, answer);
    if (survey->claim.op != NULL) {
        g_autofree char *sentence = markdown_escape(texts_pick(texts, survey->verdict.sentence, NULL));
        g_string_append_printf(out, "\n## %s\n\n", texts_get(texts, "survey.heading.claim"));
        if (survey->claim.text != NULL) {
            g_autofree char *words = markdown_escape(survey->claim.text);
            g_string_append_printf(out, "> %s\n\n", words);
        }
        g_string_append_printf(out, "**%s**\n\n%s\n", texts_word(texts, "verdict", survey->verdict.verdict),
                               sentence);
    }
    g_string_append_printf(out, "\n## %s\n\n", texts_get(texts, "survey.heading.figures"));
    add_list(out, &survey->remarks, texts);
    g_string_append_printf(out, "\n## %s\n\n", texts_get(texts, "survey.heading.cannot"));
    add_list(out, &survey->cannot_say, texts);
    g_autofree char *fingerprints = texts_format(texts, "survey.fingerprints", "draw", survey->draw_sha256,
                                                 "log", survey->log.sha256, NULL);
    g_string_append_printf(out, "\n%s\n", fingerprints);
    return g_string_free(out, FALSE);
}

/* ---- all of them */

static bool save(const char *folder, const char *name, char *text, gssize length, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const bool saved = save_file(path, text, length, error);
    g_free(text);
    return saved;
}

bool sampled_write(const ResultsSurvey *survey, const char *folder, const char *const *languages,
                   GError **error)
{
    for (; *languages != NULL; languages++) {
        g_autoptr(Texts) texts = texts_new(*languages, survey->share.level, error);
        if (texts == NULL)
            return false;
        gsize length = 0;
        g_autofree char *page = g_strdup_printf("report.%s.html", *languages);
        g_autofree char *summary = g_strdup_printf("summary.%s.md", *languages);
        char *html = sampled_html(survey, texts, &length);
        if (!save(folder, page, html, (gssize)length, error) ||
            !save(folder, summary, sampled_markdown(survey, texts), -1, error))
            return false;
    }
    return save(folder, "strata.csv", sampled_strata_csv(survey), -1, error) &&
           save(folder, "alerts.csv", sampled_alerts_csv(survey), -1, error);
}
