/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of aligned plain text. Widths are those of a terminal: wide characters count two, marks none. */
#include "report/formats.h"
#include "report/page.h"

#include <math.h>
#include <string.h>

enum { COLUMNS = 8, MOST_WIDTH = 100, SPACE = 2, NARROWEST = 10 };

typedef struct {
    Page page;       /* for its titles only; nothing is written to it */
    GPtrArray *rows; /* of char *[COLUMNS] */
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

/* Cut to `most` columns, the cut shown by "…"; control characters become "?". */
static char *fit(const char *text, int most)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    const bool cut = width(valid) > most;
    GString *out = g_string_new(NULL);
    int used = 0;
    for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (cut && used + char_width(c) > most - 1)
            break;
        used += char_width(c);
        g_string_append_unichar(out, g_unichar_iscntrl(c) ? '?' : c);
    }
    if (cut)
        g_string_append(out, "…");
    return g_string_free(out, FALSE);
}

static void free_row(gpointer data)
{
    char **row = data;
    for (int i = 0; i < COLUMNS; i++)
        g_free(row[i]);
    g_free(row);
}

static char *count_text(const Texts *texts, const json_t *evaluation, const char *path)
{
    int64_t n = model_integer(evaluation, path, -1);
    return n < 0 ? g_strdup("—") : texts_integer(texts, n);
}

/* One word for an evaluation: its worst claim. */
static const char *worst_verdict(const json_t *evaluation)
{
    static const char *const order[] = {"refuted", "not_established", "supported", "not_testable"};
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        for (size_t j = 0; j < model_count(evaluation, "claims"); j++)
            if (g_strcmp0(model_string(model_member(evaluation, "claims", j), "verdict"), order[i]) == 0)
                return order[i];
    return NULL;
}

static void add_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    Table *table = user;
    const Texts *texts = table->page.texts;
    char **row = g_new0(char *, COLUMNS);
    row[0] = page_title(&table->page, scenario, "title", "id");
    g_autofree char *system = page_title(&table->page, evaluation, "system_title", "system");
    g_autofree char *condition = page_title(&table->page, evaluation, "condition_title", "condition");
    row[1] = g_strdup_printf("%s, %s", system, condition);
    row[2] = texts_duration(texts, model_number(evaluation, "exposure.camera_hours"));
    g_autofree char *hits = count_text(texts, evaluation, "counts.hits");
    g_autofree char *events = count_text(texts, evaluation, "counts.events");
    row[3] = g_strdup_printf("%s/%s", hits, events);
    row[4] = count_text(texts, evaluation, "counts.misses");
    row[5] = count_text(texts, evaluation, "counts.false_strict");
    g_auto(NumberText) rate = {NULL};
    texts_rate(texts, model_get(evaluation, "rates.false_alerts_per_camera_hour"), &rate);
    row[6] = g_strdup(rate.both);
    const char *verdict = worst_verdict(evaluation);
    row[7] = g_strdup(verdict != NULL ? texts_word(texts, "verdict", verdict) : "—");
    g_ptr_array_add(table->rows, row);
}

static void measure(const Table *table, int widths[COLUMNS])
{
    memset(widths, 0, COLUMNS * sizeof *widths);
    for (guint i = 0; i < table->rows->len; i++) {
        char **row = g_ptr_array_index(table->rows, i);
        for (int j = 0; j < COLUMNS; j++)
            widths[j] = MAX(widths[j], width(row[j]));
    }
    for (;;) {
        int sum = SPACE * (COLUMNS - 1), widest = 0;
        for (int j = 0; j < COLUMNS; j++) {
            sum += widths[j];
            /* Words may be cut, numbers may not. */
            bool is_text = j == 0 || j == 1 || j == COLUMNS - 1;
            if (is_text && (widths[j] > widths[widest] || widest == 0))
                widest = widths[j] > widths[widest] ? j : widest;
        }
        if (sum <= MOST_WIDTH || widths[widest] <= NARROWEST)
            return;
        widths[widest]--;
    }
}

static void print_row(GString *out, char *const *row, const int *widths)
{
    GString *line = g_string_new(NULL);
    for (int j = 0; j < COLUMNS; j++) {
        g_autofree char *text = fit(row[j], widths[j]);
        int pad = widths[j] - width(text);
        bool right = j >= 2 && j <= 5;
        if (right)
            g_string_append_printf(line, "%*s%s", pad, "", text);
        else
            g_string_append_printf(line, "%s%*s", text, pad, "");
        if (j + 1 < COLUMNS)
            g_string_append_printf(line, "%*s", SPACE, "");
    }
    g_autofree char *text = g_string_free(line, FALSE);
    g_string_append_printf(out, "%s\n", g_strchomp(text));
}

char *terminal_render(const json_t *results, const Texts *texts)
{
    static const char *const columns[COLUMNS] = {"short.scenario", "short.system", "short.hours",
                                                 "short.found",    "short.missed", "short.false",
                                                 "short.rate",     "short.verdict"};
    Table table = {{.results = results, .texts = texts}, g_ptr_array_new_with_free_func(free_row)};
    char **head = g_new0(char *, COLUMNS);
    for (int j = 0; j < COLUMNS; j++)
        head[j] = g_strdup(texts_get(texts, columns[j]));
    g_ptr_array_add(table.rows, head);
    model_visit_evaluations(results, add_row, &table);
    int widths[COLUMNS];
    measure(&table, widths);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < table.rows->len; i++) {
        print_row(out, g_ptr_array_index(table.rows, i), widths);
        if (i > 0)
            continue;
        for (int j = 0; j < COLUMNS; j++) {
            for (int k = 0; k < widths[j]; k++)
                g_string_append(out, "─");
            g_string_append(out, j + 1 < COLUMNS ? "  " : "\n");
        }
    }
    g_ptr_array_unref(table.rows);
    char *numbers[4];
    static const char *const verdicts[] = {"refuted", "supported", "not_established", "not_testable"};
    for (int i = 0; i < 4; i++) {
        g_autofree char *path = g_strconcat("verdict_counts.", verdicts[i], NULL);
        numbers[i] = texts_integer(texts, model_integer(results, path, 0));
    }
    g_autofree char *line =
        texts_format(texts, "short.verdicts", "refuted", numbers[0], "supported", numbers[1],
                     "not_established", numbers[2], "not_testable", numbers[3], NULL);
    for (int i = 0; i < 4; i++)
        g_free(numbers[i]);
    g_string_append_printf(out, "\n%s\n", line);
    int64_t failed = model_integer(results, "totals.failed_jobs", 0);
    if (failed > 0) {
        g_autofree char *text = texts_count(texts, "short.failed_jobs", failed, NULL);
        g_string_append_printf(out, "%s\n", text);
    }
    if (model_true(results, "synthetic"))
        g_string_append_printf(out, "%s\n", texts_get(texts, "short.synthetic"));
    return g_string_free(out, FALSE);
}
