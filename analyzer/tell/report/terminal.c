/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary for a terminal: a block a scenario, plain text that fits 80 columns. Words are wrapped, never
 * cut. Widths are those of a terminal: wide characters count two, marks none. */
#include "language/phrase.h"
#include "records/shown.h"
#include "report/formats.h"
#include "report/page.h"

#include <math.h>
#include <string.h>

enum { COLUMNS = 5, LINE = 80, INDENT = 2, SPACE = 2, NARROWEST = 16 };

typedef struct {
    Page page; /* for its titles only; nothing is written to it */
    GString *out;
    GPtrArray *rows; /* of char *[COLUMNS]: name, footage, found, false, rate */
    bool conditions; /* there is more than one, so rows name theirs */
    bool any_short;  /* a row stands on less than an hour */
    bool any_mended; /* a row rests on a clip whose clock was put right */
} Table;

static int char_width(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

static int width(const char *text)
{
    int sum = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        sum += char_width(g_utf8_get_char(p));
    return sum;
}

/* How many bytes of `word` fit into `most` columns; at least one character. */
static size_t fitting(const char *word, int most)
{
    int used = 0;
    const char *p = word;
    for (; *p != '\0'; p = g_utf8_next_char(p)) {
        used += char_width(g_utf8_get_char(p));
        if (used > most && p > word)
            break;
    }
    return (size_t)(p - word);
}

/* Lines of at most `most` columns, broken at plain spaces; a longer word is broken where it must. */
static GPtrArray *wrap(const char *text, int most)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *safe = shown_sentence(text);
    g_auto(GStrv) words = g_strsplit(safe, " ", -1);
    GString *line = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        const char *rest = *word;
        if (line->len > 0 && width(line->str) + 1 + width(rest) > most) {
            g_ptr_array_add(lines, g_strdup(line->str));
            g_string_truncate(line, 0);
        }
        if (line->len > 0)
            g_string_append_c(line, ' ');
        while (line->len == 0 && width(rest) > most) {
            size_t part = fitting(rest, most);
            g_ptr_array_add(lines, g_strndup(rest, part));
            rest += part;
        }
        g_string_append(line, rest);
    }
    g_ptr_array_add(lines, g_string_free(line, FALSE));
    return lines;
}

/* A paragraph; its lines after the first are indented by `hang` more. */
static void print_paragraph(GString *out, const char *text, int indent, int hang)
{
    g_autoptr(GPtrArray) lines = wrap(text, LINE - indent - hang);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(out, "%*s%s\n", indent + (i > 0 ? hang : 0), "",
                               (const char *)g_ptr_array_index(lines, i));
}

static void free_row(gpointer data)
{
    char **row = data;
    for (int i = 0; i < COLUMNS; i++)
        g_free(row[i]);
    g_free(row);
}

static char *evaluation_name(const Table *table, const ResultsEvaluation *evaluation)
{
    g_autofree char *system = page_system_name(&table->page, evaluation);
    if (!table->conditions)
        return g_steal_pointer(&system);
    g_autofree char *condition =
        page_title(&table->page, evaluation->condition_title, "condition", evaluation->condition);
    return g_strdup_printf("%s, %s", system, condition);
}

static void add_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    Table *table = user;
    const Texts *texts = table->page.texts;
    char **row = g_new0(char *, COLUMNS);
    row[0] = evaluation_name(table, evaluation);
    row[1] = texts_duration(texts, evaluation->exposure.camera_hours);
    g_autofree char *hits = texts_integer(texts, evaluation->counts.hits);
    g_autofree char *events = texts_integer(texts, evaluation->counts.events);
    row[2] = texts_format(texts, "short.of", "n", hits, "all", events, NULL);
    row[3] = texts_integer(texts, evaluation->counts.false_strict);
    g_auto(NumberText) rate = {NULL};
    figures_rate(texts, &evaluation->rates.false_alerts_per_camera_hour, &rate);
    const bool is_short = results_is_short(evaluation);
    const bool is_mended = evaluation->exposure.clock_mended_clips > 0;
    row[4] = g_strconcat(rate.both, is_short || is_mended ? " " : "", is_short ? "*" : "",
                         is_mended ? "†" : "", NULL);
    table->any_mended = table->any_mended || is_mended;
    table->any_short = table->any_short || is_short;
    g_ptr_array_add(table->rows, row);
}

/* Numbers take what they need, the name gets the rest. */
static void measure(const Table *table, int widths[COLUMNS])
{
    memset(widths, 0, COLUMNS * sizeof *widths);
    int rest = LINE - INDENT - SPACE * (COLUMNS - 1);
    for (int j = 1; j < COLUMNS; j++) {
        for (guint i = 0; i < table->rows->len; i++) {
            char *const *row = g_ptr_array_index(table->rows, i);
            widths[j] = MAX(widths[j], width(row[j]));
        }
        rest -= widths[j];
    }
    widths[0] = MAX(rest, NARROWEST);
}

