/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/survey_columns.h"

#include "records/cell_reader.h"
#include "truth/files.h"

#include <string.h>

const char *const survey_column_names[SURVEY_COLUMNS] = {"alert",  "camera",  "time",      "behaviour",
                                                         "number", "picture", "judgement", "note"};

/* ---- words */

char *survey_fold(const char *text)
{
    g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
    GString *plain = g_string_new(NULL);
    for (const char *at = apart != NULL ? apart : ""; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar letter = g_utf8_get_char(at);
        if (g_unichar_isspace(letter) || letter == 0xfeff) {
            if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
                g_string_append_c(plain, ' ');
        } else if (!g_unichar_ismark(letter)) {
            g_string_append_unichar(plain, letter);
        }
    }
    g_autofree char *trimmed = g_strchomp(g_string_free(plain, FALSE));
    return g_utf8_casefold(trimmed, -1);
}

SurveyWord survey_word_read(const char *cell)
{
    if (cell == NULL)
        return SURVEY_UNJUDGED;
    g_autofree char *said = survey_fold(cell);
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        for (SurveyWord word = SURVEY_FALSE; word < SURVEY_UNJUDGED; word++) {
            g_auto(GStrv) known =
                g_strsplit(texts_word(texts_of(*language), "survey.read", survey_word_name(word)), "|", -1);
            for (char **one = known; *one != NULL; one++) {
                g_autofree char *folded = survey_fold(*one);
                if (strcmp(folded, said) == 0)
                    return word;
            }
        }
    }
    return SURVEY_UNJUDGED;
}

char *survey_words_known(void)
{
    GString *known = g_string_new(NULL);
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        for (SurveyWord word = SURVEY_FALSE; word < SURVEY_UNJUDGED; word++) {
            g_auto(GStrv) words =
                g_strsplit(texts_word(texts_of(*language), "survey.read", survey_word_name(word)), "|", 2);
            g_string_append_printf(known, "%s%s", known->len == 0 ? "" : ", ", words[0]);
        }
    }
    return g_string_free(known, FALSE);
}

/* ---- bytes */

static char *convert(const char *bytes, size_t length, const char *from, size_t *out)
{
    gsize written = 0;
    char *text = g_convert(bytes, (gssize)length, "UTF-8", from, NULL, &written, NULL);
    *out = written;
    return text;
}

/* In UTF-8; NULL: it is no text. Caller frees. */
static char *decode(const char *bytes, size_t length, size_t *out)
{
    if (length >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
        return convert(bytes + 2, length - 2, "UTF-16LE", out);
    if (length >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
        return convert(bytes + 2, length - 2, "UTF-16BE", out);
    if (!g_utf8_validate(bytes, (gssize)length, NULL))
        return convert(bytes, length, "WINDOWS-1252", out);
    *out = length;
    return g_strndup(bytes, length);
}

/* ---- headings */

/* The place of a heading in any language; SURVEY_COLUMNS: none of ours. */
static size_t column_of(const char *heading)
{
    g_autofree char *said = survey_fold(heading);
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        for (size_t i = 0; i < SURVEY_COLUMNS; i++) {
            g_autofree char *known =
                survey_fold(texts_word(texts_of(*language), "survey.column", survey_column_names[i]));
            if (strcmp(known, said) == 0)
                return i;
        }
    }
    return SURVEY_COLUMNS;
}

/* The headings of the first line by that delimiter, where they stand among ours: how many are known. */
static size_t read_headings(const char *text, size_t length, char delimiter, char *names[SURVEY_COLUMNS])
{
    CellReader reader;
    size_t known = 0;
    cell_reader_init(&reader, text, length, delimiter);
    if (cell_reader_next(&reader)) {
        for (guint i = 0; i < reader.cells->len; i++) {
            const char *heading = g_array_index(reader.cells, CellRead, i).text;
            const size_t column = column_of(heading);
            if (column == SURVEY_COLUMNS || names[column] != NULL)
                continue;
            names[column] = g_strdup(heading);
            known++;
        }
    }
    cell_reader_clear(&reader);
    return known;
}

static void forget(char *names[SURVEY_COLUMNS])
{
    for (size_t i = 0; i < SURVEY_COLUMNS; i++)
        g_clear_pointer(&names[i], g_free);
}

/* What parts the cells: that by which most headings are known, which are left in `names`. */
static char find_delimiter(const char *text, size_t length, char *names[SURVEY_COLUMNS])
{
    char best = ',';
    size_t most = 0;
    for (const char *delimiter = ",;\t"; *delimiter != '\0'; delimiter++) {
        const size_t known = read_headings(text, length, *delimiter, names);
        forget(names);
        if (known > most) {
            most = known;
            best = *delimiter;
        }
    }
    read_headings(text, length, best, names);
    return best;
}

void survey_table_read(const char *path, RowFunction each, void *user, char **sha256, Problems *problems)
{
    size_t length = 0, text_length = 0;
    g_autofree char *bytes = file_read(path, "a sheet of judgements (CSV)", &length, problems);
    if (bytes == NULL)
        return;
    *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_autofree char *text = decode(bytes, length, &text_length);
    if (text == NULL) {
        problems_add(problems, path, 0, 0, NULL, "found text in no known encoding, expected UTF-8");
        return;
    }
    if (text_length >= 2 && memcmp(text, "PK", 2) == 0) {
        problems_add(problems, path, 1, 1, NULL,
                     "found a spreadsheet's own file, expected CSV: save the sheet as CSV");
        return;
    }
    char *names[SURVEY_COLUMNS] = {NULL};
    const char delimiter = find_delimiter(text, text_length, names);
    Column columns[SURVEY_COLUMNS];
    for (size_t i = 0; i < SURVEY_COLUMNS; i++)
        columns[i] = (Column){names[i] != NULL ? names[i] : survey_column_names[i],
                              i == SURVEY_COLUMN_ALERT || i == SURVEY_COLUMN_JUDGEMENT};
    const Table table = {.file = path,
                         .bytes = text,
                         .length = text_length,
                         .columns = columns,
                         .count = SURVEY_COLUMNS,
                         .problems = problems,
                         .delimiter = delimiter,
                         .guarded = true,
                         .others_passed = true};
    if (table_check_text(&table))
        table_read_csv(&table, each, user);
    forget(names);
}
