/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VSAUDIT_TESTS_REPORT_SAMPLE_H
#define VSAUDIT_TESTS_REPORT_SAMPLE_H

#include "language/texts.h"

#include <jansson.h>

/* The results that the tests of reports are made from, and the texts of both languages. */
extern json_t *sample;
extern Texts *french, *english;

int report_sample_load(void **state);
int report_sample_drop(void **state);

#endif
