/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/provenance.h"

#include <stddef.h>
#include <string.h>

const char *const sampling_words[] = {"random_periods", "whole_period", "by_hand", "unknown", NULL};
const char *const party_words[] = {"vendor",      "operator", "controller", "opponent",
                                   "independent", "unknown",  NULL};
const char *const answer_words[] = {"no", "yes", "unknown", NULL};
const char *const agreement_figures[] = {"kappa", "f1", NULL};

int provenance_find(const char *const *words, const char *word)
{
    for (int i = 0; word != NULL && words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return NOT_FILLED_IN;
}