static void print_row(GString *out, char *const *row, const int *widths)
{
    g_autoptr(GPtrArray) lines = wrap(row[0], widths[0]);
    GString *line = g_string_new(NULL);
    const char *first = g_ptr_array_index(lines, 0);
    g_autofree char *apart = shown_apart(first); /* or the numbers beside it would change their places */
    g_string_append_printf(line, "%*s%s%*s", INDENT, "", apart, widths[0] - width(first), "");
    for (int j = 1; j < COLUMNS; j++) {
        const int pad = widths[j] - width(row[j]);
        const bool right = j + 1 < COLUMNS;
        g_string_append_printf(line, "%*s%s%*s", SPACE + (right ? pad : 0), "", row[j], right ? 0 : pad, "");
    }
    g_string_append_printf(out, "%s\n", g_strchomp(line->str));
    g_string_free(line, TRUE);
    for (guint i = 1; i < lines->len; i++)
        g_string_append_printf(out, "%*s%s\n", INDENT + 2, "", (const char *)g_ptr_array_index(lines, i));
}

static void print_claims(Table *table, const ResultsScenario *scenario)
{
    const Texts *texts = table->page.texts;
    for (size_t i = 0; i < scenario->evaluations.count; i++) {
        const ResultsEvaluation *evaluation = &scenario->evaluations.at[i];
        for (size_t j = 0; j < evaluation->claims.count; j++) {
            const ResultsClaim *claim = &evaluation->claims.at[j];
            g_autofree char *full = evaluation_name(table, evaluation);
            g_autofree char *name = page_verdict_name(&table->page, full, claim);
            const bool other = g_strcmp0(claim->verdict, "other_system") == 0;
            g_autofree char *said = page_claim_words(&table->page, claim);
            g_autofree char *line = texts_format(texts, other ? "short.claim_apart" : "short.claim",
                                                 "verdict", texts_word(texts, "verdict", claim->verdict),
                                                 "claim", said, "evaluation", name, NULL);
            print_paragraph(table->out, line, INDENT, 2);
        }
    }
}

/* What is to be said of a system's alert log. */
static void print_remarks(Table *table, const ResultsEvaluation *evaluation)
{
    const Texts *texts = table->page.texts;
    for (size_t i = 0; i < evaluation->log.remarks.count; i++) {
        g_autofree char *name = evaluation_name(table, evaluation);
        g_autofree char *line = texts_format(texts, "short.log_remark", "evaluation", name, "remark",
                                             texts_pick(texts, evaluation->log.remarks.at[i], NULL), NULL);
        print_paragraph(table->out, line, INDENT, 2);
    }
}

/* How many probes a system passed, and what it means that it did not pass one. */
static void print_probes(Table *table, const ResultsEvaluation *evaluation)
{
    const Texts *texts = table->page.texts;
    int64_t passed = 0, none = 0;
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        passed += g_strcmp0(evaluation->probes.at[i].state, "pass") == 0;
        none += g_strcmp0(evaluation->probes.at[i].state, "not_applicable") == 0;
    }
    g_autofree char *name = evaluation_name(table, evaluation);
    g_autoptr(Phrase) phrase = phrase_own(phrase_new("probe.short"), "evaluation", name);
    phrase_integer(phrase, "n", (int64_t)evaluation->probes.count);
    phrase_integer(phrase_integer(phrase, "passed", passed), "none", none);
    g_autofree char *line = phrase_render(phrase, texts);
    if (evaluation->probes.count > 0)
        print_paragraph(table->out, line, INDENT, 2);
    for (size_t i = 0; i < evaluation->probes.count; i++) {
        const ResultsProbe *probe = &evaluation->probes.at[i];
        if (g_strcmp0(probe->state, "fail") != 0)
            continue;
        g_autofree char *caution =
            texts_format(texts, "probe.caution", "name", texts_word(texts, "probe.name", probe->id),
                         "meaning", texts_pick(texts, probe->meaning, NULL), NULL);
        print_paragraph(table->out, caution, 2 * INDENT, 2);
    }
}

static void print_scenario(Table *table, const ResultsScenario *scenario, const int *widths, guint *row)
{
    g_autofree char *title = page_title(&table->page, scenario->title, NULL, scenario->id);
    print_paragraph(table->out, title, 0, 2);
    for (size_t i = 0; i < scenario->evaluations.count; i++)
        print_row(table->out, g_ptr_array_index(table->rows, (*row)++), widths);
    for (size_t i = 0; i < scenario->evaluations.count; i++)
        print_remarks(table, &scenario->evaluations.at[i]);
    for (size_t i = 0; i < scenario->evaluations.count; i++)
        print_probes(table, &scenario->evaluations.at[i]);
    print_claims(table, scenario);
    g_string_append_c(table->out, '\n');
}

