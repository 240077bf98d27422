/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/markdown.h"

#include "records/shown.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/provenance.h"

#include <math.h>
#include <string.h>

typedef struct {
    GString *out;
    Page page; /* for its titles only; nothing is written to it */
} Markdown;

char *markdown_escape(const char *text)
{
    GString *out = g_string_new(NULL);
    g_autofree char *valid = shown_undirected(text != NULL ? text : "—");
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>')
            g_string_append(out, "&gt;");
        else if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '\n' || c == '\r' || c == '\t')
            g_string_append_c(out, ' ');
        else if (c < 0x20 || c == 0x7f)
            g_string_append(out, "\ufffd");
        else {
            if (c < 0x80 && strchr("\\`*_[]|~#!", (int)c) != NULL)
                g_string_append_c(out, '\\');
            g_string_append_unichar(out, c);
        }
    }
    return g_string_free(out, FALSE);
}

static void cell(Markdown *md, const char *text)
{
    g_autofree char *safe = markdown_escape(text);
    g_string_append_printf(md->out, " %s |", safe);
}

static void head(Markdown *md, const Texts *texts, const char *const *keys)
{
    g_string_append(md->out, "|");
    for (const char *const *key = keys; *key != NULL; key++)
        g_string_append_printf(md->out, " %s |", texts_get(texts, *key));
    g_string_append(md->out, "\n|");
    for (const char *const *key = keys; *key != NULL; key++)
        g_string_append(md->out, "---|");
    g_string_append_c(md->out, '\n');
}

const char *markdown_verdict_mark(const char *verdict)
{
    if (g_strcmp0(verdict, "refuted") == 0)
        return "❌";
    if (g_strcmp0(verdict, "supported") == 0)
        return "✅";
    return g_strcmp0(verdict, "not_established") == 0 ? "❔" : "➖";
}

static void result_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    const int64_t counts[] = {evaluation->counts.events, evaluation->counts.hits, evaluation->counts.misses,
                              evaluation->counts.false_strict};
    Markdown *md = user;
    const Texts *texts = md->page.texts;
    g_autofree char *title = page_title(&md->page, scenario->title, NULL, scenario->id);
    g_autofree char *system = page_system_name(&md->page, evaluation);
    g_autofree char *condition =
        page_title(&md->page, evaluation->condition_title, "condition", evaluation->condition);
    g_autofree char *hours = texts_duration(texts, evaluation->exposure.camera_hours);
    g_auto(NumberText) rate = {NULL};
    figures_rate(texts, &evaluation->rates.false_alerts_per_camera_hour, &rate);
    g_string_append(md->out, "|");
    cell(md, title);
    cell(md, system);
    cell(md, condition);
    cell(md, hours);
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *text = texts_integer(texts, counts[i]);
        cell(md, text);
    }
    const bool is_mended = evaluation->exposure.clock_mended_clips > 0;
    g_autofree char *marked = g_strconcat(rate.both, is_mended ? " †" : "", NULL);
    cell(md, marked);
    g_string_append_c(md->out, '\n');
}

static void find_mended(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    *(bool *)user = *(bool *)user || evaluation->exposure.clock_mended_clips > 0;
}

/* What the mark beside a rate means; nothing where no rate bears it. */
static void mended_note(Markdown *md)
{
    bool any = false;
    results_visit_products_first(md->page.results, find_mended, &any);
    if (any)
        g_string_append_printf(md->out, "\n%s\n", texts_get(md->page.texts, "short.clock_mended"));
}

static void copied_note(Markdown *md)
{
    const int64_t most = results_copied_clips(md->page.results);
    g_autofree char *text = most > 0 ? texts_count(md->page.texts, "short.copied_clips", most, NULL) : NULL;
    if (text != NULL)
        g_string_append_printf(md->out, "\n%s\n", text);
}

/* What is to be said of a system's alert log. */
static void log_remarks(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Markdown *md = user;
    for (size_t i = 0; i < evaluation->log.remarks.count; i++) {
        g_autofree char *name = page_evaluation_name(&md->page, scenario, evaluation);
        g_autofree char *line =
            texts_format(md->page.texts, "short.log_remark", "evaluation", name, "remark",
                         texts_pick(md->page.texts, evaluation->log.remarks.at[i], NULL), NULL);
        g_autofree char *safe = markdown_escape(line);
        g_string_append_printf(md->out, "\n⚠️ %s\n", safe);
    }
}

