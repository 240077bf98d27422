/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a spreadsheet may have made of a sheet: its bytes, what parts its cells, its headings and words.
 * Inside survey/ only. */
#ifndef VSAUDIT_SURVEY_SURVEY_COLUMNS_H
#define VSAUDIT_SURVEY_SURVEY_COLUMNS_H

#include "survey/survey_draw.h"
#include "survey/survey_sheet.h"
#include "truth/table.h"

enum {
    SURVEY_COLUMN_ALERT,
    SURVEY_COLUMN_CAMERA,
    SURVEY_COLUMN_TIME,
    SURVEY_COLUMN_BEHAVIOUR,
    SURVEY_COLUMN_NUMBER,
    SURVEY_COLUMN_PICTURE,
    SURVEY_COLUMN_JUDGEMENT,
    SURVEY_COLUMN_NOTE,
    SURVEY_COLUMNS
};
/* The texts "survey.column.NAME" are the headings. */
extern const char *const survey_column_names[SURVEY_COLUMNS];

/* Calls `each` for every sound row, its cells in the order above; what is wrong is reported. `sha256`: of the
 * file's bytes, caller frees. */
void survey_table_read(const char *path, RowFunction each, void *user, char **sha256, Problems *problems);
/* Small letters without accents, blanks at the ends or twice. Caller frees. */
char *survey_fold(const char *text);
/* What a cell says, in any language; UNJUDGED: nothing that is known. NULL is nothing. */
SurveyWord survey_word_read(const char *cell);
/* “false, real, undecidable; fausse, …”: what may be written, for people. Caller frees. */
char *survey_words_known(void);

#endif