/* Clips of which one job at least has no result. */
static void print_failed(const Table *table)
{
    const Results *results = table->page.results;
    const Texts *texts = table->page.texts;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < results->clips.count; i++) {
        const ResultsClip *clip = &results->clips.at[i];
        bool failed = false;
        for (size_t j = 0; j < clip->conditions.count; j++)
            failed = failed || g_strcmp0(clip->conditions.at[j].status, "done") != 0;
        if (failed)
            g_ptr_array_add(names, page_clip_name(&table->page, clip->dataset, clip->clip));
    }
    if (names->len == 0)
        return;
    const guint most = 6, count = names->len;
    if (count > most) {
        g_ptr_array_set_size(names, (int)most);
        g_ptr_array_add(names, g_strdup("…"));
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
    g_autofree char *all = texts_integer(texts, (int64_t)results->clips.count);
    g_autofree char *text = texts_count(texts, "short.failed_clips", count, "all", all, "names", list, NULL);
    print_paragraph(table->out, text, 0, 2);
}

/* Time of the clips in which no picture is. */
static void print_not_seen(const Table *table)
{
    const double seconds = table->page.results->totals.not_seen_s;
    if (!(seconds > 0))
        return;
    g_autofree char *time = texts_duration(table->page.texts, seconds / 3600);
    g_autofree char *text = texts_format(table->page.texts, "short.not_seen", "time", time, NULL);
    print_paragraph(table->out, text, 0, 2);
}

/* Clips that are copies of others. */
static void print_copied(const Table *table)
{
    const int64_t most = results_copied_clips(table->page.results);
    if (most == 0)
        return;
    g_autofree char *text = texts_count(table->page.texts, "short.copied_clips", most, NULL);
    print_paragraph(table->out, text, 0, 2);
}

static void print_verdicts(const Table *table)
{
    const ResultsVerdictCounts *counts = &table->page.results->verdict_counts;
    const int64_t verdicts[] = {counts->refuted, counts->supported, counts->not_established,
                                counts->not_testable};
    const Texts *texts = table->page.texts;
    char *numbers[G_N_ELEMENTS(verdicts)];
    int64_t sum = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++) {
        numbers[i] = texts_integer(texts, verdicts[i]);
        sum += results_or(verdicts[i], 0);
    }
    sum += results_or(counts->other_system, 0);
    g_autofree char *line =
        sum == 0 ? g_strdup(texts_get(texts, "summary.no_claims"))
                 : texts_format(texts, "short.verdicts", "refuted", numbers[0], "supported", numbers[1],
                                "not_established", numbers[2], "not_testable", numbers[3], NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
        g_free(numbers[i]);
    print_paragraph(table->out, line, 0, 2);
    if (counts->other_system > 0) {
        g_autofree char *others = texts_count(texts, "short.other_system", counts->other_system, NULL);
        print_paragraph(table->out, others, 0, 2);
    }
}

static bool has_conditions(const Results *results)
{
    const char *first = NULL;
    for (size_t i = 0; i < results->scenarios.count; i++) {
        const ResultsScenario *scenario = &results->scenarios.at[i];
        for (size_t j = 0; j < scenario->evaluations.count; j++) {
            const char *condition = scenario->evaluations.at[j].condition;
            if (first != NULL && g_strcmp0(first, condition) != 0)
                return true;
            first = condition;
        }
    }
    return false;
}

char *terminal_render(const json_t *document, const Texts *texts)
{
    g_autoptr(Results) results = results_load(document);
    static const char *const columns[COLUMNS] = {"short.evaluation", "short.hours", "short.found",
                                                 "short.false", "short.rate"};
    Table table = {{.results = results, .texts = texts},
                   g_string_new(NULL),
                   g_ptr_array_new_with_free_func(free_row),
                   has_conditions(results),
                   false,
                   false};
    char **head = g_new0(char *, COLUMNS);
    for (int j = 0; j < COLUMNS; j++)
        head[j] = g_strdup(texts_get(texts, columns[j]));
    g_ptr_array_add(table.rows, head);
    results_visit_products_first(results, add_row, &table);
    int widths[COLUMNS];
    measure(&table, widths);
    print_row(table.out, head, widths);
    for (int k = 0; k < LINE; k++)
        g_string_append(table.out, "─");
    g_string_append_c(table.out, '\n');
    guint row = 1;
    for (size_t i = 0; i < results->scenarios.count; i++)
        print_scenario(&table, &results->scenarios.at[i], widths, &row);
    g_ptr_array_unref(table.rows);
    print_paragraph(table.out, texts_get(texts, "short.explain"), 0, 2);
    if (table.any_short)
        print_paragraph(table.out, texts_get(texts, "short.short_footage"), 0, 2);
    if (table.any_mended)
        print_paragraph(table.out, texts_get(texts, "short.clock_mended"), 0, 2);
    print_not_seen(&table);
    print_copied(&table);
    print_failed(&table);
    print_verdicts(&table);
    g_autofree char *lock = lock_sentence(results, texts);
    print_paragraph(table.out, lock, 0, 2);
    for (size_t i = 0; i < results->lock.changed.count; i++) {
        g_autofree char *change = lock_change_sentence(&results->lock.changed.at[i], texts);
        print_paragraph(table.out, change, 2, 4);
    }
    if (results_true(results->synthetic))
        print_paragraph(table.out, texts_get(texts, "short.synthetic"), 0, 2);
    return g_string_free(table.out, FALSE);
}