/* How certain a verdict is, and why it is not more so. */
static void certainty_of(Markdown *md, const ResultsClaim *claim)
{
    const char *level = provenance_certainty_word(claim, md->page.texts);
    if (level == NULL)
        return;
    g_autofree char *line = texts_format(md->page.texts, "certainty.of_claim", "certainty", level, NULL);
    g_string_append_printf(md->out, "  **%s**", line);
    for (size_t i = 0; i < claim->certainty.reasons.count; i++) {
        const char *sentence = texts_pick(md->page.texts, claim->certainty.reasons.at[i].sentence, NULL);
        g_autofree char *set = sentence != NULL ? texts_typography(md->page.texts, sentence) : g_strdup("");
        g_autofree char *safe = markdown_escape(set);
        g_string_append_printf(md->out, " %s", safe);
    }
    g_string_append_c(md->out, '\n');
}

static void provenance_line(const char *name, const char *value, void *user)
{
    Markdown *md = user;
    g_autofree char *safe =
        markdown_escape(value != NULL ? value : texts_get(md->page.texts, "statement.blank"));
    g_autofree char *line =
        texts_format(md->page.texts, "provenance.line", "name", name, "value", safe, NULL);
    g_string_append_printf(md->out, "- %s\n", line);
}

/* Where the footage is from, of data sets that were filmed. */
static void provenance(Markdown *md)
{
    bool any = false;
    for (size_t i = 0; i < md->page.results->datasets.count; i++) {
        const ResultsDataset *dataset = &md->page.results->datasets.at[i];
        if (results_true(dataset->synthetic))
            continue;
        if (!any)
            g_string_append_printf(md->out, "\n## %s\n", texts_get(md->page.texts, "provenance.heading"));
        any = true;
        g_autofree char *title = page_title(&md->page, dataset->title, NULL, dataset->id);
        g_autofree char *safe = markdown_escape(title);
        g_string_append_printf(md->out, "\n**%s**\n\n", safe);
        provenance_tell_sampling(&dataset->sampling, md->page.texts, provenance_line, md);
        provenance_tell_annotation(&dataset->annotation, md->page.texts, provenance_line, md);
    }
    if (any)
        provenance_tell_interests(&md->page.results->audit.conflict_of_interest, md->page.texts,
                                  provenance_line, md);
}

static void claim_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Markdown *md = user;
    for (size_t i = 0; i < evaluation->claims.count; i++) {
        const ResultsClaim *claim = &evaluation->claims.at[i];
        const char *verdict = claim->verdict;
        const char *sentence = texts_pick(md->page.texts, claim->sentence, NULL);
        g_autofree char *full = page_evaluation_name(&md->page, scenario, evaluation);
        g_autofree char *name = page_verdict_name(&md->page, full, claim);
        g_autofree char *words = markdown_escape(texts_word(md->page.texts, "verdict", verdict));
        g_autofree char *set = sentence != NULL ? texts_typography(md->page.texts, sentence) : g_strdup("");
        g_autofree char *said = page_claim_words(&md->page, claim), *quote = markdown_escape(said);
        g_autofree char *safe_name = markdown_escape(name), *safe_sentence = markdown_escape(set);
        g_autofree char *line = texts_format(md->page.texts, "short.claim_quoted", "verdict", words, "claim",
                                             quote, "evaluation", safe_name, "sentence", safe_sentence, NULL);
        g_string_append_printf(md->out, "- %s %s\n", markdown_verdict_mark(verdict), line);
        certainty_of(md, claim);
    }
}

static void count_claims(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    *(size_t *)user += evaluation->claims.count;
}

/* A clip that was replayed as far as it goes. */
static void cut_jobs(Markdown *md)
{
    bool any = false;
    for (size_t i = 0; i < md->page.results->clips.count; i++) {
        const ResultsClip *clip = &md->page.results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const ResultsReplay *condition = &clip->conditions.at[j];
            if (!results_true(condition->quality.truncated))
                continue;
            const double lost_s = results_double(condition->quality.undecoded_us) / 1e6;
            g_autofree char *seconds = texts_decimal(md->page.texts, lost_s, 3);
            g_autofree char *line = texts_format(md->page.texts, "short.cut", "clip", clip->clip, "condition",
                                                 condition->condition, "seconds", seconds, NULL);
            g_autofree char *safe = markdown_escape(line);
            g_string_append_printf(md->out, "%s- %s\n", any ? "" : "\n", safe);
            any = true;
        }
    }
}

