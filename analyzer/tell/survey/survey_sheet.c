/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/survey_sheet.h"

#include "behaviours/norm.h"
#include "records/cell.h"
#include "records/free.h"
#include "records/shown.h"
#include "survey/survey_columns.h"

#include <string.h>

const char *survey_word_name(SurveyWord word)
{
    static const char *const names[] = {"false", "real", "undecidable", NULL};
    return names[word];
}

DEFINE_FREE(survey_sheet_free, SurveySheet, sheet,
            FREE_EACH(sheet->file, sheet->sha256, sheet->words, sheet->lines))

/* ---- writing */

char *survey_sheet_picture(const ResultsSurveyAlert *alert)
{
    if (alert->picture == NULL)
        return NULL;
    const char *dot = strrchr(alert->picture, '.');
    g_autofree char *ending = g_ascii_strdown(dot != NULL ? dot : "", -1);
    const bool plain = strlen(ending) > 1 && strlen(ending) <= 5 &&
                       strspn(ending + 1, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(ending) - 1;
    return g_strdup_printf("pictures/%s%s", alert->id, plain ? ending : ".jpg");
}

static const char *title_of(const char *behaviour, const Texts *texts)
{
    const Behaviour *rule = behaviour_find(behaviour);
    return rule != NULL ? norm_text(rule, "title", texts) : behaviour;
}

/* NULL where it is not there. Caller frees. */
static char *find_picture(const ResultsSurveyAlert *alert, const char *folder)
{
    g_autofree char *picture = survey_sheet_picture(alert);
    g_autofree char *path = picture != NULL ? g_build_filename(folder, picture, NULL) : NULL;
    return path != NULL && g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer(&picture) : NULL;
}

static void put_alert(CellWriter *cells, const ResultsSurveyAlert *alert, const char *folder,
                      const Texts *texts)
{
    g_autofree char *picture = find_picture(alert, folder);
    const char *const words[SURVEY_COLUMNS] = {[SURVEY_COLUMN_ALERT] = alert->id,
                                               [SURVEY_COLUMN_CAMERA] =
                                                   alert->camera != NULL ? alert->camera : alert->clip,
                                               [SURVEY_COLUMN_TIME] = alert->time,
                                               [SURVEY_COLUMN_BEHAVIOUR] = title_of(alert->behaviour, texts),
                                               [SURVEY_COLUMN_NUMBER] = alert->number,
                                               [SURVEY_COLUMN_PICTURE] = picture};
    for (size_t i = 0; i < SURVEY_COLUMNS; i++) {
        g_autofree char *shown = words[i] != NULL ? shown_undirected(words[i]) : NULL;
        cell_put_words(cells, shown);
    }
    cell_end_line(cells);
}

char *survey_sheet_write(const ResultsSurveyDraw *draw, GPtrArray *alerts, const char *purpose,
                         const char *folder, const Texts *texts)
{
    const LotsSeed key = survey_draw_key(draw->seed, draw->log.sha256);
    lots_shuffle(&key, purpose, alerts);
    const bool comma = strcmp(texts_get(texts, "language.decimal"), ",") == 0;
    GString *out = g_string_new("\ufeff");
    CellWriter cells = {.out = out, .line_end = "\r\n", .delimiter = comma ? ';' : ','};
    for (size_t i = 0; i < SURVEY_COLUMNS; i++)
        cell_put(&cells, texts_word(texts, "survey.column", survey_column_names[i]));
    cell_end_line(&cells);
    for (guint i = 0; i < alerts->len; i++)
        put_alert(&cells, g_ptr_array_index(alerts, i), folder, texts);
    return g_string_free(out, FALSE);
}

char *survey_sheet_instructions(const ResultsSurveyDraw *draw, const char *sheets, const char *command,
                                const Texts *texts)
{
    g_autoptr(GString) list = g_string_new(NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < draw->alerts.count; i++) {
        const char *id = draw->alerts.at[i].behaviour;
        const Behaviour *rule = behaviour_find(id);
        if (rule == NULL || !g_hash_table_add(seen, (gpointer)id))
            continue;
        g_autofree char *line =
            texts_format(texts, "survey.judging.behaviour", "title", norm_text(rule, "title", texts),
                         "definition", norm_text(rule, "definition", texts), NULL);
        g_string_append_printf(list, "%s\n", line);
    }
    return texts_format(texts, "survey.judging", "sheets", sheets, "behaviours", list->str, "command",
                        command, NULL);
}

/* ---- reading */

typedef struct {
    const ResultsSurveyDraw *draw;
    SurveySheet *sheet;
    GHashTable *places; /* id -> its place in the draw, plus one */
} SheetReading;

/* Whether two texts are one number: a spreadsheet takes “007” for 7. */
static bool is_same_number(const char *a, const char *b)
{
    char *end_a = NULL, *end_b = NULL;
    const double x = g_ascii_strtod(a, &end_a), y = g_ascii_strtod(b, &end_b);
    return *a != '\0' && *b != '\0' && *end_a == '\0' && *end_b == '\0' && x == y;
}

/* A cell that tells alerts apart, as it was written. */
static bool is_as_drawn(const char *cell, const char *written)
{
    g_autofree char *found = survey_fold(cell), *shown = shown_undirected(written),
                    *wanted = survey_fold(shown);
    return strcmp(found, wanted) == 0 || is_same_number(found, wanted);
}

/* What was alerted is not looked at: its words may be another version's. */
static bool is_whole(const Row *row, const ResultsSurveyAlert *alert)
{
    g_autofree char *picture = survey_sheet_picture(alert);
    const struct {
        size_t column;
        const char *written;
    } checks[] = {{SURVEY_COLUMN_PICTURE, picture},
                  {SURVEY_COLUMN_CAMERA, alert->camera != NULL ? alert->camera : alert->clip},
                  {SURVEY_COLUMN_NUMBER, alert->number}};
    for (size_t i = 0; i < G_N_ELEMENTS(checks); i++) {
        const char *cell = row->cells[checks[i].column].text;
        if (cell == NULL || checks[i].written == NULL ||
            is_as_drawn(cell_read_words(cell), checks[i].written))
            continue;
        table_expected(row, checks[i].column,
                       "“%s”, as it was drawn for %s: were the columns sorted one by one? Sort whole rows",
                       checks[i].written, alert->id);
        return false;
    }
    return true;
}

static void read_row(const Row *row, void *user)
{
    SheetReading *reading = user;
    const char *id = NULL, *said = row->cells[SURVEY_COLUMN_JUDGEMENT].text;
    bool empty = true;
    for (size_t i = 0; i < SURVEY_COLUMNS; i++)
        empty = empty && row->cells[i].text == NULL;
    if (empty || !table_get_text(row, SURVEY_COLUMN_ALERT, &id))
        return;
    g_autofree char *plain = g_strstrip(g_ascii_strup(id, -1));
    const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(reading->places, plain));
    if (place == 0) {
        table_expected(row, SURVEY_COLUMN_ALERT, "an alert of this sample");
        return;
    }
    const ResultsSurveyAlert *alert = &reading->draw->alerts.at[place - 1];
    int *line = &reading->sheet->lines[place - 1];
    if (*line != 0) {
        table_expected(row, SURVEY_COLUMN_ALERT, "each alert once: it stands in line %d too", *line);
        return;
    }
    *line = row->line;
    if (!is_whole(row, alert))
        return;
    const SurveyWord word = survey_word_read(said);
    g_autofree char *folded = survey_fold(said != NULL ? said : "");
    if (word == SURVEY_UNJUDGED && *folded != '\0') {
        g_autofree char *known = survey_words_known();
        table_expected(row, SURVEY_COLUMN_JUDGEMENT, "nothing, or one of %s", known);
        return;
    }
    reading->sheet->words[place - 1] = word;
    reading->sheet->judged += word != SURVEY_UNJUDGED;
}

SurveySheet *survey_sheet_read(const ResultsSurveyDraw *draw, const char *path, Problems *problems)
{
    const guint before = problems_count(problems);
    g_autoptr(SurveySheet) sheet = g_new0(SurveySheet, 1);
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    sheet->file = g_path_get_basename(path);
    sheet->words = g_new(SurveyWord, draw->alerts.count + 1);
    sheet->lines = g_new0(int, draw->alerts.count + 1);
    for (size_t i = 0; i < draw->alerts.count; i++) {
        sheet->words[i] = SURVEY_UNJUDGED;
        g_hash_table_insert(places, (gpointer)draw->alerts.at[i].id, GUINT_TO_POINTER((guint)i + 1));
    }
    SheetReading reading = {draw, sheet, places};
    survey_table_read(path, read_row, &reading, &sheet->sha256, problems);
    return problems_count(problems) == before ? g_steal_pointer(&sheet) : NULL;
}
