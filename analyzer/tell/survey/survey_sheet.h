/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets on which people judge the alerts of a sample, each alone: CSV that a spreadsheet opens by itself
 * (a mark of the byte order; semicolons in a language that writes a decimal comma), in an order of each
 * person's own, with what is needed to find the picture, and without what the system thought of it: no
 * confidence, no label, no remark of an operator, not what became of it.
 *
 * Read back, a sheet may have been sorted, saved by Excel (semicolons or tabs, Windows-1252, UTF-16, no
 * mark), had columns added, or rows taken out. Words of judgement and headings are known in every language
 * that there are texts for, whatever their letters' case and accents. What must not differ is what tells the
 * alerts apart: a row whose picture, camera or number is another alert's was sorted by one column alone,
 * and is refused. */
#ifndef VSAUDIT_SURVEY_SURVEY_SHEET_H
#define VSAUDIT_SURVEY_SURVEY_SHEET_H

#include "capsule/lots.h"
#include "language/texts.h"
#include "records/problems.h"
#include "results/document.h"

typedef enum { SURVEY_FALSE, SURVEY_REAL, SURVEY_UNDECIDABLE, SURVEY_UNJUDGED } SurveyWord;
/* "false", "real", "undecidable"; NULL for UNJUDGED. Words of the results. */
const char *survey_word_name(SurveyWord word);

/* The sheet of those alerts (of const ResultsSurveyAlert *) in the order of that purpose: "sheet/1". Pictures
 * that are in the folder are named. Caller frees. */
char *survey_sheet_write(const ResultsSurveyDraw *draw, GPtrArray *alerts, const char *purpose,
                         const char *folder, const Texts *texts);
/* Under which name an alert's picture lies in the folder of the draw, "pictures/ID.jpg", which tells nothing;
 * NULL: the log names none. Caller frees. */
char *survey_sheet_picture(const ResultsSurveyAlert *alert);
/* What people read who judge; `command` reads the sheets. Caller frees. */
char *survey_sheet_instructions(const ResultsSurveyDraw *draw, const char *sheets, const char *command,
                                const Texts *texts);

typedef struct {
    char *file, *sha256; /* base name */
    SurveyWord *words;   /* one for each alert of the draw, in its order */
    int *lines;          /* where each stands; 0: nowhere */
    int64_t judged;
} SurveySheet;

/* NULL when there were problems. */
SurveySheet *survey_sheet_read(const ResultsSurveyDraw *draw, const char *path, Problems *problems);
void survey_sheet_free(SurveySheet *sheet); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveySheet, survey_sheet_free)

#endif