static void failed_jobs(Markdown *md)
{
    bool any = false;
    for (size_t i = 0; i < md->page.results->clips.count; i++) {
        const ResultsClip *clip = &md->page.results->clips.at[i];
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const ResultsReplay *condition = &clip->conditions.at[j];
            const char *status = condition->status;
            if (g_strcmp0(status, "done") == 0)
                continue;
            if (!any)
                g_string_append_printf(md->out, "\n## %s\n\n",
                                       texts_get(md->page.texts, "short.failed_heading"));
            any = true;
            const char *reason = condition->reason;
            g_autofree char *line =
                texts_format(md->page.texts, "short.failed", "status",
                             texts_word(md->page.texts, "status", status), "clip", clip->clip, "condition",
                             condition->condition, "reason", reason != NULL ? reason : "—", NULL);
            g_autofree char *safe = markdown_escape(line);
            g_string_append_printf(md->out, "- %s\n", safe);
        }
    }
}

/* One rule in several wordings: a sentence and a table for each. */
static void wordings(Markdown *md)
{
    static const char *const columns[] = {"column.wording", "short.found", "short.missed",
                                          "short.false",    "short.rate",  NULL};
    const Texts *texts = md->page.texts;
    bool any = false;
    for (size_t i = 0; i < md->page.results->scenarios.count; i++) {
        const ResultsScenario *scenario = &md->page.results->scenarios.at[i];
        for (size_t j = 0; j < scenario->wordings.count; j++) {
            const ResultsWordings *group = &scenario->wordings.at[j];
            g_autofree char *title = page_title(&md->page, scenario->title, NULL, scenario->id);
            g_autofree char *condition =
                page_title(&md->page, group->condition_title, "condition", group->condition);
            g_autofree char *safe_title = markdown_escape(title),
                            *safe_condition = markdown_escape(condition);
            g_autofree char *sentence = markdown_escape(texts_pick(texts, group->dependence.sentence, NULL));
            if (!any)
                g_string_append_printf(md->out, "\n## %s\n", texts_get(texts, "short.wordings"));
            any = true;
            g_string_append_printf(md->out, "\n**%s · %s.** %s\n\n", safe_title, safe_condition, sentence);
            head(md, texts, columns);
            for (size_t k = 0; k < group->rows.count; k++) {
                const ResultsWordingRow *row = &group->rows.at[k];
                g_auto(NumberText) rate = {NULL};
                figures_rate(texts, &row->false_alerts_per_camera_hour, &rate);
                g_string_append(md->out, "|");
                cell(md, row->semantics);
                const int64_t counts[] = {row->hits, row->misses, row->false_strict};
                for (size_t c = 0; c < G_N_ELEMENTS(counts); c++) {
                    g_autofree char *text = texts_integer(texts, counts[c]);
                    cell(md, text);
                }
                cell(md, rate.both);
                g_string_append_c(md->out, '\n');
            }
        }
    }
}

/* One thing that was tried or looked for. `words`: of its state, as in "probe.state". */
static void finding_row(Markdown *md, const char *what, const char *words, const char *state,
                        const json_t *sentence, const json_t *meaning)
{
    const Texts *texts = md->page.texts;
    const bool failed = g_strcmp0(state, "fail") == 0;
    g_autofree char *marked = g_strconcat(failed ? "⚠️ " : "", texts_word(texts, words, state), NULL);
    g_string_append(md->out, "|");
    cell(md, what);
    cell(md, marked);
    cell(md, texts_pick(texts, sentence, NULL));
    cell(md, texts_pick(texts, meaning, NULL));
    g_string_append_c(md->out, '\n');
}

