/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of a judged sample. Inside survey/ only. Callers own the phrases. */
#ifndef VSAUDIT_SURVEY_SURVEY_WORDS_H
#define VSAUDIT_SURVEY_SURVEY_WORDS_H

#include "language/phrase.h"
#include "survey/survey_outcome.h"

/* “Of the 2,000 treated alerts of this log 5.0 % [2.9 % – 13.7 %] are false”. */
Phrase *survey_answer(const ResultsSurvey *survey);
Phrase *survey_verdict_sentence(const ResultsSurvey *survey);
/* Of Phrase *; the array frees nothing. */
GPtrArray *survey_remarks(const ResultsSurvey *survey);
GPtrArray *survey_cannot_say(const ResultsSurvey *survey);

#endif