/* What each system was put through besides: a table for each. */
static void probes_of(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    static const char *const columns[] = {"column.probe", "column.probe_state", "column.probe_sentence",
                                          "column.probe_meaning", NULL};
    Markdown *md = user;
    const Texts *texts = md->page.texts;
    if (evaluation->probes.count == 0)
        return;
    g_autofree char *name = page_evaluation_name(&md->page, scenario, evaluation);
    g_autofree char *heading = texts_format(texts, "probe.heading_of", "evaluation", name, NULL);
    g_autofree char *safe = markdown_escape(heading);
    g_string_append_printf(md->out, "\n## %s\n\n", safe);
    head(md, texts, columns);
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        const ResultsProbe *probe = &evaluation->probes.at[i];
        finding_row(md, texts_word(texts, "probe.name", probe->id), "probe.state", probe->state,
                    probe->sentence, probe->meaning);
    }
}

/* What the repeats, canaries and times of logs that came back for a capsule show. */
static void capsule(Markdown *md)
{
    static const char *const columns[] = {"column.capsule_finding", "column.capsule_state",
                                          "column.capsule_sentence", "column.capsule_meaning", NULL};
    const Texts *texts = md->page.texts;
    const ResultsCapsule *all = &md->page.results->capsule;
    if (all->systems.count > 0)
        g_string_append_printf(md->out, "\n## %s\n", texts_get(texts, "capsule.heading"));
    for (size_t i = 0; i < all->systems.count; i++) {
        const ResultsCapsuleSystem *system = &all->systems.at[i];
        g_autofree char *name = markdown_escape(system->system);
        g_string_append_printf(md->out, "\n**%s**\n\n", name);
        head(md, texts, columns);
        for (size_t k = 0; k < system->findings.count; k++) {
            const ResultsCapsuleFinding *finding = &system->findings.at[k];
            finding_row(md, texts_word(texts, "capsule.finding", finding->id), "capsule.state",
                        finding->state, finding->sentence, finding->meaning);
        }
    }
}

static void write_lock(Markdown *md)
{
    g_autofree char *sentence = lock_sentence(md->page.results, md->page.texts);
    g_autofree char *safe = markdown_escape(sentence);
    g_string_append_printf(md->out, "%s\n\n", safe);
    const size_t count = md->page.results->lock.changed.count;
    for (size_t i = 0; i < count; i++) {
        g_autofree char *line = lock_change_sentence(&md->page.results->lock.changed.at[i], md->page.texts);
        g_autofree char *safe_line = markdown_escape(line);
        g_string_append_printf(md->out, "- %s\n%s", safe_line, i + 1 == count ? "\n" : "");
    }
}

char *markdown_render(const json_t *document, const Texts *texts)
{
    g_autoptr(Results) results = results_load(document);
    static const char *const columns[] = {
        "short.scenario", "short.system", "short.condition", "short.hours", "short.events",
        "short.found",    "short.missed", "short.false",     "short.rate",  NULL};
    Markdown md = {g_string_new(NULL), {.results = results, .texts = texts}};
    g_autofree char *title = page_title(&md.page, results->audit.title, NULL, results->audit.id);
    g_autofree char *heading = texts_format(texts, "short.title", "title", title, NULL);
    g_autofree char *safe = markdown_escape(heading);
    g_string_append_printf(md.out, "# %s\n\n", safe);
    if (results_true(results->synthetic))
        g_string_append_printf(md.out, "> **%s**\n\n", texts_get(texts, "short.synthetic"));
    g_autoptr(ResultsCatalogue) catalogue =
        results->catalogue != NULL ? results_load_catalogue(results->catalogue) : NULL;
    md.page.catalogue = catalogue;
    md.page.run_finished = json_string_value(json_object_get(document, "run_finished"));
    markdown_write_front(md.out, &md.page);
    write_lock(&md);
    head(&md, texts, columns);
    results_visit_products_first(results, result_row, &md);
    mended_note(&md);
    copied_note(&md);
    results_visit_products_first(results, log_remarks, &md);
    size_t claims = 0;
    results_visit_products_first(results, count_claims, &claims);
    if (claims > 0) {
        g_string_append_printf(md.out, "\n## %s\n\n", texts_get(texts, "short.claims"));
        results_visit_products_first(results, claim_rows, &md);
    }
    provenance(&md);
    results_visit_products_first(results, probes_of, &md);
    capsule(&md);
    wordings(&md);
    failed_jobs(&md);
    cut_jobs(&md);
    return g_string_free(md.out, FALSE);
}
